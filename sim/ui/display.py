"""The window itself: its size, and whether it fills the screen."""

import pygame

from sim.ui.settings import Settings


def show_window(settings: Settings) -> pygame.Surface:
    """Open the window, or change the open one, as the settings have it."""
    if settings.full_screen:
        return pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
    return pygame.display.set_mode(settings.size_px, pygame.RESIZABLE)
