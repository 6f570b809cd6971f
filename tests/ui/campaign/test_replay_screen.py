"""The replay in the window, driven through SDL's dummy driver: from title, menu and closing pages, through its days."""

import itertools

import pygame
import pytest

from sim.game.saves.replay_session import watch
from sim.ui.look import theme
from sim.ui.panels.attack import AttackPanel
from sim.ui.panels.order_bar import OrderBar
from sim.ui.panels.replay_bar import STEPS, WORDS, ReplayBar
from sim.ui.panels.replay_playback import SPEEDS, ReplayPlayback
from sim.ui.panels.replay_tracks import Tracks
from sim.ui.panels.saving import Saving
from sim.ui.panels.turn_end import TurnEnd
from sim.ui.player import intents
from sim.ui.screens.notice import NoticeScreen
from sim.ui.screens.situation import SituationScreen
from sim.ui.startup import main_loop
from sim.ui.window.commands import BY_NAME, COMMANDS, REPLAY, bindings
from tests.support.replays import DAYS, MARCHES, click, give, press, settle, shown

# --- days


def test_keys_go_through_the_days(replay_screen) -> None:
    for key, mod, day in (
        (pygame.K_PERIOD, 0, 1),
        (pygame.K_RETURN, 0, 2),
        (pygame.K_COMMA, 0, 1),
        (pygame.K_PERIOD, pygame.KMOD_SHIFT, DAYS),
        (pygame.K_COMMA, pygame.KMOD_SHIFT, 0),
    ):
        press(replay_screen.stage, key, mod)
        settle(replay_screen)
        assert replay_screen.session.day == day


def test_a_click_on_the_days_goes_there_and_a_drag_goes_along(replay_screen) -> None:
    bar = replay_screen.part(ReplayBar)
    at = (bar.x_of(3), bar.slider().centery)
    click(replay_screen, at)
    settle(replay_screen)
    assert replay_screen.session.day == 3
    main_loop.take(replay_screen.stage, pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    main_loop.take(
        replay_screen.stage,
        pygame.event.Event(pygame.MOUSEMOTION, pos=(bar.x_of(1), 400), rel=(0, 0), buttons=(1, 0, 0)),
    )
    settle(replay_screen)
    assert replay_screen.session.day == 1
    main_loop.take(replay_screen.stage, pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(0, 400), button=1))
    main_loop.take(
        replay_screen.stage,
        pygame.event.Event(pygame.MOUSEMOTION, pos=(bar.x_of(4), 400), rel=(0, 0), buttons=(0, 0, 0)),
    )
    settle(replay_screen)
    assert replay_screen.session.day == 1


def test_every_day_has_its_own_place_on_the_slider(replay_screen) -> None:
    bar = replay_screen.part(ReplayBar)
    assert [bar.day_at(bar.x_of(day)) for day in range(DAYS + 1)] == list(range(DAYS + 1))
    assert (bar.day_at(-100), bar.day_at(9999)) == (0, DAYS)


def test_playing_goes_from_day_to_day_and_stops_at_the_end(replay_screen) -> None:
    bar, now = replay_screen.part(ReplayBar), [0.0]
    bar.clock = lambda: now[0]
    while replay_screen.part(ReplayPlayback).speed != "at once":
        give(replay_screen, "replay_speed")
    press(replay_screen.stage, pygame.K_SPACE)
    assert bar.playing
    days = [replay_screen.session.day]
    for _ in range(40):
        now[0] += 100
        settle(replay_screen)
        days.append(replay_screen.session.day)
    assert sorted(set(days)) == list(range(DAYS + 1))
    assert days == sorted(days)
    assert not bar.playing


def test_playing_on_the_last_evening_begins_anew(replay_screen) -> None:
    give(replay_screen, "replay_last")
    settle(replay_screen)
    give(replay_screen, "pause")
    settle(replay_screen)
    assert replay_screen.session.day == 0
    assert replay_screen.part(ReplayBar).playing


def test_it_pauses_and_waits_while_something_lies_over_it(replay_screen) -> None:
    bar, now = replay_screen.part(ReplayBar), [0.0]
    bar.clock = lambda: now[0]
    give(replay_screen, "pause")
    give(replay_screen, "menu")
    for _ in range(30):
        now[0] += 500
        settle(replay_screen)
    assert (replay_screen.session.day, bar.playing) == (0, True)
    replay_screen.stage.pop()
    give(replay_screen, "pause")
    for _ in range(30):
        now[0] += 500
        settle(replay_screen)
    assert (replay_screen.session.day, bar.playing) == (0, False)


# --- how a day came


