"""The stage: one window, a stack of screens, the settings that they share.

Only the uppermost screen gets events; the ones below it are drawn first where the uppermost lets them show through.
"""

import pygame

from sim.ui.look import theme
from sim.ui.window.navigator import Navigator
from sim.ui.window.settings import Settings, save_settings

LEAST_SIZE = (640, 400)
ONCE = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_ESCAPE, pygame.K_SPACE)


class Screen:
    """What fills the window. Screens override what they need.

    Attributes
    ----------
    stage : Stage
        Set when the screen is shown.
    is_overlay : bool
        Whether the screen below shows through.
    """

    stage: "Stage"
    is_overlay = False

    @property
    def is_uppermost(self) -> bool:
        """Return whether no other screen stands above it."""
        return self.stage.top is self

    def enter(self) -> None:
        """Take note that the screen is shown for the first time; ``stage`` and its size are known."""

    def leave(self) -> None:
        """Take note that the screen is gone for good."""

    def back(self) -> None:
        """Take note that the screen above has gone and this one is uppermost again."""

    def resize(self, size: tuple[int, int]) -> None:
        """Fit a window of another size, or other settings."""

    def handle(self, event: pygame.event.Event, now_ms: int) -> None:
        """Take one event of the window."""

    def goes_on(self, held: pygame.event.Event) -> bool:
        """Return whether a key that is held does the same again and again: it scrolls, steps or writes."""
        return held.key not in ONCE

    def update(self, elapsed_s: float) -> None:
        """Go on by the time since the last frame."""

    def draw(self, target: pygame.Surface) -> None:
        """Draw the whole screen."""

    def rest(self, budget_ms: float) -> None:
        """Use what is left of a frame to prepare the next ones."""


class Stage:
    """The stack of screens of one window.

    Parameters
    ----------
    settings : Settings
    size : tuple of int

    Attributes
    ----------
    navigator : Navigator
        Set by whoever opens the window.
    """

    navigator: Navigator

    def __init__(self, settings: Settings, size: tuple[int, int]) -> None:
        self.settings, self.size = settings, size
        self.screens: list[Screen] = []
        self._is_told = False  # that settings cannot be written
        self._held: set[int] = set()  # keys that are down
        theme.use_scale(settings.scale)
        theme.use_palette(settings.palette)

    @property
    def top(self) -> Screen | None:
        """Return the uppermost screen; None once the last has gone."""
        return self.screens[-1] if self.screens else None

    def push(self, screen: Screen) -> None:
        """Show a screen above the others."""
        screen.stage = self
        self.screens.append(screen)
        screen.enter()

    def pop(self) -> None:
        """Take the uppermost screen away."""
        self.screens.pop().leave()
        if self.screens:
            self.screens[-1].back()

    def replace(self, screen: Screen) -> None:
        """Show a screen instead of the uppermost one."""
        if self.screens:
            self.screens.pop().leave()
        self.push(screen)

    def only(self, screen: Screen) -> None:
        """Show a screen instead of all others."""
        while self.screens:
            self.screens.pop().leave()
        self.push(screen)

    def quit(self) -> None:
        """Take every screen away: the window closes."""
        while self.screens:
            self.screens.pop().leave()

    def change(self, settings: Settings) -> str:
        """Take other settings into use and keep them; return why they cannot be kept, once, empty if they are."""
        self.settings = settings
        why = self._keep(settings)
        theme.use_scale(settings.scale)
        theme.use_palette(settings.palette)
        self.resize(self.size)
        return why

    def _keep(self, settings: Settings) -> str:
        try:
            save_settings(settings)
        except OSError as error:
            was_told, self._is_told = self._is_told, True
            return "" if was_told else f"They hold for this session only.\n{error.strerror}: {error.filename}"
        return ""

    def resize(self, size: tuple[int, int]) -> None:
        """Fit every screen to a size of the window."""
        self.size = (max(size[0], LEAST_SIZE[0]), max(size[1], LEAST_SIZE[1]))
        for screen in self.screens:
            screen.resize(self.size)

    def handle(self, event: pygame.event.Event, now_ms: int) -> None:
        """Give an event to the uppermost screen.

        A key that is held is pressed again and again; what it presses goes on only where that is what holding it is
        for, so that one Return cannot answer the question that it has opened.
        """
        if event.type == pygame.KEYUP:
            self._held.discard(event.key)
        elif event.type == pygame.KEYDOWN:
            if event.key in self._held and self.screens and not self.screens[-1].goes_on(event):
                return
            self._held.add(event.key)
        if self.screens:
            self.screens[-1].handle(event, now_ms)

    def update(self, elapsed_s: float) -> None:
        """Let every screen that shows go on."""
        for screen in list(self._shown()):
            screen.update(elapsed_s)

    def draw(self, target: pygame.Surface) -> None:
        """Draw the screens that show, the uppermost last; a window that is too small shows a corner of them."""
        whole = target.get_size() == self.size
        canvas = target if whole else pygame.Surface(self.size)
        for screen in self._shown():
            screen.draw(canvas)
        if not whole:
            target.blit(canvas, (0, 0))

    def _shown(self) -> list[Screen]:
        first = len(self.screens) - 1
        while first > 0 and self.screens[first].is_overlay:
            first -= 1
        return self.screens[max(first, 0) :]
