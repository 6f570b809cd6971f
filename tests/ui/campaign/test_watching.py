"""Watching the computer play both sides: paced, with playback, pause and single days."""

import pygame
import pytest

from sim.ui.panels.playback import STAY_MS, Playback
from sim.ui.player import intents
from tests.support.windows import opened

pytestmark = pytest.mark.window


@pytest.fixture
def watched(window):
    """Return a watched campaign on its first evening, its playback, and the time that it goes by."""
    screen = opened(())
    part = screen.part(Playback)
    now = [part.clock()]
    part.clock = lambda: now[0]
    while screen.stage.top is not screen:
        screen.stage.pop()
    screen.session.wait()
    screen.update()
    return screen, part, now


def pass_time(screen, now, ms):
    for _ in range(ms // 50):
        now[0] += 50
        screen.stage.update(0.05)
        screen.session.wait()


def days(screen):
    return screen.session.campaign.turns_played


def test_a_day_is_played_back_before_the_next_one_comes(watched):
    screen, part, now = watched
    assert days(screen) == 1
    assert part.queue
    shown = len(part.queue)
    pass_time(screen, now, 900)
    assert (days(screen), len(part.queue)) == (1, shown)
    while part.queue:
        pass_time(screen, now, 100)
    assert days(screen) == 1  # the evening stands for a while
    pass_time(screen, now, STAY_MS["normal"] + 200)
    assert days(screen) == 2


def test_any_key_skips_the_playback(watched):
    screen, part, _ = watched
    screen.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_x, mod=0, unicode="x"), 0)
    assert part.queue == []


def test_a_pause_holds_the_evening_and_a_single_day_can_be_played(watched):
    screen, part, now = watched
    part.queue = []
    screen.carry_out(intents.GiveCommand("pause"))
    pass_time(screen, now, 5000)
    assert days(screen) == 1
    screen.carry_out(intents.GiveCommand("end_turn"))
    screen.session.wait()
    pass_time(screen, now, 5000)
    assert days(screen) == 2
    screen.carry_out(intents.GiveCommand("pause"))
    part.queue = []
    pass_time(screen, now, STAY_MS["normal"] + 200)
    assert days(screen) == 3


def test_without_playback_days_still_follow_at_a_pace(watched):
    screen, part, now = watched
    screen.stage.settings = screen.stage.settings.with_(animation="at once")
    part.queue = []
    pass_time(screen, now, 1000)
    assert 2 <= days(screen) <= 1 + 1000 // STAY_MS["at once"]
