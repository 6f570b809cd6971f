"""The orders that can be given to what is chosen, as buttons at the lower edge."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial

import pygame

from sim.game.terms import codes
from sim.ui.look import theme
from sim.ui.panels.minimap import MiniMap
from sim.ui.panels.part import EDGE, Part
from sim.ui.player import intents
from sim.ui.player.table import PlayerTable
from sim.ui.screens.pick import PickScreen
from sim.ui.widgets import paper
from sim.ui.window.commands import BY_NAME, COMMANDS, ON_BAR, keys_in_words

MORE_ORDERS = "more_orders"
MOST_ROWS = 2


class OrderBar(Part):
    """Buttons for the chosen units."""

    table: PlayerTable
    _laid: tuple[Hashable, tuple[list[paper.Button], list[paper.Button]]] | None = None

    @property
    def height(self) -> int:
        """Return how high the bar is in pixels, 0 where it is not shown."""
        return theme.px(40) if self._is_shown() else 0

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the orders by name."""
        selection = self.table.selection
        plain = {one.name: partial(selection.order_chosen, one.order) for one in COMMANDS if one.order is not None}
        return plain | {
            "rail": selection.toggle_rail,
            "rest": selection.dig_in,
            "hold": selection.hold,
            "attach": self._attach,
            "follow_plan": selection.follow_plan,
            "cancel_orders": selection.cancel,
            "choose_army": selection.choose_army,
        }

    def _is_shown(self) -> bool:
        selection = self.table.selection
        return selection.chosen >= 0 and not self.table.session.is_thinking and selection.is_mine(selection.chosen)

    def _attach(self) -> None:
        selection, session = self.table.selection, self.table.session
        if not self._is_shown():
            return
        names = session.campaign.names
        choices = {
            names.formation_names[names.formation_rows[one]]: one for one in session.headquarters(selection.chosen)
        }
        if not choices:
            selection.message = "Its front has no other headquarters to attach it to."
            return
        title = f"Attach {session.campaign.views.unit(selection.chosen)} to"
        self.table.stage.push(PickScreen(title, list(choices), lambda name: selection.attach(choices[name])))

    @property
    def left(self) -> int:
        """Return where the bar begins: to the right of the small map."""
        return self.table.part(MiniMap).box().right + EDGE

    def buttons(self) -> list[paper.Button]:
        """Return the buttons, on as many rows as the room between the small map and the panels needs, two at most.

        Orders that find no room there leave it to a button that lists them.
        """
        return self._laid_out()[0]

    @property
    def rest(self) -> list[paper.Button]:
        """Return the buttons of the orders for which the bar has no room."""
        return self._laid_out()[1] if self._is_shown() else []

    def _laid_out(self) -> tuple[list[paper.Button], list[paper.Button]]:
        table, selection = self.table, self.table.selection
        keys = tuple(sorted(table.stage.settings.keys.items()))
        key = (selection.chosen, selection.mode, table.session.version, table.size, theme.style(), keys)
        if self._laid is None or self._laid[0] != key:
            self._laid = (key, self._lay_out())
        return self._laid[1]

    def _lay_out(self) -> tuple[list[paper.Button], list[paper.Button]]:
        """Return the buttons in the bar, and those for which it has no room."""
        wanted = [self._button(name) for name in ON_BAR]
        for most in range(len(wanted), 0, -1):
            shown = wanted[:most] if most == len(wanted) else [*wanted[:most], self._button(MORE_ORDERS)]
            placed = self._placed(shown)
            if placed is not None:
                return placed, wanted[most:]
        return [], wanted

    def _placed(self, shown: list[paper.Button]) -> list[paper.Button] | None:
        """Return buttons with their places; None where two rows are not enough."""
        right = self.table.size[0] - self.panel_width - 2 * EDGE
        high, gap = theme.px(30), theme.px(6)
        found, x, row = [], self.left, 0
        for button in shown:
            if x + button.box.width > right and x > self.left:
                x, row = self.left, row + 1
            found.append(replace(button, box=button.box.move(x, row * (high + gap))))
            x += button.box.width + gap
        top = self.table.size[1] - EDGE - high - row * (high + gap)
        return [replace(one, box=one.box.move(0, top)) for one in found] if row < MOST_ROWS else None

    def _button(self, name: str) -> paper.Button:
        """Return a button as it is now, in the corner."""
        table, keys = self.table, self.table.stage.settings.keys
        led = int(table.session.world.units["led_by"][table.selection.chosen]) == codes.LED_BY_COMMANDER
        words = "Take command" if name == "follow_plan" and led else BY_NAME[name].words
        box = pygame.Rect(0, 0, theme.font(theme.px(14)).size(words)[0] + theme.px(20), theme.px(30))
        enabled = not led or name in ("follow_plan", "choose_army", MORE_ORDERS)
        strong = name == "rail" and table.selection.mode == "rail"
        hint = f"{BY_NAME[name].hint} ({keys_in_words(name, keys)})"
        return paper.Button(box, words, name, hint, enabled, strong)

    @property
    def top(self) -> int:
        """Return the upper edge of the bar in pixels of the window; the window's lower edge where it is not shown."""
        if not self._is_shown():
            return self.table.size[1] - EDGE
        return min(button.box.top for button in self.buttons()) - theme.px(6)

    def covers(self, at: tuple[int, int]) -> bool:
        """Return whether a button is there."""
        return self._is_shown() and any(button.box.collidepoint(at) for button in self.buttons())

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Press a button."""
        if event.type != pygame.MOUSEBUTTONDOWN or not self._is_shown():
            return False
        for button in self.buttons():
            if button.box.collidepoint(event.pos):
                if event.button == 1 and button.enabled:
                    self.table.carry_out(intents.GiveCommand(button.command))
                return True
        return False

    def draw(self, target: pygame.Surface) -> None:
        """Draw the buttons, and the tooltip of the one under the pointer."""
        if not self._is_shown():
            return
        mouse, shown = pygame.mouse.get_pos(), self.buttons()
        for button in shown:
            paper.draw_button(target, button, button.box.collidepoint(mouse))
        for button in shown:
            if button.box.collidepoint(mouse):
                paper.draw_hint(target, button.hint, mouse)
