"""The small map in the corner: a click goes there."""

import pygame

from sim.ui.parts import EDGE, Part


class MiniMap(Part):
    """Shows the whole theatre small, with the frame of the view."""

    def box(self) -> pygame.Rect:
        """Return where it stands."""
        wide, high = self.screen.view.minimap_size
        return pygame.Rect(EDGE, self.screen.size[1] - high - EDGE, wide, high)

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Go where it is clicked."""
        pressed = event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.box().collidepoint(event.pos)
        if pressed:
            box, camera = self.box(), self.screen.camera
            scale = camera.plane_width / box.width
            self.screen.camera = camera.at_plane((event.pos[0] - box.left) * scale, (event.pos[1] - box.top) * scale)
        return pressed

    def draw(self, target: pygame.Surface) -> None:
        """Draw it."""
        self.screen.view.draw_minimap(target, self.screen.camera, self.box())