def test_a_day_come_to_is_played_back_and_a_day_jumped_to_is_not(replay_screen) -> None:
    part = replay_screen.part(ReplayPlayback)
    give(replay_screen, "replay_forward")
    settle(replay_screen)
    assert part.queue
    assert {highlight.sentence for highlight in part.queue} <= {
        words for words, _ in replay_screen.session.told(replay_screen.session.day_began_at)
    }
    press(replay_screen.stage, pygame.K_ESCAPE)
    assert part.queue == []
    give(replay_screen, "replay_last")
    settle(replay_screen)
    assert part.queue == []


def test_pause_holds_what_is_played_back(replay_screen) -> None:
    part, bar, now = replay_screen.part(ReplayPlayback), replay_screen.part(ReplayBar), [0.0]
    part.clock = bar.clock = lambda: now[0]
    give(replay_screen, "pause")
    for _ in range(12):
        now[0] += 100
        settle(replay_screen)
    assert part.shown is not None
    give(replay_screen, "pause")
    held = len(part.queue)
    for _ in range(60):
        now[0] += 100
        settle(replay_screen)
    assert len(part.queue) == held
    give(replay_screen, "pause")
    for _ in range(60):
        now[0] += 100
        settle(replay_screen)
    assert len(part.queue) < held


def test_marches_of_the_day_are_drawn_as_far_as_they_are_known(replay_screen, window) -> None:
    tracks = replay_screen.part(Tracks)
    assert tracks.ways() == []
    for _ in range(3):  # surprise keeps it for two days
        give(replay_screen, "replay_forward")
        settle(replay_screen)
    names, world = replay_screen.session.campaign.names, replay_screen.session.world
    unit = names.units.index(MARCHES)
    before = int(replay_screen.session.hexes_before()[unit])
    assert (1, before, int(world.units["hex"][unit])) in tracks.ways()
    own = len(tracks.ways())
    replay_screen.part(ReplayBar).look_as(None)
    assert len(tracks.ways()) > own
    replay_screen.stage.draw(window)
    give(replay_screen, "replay_moves")
    assert not tracks.is_shown


# --- whose eyes


def test_other_eyes_are_asked_for_first_where_fog_hides_something(replay_screen) -> None:
    assert replay_screen.session.viewer == "japan"
    press(replay_screen.stage, pygame.K_q)
    assert isinstance(replay_screen.stage.top, NoticeScreen)
    assert replay_screen.session.viewer == "japan"
    press(replay_screen.stage, pygame.K_ESCAPE)
    assert replay_screen.stage.top is replay_screen
    press(replay_screen.stage, pygame.K_q)
    press(replay_screen.stage, pygame.K_RETURN)
    assert (replay_screen.stage.top, replay_screen.session.viewer) == (replay_screen, None)
    seen = []
    for _ in range(3):
        press(replay_screen.stage, pygame.K_q)
        seen.append(replay_screen.session.viewer)
    assert seen == ["soviet", "japan", None]


def test_the_map_shows_what_the_eyes_see(replay_screen, window) -> None:
    give(replay_screen, "replay_last")
    settle(replay_screen)
    shown_to = {}
    for side in ("soviet", "japan", None):
        replay_screen.part(ReplayBar).look_as(side)
        replay_screen.stage.update(0.02)
        replay_screen.stage.draw(window)
        shown_to[side] = len(
            {unit for piece in replay_screen.view.shown(replay_screen.camera, -1) for unit in piece.units}
        )
    assert shown_to[None] > max(shown_to["soviet"], shown_to["japan"])


def test_the_order_of_battle_lists_only_whom_the_eyes_see(replay_screen) -> None:
    from sim.ui.panels.order_of_battle import OrderOfBattle

    tree = replay_screen.part(OrderOfBattle)
    give(replay_screen, "order_of_battle")
    assert len([node for node in tree.roster.nodes if node.depth == 0]) == 1
    replay_screen.part(ReplayBar).look_as(None)
    assert len([node for node in tree.roster.nodes if node.depth == 0]) == 2


# --- nothing can be ordered


def test_nothing_can_be_ordered(replay_screen) -> None:
    give(replay_screen, "replay_forward")
    settle(replay_screen)
    order_log = replay_screen.session.campaign.order_log
    unit = replay_screen.session.campaign.unit(MARCHES)
    replay_screen.selection.choose(unit)
    assert (replay_screen.selection.march, replay_screen.selection.targets) == (None, frozenset())
    assert not any(isinstance(part, OrderBar | AttackPanel | Saving | TurnEnd) for part in replay_screen.parts)
    hex = int(replay_screen.session.world.units["hex"][unit])
    replay_screen.carry_out(intents.Send(hex + 1))
    replay_screen.carry_out(intents.MoveTo(hex + 1))
    for command in COMMANDS:
        if command.group == "Orders":
            give(replay_screen, command.name)
    settle(replay_screen)
    assert replay_screen.session.campaign.order_log == order_log
    assert int(replay_screen.session.world.units["hex"][unit]) == hex


