"""Patterns of layers: masks as large as a tile that fit against each other without a seam."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from sim.ui.map.stand_ins import TILE

FINE = 3  # masks are worked out so many times as large and averaged
Figure = Callable[[NDArray[Any], NDArray[Any]], NDArray[Any]]


def _lines(period: int, width: float, lean: int) -> Figure:
    return lambda x, y: (x + lean * y) % period < width


def _dots(period: int, radius: float) -> Figure:
    def figure(x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
        shifted = x + (y // period % 2) * period / 2
        return np.hypot(shifted % period - period / 2, y % period - period / 2) < radius

    return figure


def _rain(period: int, length: float) -> Figure:
    def figure(x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
        shifted = x + (y // period % 2) * period / 2
        down = y % period
        return (abs((shifted + 0.45 * down) % period - period / 2) < 0.95) & (down < length)

    return figure


def _waves(x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
    return abs((y + 1.7 * np.sin(x * 2 * np.pi / 16)) % 8 - 4) < 0.9


# Periods divide the size of a tile, so that a pattern runs on from tile to tile.
PATTERNS: dict[str, Figure] = {
    "solid": lambda x, y: x >= 0,
    "hatch": _lines(8, 1.8, 1),
    "hatch_wide": _lines(16, 2.4, 1),
    "hatch_dense": _lines(8, 3.6, 1),
    "back": _lines(8, 1.8, -1),
    "back_dense": _lines(8, 3.6, -1),
    "cross": lambda x, y: _lines(8, 1.7, 1)(x, y) | _lines(8, 1.7, -1)(x, y),
    "dots": _dots(8, 1.6),
    "dots_dense": _dots(8, 2.6),
    "rain": _rain(16, 8.0),
    "rain_dense": _rain(8, 5.5),
    "waves": _waves,
}


@lru_cache(maxsize=64)
def mask(name: str, ground: float) -> pygame.Surface:
    """Return a pattern as a surface to multiply with: 1 in its figures, ``ground`` between them, in all four bands."""
    steps = (np.arange(TILE * FINE) + 0.5) / FINE
    y, x = np.meshgrid(steps, steps, indexing="ij")
    fine = np.asarray(PATTERNS[name](x, y), np.float64).reshape(TILE, FINE, TILE, FINE).mean(axis=(1, 3))
    level = np.rint(255 * (ground + (1 - ground) * fine)).astype(np.uint8)
    return pygame.image.frombuffer(np.repeat(level[..., None], 4, axis=2).tobytes(), (TILE, TILE), "RGBA").copy()
