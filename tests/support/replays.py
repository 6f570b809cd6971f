"""A replay in a window that nobody sees, and what a player does with it."""

import pygame

from sim.game.saves.replay_session import ReplaySession
from sim.ui.campaign.replay_screen import ReplayScreen
from sim.ui.player import intents
from sim.ui.screens.title import TitleScreen
from sim.ui.startup import main_loop, start_replay
from sim.ui.startup.navigation import new_stage
from sim.ui.window.navigator import GameOptions
from sim.ui.window.settings import Settings
from tests.support.windows import SIZE

DAYS = 4
MARCHES, GOAL = "jap_39d", "h100114"  # a unit on a long march, and where it goes


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
