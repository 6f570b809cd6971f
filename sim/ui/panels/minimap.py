"""The small map in the corner: a click goes there."""

import pygame

from sim.ui.look import theme
from sim.ui.panels.part import EDGE, Part

WIDTH, MOST_OF_WIDTH = 220, 0.19  # at scale 1 in pixels; the greatest share of the window


class MiniMap(Part):
    """Shows the whole theatre small, with the frame of the view."""

    def box(self) -> pygame.Rect:
        """Return where it stands."""
        width, height = self.table.size
        wide = min(theme.px(WIDTH), round(width * MOST_OF_WIDTH))
        wide, high = self.table.view.minimap_size(wide)
        return pygame.Rect(EDGE, height - high - EDGE, wide, high)

    def resize(self) -> None:
        """Keep names off the small map in its new place."""
        super().resize()
        self.table.view.labels.covered = [self.box().inflate(8, 8).move(0, -self.table.map_top)]

    def covers(self, at: tuple[int, int]) -> bool:
        """Return whether it is there."""
        return self.box().collidepoint(at)

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Go where it is clicked."""
        pressed = event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.box().collidepoint(event.pos)
        if pressed:
            box, camera = self.box(), self.table.camera
            scale = camera.plane_width / box.width
            self.table.camera = camera.at_plane((event.pos[0] - box.left) * scale, (event.pos[1] - box.top) * scale)
        return pressed

    def draw(self, target: pygame.Surface) -> None:
        """Draw it."""
        self.table.view.draw_minimap(target, self.table.camera, self.box())
