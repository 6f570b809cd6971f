"""Supply: lines, tonnage, stocks, states and reasons."""

from itertools import pairwise

import numpy as np
import pytest

from sim.kernels import codes
from sim.kernels.state import layout
from sim.kernels.supply.allocation import arriving_permille, by_days, share_permille, source_tons10, wanted_tons10
from sim.kernels.supply.phase import explain_supply, spend_ammunition
from tests.naive import supply as naive
from tests.support.supply_worlds import COLS, ROAD, ROWS, corridor, events, supply, tank

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("second_tons", [0, 12, 300])
def test_share_agrees_with_naive_division(second_tons: int) -> None:
    world = corridor([tank(3), tank(6), tank(11, fuel10=30)], tons=20)
    source = world.sources[1]
    source.hex, source.side, source.tons, source.formation = ROAD + 11, codes.SOVIET, second_tons, -1
    hung = {0: 0, 1: 1 if second_tons else 0, 2: 1 if second_tons else 0}
    asked = {unit: (source_row, int(wanted_tons10(world, unit))) for unit, source_row in hung.items()}
    given = {number: int(source_tons10(world, number)) for number in range(2)}
    expected = naive.shares(asked, given, int(world.rules[0].supply_spill_permille))
    scratch = supply(world)
    assert [int(source_row) for source_row in world.units.supply_source] == list(hung.values())
    for number in range(2):
        world.sources[number].used_tons10 = sum(tons for asked_of, tons in asked.values() if asked_of == number)
    assert all(share_permille(world, hung[unit]) == expected[unit] for unit in expected)
    assert explain_supply(world, scratch, 0)[0] == world.units[0].supply_reason


def test_spare_tonnage_of_the_same_front_eases_an_overdrawn_depot() -> None:
    world = corridor([tank(3)], tons=10)
    supply(world)
    alone = int(world.sides[0].supply_tons10)
    world = corridor([tank(3)], tons=10)
    world.sources[1].hex, world.sources[1].side = ROAD + 11, codes.SOVIET
    world.sources[1].tons, world.sources[1].formation = 500, -1
    supply(world)
    assert world.units[0].supply_source == 0
    assert alone == 99  # a hundred, less the odd thousandth
    assert world.sides[0].supply_tons10 > alone


@pytest.mark.parametrize("lost", ["holder", "occupant"])
def test_a_depot_that_the_enemy_has_taken_eases_nobody(lost: str) -> None:
    world = corridor([tank(3)], tons=10)
    supply(world)
    alone = int(world.sides[0].supply_tons10)
    world = corridor([tank(3)], tons=10)
    world.sources[1].hex, world.sources[1].side = ROAD + 11, codes.SOVIET
    world.sources[1].tons, world.sources[1].formation = 500, -1
    if lost == "holder":
        world.holder[ROAD + 11] = codes.JAPANESE
    else:
        world.layers[ROAD + 11].occupant = codes.JAPANESE
    supply(world)
    assert world.sides[0].supply_tons10 == alone


def test_tank_brigade_near_its_depot_is_in_supply_and_refuels() -> None:
    world = corridor([tank(3)])
    supply(world)
    row = world.units[0]
    assert (row.supply_state, row.supply_reason) == (codes.IN_SUPPLY, codes.SUPPLY_OK)
    assert row.fuel10 == 15 + world.rules[0].fuel_refill10
    assert row.supply_cost == 30


def test_less_arrives_the_longer_the_line() -> None:
    world = corridor([tank(1)])
    rule = world.rules[0]
    arrives = [arriving_permille(world, 0, cost10) for cost10 in range(0, rule.line_range10[0] + 50, 10)]
    assert arrives[0] == 1000
    assert all(late <= early for early, late in pairwise(arrives))
    assert arriving_permille(world, 0, 2 * int(rule.line_comfort10[0])) == 500
    assert arrives[-1] == 0
    assert arriving_permille(world, 0, rule.line_range10[0]) == rule.line_trickle_permille[0]


def test_lorries_of_the_army_extend_the_range() -> None:
    world = corridor([tank(3)])
    far10 = int(world.rules[0].line_range10[0]) + 10
    assert arriving_permille(world, 0, far10) == 0
    world.formations[0].trucks_range = 100
    assert arriving_permille(world, 0, far10) > 0


