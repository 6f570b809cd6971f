"""The country of each hex, with frontiers snapped to the rivers that they follow, and weather regions."""

import heapq
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import codes
from sim.scenario.mapmaking.geodata import Cells, contains, distance_to_line, lines, read_features, rings
from sim.scenario.mapmaking.lattice import Lattice
from sim.scenario.mapmaking.rivers import Rivers, clip

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int8]


def country_shares(cells: Cells, lattice: Lattice, geo: Path, config: dict[str, Any]) -> Floats:
    """Return the share of each country in the land cells of each hex, shape (n_hex, n_country)."""
    spec = config["countries"]
    land = cells.elev_m > 0
    out = np.zeros((lattice.n_hex, len(codes.COUNTRIES)))
    for feature in read_features(geo / spec["file"]):
        told = feature["properties"]
        if told.get("kind") != "country":
            continue
        name = spec.get("rename", {}).get(told["name"], told["country"])
        inside = cells.inside(rings(feature["geometry"]))
        out[:, codes.COUNTRIES.index(name)] += cells.share(inside, land, lattice.n_hex)
    return out


def fill_unclaimed(country: Codes, is_land: NDArray[np.bool_], lattice: Lattice) -> None:
    """Give land without a country that of a neighbour, in place, ring after ring."""
    while True:
        taken: list[tuple[int, int]] = []
        for hex in np.flatnonzero(is_land & (country == codes.NOWHERE)).tolist():
            around = [int(country[other]) for other in lattice.neighbours[hex] if other >= 0]
            claims = [name for name in around if name != codes.NOWHERE]
            if claims:
                taken.append((hex, max(sorted(set(claims)), key=claims.count)))
        if not taken:
            return
        for hex, name in taken:
            country[hex] = name


def border_line(geo: Path, config: dict[str, Any], between: list[str], lattice: Lattice) -> list[Floats]:
    """Return the drawn border of two countries as pieces (n, 2) in km."""
    return [
        piece
        for feature in read_features(geo / config["countries"]["file"])
        if sorted(feature["properties"].get("countries", [])) == sorted(between)
        for line in lines(feature["geometry"])
        for piece in clip(line, lattice)
    ]


def frontier_sides(lattice: Lattice, pieces: list[Floats], candidates: set[int], near_km: float) -> set[int]:
    """Return those candidate sides whose middle lies near the drawn border."""
    chosen = np.array(sorted(candidates), np.int64)
    if not len(chosen) or not pieces:
        return set()
    x, y = lattice.sides.middle
    away = np.min([distance_to_line(x[chosen], y[chosen], piece) for piece in pieces], axis=0)
    return set(chosen[away <= near_km].tolist())


def snap(country: Codes, shares: Floats, lattice: Lattice, walls: set[int], pair: tuple[int, int], depth: int) -> None:
    """Re-decide the hexes near a frontier so that the frontier runs on the given sides, in place.

    Both countries grow towards the frontier from ``depth`` hexes behind it and cannot cross its sides; a step into a
    hex that lies mostly in the other country is dear, so that growth round the ends of the frontier stays short.
    """
    sides = lattice.sides
    near = np.zeros(lattice.n_hex, bool)
    near[[hex for side in walls for hex in sides.hexes[side].tolist() if hex >= 0]] = True
    for _ in range(depth - 1):
        grown = near.copy()
        for direction in range(6):
            other = lattice.neighbours[:, direction]
            grown |= near[np.maximum(other, 0)] & (other >= 0)
        near = grown
    ours = np.isin(country, pair)
    open_hexes = near & ours
    best: dict[int, float] = {}
    queue: list[tuple[float, int, int]] = []
    for hex in np.flatnonzero(ours & ~near).tolist():
        best[hex] = 0.0
        heapq.heappush(queue, (0.0, hex, int(country[hex])))
    decided = {hex: int(country[hex]) for hex in best}
    settled: set[int] = set()
    while queue:
        cost, hex, name = heapq.heappop(queue)
        if hex in settled:
            continue
        settled.add(hex)
        decided[hex] = name
        for direction, other in enumerate(lattice.neighbours[hex].tolist()):
            if other < 0 or not open_hexes[other] or int(sides.of_hex[hex, direction]) in walls:
                continue
            step = cost + 1.0 + 6.0 * (1.0 - shares[other, name])
            if step < best.get(other, np.inf):
                best[other] = step
                heapq.heappush(queue, (step, other, name))
    for hex in np.flatnonzero(open_hexes).tolist():
        if hex in decided:
            country[hex] = decided[hex]


def decide_countries(
    cells: Cells,
    lattice: Lattice,
    geo: Path,
    config: dict[str, Any],
    terrain: Codes,
    rivers: Rivers,
    walls: dict[str, set[int]],
) -> Codes:
    """Return the country of each hex, with frontiers on the sides of the rivers and walls that they follow."""
    shares = country_shares(cells, lattice, geo, config)
    is_land = terrain != codes.SEA
    country = np.where(is_land & (shares.max(axis=1) > 0), shares.argmax(axis=1), codes.NOWHERE).astype(np.int8)
    fill_unclaimed(country, is_land, lattice)
    for frontier in config.get("frontiers", []):
        pieces = border_line(geo, config, frontier["between"], lattice)
        candidates = rivers.named(frontier.get("rivers", []))
        candidates.update(*(walls[name] for name in frontier.get("walls", [])))
        sides = frontier_sides(lattice, pieces, candidates, frontier["near_km"])
        first, second = (codes.COUNTRIES.index(name) for name in frontier["between"])
        snap(country, shares, lattice, sides, (first, second), frontier["depth_hexes"])
    for point in config["countries"].get("corrections", []):
        hex = int(lattice.nearest(np.array([point["at"][0]]), np.array([point["at"][1]]))[0])
        country[hex] = codes.COUNTRIES.index(point["country"])
    return country


def decide_regions(lattice: Lattice, config: dict[str, Any]) -> Codes:
    """Return the weather region of each hex: the last polygon of the build file that holds its centre."""
    lon, lat = lattice.projection.inverse(lattice.x, lattice.y)
    spec = config["weather_regions"]
    out = np.full(lattice.n_hex, codes.REGIONS.index(spec["default"]), np.int8)
    for part in spec["polygons"]:
        out[contains(np.asarray(part["ring"], float), lon, lat)] = codes.REGIONS.index(part["region"])
    return out
