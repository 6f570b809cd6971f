"""The forecast of an attack: the draws are the real battle's, and nothing is left behind."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.errors import SimError
from sim.game.campaign import Campaign
from sim.game.forecasts.battle_forecast import Forecaster
from sim.game.forecasts.intervals import Proportion
from sim.game.knowledge.scratch_world import refill, working_copy
from sim.game.records.digests import state_digest
from sim.kernels import codes
from sim.kernels.combat.battle import resolve_attack
from sim.kernels.forecast import ATTACKER, DEFENDER, DRAW, forecast_attack, new_kept
from sim.kernels.state import layout
from tests.support import campaigns
from tests.support.skirmish import skirmish
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine

KEYS = np.random.SeedSequence(7).generate_state(300, np.uint64)


def everything(world: layout.World) -> dict[str, bytes]:
    """Return every byte of the changing arrays."""
    return {name: array.tobytes() for name, array in world._asdict().items() if name not in layout.STATIC}


def draw(
    world: layout.World, target: int, rows: NDArray[np.int32], posture: int, keys: NDArray[np.uint64]
) -> NDArray[np.void]:
    """Fight on this very world, and put it back."""
    out = layout.records(len(keys), DRAW)
    scratch = layout.new_scratch(0, 0)
    forecast_attack(world, scratch, target, rows, len(rows), posture, keys, new_kept(world), out)
    return out


def fight_copies(
    world: layout.World, target: int, rows: NDArray[np.int32], posture: int, keys: NDArray[np.uint64]
) -> list[tuple[int, ...]]:
    """Return, for every key, what the real kernel does to a copy of the whole world."""
    scratch = layout.new_scratch(len(world.hexes), len(world.units))
    stack = np.flatnonzero((world.units["hex"] == target) & (world.units["status"] == codes.ACTIVE))
    side = int(world.units["side"][rows[0]])
    fought = []
    for key in keys:
        copy = layout.copy_world(world)
        copy.clock["key"] = key
        result = resolve_attack(copy, scratch, target, rows, len(rows), posture)
        there = int(copy.layers["occupant"][target])
        row = [int(result), int(there == side), int(there != 1 - side)]
        for group in (rows, stack):
            was, now = world.units[group], copy.units[group]
            row.append(int(was["men"].sum()) - int(now["men"].sum()))
            row.append(int(now["captured"].sum()) - int(was["captured"].sum()))
            row += [sum(int(now[f].sum()) - int(was[f].sum()) for f in ("guns_lost", "launchers_lost"))]
            row.append(int(was["tanks"].sum()) - int(now["tanks"].sum()))
        fought.append((*row, int((copy.units["status"][stack] != codes.ACTIVE).sum())))
    return fought


def as_rows(drawn: NDArray[np.void]) -> list[tuple[int, ...]]:
    """Return DRAW records in the order of ``fight_copies``."""
    rows = []
    for one in drawn:
        row = [int(one["result"]), int(one["entered"]), int(one["cleared"])]
        for who in (ATTACKER, DEFENDER):
            row += [int(one[name][who]) for name in ("men", "prisoners", "guns", "tanks")]
        rows.append((*row, int(one["units_gone"])))
    return rows


def fronts(world: layout.World, posture: int = codes.HASTY) -> list[tuple[int, NDArray[np.int32], int]]:
    """Return every attack that one side could make where enemies touch: hex, units, posture."""
    found = []
    for target in np.flatnonzero(world.layers["occupant"] != codes.NEITHER):
        around = world.neighbours[target]
        foes = (world.units["side"] != world.layers["occupant"][target]) & (world.units["status"] == codes.ACTIVE)
        rows = np.flatnonzero(foes & np.isin(world.units["hex"], around[around >= 0])).astype(np.int32)
        if len(rows):
            found.append((int(target), rows, posture))
    return found


def contact_world() -> layout.World:
    """Return the skirmish on the morning of its fourth day, when the sides touch."""
    from sim.kernels.turn.turn import run_campaign

    world = skirmish()
    run_campaign(world, layout.new_scratch(len(world.hexes), len(world.units)), 3)
    assert fronts(world)
    return world


def test_world_after_the_draws_is_the_world_before() -> None:
    world = contact_world()
    work = working_copy(world, n_events=0)
    before = everything(work)
    for target, rows, posture in fronts(world):
        draw(work, target, rows, posture, KEYS[:40])
        assert everything(work) == before


def test_draws_are_what_the_real_kernel_does_to_copies() -> None:
    world = contact_world()
    work = working_copy(world, n_events=0)
    for target, rows, posture in fronts(world):
        drawn = draw(work, target, rows, posture, KEYS[:20])
        assert as_rows(drawn) == fight_copies(world, target, rows, posture, KEYS[:20])


@pytest.mark.parametrize("times", [1, 6])
def test_draws_of_the_campaign_are_what_the_real_kernel_does_to_copies(times: int) -> None:
    world = eighth_evening(times)
    work = working_copy(world, n_events=0)
    before = everything(work)
    results = set()
    for index, (target, rows, _) in enumerate(sorted(fronts(world), key=lambda attack: -len(attack[1]))):
        keys = KEYS if index == 0 else KEYS[:6]
        drawn = draw(work, target, rows, codes.PREPARED, keys)
        assert as_rows(drawn) == fight_copies(world, target, rows, codes.PREPARED, keys)
        assert everything(work) == before
        results.update(drawn["result"].tolist())
    assert times == 1 or len(results) == len(codes.RESULTS)


def eighth_evening(times: int) -> layout.World:
    """Return August 1945 after eight days; the Soviet side has so many times the men, that every result occurs."""
    from sim.kernels.control.stacks import refresh_layers
    from sim.kernels.turn.turn import run_campaign

    world = campaigns.fresh(3)
    run_campaign(world, layout.new_scratch(len(world.hexes), len(world.units)), 8)
    world.units["men"][world.units["side"] == codes.SOVIET] *= times
    refresh_layers(world)
    return world


def test_units_that_cannot_assault_draw_nothing() -> None:
    world = small_world("...\n...\n...", [{"side": codes.SOVIET, "branch": codes.ARTILLERY, "hex": (1, 1), "men": 900}])
    work = working_copy(world, n_events=0)
    out = layout.records(3, DRAW)
    rows = np.zeros(1, np.int32)
    assert forecast_attack(work, layout.new_scratch(0, 0), 1, rows, 1, codes.HASTY, KEYS[:3], new_kept(work), out) == 0
    assert everything(work) == everything(working_copy(world, n_events=0))


def test_refilled_copy_equals_the_world_but_for_its_log() -> None:
    world, other = contact_world(), skirmish()
    work = working_copy(other, n_events=5)
    refill(work, world)
    empty = layout.copy_world(world)
    empty.clock["n_events"] = 0
    assert state_digest(work) == state_digest(empty)
    assert len(work.events) == 5


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    """August 1945 with the Soviet phase of the fourth day open."""
    begun = Campaign.start(campaigns.SCENARIO, seed=5)
    for _ in range(3):
        begun.step_day()
    begun.lead("soviet")
    assert begun.next_phase() == "soviet"
    return begun


def attack_of(campaign: Campaign) -> tuple[str, list[str]]:
    """Return a target and the ids of the Soviet units beside it."""
    for target, rows, _ in fronts(campaign.world):
        if campaign.world.layers["occupant"][target] == codes.JAPANESE and len(rows) >= 2:
            return campaign.names.hex_label(target), [campaign.names.units[row] for row in rows]
    raise AssertionError("the sides do not touch")


def test_forecast_leaves_the_campaign_alone_and_repeats(campaign: Campaign) -> None:
    before = everything(campaign.world)
    target, units = attack_of(campaign)
    forecaster = Forecaster(campaign)
    first = forecaster.forecast(target, units)
    assert everything(campaign.world) == before
    assert forecaster.forecast(target, units) == first == Forecaster(campaign).forecast(target, units)


def test_forecast_names_its_modifiers_and_its_chances_add_up(campaign: Campaign) -> None:
    target, units = attack_of(campaign)
    forecast = Forecaster(campaign).forecast(target, units, "hasty")
    assert sum(outcome.chance.happened for outcome in forecast.outcomes) == forecast.battles == 1000
    assert forecast.odds == campaign.why_battle(target, units, "hasty").odds
    acting = {factor.name for factor in forecast.factors if factor.attack != 1 or factor.defence != 1}
    assert {name for name, _ in forecast.acting_factors} == acting
    for side in (forecast.attacker, forecast.defender):
        assert all(0 <= loss.low <= loss.middle <= loss.high for loss in side)
    assert forecast.enters.happened <= forecast.clears.happened


def test_forecast_does_not_know_the_key_of_the_campaign(campaign: Campaign) -> None:
    target, units = attack_of(campaign)
    forecast = Forecaster(campaign).forecast(target, units)
    other = campaign.snapshot()
    other.world.clock["key"] += np.uint64(1)
    before = campaign.snapshot()
    campaign.restore(other)
    assert Forecaster(campaign).forecast(target, units) == forecast
    campaign.restore(before)


def test_forecast_fights_by_rules_of_its_own(campaign: Campaign) -> None:
    """Its draws switch fog of war off, which a look ahead in another thread must not notice."""
    assert campaign.world.rules["fog"][0] == 1
    assert not np.shares_memory(Forecaster(campaign)._work.rules, campaign.world.rules)


def test_forecast_says_that_works_stand_in_the_way(campaign: Campaign) -> None:
    target, units = attack_of(campaign)
    before = campaign.snapshot()
    hex = campaign.names.hex_of(target)
    campaign.world.hexes["fort_permille"][hex] = 1000
    campaign.world.units["mobility"][campaign.world.units["hex"] == hex] = codes.STATIC
    assert Forecaster(campaign).forecast(target, units).sentence.endswith("cannot be taken until they are broken.")
    campaign.world.hexes["fort_permille"][hex] = 0
    assert "works" not in Forecaster(campaign).forecast(target, units).sentence
    campaign.restore(before)


def test_forecast_refuses_what_is_no_attack(campaign: Campaign) -> None:
    forecaster = Forecaster(campaign)
    with pytest.raises(SimError, match="neither a hex nor a place"):
        forecaster.forecast("nowhere", [])
    with pytest.raises(SimError, match="an attack is hasty, prepared, siege"):
        forecaster.forecast("harbin", [], "march")
    assert forecaster.forecast("harbin", []).enters == Proportion(0, 0)
