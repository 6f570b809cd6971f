"""The grid and its kernels against plain geometry."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels.ground import grid, hexes
from tests.naive import hexes as naive
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine
SIZES = ((1, 1), (2, 5), (5, 2), (6, 7), (7, 6))
ON_THE_GRID = st.tuples(st.integers(1, 8), st.integers(1, 8), st.integers(0, 63), st.integers(0, 63))


@pytest.mark.parametrize(("n_cols", "n_rows"), SIZES)
def test_neighbour_table_agrees_with_geometry(n_cols: int, n_rows: int) -> None:
    table = grid.neighbour_table(n_cols, n_rows)
    assert table.dtype == np.int32
    assert table.flags.c_contiguous
    assert table.tolist() == [naive.neighbours(hex, n_cols, n_rows) for hex in range(n_cols * n_rows)]


def test_opposite_directions_lead_back() -> None:
    table = grid.neighbour_table(9, 8)
    for hex in range(72):
        for direction in range(6):
            other = table[hex, direction]
            assert other < 0 or table[other, (direction + 3) % 6] == hex


@given(ON_THE_GRID)
@settings(max_examples=40, deadline=None)
def test_distance_and_area_agree_with_breadth_first_search(case: tuple[int, int, int, int]) -> None:
    n_cols, n_rows, a, radius = case
    start = a % (n_cols * n_rows)
    steps = naive.distances(start, n_cols, n_rows)
    out = np.zeros(n_cols * n_rows, np.int32)
    for hex, count in steps.items():
        assert hexes.distance(start, hex, n_cols) == count
        assert grid.distance_hexes(start, hex, n_cols) == count
    n = hexes.hexes_within(start, radius % 5, n_cols, n_rows, out)
    expected = sorted(hex for hex, count in steps.items() if count <= radius % 5)
    assert sorted(out[:n].tolist()) == expected


@given(ON_THE_GRID)
@settings(max_examples=40, deadline=None)
def test_line_is_a_chain_of_neighbours_near_the_straight_line(case: tuple[int, int, int, int]) -> None:
    n_cols, n_rows, a, b = case
    start, end = a % (n_cols * n_rows), b % (n_cols * n_rows)
    out = np.full(40, -1, np.int32)
    n = hexes.line(start, end, n_cols, out)
    found = out[:n].tolist()
    assert (found[0], found[-1]) == (start, end)
    assert n == hexes.distance(start, end, n_cols) + 1
    for one, other in pairwise(found):
        assert hexes.distance(one, other, n_cols) == 1


@given(ON_THE_GRID)
@settings(max_examples=40, deadline=None)
def test_line_takes_the_hexes_nearest_to_it(case: tuple[int, int, int, int]) -> None:
    n_cols, n_rows, a, b = case
    start, end = a % (n_cols * n_rows), b % (n_cols * n_rows)
    nearest = naive.line(start, end, n_cols, n_rows)
    out = np.full(40, -1, np.int32)
    n = hexes.line(start, end, n_cols, out)
    assert all(hex in near for hex, near in zip(out[:n].tolist(), nearest, strict=True))


def test_direction_to_a_neighbour() -> None:
    world = small_world("....\n....\n....")
    for direction in range(6):
        other = hexes.neighbour(world, 5, direction)
        assert hexes.direction_to(world, 5, other) == direction
    assert hexes.direction_to(world, 0, 11) == -1
