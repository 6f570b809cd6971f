"""Replays: a campaign gone through again comes out day by day as it was played, whoever led it."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import OrderError, SaveError, SimError
from sim.game import orders
from sim.game.campaign import Campaign
from sim.game.orders import Attach, Attack, FollowPlan, ForcedMarch, Move, Posture, Rail, Standing, TakeCommand
from sim.game.play.session import Session
from sim.game.records.digests import state_digest
from sim.game.records.order_log import (
    BESIDE_ORDERS,
    Cancel,
    CommandedBy,
    Day,
    Entry,
    Lead,
    OrderLog,
    Phase,
    entry_of,
    order_log_of,
    plain,
)
from sim.game.saves.campaign_save import save_campaign
from sim.game.saves.replay import DifferentDay, Replay, replay_in, replay_of
from sim.kernels import codes
from sim.kernels.events import log_event
from tests.support import sessions
from tests.support.random_player import RandomPlayer

pytestmark = pytest.mark.slow

SIDES = [("soviet",), ("japan",), ("soviet", "japan")]
ENTRIES: list[Entry] = [
    Lead(("soviet", "japan")),
    Lead(()),
    CommandedBy("japan", "baseline"),
    Day(),
    Phase("soviet"),
    Phase(""),
    Move("sov_46gtb", "lupei"),
    Attack(("sov_46gtb", "sov_7mc"), "h071072", "siege"),
    Posture("sov_46gtb", "delay"),
    ForcedMarch("sov_46gtb"),
    Rail("sov_46gtb", "chita"),
    Attach("sov_46gtb", "sov_36a"),
    FollowPlan(("sov_36a",)),
    TakeCommand(("sov_36a", "sov_46gtb")),
    Standing("sov_46gtb", "march", "h071072", "the enemy holds that hex"),
    Standing("sov_46gtb", "hold"),
    Cancel("sov_46gtb"),
]


def game(seed: int, sides: tuple[str, ...], fog: bool) -> Session:
    """Return a game on the tiny map with the first phase of a side led by hand open."""
    session = Session(Campaign.start(sessions.scenario(), seed=seed, fog=fog), sides)
    sessions.next_phase(session)
    return session


def assert_same(replay: Replay, played: Campaign) -> None:
    """Play every day again and find each as it was, with the orders that led there."""
    assert list(replay.days()) == list(range(1, played.turns_played + 1))
    assert replay.campaign.order_log.digests == played.order_log.digests
    assert replay.campaign.order_log.days == played.order_log.days


# --- entries


def test_every_kind_of_entry_is_tried_here() -> None:
    assert {type(entry) for entry in ENTRIES} == {*BESIDE_ORDERS.values(), *orders.ORDERS.values()}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: type(entry).__name__)
def test_an_entry_is_the_same_after_a_file(entry: Entry) -> None:
    assert entry_of(json.loads(json.dumps(plain(entry)))) == entry


@pytest.mark.parametrize(
    "data",
    [None, [], {}, "move", ["fly", "x"], ["move"], ["move", "x", 3], ["move", "x", "y", "z"], [["move"], "x", "y"],
     ["lead", "soviet"], ["lead", [1]]],
)  # fmt: skip
def test_other_data_is_no_entry(data: object) -> None:
    with pytest.raises(ValueError, match=r"no entry of an order log|not valid in an order"):
        entry_of(data)


def test_days_and_digests_have_to_agree() -> None:
    with pytest.raises(ValueError, match="a day has no digest"):
        order_log_of([Day(), Day()], [b"1"])
    with pytest.raises(ValueError, match="a digest has no day"):
        order_log_of([Day()], [b"1", b"2"])
    assert order_log_of([Day(), Phase("soviet"), Phase(""), Lead(())], [b"1", b"2"]).last == 2


# --- what is written down


def test_the_course_tells_the_orders_by_unit_in_the_order_of_their_effect() -> None:
    session = sessions.opened()
    first, tanks = sessions.row(session, "first"), sessions.row(session, "tanks")
    session.give(Posture("second", "delay"))
    session.plot(first, sessions.hex_of(session, "h006001"))
    session.hold([tanks])
    session.cancel([tanks])
    session.give(FollowPlan(("second",)))
    assert [plain(entry) for entry in session.campaign.order_log.today] == [
        ["lead", ["soviet"]],
        ["phase", "soviet"],
        ["posture", "second", "delay"],
        ["standing", "first", "march", "h006001", ""],
        ["move", "first", sessions.where(session, "first")],
        ["standing", "tanks", "hold", "", ""],
        ["cancel", "tanks"],
        ["follow_plan", ["second"]],
    ]


def test_a_group_that_moves_is_written_down_unit_by_unit() -> None:
    session = sessions.opened()
    before = len(session.campaign.order_log.today)
    assert session.move_group([sessions.row(session, one) for one in ("first", "second")],
                              sessions.hex_of(session, "h003001")) == ""  # fmt: skip
    moved = [entry.unit for entry in session.campaign.order_log.today[before:] if isinstance(entry, Move)]
    assert sorted(moved) == ["first", "second"]


def test_the_morning_marches_of_standing_orders_are_written_down() -> None:
    session = sessions.opened()
    session.plot(sessions.row(session, "first"), sessions.hex_of(session, "h005001"))
    sessions.next_phase(session)
    assert [plain(entry) for entry in session.campaign.order_log.today] == [
        ["phase", "soviet"],
        ["move", "first", "h005001"],
        ["cancel", "first"],
    ]


def test_handing_a_formation_to_the_plan_drops_its_standing_orders() -> None:
    session = sessions.opened()
    session.hold([sessions.row(session, "tanks"), sessions.row(session, "first")])
    session.give(FollowPlan(("army2",)))
    assert session.campaign.order_log.today[-1] == Cancel("tanks")
    assert set(session.standing_orders()) == {"first"}


def test_an_order_that_is_taken_back_leaves_no_trace_and_comes_back_when_given_again() -> None:
    session = sessions.opened()
    before = session.campaign.order_log
    session.plot(sessions.row(session, "first"), sessions.hex_of(session, "h006001"))
    session.give(Posture("second", "delay"))
    after = session.campaign.order_log
    session.undo()
    session.undo()
    assert session.campaign.order_log == before
    session.redo()
    session.redo()
    assert session.campaign.order_log == after


def test_a_refused_order_leaves_no_trace() -> None:
    session = sessions.opened()
    before = session.campaign.order_log
    assert session.give(Move("first", "hailar")) != ""
    with pytest.raises(OrderError):
        session.campaign.give([Posture("first", "delay"), Move("first", "hailar")])
    assert session.campaign.order_log == before


def test_what_changes_nothing_is_not_written_down() -> None:
    campaign = Campaign.start(sessions.scenario())
    campaign.lead().commanded_by("japan", "adaptive").lead("soviet").lead("soviet")
    assert campaign.order_log.entries == (Lead(("soviet",)),)


def test_a_restored_campaign_has_the_course_of_that_moment() -> None:
    campaign = Campaign.start(sessions.scenario(), seed=1)
    campaign.step_day()
    evening = campaign.snapshot()
    campaign.step_day()
    campaign.restore(evening)
    assert (campaign.order_log.entries, campaign.order_log.last) == ((Day(),), 1)


def test_standing_orders_of_an_evening_follow_from_the_course() -> None:
    session = sessions.opened()
    session.plot(sessions.row(session, "first"), sessions.hex_of(session, "h006002"))
    session.hold([sessions.row(session, "tanks")])
    for _ in range(2):
        sessions.next_phase(session)
        kept = session.standing.kept()
        session.dig_in([sessions.row(session, "guns")])
        order_log = session.campaign.order_log.closed(b"")
        assert order_log.standing(order_log.last) == session.standing.kept() != kept
        assert session.campaign.order_log.standing(session.campaign.turns_played).keys() == {"first", "tanks"}
        session.undo()


def test_an_order_that_meets_the_enemy_at_once_is_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    session = sessions.opened()

    def met(world, scratch, records, n):
        log_event(world, codes.EVENT_CONTACT, int(records[0]["unit"]), -1, int(records[0]["hex"]), 0, 0)
        return 0

    monkeypatch.setattr("sim.game.orders.execution.execute_orders", met)
    assert session.give(Move("first", "h002001")) == ""
    assert session.campaign.order_log.today[-1] == Move("first", "h002001")


# --- played again


@pytest.mark.parametrize("fog", [False, True])
@pytest.mark.parametrize("sides", SIDES)
@given(seed=st.integers(0, 2**32 - 1), commands=st.integers(0, 30))
@settings(max_examples=8, deadline=None)
def test_whatever_is_ordered_and_taken_back_the_days_come_out_the_same(
    sides: tuple[str, ...], fog: bool, seed: int, commands: int
) -> None:
    session = game(seed, sides, fog)
    RandomPlayer(session, seed).play(days=5, commands=commands)
    assert_same(replay_of(session.campaign), session.campaign)


@pytest.mark.parametrize("fog", [False, True])
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=15, deadline=None)
def test_taking_everything_back_and_giving_it_again_leaves_the_course_as_it_was(fog: bool, seed: int) -> None:
    session = game(seed, ("soviet",), fog)
    player, campaign = RandomPlayer(session, seed), session.campaign
    bottom = campaign.order_log
    for _ in range(30):
        done = player.command()
        if done not in ("", "undo", "redo") and not session.can_undo:
            bottom = campaign.order_log  # what it revealed cannot be taken back
    while session.redo():
        pass
    top, state = campaign.order_log, state_digest(campaign.world)
    while session.undo():
        pass
    assert campaign.order_log == bottom
    while session.redo():
        pass
    assert (campaign.order_log, state_digest(campaign.world)) == (top, state)


@pytest.mark.parametrize("fog", [False, True])
@pytest.mark.parametrize("sides", SIDES)
def test_august_1945_comes_out_the_same_from_its_file(sides: tuple[str, ...], fog: bool, tmp_path, august) -> None:
    session = Session(Campaign.start(august, seed=5, fog=fog), sides)
    sessions.next_phase(session)
    player = RandomPlayer(session, 5)
    player.play(days=6, commands=60)
    assert {"move", "attack", "plot", "group", "attach", "follow", "undo", "redo"} <= player.done.keys()
    save_campaign(session.campaign, tmp_path / "x.save")
    assert_same(replay_in(tmp_path / "x.save"), session.campaign)


@pytest.fixture(scope="module")
def august():
    from sim.scenario import load

    return load("august_storm")


def test_a_campaign_of_the_computer_comes_out_the_same() -> None:
    campaign = Campaign.start(sessions.scenario(), seed=3).commanded_by("japan", "baseline").run()
    replay = replay_of(campaign)
    assert_same(replay, campaign)
    assert replay.campaign.result() == campaign.result()


# --- going to a day


@pytest.fixture(scope="module")
def watched() -> Campaign:
    """Return a campaign of the computer with twelve days behind it; do not change it."""
    return Campaign.start(sessions.scenario(), seed=2).run(date(1945, 8, 20))


def test_a_replay_goes_to_any_day_in_any_order(watched: Campaign) -> None:
    replay = replay_of(watched)
    for day in (12, 3, 7, 5, 0, 4, 11, 6, 99, -3):
        replay.go_to(day)
        there = min(max(day, 0), 12)
        assert (replay.day, replay.campaign.turns_played) == (there, there)
        assert replay.campaign.order_log.digest == watched.order_log.digest_of(there)


def test_a_replay_begins_from_the_nearest_evening_that_is_kept(watched: Campaign, monkeypatch) -> None:
    assert [situation.turns_played for situation in watched.order_log.kept] == [5, 10]
    replay = replay_of(watched)
    played: list[int] = []
    monkeypatch.setattr(Replay, "play_day", _counting(Replay.play_day, played))
    for day, days in ((12, [11, 12]), (6, [6]), (7, [7]), (5, []), (4, [1, 2, 3, 4])):
        played.clear()
        replay.go_to(day)
        assert played == days, day


def _counting(play_day, played):
    def counted(replay: Replay) -> None:
        played.append(replay.day + 1)
        play_day(replay)

    return counted


def test_a_replay_leaves_the_campaign_alone(watched: Campaign) -> None:
    before = state_digest(watched.world)
    replay = replay_of(watched)
    replay.go_to(3)
    assert replay.campaign is not watched
    assert state_digest(watched.world) == before


def test_the_first_day_that_comes_out_differently_is_named(watched: Campaign) -> None:
    order_log = watched.order_log
    days = (*order_log.days[:3], (CommandedBy("soviet", "baseline"), Day()), *order_log.days[4:])
    replay = Replay(watched.afresh(), OrderLog(days=days, digests=order_log.digests), "x.save")
    with pytest.raises(DifferentDay, match=r"x\.save: day 4, 12 August 1945, turns out differently: digest"):
        list(replay.days())


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ((Lead(("soviet",)), Phase("soviet"), Move("first", "hailar"), Phase("")), "is no longer legal: first:"),
        ((Lead(("soviet",)), Phase("japan")), "the soviet follows, not the japan"),
        ((Lead(("atlantis",)), Day()), "no side 'atlantis'"),
        ((Move("first", "h002001"), Day()), "no phase is open"),
        ((), "its orders do not complete a day"),
    ],
)
def test_orders_that_cannot_be_given_again_are_named(entries: tuple[Entry, ...], why: str) -> None:
    campaign = Campaign.start(sessions.scenario(), seed=1)
    with pytest.raises(SaveError, match=why):
        Replay(campaign, OrderLog(days=(entries,), digests=(b"",))).go_to(1)


def test_a_save_without_a_day_has_no_replay(tmp_path) -> None:
    save_campaign(Campaign.start(sessions.scenario()), tmp_path / "x.save")
    with pytest.raises(SaveError, match="has no replay: no day has been played yet"):
        replay_in(tmp_path / "x.save")


def test_only_orders_are_orders() -> None:
    assert all(isinstance(entry, orders.Order) for entry in ENTRIES[6:14])
    assert issubclass(DifferentDay, SimError)
