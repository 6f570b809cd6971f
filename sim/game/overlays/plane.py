"""Hexes, hex sides and ways between hexes as points and lines of the plane, where a hex side is 1 long."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.maps.basemap import whole_frame
from sim.game.overlays.shapes import Point, Points, Stroke
from sim.game.picture.frame import Frame
from sim.game.picture.lines import chains, smooth, straighten
from sim.kernels import codes
from sim.kernels.state.layout import World

PIECE = 64  # points of a piece of a line: short pieces are quickly found out of view
FINE = 64.0  # chains join ends that agree to half a unit, so lines are joined at this size and then reduced


def frame_of(world: World, side: float = 1.0) -> Frame:
    """Return the frame of the whole map with hex sides ``side`` long."""
    return whole_frame(int(world.clock["n_cols"][0]), int(world.clock["n_rows"][0]), side)


def centres(world: World, hexes: Any) -> Points:
    """Return the centres of hexes, (..., 2)."""
    return frame_of(world).centres(np.asarray(hexes))


def point(world: World, hex: int, dx: float = 0.0, dy: float = 0.0) -> Point:
    """Return the centre of a hex, or a point beside it."""
    x, y = centres(world, hex)
    return float(x) + dx, float(y) + dy


def is_land(world: World) -> NDArray[np.bool_]:
    """Return which hexes are neither sea nor lake."""
    terrain = world.hexes["terrain"]
    return np.asarray((terrain != codes.SEA) & (terrain != codes.LAKE))


def around(world: World, wanted: NDArray[np.bool_], rings: int = 1) -> NDArray[np.bool_]:
    """Return the wanted hexes and all within ``rings`` hexes of them."""
    found = wanted
    for _ in range(rings):
        wider = found.copy()
        beside = world.neighbours[found]
        wider[beside[beside >= 0]] = True
        found = wider
    return found


def between(world: World, parted: NDArray[np.bool_], look: str) -> tuple[Stroke, ...]:
    """Return smooth lines along hex sides.

    Parameters
    ----------
    parted : (n_hex, 6) bool
        The sides wanted; of both hexes of a side, either may name it.
    """
    hexes, directions = np.nonzero(parted & (world.neighbours >= 0))
    other = world.neighbours[hexes, directions]
    swap = directions >= 3
    hexes, directions = np.where(swap, other, hexes), np.where(swap, directions - 3, directions)
    each = np.unique(hexes.astype(np.int64) * 3 + directions)
    if not each.size:
        return ()
    ends = frame_of(world, FINE).corners(each // 3, each % 3)
    return _pieces(look, (smooth(straighten(chain)) for chain in chains(ends)))


def along(world: World, first: Any, second: Any, look: str) -> tuple[Stroke, ...]:
    """Return smooth lines through the centres of neighbouring hexes, ``first`` to ``second`` each."""
    if not len(first):
        return ()
    frame = frame_of(world, FINE)
    ends = np.stack((frame.centres(np.asarray(first)), frame.centres(np.asarray(second))), axis=1)
    return _pieces(look, (smooth(chain) for chain in chains(ends)))


def route(world: World, hexes: list[int], look: str, every: int = 1) -> Stroke:
    """Return one smooth line through the centres of hexes, of which only every so many count."""
    kept = hexes[:-1:every] + hexes[-1:]
    return Stroke(look, smooth(centres(world, kept), 3))


def _pieces(look: str, lines: Iterable[Points]) -> tuple[Stroke, ...]:
    return tuple(
        Stroke(look, line[first : first + PIECE + 1] / FINE)
        for line in lines
        for first in range(0, len(line) - 1, PIECE)
    )
