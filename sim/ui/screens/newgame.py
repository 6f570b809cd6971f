"""A new game: the scenario, the side, how it is played."""

import pygame

from sim.ui import games
from sim.ui.kit import STRONG, GuiScreen, px

SIDES = {"Soviet": ("soviet",), "Japanese": ("japan",), "Hot seat": ("soviet", "japan"), "Watch": ()}


class NewGameScreen(GuiScreen):
    """Choose and begin.

    Parameters
    ----------
    options : games.GameOptions
    """

    def __init__(self, options: games.GameOptions) -> None:
        super().__init__()
        self.options = options

    def build(self) -> None:
        """Lay out the choice of side and the button that begins."""
        width, height = self.stage.size
        box = pygame.Rect(0, 0, px(280), px(40))
        box.center = (width // 2, height // 2)
        chosen = next(words for words, sides in SIDES.items() if sides == self.options.sides)
        self.choice(box.move(0, -px(60)), tuple(SIDES), chosen, self._choose_side, "Whom you lead")
        self.button(box, "Begin", self._begin, "Go to the first orders", STRONG)
        self.button(box.move(0, px(52)), "Back", self.stage.pop, "Back to the title (Esc)")

    def _choose_side(self, words: str) -> None:
        self.options = self.options.with_(sides=SIDES[words])
        self.rebuild()

    def _begin(self) -> None:
        games.begin(self.stage, self.options)