def test_trickle_adds_up_over_the_days() -> None:
    for permille in (1, 90, 333, 999, 1000):
        assert sum(by_days(10, permille, day) for day in range(1000)) == 10 * permille
        assert max(by_days(10, permille, day) for day in range(1000)) <= 10


def test_short_source_strains_all_who_hang_on_it() -> None:
    world = corridor([tank(3), tank(5)], tons=10)
    supply(world)
    assert list(world.units.supply_state) == [codes.STRAINED] * 2
    assert list(world.units.supply_reason) == [codes.SUPPLY_SHARED] * 2
    assert world.sources[0].used_tons10 == 100


def test_rear_services_lift_the_tonnage_of_their_front() -> None:
    world = corridor([tank(3)], tons=100)
    world.sources[0].formation = 0
    assert source_tons10(world, 0) == 1000
    world.formations[0].support_men = 100_000
    assert source_tons10(world, 0) == 1150
    world.formations[0].support_men = 10_000_000
    assert source_tons10(world, 0) == 1250


def cut_road(world: layout.World, col: int) -> None:
    """Let the enemy hold a whole column of the country."""
    world.holder[np.arange(ROWS) * COLS + col] = codes.JAPANESE


def test_cutting_the_only_way_isolates_and_names_the_hex() -> None:
    world = corridor([tank(8)], terrain="~")
    supply(world)
    assert world.units[0].supply_state == codes.IN_SUPPLY
    cut_road(world, 5)
    scratch = supply(world)
    row = world.units[0]
    assert (row.supply_state, row.supply_reason) == (codes.ISOLATED, codes.SUPPLY_CUT_BY_ENEMY)
    assert row.supply_hex == ROAD + 5
    assert events(world, codes.EVENT_ENCIRCLED) == [0]
    reason, hex, shortfall_tons10 = explain_supply(world, scratch, 0)
    assert (reason, hex) == (codes.SUPPLY_CUT_BY_ENEMY, ROAD + 5)
    assert shortfall_tons10 == wanted_tons10(world, 0)


def test_relief_is_told_when_the_road_opens() -> None:
    world = corridor([tank(8), tank(9)], terrain="~")
    cut_road(world, 5)
    supply(world)
    world.holder[:] = codes.SOVIET
    supply(world)
    assert events(world, codes.EVENT_RELIEVED) == [0, 1]


def test_strong_zone_shuts_a_road_that_own_troops_reopen() -> None:
    world = corridor([tank(8), tank(5, status=codes.OFF_MAP)], terrain="~")
    world.layers.zone[ROAD + 5, codes.JAPANESE] = world.rules[0].line_zone_block_permille
    supply(world)
    assert world.units[0].supply_reason == codes.SUPPLY_CUT_BY_ZONE
    world.layers.occupant[ROAD + 5] = codes.SOVIET
    supply(world)
    assert world.units[0].supply_state == codes.IN_SUPPLY


def test_weak_zone_only_makes_the_way_longer() -> None:
    world = corridor([tank(8)], terrain="~")
    world.layers.zone[ROAD + 5, codes.JAPANESE] = 500
    supply(world)
    assert world.units[0].supply_cost == 80 + world.rules[0].line_zone10 // 2


def test_island_without_an_enemy_is_out_of_supply_but_not_isolated() -> None:
    world = corridor([tank(8, 0)], terrain="~")
    supply(world)
    assert (world.units[0].supply_state, world.units[0].supply_reason) == (codes.OUT_OF_SUPPLY, codes.SUPPLY_NO_ROUTE)


def test_beyond_the_range_nothing_arrives_and_the_end_of_the_range_is_told() -> None:
    world = corridor([tank(10)], terrain="~")
    world.rules.line_range10 = 70
    world.formations[1].trucks_range = 1000  # the other side's lorries do not help
    supply(world)
    row = world.units[0]
    assert (row.supply_state, row.supply_reason) == (codes.OUT_OF_SUPPLY, codes.SUPPLY_LONG_LINE)
    assert row.fuel10 == 15
    assert row.supply_hex == ROAD + 7


