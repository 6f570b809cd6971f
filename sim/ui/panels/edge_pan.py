"""The map moves while the pointer touches an edge of the window, where the settings say so."""

import pygame

from sim.ui.panels.part import Part

EDGE_PX, STEP_SHARE = 2, 1 / 120  # how near the edge, and what share of the view a frame moves


class EdgePan(Part):
    """Moves the map by the pointer at the window's edge."""

    def update(self) -> None:
        """Go on by a frame."""
        table = self.table
        if not table.stage.settings.edge_pan or not table.is_uppermost or not pygame.mouse.get_focused():
            return
        x, y = pygame.mouse.get_pos()
        across = (x >= table.size[0] - EDGE_PX) - (x < EDGE_PX)
        down = (y >= table.size[1] - EDGE_PX) - (y < EDGE_PX)
        if across or down:
            step = table.camera.width_px * STEP_SHARE
            table.camera = table.camera.panned(across * step, down * step)
