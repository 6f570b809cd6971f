"""Looking ahead: the campaign goes on as the engine would play it, from any moment, and nothing is changed by it."""

import time
from datetime import date, timedelta

import numpy as np
import pytest

from sim.errors import SimError
from sim.game.campaign import Campaign
from sim.game.forecasts import lookahead
from sim.game.forecasts.lookahead import LookAhead, OrderComparison, finish_campaign, hand_to_commanders, own_key
from sim.game.orders import Move
from sim.game.records.digests import state_digest
from sim.game.records.order_log import BETWEEN_DAYS
from sim.kernels import codes
from sim.kernels.state import layout
from sim.kernels.turn.turn import run_campaign
from tests.support import campaigns, tiny

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def opened() -> Campaign:
    """August 1945 with the Soviet phase of the second day open."""
    campaign = Campaign.start(campaigns.SCENARIO, seed=5)
    campaign.step_day()
    campaign.lead("soviet")
    assert campaign.next_phase() == "soviet"
    return campaign


@pytest.fixture
def small(tmp_path) -> Campaign:  # type: ignore[no-untyped-def]
    """A short campaign of the tiny scenario."""
    return Campaign.start(tiny.write_scenario(tmp_path / "tiny"), seed=1)


def played(ahead: lookahead.LookAheadThread) -> None:
    """Play all of it."""
    ahead.start()
    ahead.wait()


def test_rest_of_the_campaign_from_its_first_morning_is_the_campaign() -> None:
    world, twin = campaigns.fresh(11), campaigns.fresh(11)
    scratch = layout.new_scratch(len(world.hexes), len(world.units))
    run_campaign(world, scratch, int(world.clock["last_turn"][0]))
    finish_campaign(twin, scratch, BETWEEN_DAYS)
    assert state_digest(twin) == state_digest(world)


@pytest.mark.parametrize("side", ["soviet", "japan"])
def test_rest_of_the_campaign_from_an_open_phase_is_the_campaign(side: str) -> None:
    whole = Campaign.start(campaigns.SCENARIO, seed=11).run()
    led = Campaign.start(campaigns.SCENARIO, seed=11).lead(side)
    assert led.next_phase() == side
    snapshot = led.snapshot()
    hand_to_commanders(snapshot.world)
    finish_campaign(snapshot.world, led.scratch, snapshot.phase)
    assert state_digest(snapshot.world) == state_digest(whole.world)


def test_look_ahead_repeats_and_leaves_the_campaign_alone(opened: Campaign) -> None:
    before = state_digest(opened.world)
    first, second = LookAhead(opened, runs=3), LookAhead(opened, runs=3)
    for ahead in (first, second):
        played(ahead)
    assert first.poll() == second.poll()
    assert state_digest(opened.world) == before
    assert len(set(first.tallies[0].score.tolist())) > 1


def test_each_run_is_a_campaign_of_its_own_key(opened: Campaign) -> None:
    ahead = LookAhead(opened, runs=2)
    played(ahead)
    for run in range(2):
        snapshot = opened.snapshot()
        world = snapshot.world
        world.clock["key"] = own_key(run)
        hand_to_commanders(world)
        finish_campaign(world, layout.new_scratch(len(world.hexes), len(world.units)), snapshot.phase)
        assert ahead.tallies[0].score[run] == world.clock["score"][0]
        harbin = next(column for column, stake in enumerate(ahead.terms.stakes) if stake.place == "harbin")
        place = world.places[opened.names.place_rows["harbin"]]
        assert ahead.tallies[0].held[run, harbin] == (place["holder"] == codes.SOVIET)
        if place["holder"] == codes.SOVIET:
            assert ahead.tallies[0].taken_turn[run, harbin] <= place["captured_turn"]


