"""Ways into a replay and out of it: from the title, the menu of a game and the closing pages, and on in a game."""

import pygame

from sim.game.campaign import Campaign
from sim.game.play.session import Session
from sim.game.saves import player_saves
from sim.ui.campaign.campaign_screen import CampaignScreen
from sim.ui.campaign.replay_screen import ReplayScreen
from sim.ui.panels.saving import Saving
from sim.ui.screens.ending import EndingScreen
from sim.ui.screens.menu import ENTRIES, MenuScreen
from sim.ui.screens.notice import NoticeScreen
from sim.ui.screens.play_on import PlayOnScreen
from sim.ui.screens.saves import ReplaysScreen
from sim.ui.screens.title import TitleScreen
from sim.ui.startup import start_game
from sim.ui.startup.navigation import new_stage
from sim.ui.window.navigator import GameOptions
from sim.ui.window.settings import Settings
from tests.support.replays import DAYS, MARCHES, give, press, settle
from tests.support.windows import SIZE, frames


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
    replay_screen = start_game.show(stage, start_game.Game(game, ground))
    order_log, world = game.campaign.order_log, game.campaign.world
    give(replay_screen, "menu")
    next(entry for entry in ENTRIES if entry.words == "Watch").action(stage.top, replay_screen)
    frames(stage, window, lambda: isinstance(stage.top, ReplayScreen))
    replay = stage.top
    give(replay, "replay_last")
    frames(stage, window, lambda: replay.session.day == DAYS)
    give(replay, "replay_play_on")
    assert stage.top.game is replay_screen
    stage.pop()
    give(replay, "menu")
    assert isinstance(stage.top, MenuScreen)
    next(entry for entry in stage.top.entries if entry.words == "Leave the replay").action(stage.top, replay)
    assert stage.top is replay_screen
    assert (game.campaign.order_log, game.campaign.world) == (order_log, world)
    assert game.side_to_move == "japan"


def test_a_game_without_a_day_has_nothing_to_watch(window, game, ground) -> None:
    stage = new_stage(Settings(size_px=SIZE, autosave="never"), SIZE)
    session = Session(game.campaign.afresh(), ("soviet",))
    replay_screen = start_game.show(stage, start_game.Game(session, ground))
    session.wait()
    replay_screen.update()
    give(replay_screen, "menu")
    next(entry for entry in ENTRIES if entry.words == "Watch").action(stage.top, replay_screen)
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


def test_playing_on_opens_a_game_from_that_evening(replay_screen, window, home) -> None:
    give(replay_screen, "replay_forward")
    give(replay_screen, "replay_forward")
    settle(replay_screen)
    stage = replay_screen.stage
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
    assert new.campaign.order_log.digests == replay_screen.session.replay.order_log.digests[:2]
    assert new.standing.get(MARCHES) is not None
    assert stage.top.part(Saving)


def test_no_replay_keeps_a_game_by_itself(replay_screen, home) -> None:
    give(replay_screen, "replay_forward")
    settle(replay_screen)
    replay_screen.stage.quit()
    assert player_saves.list_saves() == ([], [])
