"""Losses of men, guns and tanks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels import codes
from sim.kernels.combat.armour import add_stoppers
from sim.kernels.combat.battle import resolve_attack
from sim.kernels.combat.factors import squad_reach, squads
from sim.kernels.combat.loss_rates import loss_rates
from sim.kernels.invariants import SOUND, check_unit
from sim.kernels.state import layout
from sim.kernels.units.losses import (
    abandon_wrecks,
    battle_index,
    knock_out,
    lose_captured,
    lose_equipment,
    lose_guns,
    lose_men,
)
from tests.naive import combat as naive
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine
OPEN = "\n".join(["....."] * 5)
FOREST = "\n".join(["fffff"] * 5)
CLASSES = len(codes.TANK_CLASSES)


def one_unit(drawing=OPEN, **spec):
    return small_world(drawing, [{"side": codes.SOVIET, "hex": (2, 2), **spec}])


@settings(max_examples=60, deadline=None)
@given(ratio=st.floats(0.05, 80), press=st.floats(0.2, 1.2), works=st.floats(0, 1))
def test_loss_rates_agree_with_the_naive_ones(ratio, press, works):
    rule = one_unit().rules[0]
    assert loss_rates(rule, ratio, press, works) == pytest.approx(naive.loss_rates(rule, ratio, press, works))


@settings(max_examples=40, deadline=None)
@given(ratio=st.floats(0.05, 50), better=st.floats(1.01, 4))
def test_better_odds_cost_the_attacker_less_and_the_defender_more(ratio, better):
    rule = one_unit().rules[0]
    attack, defence = loss_rates(rule, ratio, 1.0, 0.0)
    attack_better, defence_better = loss_rates(rule, ratio * better, 1.0, 0.0)
    assert attack_better <= attack
    assert defence_better >= defence


@settings(max_examples=60, deadline=None)
@given(
    losses=st.lists(st.tuples(st.integers(-5, 9000), st.integers(0, 1000), st.floats(0, 0.999)), max_size=5),
    guns=st.integers(-2, 200),
    tanks=st.integers(-2, 100),
)
def test_accounts_always_add_up(losses, guns, tanks):
    world = one_unit(tanks=(20, 65, 10, 0, 0), at_guns=30)
    row = world.units[0]
    for number, killed_permille, draw in losses:
        lose_men(row, number, killed_permille, draw)
        lose_captured(row, number // 3)
    lose_guns(row, guns)
    for tank_class in range(CLASSES):
        knock_out(row, tank_class, tanks, 250, 0.4)
    abandon_wrecks(row, 700)
    row.status, row.hex = codes.SHATTERED, -1
    assert check_unit(world, 0) == SOUND
    lose_equipment(row)
    assert check_unit(world, 0) == SOUND
    assert row.guns == row.tanks.sum() == row.tanks_repair.sum() == row.at_guns == 0


def test_three_of_four_tanks_knocked_out_can_be_repaired():
    world = one_unit(tanks=(0, 400, 0, 0, 0))
    row = world.units[0]
    for draw in np.linspace(0, 0.99, 100):
        knock_out(row, codes.TANK_MEDIUM, 4, int(world.rules[0].write_off_permille), draw)
    assert row.tanks_lost[codes.TANK_MEDIUM] == pytest.approx(100, abs=5)
    assert row.tanks_repair[codes.TANK_MEDIUM] == pytest.approx(300, abs=5)


def stopped_by_japanese(drawing, tanks, **defender):
    """Return the tanks of one class that a division stops in thirty battles, by key."""
    stopped = 0
    attacker = {"side": codes.SOVIET, "hex": (2, 1), "men": 1350, "tanks": tanks, "branch": codes.TANK}
    division = {"side": codes.JAPANESE, "hex": (2, 2), "men": 12000, "posture": codes.DEFEND, **defender}
    start = small_world(drawing, [attacker, division])
    for key in range(30):
        world = layout.copy_world(start)
        world.clock[0].key = key
        resolve_attack(world, layout.new_scratch(25, 2), 12, np.array([0], np.int32), 1, codes.PREPARED)
        stopped += int(world.units[0].tanks_lost.sum() + world.units[0].tanks_repair.sum())
    return stopped


@pytest.mark.parametrize("drawing", [OPEN, FOREST])
@pytest.mark.parametrize("tanks", [(0, 65, 0, 0, 0), (0, 0, 65, 0, 0)])
def test_guns_of_47_mm_never_stop_medium_or_heavy_tanks(drawing, tanks):
    assert stopped_by_japanese(drawing, tanks, at_guns=60, assault_permille=0) == 0


def test_guns_of_47_mm_stop_light_tanks():
    assert stopped_by_japanese(OPEN, (65, 0, 0, 0, 0), at_guns=60, assault_permille=0) > 50


def test_squads_stop_tanks_in_forest_and_not_in_the_open():
    assert stopped_by_japanese(FOREST, (0, 65, 0, 0, 0), assault_permille=150) > 30
    assert stopped_by_japanese(OPEN, (0, 65, 0, 0, 0), assault_permille=150) == 0


def test_infantry_beside_the_tanks_keeps_squads_off():
    world = one_unit(FOREST, assault_permille=150)
    rule, ground = world.rules[0], world.hexes[12]
    alone, covered = np.zeros(CLASSES), np.zeros(CLASSES)
    add_stoppers(rule, world.units[0], ground, 1.0, 65, 0.0, alone)
    add_stoppers(rule, world.units[0], ground, 1.0, 65, 9000.0, covered)
    assert covered[codes.TANK_MEDIUM] < alone[codes.TANK_MEDIUM]


@settings(max_examples=30, deadline=None)
@given(
    men=st.integers(0, 15000),
    assault=st.integers(0, 1000),
    fort=st.integers(0, 1000),
    town=st.integers(0, 5),
    terrain=st.sampled_from(".hfFmMw"),
)
def test_squads_agree_with_the_naive_ones(men, assault, fort, town, terrain):
    world = one_unit("\n".join([terrain * 5] * 5), men=men, assault_permille=assault)
    ground = world.hexes[12]
    ground.fort_permille, ground.town = fort, town
    found = squads(world.rules[0], world.units[0]) * squad_reach(world.rules[0], ground)
    assert found == pytest.approx(naive.squads_close(world, 0, 12))


def test_no_two_draws_of_a_day_share_an_index():
    seen = [battle_index(h, battle, draw) for h in range(20) for battle in range(32) for draw in range(32)]
    assert len(set(seen)) == len(seen)
