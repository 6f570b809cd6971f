"""The end of the day and the end of units: repair, rest, dispersal, sieges, surrender."""

import numpy as np
import pytest

from sim.kernels import codes
from sim.kernels.combat.battle import resolve_attack
from sim.kernels.control.evening import spread_control
from sim.kernels.invariants import SOUND, check_unit
from sim.kernels.state import layout
from sim.kernels.turn.end_of_day import end_of_day
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine
PLAIN = "\n".join(["....."] * 5)
MIDDLE = 12
puppets = {"side": codes.JAPANESE, "nation": codes.NATION_MANCHUKUO, "hex": (2, 2), "men": 4000, "guns": 10}
division = {"side": codes.SOVIET, "men": 8800, "guns": 140}
gun_brigade = {"side": codes.SOVIET, "men": 2500, "guns": 120, "branch": codes.ARTILLERY, "hex": (2, 0)}
hailar = {
    "side": codes.JAPANESE, "hex": (2, 2), "men": 6000, "guns": 25, "readiness_permille": 150, "assault_permille": 100,
    "posture": codes.DEFEND, "supply_state": codes.ISOLATED,
}  # fmt: skip
hutou = {
    "side": codes.JAPANESE, "hex": (2, 2), "men": 1400, "guns": 40, "readiness_permille": 500,
    "branch": codes.FORTIFIED, "mobility": codes.STATIC, "posture": codes.DEFEND, "supply_state": codes.ISOLATED,
}  # fmt: skip


def close_day(world):
    scratch = layout.new_scratch(world.hexes.shape[0], world.units.shape[0])
    end_of_day(world, scratch)
    spread_control(world, scratch)
    world.clock[0].turn += 1


def test_tanks_come_back_in_days():
    world = small_world(PLAIN, [{**division, "hex": (2, 2), "tanks": (0, 60, 0, 0, 0)}])
    row = world.units[0]
    row.tanks[1], row.tanks_repair[1] = 20, 40
    for _ in range(4):
        close_day(world)
    assert 20 + 22 <= row.tanks[1] <= 20 + 34
    assert check_unit(world, 0) == SOUND


def test_no_repair_out_of_supply():
    world = small_world(PLAIN, [{**division, "hex": (2, 2), "supply_state": codes.OUT_OF_SUPPLY}])
    world.units[0].tanks_repair[1] = 9
    close_day(world)
    assert world.units[0].tanks_repair[1] == 9


def test_rest_in_supply_restores_and_defence_digs_in():
    spec = {**division, "hex": (2, 2), "cohesion_permille": 500, "fatigue_permille": 600, "posture": codes.DEFEND}
    world = small_world(PLAIN, [spec])
    for _ in range(10):
        close_day(world)
    row = world.units[0]
    assert row.cohesion_permille == 1000
    assert row.fatigue_permille == 0
    assert row.entrench_permille == world.rules[0].dig_limit_permille


def test_a_march_leaves_the_trenches_and_gives_no_rest():
    world = small_world(PLAIN, [{**division, "hex": (2, 2), "fatigue_permille": 600, "entrench_permille": 500}])
    world.units[0].hexes_today = 2
    close_day(world)
    assert world.units[0].entrench_permille == 0
    assert world.units[0].fatigue_permille == 600


@pytest.mark.parametrize(("nation", "low", "high"), [(codes.NATION_JAPAN, 5, 15), (codes.NATION_MANCHUKUO, 110, 180)])
def test_isolation_costs_japanese_few_men_and_puppets_many(nation, low, high):
    world = small_world(PLAIN, [{**puppets, "nation": nation, "supply_state": codes.ISOLATED}])
    close_day(world)
    assert low <= world.units[0].deserted * 1000 // 4000 <= high


def test_puppets_disperse_on_first_contact_four_times_in_five():
    gone = 0
    start = small_world(PLAIN, [puppets, {**division, "hex": (2, 1)}])
    for key in range(100):
        world = layout.copy_world(start)
        world.clock[0].key = key
        close_day(world)
        gone += int(world.units[0].status == codes.DISPERSED)
        assert check_unit(world, 0) == SOUND
    assert 70 <= gone <= 90


