"""The replay in the window, driven through SDL's dummy driver: from title, menu and closing pages, through its days."""

import itertools

import pygame
import pytest

from sim.game.campaign import Campaign
from sim.game.maps import basemap
from sim.game.play.session import Session
from sim.game.saves import player_saves
from sim.game.saves.replay_session import ReplaySession, watch
from sim.ui.campaign.campaign_screen import CampaignScreen
from sim.ui.campaign.replay_screen import ReplayScreen
from sim.ui.look import theme
from sim.ui.panels.attack import AttackPanel
from sim.ui.panels.order_bar import OrderBar
from sim.ui.panels.replay_bar import STEPS, WORDS, ReplayBar
from sim.ui.panels.replay_playback import SPEEDS, ReplayPlayback
from sim.ui.panels.replay_tracks import Tracks
from sim.ui.panels.saving import Saving
from sim.ui.panels.turn_end import TurnEnd
from sim.ui.player import intents
from sim.ui.screens.ending import EndingScreen
from sim.ui.screens.menu import ENTRIES, MenuScreen
from sim.ui.screens.notice import NoticeScreen
from sim.ui.screens.play_on import PlayOnScreen
from sim.ui.screens.saves import ReplaysScreen
from sim.ui.screens.situation import SituationScreen
from sim.ui.screens.title import TitleScreen
from sim.ui.startup import main_loop, start_game, start_replay
from sim.ui.startup.navigation import new_stage
from sim.ui.window.commands import BY_NAME, COMMANDS, REPLAY, bindings
from sim.ui.window.navigator import GameOptions
from sim.ui.window.settings import Settings
from tests.support.windows import SIZE, frames, opened_window

DAYS = 4
MARCHES, GOAL = "jap_39d", "h100114"  # a unit on a long march, and where it goes


@pytest.fixture(scope="module")
def window():
    yield opened_window()
    pygame.quit()


@pytest.fixture(scope="module")
def game() -> Session:
    """Return a game of August 1945 under fog, led by the Japanese side, with four days behind it."""
    session = Session(Campaign.start("august_storm", seed=2), ("japan",))
    for _ in range(DAYS + 1):
        session.advance()
        session.wait()
        marches = session.campaign.unit(MARCHES)
        session.plot(marches, session.campaign.names.hex_of(GOAL))
    assert session.standing.get(MARCHES) is not None
    return session


@pytest.fixture(scope="module")
def ground(game):
    return basemap.prepare(game.campaign.world, "august_storm")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("AUGUST_STORM_HOME", str(tmp_path))


@pytest.fixture
def screen(window, game, ground):
    """Return the replay of the game above nothing."""
    return shown(watch(game), ground)


def shown(session: ReplaySession, ground, size=SIZE, scale: float = 1.0) -> ReplayScreen:
    stage = new_stage(Settings(size_px=size, scale=scale, turn_warning=False), size)
    stage.push(TitleScreen(GameOptions()))
    return start_replay.show(stage, session, ground)


def give(screen, name: str) -> None:
    screen.carry_out(intents.GiveCommand(name))


def settle(screen) -> None:
    """Let a day that was asked for be shown."""
    screen.session.wait()
    screen.stage.update(0.02)


def press(stage, key, mod=0) -> None:
    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        main_loop.take(stage, pygame.event.Event(kind, key=key, mod=mod))
    for event in pygame.event.get():
        main_loop.take(stage, event)


def click(screen, at, button=1) -> None:
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        main_loop.take(screen.stage, pygame.event.Event(kind, pos=at, button=button))


def moved(to):
    """Return the event of the pointer moving."""
    return pygame.event.Event(pygame.MOUSEMOTION, pos=to, rel=(0, 0), buttons=(1, 0, 0))


# --- days


def test_keys_go_through_the_days(screen) -> None:
    for key, mod, day in (
        (pygame.K_PERIOD, 0, 1),
        (pygame.K_RETURN, 0, 2),
        (pygame.K_COMMA, 0, 1),
        (pygame.K_PERIOD, pygame.KMOD_SHIFT, DAYS),
        (pygame.K_COMMA, pygame.KMOD_SHIFT, 0),
    ):
        press(screen.stage, key, mod)
        settle(screen)
        assert screen.session.day == day


