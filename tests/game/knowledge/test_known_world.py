"""What a side fights ahead in under fog of war: what it cannot know moves no forecast, no look ahead and no word."""

import numpy as np
import pytest

from sim.game.campaign import Campaign
from sim.game.forecasts.battle_forecast import Forecaster
from sim.game.forecasts.lookahead import LookAhead, OrderComparison
from sim.game.knowledge.determinizations import Situations
from sim.game.knowledge.enemy_estimates import open_books
from sim.game.knowledge.scratch_world import working_copy
from sim.game.orders import FollowPlan, Posture
from sim.game.overlays import enemy as enemy_layers
from sim.game.play.attack_forming import candidates, supporters
from sim.game.play.march_routes import find_route
from sim.game.play.session import Session
from sim.game.telling.order_of_battle import Roster
from sim.game.telling.situation_report import THE_TRUTH, Reporter, armies, result_lines
from sim.kernels import codes
from sim.kernels.invariants import check_hex, check_unit
from sim.kernels.state.layout import new_scratch
from tests.support import campaigns
from tests.support.other_truth import hidden_changed, in_place_of, names_swapped

pytestmark = pytest.mark.engine
SIDES = ("soviet", "japan")


def seventh_day(side: str, fog: bool = True) -> Campaign:
    """Return August 1945 with a side's phase of the seventh day open."""
    begun = Campaign.start(campaigns.SCENARIO, seed=5, fog=fog)
    for _ in range(6):
        begun.step_day()
    begun.lead(side)
    assert begun.next_phase() == side
    return begun


@pytest.fixture(scope="module")
def opened() -> dict[str, Campaign]:
    return {side: seventh_day(side) for side in SIDES}


def attacks(campaign: Campaign, most: int = 8) -> list[tuple[str, list[str]]]:
    """Return attacks that the side to move could make: the hex, and the units beside it."""
    side, found = campaign.side_ids.index(str(campaign.phase_side)), []
    for target in np.flatnonzero(campaign.order_rules().known.layers["occupant"] == 1 - side).tolist():
        able = [one.unit for one in candidates(campaign, target, "hasty") if one.can]
        if able:
            found.append((campaign.names.hex_label(target), [campaign.names.units[unit] for unit in able]))
    return found[:most]


def answers(campaign: Campaign) -> list[object]:
    """Return everything that a player can ask of the campaign at its table without giving an order."""
    side = str(campaign.phase_side)
    forecaster, found = Forecaster(campaign), []
    for target, units in attacks(campaign):
        rows = [campaign.unit(unit) for unit in units]
        found += [
            forecaster.forecast(target, units, draws=60),
            campaign.why_battle(target, units),
            supporters(campaign, campaign.names.hex_of(target), rows, "hasty"),
        ]
    world = campaign.world
    mine = np.flatnonzero((world.units["side"] == campaign.side_ids.index(side)) & (world.units["hex"] >= 0))
    found += [campaign.why_supply(campaign.names.units[unit]) for unit in mine.tolist()]
    for unit in mine[world.units["mobility"][mine] != codes.STATIC][::9].tolist():
        found += [
            find_route(campaign, unit, campaign.names.hex_of("h085060")),
            campaign.reach(campaign.names.units[unit]),
        ]
    return found


def words(campaign: Campaign, side: str) -> list[object]:
    """Return everything that the window says and draws of the campaign for a side."""
    session = Session(campaign, (side,))
    code, world = codes.SIDES.index(side), session.world
    roster = Roster(world, campaign.views, campaign.scenario.header.start_date)
    session.diary.note(campaign.world, campaign.views, 6, {side: lambda: session.fog_view(campaign.world, side)})
    reporter = Reporter(session)
    reporter._turn = 5
    assert reporter.note()
    scratch = new_scratch(len(world.hexes), len(world.units))
    drawn = [enemy_layers.strength(world, code), enemy_layers.threats(session.known, scratch, code)]
    return [
        session.told(0),
        session.knowledge().sightings(),
        [roster.figures(world, row) for row in range(len(roster.nodes))],
        session.diary.told_to(side).days,
        armies(session, session.diary.told_to(side)),
        reporter.lines,
        [(layer.marks, [(fill.look, fill.hexes.tolist()) for fill in layer.fills]) for layer in drawn],
        world.sides["points"].tolist(),
    ]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("change", [hidden_changed, names_swapped])
