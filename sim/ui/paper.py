"""A sheet of paper over the map: lines that scroll, of which some lead to a hex."""

from collections.abc import Hashable

import pygame

from sim.game.lines import Line
from sim.ui import panels, theme
from sim.ui.parts import EDGE, Part

EMPTY = pygame.Rect(0, 0, 0, 0)
STEP_PX = 40


class PaperPart(Part):
    """A part that is one sheet; what it says and where it stands is for its subclasses.

    Attributes
    ----------
    box : pygame.Rect
        Where the sheet stood when it was last drawn; empty if it was not.
    keeps_scroll : bool
        Whether it stays where it was scrolled to while its lines change.
    """

    box = EMPTY
    keeps_scroll = False
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
        """Return a place to the left of the panels at the right, below the bar, cut to the room there is."""
        room = self.screen.size[1] - self.screen.map_top - 2 * EDGE
        left = self.screen.size[0] - 2 * (width_px + EDGE)
        return pygame.Rect(max(left, EDGE), self.screen.map_top + EDGE, width_px, min(height_px, room))

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Scroll by the wheel, follow lines that lead to a hex; keep what happens over the sheet from the map."""
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
            self.screen.show_hex(line.hex)

    def draw(self, target: pygame.Surface) -> None:
        """Draw the sheet, if it has anything to say."""
        key = (self.key(), self.panel_width, self.screen.size)
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
        self._draw_bar(target, face.get_height())

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
            shade = found[0].move(self.box.left, self.box.top - self._scroll).inflate(-theme.px(12), 0)
            pygame.draw.rect(target, theme.WARM, shade.clip(self.box), border_radius=theme.px(4))

    def _draw_bar(self, target: pygame.Surface, whole_px: int) -> None:
        """Draw how much of the sheet is seen, where it is not all of it."""
        if whole_px <= self.box.height:
            return
        high = max(self.box.height * self.box.height // whole_px, theme.px(16))
        top = self.box.top + (self.box.height - high) * self._scroll // (whole_px - self.box.height)
        bar = pygame.Rect(self.box.right - theme.px(7), top, theme.px(4), high)
        pygame.draw.rect(target, theme.QUIET, bar, border_radius=theme.px(2))