def test_a_click_on_the_days_goes_there_and_a_drag_goes_along(screen) -> None:
    bar = screen.part(ReplayBar)
    at = (bar.x_of(3), bar.slider().centery)
    click(screen, at)
    settle(screen)
    assert screen.session.day == 3
    main_loop.take(screen.stage, pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    main_loop.take(
        screen.stage, pygame.event.Event(pygame.MOUSEMOTION, pos=(bar.x_of(1), 400), rel=(0, 0), buttons=(1, 0, 0))
    )
    settle(screen)
    assert screen.session.day == 1
    main_loop.take(screen.stage, pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(0, 400), button=1))
    main_loop.take(
        screen.stage, pygame.event.Event(pygame.MOUSEMOTION, pos=(bar.x_of(4), 400), rel=(0, 0), buttons=(0, 0, 0))
    )
    settle(screen)
    assert screen.session.day == 1


def test_every_day_has_its_own_place_on_the_slider(screen) -> None:
    bar = screen.part(ReplayBar)
    assert [bar.day_at(bar.x_of(day)) for day in range(DAYS + 1)] == list(range(DAYS + 1))
    assert (bar.day_at(-100), bar.day_at(9999)) == (0, DAYS)


def test_playing_goes_from_day_to_day_and_stops_at_the_end(screen) -> None:
    bar, now = screen.part(ReplayBar), [0.0]
    bar.clock = lambda: now[0]
    while screen.part(ReplayPlayback).speed != "at once":
        give(screen, "replay_speed")
    press(screen.stage, pygame.K_SPACE)
    assert bar.playing
    days = [screen.session.day]
    for _ in range(40):
        now[0] += 100
        settle(screen)
        days.append(screen.session.day)
    assert sorted(set(days)) == list(range(DAYS + 1))
    assert days == sorted(days)
    assert not bar.playing


def test_playing_on_the_last_evening_begins_anew(screen) -> None:
    give(screen, "replay_last")
    settle(screen)
    give(screen, "pause")
    settle(screen)
    assert screen.session.day == 0
    assert screen.part(ReplayBar).playing


def test_it_pauses_and_waits_while_something_lies_over_it(screen) -> None:
    bar, now = screen.part(ReplayBar), [0.0]
    bar.clock = lambda: now[0]
    give(screen, "pause")
    give(screen, "menu")
    for _ in range(30):
        now[0] += 500
        settle(screen)
    assert (screen.session.day, bar.playing) == (0, True)
    screen.stage.pop()
    give(screen, "pause")
    for _ in range(30):
        now[0] += 500
        settle(screen)
    assert (screen.session.day, bar.playing) == (0, False)


# --- how a day came


def test_a_day_come_to_is_played_back_and_a_day_jumped_to_is_not(screen) -> None:
    part = screen.part(ReplayPlayback)
    give(screen, "replay_forward")
    settle(screen)
    assert part.queue
    assert {highlight.sentence for highlight in part.queue} <= {
        words for words, _ in screen.session.told(screen.session.day_began_at)
    }
    press(screen.stage, pygame.K_ESCAPE)
    assert part.queue == []
    give(screen, "replay_last")
    settle(screen)
    assert part.queue == []


def test_pause_holds_what_is_played_back(screen) -> None:
    part, bar, now = screen.part(ReplayPlayback), screen.part(ReplayBar), [0.0]
    part.clock = bar.clock = lambda: now[0]
    give(screen, "pause")
    for _ in range(12):
        now[0] += 100
        settle(screen)
    assert part.shown is not None
    give(screen, "pause")
    held = len(part.queue)
    for _ in range(60):
        now[0] += 100
        settle(screen)
    assert len(part.queue) == held
    give(screen, "pause")
    for _ in range(60):
        now[0] += 100
        settle(screen)
    assert len(part.queue) < held


