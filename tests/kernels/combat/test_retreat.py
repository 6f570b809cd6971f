"""Where the beaten go."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels import codes
from sim.kernels.combat.battle import resolve_attack
from sim.kernels.combat.retreat import NO_HEX, fall_back, is_way_back, retreat_hex
from sim.kernels.invariants import SOUND, check_unit
from sim.kernels.state import layout
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine
MIDDLE = 12
PLAIN = "\n".join(["....."] * 5)
weak = {"side": codes.JAPANESE, "hex": (2, 2), "men": 6000, "guns": 30, "readiness_permille": 300}
strong = {"side": codes.SOVIET, "men": 9000, "guns": 150}


@settings(max_examples=60, deadline=None)
@given(
    terrain=st.lists(st.sampled_from("..fm~o"), min_size=25, max_size=25),
    foes=st.sets(st.sampled_from([7, 6, 8, 11, 13, 17]), max_size=5),
    hexes=st.integers(1, 2),
)
def test_nobody_retreats_into_water_or_the_enemy(terrain, foes, hexes):
    terrain = list(terrain)
    for hex in (*foes, MIDDLE):
        terrain[hex] = "."
    drawing = "\n".join("".join(terrain[i : i + 5]) for i in range(0, 25, 5))
    units = [weak] + [{**strong, "hex": hex} for hex in sorted(foes)]
    world = small_world(drawing, units)
    moved = fall_back(world, 0, hexes, hexes - 1, 0)
    row = world.units[0]
    assert world.hexes[row.hex].terrain not in (codes.SEA, codes.LAKE)
    assert row.hex not in foes
    assert (moved == 0) == (row.hex == MIDDLE)
    assert all(check_unit(world, row) == SOUND for row in range(len(units)))


def test_full_stacks_and_fixed_units_offer_no_way_back():
    world = small_world(PLAIN, [weak, {**weak, "hex": (2, 3), "stack10": 400}])
    south = codes.S
    assert world.neighbours[MIDDLE, south] == 17
    assert not is_way_back(world, 0, MIDDLE, south)
    assert is_way_back(world, 0, MIDDLE, codes.N)
    world.units[0].mobility = codes.STATIC
    assert retreat_hex(world, 0, MIDDLE, -1) == NO_HEX


def test_the_way_back_leads_towards_supply_and_away_from_the_enemy():
    world = small_world(PLAIN, [weak, {**strong, "hex": (2, 1)}])
    world.supply_cost[codes.JAPANESE] = 500
    world.supply_cost[codes.JAPANESE, 17] = 100
    assert retreat_hex(world, 0, MIDDLE, -1) == 17


def test_a_retreat_costs_men_guns_cohesion_and_the_trenches():
    world = small_world(PLAIN, [{**weak, "entrench_permille": 500, "tanks": (0, 0, 0, 9, 0)}])
    row = world.units[0]
    row.tanks[3], row.tanks_repair[3] = 5, 4
    assert fall_back(world, 0, 1, 0, 0) == 1
    assert row.men < 6000
    assert row.cohesion_permille == 1000 - world.rules[0].retreat_cohesion_permille
    assert row.entrench_permille == 0
    assert row.tanks_lost[3] == 3
    assert world.events.kind[0] == codes.EVENT_RETREAT


def overwhelm(world, n, posture=codes.PREPARED):
    scratch = layout.new_scratch(world.hexes.shape[0], world.units.shape[0])
    return resolve_attack(world, scratch, MIDDLE, np.arange(n, dtype=np.int32), n, posture)


def test_the_winner_steps_in_and_holds_the_hex():
    attackers = [{**strong, "hex": hex} for hex in ((2, 1), (1, 1), (3, 1))]
    world = small_world(PLAIN, [*attackers, weak])
    assert overwhelm(world, 3) >= codes.RESULT_RETREAT
    assert world.layers[MIDDLE].occupant == codes.SOVIET
    assert world.holder[MIDDLE] == codes.SOVIET
    assert (world.units.hex[:3] == MIDDLE).sum() == 1


def test_armour_keeps_movement_to_exploit_after_a_hasty_attack():
    tanks = {**strong, "men": 5500, "tanks": (0, 200, 0, 0, 0), "mobility": codes.TRACKED, "branch": codes.TANK}
    world = small_world(PLAIN, [{**tanks, "hex": (2, 1), "mp10": 150}, {**weak, "men": 1500}])
    assert overwhelm(world, 1, codes.HASTY) >= codes.RESULT_RETREAT
    assert world.units[0].hex == MIDDLE
    assert world.units[0].mp10 > 0


def test_a_unit_without_a_way_out_lays_down_its_arms_at_long_odds():
    ring = [{**strong, "hex": hex} for hex in ((2, 1), (1, 1), (3, 1), (1, 2), (3, 2), (2, 3))]
    world = small_world(PLAIN, [*ring, {**weak, "men": 4000}])
    result = overwhelm(world, 6)
    assert result in (codes.RESULT_SURRENDER, codes.RESULT_SHATTERED)
    assert world.units[6].hex == -1
    assert world.units[6].captured > 0
    assert all(check_unit(world, unit) == SOUND for unit in range(7))


@pytest.mark.parametrize("posture", [codes.DELAY, codes.RETREAT])
def test_a_delaying_force_gives_way_before_one_that_defends(posture):
    def gave_way(stance):
        count = 0
        start = small_world(PLAIN, [{**strong, "hex": (2, 1)}, {**weak, "men": 14000, "posture": stance}])
        for key in range(20):
            world = layout.copy_world(start)
            world.clock[0].key = key
            count += overwhelm(world, 1) >= codes.RESULT_RETREAT
        return count

    assert gave_way(posture) > gave_way(codes.DEFEND)


def test_a_garrison_in_a_fortress_does_not_retreat():
    world = small_world(
        PLAIN, [{**strong, "hex": (2, 1)}, {**strong, "hex": (1, 1)}, {**weak, "posture": codes.DEFEND}]
    )
    world.hexes[MIDDLE].fort_permille = 600
    world.hexes[MIDDLE].features = codes.FLAG_FORTRESS
    overwhelm(world, 2, codes.SIEGE)
    assert world.units[2].hex == MIDDLE
