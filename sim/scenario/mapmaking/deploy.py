"""Spread an army over its sector: the step between "17th Army, Yugodzyr-Khid" and one hex for each unit.

A sector is a line of points on the ground. Its units stand along the line in the order given, each with the share of
the line that its room deserves, on the nearest hex that is its own side's, dry land and not full. ``near`` and ``far``
bind a unit to a belt behind the frontier: 0 is the hexes that touch the enemy. Belts count hexes, choice counts km.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import SimError
from sim.kernels import codes

ANYWHERE = 10_000  # hexes from the frontier: no belt
CROWDING_KM = 12.0  # a full hex counts as this much further away, so that neighbours share the load

# Tenths of a division that a 15 km hex holds at the start, with a road and without one.
_ROOM10: dict[int, tuple[int, int]] = {
    codes.PLAIN: (40, 40),
    codes.STEPPE: (40, 40),
    codes.DESERT: (40, 40),
    codes.HILLS: (30, 30),
    codes.FOREST: (20, 10),
    codes.FOREST_HILLS: (20, 10),
    codes.MOUNTAIN: (20, 10),
    codes.FOREST_MOUNTAIN: (20, 10),
    codes.MARSH: (10, 10),
}


class DeployError(SimError):
    """A unit finds no hex in its sector."""


@dataclass(frozen=True)
class DeploymentGround:
    """What deployment asks of a map; every array has shape (n_hex,), rows of hexes one after another.

    Attributes
    ----------
    n_cols : int
        Columns of the map; hex number = row * n_cols + column.
    lat, lon : float64
        Hex centres in degrees.
    room10 : int64
        Tenths of a division that fit; 0 on water. Deployment takes from a copy of it.
    owner : int8
        SOVIET, JAPANESE or NEITHER.
    """

    n_cols: int
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    room10: NDArray[np.int64]
    owner: NDArray[np.int8]


@dataclass(frozen=True)
class Post:
    """One unit that wants a hex: its room in tenths of a division, where it should stand and in which belt."""

    unit: str
    side: int
    stack10: int
    lat: float
    lon: float
    near: int = 0
    far: int = ANYWHERE


def room_by_terrain(terrain: NDArray[np.integer], road: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the tenths of a division that fit into each hex at the start; 0 where nobody can stand.

    Parameters
    ----------
    terrain : (n_hex,) int8
        Codes of ``codes.TERRAINS``.
    road : (n_hex,) bool
        Whether a road or track touches the hex.

    Notes
    -----
    After the dossier's stacking (steppe 4 divisions, road in forest 2, roadless forest or swamp 1), which it gives for
    hexes of 20-25 km and which is kept for 15 km hexes on the first day only: assembly areas were packed.
    """
    table = np.zeros((len(codes.TERRAINS), 2), np.int64)
    for code, room in _ROOM10.items():
        table[code] = room
    room10: NDArray[np.int64] = table[terrain, np.where(road, 0, 1)]
    return room10


def frontier_belts(owner: NDArray[np.int8], land: NDArray[np.bool_], n_cols: int, side: int) -> NDArray[np.int64]:
    """Return how many hexes stand between each hex and the enemy's land, 0 for hexes that touch it.

    Counted straight over land and water, as a river or a lake does not push a belt back. Hexes of the enemy get -1.
    """
    col, row = np.arange(owner.size) % n_cols, np.arange(owner.size) // n_cols
    cube_q, cube_r = col, row - (col - (col & 1)) // 2
    belts = np.full(owner.size, ANYWHERE, np.int64)
    for hex in np.flatnonzero(land & (owner != side) & (owner != codes.NEITHER)):
        delta_q, delta_r = cube_q - cube_q[hex], cube_r - cube_r[hex]
        steps = (np.abs(delta_q) + np.abs(delta_r) + np.abs(delta_q + delta_r)) // 2
        np.minimum(belts, steps - 1, out=belts)
    return belts


def along_line(line: Sequence[tuple[float, float]], weights: Sequence[int]) -> list[tuple[float, float]]:
    """Return one (lat, lon) per weight, so that each has its share of the line and stands in the middle of it.

    Example
    -------
    >>> along_line([(45.0, 130.0), (45.0, 134.0)], [10, 10])
    [(45.0, 131.0), (45.0, 133.0)]
    """
    points = np.asarray(line, np.float64)
    steps = _km(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1])
    reached = np.concatenate(([0.0], np.cumsum(steps)))
    shares = np.maximum(np.asarray(weights, np.float64), 1.0)
    middle = (np.cumsum(shares) - shares / 2.0) / shares.sum() * reached[-1]
    lat = np.interp(middle, reached, points[:, 0])
    lon = np.interp(middle, reached, points[:, 1])
    return [(round(float(a), 6), round(float(b), 6)) for a, b in zip(lat, lon, strict=True)]


def deploy(ground: DeploymentGround, posts: Iterable[Post]) -> dict[str, int]:
    """Give every unit a hex, first come first served.

    Returns
    -------
    dict of str to int
        Hex number by unit id.

    Raises
    ------
    DeployError
        If no hex of its own side in the belt has room for a unit; the message names it.
    """
    room10 = ground.room10.copy()
    capacity10 = np.maximum(ground.room10, 1)
    land = ground.room10 > 0
    belts = {side: frontier_belts(ground.owner, land, ground.n_cols, side) for side in (codes.SOVIET, codes.JAPANESE)}
    hexes: dict[str, int] = {}
    for post in posts:
        belt = belts[post.side]
        fits = land & (ground.owner == post.side) & (room10 >= post.stack10)
        fits &= (belt >= post.near) & (belt <= post.far)
        candidates = np.flatnonzero(fits)
        if candidates.size == 0:
            raise DeployError(f"{post.unit}: no hex with room for {post.stack10} tenths of a division in its sector")
        away_km = _km(ground.lat[candidates], ground.lon[candidates], post.lat, post.lon)
        full = 1.0 - room10[candidates] / capacity10[candidates]
        hex = int(candidates[np.argmin(away_km + CROWDING_KM * full)])
        room10[hex] -= post.stack10
        hexes[post.unit] = hex
    return hexes


def _km(
    lat_a: NDArray[np.float64] | float,
    lon_a: NDArray[np.float64] | float,
    lat_b: NDArray[np.float64] | float,
    lon_b: NDArray[np.float64] | float,
) -> NDArray[np.float64]:
    """Return distances on the globe, flat approximation: exact enough inside a sector."""
    middle = np.radians((np.asarray(lat_a) + np.asarray(lat_b)) / 2.0)
    east = (np.asarray(lon_a) - np.asarray(lon_b)) * np.cos(middle) * 111.32
    north = (np.asarray(lat_a) - np.asarray(lat_b)) * 110.95
    return np.asarray(np.sqrt(east * east + north * north), np.float64)
