"""Screens made of widgets: led by mouse or by keyboard alone, at every scale."""

import pytest

from sim.ui.screens.new_game import NewGameScreen
from sim.ui.screens.notice import NoticeScreen
from sim.ui.screens.title import TitleScreen
from sim.ui.startup import main_loop
from sim.ui.startup.navigation import new_stage
from sim.ui.window.navigator import GameOptions
from sim.ui.window.settings import Settings, load_settings, save_settings
from tests.support.windows import SIZE


@pytest.fixture
def stage(window):
    made = new_stage(Settings(), SIZE)
    made.push(TitleScreen(GameOptions()))
    return made


def press(stage, *keys):
    import pygame

    for key in keys:
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            main_loop.take(stage, pygame.event.Event(kind, key=key, mod=0))
        for event in pygame.event.get():
            main_loop.take(stage, event)


def test_the_keyboard_alone_gets_to_a_new_game(stage):
    import pygame

    press(stage, pygame.K_TAB, pygame.K_RETURN)
    assert isinstance(stage.top, NewGameScreen)
    press(stage, pygame.K_ESCAPE)
    assert isinstance(stage.top, TitleScreen)


def test_the_keyboard_chooses_another_side(stage):
    import pygame

    press(stage, pygame.K_TAB, pygame.K_RETURN, pygame.K_TAB, pygame.K_TAB, pygame.K_RETURN)
    assert stage.top.options.sides == ("japan",)


def test_a_notice_closes_before_its_answer_acts(stage):
    import pygame

    seen = []
    stage.push(NoticeScreen("Leave", "Really?", {"Yes": lambda: seen.append(stage.top), "No": lambda: None}))
    press(stage, pygame.K_RETURN)
    assert [type(screen) for screen in seen] == [TitleScreen]


def test_settings_come_back_from_their_file(tmp_path):
    file = tmp_path / "deep" / "settings.json"
    kept = Settings(size_px=(1600, 900), scale=1.5, palette="tritanopia", keys={"undo": ("ctrl+k",)})
    save_settings(kept, file)
    assert load_settings(file) == kept


@pytest.mark.parametrize("words", ["", "{", "[]", '{"scale": 9, "palette": "pink", "size_px": [1, "x"], "keys": 3}'])
def test_settings_that_make_no_sense_take_their_usual_values(tmp_path, words):
    file = tmp_path / "settings.json"
    file.write_text(words)
    assert load_settings(file) == Settings()
