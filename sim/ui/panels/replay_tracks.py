"""Who marched where on the day that a replay shows: an arrow from where each unit stood the evening before."""

import math
from collections.abc import Callable, Hashable

import numpy as np
import pygame

from sim.game.terms import codes
from sim.ui.look import theme
from sim.ui.map.camera import Camera, Point
from sim.ui.panels.part import Part
from sim.ui.player.table import ReplayTable

HEAD_PX, WIDTHS = 10, (2, 4)
BESIDE = 0.72  # sides of a hex from its middle at which an arrow ends: the counter reaches so far


class Tracks(Part):
    """Draws the marches of the day below names and counters, as far as the viewer knows of them.

    Attributes
    ----------
    is_shown : bool
    """

    table: ReplayTable

    is_shown = True

    def __init__(self, table: ReplayTable) -> None:
        super().__init__(table)
        self._known_for: Hashable = None
        self._ways: list[tuple[int, int, int]] = []
        table.view.under.append(self._draw_under)

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the command that shows and hides them."""
        return {"replay_moves": self._toggle}

    def _toggle(self) -> None:
        self.is_shown = not self.is_shown

    def ways(self) -> list[tuple[int, int, int]]:
        """Return the marches: the side, where they began and where they ended; those of a whole stack once."""
        session = self.table.session
        if self._known_for != session.version:
            self._known_for = session.version
            before, units = session.hexes_before(), session.world.units
            now = units["hex"]
            moved = np.flatnonzero((before >= 0) & (now >= 0) & (before != now))
            self._ways = sorted({(int(units["side"][row]), int(before[row]), int(now[row])) for row in moved})
        return self._ways

    def _draw_under(self, area: pygame.Surface, camera: Camera) -> None:
        if not self.is_shown:
            return
        nations = theme.palette.nations
        colours = {codes.SOVIET: nations[codes.NATION_SOVIET], codes.JAPANESE: nations[codes.NATION_JAPAN]}
        for side, start, end in self.ways():
            first, last = camera.centre_of(start), camera.centre_of(end)
            if camera.shows(first, 40) or camera.shows(last, 40):
                _draw_arrow(area, first, last, colours[side], camera.side_px * BESIDE)


def _draw_arrow(area: pygame.Surface, start: Point, end: Point, colour: theme.Colour, short_px: float) -> None:
    """Draw an arrow with a dark rim, so that it can be told from any ground; it stops short of the counter."""
    whole = math.dist(start, end)
    length = whole - short_px
    if length < 2:
        return
    dx, dy = (end[0] - start[0]) / whole, (end[1] - start[1]) / whole
    end = (start[0] + dx * length, start[1] + dy * length)
    head = min(theme.px(HEAD_PX), length)
    neck = (end[0] - dx * head, end[1] - dy * head)
    inner, outer = max(theme.px(WIDTHS[0]), 1), max(theme.px(WIDTHS[1]), 3)
    tip = [end, (neck[0] - dy * head / 2, neck[1] + dx * head / 2), (neck[0] + dy * head / 2, neck[1] - dx * head / 2)]
    pygame.draw.line(area, theme.INK, start, neck, outer)
    pygame.draw.polygon(area, theme.INK, tip, outer - inner)
    pygame.draw.line(area, colour, start, neck, inner)
    pygame.draw.polygon(area, colour, tip)