def test_marches_of_the_day_are_drawn_as_far_as_they_are_known(screen, window) -> None:
    tracks = screen.part(Tracks)
    assert tracks.ways() == []
    for _ in range(3):  # surprise keeps it for two days
        give(screen, "replay_forward")
        settle(screen)
    names, world = screen.session.campaign.names, screen.session.world
    unit = names.units.index(MARCHES)
    before = int(screen.session.hexes_before()[unit])
    assert (1, before, int(world.units["hex"][unit])) in tracks.ways()
    own = len(tracks.ways())
    screen.part(ReplayBar).look_as(None)
    assert len(tracks.ways()) > own
    screen.stage.draw(window)
    give(screen, "replay_moves")
    assert not tracks.is_shown


# --- whose eyes


def test_other_eyes_are_asked_for_first_where_fog_hides_something(screen) -> None:
    assert screen.session.viewer == "japan"
    press(screen.stage, pygame.K_q)
    assert isinstance(screen.stage.top, NoticeScreen)
    assert screen.session.viewer == "japan"
    press(screen.stage, pygame.K_ESCAPE)
    assert screen.stage.top is screen
    press(screen.stage, pygame.K_q)
    press(screen.stage, pygame.K_RETURN)
    assert (screen.stage.top, screen.session.viewer) == (screen, None)
    seen = []
    for _ in range(3):
        press(screen.stage, pygame.K_q)
        seen.append(screen.session.viewer)
    assert seen == ["soviet", "japan", None]


def test_the_map_shows_what_the_eyes_see(screen, window) -> None:
    give(screen, "replay_last")
    settle(screen)
    shown_to = {}
    for side in ("soviet", "japan", None):
        screen.part(ReplayBar).look_as(side)
        screen.stage.update(0.02)
        screen.stage.draw(window)
        shown_to[side] = len({unit for piece in screen.view.shown(screen.camera, -1) for unit in piece.units})
    assert shown_to[None] > max(shown_to["soviet"], shown_to["japan"])


def test_the_order_of_battle_lists_only_whom_the_eyes_see(screen) -> None:
    from sim.ui.panels.order_of_battle import OrderOfBattle

    tree = screen.part(OrderOfBattle)
    give(screen, "order_of_battle")
    assert len([node for node in tree.roster.nodes if node.depth == 0]) == 1
    screen.part(ReplayBar).look_as(None)
    assert len([node for node in tree.roster.nodes if node.depth == 0]) == 2


# --- nothing can be ordered


def test_nothing_can_be_ordered(screen) -> None:
    give(screen, "replay_forward")
    settle(screen)
    order_log = screen.session.campaign.order_log
    unit = screen.session.campaign.unit(MARCHES)
    screen.selection.choose(unit)
    assert (screen.selection.march, screen.selection.targets) == (None, frozenset())
    assert not any(isinstance(part, OrderBar | AttackPanel | Saving | TurnEnd) for part in screen.parts)
    hex = int(screen.session.world.units["hex"][unit])
    screen.carry_out(intents.Send(hex + 1))
    screen.carry_out(intents.MoveTo(hex + 1))
    for command in COMMANDS:
        if command.group == "Orders":
            give(screen, command.name)
    settle(screen)
    assert screen.session.campaign.order_log == order_log
    assert int(screen.session.world.units["hex"][unit]) == hex


def test_what_is_chosen_stays_chosen_from_day_to_day(screen) -> None:
    unit = screen.session.campaign.unit(MARCHES)
    screen.selection.choose(unit)
    for _ in range(3):
        give(screen, "replay_forward")
        settle(screen)
        assert screen.selection.chosen == unit


def test_layers_panels_and_the_report_can_be_used(screen, window) -> None:
    give(screen, "replay_last")
    settle(screen)
    for command in COMMANDS:
        if command.group == "Layers":
            give(screen, command.name)
    give(screen, "order_of_battle")
    for _ in range(12):
        screen.stage.update(0.02)
        screen.stage.draw(window)
    give(screen, "report")
    assert isinstance(screen.stage.top, SituationScreen)
    assert "12 August" in screen.stage.top.reporter.heading
    screen.stage.draw(window)


