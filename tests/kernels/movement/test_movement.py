"""What a step costs, how far units get, and the march itself."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels import codes
from sim.kernels.control import evening, stacks
from sim.kernels.movement import movement
from sim.kernels.movement.rail import trains_needed
from sim.kernels.state import layout
from sim.kernels.units import stacking
from tests.naive import control as naive_control
from tests.naive import movement as naive
from tests.naive.random_worlds import random_world
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine
SEEDS = st.integers(0, 100_000)
KM_PER_HEX = 15
WIDE = "\n".join(["s" * 25] * 25)


def scratch_for(world: layout.World) -> layout.Scratch:
    return layout.new_scratch(len(world.hexes), len(world.units))


def ranges(world: layout.World, unit: int, budget_mp10: int) -> dict[int, int]:
    scratch = scratch_for(world)
    n = movement.reach(world, scratch, unit, budget_mp10)
    return {int(hex): int(scratch.cost[hex]) for hex in scratch.found[:n]}


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_step_costs_agree_with_the_rules_as_told(seed: int) -> None:
    world = random_world(seed, n_units=0)
    draw = np.random.default_rng(seed)
    for _ in range(300):
        ground, mobility = int(draw.integers(0, 3)), int(draw.integers(0, 8))
        hex, direction = int(draw.integers(0, len(world.hexes))), int(draw.integers(0, 6))
        expected = naive.step_cost(world, ground, mobility, hex, direction)
        assert world.step_cost[ground, mobility, hex, direction] == expected


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_entry_cost_agrees_with_the_rules_as_told(seed: int) -> None:
    world = random_world(seed)
    draw = np.random.default_rng(seed)
    for unit in range(len(world.units)):
        for _ in range(12):
            hex, direction = int(draw.integers(0, len(world.hexes))), int(draw.integers(0, 6))
            assert movement.entry_cost(world, unit, hex, direction) == naive.entry_cost(world, unit, hex, direction)


@given(SEEDS, st.integers(0, 300))
@settings(max_examples=25, deadline=None)
def test_reach_agrees_with_naive_search(seed: int, budget_mp10: int) -> None:
    world = random_world(seed, n_units=4)
    scratch = scratch_for(world)
    for unit in range(len(world.units)):
        n = movement.reach(world, scratch, unit, budget_mp10)
        found = [int(hex) for hex in scratch.found[:n]]
        costs = [int(scratch.cost[hex]) for hex in found]
        assert dict(zip(found, costs, strict=True)) == naive.reach(world, unit, budget_mp10)
        assert found[0] == world.units[unit].hex
        assert costs == sorted(costs)


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_the_way_back_is_a_chain_of_reached_hexes(seed: int) -> None:
    world = random_world(seed, n_units=3)
    scratch = scratch_for(world)
    for unit in range(len(world.units)):
        n = movement.reach(world, scratch, unit, 200)
        for target in scratch.found[:n].tolist():
            length = movement.walk_back(world, scratch, target)
            path = [int(world.units[unit].hex), *scratch.path[:length].tolist()]
            assert path[-1] == target
            costs = [int(scratch.cost[hex]) for hex in path]
            assert all(one < other for one, other in pairwise(costs))
            for one, other in pairwise(path):
                assert other in world.neighbours[one]


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_marches_break_no_rule(seed: int) -> None:
    world = random_world(seed, n_units=6)
    scratch = scratch_for(world)
    draw = np.random.default_rng(seed)
    for _ in range(10):
        if len(world.units) == 0:
            return
        unit = int(draw.integers(0, len(world.units)))
        row = world.units[unit]
        before_mp10, before_fuel10 = int(row.mp10), int(row.fuel10)
        target = int(draw.integers(0, len(world.hexes)))
        crowded = {hex: int(world.layers[hex].stack10) for hex in range(len(world.hexes))}
        moved = movement.move_unit(world, scratch, unit, target)
        assert 0 <= row.mp10 <= before_mp10
        assert 0 <= row.fuel10 <= before_fuel10
        assert world.hexes[row.hex].terrain not in (codes.SEA, codes.LAKE)
        assert {world.units[other].side for other in naive_control.stack(world, int(row.hex))} == {row.side}
        if moved:
            assert world.holder[row.hex] == row.side
            assert crowded[int(row.hex)] + row.stack10 <= stacking.stack_limit10(world, row.hex)
    kept = world.layers.copy()
    stacks.refresh_layers(world)
    assert (kept == world.layers).all()


# Hexes within reach on open dry steppe, by budget in tenths of a movement point: a wrong rule cannot hide.
COUNTS = {
    codes.FOOT: {0: 1, 39: 1, 40: 7, 80: 19, 100: 19, 120: 37},
    codes.HORSE: {150: 37, 160: 61},
    codes.MOTORISED: {100: 37, 240: 217},
    codes.TRACKED: {26: 1, 27: 7, 100: 37, 240: 217},
    codes.STATIC: {240: 1},
    codes.RIVER_CRAFT: {100: 1},
    codes.RAIL_MOBILE: {300: 1},
}


@pytest.mark.parametrize("mobility", COUNTS)
def test_counts_of_reachable_hexes_on_steppe(mobility: int) -> None:
    world = small_world(WIDE, [{"hex": (12, 12), "side": codes.SOVIET, "mobility": mobility}])
    assert {budget: len(ranges(world, 0, budget)) for budget in COUNTS[mobility]} == COUNTS[mobility]


# The march rates of mechanics.md, km a day: (mobility, terrain symbol, road, ground, low, high)
RATES = [
    (codes.FOOT, "s", codes.ROAD_NONE, codes.DRY, 30, 40),
    (codes.FOOT, "F", codes.ROAD_DIRT, codes.DRY, 25, 40),
    (codes.FOOT, "M", codes.ROAD_NONE, codes.DRY, 8, 15),
    (codes.FOOT, "f", codes.ROAD_NONE, codes.WET, 8, 15),
    (codes.FOOT, "w", codes.ROAD_NONE, codes.DRY, 5, 12),
    (codes.FOOT, "w", codes.ROAD_NONE, codes.FLOODED, 4, 12),
    (codes.FOOT, "w", codes.ROAD_DIRT, codes.FLOODED, 15, 20),
    (codes.HORSE, "d", codes.ROAD_NONE, codes.DRY, 50, 60),
    (codes.MOTORISED, "d", codes.ROAD_NONE, codes.DRY, 90, 100),
    (codes.TRACKED, "s", codes.ROAD_NONE, codes.DRY, 120, 150),
    (codes.MOTORISED, "s", codes.ROAD_NONE, codes.DRY, 100, 130),
    (codes.TRACKED, "m", codes.ROAD_TRACK, codes.DRY, 20, 40),
    (codes.MOTORISED, "m", codes.ROAD_TRACK, codes.DRY, 20, 40),
    (codes.TRACKED, "M", codes.ROAD_TRAIL, codes.DRY, 20, 40),
    (codes.TRACKED, "w", codes.ROAD_NONE, codes.DRY, 5, 12),
]


@pytest.mark.parametrize(("mobility", "symbol", "road", "ground", "low", "high"), RATES)
def test_march_rates_of_the_campaign(mobility: int, symbol: str, road: int, ground: int, low: int, high: int) -> None:
    world = small_world(symbol * 8)
    world.edges.road[:] = road
    movement.fill_step_cost(world)
    allowance = int(world.rules[0].allowance_mp10[mobility])
    km = allowance * KM_PER_HEX / int(world.step_cost[ground, mobility, 2, codes.SE])
    assert low <= km <= high


def test_tanks_on_the_embankment_in_floods_make_40_to_60_km() -> None:
    world = small_world("........")
    world.edges.rail[:] = codes.RAIL_STANDARD
    movement.fill_step_cost(world)
    allowance = int(world.rules[0].allowance_mp10[codes.TRACKED])
    assert 40 <= allowance * KM_PER_HEX / int(world.step_cost[codes.FLOODED, codes.TRACKED, 2, codes.SE]) <= 60


@pytest.mark.parametrize(("mobility", "low", "high"), [(codes.FOOT, 1, 2), (codes.TRACKED, 3, 5)])
def test_days_to_cross_the_amur(mobility: int, low: int, high: int) -> None:
    unit = {"hex": (1, 0), "side": codes.SOVIET, "mobility": mobility, "fuel10": 100}
    world = small_world("...", [unit])
    world.edges.river[:] = codes.RIVER_GREAT
    movement.fill_step_cost(world)
    scratch = scratch_for(world)
    days = 0
    world.units[0].mp10 = 0
    while world.units[0].hex == 1:
        movement.begin_day_movement(world, codes.SOVIET)
        movement.move_unit(world, scratch, 0, 2)
        days += 1
        assert days < 9
    assert low <= days <= high


def test_a_division_makes_ten_km_a_day_through_forest_mountains() -> None:
    world = small_world("M" * 12, [{"hex": (0, 0), "side": codes.SOVIET, "mp10": 0}])
    scratch = scratch_for(world)
    hexes = 0
    for _ in range(10):
        movement.begin_day_movement(world, codes.SOVIET)
        hexes += movement.move_unit(world, scratch, 0, int(world.units[0].hex) + 1)
        world.units[0].fatigue_permille = 0
    assert 8 <= hexes * KM_PER_HEX / 10 <= 15


def test_saved_work_is_lost_when_the_unit_fought_and_when_it_leaves() -> None:
    world = small_world("ss", [{"hex": (0, 0), "side": codes.SOVIET, "mp10": 60}])
    movement.begin_day_movement(world, codes.SOVIET)
    assert world.units[0].carry_mp10 == 60
    world.units[0].attacks_today = 1
    movement.begin_day_movement(world, codes.SOVIET)
    assert world.units[0].carry_mp10 == 0
    world.units[0].carry_mp10 = 50
    assert movement.move_unit(world, scratch_for(world), 0, 1) == 1
    assert world.units[0].carry_mp10 == 0


def test_tanks_without_fuel_stand_still_and_others_stop_when_it_ends() -> None:
    unit = {"hex": (0, 0), "side": codes.SOVIET, "mobility": codes.TRACKED, "mp10": 0}
    world = small_world("s" * 12, [unit | {"fuel10": 0}, unit | {"fuel10": 5}])
    movement.begin_day_movement(world, codes.SOVIET)
    assert world.units[0].mp10 == 0
    assert world.units[1].mp10 == 120
    moved = movement.move_unit(world, scratch_for(world), 1, 4)
    assert 0 < moved <= 4
    assert movement.move_unit(world, scratch_for(world), 0, 1) == 0


def test_a_full_day_on_plain_roads_burns_a_day_of_fuel() -> None:
    unit = {"hex": (0, 0), "side": codes.SOVIET, "mobility": codes.TRACKED, "mp10": 240, "fuel10": 40}
    world = small_world("." * 12, [unit])
    assert movement.move_unit(world, scratch_for(world), 0, 8) == 8
    assert 8 <= 40 - world.units[0].fuel10 <= 10


def test_strong_zones_stop_a_march_and_weak_ones_slow_it() -> None:
    drawing = "\n".join(["sssssssss"] * 3)
    armour = {"mobility": codes.TRACKED, "branch": codes.TANK, "tanks": [0, 65, 0, 0, 0], "men": 1350}
    tank = armour | {"hex": (0, 1), "side": codes.SOVIET}
    enemy = {"hex": (4, 1), "side": codes.JAPANESE}
    free = ranges(small_world(drawing, [tank]), 0, 240)
    held = ranges(small_world(drawing, [tank, enemy | {"men": 40000}]), 0, 240)
    weak = ranges(small_world(drawing, [tank, enemy | {"men": 3500, "guns": 10}]), 0, 240)
    assert max(hex % 9 for hex in held) <= 5
    assert len(held) < len(weak) < len(free)
    assert sum(weak.values()) > sum(cost for hex, cost in free.items() if hex in weak)


def test_nobody_enters_a_hex_that_the_enemy_occupies() -> None:
    world = small_world("sss", [{"hex": (0, 0), "side": 0}, {"hex": (1, 0), "side": 1, "men": 10, "guns": 0}])
    assert set(ranges(world, 0, 500)) == {0}
    assert movement.entry_cost(world, 0, 0, codes.SE) == codes.BLOCKED


def test_a_march_goes_through_friends_but_does_not_stop_among_too_many() -> None:
    row = {"side": codes.SOVIET, "stack10": 10}
    world = small_world("MMM", [row | {"hex": (0, 0), "mp10": 400}, row | {"hex": (1, 0)}])
    scratch = scratch_for(world)
    assert not movement.can_stack(world, 0, 1)
    assert movement.move_unit(world, scratch, 0, 1) == 0
    assert movement.move_unit(world, scratch, 0, 2) == 2


def test_a_pass_lets_one_division_through_a_day() -> None:
    row = {"side": codes.SOVIET, "stack10": 10, "hex": (0, 0), "mp10": 400}
    world = small_world("smsss", [row, row])
    world.hexes[1].features = codes.FLAG_PASS
    scratch = scratch_for(world)
    assert movement.move_unit(world, scratch, 0, 3) == 3
    assert movement.move_unit(world, scratch, 1, 3) == 0
    evening.spread_control(world, scratch_for(world))
    assert movement.move_unit(world, scratch, 1, 3) == 3


def test_a_pass_of_its_own_throughput_lets_as_many_through() -> None:
    row = {"side": codes.SOVIET, "stack10": 10, "hex": (0, 0), "mp10": 400}
    world = small_world("smsss", [row, row, row])
    world.hexes[1].features = codes.FLAG_PASS
    world.hexes[1].pass_limit10 = 20
    scratch = scratch_for(world)
    assert [movement.move_unit(world, scratch, unit, 3) for unit in range(3)] == [3, 3, 0]


def test_a_forced_march_gains_ground_and_costs_strength_once_a_day() -> None:
    world = small_world("ssss", [{"hex": (0, 0), "side": codes.SOVIET, "mp10": 100}])
    assert movement.order_forced_march(world, 0) == 30
    assert world.units[0].mp10 == 130
    assert world.units[0].fatigue_permille > 0
    assert movement.order_forced_march(world, 0) == 0


def test_river_craft_follow_the_river_and_trains_the_line() -> None:
    row = {"side": codes.SOVIET, "hex": (0, 1)}
    ship, train = row | {"mobility": codes.RIVER_CRAFT}, row | {"mobility": codes.RAIL_MOBILE}
    world = small_world("......\n......\n......", [ship, train])
    for col in range(6):
        hex = 6 + col
        world.edges[hex, codes.N].river = codes.RIVER_GREAT
        world.edges[hex - 6, codes.S].river = codes.RIVER_GREAT
    for col in range(3):
        hex, direction = 6 + col, (codes.SE if col % 2 == 0 else codes.NE)
        other = int(world.neighbours[hex, direction])
        world.edges[hex, direction].rail = world.edges[other, (direction + 3) % 6].rail = codes.RAIL_BROAD
    movement.fill_step_cost(world)
    afloat = set(ranges(world, 0, 100))
    assert afloat <= set(range(12))
    assert {0, 6} <= afloat
    assert set(ranges(world, 1, 100)) == {6, 7, 8, 9}


def rail_world(gauges: list[int], trains: int = 24) -> layout.World:
    """Return a line along the only row, one gauge a side, all held and ready for the Soviets."""
    world = small_world(
        "." * (len(gauges) + 1), [{"hex": (0, 0), "side": codes.SOVIET, "stack10": 10, "mp10": 100}] * 2
    )
    for hex, gauge in enumerate(gauges):
        direction = codes.SE if hex % 2 == 0 else codes.NE
        for one, way in ((hex, direction), (hex + 1, (direction + 3) % 6)):
            world.edges[one, way].rail, world.edges[one, way].trains = gauge, trains
    world.holder[:] = world.hexes.holder_start[:] = codes.SOVIET
    return world


def test_trains_carry_one_division_a_day_on_a_single_line() -> None:
    world = rail_world([codes.RAIL_BROAD] * 8)
    scratch = scratch_for(world)
    assert trains_needed(world, 0) == world.rules[0].rail_trains_per_division
    assert movement.rail_move(world, scratch, 0, 8) == 8
    assert world.units[0].mp10 == 0
    assert movement.rail_move(world, scratch, 1, 8) == 0
    evening.spread_control(world, scratch_for(world))
    assert movement.rail_move(world, scratch, 1, 8) == 8


def test_trains_stop_at_a_break_of_gauge_and_before_lines_not_ready() -> None:
    world = rail_world([codes.RAIL_BROAD] * 3 + [codes.RAIL_STANDARD] * 3)
    scratch = scratch_for(world)
    assert movement.rail_move(world, scratch, 0, 5) == 0
    world.rail_ready_turn[2] = int(world.clock[0].turn) + 1
    assert movement.rail_move(world, scratch, 0, 3) == 0
    world.rail_ready_turn[2] = 0
    assert movement.rail_move(world, scratch, 0, 3) == 3
