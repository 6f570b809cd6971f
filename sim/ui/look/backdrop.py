"""The ground of the screens before the game: the relief of the theatre, darkened."""

from functools import lru_cache

import numpy as np
import pygame

from sim import paths
from sim.ui.look import theme

RELIEF = "august_storm.png"
DARK, LIGHT = np.array((30, 29, 31), np.float32), np.array((128, 114, 92), np.float32)


@lru_cache(maxsize=2)
def dark(size: tuple[int, int]) -> pygame.Surface:
    """Return the relief filling a window, dark enough to write on, darker to the left where the buttons are."""
    out = pygame.Surface(size)
    file = paths.assets_root() / "relief" / RELIEF
    if not file.is_file():
        out.fill(theme.BAR)
        return out
    relief = pygame.image.load(str(file))
    scale = max(size[0] / relief.get_width(), size[1] / relief.get_height())
    whole = (round(relief.get_width() * scale) + 1, round(relief.get_height() * scale) + 1)
    shown = pygame.transform.smoothscale(relief.convert(24), whole)
    grey = pygame.surfarray.array3d(shown)[: size[0], : size[1], 0].astype(np.float32) / 255
    across = np.linspace(0, 1, size[0], dtype=np.float32)[:, None]
    light = np.clip(grey * 1.15 - 0.12, 0, 1) * (0.28 + 0.72 * np.clip(across * 1.5 - 0.2, 0, 1))
    colours = DARK + (LIGHT - DARK) * light[..., None]
    pygame.surfarray.blit_array(out, colours.astype(np.uint8))
    return out