def test_puppets_always_disperse_on_the_second_day_of_contact():
    start = small_world(PLAIN, [puppets, {**division, "hex": (2, 1)}])
    for key in range(30):
        world = layout.copy_world(start)
        world.clock[0].key = key
        close_day(world)
        close_day(world)
        assert world.units[0].status == codes.DISPERSED
        assert world.units[0].hex == -1
        assert world.units[0].captured > 0


def test_contact_counts_once_a_day_and_not_at_all_without_an_enemy():
    world = small_world(PLAIN, [{**puppets, "hex": (0, 4)}, {**division, "hex": (4, 0)}])
    close_day(world)
    assert world.units[0].contacts == 0
    start = small_world(PLAIN, [{**puppets, "men": 9000}, {**division, "hex": (2, 1), "men": 500, "guns": 0}])
    for key in range(200):
        world = layout.copy_world(start)
        world.clock[0].key = key
        resolve_attack(world, layout.new_scratch(25, 2), MIDDLE, np.array([1], np.int32), 1, codes.HASTY)
        if world.units[0].status == codes.ACTIVE:
            close_day(world)
            assert world.units[0].contacts == 1
            return
    raise AssertionError("every key dispersed the puppets at once")


def test_the_isolated_shaken_and_surrounded_lay_down_their_arms_in_the_end():
    spec = {**hailar, "cohesion_permille": 300}
    world = small_world(PLAIN, [spec, {**division, "hex": (2, 1)}, {**division, "hex": (2, 3)}])
    for _ in range(60):
        close_day(world)
    assert world.units[0].status == codes.SURRENDERED
    assert check_unit(world, 0) == SOUND


def test_a_fortress_with_its_works_whole_does_not_yield():
    spec = {**hailar, "cohesion_permille": 100}
    world = small_world(PLAIN, [spec, {**division, "hex": (2, 1)}, {**division, "hex": (2, 3)}])
    world.hexes[MIDDLE].fort_permille, world.hexes[MIDDLE].features = 800, codes.FLAG_FORTRESS
    for _ in range(20):
        close_day(world)
    assert world.units[0].status == codes.ACTIVE


def fortress(garrison, fort_permille, besiegers):
    """Return a world with a garrison in the middle, its works, and the besiegers beside it."""
    places = ((2, 1), (1, 1), (3, 1))
    units = [{"hex": places[i % 3], **spec} for i, spec in enumerate(besiegers)]
    world = small_world(PLAIN, [*units, garrison])
    world.hexes[MIDDLE].fort_permille, world.hexes[MIDDLE].features = fort_permille, codes.FLAG_FORTRESS
    return world


def siege_days(start, key, limit=30):
    """Return the day on which the fortress falls, or ``limit`` if it still stands then."""
    world = layout.copy_world(start)
    world.clock[0].key = key
    n = world.units.shape[0] - 1
    for day in range(1, limit + 1):
        resolve_attack(world, layout.new_scratch(25, n + 1), MIDDLE, np.arange(n, dtype=np.int32), n, codes.SIEGE)
        assert all(check_unit(world, unit) == SOUND for unit in range(n + 1))
        if world.units[n].status != codes.ACTIVE:
            return day
        close_day(world)
        world.units.attacks_today = 0
        world.units.ammo10[:n] = 25
    return limit


def test_hailar_holds_seven_to_eleven_days_against_a_group_with_heavy_guns():
    start = fortress(hailar, 550, [division, division, gun_brigade])
    days = [siege_days(start, key) for key in range(50)]
    assert 7 <= np.median(days) <= 11


def test_hutou_holds_about_seventeen_days():
    start = fortress(hutou, 1000, [division, division, gun_brigade])
    days = [siege_days(start, key) for key in range(20)]
    assert 14 <= np.median(days) <= 20


def test_one_division_without_heavy_guns_does_not_take_hailar_in_five_days():
    start = fortress(hailar, 550, [division])
    assert all(siege_days(start, key, limit=6) == 6 for key in range(20))
