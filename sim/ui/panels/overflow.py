"""Lists of the commands for which a bar has no room."""

from collections.abc import Callable, Hashable

import pygame

from sim.game.wording.report_lines import QUIET, Line
from sim.ui.look import theme
from sim.ui.panels.keyboard_walk import PanelWalk
from sim.ui.panels.order_bar import MORE_ORDERS, OrderBar
from sim.ui.panels.part import EDGE
from sim.ui.panels.sheet import PaperPart
from sim.ui.panels.top_bar import MORE, TopBar
from sim.ui.player import intents
from sim.ui.player.table import PlayerTable
from sim.ui.widgets.paper import Button
from sim.ui.window.commands import keys_in_words


class CommandList(PaperPart):
    """A list of commands that opens beside the bar that lacks room for them; subclasses say of which bar.

    Attributes
    ----------
    command : str
        Opens and closes the list.
    is_open : bool
    """

    command = ""
    is_open = False
    is_question = True

    def wanted(self) -> list[Button]:
        """Return the buttons that the bar has no room for."""
        raise NotImplementedError

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the command that opens and closes the list."""
        return {self.command: self._toggle}

    def _toggle(self) -> None:
        self.is_open = not self.is_open and bool(self.wanted())
        if self.is_open:
            self.table.part(PanelWalk).begin(self)

    def key(self) -> Hashable:
        """Return what the list depends on."""
        return tuple((one.command, one.words, one.enabled) for one in self.wanted()) if self.is_open else None

    def lines(self) -> list[Line]:
        """Return a line for each command, with its keys; those that cannot be given now lead nowhere."""
        if not self.is_open:
            return []
        keys = self.table.stage.settings.keys
        said = [(one, f"{one.words} ({keys_in_words(one.command, keys)})") for one in self.wanted()]
        return [Line(words, action=one.command) if one.enabled else Line(words, QUIET) for one, words in said]

    def follow(self, line: Line) -> None:
        """Carry out the command, and close the list."""
        self.is_open = False
        self.table.carry_out(intents.GiveCommand(line.action))

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Close at Esc and at clicks elsewhere; a bar that has found room closes it, too."""
        if not self.is_open:
            return False
        if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            self.is_open = False
            return True
        if event.type == pygame.MOUSEBUTTONDOWN and not self.box.collidepoint(event.pos):
            self.is_open = False
            return self._is_on_its_button(event.pos)
        return super().handle(event, now_ms)

    def _is_on_its_button(self, at: tuple[int, int]) -> bool:
        return any(one.command == self.command and one.box.collidepoint(at) for one in self.bar_buttons())

    def bar_buttons(self) -> list[Button]:
        """Return the buttons of the bar that it belongs to."""
        raise NotImplementedError

    def update(self) -> None:
        """Close where the bar has found room."""
        self.is_open = self.is_open and bool(self.wanted())

    @property
    def panel_width(self) -> int:
        """Return the width that the longest line needs."""
        keys, size = self.table.stage.settings.keys, theme.px(14)
        said = [f"{one.words} ({keys_in_words(one.command, keys)})" for one in self.wanted()]
        wide = max((theme.font(size).size(words)[0] for words in said), default=0) + theme.px(32)
        return min(wide, self.table.size[0] - 2 * EDGE)


class MoreCommands(CommandList):
    """What the bar above the map has no room for."""

    command = MORE

    def wanted(self) -> list[Button]:
        """Return the buttons of the commands that are left over."""
        return self.table.part(TopBar).rest

    def bar_buttons(self) -> list[Button]:
        """Return the buttons above the map."""
        return list(self.table.part(TopBar).buttons())

    def place(self, width_px: int, height_px: int) -> pygame.Rect:
        """Stand below the button that opens it."""
        shown = [one.box for one in self.bar_buttons() if one.command == MORE]
        left = min(shown[0].left if shown else EDGE, self.table.size[0] - width_px - EDGE)
        top = self.table.map_top + 2
        return pygame.Rect(max(left, EDGE), top, width_px, min(height_px, self.table.size[1] - top - EDGE))


class MoreOrders(CommandList):
    """What the bar of orders has no room for."""

    table: PlayerTable
    command = MORE_ORDERS

    def wanted(self) -> list[Button]:
        """Return the buttons of the orders that are left over."""
        return self.table.part(OrderBar).rest

    def bar_buttons(self) -> list[Button]:
        """Return the buttons of the bar of orders."""
        return self.table.part(OrderBar).buttons()

    def place(self, width_px: int, height_px: int) -> pygame.Rect:
        """Stand above the bar of orders."""
        bar = self.table.part(OrderBar)
        bottom, left = bar.top, bar.left
        high = min(height_px, bottom - self.table.map_top - EDGE)
        return pygame.Rect(min(left, self.table.size[0] - width_px - EDGE), bottom - high, width_px, high)
