"""A replay at the table: the days of a game, seen through either side's eyes, and a new game from any of them."""

from typing import Any

import pytest

from sim.errors import SaveError
from sim.game.play.session import Session
from sim.game.play.session_view import SessionView
from sim.game.records.daily_figures import Diary
from sim.game.records.digests import state_digest
from sim.game.saves import player_saves
from sim.game.saves.campaign_save import save_campaign
from sim.game.saves.replay import DifferentDay
from sim.game.saves.replay_session import DayReporter, ReplaySession, watch
from sim.kernels import codes
from tests.support import sessions
from tests.support.random_player import RandomPlayer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def game() -> Session:
    """Return a game under fog amid its eighth day; do not change it."""
    session = sessions.opened(first="h005001")
    RandomPlayer(session, 4).play(days=7, commands=10)
    session.hold([sessions.row(session, "tanks")])
    assert session.campaign.order_log.last == 7
    return session


@pytest.fixture
def replay(game: Session) -> ReplaySession:
    return watch(game)


def at(replay: ReplaySession, day: int) -> ReplaySession:
    replay.go_to(day)
    replay.wait()
    return replay


def test_it_begins_before_the_first_day_and_goes_to_the_last(replay: ReplaySession) -> None:
    assert (replay.first, replay.day, replay.last) == (0, 0, 7)
    assert (at(replay, 99).day, at(replay, -5).day) == (7, 0)


def test_a_day_is_there_only_once_it_has_been_polled(replay: ReplaySession) -> None:
    version = replay.version
    replay.go_to(3)
    assert (replay.day, replay.wanted, replay.is_busy, replay.version) == (0, 3, True, version)
    replay.wait()
    assert (replay.day, replay.wanted, replay.is_busy) == (3, 3, False)
    assert replay.version > version


def test_of_several_days_asked_for_the_last_one_is_shown(replay: ReplaySession) -> None:
    for day in (6, 2, 4, 1):
        replay.go_to(day)
    replay.wait()
    assert replay.day == 1


def test_it_shows_each_evening_as_it_was(replay: ReplaySession, game: Session) -> None:
    for day in (7, 2, 5):
        assert at(replay, day).campaign.order_log.digest == game.campaign.order_log.digest_of(day)
        assert replay.campaign.turns_played == day
        assert replay.turn_shown == day


def test_nothing_can_be_ordered(replay: ReplaySession) -> None:
    at(replay, 3)
    assert (replay.side_to_move, replay.can_undo, replay.standing_orders()) == (None, False, {})
    orders = {name for name in vars(Session) if not name.startswith("_")} - set(dir(SessionView))
    assert {"give", "plot", "move_group", "undo", "reach"} <= orders
    assert {name for name in orders if hasattr(replay, name)} <= {"advance", "poll", "wait"}  # days, not orders


def test_the_log_is_that_of_the_day(replay: ReplaySession, game: Session) -> None:
    for day in (1, 4, 7):
        at(replay, day).look_as(None)
        events = replay.campaign.events(replay.day_began_at)
        assert set(events["turn"].tolist()) <= {day}
        assert len(events) == int((game.campaign.events()["turn"] == day).sum())
    assert at(replay, 0).told(replay.day_began_at) == []


def test_coming_forward_is_told_from_jumping(replay: ReplaySession) -> None:
    assert at(replay, 1).came_forward
    assert at(replay, 2).came_forward
    assert not at(replay, 4).came_forward
    assert not at(replay, 3).came_forward
    replay.advance()
    replay.wait()
    assert (replay.day, replay.came_forward) == (4, True)


def test_a_game_under_fog_is_seen_as_its_player_saw_it(game: Session, replay: ReplaySession) -> None:
    assert (replay.viewer, replay.own_eyes, replay.hides_something) == ("soviet", "soviet", True)
    assert at(replay, 2).knowledge().side == codes.SOVIET
    assert not replay.knowledge().sees_all
    assert replay.eyes == ("soviet",)


def test_other_eyes_see_other_things(replay: ReplaySession) -> None:
    at(replay, 2)
    seen = {side: _enemies(replay, side) for side in ("soviet", "japan", None)}
    assert replay.knowledge().sees_all
    assert replay.eyes == ("soviet", "japan")
    there = replay.campaign.world.units["hex"] >= 0
    assert seen[None] == int(there.sum())
    assert seen["japan"] < seen[None]


def _enemies(replay: ReplaySession, side: str | None) -> int:
    replay.look_as(side)
    return int((replay.world.units["hex"] >= 0).sum())


def test_where_units_stood_the_evening_before_is_known_as_far_as_the_viewer_knew_it(replay: ReplaySession) -> None:
    at(replay, 2).look_as(None)
    yesterday = replay.campaign.afresh()
    everywhere = replay.hexes_before().copy()
    replay.look_as("japan")
    known = replay.hexes_before()
    assert ((known == everywhere) | (known == -1) | (known >= 0)).all()
    assert (known >= 0).sum() < (everywhere >= 0).sum()
    assert yesterday.turns_played == 0