def test_what_is_chosen_stays_chosen_from_day_to_day(replay_screen) -> None:
    unit = replay_screen.session.campaign.unit(MARCHES)
    replay_screen.selection.choose(unit)
    for _ in range(3):
        give(replay_screen, "replay_forward")
        settle(replay_screen)
        assert replay_screen.selection.chosen == unit


def test_layers_panels_and_the_report_can_be_used(replay_screen, window) -> None:
    give(replay_screen, "replay_last")
    settle(replay_screen)
    for command in COMMANDS:
        if command.group == "Layers":
            give(replay_screen, command.name)
    give(replay_screen, "order_of_battle")
    for _ in range(12):
        replay_screen.stage.update(0.02)
        replay_screen.stage.draw(window)
    give(replay_screen, "report")
    assert isinstance(replay_screen.stage.top, SituationScreen)
    assert "12 August" in replay_screen.stage.top.reporter.heading
    replay_screen.stage.draw(window)


def test_a_line_of_the_log_leads_to_its_place(replay_screen, window) -> None:
    from sim.ui.panels.log import LogPanel

    give(replay_screen, "replay_last")
    settle(replay_screen)
    press(replay_screen.stage, pygame.K_ESCAPE)
    replay_screen.stage.draw(window)
    log = replay_screen.part(LogPanel)
    row, line = next(link for link in log._column.links if link[1].hex >= 0)
    log._scroll = max(row.top - 10, 0)
    replay_screen.stage.draw(window)
    at = (log.box.left + row.left + 20, log.box.top + row.centery - log._scroll)
    click(replay_screen, at)
    assert replay_screen.camera.shows(replay_screen.camera.centre_of(line.hex))
    assert replay_screen.selection.hovered == line.hex


def test_a_day_that_comes_out_differently_is_told(replay_screen, monkeypatch) -> None:
    monkeypatch.setattr("sim.game.saves.replay.carry_out", lambda campaign, entry: campaign.note(entry))
    give(replay_screen, "replay_forward")
    while replay_screen.session.is_busy:
        replay_screen.stage.update(0.02)
    assert isinstance(replay_screen.stage.top, NoticeScreen)
    assert "day 1, 9 August 1945, turns out differently" in replay_screen.stage.top.words


# --- the bar


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800), (1920, 1080), (2560, 1440)])
@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.0])
def test_the_bar_fits_every_window_and_scale(window, game, ground, size, scale) -> None:
    theme.use_scale(scale)
    try:
        replay_screen = shown(watch(game), ground, size, scale)
        bar = replay_screen.part(ReplayBar)
        whole = pygame.Rect(0, bar.top, size[0], bar.height)
        boxes = [*(button.box for button in bar.buttons()), bar.slider()]
        assert all(whole.contains(box) for box in boxes)
        assert not any(one.colliderect(other) for one, other in itertools.combinations(boxes, 2))
        for button in bar.buttons():
            assert theme.font(theme.px(14), "Bold").size(button.words)[0] <= button.box.width
        assert bar.slider().width >= 100
        assert replay_screen.map_top == whole.bottom < size[1] / 2
        target = pygame.Surface(size)
        give(replay_screen, "replay_last")
        settle(replay_screen)
        replay_screen.stage.draw(target)
    finally:
        theme.use_scale(1.0)


def test_everything_in_the_bar_has_a_key_and_a_tooltip(replay_screen) -> None:
    names = {command.name for command in COMMANDS if command.group == REPLAY} | {"pause"}
    assert set(STEPS) | set(WORDS) == names
    bound = set(bindings({}).values())
    for button in replay_screen.part(ReplayBar).buttons():
        assert button.command in bound
        assert BY_NAME[button.command].hint in button.hint


def test_buttons_do_what_they_say(replay_screen) -> None:
    bar = replay_screen.part(ReplayBar)
    for name, day in (("replay_last", DAYS), ("replay_back", DAYS - 1), ("replay_first", 0), ("replay_forward", 1)):
        click(replay_screen, next(button.box.center for button in bar.buttons() if button.command == name))
        settle(replay_screen)
        assert replay_screen.session.day == day
    speeds = []
    for _ in SPEEDS:
        click(replay_screen, next(button.box.center for button in bar.buttons() if button.command == "replay_speed"))
        speeds.append(replay_screen.part(ReplayPlayback).speed)
    assert sorted(speeds) == sorted(SPEEDS)
