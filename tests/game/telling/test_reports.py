"""The order of battle as a tree, the diary of figures, and the reports made of them."""

import json
from datetime import date

import numpy as np
import pytest

from sim.game.campaign import Campaign
from sim.game.play.session import Session
from sim.game.records.daily_figures import Diary, day_figures
from sim.game.saves.player_saves import load_session, save_session
from sim.game.saves.replay import replay_of
from sim.game.saves.replay_session import recalled
from sim.game.telling.order_of_battle import Roster
from sim.game.telling.situation_report import Reporter, armies, captures, joined, pace_points
from sim.game.wording.report_lines import HEADING, Line, paragraph
from sim.kernels import codes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def session():
    watched = Session(Campaign.start("august_storm"), ())
    watched.reporter = Reporter(watched)
    for _ in range(5):
        watched.advance()
        watched.wait()
        assert watched.reporter.note()
    return watched


@pytest.fixture(scope="module")
def roster(session):
    campaign = session.campaign
    return Roster(session.world, campaign.views, campaign.scenario.header.start_date)


def test_every_unit_stands_once_in_the_tree_below_its_formation(session, roster):
    units = [node.unit for node in roster.nodes if node.unit >= 0]
    assert sorted(units) == list(range(len(session.world.units)))
    for node in roster.nodes:
        if node.unit >= 0 and int(session.world.units["formation"][node.unit]) >= 0:
            assert roster.nodes[node.parent].formation == int(session.world.units["formation"][node.unit])


def test_men_of_a_formation_are_those_of_its_units(session, roster):
    for row, node in enumerate(roster.nodes):
        figures = roster.figures(session.world, row)
        units = session.world.units[list(node.units)]
        there = np.isin(units["status"], (codes.ACTIVE, codes.OFF_MAP))
        assert figures.men == int(units["men"][there].sum())
        assert figures.on_map == sum(figures.supply)


def test_a_closed_tree_shows_what_is_opened_only(session, roster):
    assert [roster.nodes[row].depth for row in roster.visible(session.world, frozenset())] == [0, 0]
    opened = frozenset({0})
    depths = {roster.nodes[row].depth for row in roster.visible(session.world, opened)}
    assert depths == {0, 1}


def test_a_search_shows_what_is_found_and_all_above_it(session, roster):
    rows = roster.visible(session.world, frozenset(), "46th Guards Tank")
    names = [roster.nodes[row].name for row in rows]
    assert "46th Guards Tank Brigade" in names
    assert all(roster.nodes[row].parent in rows for row in rows if roster.nodes[row].parent >= 0)


def test_filters_show_the_units_that_they_name(session, roster):
    rows = roster.visible(session.world, frozenset(), "", "arriving")
    units = [roster.nodes[row].unit for row in rows if roster.nodes[row].unit >= 0]
    assert sorted(units) == np.flatnonzero(session.world.units["status"] == codes.PENDING).tolist()
    assert units
    assert all("arrives" in roster.figures(session.world, row).state for row in rows if roster.nodes[row].unit >= 0)


def test_the_diary_has_a_line_an_evening_and_comes_back_from_json(session):
    assert [day.turn for day in session.diary.days] == [0, 1, 2, 3, 4, 5]  # 0: before the first day
    assert Diary.from_json(json.loads(json.dumps(session.diary.to_json()))).days == session.diary.days
    assert session.diary.series("killed", codes.SOVIET)[-1] == int(
        session.world.units["killed"][session.world.units["side"] == codes.SOVIET].sum()
    )


def test_losses_in_the_diary_never_shrink(session):
    for name in ("killed", "wounded", "captured", "tanks_lost"):
        assert min(session.diary.gained(name, codes.JAPANESE)) >= 0


def test_the_report_tells_the_day_and_the_deepest_armies_first(session):
    assert session.reporter.heading == "Monday, 13 August 1945"
    assert session.reporter.lines
    depths = [army.depth_km for army in armies(session, session.diary)]
    assert depths == sorted(depths, reverse=True)
    assert depths[0] > 200


def test_the_pace_of_the_record_grows_with_its_captures(session):
    by_now = [row.place for row in captures(session) if row.record <= date(1945, 8, 13)]
    points = {place: spec.soviet for place, spec in session.campaign.scenario.header.victory.objectives.items()}
    assert pace_points(session) == sum(points.get(place, 0) for place in by_now)


def test_broken_lines_are_joined_again():
    text = "one two three " * 20
    lines = [Line("── Day ──", HEADING), *paragraph(text, indent=0), *paragraph(text, "Label")]
    assert [line.text for line in joined(lines)] == [text.strip(), f"Label: {text.strip()}"]


@pytest.mark.parametrize("sides", [("soviet",), ("soviet", "japan"), ()])
def test_a_loaded_game_tells_its_last_day_as_before(sides, tmp_path):
    played = Session(Campaign.start("muleng_road", seed=3), sides)
    reporter = Reporter(played)
    while played.campaign.turns_played < 3:
        played.advance()
        played.wait()
        reporter.note()
    if sides:
        while played.side_to_move is None:
            played.advance()
            played.wait()
    save_session(played, tmp_path / "a.save")
    loaded = load_session(tmp_path / "a.save")
    again = recalled(loaded)
    assert again.lines
    assert (again.heading, again.lines) == (reporter.heading, reporter.lines)
    assert not again.note()  # it has been told
    for session, teller in ((played, reporter), (loaded, again)):
        session.advance()
        session.wait()
        while session.campaign.turns_played < 4:
            session.advance()
            session.wait()
        teller.note()
    assert again.lines == reporter.lines  # and the next day is told as if nothing had been between


def test_on_the_first_day_there_is_nothing_to_recall():
    session = Session(Campaign.start("muleng_road", seed=3), ("soviet",))
    session.advance()
    session.wait()
    assert recalled(session).lines == []


@pytest.mark.parametrize("sides", [("japan",), ("soviet",), ("soviet", "japan")])
def test_the_diary_of_either_side_holds_the_evenings(sides):
    session = Session(Campaign.start("muleng_road", seed=3), sides)
    while session.campaign.turns_played < 3:
        session.advance()
        session.wait()
    opening, *evenings = session.diary.days
    replay = replay_of(session.campaign)
    assert opening == day_figures(replay.campaign.world, replay.campaign.views, 0)
    for day, told in zip(replay.days(), evenings, strict=True):
        assert told == day_figures(replay.campaign.world, replay.campaign.views, day)
