"""The window: opening it, and the loop of frames."""

import os
import time
from pathlib import Path

import pygame

from sim.errors import SimError
from sim.game.saves import kept_games
from sim.game.terms import codes
from sim.ui.look import gui_theme, theme
from sim.ui.look.counter_face import Look
from sim.ui.map.counter_art import counter
from sim.ui.screens.scenario_shelf import SHELF
from sim.ui.screens.title import TitleScreen
from sim.ui.startup import start_game
from sim.ui.startup.crash import recover
from sim.ui.startup.navigation import new_stage
from sim.ui.window import sounds
from sim.ui.window.commands import bindings, command_of
from sim.ui.window.display import show_window
from sim.ui.window.engine import ENGINE
from sim.ui.window.navigator import GameOptions
from sim.ui.window.settings import Settings, load_settings
from sim.ui.window.stage import Stage

FRAMES_A_SECOND = 60
REST_MS = 5.0  # of a frame for what later ones may need
STEADY_S = 2.0  # a second failure so soon after the first ends the program
LONG_MS = 13.0  # after so much of a frame nothing is left for them


class NoDisplayError(SimError):
    """There is no display to open a window on."""


def open_window(settings: Settings) -> pygame.Surface:
    """Open the window.

    Raises
    ------
    NoDisplayError
    """
    if not getattr(pygame, "IS_CE", False):
        raise SimError(
            "error: this is pygame, not pygame-ce; put it right with: "
            "pip uninstall -y pygame && pip install --force-reinstall --no-deps pygame-ce"
        )
    try:
        pygame.display.init()
        pygame.font.init()
        theme.forget_faces()
        gui_theme.forget_themes()
        surface = show_window(settings)
    except pygame.error as error:
        raise NoDisplayError(str(error)) from None
    pygame.display.set_caption("August Storm")
    pygame.display.set_icon(_icon())
    pygame.key.set_repeat(300, 60)
    return surface


def _icon() -> pygame.Surface:
    """Return the picture of the window in task bars: the counter of a tank army."""
    face = counter(Look(codes.NATION_SOVIET, codes.TANK, 52, echelon="XXXX"))
    icon = pygame.Surface((64, 64), pygame.SRCALPHA)
    icon.blit(face, face.get_rect(center=(32, 32)))
    return icon


def play(options: GameOptions, *, at_once: bool, save: Path | None = None) -> None:
    """Open the window and play until it is closed.

    Parameters
    ----------
    options : GameOptions
    at_once : bool
        Begin the game, instead of showing the title first.
    save : Path, optional
        Go on with the game in this file instead.
    """
    settings = load_settings()
    window = open_window(settings)
    try:
        stage = new_stage(settings, window.get_size())
        sounds.use_volume(settings.volume)
        kept_games.tidy_up()
        stage.push(TitleScreen(options))
        ENGINE.start()
        SHELF.start()
        if save is not None:
            start_game.resume(stage, save)
        elif at_once:
            start_game.begin(stage, options)
        loop(stage)
    finally:
        pygame.quit()
    if ENGINE.is_busy or SHELF.is_busy:
        os._exit(0)  # saves are written by now; a thread stopped amid compiled code would abort the process


def loop(stage: Stage) -> None:
    """Run frame after frame until the stage is empty; one that fails ends the game, which is kept, not the program."""
    clock = pygame.time.Clock()
    failed_at = -STEADY_S
    while stage.top is not None:
        try:
            frame(stage, clock.tick(FRAMES_A_SECOND) / 1000)
        except Exception as error:
            now = time.monotonic()
            if now - failed_at < STEADY_S:
                raise  # the title fails, too: nothing is left to fall back on
            failed_at = now
            recover(stage, error)


def frame(stage: Stage, elapsed_s: float) -> None:
    """Run one frame: events, what goes on by itself, drawing, and a little of what later frames may need.

    A frame that was long already prepares little or nothing: those that follow will.
    """
    began = time.perf_counter()
    for event in pygame.event.get():
        take(stage, event)
    stage.update(elapsed_s)
    window = pygame.display.get_surface()
    if stage.top is None or window is None:
        return
    if window.get_size() != stage.size:
        stage.resize(window.get_size())
    stage.draw(window)
    pygame.display.flip()
    left_ms = LONG_MS - (time.perf_counter() - began) * 1000
    if left_ms > 0:
        stage.top.rest(min(left_ms, REST_MS))


def take(stage: Stage, event: pygame.event.Event) -> None:
    """Give one event of the window to the stage."""
    if event.type == pygame.QUIT:
        stage.quit()
    elif event.type == pygame.VIDEORESIZE:
        stage.resize((event.w, event.h))
    elif event.type == pygame.KEYDOWN and command_of(event, bindings(stage.settings.keys)) == "full_screen":
        pygame.display.toggle_fullscreen()
    else:
        stage.handle(event, pygame.time.get_ticks())