def test_chances_by_date_grow_and_levels_add_up(opened: Campaign) -> None:
    ahead = LookAhead(opened, runs=4)
    played(ahead)
    seen = ahead.poll()
    assert sum(level.chance.happened for level in seen.levels) == seen.done == seen.total == 4
    assert seen.likeliest is not None
    soviet = [row for row in seen.objectives if row.side == "soviet"]
    assert any(row.taken.happened for row in soviet)
    for row in seen.objectives:
        assert list(row.taken_by) == sorted(row.taken_by)
        assert row.days[0] == opened.today
        assert row.by(opened.today - timedelta(days=1)).happened == 0
        assert row.by(date(1945, 12, 1)) == row.taken
        if row.expected is not None:
            assert row.by(row.expected).share >= 0.5 > row.by(row.expected - timedelta(days=1)).share
    lost = {(row.side, row.what): row.number for row in seen.losses}
    assert lost["soviet", "men"].p5 <= lost["soviet", "men"].mean <= lost["soviet", "men"].p95


def test_an_order_that_changes_nothing_makes_no_difference(opened: Campaign) -> None:
    comparison = OrderComparison(opened, opened.snapshot(), opened.snapshot(), runs=4)
    played(comparison)
    seen = comparison.poll()
    assert seen.before == seen.after
    assert seen.score is not None
    assert (seen.score.mean, seen.score.low, seen.score.high) == (0, 0, 0)
    assert not any(change.held.is_clear for change in seen.objectives)


def test_losses_and_places_of_the_order_itself_count(opened: Campaign) -> None:
    before, after = opened.snapshot(), opened.snapshot()
    lost = np.flatnonzero(after.world.units["side"] == codes.SOVIET)[0]
    after.world.units["killed"][lost] += 100_000
    row = opened.names.place_rows["harbin"]
    after.world.places["holder"][row] = codes.SOVIET
    comparison = OrderComparison(opened, before, after, runs=4)
    played(comparison)
    seen = comparison.poll()
    men = next(change for side, what, change in seen.losses if (side, what) == ("soviet", "men"))
    assert men.mean > 90_000
    assert men.is_clear
    harbin = next(one for one in seen.after.objectives if one.place == "harbin")
    assert harbin.side == "soviet"
    assert harbin.by(opened.today).happened == 4


def test_cancelled_look_ahead_stops_and_keeps_what_it_knows(small: Campaign) -> None:
    ahead = LookAhead(small, runs=100_000)
    assert ahead.poll().objectives == ()
    ahead.start()
    while ahead.poll().done == 0:
        time.sleep(0.001)
    ahead.cancel()
    ahead.wait()
    assert not ahead.is_running
    seen = ahead.poll()
    assert 0 < seen.done < seen.total
    assert sum(level.chance.happened for level in seen.levels) == seen.done


def test_failure_in_the_background_is_raised_where_it_is_polled(
    small: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SimError("broken on purpose")

    monkeypatch.setattr(lookahead, "finish_campaign", fail)
    ahead = LookAhead(small, runs=2)
    played(ahead)
    with pytest.raises(SimError, match="on purpose"):
        ahead.poll()


def test_decided_campaign_has_nothing_to_look_ahead_to(small: Campaign) -> None:
    small.run()
    with pytest.raises(SimError, match="decided"):
        LookAhead(small)


def test_comparison_sees_given_orders(opened: Campaign) -> None:
    before = opened.snapshot()
    units = opened.world.units
    ready = (units["side"] == codes.SOVIET) & (units["branch"] == codes.TANK) & (units["hex"] >= 0)
    for row in np.flatnonzero(ready).tolist():
        name = opened.names.units[row]
        opened.give([Move(name, stop) for stop in list(opened.reach(name))[-1:] if len(opened.reach(name)) > 1])
    comparison = OrderComparison(opened, before, opened.snapshot(), runs=3)
    opened.restore(before)
    played(comparison)
    seen = comparison.poll()
    assert seen.before.done == seen.after.done == 3
    assert not np.array_equal(comparison.tallies[0].losses, comparison.tallies[1].losses)
