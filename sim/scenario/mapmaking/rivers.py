"""Lines that run along hex sides: rivers by rank, walls, frontiers.

A line is laid as the cheapest path over the sides, where straying from the true course costs the square of the
distance, so that chains are connected and every bend that the hexes can show is kept.
"""

import heapq
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import codes
from sim.scenario.mapmaking.geodata import distance_to_line, lines, read_features
from sim.scenario.mapmaking.lattice import Lattice

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def densify(x: Floats, y: Floats, step_km: float) -> tuple[Floats, Floats]:
    """Return a polyline in km with points added so that none of its segments is longer than a step."""
    lengths = np.hypot(np.diff(x), np.diff(y))
    parts = np.maximum(np.ceil(lengths / step_km).astype(np.int64), 1)
    at = np.concatenate([[0.0], *(k + np.arange(1, n + 1) / n for k, n in enumerate(parts.tolist()))])
    knots = np.arange(len(x))
    return np.interp(at, knots, x), np.interp(at, knots, y)


def clip(line: Floats, lattice: Lattice) -> list[Floats]:
    """Return the pieces of a line (n, 2) in degrees that lie on the map, as (n, 2) arrays in km."""
    x, y = densify(*lattice.projection.forward(line[:, 0], line[:, 1]), lattice.hex_km)
    inside = lattice.nearest_km(x, y) >= 0
    pieces, start = [], None
    for at, here in enumerate([*inside.tolist(), False]):
        if here and start is None:
            start = at
        elif not here and start is not None:
            if at - start >= 2:
                pieces.append(np.stack([x[start:at], y[start:at]], axis=1))
            start = None
    return pieces


def nearest_corner(lattice: Lattice, x: float, y: float, among: Ints | None = None) -> int:
    """Return the corner nearest to a point in km, perhaps only among some."""
    sides = lattice.sides
    corners = np.arange(len(sides.corner_x)) if among is None else among
    return int(corners[np.argmin(np.hypot(sides.corner_x[corners] - x, sides.corner_y[corners] - y))])


def lay(lattice: Lattice, line: Floats, start: int, end: int, stray_km: float) -> list[int]:
    """Return the sides of the cheapest path between two corners along a line (n, 2) in km."""
    sides, reach = lattice.sides, 3.0 * lattice.hex_km
    x, y = sides.middle
    corners = np.array([start, end])
    low_x = min(line[:, 0].min(), sides.corner_x[corners].min()) - reach
    high_x = max(line[:, 0].max(), sides.corner_x[corners].max()) + reach
    low_y = min(line[:, 1].min(), sides.corner_y[corners].min()) - reach
    high_y = max(line[:, 1].max(), sides.corner_y[corners].max()) + reach
    near = np.flatnonzero((x >= low_x) & (x <= high_x) & (y >= low_y) & (y <= high_y))
    away = distance_to_line(x[near], y[near], line)
    cost = dict(zip(near.tolist(), (1.0 + (away / stray_km) ** 2).tolist(), strict=True))
    best, came = {start: 0.0}, {}
    queue = [(0.0, start)]
    while queue:
        so_far, corner = heapq.heappop(queue)
        if corner == end:
            break
        if so_far > best[corner]:
            continue
        for other, side in sides.links[corner]:
            step = cost.get(side)
            if step is not None and so_far + step < best.get(other, np.inf):
                best[other] = so_far + step
                came[other] = (corner, side)
                heapq.heappush(queue, (so_far + step, other))
    path = []
    while end != start and end in came:
        end, side = came[end]
        path.append(side)
    return path[::-1]


def corners_along(lattice: Lattice, start: int, path: list[int]) -> Ints:
    """Return the corners of a path of sides in order, none for an empty path."""
    corners = [start]
    for side in path:
        first, second = lattice.sides.ends[side].tolist()
        corners.append(second if corners[-1] == first else first)
    return np.array(corners if path else [], np.int64)


