"""What stands over the map of the campaign screen, one part each: bars, panels, layers, questions."""

from collections.abc import Callable, Hashable

import pygame

from sim.ui.look import theme
from sim.ui.player.table import Table

EDGE = 12


class Part:
    """One thing over the map. Parts override what they need.

    Parameters
    ----------
    table : Table
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self._kept: dict[str, tuple[Hashable, pygame.Surface | None]] = {}

    def kept(self, name: str, key: Hashable, make: Callable[[], pygame.Surface | None]) -> pygame.Surface | None:
        """Return a surface that is made anew only when its key changes."""
        if name not in self._kept or self._kept[name][0] != key:
            self._kept[name] = (key, make())
        return self._kept[name][1]

    def covers(self, at: tuple[int, int]) -> bool:
        """Return whether it lies over the map at a pixel of the window."""
        return False

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the commands that the part carries out, by name (``sim.ui.window.commands``)."""
        return {}

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Take an event in pixels of the window; return whether nothing else may have it."""
        return False

    def update(self) -> None:
        """Go on by a frame."""

    def draw_map(self, area: pygame.Surface) -> None:
        """Draw on the map, below the bars and panels; ``area`` is the map's own surface."""

    def draw(self, target: pygame.Surface) -> None:
        """Draw over the map, in pixels of the window."""

    def resize(self) -> None:
        """Fit the window's new size, or other settings."""
        self._kept.clear()

    def leave(self) -> None:
        """Take note that the campaign is left."""

    @property
    def panel_width(self) -> int:
        """Return the width of a panel at the side in pixels: never more than four tenths of the window."""
        return min(theme.px(330), self.table.size[0] * 2 // 5)
