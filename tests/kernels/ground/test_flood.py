"""The bucket queue and the floods on it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels import codes
from sim.kernels.ground import flood
from sim.kernels.movement import movement
from sim.kernels.state import layout
from tests.naive import movement as naive
from tests.naive.random_worlds import random_world
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine


def test_pops_in_order_of_cost_and_forgets_dearer_offers() -> None:
    scratch = layout.new_scratch(10, 1)
    flood.frontier_reset(scratch)
    offers = [(3, 40), (1, 7), (3, 12), (1, 9), (5, 12)]
    assert [bool(flood.frontier_push(scratch, hex, cost)) for hex, cost in offers] == [True, True, True, False, True]
    popped = []
    while (hex := flood.frontier_pop(scratch)) >= 0:
        popped.append((int(scratch.cost[hex]), int(hex)))
    assert [cost for cost, _ in popped] == [7, 12, 12]
    assert {hex for _, hex in popped} == {1, 3, 5}


def test_reset_forgets_what_was_left_in_the_queue() -> None:
    scratch = layout.new_scratch(10, 1)
    for _ in range(3):
        flood.frontier_reset(scratch)
        for hex in range(10):
            flood.frontier_push(scratch, hex, 1 + hex * 50)
        assert flood.frontier_pop(scratch) == 0
    flood.frontier_reset(scratch)
    assert flood.frontier_pop(scratch) == -1
    assert not flood.is_reached(scratch, 0)


@given(st.lists(st.integers(1, layout.FRONTIER_BUCKETS - 1), min_size=1, max_size=60))
@settings(max_examples=50, deadline=None)
def test_a_chain_of_steps_longer_than_the_ring_keeps_its_order(steps: list[int]) -> None:
    scratch = layout.new_scratch(len(steps) + 1, 1)
    flood.frontier_reset(scratch)
    flood.frontier_push(scratch, 0, 0)
    total = 0
    for hex, step in enumerate(steps):
        assert flood.frontier_pop(scratch) == hex
        assert scratch.cost[hex] == total
        total += step
        flood.frontier_push(scratch, hex + 1, total)


@given(st.integers(0, 10_000), st.integers(0, 2), st.integers(0, 7), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_floods_agree_with_naive_search(seed: int, ground: int, mobility: int, n_source: int) -> None:
    world = random_world(seed, n_units=0)
    n_hex = len(world.hexes)
    scratch = layout.new_scratch(n_hex, 1)
    sources = np.random.default_rng(seed).integers(0, n_hex, n_source).astype(np.int32)
    out = np.zeros(n_hex, np.int32)
    movement.flood_cost(world, scratch, sources, n_source, ground, mobility, out)
    assert out.tolist() == naive.flood(world, sources.tolist(), ground, mobility)
    movement.fill_cost_to_go(world, scratch, int(sources[0]), mobility, out)
    assert out.tolist() == naive.flood(world, [int(sources[0])], codes.DRY, mobility, towards=True)


def test_cost_to_go_follows_the_direction_of_march() -> None:
    world = small_world(".F.")
    out = np.zeros(3, np.int32)
    movement.fill_cost_to_go(world, layout.new_scratch(3, 1), 2, codes.FOOT, out)
    rule = world.rules[0]
    plain = int(rule.terrain_cost_mp10[codes.FOOT, codes.PLAIN])
    hills = int(rule.terrain_cost_mp10[codes.FOOT, codes.FOREST_HILLS])
    assert out.tolist() == [plain + hills, plain, 0]


def test_no_way_is_blocked() -> None:
    world = small_world("..~..")
    out = np.zeros(5, np.int32)
    movement.fill_cost_to_go(world, layout.new_scratch(5, 1), 0, codes.FOOT, out)
    assert out.tolist()[2:] == [codes.BLOCKED] * 3


@pytest.mark.parametrize("mobility", [codes.FOOT, codes.TRACKED])
def test_scratch_of_an_interrupted_range_is_fit_for_a_flood(mobility: int) -> None:
    unit = {"hex": (0, 0), "side": codes.SOVIET, "mobility": mobility, "mp10": 240}
    world = small_world("........\n........\n........", [unit])
    scratch = layout.new_scratch(24, 1)
    fresh, used = np.zeros(24, np.int32), np.zeros(24, np.int32)
    movement.fill_cost_to_go(world, layout.new_scratch(24, 1), 9, mobility, fresh)
    movement.reach_to(world, scratch, 0, 240, 2)
    movement.fill_cost_to_go(world, scratch, 9, mobility, used)
    assert used.tolist() == fresh.tolist()
