"""The log of the day, and the last thing said to the player."""

from collections.abc import Callable, Hashable

import pygame

from sim.game.wording.report_lines import HEADING, QUIET, Line
from sim.ui.look import theme
from sim.ui.panels.minimap import MiniMap
from sim.ui.panels.part import EDGE
from sim.ui.panels.sheet import PaperPart
from sim.ui.panels.side import SidePanel

LEAST_PX, MOST_PX = 80, 300


class LogPanel(PaperPart):
    """Tells what happened since the player's last orders; each line leads to its place."""

    is_open = True

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the command that opens and closes the log."""
        return {"log": self._toggle}

    def _toggle(self) -> None:
        self.is_open = not self.is_open

    def key(self) -> Hashable:
        """Return what the log depends on."""
        selection = self.table.selection
        return self.table.session.version, self.is_open, self.table.session.is_thinking, not selection.is_attacking

    def lines(self) -> list[Line]:
        """Return the day's events."""
        session = self.table.session
        if not self.is_open or session.is_thinking or self.table.selection.is_attacking:
            return []
        told = session.told(session.day_began_at)
        lines = [Line("Log of the day", HEADING), *(Line(text, hex=hex) for text, hex in told)]
        return lines if told else [*lines, Line("Nothing has been reported yet.", QUIET)]

    def place(self, width_px: int, height_px: int) -> pygame.Rect:
        """Stand at the lower right, below the side panel, where there is room."""
        room = min(self.table.size[1] - self.table.part(SidePanel).bottom - EDGE, theme.px(MOST_PX))
        high = min(height_px, room) if room >= LEAST_PX else 0
        left = self.table.size[0] - width_px - EDGE
        return pygame.Rect(left, self.table.size[1] - EDGE - high, width_px, high)


class Message(PaperPart):
    """Shows what the selection says, at the lower edge."""

    def key(self) -> Hashable:
        """Return the words."""
        return self.table.selection.message

    def lines(self) -> list[Line]:
        """Return the words as a line."""
        return [Line(self.table.selection.message)] if self.table.selection.message else []

    @property
    def panel_width(self) -> int:
        """Return the width of the sheet: no more than lies free between the small map and the panels."""
        left, right = self._bounds()
        return min(super().panel_width, right - left)

    def _bounds(self) -> tuple[int, int]:
        return self.table.part(MiniMap).box().right + EDGE, self.table.size[0] - super().panel_width - 2 * EDGE

    def place(self, width_px: int, height_px: int) -> pygame.Rect:
        """Stand above the orders, in the middle between the small map and the panels."""
        left, right = self._bounds()
        bottom = self.table.map_foot
        high = min(height_px, bottom - self.table.map_top - EDGE)
        return pygame.Rect((left + right - width_px) // 2, bottom - high, width_px, high)
