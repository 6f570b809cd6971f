"""The stack that was clicked, spread out beside its hex, so that any unit of it can be chosen."""

import pygame

from sim.ui.map.stack_fan import Fan, draw_fan, fan_at
from sim.ui.map.stacks import MERGED_BELOW_PX
from sim.ui.panels.part import Part


class StackFan(Part):
    """Spreads out the stack of the chosen unit while the pointer is over it."""

    _hex = -1

    def _fan(self) -> Fan | None:
        """Return the fan of the stack that was clicked, as long as its unit is chosen and the map is near enough."""
        table, selection = self.table, self.table.selection
        chosen = selection.chosen
        if chosen < 0 or table.camera.side_px < MERGED_BELOW_PX or selection.is_attacking:
            return None
        if self._hex != int(table.session.world.units["hex"][chosen]) or len(selection.group) > 1:
            return None
        return table.view.fan_of(table.camera, chosen, self._hex)

    def open(self, hex: int) -> None:
        """Spread out the stack of a hex from now on, until another is clicked."""
        self._hex = hex

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Choose the unit that is clicked; a click elsewhere closes the fan and goes on to the map."""
        if event.type != pygame.MOUSEBUTTONDOWN:
            return False
        fan = self._fan()
        at = (event.pos[0], event.pos[1] - self.table.map_top)
        if fan is not None and fan.box.collidepoint(at):
            unit = fan_at(fan, at)
            if event.button == 1 and unit >= 0:
                self.table.selection.choose(unit)
            return True
        self._hex = -1
        return False

    def draw_map(self, area: pygame.Surface) -> None:
        """Draw the fan."""
        fan = self._fan()
        if fan is not None:
            x, y = pygame.mouse.get_pos()
            draw_fan(area, fan, self.table.camera, self.table.selection.chosen, (x, y - self.table.map_top))
