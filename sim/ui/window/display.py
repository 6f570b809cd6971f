"""The window itself: its size, and whether it fills the screen."""

import pygame

from sim.ui.window.settings import Settings

FRAME_PX = (16, 88)  # borders; title bar and task bar


def show_window(settings: Settings) -> pygame.Surface:
    """Open the window, or change the open one, as the settings have it."""
    if settings.full_screen:
        return pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
    return pygame.display.set_mode(_fitted(settings.size_px), pygame.RESIZABLE)


def _fitted(size_px: tuple[int, int]) -> tuple[int, int]:
    """Return a size that the display can show with the frame of a window round it."""
    if pygame.display.get_driver() == "dummy":  # a window that nobody sees may have any size
        return size_px
    wide, high = pygame.display.get_desktop_sizes()[0]
    return min(size_px[0], wide - FRAME_PX[0]), min(size_px[1], high - FRAME_PX[1])