def test_a_line_of_the_log_leads_to_its_place(screen, window) -> None:
    from sim.ui.panels.log import LogPanel

    give(screen, "replay_last")
    settle(screen)
    press(screen.stage, pygame.K_ESCAPE)
    screen.stage.draw(window)
    log = screen.part(LogPanel)
    row, line = next(link for link in log._column.links if link[1].hex >= 0)
    log._scroll = max(row.top - 10, 0)
    screen.stage.draw(window)
    at = (log.box.left + row.left + 20, log.box.top + row.centery - log._scroll)
    click(screen, at)
    assert screen.camera.shows(screen.camera.centre_of(line.hex))
    assert screen.selection.hovered == line.hex


def test_a_day_that_comes_out_differently_is_told(screen, monkeypatch) -> None:
    monkeypatch.setattr("sim.game.saves.replay.carry_out", lambda campaign, entry: campaign.note(entry))
    give(screen, "replay_forward")
    while screen.session.is_busy:
        screen.stage.update(0.02)
    assert isinstance(screen.stage.top, NoticeScreen)
    assert "day 1, 9 August 1945, turns out differently" in screen.stage.top.words


# --- ways in and out


def test_the_title_lists_replays_and_return_watches_the_first(window, game, home) -> None:
    player_saves.save_session(game, player_saves.path_for("mine"))
    player_saves.save_session(Session(Campaign.start(game.campaign.scenario), ()), player_saves.path_for("no day yet"))
    stage = new_stage(Settings(size_px=SIZE), SIZE)
    title = TitleScreen(GameOptions())
    stage.push(title)
    replay = next(button for button in title._actions if button.text == "Replay")
    title._actions[replay]()
    assert isinstance(stage.top, ReplaysScreen)
    assert [(info.name, info.days) for info in stage.top.saves] == [("mine", DAYS)]
    assert "4 days" in stage.top.facts(stage.top.saves[0])
    stage.draw(window)
    press(stage, pygame.K_DOWN)  # to the list, from where Return does what it does from anywhere
    press(stage, pygame.K_RETURN)
    frames(stage, window, lambda: isinstance(stage.top, ReplayScreen))
    assert stage.top.session.viewer == "japan"
    press(stage, pygame.K_q, pygame.KMOD_SHIFT)
    assert isinstance(stage.top, ReplaysScreen)


def test_the_menu_of_a_game_shows_what_happened_so_far_and_leads_back(window, game, ground, home) -> None:
    stage = new_stage(Settings(size_px=SIZE, autosave="never"), SIZE)
    screen = start_game.show(stage, start_game.Game(game, ground))
    order_log, world = game.campaign.order_log, game.campaign.world
    give(screen, "menu")
    next(entry for entry in ENTRIES if entry.words == "Watch").action(stage.top, screen)
    frames(stage, window, lambda: isinstance(stage.top, ReplayScreen))
    replay = stage.top
    give(replay, "replay_last")
    frames(stage, window, lambda: replay.session.day == DAYS)
    give(replay, "replay_play_on")
    assert stage.top.game is screen
    stage.pop()
    give(replay, "menu")
    assert isinstance(stage.top, MenuScreen)
    next(entry for entry in stage.top.entries if entry.words == "Leave the replay").action(stage.top, replay)
    assert stage.top is screen
    assert (game.campaign.order_log, game.campaign.world) == (order_log, world)
    assert game.side_to_move == "japan"


def test_a_game_without_a_day_has_nothing_to_watch(window, game, ground) -> None:
    stage = new_stage(Settings(size_px=SIZE, autosave="never"), SIZE)
    session = Session(game.campaign.afresh(), ("soviet",))
    screen = start_game.show(stage, start_game.Game(session, ground))
    session.wait()
    screen.update()
    give(screen, "menu")
    next(entry for entry in ENTRIES if entry.words == "Watch").action(stage.top, screen)
    assert isinstance(stage.top, NoticeScreen)
    assert stage.top.words == "No day has been played yet."


