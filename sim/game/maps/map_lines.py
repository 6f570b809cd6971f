"""The lines of the map in the plane of the map, where a hex side is 1 long: rivers, roads, railways, borders, front."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.maps.basemap import whole_frame
from sim.game.picture.frame import Frame, Points
from sim.game.picture.lines import chains, smooth, straighten
from sim.kernels import codes
from sim.kernels.state.layout import World

FINE = 64.0  # chains join ends that agree to half a unit, so lines are joined at this size and then reduced
PIECE = 96  # points of a piece: short pieces are quickly found out of view
GRAIN = 0.16  # sides between the points of a line
# How far a line strays from the hex lattice, in sides: a river winds, a railway hardly. Lines that share a hex side
# stray together, since the way depends on the place alone.
STRAY = {"river": 0.17, "border": 0.17, "front": 0.17, "wall": 0.14, "road": 0.08, "rail": 0.03}
WAVES = ((2.9, 0.31, 0.4), (2.1, 1.87, 1.3), (1.37, 2.74, 2.2), (0.93, 0.96, 3.1))  # length in sides, heading, phase
ROAD_ASIDE = np.array((0.13, 0.0))  # a road along a railway is drawn beside it


@dataclass(frozen=True)
class MapLine:
    """A piece of a line: what it is, and its points."""

    kind: str
    rank: int
    points: Points


def fixed_lines(world: World) -> list[MapLine]:
    """Return everything that does not change: broad things first, in the order in which they are drawn."""
    frame = _frame(world)
    edges, country = world.edges, world.hexes["country"]
    beyond = np.maximum(world.neighbours, 0)
    found: list[MapLine] = []
    for rank in (codes.RIVER_STREAM, codes.RIVER_MINOR, codes.RIVER_MAJOR, codes.RIVER_GREAT):
        found += _lines("river", rank, _sides(world, frame, edges["river"] == rank), along_sides=True)
    divided = (country[:, None] != country[beyond]) & (country[:, None] != 0) & (country[beyond] != 0)
    found += _lines("border", 0, _sides(world, frame, divided), along_sides=True)
    found += _lines("wall", 0, _sides(world, frame, edges["wall"] > 0), along_sides=True)
    for rank in (codes.ROAD_TRACK, codes.ROAD_DIRT, codes.ROAD_SURFACED):
        found += _lines("road", rank, _links(world, frame, edges["road"] == rank))
    for gauge in (codes.RAIL_NARROW, codes.RAIL_CAPE, codes.RAIL_STANDARD, codes.RAIL_BROAD):
        found += _lines("rail", gauge, _links(world, frame, edges["rail"] == gauge))
    return found


def front_lines(world: World, holder: NDArray[Any]) -> list[MapLine]:
    """Return the line between what the two sides hold."""
    terrain = world.hexes["terrain"]
    dry = (terrain != codes.SEA) & (terrain != codes.LAKE)
    beyond = np.maximum(world.neighbours, 0)
    contact = (holder[:, None] != holder[beyond]) & dry[:, None] & dry[beyond]
    contact &= (holder[:, None] != codes.NEITHER) & (holder[beyond] != codes.NEITHER)
    return _lines("front", 0, _sides(world, _frame(world), contact), along_sides=True)


def _frame(world: World) -> Frame:
    return whole_frame(int(world.clock["n_cols"][0]), int(world.clock["n_rows"][0]), FINE)


def _lines(kind: str, rank: int, segments: Points, along_sides: bool = False) -> list[MapLine]:
    found = []
    for chain in chains(segments):
        points = dense(smooth(straighten(chain) if along_sides else chain) / FINE)
        points = points + STRAY[kind] * stray(points) + (ROAD_ASIDE if kind == "road" else 0)
        for first in range(0, len(points) - 1, PIECE):
            found.append(MapLine(kind, rank, points[first : first + PIECE + 1]))
    return found


def dense(line: Points) -> Points:
    """Return a line with a point every ``GRAIN``, its ends as before."""
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    steps = np.linspace(0, along[-1], max(round(float(along[-1]) / GRAIN), 1) + 1)
    return np.stack((np.interp(steps, along, line[:, 0]), np.interp(steps, along, line[:, 1])), axis=1)


def stray(points: Points) -> Points:
    """Return the way by which each point is moved, about one long at most: a sum of waves over the plane."""
    moved = np.zeros_like(points)
    for length, heading, phase in WAVES:
        along = points @ np.array((np.cos(heading), np.sin(heading))) * 2 * np.pi / length + phase
        moved += 0.25 * length**0.5 * np.stack((np.sin(along), np.cos(1.3 * along)), axis=1)
    return moved


def _each_once(world: World, wanted: NDArray[np.bool_]) -> tuple[NDArray[Any], NDArray[Any]]:
    hexes, directions = np.nonzero(wanted & (world.neighbours >= 0))
    keep = directions < 3
    return hexes[keep], directions[keep]


def _sides(world: World, frame: Frame, wanted: NDArray[np.bool_]) -> Points:
    hexes, directions = _each_once(world, wanted)
    return frame.corners(hexes, directions)


def _links(world: World, frame: Frame, wanted: NDArray[np.bool_]) -> Points:
    hexes, directions = _each_once(world, wanted)
    return np.stack((frame.centres(hexes), frame.centres(world.neighbours[hexes, directions])), axis=1)