def test_what_is_hidden_changes_no_forecast_and_no_answer(opened: dict[str, Campaign], side: str, change) -> None:  # type: ignore[no-untyped-def]
    campaign = opened[side]
    before = answers(campaign)
    assert len(before) > 20
    with in_place_of(campaign, change(campaign.world, codes.SIDES.index(side))):
        assert answers(campaign) == before


@pytest.mark.parametrize("side", SIDES)
def test_what_is_hidden_changes_no_word_of_panels_reports_and_layers(opened: dict[str, Campaign], side: str) -> None:
    campaign = opened[side]
    before = words(campaign, side)
    with in_place_of(campaign, hidden_changed(campaign.world, codes.SIDES.index(side))):
        for was, now in zip(before, words(campaign, side), strict=True):
            assert now == was


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("change", [hidden_changed, names_swapped])
def test_what_is_hidden_changes_no_look_ahead(opened: dict[str, Campaign], side: str, change) -> None:  # type: ignore[no-untyped-def]
    campaign = opened[side]
    first = played(LookAhead(campaign, runs=2, side=side))
    with in_place_of(campaign, change(campaign.world, codes.SIDES.index(side))):
        assert played(LookAhead(campaign, runs=2, side=side)) == first
    assert first.done == 2


def played(ahead: LookAhead | OrderComparison):  # type: ignore[no-untyped-def]
    """Play all of it and return what it says."""
    ahead.start()
    ahead.wait()
    return ahead.poll()


def test_a_look_ahead_from_the_truth_does_see_what_is_hidden(opened: dict[str, Campaign]) -> None:
    campaign = opened["soviet"]
    first = played(LookAhead(campaign, runs=1))
    with in_place_of(campaign, hidden_changed(campaign.world, codes.SOVIET)):
        assert played(LookAhead(campaign, runs=1)) != first


@pytest.mark.parametrize("side", SIDES)
def test_every_situation_agrees_with_what_the_side_knows(opened: dict[str, Campaign], side: str) -> None:
    campaign, code = opened[side], codes.SIDES.index(side)
    truth = campaign.world
    situations = Situations(campaign.static.template, truth, code)
    scratch, seen_differently = new_scratch(len(truth.hexes), len(truth.units)), set()
    for run in range(3):
        work = working_copy(truth, len(truth.events))
        situations.fill(work, scratch, run)
        units = work.units
        mine = units["side"] == code
        for name in ("hex", "men", "tanks", "fuel10", "supply_state", "mp10"):
            assert np.array_equal(units[name][mine], truth.units[name][mine])
        for name in ("occupant", "power", "zone"):
            assert np.array_equal(work.known[code][name], truth.known[code][name])
        enemy = np.flatnonzero(~mine & (units["status"] == codes.ACTIVE) & (units["hex"] >= 0))
        in_sight = truth.sight[code][units["hex"][enemy]] > codes.UNSEEN
        known_there = truth.known[code]["occupant"][units["hex"][enemy]] == 1 - code
        assert (known_there | ~in_sight).all()
        named = ~mine & (truth.units["seen_hex"] >= 0) & (truth.units["seen_level"] == codes.IDENTIFIED)
        assert np.array_equal(units["hex"][named], truth.units["seen_hex"][named])
        assert (work.layers["occupant"][truth.known[code]["occupant"] == 1 - code] == 1 - code).all()
        assert {int(check_unit(work, row)) for row in np.flatnonzero(units["side"] == code)} == {0}
        assert {int(check_hex(work, hex)) for hex in np.unique(units["hex"][enemy]).tolist()} == {0}
        seen_differently.add(units["hex"][enemy].tobytes())
    assert len(seen_differently) == 3


