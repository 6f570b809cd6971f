"""What opens above the map: the menu and the help."""

from collections.abc import Callable

from sim.ui.panels.part import Part
from sim.ui.screens.help import help_screen
from sim.ui.screens.menu import MenuScreen


class AbovePart(Part):
    """Opens the menu and the help over a game."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the commands that open a screen above the map."""
        return {"menu": self._menu, "help": self._help}

    def _menu(self) -> None:
        self.table.stage.push(MenuScreen(self.table))

    def _help(self) -> None:
        self.table.stage.push(help_screen(self.table.stage))
