"""A column of a form: headings, notes and choices one under the other, as wide as the column, as high as they need."""

from collections.abc import Callable, Mapping
from typing import Any

import pygame
from pygame_gui.elements import UIButton, UIScrollingContainer

from sim.ui.look import theme
from sim.ui.look.theme import px
from sim.ui.widgets.gui_screen import PLAIN, STRONG, GuiScreen

LINE, GAP, PAD = 34, 6, 16
LEFT = "#left"
CHOSEN = "• "  # the chosen one is marked by more than its colour


class Form:
    """Lays widgets out downwards in a scrolling area.

    Parameters
    ----------
    screen : GuiScreen
    box : pygame.Rect
        Of the area, in the window.

    Attributes
    ----------
    y : int
        Where the next row begins.
    """

    def __init__(self, screen: GuiScreen, box: pygame.Rect) -> None:
        self.screen, self.box = screen, box
        self.area: UIScrollingContainer = screen.scroll(box, box.height)
        self.width = box.width - px(24)
        self.y = 0

    def heading(self, words: str) -> None:
        """Add a heading."""
        self.y += px(10) if self.y else 0
        shown = theme.shortened(words, px(20), self.width, "Bold")
        self.screen.label(pygame.Rect(0, self.y, self.width, px(30)), shown, "#heading", self.area)
        self.y += px(34)

    def note(self, words: str) -> None:
        """Add words that explain, wrapped."""
        for line in theme.wrapped(words, px(14), self.width - px(8)):
            self.screen.label(pygame.Rect(0, self.y, self.width, px(20)), line, "#quiet", self.area)
            self.y += px(20)
        self.y += px(GAP)

    def label(self, words: str) -> None:
        """Add the name of what is chosen below it."""
        for line in theme.wrapped(words, px(15), self.width - px(8)):
            self.screen.label(pygame.Rect(0, self.y, self.width, px(24)), line, PLAIN, self.area)
            self.y += px(24)

    def pick(self, words: str, options: Mapping[str, Any], chosen: Any, told: Callable[[Any], Any], hint: str) -> None:
        """Add a choice of which every option can be seen: words -> value."""
        self.label(words)
        x, wide = 0, self.width
        for option, value in options.items():
            is_chosen = value == chosen
            shown = theme.shortened(f"{CHOSEN if is_chosen else ''}{option}", px(16), wide - px(24), "Bold")
            room = min(theme.font(px(16), "Bold").size(shown)[0] + px(28), wide)
            if x and x + room > wide:
                x, self.y = 0, self.y + px(LINE + GAP)
            at = pygame.Rect(x, self.y, room, px(LINE))
            self.screen.button(
                at, shown, _tell(told, value), f"{option}: {hint}", STRONG if is_chosen else PLAIN, self.area
            )
            x += room + px(GAP)
        self.y += px(LINE + GAP + 4)

    def tick(self, words: str, holds: bool, told: Callable[[bool], Any], hint: str) -> None:
        """Add something that holds or not."""
        shown = theme.shortened(f"{'[x]' if holds else '[  ]'} {words}", px(15), self.width - px(28))
        at = pygame.Rect(0, self.y, self.width, px(LINE))
        self.screen.button(at, shown, _tell(told, not holds), hint, LEFT, self.area)
        self.y += px(LINE + GAP)

    def button(self, words: str, action: Callable[[], Any], hint: str, look: str = PLAIN) -> UIButton:
        """Add a button as wide as the column."""
        at = pygame.Rect(0, self.y, self.width, px(LINE))
        self.y += px(LINE + GAP)
        return self.screen.button(
            at, theme.shortened(words, px(16), self.width - px(28), "Bold"), action, hint, look, self.area
        )

    def slider(self, value: float, bounds: tuple[float, float], told: Callable[[float], Any], hint: str) -> None:
        """Add a slider."""
        at = pygame.Rect(0, self.y, min(self.width, px(420)), px(28))
        self.screen.slider(at, value, bounds, told, self.area, hint)
        self.y += px(28 + GAP)

    def entry(self, words: str, told: Callable[[str], Any], hint: str) -> None:
        """Add a line to write in."""
        at = pygame.Rect(0, self.y, min(self.width, px(240)), px(LINE))
        self.screen.entry(at, words, told, hint, self.area)
        self.y += px(LINE + GAP)

    def finish(self) -> None:
        """Make the area as high as what stands in it."""
        self.area.set_scrollable_area_dimensions((self.width, max(self.y + px(8), 1)))


def _tell(told: Callable[[Any], Any], value: Any) -> Callable[[], Any]:
    return lambda: told(value)