@dataclass
class River:
    """One laid river: its course in km, and the sides and corners that stand for it."""

    name: str
    rank: int
    course: Floats
    sides: list[int]
    corners: Ints  # in order along the river


@dataclass
class Rivers:
    """All laid rivers.

    Attributes
    ----------
    rank : (n_side,) int8
        ``codes.RIVER_*`` of each side.
    laid : list of River
        In the order in which they were laid: great ones first.
    """

    rank: NDArray[np.int8]
    laid: list[River] = field(default_factory=list)

    def named(self, names: list[str]) -> set[int]:
        """Return the sides of the rivers with these names."""
        return {side for river in self.laid if river.name in names for side in river.sides}


def join(lattice: Lattice, rivers: Rivers, x: float, y: float, join_km: float) -> int:
    """Return the corner for the end of a river: on a river already laid if one passes close by."""
    best, found = join_km, None
    for river in rivers.laid:
        course = river.course
        if not (course[:, 0].min() - best <= x <= course[:, 0].max() + best):
            continue
        if not (course[:, 1].min() - best <= y <= course[:, 1].max() + best):
            continue
        away = float(distance_to_line(np.array([x]), np.array([y]), course)[0])
        if away < best and len(river.corners):
            best, found = away, river
    return nearest_corner(lattice, x, y, found.corners if found else None)


def lay_rivers(lattice: Lattice, geo: Path, config: dict[str, Any], terrain: NDArray[np.int8]) -> Rivers:
    """Lay every river, great and long ones first, so that tributaries join what they flow into."""
    spec = config["rivers"]
    sides = lattice.sides
    rivers = Rivers(np.zeros(len(sides.ends), np.int8))
    found = [
        (int(row["rank"]), -len(row["line"]), order, str(row["name"]), np.asarray(row["line"], float)[:, :2])
        for order, row in enumerate(spec.get("extra", []))
    ]
    for order, feature in enumerate(read_features(geo / spec["file"]), start=len(found)):
        told = feature["properties"]
        if told["rank"] <= spec["lowest_rank"] and told.get("wdbii_level", 0) not in spec.get("drop_levels", []):
            for line in lines(feature["geometry"]):
                found.append((int(told["rank"]), -len(line), order, str(told["name"]), line))
    water = (terrain == codes.SEA) | (terrain == codes.LAKE)
    wet = [water[sides.hexes[:, 0]], water[sides.hexes[:, 1]] | (sides.hexes[:, 1] < 0)]
    shown = ~(wet[0] & wet[1]) & ~(terrain[sides.hexes] == codes.SEA).any(axis=1) & (sides.hexes[:, 1] >= 0)
    for rank, _, _, name, line in sorted(found, key=lambda item: item[:3]):
        for piece in clip(line, lattice):
            start = join(lattice, rivers, float(piece[0, 0]), float(piece[0, 1]), spec["join_km"])
            end = join(lattice, rivers, float(piece[-1, 0]), float(piece[-1, 1]), spec["join_km"])
            path = lay(lattice, piece, start, end, spec["stray_km"])
            corners = corners_along(lattice, start, path)
            rivers.laid.append(River(name, rank, piece, path, corners))
            for side in path:
                if shown[side] and (rivers.rank[side] == 0 or rank < rivers.rank[side]):
                    rivers.rank[side] = rank
    return rivers


def lay_walls(lattice: Lattice, config: dict[str, Any]) -> dict[str, set[int]]:
    """Lay the walls of the build file; return the sides that each one runs along, by its id."""
    out: dict[str, set[int]] = {}
    for wall in config.get("walls", []):
        sides = out.setdefault(wall["id"], set())
        for piece in clip(np.asarray(wall["line"], float), lattice):
            start, end = nearest_corner(lattice, *piece[0]), nearest_corner(lattice, *piece[-1])
            sides.update(lay(lattice, piece, start, end, config["rivers"]["stray_km"]))
    return out