@pytest.mark.parametrize("side", SIDES)
def test_the_same_run_is_the_same_situation(opened: dict[str, Campaign], side: str) -> None:
    campaign, code = opened[side], codes.SIDES.index(side)
    scratch, found = new_scratch(len(campaign.world.hexes), len(campaign.world.units)), []
    for _ in range(2):
        work = working_copy(campaign.world, len(campaign.world.events))
        Situations(campaign.static.template, campaign.world, code).fill(work, scratch, 7)
        found.append(work.units.tobytes() + work.layers.tobytes())
    assert found[0] == found[1]


def test_an_order_that_changes_nothing_is_worth_nothing_by_what_the_side_knows(opened: dict[str, Campaign]) -> None:
    campaign = opened["soviet"]
    before = campaign.snapshot()
    seen = played(OrderComparison(campaign, before, campaign.snapshot(), runs=3, side="soviet"))
    assert seen.before == seen.after


def test_an_order_is_weighed_against_the_same_enemies(opened: dict[str, Campaign]) -> None:
    campaign = opened["soviet"]
    before = campaign.snapshot()
    campaign.give([Posture("sov_46gtb", "delay")])
    compared = OrderComparison(campaign, before, campaign.snapshot(), runs=2, side="soviet")
    campaign.restore(before)
    seen = played(compared)
    assert seen.before.done == seen.after.done == 2


@pytest.mark.parametrize("side", SIDES)
def test_without_fog_the_battle_is_the_true_one(side: str) -> None:
    campaign = seventh_day(side, fog=False)
    assert campaign.known_to(codes.SIDES.index(side)) is campaign.world
    target, units = attacks(campaign)[0]
    assert Forecaster(campaign).forecast(target, units).basis == ""


def test_prisoners_are_counted_and_the_dead_are_claimed(opened: dict[str, Campaign]) -> None:
    campaign = opened["soviet"]
    books = open_books(campaign.static.template, campaign.world, codes.SOVIET)
    truth = campaign.world.units[books.rows]
    assert books.units["captured"].sum() == truth["captured"].sum() > 0
    assert books.units["killed"].sum() != truth["killed"].sum()
    assert books.gone.sum() == len(set(np.flatnonzero(truth["status"] > codes.OFF_MAP)))


def test_strength_of_who_is_identified_is_what_was_seen(opened: dict[str, Campaign]) -> None:
    campaign = opened["soviet"]
    map_of_the_staff = campaign.known_to(codes.SOVIET)
    books = open_books(campaign.static.template, campaign.world, codes.SOVIET)
    rows = books.rows[books.identified]
    strengths = map_of_the_staff.layers["power"][map_of_the_staff.units["hex"][rows], codes.JAPANESE]
    known = campaign.world.known[codes.SOVIET]["power"][map_of_the_staff.units["hex"][rows], codes.JAPANESE]
    assert np.abs(strengths - known).max() <= 10


def test_the_end_tells_the_truth_and_says_so() -> None:
    session = opened_to_the_last_day()
    world = session.campaign.world
    enemy = world.units["side"] == codes.JAPANESE
    assert session.world.units["killed"][enemy].sum() != world.units["killed"][enemy].sum()
    session.advance()
    session.wait()
    assert session.campaign.is_over
    assert np.array_equal(session.world.units["killed"], session.campaign.world.units["killed"])
    assert result_lines(session)[-1].text == THE_TRUTH
    told, truth = session.diary.told_to("soviet"), session.diary.told_to(session.viewer)
    assert truth is session.diary
    assert told.series("captured", codes.JAPANESE) == truth.series("captured", codes.JAPANESE)
    assert told.series("killed", codes.JAPANESE) != truth.series("killed", codes.JAPANESE)


def opened_to_the_last_day() -> Session:
    """Return the tutorial's battle with the last Soviet phase open; the computer has led the side so far."""
    session = Session(Campaign.start("muleng_road", seed=2), ("soviet",))
    for _ in range(6):
        session.advance()
        session.wait()
        session.give(FollowPlan(("sov_5a",)))
    assert session.campaign.turn == int(session.campaign.world.clock["last_turn"][0])
    return session
