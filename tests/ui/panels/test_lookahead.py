"""The panel that looks ahead, driven through SDL's dummy driver."""

import pytest

from sim.game.forecasts.lookahead import load_kernels
from sim.game.terms import codes
from sim.ui.panels import lookahead
from sim.ui.panels.lookahead import Prospects
from sim.ui.player import intents
from tests.support.windows import frames, opened


@pytest.fixture
def screen(window):
    screen = opened(("soviet",), fog=True)
    load_kernels(screen.session.campaign)
    return screen


def texts(part):
    return [line.text for line in part.lines()]


def test_chances_come_as_campaigns_are_played_and_closing_stops_them(screen, window):
    part = screen.part(Prospects)
    screen.carry_out(intents.GiveCommand("look_ahead"))
    work = part.work
    frames(screen.stage, window, lambda: part._seen.done > 0)
    assert any(0 < line.share <= 1 and "campaigns" not in line.text for line in part.lines())
    screen.carry_out(intents.GiveCommand("look_ahead"))
    work.wait()
    assert work.done < work.runs
    assert part.lines() == []


def test_under_fog_the_panel_says_what_it_rests_on(screen, window):
    part = screen.part(Prospects)
    screen.carry_out(intents.GiveCommand("look_ahead"))
    frames(screen.stage, window, lambda: part._seen.done > 0)
    told = texts(part)
    assert lookahead.STAFF_WORK in told
    assert any("Soviet losses from here" in text for text in told)
    assert part.work._side == codes.SOVIET
    screen.leave()


def test_it_stops_when_the_turn_ends(screen):
    part = screen.part(Prospects)
    screen.carry_out(intents.GiveCommand("look_ahead"))
    work = part.work
    screen.end_turn()
    screen.update()
    screen.session.wait()
    work.wait()
    assert part.work is None
    assert work.done < work.runs


def test_without_an_order_there_is_nothing_to_weigh_and_with_one_there_is(screen, window):
    part = screen.part(Prospects)
    screen.carry_out(intents.GiveCommand("weigh_order"))
    assert part.work is None
    assert "no order to assess" in screen.selection.message
    screen.selection.choose(screen.session.campaign.unit("sov_46gtb"))
    screen.carry_out(intents.MoveTo(list(screen.selection.march.left_mp10)[-1]))
    screen.carry_out(intents.GiveCommand("weigh_order"))
    assert texts(part)[0] == "Effect of the last order"
    frames(screen.stage, window, lambda: part._seen.after.done > 0)
    screen.leave()
    assert part.work is None
