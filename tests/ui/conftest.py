"""The window that tests of this wing draw in: one that nobody sees, opened for each file."""

from collections.abc import Iterator

import pygame
import pytest

from tests.support.windows import opened_window


@pytest.fixture(scope="module")
def window() -> Iterator[pygame.Surface]:
    """Open the window, and close it after the last test of the file."""
    yield opened_window()
    pygame.quit()
