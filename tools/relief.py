"""Make ``assets/relief/august_storm.png``: the heights of the map as light and shade, from public-domain elevations.

Run once: ``python tools/relief.py ../shared/geo/elevation.npz``. A pixel is 2 km; 128 is level ground, lighter slopes
face the north-west.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from sim import scenario
from sim.scenario.mapmaking.projection import EqualArea

KM_PER_PIXEL = 2.0
HEIGHTS_M_PER_KM = 55.0  # slope that makes full shade


def main(source: Path, target: Path) -> None:
    """Project the heights onto the plane of the map and write their shading."""
    loaded = scenario.load("august_storm").map
    projection = EqualArea(loaded.projection.lon, loaded.projection.lat, loaded.projection.radius_km)
    hex_km = loaded.hex_km
    first = _first_centre(loaded, projection)
    side_km = hex_km / 3**0.5
    width_km = (1.5 * (loaded.columns - 1) + 2) * side_km
    height_km = hex_km * (loaded.rows + 0.5)
    x = first[0] - side_km + (np.arange(round(width_km / KM_PER_PIXEL)) + 0.5) * KM_PER_PIXEL
    y = first[1] + hex_km / 2 - (np.arange(round(height_km / KM_PER_PIXEL)) + 0.5) * KM_PER_PIXEL
    lon, lat = projection.inverse(*np.meshgrid(x, y))
    heights = _sample(np.load(source), lon, lat)
    Image.fromarray(shade(heights), "L").save(target, optimize=True)


def shade(heights_m: np.ndarray) -> np.ndarray:
    """Return light from the north-west on the heights; the sea is level."""
    surface = np.maximum(heights_m, 0.0)
    down, right = np.gradient(surface, KM_PER_PIXEL)
    light = -(right + down) / 2**0.5
    light = -light / HEIGHTS_M_PER_KM
    return np.clip(128 - 127 * np.tanh(light), 0, 255).astype(np.uint8)


def _first_centre(loaded, projection: EqualArea) -> tuple[float, float]:
    """Return the centre of hex 0 in km, from a place whose hex and position the map file both names."""
    offsets = []
    for place in loaded.places.values():
        if place.hex:
            col, row = int(place.hex[1:4]), int(place.hex[4:7])
            east, north = projection.forward(np.array(place.lon), np.array(place.lat))
            side_km = loaded.hex_km / 3**0.5
            offsets.append((float(east) - 1.5 * side_km * col, float(north) + loaded.hex_km * (row + 0.5 * (col & 1))))
    east, north = np.median(np.array(offsets), axis=0)
    side_km = loaded.hex_km / 3**0.5
    return round(east / (3 * side_km)) * 3 * side_km, round(north / loaded.hex_km) * loaded.hex_km


def _sample(grid, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return heights by bilinear interpolation."""
    elevation = grid["elev"].astype(np.float32)
    column = np.interp(lon, grid["lon"], np.arange(len(grid["lon"])))
    row = np.interp(-lat, -grid["lat"], np.arange(len(grid["lat"])))
    left, top = np.floor(column).astype(int), np.floor(row).astype(int)
    right, bottom = np.minimum(left + 1, elevation.shape[1] - 1), np.minimum(top + 1, elevation.shape[0] - 1)
    across, along = column - left, row - top
    upper = elevation[top, left] * (1 - across) + elevation[top, right] * across
    lower = elevation[bottom, left] * (1 - across) + elevation[bottom, right] * across
    return upper * (1 - along) + lower * along


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path("assets/relief/august_storm.png"))
