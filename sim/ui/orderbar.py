"""The orders that can be given to what is chosen, as buttons at the lower edge."""

from collections.abc import Callable

import pygame

from sim.game.terms import codes
from sim.ui import input as inputs
from sim.ui import panels, theme
from sim.ui.commands import BY_NAME, keys_in_words
from sim.ui.parts import EDGE, Part
from sim.ui.screens.pick import PickScreen

SHOWN = ("rail", "force_march", "rest", "hold", "attach", "follow_plan", "cancel_orders", "choose_army")


class OrderBar(Part):
    """Buttons for the chosen units."""

    @property
    def height(self) -> int:
        """Return how high the bar is in pixels, 0 where it is not shown."""
        return theme.px(40) if self._is_shown() else 0

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the orders by name."""
        desk = self.screen.desk
        return {
            "rail": desk.toggle_rail,
            "force_march": desk.force_march,
            "rest": desk.dig_in,
            "hold": desk.hold,
            "attach": self._attach,
            "follow_plan": desk.follow_plan,
            "cancel_orders": desk.cancel,
            "choose_army": desk.choose_army,
        }

    def _is_shown(self) -> bool:
        desk = self.screen.desk
        return desk.chosen >= 0 and not self.screen.session.is_thinking and desk.is_mine(desk.chosen)

    def _attach(self) -> None:
        desk, session = self.screen.desk, self.screen.session
        if not self._is_shown():
            return
        names = session.campaign.names
        choices = {names.formation_names[names.formation_rows[one]]: one for one in session.headquarters(desk.chosen)}
        if not choices:
            desk.message = "There is no other headquarters of its front to attach it to."
            return
        title = f"Put {session.campaign.views.unit(desk.chosen)} under"
        self.screen.stage.push(PickScreen(title, list(choices), lambda name: desk.attach(choices[name])))

    def buttons(self) -> list[panels.Button]:
        """Return the buttons, on as many rows as the room between the small map and the panels needs."""
        screen, keys = self.screen, self.screen.stage.settings.keys
        led = int(screen.session.world.units["led_by"][screen.desk.chosen]) == codes.LED_BY_COMMANDER
        left = screen.view.minimap_size[0] + 2 * EDGE
        right = screen.size[0] - self.panel_width - 2 * EDGE
        found, x, row = [], left, 0
        high, gap = theme.px(30), theme.px(6)
        for name in SHOWN:
            words = "Take command" if name == "follow_plan" and led else BY_NAME[name].words
            wide = theme.font(theme.px(14)).size(words)[0] + theme.px(20)
            if x + wide > right and x > left:
                x, row = left, row + 1
            top = screen.size[1] - EDGE - high - row * (high + gap)
            hint = f"{BY_NAME[name].hint} ({keys_in_words(name, keys)})"
            strong = name == "rail" and screen.desk.mode == "rail"
            enabled = not led or name in ("follow_plan", "choose_army")
            found.append(panels.Button(pygame.Rect(x, top, wide, high), words, name, hint, enabled, strong))
            x += wide + gap
        return found

    @property
    def top(self) -> int:
        """Return the upper edge of the bar in pixels of the window; the window's lower edge where it is not shown."""
        if not self._is_shown():
            return self.screen.size[1] - EDGE
        return min(button.box.top for button in self.buttons()) - theme.px(6)

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Press a button."""
        if event.type != pygame.MOUSEBUTTONDOWN or not self._is_shown():
            return False
        for button in self.buttons():
            if button.box.collidepoint(event.pos):
                if event.button == 1 and button.enabled:
                    self.screen.carry_out(inputs.Command(button.command))
                return True
        return False

    def draw(self, target: pygame.Surface) -> None:
        """Draw the buttons, and the tooltip of the one under the pointer."""
        if not self._is_shown():
            return
        mouse, shown = pygame.mouse.get_pos(), self.buttons()
        for button in shown:
            panels.draw_button(target, button, button.box.collidepoint(mouse))
        for button in shown:
            if button.box.collidepoint(mouse):
                panels.draw_hint(target, button.hint, mouse)