def test_lost_depot_gives_nothing() -> None:
    world = corridor([tank(8)])
    world.holder[ROAD] = codes.JAPANESE
    supply(world)
    assert world.units[0].supply_cost == codes.BLOCKED


def test_garrison_around_its_own_depot_is_in_supply() -> None:
    world = corridor([tank(8)])
    cut_road(world, 6)
    world.holder[world.holder == codes.SOVIET] = codes.JAPANESE
    world.holder[ROAD + 8] = codes.SOVIET
    world.sources[1].hex, world.sources[1].side = ROAD + 8, codes.SOVIET
    world.sources[1].tons, world.sources[1].formation = 50, -1
    supply(world)
    assert world.units[0].supply_state == codes.IN_SUPPLY
    assert world.units[0].supply_source == 1


def test_dry_tanks_are_told_once() -> None:
    world = corridor([tank(8, fuel10=0)], tons=2)
    for turn in (1, 2):
        world.clock.turn = turn
        world.units[0].fuel10 = 0
        supply(world)
    assert world.units[0].supply_reason == codes.SUPPLY_SHORT_FUEL
    assert events(world, codes.EVENT_OUT_OF_FUEL) == [0]


def test_worse_state_is_told_with_its_reason() -> None:
    world = corridor([tank(8)], tons=6)
    supply(world)
    told = world.events[0]
    assert (told.kind, told.subject, told.a, told.b) == (
        codes.EVENT_SUPPLY,
        0,
        codes.STRAINED,
        codes.SUPPLY_SHARED,
    )


def lay_rail(world: layout.World, first: int, last: int, gauge: int) -> None:
    """Lay a railway along the middle row."""
    for hex in range(first, last):
        for direction in range(6):
            if world.neighbours[hex, direction] == hex + 1:
                world.edges[hex, direction].rail = gauge
                world.edges[hex + 1, (direction + 3) % 6].rail = gauge


@pytest.mark.parametrize(("gauge", "cost10"), [(codes.RAIL_BROAD, 2), (codes.RAIL_STANDARD, 8)])
def test_foreign_gauge_carries_a_quarter(gauge: int, cost10: int) -> None:
    world = corridor([tank(8)])
    lay_rail(world, ROAD, ROAD + 11, gauge)
    supply(world)
    assert world.units[0].supply_cost == 8 * cost10


def test_captured_line_opens_from_the_working_end_some_hexes_a_day() -> None:
    world = corridor([tank(3)])
    lay_rail(world, ROAD, ROAD + 11, codes.RAIL_STANDARD)
    per_day = int(world.rules[0].rail_ready_hexes)
    world.rail_ready_turn[ROAD + 1 : ROAD + COLS] = 4
    world.hexes.place[ROAD + 2] = 0
    for turn, in_use in ((3, 0), (4, per_day), (5, 2 * per_day)):
        world.clock.turn = turn
        supply(world)
        assert np.count_nonzero(world.rail_ready_turn[ROAD + 1 : ROAD + COLS] <= turn) == in_use
    told = [event for event in world.events if event.kind == codes.EVENT_REGAUGED]
    assert [int(event.a) for event in told] == [0]


def test_captured_line_without_a_working_end_stays_dead() -> None:
    world = corridor([tank(3)])
    lay_rail(world, ROAD + 4, ROAD + 9, codes.RAIL_STANDARD)
    world.rail_ready_turn[ROAD + 4 : ROAD + 10] = 4
    for turn in range(2, 9):
        world.clock.turn = turn
        supply(world)
    assert np.all(world.rail_ready_turn[ROAD + 4 : ROAD + 10] == 9)


def test_mud_lengthens_the_line() -> None:
    world = corridor([tank(8, 0)])
    supply(world)
    dry10 = int(world.units[0].supply_cost)
    world.clock.ground[:] = codes.FLOODED
    supply(world)
    assert world.units[0].supply_cost > dry10


def test_ammunition_is_spent_no_further_than_to_nothing() -> None:
    world = corridor([tank(8)])
    assert spend_ammunition(world, 0, 15) == 15
    assert spend_ammunition(world, 0, 15) == 5
    assert world.units[0].ammo10 == 0
