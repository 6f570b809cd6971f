"""Deployment: units stand in their sector, on their own ground, and never more of them than fit."""

from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels import codes
from sim.scenario.mapmaking.deploy import (
    ANYWHERE,
    DeployError,
    DeploymentGround,
    Post,
    along_line,
    deploy,
    frontier_belts,
    room_by_terrain,
)

N_COLS, N_ROWS = 12, 9
STEPS_EVEN = ((1, -1), (0, -1), (-1, -1), (-1, 0), (0, 1), (1, 0))
STEPS_ODD = ((1, 0), (0, -1), (-1, 0), (-1, 1), (0, 1), (1, 1))


def ground(room10: int = 20, frontier_col: int = 6) -> DeploymentGround:
    """Return a plain that the Soviet side holds west of ``frontier_col``."""
    col, row = np.arange(N_COLS * N_ROWS) % N_COLS, np.arange(N_COLS * N_ROWS) // N_COLS
    owner = np.where(col < frontier_col, codes.SOVIET, codes.JAPANESE).astype(np.int8)
    room = np.full(col.size, room10, np.int64)
    return DeploymentGround(N_COLS, 50.0 - 0.135 * (row + 0.5 * (col & 1)), 120.0 + 0.18 * col, room, owner)


def naive_belts(owner: np.ndarray, side: int) -> list[int]:
    """Return the belts by walking outwards from the enemy, hex by hex."""
    steps = {hex: 0 for hex in range(owner.size) if owner[hex] not in (side, codes.NEITHER)}
    queue = deque(steps)
    while queue:
        hex = queue.popleft()
        col, row = hex % N_COLS, hex // N_COLS
        for step_col, step_row in STEPS_ODD if col & 1 else STEPS_EVEN:
            near_col, near_row = col + step_col, row + step_row
            near = near_row * N_COLS + near_col
            if 0 <= near_col < N_COLS and 0 <= near_row < N_ROWS and near not in steps:
                steps[near] = steps[hex] + 1
                queue.append(near)
    return [steps[hex] - 1 for hex in range(owner.size)]


@pytest.mark.parametrize("side", [codes.SOVIET, codes.JAPANESE])
def test_belts_agree_with_a_walk_from_the_frontier(side: int) -> None:
    field = ground()
    belts = frontier_belts(field.owner, field.room10 > 0, N_COLS, side)
    assert belts.tolist() == naive_belts(field.owner, side)


def test_belts_without_an_enemy_reach_anywhere() -> None:
    owner = np.full(N_COLS * N_ROWS, codes.SOVIET, np.int8)
    assert (frontier_belts(owner, owner == codes.SOVIET, N_COLS, codes.SOVIET) == ANYWHERE).all()


def test_units_of_a_first_echelon_touch_the_enemy_and_keep_their_order() -> None:
    field = ground()
    line = [(49.9, 120.9), (48.9, 120.9)]
    posts = [
        Post(f"unit_{number}", codes.SOVIET, 10, lat, lon, 0, 0)
        for number, (lat, lon) in enumerate(along_line(line, [10, 10, 10]))
    ]
    hexes = deploy(field, posts)
    assert [hex % N_COLS for hex in hexes.values()] == [5, 5, 5]
    rows = [hex // N_COLS for hex in hexes.values()]
    assert rows == sorted(rows)
    assert len(set(rows)) == 3


def test_a_second_echelon_stands_behind() -> None:
    hexes = deploy(ground(), [Post("second", codes.SOVIET, 10, 49.4, 120.9, 2, 3)])
    assert hexes["second"] % N_COLS in (2, 3)


def test_a_full_sector_is_refused_with_the_name_of_the_unit() -> None:
    posts = [Post(f"unit_{number}", codes.SOVIET, 10, 49.4, 120.9, 0, 0) for number in range(2 * N_ROWS + 1)]
    with pytest.raises(DeployError, match=f"unit_{2 * N_ROWS}"):
        deploy(ground(), posts)


def test_the_ground_handed_in_is_left_as_it_was() -> None:
    field = ground()
    deploy(field, [Post("one", codes.SOVIET, 10, 49.4, 120.2)])
    assert (field.room10 == 20).all()


def test_a_point_line_keeps_everybody_at_the_point() -> None:
    assert along_line([(45.0, 130.0), (45.0, 130.0)], [3, 10]) == [(45.0, 130.0)] * 2


def test_roads_double_the_room_in_forest_and_mountain_only() -> None:
    terrain = np.arange(len(codes.TERRAINS))
    with_road = room_by_terrain(terrain, np.ones(terrain.size, bool))
    without = room_by_terrain(terrain, np.zeros(terrain.size, bool))
    assert with_road.tolist() == [0, 0, 40, 40, 40, 30, 20, 20, 20, 20, 10]
    assert without.tolist() == [0, 0, 40, 40, 40, 30, 10, 10, 10, 10, 10]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([codes.SOVIET, codes.JAPANESE]),
            st.integers(1, 10),
            st.floats(48.9, 50.0),
            st.floats(120.0, 122.0),
        ),
        max_size=30,
    )
)
def test_nobody_overstacks_or_stands_on_foreign_ground(wanted: list[tuple[int, int, float, float]]) -> None:
    field = ground()
    posts = [Post(f"unit_{number}", *values) for number, values in enumerate(wanted)]
    hexes = deploy(field, posts)
    used = np.zeros(field.room10.size, np.int64)
    for post in posts:
        used[hexes[post.unit]] += post.stack10
        assert field.owner[hexes[post.unit]] == post.side
    assert (used <= field.room10).all()
    assert deploy(field, posts) == hexes
