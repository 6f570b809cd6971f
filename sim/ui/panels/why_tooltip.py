"""The panel that answers "why" where the pointer rests: a step's cost, a unit's supply, the computer's order."""

from collections.abc import Callable

import pygame

from sim.game.telling.why_lines import march_words, step_lines, unit_reasons
from sim.game.wording.report_lines import Line
from sim.ui.look import theme
from sim.ui.map.stacks import MERGED_BELOW_PX, stack_in
from sim.ui.panels.part import Part
from sim.ui.player.table import Table
from sim.ui.widgets import paper

REST_MS = 400
WIDTH = 320
AWAY_PX = 26


class WhyPanel(Part):
    """What stands beside the pointer once it has rested on a hex.

    Attributes
    ----------
    clock : callable
        Returns the present in milliseconds.
    """

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.clock: Callable[[], int] = pygame.time.get_ticks
        self._at, self._since_ms = (-1, -1), 0

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Notice when the pointer moves or presses: it rests from then on."""
        if event.type in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEWHEEL, pygame.KEYDOWN):
            self._at = getattr(event, "pos", self._at)
            self._since_ms = now_ms
        return False

    def lines(self) -> list[Line]:
        """Return the answer for the hex under the pointer; nothing where there is none."""
        table, selection = self.table, self.table.selection
        hex, session = selection.hovered, table.session
        if hex < 0 or session.is_thinking or selection.is_attacking or table.camera.side_px < MERGED_BELOW_PX:
            return []
        if hex in selection.targets:
            return [Line("Click to plan an attack on this hex.")]
        if selection.march is not None and hex != selection.march.start:
            way = selection.route(hex)
            return (
                [Line(march_words(way))] if way is not None and way.days else step_lines(session, selection.march, hex)
            )
        stack = stack_in(session.world, hex)
        unit = selection.chosen if selection.chosen in stack else stack[0] if stack else -1
        return unit_reasons(session, unit) if unit >= 0 else []

    def draw(self, target: pygame.Surface) -> None:
        """Draw the answer once the pointer has rested long enough over the map."""
        is_over_map = self.table.is_pointing and self._at[1] > self.table.map_top
        if not is_over_map or self.clock() - self._since_ms < REST_MS:
            return
        selection = self.table.selection
        sheet = self.kept("why", (self.table.session.version, selection.hovered, selection.chosen), self._sheet)
        if sheet is None:
            return
        target.blit(sheet, self._place(sheet, target.get_rect()))

    def _place(self, sheet: pygame.Surface, window: pygame.Rect) -> pygame.Rect:
        """Return where the sheet stands: beside the hex under the pointer, off the panels if there is room."""
        away = max(AWAY_PX, round(self.table.camera.side_px))
        (x, y), (wide, high) = self._at, sheet.get_size()
        corners = [(x + away, y + away), (x - away - wide, y + away), (x + away, y - away - high)]
        corners.append((x - away - wide, y - away - high))
        boxes = [pygame.Rect(*corner, wide, high) for corner in corners]
        free = [box for box in boxes if window.contains(box) and not self._is_over_a_panel(box)]
        return free[0] if free else boxes[0].clamp(window)

    def _is_over_a_panel(self, box: pygame.Rect) -> bool:
        spots = (box.topleft, box.topright, box.bottomleft, box.bottomright, box.midtop, box.midbottom, box.center)
        return any(self.table.is_covered(spot) for spot in spots)

    def _sheet(self) -> pygame.Surface | None:
        lines = self.lines()
        if not lines:
            return None
        words = paper.column(lines, min(theme.px(WIDTH), self.panel_width)).surface
        sheet = paper.sheet(words.get_size())
        sheet.blit(words, (0, 0))
        return sheet.convert_alpha()