def test_the_diary_ends_with_the_day_that_is_shown(replay: ReplaySession, game: Session) -> None:
    at(replay, 4)
    assert replay.diary.days == [day for day in game.diary.days if day.turn <= 4]


def test_figures_that_were_not_kept_are_worked_out(game: Session) -> None:
    replay = ReplaySession(watch(game).replay, Diary())
    at(replay, 7)
    assert replay.diary.days == [day for day in game.diary.days if day.turn > 0]


def test_the_report_tells_the_day_that_is_shown(replay: ReplaySession) -> None:
    reporter = DayReporter(at(replay, 3))
    assert reporter.heading == "Saturday, 11 August 1945"
    assert reporter.lines
    assert DayReporter(at(replay, 0)).lines == []


def test_the_game_that_is_watched_stays_as_it_is(game: Session) -> None:
    before, order_log = state_digest(game.campaign.world), game.campaign.order_log
    at(watch(game), 5)
    assert (state_digest(game.campaign.world), game.campaign.order_log) == (before, order_log)


# --- playing on


def test_a_game_played_on_has_the_days_before_and_goes_its_own_way(replay: ReplaySession, game: Session) -> None:
    new = at(replay, 4).play_on(("japan",), {"soviet": "baseline", "japan": "adaptive"})
    assert new.campaign.turns_played == 4
    assert new.campaign.order_log.digests == game.campaign.order_log.digests[:4]
    assert new.campaign.led_by_hand == ("japan",)
    assert int(new.campaign.world.sides["commander"][codes.SOVIET]) == codes.COMMANDER_BASELINE
    sessions.next_phase(new)
    assert new.side_to_move == "japan"
    sessions.next_phase(new)
    again = watch(new)
    assert at(again, again.last).campaign.digest() == new.campaign.order_log.digest.hex()
    assert replay.day == 4


def test_the_same_orders_from_there_lead_to_the_same_day(replay: ReplaySession, game: Session) -> None:
    from sim.game.saves.replay import carry_out

    new = at(replay, 4).play_on(("soviet",), {})
    for entry in game.campaign.order_log.days[4]:
        carry_out(new.campaign, entry)
    assert new.campaign.order_log.digest == game.campaign.order_log.digest_of(5)


def test_standing_orders_of_whoever_leads_go_on(game: Session) -> None:
    session = sessions.opened()
    session.hold([sessions.row(session, "tanks")])
    sessions.next_phase(session)
    replay = at(watch(session), 1)
    assert set(replay.play_on(("soviet",), {}).standing.kept()) == {"tanks"}
    assert replay.play_on(("japan",), {}).standing.kept() == {}


def test_no_game_is_played_on_from_the_end() -> None:
    session = sessions.opened()
    while not session.campaign.is_over:
        sessions.next_phase(session)
    replay = watch(session)
    assert (replay.viewer, replay.hides_something) == (None, False)
    assert at(replay, 3).can_play_on
    assert not at(replay, replay.last).can_play_on


# --- from files


def test_a_saved_game_is_watched_as_its_player_sees_it(game: Session, tmp_path) -> None:
    player_saves.save_session(game, tmp_path / "x.save")
    replay = player_saves.load_replay(tmp_path / "x.save")
    assert (replay.own_eyes, replay.hides_something, replay.led) == ("soviet", True, ("soviet",))
    assert at(replay, 6).campaign.order_log.digest == game.campaign.order_log.digest_of(6)
    assert replay.diary.days == [day for day in game.diary.days if day.turn <= 6]


def test_a_campaign_saved_by_a_script_is_seen_by_all(game: Session, tmp_path) -> None:
    save_campaign(game.campaign, tmp_path / "x.save")
    replay = player_saves.load_replay(tmp_path / "x.save")
    assert (replay.own_eyes, replay.hides_something) == (None, False)
    assert len(replay.diary.days) == 0
    assert len(at(replay, 7).diary.days) == 7


def test_a_table_that_makes_no_sense_is_refused(game: Session, tmp_path) -> None:
    tables: tuple[dict[str, Any], ...] = ({"sides": ["atlantis"]}, {"sides": 3}, {"diary": [{}]}, {"day_began_at": "x"})
    for table in tables:
        save_campaign(game.campaign, tmp_path / "x.save", table)
        for load in (player_saves.load_session, player_saves.load_replay):
            with pytest.raises(SaveError, match="its session data are inconsistent"):
                load(tmp_path / "x.save")


def test_a_day_that_comes_out_differently_is_told_when_it_is_fetched(game: Session, monkeypatch) -> None:
    replay = watch(game)
    monkeypatch.setattr("sim.game.saves.replay.carry_out", lambda campaign, entry: campaign.note(entry))
    replay.go_to(2)
    with pytest.raises(DifferentDay, match="day 1, 9 August 1945"):
        replay.wait()
    assert (replay.day, replay.is_busy) == (0, False)
    monkeypatch.undo()
    assert at(replay, 3).campaign.order_log.digest == game.campaign.order_log.digest_of(3)
