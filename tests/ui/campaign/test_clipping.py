"""Nothing of the campaign is cut off or lies over something else, at any size of the window and any scale."""

import pygame
import pytest

from sim.game.campaign import Campaign
from sim.game.play.session import Session
from sim.ui.panels.lookahead import Prospects
from sim.ui.panels.playback import Playback
from sim.ui.panels.turn_end import TurnEnd
from sim.ui.player import intents
from sim.ui.screens.ending import EndingScreen
from sim.ui.screens.hand_over import HandOverScreen
from sim.ui.screens.situation import SituationScreen
from sim.ui.startup.navigation import new_stage
from sim.ui.window.settings import Settings
from tests.support.clipping import cut_off, cut_off_map, every_size
from tests.support.windows import opened
from tests.ui.panels.test_tutorial import Player


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("AUGUST_STORM_HOME", str(tmp_path))


@pytest.fixture(scope="module")
def screen(window):
    """The Soviet side on its second morning."""
    found = opened(("soviet",))
    found.stage.settings = found.stage.settings.with_(morning_report=False, autosave="never", animation="at once")
    found.end_turn()
    found.session.wait()
    found.stage.update(0.0)
    return found


def fit(screen, size, scale):
    """Show a screen in a window of another size and scale, and draw it."""
    stage = screen.stage
    stage.settings = stage.settings.with_(scale=scale)
    theme_scale(scale)
    stage.resize(size)
    stage.update(0.0)
    stage.draw(pygame.Surface(size))


def theme_scale(scale):
    from sim.ui.look import theme

    theme.use_scale(scale)


def command(name):
    return lambda screen: screen.carry_out(intents.GiveCommand(name))


def nothing(screen):
    pass


def let_go(screen):
    screen.selection.attack = None
    screen.selection.choose(-1)


def choose(screen):
    screen.selection.choose(screen.session.campaign.unit("sov_46gtb"))
    screen.selection.message = (
        "A sentence that says what came of an order, and that runs on over more than one line of it."
    )


def form_attack(screen):
    units, selection = screen.session.world.units, screen.selection
    for row in range(len(units)):
        if selection.is_mine(row):
            selection.choose(row)
            if selection.targets:
                selection.aim(min(selection.targets))
                return
    raise LookupError("nobody can attack")


def ask(screen):
    screen.stage.settings = screen.stage.settings.with_(turn_warning=True)
    screen.part(TurnEnd).ask()


def forget_question(screen):
    screen.part(TurnEnd).waiting = None


def all_layers(screen):
    for name in ("supply", "weather", "control", "plans", "record"):
        screen.carry_out(intents.GiveCommand(f"layer_{name}"))


STATES = {
    "the map": (nothing, nothing),
    "a unit": (choose, let_go),
    "an attack": (form_attack, let_go),
    "the end of the turn": (ask, forget_question),
    "layers": (all_layers, command("layers_off")),
    "the order of battle": (command("order_of_battle"), command("order_of_battle")),
    "the list of commands": (command("more"), command("drop")),
    "looking ahead": (command("look_ahead"), lambda screen: screen.part(Prospects).close()),
}


@pytest.mark.parametrize("state", STATES)
def test_nothing_of_the_campaign_is_cut_off(screen, state):
    begin, end = STATES[state]
    for size, scale in every_size():
        fit(screen, size, scale)
        begin(screen)
        fit(screen, size, scale)
        assert cut_off_map(screen) == [], f"{size} at {scale}"
        end(screen)
    fit(screen, (1280, 800), 1.0)


def test_nothing_of_the_tutorials_sheet_is_cut_off(window):
    player = Player()
    for size, scale in every_size():
        fit(player.screen, size, scale)
        assert cut_off_map(player.screen) == [], f"{size} at {scale}"
    fit(player.screen, (1280, 800), 1.0)


def test_what_lies_over_something_is_found(screen, monkeypatch):
    from sim.ui.panels.log import LogPanel

    monkeypatch.setattr(LogPanel, "place", lambda self, width, height: pygame.Rect(0, 700, width, height))
    fit(screen, (1280, 800), 1.0)
    assert any("LogPanel lies over" in problem or "lies over LogPanel" in problem for problem in cut_off_map(screen))


def test_reports_are_whole_at_every_size(window, screen):
    from sim.ui.panels.reports import Reporting

    watched = Session(Campaign.start("august_storm"), ())
    while not watched.campaign.is_over:
        watched.advance()
        watched.wait()
    for size, scale in every_size():
        stage = new_stage(Settings(scale=scale), size)
        for page in (
            SituationScreen(screen.session, screen.part(Reporting).reporter),
            EndingScreen(watched),
            HandOverScreen("Japanese", "14 August 1945"),
        ):
            stage.push(page)
            stage.update(0.02)
            stage.draw(pygame.Surface(size))
            assert cut_off(page) == [], f"{type(page).__name__}: {size} at {scale}"
    theme_scale(1.0)


# --- resizing at any moment

SIZES = ((1024, 640), (500, 300), (2560, 1440), (640, 400), (1280, 800))


@pytest.mark.parametrize("state", STATES)
def test_the_window_can_be_resized_at_any_moment(screen, state):
    begin, end = STATES[state]
    begin(screen)
    for size in SIZES:
        screen.stage.resize(size)
        screen.stage.update(0.01)
        screen.stage.draw(pygame.Surface(size))
    assert screen.stage.size == (1280, 800)
    end(screen)


def test_the_window_can_be_resized_while_the_computer_moves_and_is_played_back(window):
    screen = opened(("japan",))
    screen.stage.settings = screen.stage.settings.with_(morning_report=False, autosave="never")
    screen.end_turn()
    for size in SIZES:
        screen.stage.resize(size)
        screen.stage.draw(pygame.Surface(size))
    screen.session.wait()
    screen.stage.update(0.0)
    screen.stage.update(0.0)
    assert screen.part(Playback).shown is not None
    for size in SIZES:
        screen.stage.resize(size)
        screen.stage.update(0.01)
        screen.stage.draw(pygame.Surface(size))
