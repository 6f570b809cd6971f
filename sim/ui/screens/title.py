"""The title screen: what there is to do."""

import pygame

from sim.ui import games, theme
from sim.ui.kit import STRONG, GuiScreen, px
from sim.ui.screens.newgame import NewGameScreen


class TitleScreen(GuiScreen):
    """New game, load, settings, help, leave.

    Parameters
    ----------
    options : games.GameOptions
        What the command line asked for.
    """

    def __init__(self, options: games.GameOptions) -> None:
        super().__init__()
        self.options = options

    def build(self) -> None:
        """Lay out one button under another."""
        width, height = self.stage.size
        box = pygame.Rect(0, 0, px(280), px(44))
        box.center = (width // 2, height // 2)
        self.button(box, "New game", self._new_game, "Choose a scenario and a side", STRONG)
        self.button(box.move(0, px(56)), "Leave", self.stage.quit, "Close the window")

    def _new_game(self) -> None:
        self.stage.push(NewGameScreen(self.options))

    def escape(self) -> None:
        """Stay: there is nothing below."""

    def draw_ground(self, target: pygame.Surface) -> None:
        """Draw the name of the game."""
        target.fill(theme.PAPER)
        name = theme.text("August Storm", px(52), theme.INK, "Bold")
        target.blit(name, name.get_rect(center=(self.stage.size[0] // 2, self.stage.size[1] // 4)))
