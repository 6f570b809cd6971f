"""The playback of the other side's turn, driven through SDL's dummy driver."""

import pygame
import pytest

from sim.ui.map.stacks import HIDDEN
from sim.ui.panels.playback import EACH_MS, Playback
from sim.ui.player import intents
from sim.ui.screens.hand_over import HandOverScreen
from sim.ui.screens.situation import SituationScreen
from sim.ui.startup import main_loop
from tests.support.windows import opened


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


def test_the_morning_report_waits_for_its_end(played):
    screen, part, now = played
    part.queue = []
    screen.end_turn()
    screen.session.wait()
    screen.stage.update(0.0)
    assert part.queue
    pass_time(screen, now, 600)  # frames enough for the report to be ready
    assert screen.stage.top is screen
    pass_time(screen, now, (len(part.queue) + 1) * EACH_MS["normal"] + 2000)
    assert part.queue == []
    assert isinstance(screen.stage.top, SituationScreen)


def test_a_click_ends_it_and_does_nothing_else(played):
    screen, part, _ = played
    camera = screen.camera
    assert part.shown is not None
    main_loop.take(screen.stage, pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(640, 400), button=1))
    assert part.shown is None
    assert screen.selection.chosen == -1
    assert screen.camera == camera


def test_it_waits_while_something_lies_over_the_map(played):
    screen, part, now = played
    first = part.shown
    screen.carry_out(intents.GiveCommand("menu"))
    pass_time(screen, now, 5000)
    assert part.shown is first


def test_nothing_is_played_back_at_once(window):
    screen = opened(("japan",))
    part = screen.part(Playback)
    screen.stage.settings = screen.stage.settings.with_(animation="at once")
    part._seen = (-1, None)
    part.update()
    assert part.queue == []


# --- hot seat


@pytest.fixture
def handed_over(window):
    """Hot seat: the Soviet side has attacked and handed over; the map is covered."""
    screen = opened(("soviet", "japan"))
    screen.stage.settings = screen.stage.settings.with_(morning_report=False, autosave="never")
    screen.stage.update(0.0)
    selection = screen.selection
    for row in range(len(screen.session.world.units)):
        selection.choose(row)
        if selection.targets:
            break
    attacked = min(selection.targets)
    selection.aim(attacked)
    selection.strike()
    screen.end_turn()
    screen.session.wait()
    screen.stage.update(0.0)
    return screen, attacked


def test_hot_seat_shows_the_other_players_turn_once_the_cover_is_lifted(handed_over):
    screen, attacked = handed_over
    part, now = screen.part(Playback), [0.0]
    part.clock = lambda: now[0]
    assert isinstance(screen.stage.top, HandOverScreen)
    assert part.shown is None
    screen.stage.pop()
    screen.stage.update(0.0)
    assert part.shown is not None
    assert attacked in [one.hex for one in part.queue]
    assert screen.session.viewer == "japan"


def test_hot_seat_plays_back_only_what_the_side_knows(handed_over):
    screen, _ = handed_over
    session = screen.session
    known = {sentence for sentence, _ in session.told(session.day_began_at)}
    assert {one.sentence for one in screen.part(Playback).queue} <= known


def test_hot_seat_logs_what_happened_since_the_sides_own_last_turn(handed_over):
    screen, attacked = handed_over
    assert attacked in [hex for _, hex in screen.session.told(screen.session.day_began_at)]


def test_nothing_of_what_the_other_player_saw_is_drawn_once_the_cover_is_lifted(handed_over, window):
    screen, _ = handed_over
    while screen.stage.top is not screen:
        screen.stage.pop()
    screen.update()
    hidden = {unit for unit, level in screen.view.knowledge.levels.items() if level == HIDDEN}
    drawn, _ = screen.view._shown_in_time(screen.camera, -1)
    assert drawn
    assert not hidden & {unit for piece in drawn for unit in piece.units}
    assert drawn == screen.view.shown(screen.camera, -1)


def test_a_new_situation_is_drawn_within_a_few_frames(played, window):
    screen, part, _ = played
    part.queue = []
    screen.session.undo()
    screen.session.version += 1
    for _ in range(5):
        screen.update()
        screen.draw(window)
    assert screen.view._shown_in_time(screen.camera, -1) == (screen.view.shown(screen.camera, -1), False)
