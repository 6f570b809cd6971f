"""Geographic files: reading them, rasterising polygons, and gathering grid cells by hex."""

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.mapmaking.lattice import Lattice

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def read_features(path: Path) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON file."""
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return features


def rings(geometry: dict[str, Any]) -> list[Floats]:
    """Return all rings of a polygon or multipolygon as (n, 2) arrays of lon, lat."""
    if geometry["type"] == "Polygon":
        parts = geometry["coordinates"]
    elif geometry["type"] == "MultiPolygon":
        parts = [ring for polygon in geometry["coordinates"] for ring in polygon]
    else:
        return []
    return [np.asarray(ring, float)[:, :2] for ring in parts]


def lines(geometry: dict[str, Any]) -> list[Floats]:
    """Return the lines of a line string or multi line string as (n, 2) arrays of lon, lat."""
    if geometry["type"] == "LineString":
        return [np.asarray(geometry["coordinates"], float)[:, :2]]
    if geometry["type"] == "MultiLineString":
        return [np.asarray(line, float)[:, :2] for line in geometry["coordinates"]]
    return []


def rasterise(parts: list[Floats], lon: Floats, lat: Floats) -> Bools:
    """Return which cell centres lie inside the rings, by the even-odd rule (so that holes are holes).

    Parameters
    ----------
    parts : list of (n, 2) float64
        Rings of lon, lat.
    lon : (n_lon,) float64, ascending
    lat : (n_lat,) float64, descending

    Returns
    -------
    (n_lat, n_lon) bool
    """
    out = np.zeros((len(lat), len(lon)), bool)
    if not parts:
        return out
    first = np.concatenate(parts)
    second = np.concatenate([np.roll(ring, -1, axis=0) for ring in parts])
    low, high = np.minimum(first[:, 1], second[:, 1]), np.maximum(first[:, 1], second[:, 1])
    for row in np.flatnonzero((lat >= low.min()) & (lat <= high.max())):
        cut = (low <= lat[row]) & (high > lat[row])
        a, b = first[cut], second[cut]
        crossing = a[:, 0] + (lat[row] - a[:, 1]) * (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1])
        starts = np.searchsorted(lon, np.sort(crossing))
        toggles = np.zeros(len(lon) + 1, np.int64)
        np.add.at(toggles, starts, 1)
        out[row] = np.cumsum(toggles)[:-1] & 1
    return out


def contains(ring: Floats, lon: Floats, lat: Floats) -> Bools:
    """Return which points lie inside one ring of lon, lat."""
    inside = np.zeros(len(lon), bool)
    for (x0, y0), (x1, y1) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        across = (lat >= min(y0, y1)) & (lat < max(y0, y1))
        inside ^= across & (lon < x0 + (lat - y0) * (x1 - x0) / (y1 - y0))
    return inside


def distance_to_line(x: Floats, y: Floats, line: Floats) -> Floats:
    """Return the distance in km of each point to a polyline (n, 2) in km."""
    best = np.full(len(x), np.inf)
    for (x0, y0), (x1, y1) in pairwise(line.tolist()):
        dx, dy = x1 - x0, y1 - y0
        length = dx * dx + dy * dy
        along = np.clip(((x - x0) * dx + (y - y0) * dy) / length, 0.0, 1.0) if length > 0 else np.zeros(len(x))
        best = np.minimum(best, (x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2)
    distance: Floats = np.sqrt(best)
    return distance


@dataclass(frozen=True)
class Cells:
    """The cells of the elevation grid that fall on the map, in the order of the grid.

    Attributes
    ----------
    lon : (n_lon,), lat : (n_lat,) float64
        Axes of the whole grid.
    pick : (n_cell,) int64
        Flat index into the grid of each cell.
    hex : (n_cell,) int64
        Hex that holds it.
    elev_m : (n_cell,) int64
    """

    lon: Floats
    lat: Floats
    pick: Ints
    hex: Ints
    elev_m: Ints

    @classmethod
    def read(cls, path: Path, lattice: Lattice) -> "Cells":
        """Read the elevation file and give each cell to the nearest hex."""
        with np.load(path, allow_pickle=False) as data:
            lon, lat, elev = data["lon"].astype(float), data["lat"].astype(float), data["elev"]
        held = lattice.nearest(np.tile(lon, len(lat)), np.repeat(lat, len(lon)))
        pick = np.flatnonzero(held >= 0)
        return cls(lon, lat, pick, held[pick], elev.ravel()[pick].astype(np.int64))

    def inside(self, parts: list[Floats]) -> Bools:
        """Return which cells lie inside the rings, shape (n_cell,)."""
        return rasterise(parts, self.lon, self.lat).ravel()[self.pick]

    def sample(self, path: Path, name: str) -> Ints:
        """Return the nearest value of another grid at each cell, shape (n_cell,)."""
        with np.load(path, allow_pickle=False) as data:
            lon, lat, values = data["lon"].astype(float), data["lat"].astype(float), data[name]
        column = np.rint(np.interp(self.lon, lon, np.arange(len(lon)))).astype(np.int64)
        row = np.rint(np.interp(-self.lat, -lat, np.arange(len(lat)))).astype(np.int64)
        taken: Ints = values[row][:, column].ravel()[self.pick].astype(np.int64)
        return taken

    def share(self, mask: NDArray[np.generic], of: Bools, n_hex: int) -> Floats:
        """Return per hex the mean of ``mask`` over the cells in ``of``, 0 where there are none."""
        count = np.bincount(self.hex[of], minlength=n_hex)
        total = np.bincount(self.hex[of], weights=np.asarray(mask, float)[of], minlength=n_hex)
        return total / np.maximum(count, 1)

    def percentiles(self, of: Bools, shares: tuple[float, ...], n_hex: int) -> list[Floats]:
        """Return per hex percentiles (the lower of two) of the height in m over the cells in ``of``, 0 where none."""
        order = np.lexsort((self.elev_m[of], self.hex[of]))
        elev = np.append(self.elev_m[of][order], 0).astype(float)
        count = np.bincount(self.hex[of], minlength=n_hex)
        start = np.cumsum(count) - count
        out = []
        for share in shares:
            position = start + np.floor(share * np.maximum(count - 1, 0)).astype(np.int64)
            out.append(np.where(count > 0, elev[position], 0.0))
        return out
