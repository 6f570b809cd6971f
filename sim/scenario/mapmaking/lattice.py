"""The hex lattice laid over a projection: centres, neighbours, corners and sides.

Flat-top hexes in "odd-q" offset: odd columns lie half a hex further south, rows grow southwards. A hex is a row number
``row * n_cols + col``. Directions are NE, N, NW, SW, S, SE = 0..5; side ``d`` of a hex joins its corners ``d`` and
``d + 1``, which lie at 60 and 60 + 60 degrees from east.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.scenario.mapmaking.projection import EqualArea

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

STEPS_EVEN = ((1, -1), (0, -1), (-1, -1), (-1, 0), (0, 1), (1, 0))
STEPS_ODD = ((1, 0), (0, -1), (-1, 0), (-1, 1), (0, 1), (1, 1))
CORNER_X = np.array([2, 1, -1, -2, -1, 1])
CORNER_Y = np.array([0, 1, 1, 0, -1, -1])


@dataclass(frozen=True)
class Lattice:
    """A full rectangle of hexes.

    Parameters
    ----------
    n_cols, n_rows : int
        Size of the rectangle in hexes.
    hex_km : float
        Distance between the centres of neighbours.
    first_col, first_row : int
        Where the first hex lies, counted in columns and rows from the projection centre; ``first_col`` is even.
    projection : EqualArea
        From degrees to km.
    """

    n_cols: int
    n_rows: int
    hex_km: float
    first_col: int
    first_row: int
    projection: EqualArea

    @property
    def n_hex(self) -> int:
        """Return the number of hexes."""
        return self.n_cols * self.n_rows

    @property
    def corner_km(self) -> float:
        """Return the distance from a centre to a corner, which is also the length of a side."""
        return self.hex_km / float(np.sqrt(3.0))

    @cached_property
    def col(self) -> Ints:
        """Return the column of each hex, shape (n_hex,)."""
        return np.tile(np.arange(self.n_cols), self.n_rows)

    @cached_property
    def row(self) -> Ints:
        """Return the row of each hex, shape (n_hex,)."""
        return np.repeat(np.arange(self.n_rows), self.n_cols)

    @cached_property
    def x(self) -> Floats:
        """Return the eastings of the centres in km, shape (n_hex,)."""
        return 1.5 * self.corner_km * (self.first_col + self.col).astype(float)

    @cached_property
    def y(self) -> Floats:
        """Return the northings of the centres in km, shape (n_hex,)."""
        return -self.hex_km * (self.first_row + self.row + 0.5 * (self.col & 1)).astype(float)

    @cached_property
    def neighbours(self) -> Ints:
        """Return the neighbour in each direction, -1 off the map, shape (n_hex, 6)."""
        out = np.full((self.n_hex, 6), -1, np.int64)
        for direction in range(6):
            even, odd = STEPS_EVEN[direction], STEPS_ODD[direction]
            is_odd = (self.col & 1) == 1
            col = self.col + np.where(is_odd, odd[0], even[0])
            row = self.row + np.where(is_odd, odd[1], even[1])
            inside = (col >= 0) & (col < self.n_cols) & (row >= 0) & (row < self.n_rows)
            out[inside, direction] = (row * self.n_cols + col)[inside]
        return out

    def nearest(self, lon: Floats, lat: Floats) -> Ints:
        """Return the hex that holds each point, -1 off the map."""
        x, y = self.projection.forward(np.asarray(lon, float), np.asarray(lat, float))
        return self.nearest_km(x, y)

    def nearest_km(self, x: Floats, y: Floats) -> Ints:
        """Return the hex that holds each point given in km, -1 off the map."""
        q = np.asarray(x, float) / (1.5 * self.corner_km)
        r = -np.asarray(y, float) / self.hex_km - q / 2.0
        s = -q - r
        q_round, r_round, s_round = np.rint(q), np.rint(r), np.rint(s)
        q_off, r_off, s_off = np.abs(q_round - q), np.abs(r_round - r), np.abs(s_round - s)
        q_worst = (q_off > r_off) & (q_off > s_off)
        q_final = np.where(q_worst, -r_round - s_round, q_round).astype(np.int64)
        r_final = np.where(~q_worst & (r_off > s_off), -q_final - s_round, r_round).astype(np.int64)
        col = q_final - self.first_col
        row = r_final + (q_final - (q_final & 1)) // 2 - self.first_row
        inside = (col >= 0) & (col < self.n_cols) & (row >= 0) & (row < self.n_rows)
        return np.where(inside, row * self.n_cols + col, -1)

    @cached_property
    def sides(self) -> "HexSides":
        """Return the graph of corners and sides that rivers and walls run along."""
        return HexSides.of(self)


@dataclass(frozen=True)
class HexSides:
    """Corners and sides of all hexes as a graph.

    Attributes
    ----------
    corner_x, corner_y : (n_corner,) float64, km
    ends : (n_side, 2) int64
        Corners that a side joins.
    hexes : (n_side, 2) int64
        Hexes on both hands of a side, the second -1 on the rim of the map.
    of_hex : (n_hex, 6) int64
        Side in each direction.
    links : list of list of (corner, side)
        From each corner, in the order of the sides.
    """

    corner_x: Floats
    corner_y: Floats
    ends: Ints
    hexes: Ints
    of_hex: Ints
    links: list[list[tuple[int, int]]]

    @classmethod
    def of(cls, lattice: Lattice) -> "HexSides":
        """Number the corners and sides of a lattice."""
        u = (3 * lattice.col)[:, None] + CORNER_X
        v = (-2 * lattice.row - (lattice.col & 1))[:, None] + CORNER_Y
        key = (u + 4) * 100_000 + (v + 50_000)
        keys, corners = np.unique(key, return_inverse=True)
        corners = corners.reshape(key.shape)
        corner_x = (keys // 100_000 - 4 + 3 * lattice.first_col) * lattice.corner_km / 2.0
        corner_y = (keys % 100_000 - 50_000 - 2 * lattice.first_row) * lattice.hex_km / 2.0
        pair = np.sort(np.stack([corners, np.roll(corners, -1, axis=1)], axis=2), axis=2)
        side_key = pair[..., 0] * len(keys) + pair[..., 1]
        side_keys, of_hex = np.unique(side_key, return_inverse=True)
        of_hex = of_hex.reshape(side_key.shape)
        ends = np.stack([side_keys // len(keys), side_keys % len(keys)], axis=1)
        hexes = np.full((len(side_keys), 2), -1, np.int64)
        for direction in range(5, -1, -1):
            hexes[of_hex[:, direction], 0 if direction < 3 else 1] = np.arange(lattice.n_hex)
        alone = hexes[:, 0] < 0
        hexes[alone] = hexes[alone][:, ::-1]
        links: list[list[tuple[int, int]]] = [[] for _ in range(len(keys))]
        for side, (first, second) in enumerate(ends.tolist()):
            links[first].append((second, side))
            links[second].append((first, side))
        return cls(corner_x, corner_y, ends, hexes, of_hex, links)

    @cached_property
    def middle(self) -> tuple[Floats, Floats]:
        """Return the middles of the sides in km."""
        first, second = self.ends[:, 0], self.ends[:, 1]
        x, y = self.corner_x, self.corner_y
        return (x[first] + x[second]) / 2.0, (y[first] + y[second]) / 2.0
