"""A notice: words that have to be read before the game goes on."""

import html
from collections.abc import Callable

import pygame

from sim.ui.look.theme import px
from sim.ui.widgets.gui_screen import STRONG, GuiScreen


class NoticeScreen(GuiScreen):
    """A heading, words, and one or two answers over the screen below.

    Parameters
    ----------
    heading, words : str
    answers : dict, optional
        Words on a button -> what it does; the notice has gone by then. Usually one that only closes it.
    """

    is_overlay = True

    def __init__(self, heading: str, words: str, answers: dict[str, Callable[[], None]] | None = None) -> None:
        super().__init__()
        self.heading, self.words = heading, words
        self.answers = answers or {"Close": lambda: None}

    def build(self) -> None:
        """Lay out the sheet in the middle of the window."""
        width, height = self.stage.size
        self.box = pygame.Rect(0, 0, min(px(560), width - px(20)), min(px(300), height - px(20)))
        self.box.center = (width // 2, height // 2)
        inner = self.box.inflate(-px(40), -px(36))
        self.label(pygame.Rect(inner.x, inner.y, inner.w, px(30)), self.heading, "#heading")
        words = html.escape(self.words, quote=False).replace("\n", "<br>")
        self.text(pygame.Rect(inner.x, inner.y + px(40), inner.w, inner.h - px(96)), words)
        wide = (inner.w - px(10) * (len(self.answers) - 1)) // len(self.answers)
        for row, (answer, action) in enumerate(self.answers.items()):
            at = pygame.Rect(inner.x + row * (wide + px(10)), inner.bottom - px(42), wide, px(42))
            self.button(at, answer, self._answer(action), answer, STRONG if row == 0 else "")
        self._at = max(len(self._order) - len(self.answers), 0)

    def _answer(self, action: Callable[[], None]) -> Callable[[], None]:
        def answered() -> None:
            self.stage.pop()
            action()

        return answered

    def draw_ground(self, target: pygame.Surface) -> None:
        """Dim the screen below and draw the sheet."""
        self.draw_sheet(target, self.box)
