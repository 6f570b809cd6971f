"""The window: opening it, loading behind a progress line, and the loop of frames."""

import threading
from dataclasses import dataclass
from pathlib import Path

import pygame

from sim.errors import SimError
from sim.game import basemap
from sim.game.campaign import Campaign
from sim.game.session import Session, prepare
from sim.ui import theme, topbar
from sim.ui.mapview import MapView
from sim.ui.screen import CampaignScreen

SIZE = (1280, 800)
FRAMES_A_SECOND = 60
LEAST_SIZE = (640, 400)


class NoDisplayError(SimError):
    """There is no display to open a window on."""


@dataclass(frozen=True)
class PlayOptions:
    """What was asked for on the command line."""

    scenario: str
    mods: tuple[str, ...] = ()
    sides: tuple[str, ...] = ("soviet",)
    seed: int = 1945
    size: tuple[int, int] = SIZE


class Loading:
    """Loads a campaign in a thread of its own and says how far it is."""

    def __init__(self, options: PlayOptions) -> None:
        self.options = options
        self.words = "reading the scenario"
        self.session: Session | None = None
        self.ground: Path | None = None
        self.failure: BaseException | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            options = self.options
            campaign = Campaign.start(options.scenario, options.mods, options.seed)
            self._say("painting the map")
            self.ground = basemap.prepare(campaign.world, campaign.scenario.id)
            prepare(campaign, self._say)
            self.session = Session(campaign, options.sides)
        except BaseException as error:  # shown by the thread that draws
            self.failure = error

    def _say(self, words: str) -> None:
        self.words = words


def open_window(size: tuple[int, int]) -> pygame.Surface:
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
        surface = pygame.display.set_mode(size, pygame.RESIZABLE)
    except pygame.error as error:
        raise NoDisplayError(str(error)) from None
    pygame.display.set_caption("August Storm")
    pygame.key.set_repeat(300, 60)
    return surface


def play(options: PlayOptions) -> None:
    """Open the window and play until it is closed."""
    window = open_window(options.size)
    try:
        screen = _load(window, options)
        if screen is not None:
            _loop(window, screen)
    finally:
        pygame.quit()


def start_screen(session: Session, ground: Path, size: tuple[int, int]) -> CampaignScreen:
    """Return the campaign screen of a session at its first orders."""
    screen = CampaignScreen(session, MapView(session, ground), size)
    session.advance()
    return screen


def _load(window: pygame.Surface, options: PlayOptions) -> CampaignScreen | None:
    loading, clock = Loading(options), pygame.time.Clock()
    while loading.thread.is_alive():
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                return None
        _draw_loading(pygame.display.get_surface() or window, loading)
        pygame.display.flip()
        clock.tick(30)
    if loading.failure is not None:
        raise loading.failure
    if loading.session is None or loading.ground is None:
        return None
    return start_screen(loading.session, loading.ground, (pygame.display.get_surface() or window).get_size())


def _draw_loading(window: pygame.Surface, loading: Loading) -> None:
    window.fill(theme.BAR)
    x, y = window.get_rect().center
    title = theme.text("August Storm", 44, theme.BAR_TEXT, "Bold")
    window.blit(title, title.get_rect(center=(x, y - 60)))
    below = theme.text("Manchuria, August 1945", 18, (176, 168, 154), "Italic")
    window.blit(below, below.get_rect(center=(x, y - 20)))
    words = theme.text(f"{loading.words} …", 15, theme.BAR_TEXT)
    window.blit(words, words.get_rect(center=(x, y + 50)))
    if pygame.time.get_ticks() > 12_000:
        once = theme.text("The engine is being compiled for this machine: once, a minute or two.", 14, (176, 168, 154))
        window.blit(once, once.get_rect(center=(x, y + 80)))
    at = pygame.time.get_ticks() // 4 % 300
    pygame.draw.line(window, (74, 70, 68), (x - 150, y + 24), (x + 150, y + 24), 3)
    pygame.draw.line(window, theme.ACCENT, (x - 150 + max(at - 60, 0), y + 24), (x - 150 + at, y + 24), 3)


def _loop(window: pygame.Surface, screen: CampaignScreen) -> None:
    clock = pygame.time.Clock()
    while True:
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                return
            if event.type == pygame.VIDEORESIZE:
                screen.resize((max(event.w, LEAST_SIZE[0]), max(event.h, LEAST_SIZE[1])))
            elif event.type == pygame.KEYDOWN and event.key == pygame.K_F11:
                pygame.display.toggle_fullscreen()
            else:
                screen.handle(event, pygame.time.get_ticks())
        screen.update()
        window = pygame.display.get_surface() or window
        if window.get_size() != screen.size:
            screen.resize(window.get_size())
        screen.draw(window)
        pygame.display.flip()
        if screen.view.finished:
            screen.view.rest(screen.camera, screen.chosen, 5.0)
        clock.tick(FRAMES_A_SECOND)


__all__ = ["LEAST_SIZE", "NoDisplayError", "PlayOptions", "open_window", "play", "start_screen", "topbar"]
