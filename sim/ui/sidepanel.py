"""The side panel: the forecast of an attack, the chosen unit, the hex under the pointer and its stack."""

import pygame

from sim.game import briefing
from sim.game.lines import QUIET, Line
from sim.ui import panels
from sim.ui.parts import EDGE, PANEL_WIDTH, Part
from sim.ui.pieces import MERGED_BELOW_PX, stack_in


class SidePanel(Part):
    """Says what there is to know of what is chosen and pointed at.

    Attributes
    ----------
    bottom : int
        Where the panel ends, in pixels of the window; other panels begin below.
    """

    bottom = 0

    def draw(self, target: pygame.Surface) -> None:
        """Draw the panel where there is something to say."""
        screen, desk = self.screen, self.screen.desk
        top = screen.map_top + EDGE
        self.bottom = top
        key = (
            screen.session.version, desk.chosen, desk.hovered, desk.aimed, desk.posture, screen.session.is_thinking,
            screen.camera.side_px >= MERGED_BELOW_PX, screen.size,
        )  # fmt: skip
        room = (screen.size[1] - screen.map_top - 2 * EDGE) * 2 // 3
        sheet = self.kept("side", key, lambda: self._sheet(room))
        if sheet is not None:
            target.blit(sheet, (screen.size[0] - PANEL_WIDTH - EDGE, top))
            self.bottom = top + sheet.get_height() + EDGE

    def _sheet(self, room: int) -> pygame.Surface | None:
        lines = self._lines()
        return panels.column(lines, PANEL_WIDTH, room) if lines else None

    def _lines(self) -> list[Line]:
        session, desk = self.screen.session, self.screen.desk
        lines: list[Line] = []
        if desk.aimed >= 0 and not session.is_thinking:
            attackers = session.attackers(desk.aimed, desk.posture)
            if attackers:
                lines += briefing.forecast_lines(session, desk.aimed, attackers, desk.posture)
        if desk.chosen >= 0:
            lines += briefing.unit_lines(session, desk.chosen)
        hex = desk.hovered
        if hex >= 0 and self.screen.camera.side_px >= MERGED_BELOW_PX:
            lines += briefing.hex_lines(session, hex)
            stack = [row for row in stack_in(session.world, hex) if row != desk.chosen]
            lines += [Line(briefing.stack_line(session, row), QUIET if row != stack[0] else "") for row in stack[:6]]
            if len(stack) > 6:
                lines.append(Line(f"and {len(stack) - 6} more", QUIET))
        return lines
