"""The menu over a game: back, settings, help, leave.

``ENTRIES`` lists it; a screen that brings something new to do adds its entry there.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from sim.ui.look import theme
from sim.ui.look.theme import px
from sim.ui.player import intents
from sim.ui.player.table import Table
from sim.ui.screens.help import help_screen
from sim.ui.screens.notice import NoticeScreen
from sim.ui.screens.settings import SettingsScreen
from sim.ui.widgets.gui_screen import PLAIN, STRONG, GuiScreen

WIDE, HIGH, GAP = 260, 40, 8
UNSAVED = "Orders given since the last save will be lost."
SAVED = "The turn is saved: “Continue” on the title screen resumes it."


@dataclass(frozen=True)
class MenuEntry:
    """Something to do from the menu.

    Attributes
    ----------
    words, hint : str
        On its button and in its tooltip.
    action : callable
        Called with the menu, which is still shown, and the campaign screen below it.
    """

    words: str
    hint: str
    action: Callable[["MenuScreen", Table], None]


def _command(name: str) -> Callable[["MenuScreen", Table], None]:
    """Return an action that closes the menu and gives the game a command."""

    def give(menu: "MenuScreen", game: Table) -> None:
        menu.stage.pop()
        game.carry_out(intents.GiveCommand(name))

    return give


def what_becomes_of(game: Table) -> str:
    """Return what happens to a game that is left."""
    session = game.session
    if not session.sides or session.campaign.is_over:
        return "Nothing will be lost: nobody leads a side, or the campaign is over."
    return UNSAVED if game.stage.settings.autosave == "never" else SAVED


def _watch(menu: "MenuScreen", game: Table) -> None:
    """Show what happened so far instead of the menu; say so where nothing has."""
    stage, session = menu.stage, game.session
    if session.is_thinking:
        stage.replace(NoticeScreen("The computer is moving", "You can watch once it has finished."))
    elif not session.campaign.order_log.days:
        stage.replace(NoticeScreen("Nothing to watch", "No day has been played yet."))
    else:
        stage.pop()
        stage.navigator.watch(session)


def _ask_title(menu: "MenuScreen", game: Table) -> None:
    answers = {"Quit to title": menu.stage.navigator.title, "Stay": lambda: None}
    menu.stage.push(NoticeScreen("Leave the game?", what_becomes_of(game), answers))


def _ask_leave(menu: "MenuScreen", game: Table) -> None:
    answers = {"Close the window": menu.stage.quit, "Stay": lambda: None}
    menu.stage.push(NoticeScreen("Close the window?", what_becomes_of(game), answers))


ENTRIES: tuple[MenuEntry, ...] = (
    MenuEntry("Back to the game", "Close the menu (Esc)", lambda menu, game: menu.stage.pop()),
    MenuEntry("Save", "Save the game under a name of your choice", _command("save_as")),
    MenuEntry("Load", "Load a saved game", _command("load")),
    MenuEntry("Watch", "Watch what has happened so far, day by day", _watch),
    MenuEntry("Settings", "Window, scale, colours, sound, keys", lambda menu, game: menu.stage.push(SettingsScreen())),
    MenuEntry("Help", "Keys, signs and rules", lambda menu, game: menu.stage.push(help_screen(menu.stage))),
    MenuEntry("Quit to title", "End this game", _ask_title),
    MenuEntry("Leave", "Close the window", _ask_leave),
)


class MenuScreen(GuiScreen):
    """Stands over the campaign screen.

    Parameters
    ----------
    game : Table
        The campaign screen below.
    entries : tuple of MenuEntry
    """

    is_overlay = True

    def __init__(self, game: Table, entries: tuple[MenuEntry, ...] = ENTRIES) -> None:
        super().__init__()
        self.game, self.entries = game, entries

    def build(self) -> None:
        """Lay the entries out on a sheet, in as many columns as the height of the window asks for."""
        width, height = self.stage.size
        rows = max(min((height - px(90)) // px(HIGH + GAP), len(self.entries)), 1)
        columns = -(-len(self.entries) // rows)
        rows = -(-len(self.entries) // columns)
        wide = min(px(WIDE), (width - px(60) - (columns - 1) * px(GAP)) // columns)
        inner_width = columns * wide + (columns - 1) * px(GAP)
        self.box = pygame.Rect(0, 0, inner_width + px(40), rows * px(HIGH + GAP) + px(70))
        self.box.center = (width // 2, height // 2)
        left, top = self.box.left + px(20), self.box.top + px(50)
        self.label(pygame.Rect(left, self.box.top + px(12), inner_width, px(32)), "Menu", "#heading")
        for number, entry in enumerate(self.entries):
            column, row = divmod(number, rows)
            at = pygame.Rect(left + column * (wide + px(GAP)), top + row * px(HIGH + GAP), wide, px(HIGH))
            words = theme.shortened(entry.words, px(16), wide - px(24), "Bold")
            self.button(at, words, self._doing(entry), entry.hint, PLAIN if number else STRONG)

    def _doing(self, entry: MenuEntry) -> Callable[[], None]:
        return lambda: entry.action(self, self.game)

    def draw_ground(self, target: pygame.Surface) -> None:
        """Dim the game below and draw the sheet."""
        self.draw_sheet(target, self.box)
