"""The window on its display: a size that fits with its frame, and a picture of its own in task bars."""

import pygame
import pytest

from sim.ui.startup import main_loop
from sim.ui.window import display
from sim.ui.window.settings import Settings

pytestmark = pytest.mark.window


@pytest.mark.parametrize(
    ("wanted", "desktop", "given"),
    [
        ((1280, 800), (1920, 1080), (1280, 800)),
        ((1920, 1080), (1920, 1080), (1904, 992)),
        ((2560, 1440), (1366, 768), (1350, 680)),
    ],
)
def test_a_window_fits_the_display_with_its_frame(monkeypatch: pytest.MonkeyPatch, wanted, desktop, given) -> None:
    opened: list[tuple[int, int]] = []
    monkeypatch.setattr(pygame.display, "get_driver", lambda: "x11")
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [desktop])
    monkeypatch.setattr(pygame.display, "set_mode", lambda size, flags: opened.append(size))
    display.show_window(Settings(size_px=wanted))
    assert opened == [given]


def test_the_window_has_a_picture_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    icons: list[pygame.Surface] = []
    monkeypatch.setattr(pygame.display, "set_icon", icons.append)
    main_loop.open_window(Settings())
    assert icons[0].get_size() == (64, 64)
    assert icons[0].get_bounding_rect().width > 48  # the counter fills it
    assert icons[0].get_at((0, 0)).a == 0
    pygame.quit()
