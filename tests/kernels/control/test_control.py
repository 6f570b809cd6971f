"""Stacks, zones of control and ownership."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels import codes
from sim.kernels.control import evening, ownership, stacks
from sim.kernels.state import layout
from tests.naive import control as naive
from tests.naive.random_worlds import random_world
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine
SEEDS = st.integers(0, 100_000)


def layer_rows(world: layout.World) -> list[tuple[int, int, list[int], list[int], list[int]]]:
    layers = world.layers
    return [
        (
            int(layers[hex].stack10),
            int(layers[hex].occupant),
            layers[hex].power.tolist(),
            layers[hex].zoc_strength.tolist(),
            layers[hex].zone.tolist(),
        )
        for hex in range(len(layers))
    ]


def assert_layers_fresh(world: layout.World) -> None:
    kept = world.layers.copy()
    chain = world.units.next_in_hex.copy()
    stacks.refresh_layers(world)
    assert (kept == world.layers).all()
    assert chain.tolist() == world.units.next_in_hex.tolist()


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_layers_agree_with_naive_sums(seed: int) -> None:
    world = random_world(seed, n_units=6)
    assert layer_rows(world) == naive.layers(world)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_layers_kept_up_move_by_move_equal_a_full_rebuild(seed: int) -> None:
    world = random_world(seed, n_units=6)
    draw = np.random.default_rng(seed)
    for _ in range(12):
        if len(world.units) == 0:
            return
        unit = int(draw.integers(0, len(world.units)))
        action = int(draw.integers(0, 3))
        if action == 0:
            world.units[unit].men = int(draw.integers(0, 9000))
            stacks.update_unit_layers(world, unit)
        elif action == 1:
            stacks.lift_unit(world, unit)
        elif world.units[unit].hex < 0:
            hexes = [
                hex for hex in range(len(world.hexes)) if world.layers[hex].occupant in (2, world.units[unit].side)
            ]
            stacks.place_unit(world, unit, int(draw.choice(hexes)))
    assert_layers_fresh(world)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_overnight_control_agrees_with_naive_rule(seed: int) -> None:
    world = random_world(seed, n_units=3)
    before = [int(holder) for holder in world.holder]
    expected = naive.holders_tomorrow(world)
    changed = evening.spread_control(world, layout.new_scratch(len(world.hexes), len(world.units)))
    assert [int(holder) for holder in world.holder] == expected
    assert changed == sum(one != other for one, other in zip(before, expected, strict=True))


def test_entering_takes_every_place_of_the_hex_and_says_so() -> None:
    unit = {"hex": (1, 0), "side": codes.SOVIET}
    world = small_world("....", [unit], n_places=3)
    world.holder[:] = codes.JAPANESE
    world.hexes[1].place = 0
    world.places.hex = (1, 2, 1)
    world.places.holder = codes.JAPANESE
    ownership.occupy(world, 0, 1)
    assert world.places.holder.tolist() == [codes.SOVIET, codes.JAPANESE, codes.SOVIET]
    assert world.captured_by[1] == 0
    assert world.held_since_turn[1] == world.clock[0].turn
    events = world.events[: world.clock[0].n_events]
    assert [(row.kind, row.subject, row.object, row.hex) for row in events] == [
        (codes.EVENT_CAPTURE, 0, 0, 1),
        (codes.EVENT_CAPTURE, 0, 2, 1),
    ]
    ownership.occupy(world, 0, 1)
    assert world.clock[0].n_events == 2


def test_captured_railway_must_be_regauged_and_ones_own_repaired() -> None:
    world = small_world("...", [{"hex": (0, 0), "side": codes.SOVIET}])
    world.edges[0, codes.SE] = world.edges[1, codes.NW] = (0, 0, 0, codes.RAIL_STANDARD, 20, 0)
    world.holder[:] = codes.JAPANESE
    world.hexes.holder_start[:] = (codes.JAPANESE, codes.SOVIET, codes.JAPANESE)
    for hex in range(3):
        ownership.occupy(world, 0, hex)
    rule, turn = world.rules[0], int(world.clock[0].turn)
    assert world.rail_ready_turn.tolist() == [turn + rule.rail_regauge_days, turn + rule.rail_repair_days, 0]


def test_front_line_runs_between_land_of_the_two_sides() -> None:
    world = small_world("..~.\n....")
    world.holder[:] = (0, 0, 0, 1, 0, 0, 1, 1)
    out = np.zeros(20, np.int32)
    n = ownership.front_line(world.holder, world.hexes, world.neighbours, out)
    seen = {(int(side) // 6, int(world.neighbours[int(side) // 6, int(side) % 6])) for side in out[:n]}
    assert seen == {(1, 6), (5, 6)}


def test_places_never_change_hands_without_troops() -> None:
    world = small_world("...\n...\n...", [{"hex": (1, 0), "side": codes.SOVIET}])
    world.holder[:] = codes.SOVIET
    world.holder[4] = codes.JAPANESE
    world.hexes[4].place = 0
    assert evening.spread_control(world, layout.new_scratch(len(world.hexes), len(world.units))) == 0
    world.hexes[4].place = -1
    assert evening.spread_control(world, layout.new_scratch(len(world.hexes), len(world.units))) == 1


def test_a_river_and_rough_ground_weaken_a_zone() -> None:
    world = small_world(".....\n.....\n..M..", [{"hex": (2, 1), "side": codes.JAPANESE}])
    open_zone = int(world.layers[2].zone[codes.JAPANESE])
    forest_zone = int(world.layers[12].zone[codes.JAPANESE])
    assert 0 < forest_zone < open_zone < world.layers[7].zone[codes.JAPANESE]
    world.edges[7, codes.N].river = world.edges[2, codes.S].river = codes.RIVER_GREAT
    stacks.refresh_layers(world)
    assert world.layers[2].zone[codes.JAPANESE] < open_zone
    assert ownership.in_enemy_zone(world, codes.SOVIET, 7)
    assert not ownership.in_enemy_zone(world, codes.JAPANESE, 7)
