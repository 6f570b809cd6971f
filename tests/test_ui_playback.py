"""The playback of the other side's turn, driven through SDL's dummy driver."""

import pygame
import pytest

from sim.ui import app
from sim.ui import input as inputs
from sim.ui.playback import EACH_MS, Playback
from tests.windows import opened, opened_window


@pytest.fixture(scope="module")
def window():
    yield opened_window()
    pygame.quit()


@pytest.fixture
def played(window):
    """The screen of the Japanese side after the first Soviet turn, its playback, and the time that it goes by."""
    screen = opened(("japan",))
    part = screen.part(Playback)
    now = [part.clock()]
    part.clock = lambda: now[0]
    while screen.stage.top is not screen:
        screen.stage.pop()
    screen.stage.update(0.0)
    return screen, part, now


def pass_time(screen, now, ms):
    for _ in range(ms // 50):
        now[0] += 50
        screen.stage.update(0.05)


def test_each_place_is_shown_in_turn_with_its_sentence(played, window):
    screen, part, now = played
    first, number = part.shown, len(part.queue)
    assert first is not None
    assert (first.sentence, first.hex) in screen.session.told(screen.session.day_began_at)
    assert screen.camera.shows(screen.camera.centre_of(first.hex))
    screen.stage.draw(window)
    pass_time(screen, now, EACH_MS["normal"] - 100)
    assert part.shown is first
    pass_time(screen, now, 200)
    assert len(part.queue) == number - 1
    pass_time(screen, now, number * EACH_MS["normal"] + 1000)
    assert part.shown is None


def test_a_click_ends_it_and_does_nothing_else(played):
    screen, part, _ = played
    camera = screen.camera
    assert part.shown is not None
    app.take(screen.stage, pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(640, 400), button=1))
    assert part.shown is None
    assert screen.desk.chosen == -1
    assert screen.camera == camera


def test_it_waits_while_something_lies_over_the_map(played):
    screen, part, now = played
    first = part.shown
    screen.carry_out(inputs.Command("menu"))
    pass_time(screen, now, 5000)
    assert part.shown is first


def test_nothing_is_played_back_at_once(window):
    screen = opened(("japan",))
    part = screen.part(Playback)
    screen.stage.settings = screen.stage.settings.with_(animation="at once")
    part._seen = (-1, False)
    part.update()
    assert part.queue == []
