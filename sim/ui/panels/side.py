"""The side panel: the chosen unit, the hex under the pointer and its stack."""

from collections.abc import Hashable

import pygame

from sim.game.telling import panel_lines
from sim.game.wording.report_lines import HEADING, QUIET, Line
from sim.game.wording.views import count
from sim.ui.map.stacks import MERGED_BELOW_PX, stack_in
from sim.ui.panels.part import EDGE
from sim.ui.panels.sheet import PaperPart

MOST_OTHERS = 12


class SidePanel(PaperPart):
    """Says what there is to know of what is chosen and pointed at."""

    @property
    def bottom(self) -> int:
        """Return where the panel ends, in pixels of the window; other panels begin below."""
        return (self.box.bottom if self.box.height else self.table.map_top) + EDGE

    def key(self) -> Hashable:
        """Return what the panel depends on."""
        table, selection = self.table, self.table.selection
        near = table.camera.side_px >= MERGED_BELOW_PX
        hex = selection.hovered if near else -1
        return table.session.version, selection.group, not selection.is_attacking, hex, table.session.is_thinking

    def place(self, width_px: int, height_px: int) -> pygame.Rect:
        """Stand below the bar at the right; leave a third of the height to the log."""
        room = (self.table.size[1] - self.table.map_top - 2 * EDGE) * 2 // 3
        left = self.table.size[0] - width_px - EDGE
        return pygame.Rect(left, self.table.map_top + EDGE, width_px, min(height_px, room))

    def lines(self) -> list[Line]:
        """Return the chosen units, the hex under the pointer and its stack; nothing while an attack is formed."""
        session, selection = self.table.session, self.table.selection
        if selection.is_attacking and not session.is_thinking:
            return []
        lines: list[Line] = []
        if selection.chosen >= 0:
            lines += panel_lines.unit_lines(session, selection.chosen)
            lines += panel_lines.order_lines(session, selection.chosen)
            others = [unit for unit in selection.group if unit != selection.chosen]
            if others:
                lines.append(Line(f"And {count(len(others), 'unit')} with it", HEADING))
                lines += [Line(panel_lines.stack_line(session, unit), QUIET) for unit in others[:MOST_OTHERS]]
                if len(others) > MOST_OTHERS:
                    lines.append(Line(f"and {len(others) - MOST_OTHERS} more", QUIET))
        hex = selection.hovered
        if hex >= 0 and self.table.camera.side_px >= MERGED_BELOW_PX:
            lines += panel_lines.hex_lines(session, hex)
            stack = [row for row in stack_in(session.world, hex) if row != selection.chosen]
            lines += [Line(panel_lines.stack_line(session, row), QUIET if row != stack[0] else "") for row in stack[:6]]
            if len(stack) > 6:
                lines.append(Line(f"and {len(stack) - 6} more", QUIET))
        return lines
