"""Hot seat: nothing of the map is shown until the other player sits down."""

import pygame

from sim.ui.look import theme
from sim.ui.look.theme import px
from sim.ui.widgets.gui_screen import STRONG, GuiScreen


class HandOverScreen(GuiScreen):
    """Waits for the other player.

    Parameters
    ----------
    side : str
        Words for the side that moves next.
    day : str
        The date.
    """

    def __init__(self, side: str, day: str) -> None:
        super().__init__()
        self.side, self.day = side, day

    def build(self) -> None:
        """Lay out the side, the date and one button."""
        width, height = self.stage.size
        box = pygame.Rect(0, 0, min(px(520), width - px(20)), px(48))
        box.center = (width // 2, height // 2 - px(60))
        self.label(box, theme.shortened(f"{self.side} side to move", px(28), box.width, "Bold"), "#large")
        self.label(box.move(0, px(46)), self.day)
        self.button(box.move(0, px(104)), "Show the map", self.stage.pop, "Continue to your orders (Return)", STRONG)
        self._at = 0

    def escape(self) -> None:
        """Stay: the map is for the other player."""
