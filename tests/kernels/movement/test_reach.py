"""A range that leaves out what cannot matter agrees with the whole one wherever it can."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels import codes
from sim.kernels.ground.flood import fill_cost_to_go, walk_back
from sim.kernels.ground.step_cost import is_motor, routed_as
from sim.kernels.movement.reach import reach, reach_better
from sim.kernels.state import layout
from tests.naive.random_worlds import random_world

pytestmark = pytest.mark.engine


def routed_world(seed: int, goal: float) -> layout.World:
    """Return a random world with the cost-to-go, on foot and by motor, to one of its hexes."""
    world = random_world(seed)
    hex = int(goal * (len(world.hexes) - 1))
    scratch = layout.new_scratch(len(world.hexes), len(world.units))
    for route, mobility in enumerate((codes.FOOT, codes.MOTORISED)):
        fill_cost_to_go(world, scratch, hex, mobility, world.cost_to_go[route])
    return world


def worth_less(world: layout.World, scratch: layout.Scratch, n: int, route: int, bound: int) -> list[int]:
    """Return the hexes of a range, the start left out, that are worth less than ``bound``, in order."""
    parts = int(world.rules[0].effort_parts)
    found = scratch.found[1:n].tolist()
    return [hex for hex in found if int(world.cost_to_go[route, hex]) + int(scratch.cost[hex]) // parts < bound]


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), goal=st.floats(0, 1), budget_mp10=st.integers(0, 600))
def test_places_that_can_matter_are_found_in_the_same_order_by_the_same_way(
    seed: int, goal: float, budget_mp10: int
) -> None:
    world = routed_world(seed, goal)
    whole, part = (layout.new_scratch(len(world.hexes), len(world.units)) for _ in range(2))
    for unit, row in enumerate(world.units):
        route = int(is_motor(int(row.mobility)))
        bound = int(world.cost_to_go[route, row.hex])
        n_whole = reach(world, whole, unit, budget_mp10)
        n_part = reach_better(world, part, unit, budget_mp10, route, bound)
        better = worth_less(world, whole, n_whole, route, bound)
        assert worth_less(world, part, n_part, route, bound) == better
        for hex in better:
            assert part.cost[hex] == whole.cost[hex]
            length = walk_back(world, whole, hex)
            assert walk_back(world, part, hex) == length
            assert np.array_equal(part.path[:length], whole.path[:length])


def test_no_step_makes_more_good_than_the_descent_says() -> None:
    for seed in range(20):
        world = random_world(seed)
        for mobility, descent in enumerate(world.descent_permille.tolist()):
            guide = world.step_cost[0, routed_as(mobility)].astype(int)
            for steps in world.step_cost[:, mobility].astype(int):
                passed = (steps > 0) & (guide > 0)
                assert np.all(guide[passed] * 1000 <= steps[passed] * descent)
                assert descent >= 1_000_000 or np.all(guide[steps > 0] > 0)
