"""Power, ratio and whole battles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels import codes
from sim.kernels.combat.battle import battle_ratio, explain_battle, resolve_attack, unit_power
from sim.kernels.combat.factor_names import (
    FACTOR_CONCENTRIC,
    FACTOR_RIVER,
    FACTOR_SUPPORT,
    FACTOR_SURPRISE,
    FACTOR_WORKS,
    FACTORS,
)
from sim.kernels.combat.odds import RATIO_CAP_PERMILLE
from sim.kernels.combat.support import ring_hex
from sim.kernels.invariants import check_unit
from sim.kernels.state import layout
from tests.naive import combat as naive
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine
TARGET = 12  # the middle of a map of five by five
BESIDE = ((2, 1), (1, 1), (3, 1), (1, 2), (3, 2), (2, 3))  # its neighbours
PLAIN = "\n".join(["....."] * 5)
FOREST = "\n".join(["FFFFF"] * 5)

rifle_division = {"side": codes.SOVIET, "men": 8800, "guns": 140, "at_guns": 30}
tank_brigade = {
    "side": codes.SOVIET, "men": 1350, "guns": 10, "tanks": (0, 65, 0, 0, 0),
    "branch": codes.TANK, "mobility": codes.TRACKED,
}  # fmt: skip
gun_brigade = {"side": codes.SOVIET, "men": 2500, "guns": 120, "branch": codes.ARTILLERY}
japanese_division = {
    "side": codes.JAPANESE, "men": 12000, "guns": 60, "at_guns": 16, "assault_permille": 150,
    "readiness_permille": 350, "posture": codes.DEFEND, "hex": (2, 2),
}  # fmt: skip


def row(*units):
    return np.array(units, np.int32)


def field(drawing, attackers, defenders, **target):
    """Return a world with the defenders in the middle and the attackers beside them, one after the other."""
    units = [{"hex": BESIDE[i % 6], **spec} for i, spec in enumerate(attackers)]
    world = small_world(drawing, units + list(defenders))
    for name, value in target.items():
        setattr(world.hexes[TARGET], name, value)
    return world


def fight(world, n, posture=codes.PREPARED):
    scratch = layout.new_scratch(world.hexes.shape[0], world.units.shape[0])
    return resolve_attack(world, scratch, TARGET, np.arange(n, dtype=np.int32), n, posture)


def sound(world):
    return [int(check_unit(world, unit)) for unit in range(world.units.shape[0])] == [0] * world.units.shape[0]


infantry = st.fixed_dictionaries(
    {
        "men": st.integers(500, 15000),
        "guns": st.integers(0, 200),
        "readiness_permille": st.integers(100, 1000),
        "cohesion_permille": st.integers(0, 1000),
        "fatigue_permille": st.integers(0, 1000),
        "ammo10": st.integers(0, 25),
        "supply_state": st.integers(0, 3),
    }
)
ground = st.sampled_from([".", "s", "h", "f", "F", "m", "M", "w"])


@settings(max_examples=60, deadline=None)
@given(
    attackers=st.lists(infantry, min_size=1, max_size=4),
    defenders=st.lists(infantry, min_size=1, max_size=2),
    terrain=ground,
    fort=st.integers(0, 1000),
    entrench=st.integers(0, 1000),
    river=st.integers(0, 4),
    posture=st.sampled_from([codes.HASTY, codes.PREPARED, codes.SIEGE]),
    surprised=st.booleans(),
)
def test_ratio_agrees_with_the_naive_one(attackers, defenders, terrain, fort, entrench, river, posture, surprised):
    drawing = "\n".join([terrain * 5] * 5)
    theirs = [
        {"side": codes.JAPANESE, "hex": (2, 2), "posture": codes.DEFEND, "entrench_permille": entrench, **spec}
        for spec in defenders
    ]
    world = field(drawing, [{"side": codes.SOVIET, **spec} for spec in attackers], theirs, fort_permille=fort)
    world.edges[int(world.units[0].hex)].river = river
    world.sides[codes.JAPANESE].surprised_until_turn = 2 if surprised else 0
    n = len(attackers)
    expected = naive.simple_ratio(world, TARGET, range(n), range(n, n + len(defenders)), posture)
    found = battle_ratio(world, TARGET, np.arange(n, dtype=np.int32), n, posture)
    assert found == pytest.approx(min(expected * 1000, RATIO_CAP_PERMILLE), abs=1.01)


@given(spec=infantry, tanks=st.lists(st.integers(0, 60), min_size=5, max_size=5))
@settings(max_examples=30, deadline=None)
def test_unit_power_agrees_with_the_naive_one(spec, tanks):
    world = small_world(PLAIN, [{"side": codes.SOVIET, "hex": (2, 2), "tanks": tanks, **spec}])
    assert unit_power(world, 0) == pytest.approx(naive.unit_power(world, 0), abs=1)


@settings(max_examples=40, deadline=None)
@given(
    attackers=st.lists(st.sampled_from([rifle_division, tank_brigade, gun_brigade]), min_size=1, max_size=5),
    defenders=st.lists(infantry, min_size=0, max_size=2),
    terrain=ground,
    fort=st.integers(0, 1000),
    features=st.sampled_from([0, codes.FLAG_FORTRESS]),
    posture=st.sampled_from([codes.HASTY, codes.PREPARED, codes.SIEGE]),
    stance=st.sampled_from([codes.DEFEND, codes.DELAY, codes.RETREAT, codes.MARCH]),
    key=st.integers(0, 2**60),
)
def test_random_battles_break_no_invariant(attackers, defenders, terrain, fort, features, posture, stance, key):
    theirs = [{**japanese_division, **spec, "posture": stance} for spec in defenders]
    world = field("\n".join([terrain * 5] * 5), attackers, theirs, fort_permille=fort, features=features)
    world.clock[0].key = key
    assert codes.RESULT_REPULSED <= fight(world, len(attackers), posture) <= codes.RESULT_SURRENDER
    assert sound(world)


@settings(max_examples=40, deadline=None)
@given(
    attackers=st.lists(st.sampled_from([rifle_division, tank_brigade]), min_size=2, max_size=6),
    terrain=ground,
)
def test_one_more_attacker_hardly_ever_lowers_the_ratio(attackers, terrain):
    world = field("\n".join([terrain * 5] * 5), attackers, [japanese_division])
    n = len(attackers)
    units = np.arange(n, dtype=np.int32)
    fewer = battle_ratio(world, TARGET, units, n - 1, codes.PREPARED)
    assert battle_ratio(world, TARGET, units, n, codes.PREPARED) >= 0.97 * fewer


@settings(max_examples=30, deadline=None)
@given(fort=st.integers(0, 999), more=st.integers(1, 1000), guns=st.booleans())
def test_works_never_help_the_attacker(fort, more, guns):
    attackers = [rifle_division, gun_brigade] if guns else [rifle_division]
    world = field(FOREST, attackers, [japanese_division], fort_permille=fort)
    units = np.arange(len(attackers), dtype=np.int32)
    weaker = battle_ratio(world, TARGET, units, len(attackers), codes.PREPARED)
    world.hexes[TARGET].fort_permille = min(1000, fort + more)
    assert battle_ratio(world, TARGET, units, len(attackers), codes.PREPARED) <= weaker + 1


def test_factors_multiply_to_the_ratio():
    attackers = [rifle_division, rifle_division, tank_brigade, gun_brigade]
    world = field(FOREST, attackers, [japanese_division], fort_permille=400)
    attack, defence = np.zeros(len(FACTORS), np.int32), np.zeros(len(FACTORS), np.int32)
    ratio = explain_battle(world, TARGET, row(0, 1, 2, 3), 4, codes.PREPARED, attack, defence)
    bare = sum(naive.score(world, unit) for unit in (0, 1, 2)) / naive.score(world, 4)
    product = bare * np.prod(attack / 1000.0) / np.prod(defence / 1000.0)
    assert ratio == pytest.approx(1000 * product, rel=0.01)
    assert ratio == battle_ratio(world, TARGET, row(0, 1, 2, 3), 4, codes.PREPARED)


def test_each_circumstance_shows_under_its_name():
    world = field(PLAIN, [rifle_division, rifle_division, gun_brigade], [japanese_division], fort_permille=500)
    world.edges[int(world.units[0].hex)].river = codes.RIVER_GREAT
    world.sides[codes.JAPANESE].surprised_until_turn = 1
    attack, defence = np.zeros(len(FACTORS), np.int32), np.zeros(len(FACTORS), np.int32)
    explain_battle(world, TARGET, row(0, 1), 2, codes.PREPARED, attack, defence)
    rule = world.rules[0]
    assert attack[FACTOR_RIVER] < 1000
    assert attack[FACTOR_SURPRISE] == rule.surprise_permille
    assert attack[FACTOR_CONCENTRIC] == rule.concentric_permille[2]
    assert attack[FACTOR_SUPPORT] > 1000
    assert 1000 < defence[FACTOR_WORKS] < 1000 + rule.works_defence_permille // 2


def test_an_empty_hex_has_the_highest_ratio_and_no_attackers_the_lowest():
    world = field(PLAIN, [rifle_division], [])
    assert battle_ratio(world, TARGET, row(0), 1, codes.HASTY) == RATIO_CAP_PERMILLE
    assert battle_ratio(world, TARGET, row(0), 0, codes.HASTY) == 0


def test_units_that_are_not_beside_the_hex_do_not_count():
    world = field(PLAIN, [rifle_division, {**rifle_division, "hex": (0, 0)}], [japanese_division])
    assert battle_ratio(world, TARGET, row(0, 1), 2, codes.HASTY) == battle_ratio(world, TARGET, row(0), 1, codes.HASTY)


@pytest.mark.parametrize("change", [{"ammo10": 0}, {"hexes_today": 3}, {"hex": (0, 0)}, {"army": 7}])
def test_guns_support_only_with_shells_in_place_in_range_and_for_their_army(change):
    beside = field(PLAIN, [rifle_division, gun_brigade], [japanese_division])
    changed = field(PLAIN, [rifle_division, {**gun_brigade, **change}], [japanese_division])
    alone = field(PLAIN, [rifle_division], [japanese_division])
    ratios = [battle_ratio(world, TARGET, row(0), 1, codes.PREPARED) for world in (beside, changed, alone)]
    assert ratios[0] > ratios[1] == ratios[2]


def test_heavy_artillery_matters_more_against_works():
    gains = []
    for fort in (0, 800):
        with_guns = field(PLAIN, [rifle_division, gun_brigade], [japanese_division], fort_permille=fort)
        without = field(PLAIN, [rifle_division], [japanese_division], fort_permille=fort)
        gains.append(
            battle_ratio(with_guns, TARGET, row(0), 1, codes.PREPARED)
            / battle_ratio(without, TARGET, row(0), 1, codes.PREPARED)
        )
    assert gains[1] > 1.5 * gains[0]


def test_the_same_battle_ends_the_same_and_another_key_differently():
    ends = []
    for key in (1, 1, 2):
        world = field(FOREST, [rifle_division] * 3, [japanese_division])
        world.clock[0].key = key
        fight(world, 3)
        ends.append(world.units.tobytes())
    assert ends[0] == ends[1] != ends[2]


def test_a_second_attack_on_the_same_day_has_luck_of_its_own():
    world = field(FOREST, [{**rifle_division}] * 2, [{**japanese_division, "men": 30000}])
    losses = []
    for unit in (0, 1):
        resolve_attack(world, layout.new_scratch(25, 3), TARGET, row(unit), 1, codes.PREPARED)
        losses.append(int(world.units[unit].killed))
    assert world.battles_today[TARGET] == 2
    assert losses[0] != losses[1]


def test_even_odds_spread_over_outcomes():
    results = set()
    start = field(PLAIN, [rifle_division] * 2, [{**japanese_division, "readiness_permille": 800}])
    for key in range(30):
        world = layout.copy_world(start)
        world.clock[0].key = key
        results.add(fight(world, 2))
    assert len(results) >= 2


def test_attack_costs_movement_ammunition_and_rest_and_is_logged():
    world = field(PLAIN, [rifle_division] * 2, [{**japanese_division, "men": 30000, "readiness_permille": 1000}])
    fight(world, 2, codes.HASTY)
    row, rule = world.units[0], world.rules[0]
    assert row.mp10 == 100 - rule.attack_mp10[codes.HASTY]
    assert row.ammo10 == 25 - rule.attack_ammo10[codes.HASTY]
    assert row.fatigue_permille == rule.battle_fatigue_permille[codes.HASTY]
    assert row.attacks_today == 1
    assert codes.EVENT_BATTLE in world.events.kind[: world.clock[0].n_events]


def test_a_division_in_works_costs_the_attacker_one_to_three_percent_a_day():
    shares = []
    attackers = [rifle_division, rifle_division, gun_brigade]
    start = field(FOREST, attackers, [{**japanese_division, "entrench_permille": 500}], fort_permille=150)
    for key in range(30):
        world = layout.copy_world(start)
        world.clock[0].key = key
        fight(world, 3)
        shares.append(float((world.units.killed[:2] + world.units.wounded[:2]).sum()) / 17600)
    assert 0.01 <= np.median(shares) <= 0.03


def test_the_two_rings_around_a_hex_are_eighteen_hexes_once_each():
    world = small_world("\n".join(["......."] * 7))
    middle = 3 * 7 + 3
    ring = [ring_hex(world.neighbours, middle, step) for step in range(18)]
    assert len(set(ring)) == 18
    assert middle not in ring
    assert min(ring) >= 0
