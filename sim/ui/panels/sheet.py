"""A sheet of paper over the map: lines that scroll, of which some lead to a hex."""

from collections.abc import Hashable

import pygame

from sim.game.wording.report_lines import Line
from sim.ui.look import theme
from sim.ui.panels.part import EDGE, Part
from sim.ui.widgets import paper as panels

EMPTY = pygame.Rect(0, 0, 0, 0)
STEP_PX = 40
PAGES = {pygame.K_PAGEUP: -0.8, pygame.K_PAGEDOWN: 0.8}  # share of the sheet's place by which a key scrolls


class PaperPart(Part):
    """A part that is one sheet; what it says and where it stands is for its subclasses.

    Attributes
    ----------
    box : pygame.Rect
        Where the sheet stood when it was last drawn; empty if it was not.
    keeps_scroll : bool
        Whether it stays where it was scrolled to while its lines change.
    is_question : bool
        Whether it waits for an answer, and Esc closes it.
    """

    box = EMPTY
    keeps_scroll = False
    is_question = False
    _scroll = 0
    _said: Hashable = None
    _column: panels.Column | None = None

    def key(self) -> Hashable:
        """Return what the lines depend on."""
        raise NotImplementedError

    def lines(self) -> list[Line]:
        """Return what the sheet says; nothing where it is not shown."""
        raise NotImplementedError

    def place(self, width_px: int, height_px: int) -> pygame.Rect:
        """Return where a sheet of this size stands, cut to the room there is."""
        raise NotImplementedError

    def beside_the_panels(self, width_px: int, height_px: int) -> pygame.Rect:
        """Return a place to the left of the panels at the right, below the bar, above the orders, cut to the room."""
        room = self.table.map_foot - self.table.map_top - 2 * EDGE
        left = self.table.size[0] - 2 * (width_px + EDGE)
        return pygame.Rect(max(left, EDGE), self.table.map_top + EDGE, width_px, min(height_px, room))

    def covers(self, at: tuple[int, int]) -> bool:
        """Return whether the sheet is there."""
        return self.box.collidepoint(at)

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Scroll by the wheel or by pages, follow lines that lead anywhere; keep what is done over it from the map.

        Page Up and Page Down go to the uppermost sheet that is longer than its place.
        """
        if event.type == pygame.KEYDOWN and event.key in PAGES and self._hidden_px > 0:
            self._scroll += round(PAGES[event.key] * self.box.height)
            return True
        if event.type == pygame.MOUSEWHEEL:
            over = self.box.collidepoint(getattr(event, "at", None) or pygame.mouse.get_pos())
            if over:
                self._scroll -= event.y * theme.px(STEP_PX)
            return over
        if event.type != pygame.MOUSEBUTTONDOWN or not self.box.collidepoint(event.pos):
            return False
        line = self._link_at(event.pos)
        if event.button == 1 and line is not None:
            self.follow(line)
        return True

    def follow(self, line: Line) -> None:
        """Do what a click on a line is for: go to its place."""
        if line.hex >= 0:
            self.table.show_hex(line.hex)

    def resize(self) -> None:
        """Lay the lines out anew: the window or the scale is another one."""
        super().resize()
        self._said = None

    def draw(self, target: pygame.Surface) -> None:
        """Draw the sheet, if it has anything to say."""
        key = (self.key(), self.panel_width, self.table.size)
        if key != self._said:
            self._said, lines = key, self.lines()
            self._column = panels.column(lines, self.panel_width) if lines else None
            self._scroll = self._scroll if self.keeps_scroll else 0
        if self._column is None:
            self.box = EMPTY
            return
        face = self._column.surface
        self.box = self.place(*face.get_size())
        if self.box.height <= 0:
            return
        self._scroll = max(min(self._scroll, face.get_height() - self.box.height), 0)
        size = self.box.size
        paper = self.kept("paper", size, lambda: panels.sheet(size).convert_alpha())
        if paper is not None:
            target.blit(paper, self.box)
        self._mark_link(target)
        target.blit(face, self.box, (0, self._scroll, *self.box.size))
        panels.draw_scroll_bar(target, self.box, face.get_height(), self._scroll)

    @property
    def links(self) -> tuple[tuple[pygame.Rect, Line], ...]:
        """Return the lines that lead anywhere, with their places on the whole sheet; none where it is not shown."""
        return () if self._column is None else self._column.links

    def on_screen(self, row: pygame.Rect) -> pygame.Rect:
        """Return the part of a line's place that can be seen, in pixels of the window."""
        return row.move(self.box.left, self.box.top - self._scroll).inflate(-theme.px(12), 0).clip(self.box)

    def bring_into_view(self, row: pygame.Rect) -> None:
        """Scroll until a line can be seen."""
        self._scroll = min(max(self._scroll, row.bottom - self.box.height), row.top)

    @property
    def _hidden_px(self) -> int:
        """Return how much longer the sheet is than its place; 0 where it is not shown."""
        if self._column is None or not self.box.height:
            return 0
        return self._column.surface.get_height() - self.box.height

    def _link_at(self, at: tuple[int, int]) -> Line | None:
        found = self._row_at(at)
        return found[1] if found else None

    def _row_at(self, at: tuple[int, int]) -> tuple[pygame.Rect, Line] | None:
        if self._column is None or not self.box.collidepoint(at):
            return None
        inner = (at[0] - self.box.left, at[1] - self.box.top + self._scroll)
        return next((row for row in self._column.links if row[0].collidepoint(inner)), None)

    def _mark_link(self, target: pygame.Surface) -> None:
        """Shade the line under the pointer where it leads anywhere."""
        found = self._row_at(pygame.mouse.get_pos())
        if found is not None:
            pygame.draw.rect(target, theme.WARM, self.on_screen(found[0]), border_radius=theme.px(4))
