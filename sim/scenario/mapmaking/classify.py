"""Terrain of each hex from heights, land cover, lakes and hand-drawn regions.

The tests and their reasons are told in docs/map.md; every threshold comes from the build file.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import codes
from sim.scenario.mapmaking.geodata import Cells, read_features, rings
from sim.scenario.mapmaking.lattice import Lattice

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class HexGround:
    """What a hex looks like; arrays of shape (n_hex,).

    Attributes
    ----------
    terrain : int8
        ``codes.TERRAINS``.
    elev_m, relief_m : int16
        Mean height, and the 95th less the 5th percentile of height.
    forest_percent, marsh_percent : int8
    """

    terrain: NDArray[np.int8]
    elev_m: NDArray[np.int16]
    relief_m: NDArray[np.int16]
    forest_percent: NDArray[np.int8]
    marsh_percent: NDArray[np.int8]


def lake_cells(cells: Cells, geo: Path, config: dict[str, Any]) -> Bools:
    """Return the cells under lakes of the period, shape (n_cell,)."""
    spec = config["lakes"]
    lakes = np.zeros(len(cells.hex), bool)
    for feature in read_features(geo / spec["file"]):
        if feature["properties"].get(spec["exists"], True):
            lakes |= cells.inside(rings(feature["geometry"]))
    return lakes & (cells.elev_m > 0)


def region_cells(cells: Cells, geo: Path, config: dict[str, Any], kind: str) -> Bools:
    """Return the cells inside the drawn regions of a class named in the build file, shape (n_cell,)."""
    spec = config["regions"]
    inside = np.zeros(len(cells.hex), bool)
    for feature in read_features(geo / spec["file"]):
        told = feature["properties"]
        if told.get("class") == spec[kind] and told.get("source", "").startswith(spec.get("source", "")):
            inside |= cells.inside(rings(feature["geometry"]))
    return inside


def cover_shares(cells: Cells, dry: Bools, geo: Path, config: dict[str, Any], n_hex: int) -> dict[str, Floats]:
    """Return per hex the share of each kind of cover, weighted as the build file says."""
    spec = config["landcover"]
    classes = cells.sample(geo / spec["file"], spec["layer"])
    out = {}
    for name, weights in spec["weights"].items():
        table = np.zeros(256)
        for code, weight in weights.items():
            table[int(code)] = float(weight)
        out[name] = cells.share(table[classes], dry, n_hex)
    return out


def around(values: Floats, lattice: Lattice, counted: Bools, reduce: str) -> Floats:
    """Return the max, min or mean of a value over a hex and its neighbours, counting only some hexes."""
    ring = np.concatenate([np.arange(lattice.n_hex)[:, None], lattice.neighbours], axis=1)
    valid = (ring >= 0) & counted[np.maximum(ring, 0)]
    taken = values[np.maximum(ring, 0)]
    if reduce == "max":
        out = np.where(valid, taken, -np.inf).max(axis=1)
    elif reduce == "min":
        out = np.where(valid, taken, np.inf).min(axis=1)
    else:
        out = np.where(valid, taken, 0.0).sum(axis=1) / np.maximum(valid.sum(axis=1), 1)
    return np.where(np.isfinite(out), out, 0.0)


def classify(cells: Cells, lattice: Lattice, geo: Path, config: dict[str, Any]) -> HexGround:
    """Return the ground of every hex."""
    n_hex, limit = lattice.n_hex, config["terrain"]
    land = cells.elev_m > 0
    lakes = lake_cells(cells, geo, config)
    dry = land & ~lakes
    everywhere = np.ones(len(land), bool)
    land_share = cells.share(land, everywhere, n_hex)
    is_sea = land_share < limit["land_share"]
    is_lake = ~is_sea & (cells.share(lakes, everywhere, n_hex) >= limit["lake_share"])
    is_dry = ~is_sea & ~is_lake

    elev = cells.share(cells.elev_m, land, n_hex)
    low, high = cells.percentiles(land, (0.05, 0.95), n_hex)
    relief = high - low
    relief_wide = around(high, lattice, is_dry, "max") - around(low, lattice, is_dry, "min")
    rho = 0.5 * relief + 0.5 * around(relief, lattice, is_dry, "mean")

    cover = cover_shares(cells, dry, geo, config, n_hex)
    swamp = cells.share(region_cells(cells, geo, config, "marsh"), dry, n_hex)
    desert = cells.share(region_cells(cells, geo, config, "desert"), dry, n_hex)
    wooded = cover["forest"] >= limit["forest"]
    mountain = (
        (rho >= limit["mountain_rho_m"])
        & (relief_wide >= limit["mountain_wide_m"])
        & (relief >= limit["mountain_own_m"])
    ) | (relief >= limit["mountain_alone_m"])
    hills = (rho >= limit["hills_rho_m"]) | (relief_wide >= limit["hills_wide_m"])
    farmed = (cover["crop"] >= limit["crop"]) & (cover["crop"] >= limit["crop_to_grass"] * cover["grass"])
    arid = (cover["barren"] >= 0.5) | (desert >= 0.5)
    bare = (cover["forest"] < limit["desert_cover"]) & (cover["crop"] < limit["desert_cover"])
    wet = (swamp >= 0.5) & (relief < limit["marsh_relief_m"]) & (elev < limit["marsh_height_m"])
    wet |= (cover["wetland"] >= limit["wetland"]) & (relief < limit["wetland_relief_m"])

    terrain = np.where(farmed, codes.PLAIN, codes.STEPPE)
    terrain = np.where(wooded, codes.FOREST, terrain)
    terrain = np.where(hills & ~wooded, codes.HILLS, terrain)
    terrain = np.where(wooded & (rho >= limit["forest_hills_rho_m"]), codes.FOREST_HILLS, terrain)
    terrain = np.where(mountain, np.where(wooded, codes.FOREST_MOUNTAIN, codes.MOUNTAIN), terrain)
    terrain = np.where(arid & bare & (rho < limit["desert_rho_m"]) & ~mountain, codes.DESERT, terrain)
    terrain = np.where(wet & ~mountain, codes.MARSH, terrain)
    terrain = np.where(is_lake, codes.LAKE, terrain)
    terrain = np.where(is_sea, codes.SEA, terrain)
    marsh = np.where(relief < limit["wetland_relief_m"], np.maximum(swamp, cover["wetland"]), cover["wetland"])
    return HexGround(
        terrain.astype(np.int8),
        np.where(is_sea, 0, np.rint(elev)).astype(np.int16),
        np.where(is_sea, 0, np.rint(relief)).astype(np.int16),
        np.where(is_dry, np.rint(100 * np.minimum(cover["forest"], 1.0)), 0).astype(np.int8),
        np.where(is_dry, np.rint(100 * marsh), 0).astype(np.int8),
    )
