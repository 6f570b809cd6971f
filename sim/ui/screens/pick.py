"""Picking one of several things from a list over the screen below."""

from collections.abc import Callable, Sequence

import pygame

from sim.ui.look.theme import px
from sim.ui.widgets.gui_screen import STRONG, GuiScreen


class PickScreen(GuiScreen):
    """A list of which one line is picked.

    Parameters
    ----------
    title : str
    items : sequence of str
    picked : callable
        Takes the line; the list has gone by then.
    words : str
        On the button that picks.
    """

    is_overlay = True

    def __init__(self, title: str, items: Sequence[str], picked: Callable[[str], None], words: str = "Choose") -> None:
        super().__init__()
        self.title, self.items, self.picked, self.words = title, list(items), picked, words
        self.chosen = self.items[0]

    def build(self) -> None:
        """Lay out the list and two buttons."""
        width, height = self.stage.size
        self.box = pygame.Rect(0, 0, min(px(560), width - px(20)), min(px(440), height - px(20)))
        self.box.center = (width // 2, height // 2)
        inner = self.box.inflate(-px(40), -px(36))
        self.label(pygame.Rect(inner.x, inner.y, inner.w, px(30)), self.title, "#heading")
        body = pygame.Rect(inner.x, inner.y + px(40), inner.w, inner.h - px(96))
        self.list_(body, self.items, self._choose, "Choose with a click or the arrow keys", self.chosen)
        wide = (inner.w - px(10)) // 2
        at = pygame.Rect(inner.x, inner.bottom - px(42), wide, px(42))
        self.button(at, self.words, self._pick, f"{self.words} (Return)", STRONG)
        self.button(at.move(wide + px(10), 0), "Back", self.stage.pop, "Back (Esc)")
        self._at = 0

    def _choose(self, line: str) -> None:
        self.chosen = line

    def handle(self, event: pygame.event.Event, now_ms: int) -> None:
        """Pick by Return, also from the list."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_RETURN and self._at == 0:
            self._pick()
        else:
            super().handle(event, now_ms)

    def _pick(self) -> None:
        self.stage.pop()
        self.picked(self.chosen)

    def draw_ground(self, target: pygame.Surface) -> None:
        """Dim the screen below and draw the sheet."""
        self.draw_sheet(target, self.box)