def test_the_closing_pages_save_the_replay_and_watch_it(window, ground, game, home) -> None:
    session = Session(game.campaign.afresh(), ())
    while not session.campaign.is_over:
        session.advance()
        session.wait()
    stage = new_stage(Settings(size_px=SIZE, autosave="never"), SIZE)
    ending = EndingScreen(session)
    stage.push(ending)
    words = {button.text: action for button, action in ending._actions.items()}
    for name in ("The end 2 September", "The end 2 September 2"):
        words["Save the replay"]()
        assert name in stage.top.words
        stage.pop()
    found, problems = player_saves.list_saves()
    assert not problems
    assert sorted((info.name, info.days, info.is_over) for info in found) == [
        ("The end 2 September", 25, True),
        ("The end 2 September 2", 25, True),
    ]
    words["Watch the replay"]()
    frames(stage, window, lambda: isinstance(stage.top, ReplayScreen))
    assert (stage.top.session.viewer, stage.top.session.last) == (None, 25)


def test_playing_on_opens_a_game_from_that_evening(screen, window, home) -> None:
    give(screen, "replay_forward")
    give(screen, "replay_forward")
    settle(screen)
    stage = screen.stage
    press(stage, pygame.K_p, pygame.KMOD_SHIFT)
    assert isinstance(stage.top, PlayOnScreen)
    assert stage.top.sides == ("japan",)
    stage.draw(window)
    press(stage, pygame.K_RETURN)
    frames(stage, window, lambda: isinstance(stage.top, CampaignScreen) and not isinstance(stage.top, ReplayScreen))
    new = stage.top.session
    new.wait()
    stage.update(0.02)
    assert (new.campaign.turn, new.side_to_move, len(stage.screens)) == (3, "japan", 1)
    assert new.campaign.order_log.digests == screen.session.replay.order_log.digests[:2]
    assert new.standing.get(MARCHES) is not None
    assert stage.top.part(Saving)


def test_no_replay_keeps_a_game_by_itself(screen, home) -> None:
    give(screen, "replay_forward")
    settle(screen)
    screen.stage.quit()
    assert player_saves.list_saves() == ([], [])


# --- the bar


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800), (1920, 1080), (2560, 1440)])
@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.0])
def test_the_bar_fits_every_window_and_scale(window, game, ground, size, scale) -> None:
    theme.use_scale(scale)
    try:
        screen = shown(watch(game), ground, size, scale)
        bar = screen.part(ReplayBar)
        whole = pygame.Rect(0, bar.top, size[0], bar.height)
        boxes = [*(button.box for button in bar.buttons()), bar.slider()]
        assert all(whole.contains(box) for box in boxes)
        assert not any(one.colliderect(other) for one, other in itertools.combinations(boxes, 2))
        for button in bar.buttons():
            assert theme.font(theme.px(14), "Bold").size(button.words)[0] <= button.box.width
        assert bar.slider().width >= 100
        assert screen.map_top == whole.bottom < size[1] / 2
        target = pygame.Surface(size)
        give(screen, "replay_last")
        settle(screen)
        screen.stage.draw(target)
    finally:
        theme.use_scale(1.0)


def test_everything_in_the_bar_has_a_key_and_a_tooltip(screen) -> None:
    names = {command.name for command in COMMANDS if command.group == REPLAY} | {"pause"}
    assert set(STEPS) | set(WORDS) == names
    bound = set(bindings({}).values())
    for button in screen.part(ReplayBar).buttons():
        assert button.command in bound
        assert BY_NAME[button.command].hint in button.hint


def test_buttons_do_what_they_say(screen) -> None:
    bar = screen.part(ReplayBar)
    for name, day in (("replay_last", DAYS), ("replay_back", DAYS - 1), ("replay_first", 0), ("replay_forward", 1)):
        click(screen, next(button.box.center for button in bar.buttons() if button.command == name))
        settle(screen)
        assert screen.session.day == day
    speeds = []
    for _ in SPEEDS:
        click(screen, next(button.box.center for button in bar.buttons() if button.command == "replay_speed"))
        speeds.append(screen.part(ReplayPlayback).speed)
    assert sorted(speeds) == sorted(SPEEDS)
