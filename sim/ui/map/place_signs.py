"""Signs of places: towns by size, passes, ports, airfields, fortresses."""

from functools import lru_cache

import pygame

from sim.game.terms import codes
from sim.ui.look import theme
from sim.ui.look.palettes import Colour

FINE = 4
INK: Colour = theme.INK
FILL: Colour = theme.HALO
HARBOUR: Colour = (44, 84, 126)
STONE: Colour = (112, 52, 40)
FEATURES = (codes.FLAG_FORTRESS, codes.FLAG_PASS, codes.FLAG_PORT, codes.FLAG_AIRFIELD)
TOWN_PX = (6, 6, 7, 9, 11, 13)  # by size of town


@lru_cache(maxsize=64)
def town(size: int, scale: float) -> pygame.Surface:
    """Return the mark of a town: a ring, from a town on with a dot; a square for a city, two for a metropolis."""
    width = max(round(TOWN_PX[size] * scale), 4)
    whole = width * FINE
    large = pygame.Surface((whole, whole), pygame.SRCALPHA)
    middle, rim = (whole / 2, whole / 2), max(whole // 8, 3)
    if size >= 4:
        large.fill(INK)
        large.fill(FILL, large.get_rect().inflate(-2 * rim, -2 * rim))
        large.fill(INK, large.get_rect().inflate(-whole // 2 - rim // 2, -whole // 2 - rim // 2))
        if size == 5:
            large.fill(FILL, large.get_rect().inflate(-whole * 3 // 4, -whole * 3 // 4))
    else:
        pygame.draw.circle(large, INK, middle, whole / 2)
        pygame.draw.circle(large, FILL if size else (200, 192, 176), middle, whole / 2 - rim)
        if size == 3:
            pygame.draw.circle(large, INK, middle, whole / 6)
    return pygame.transform.smoothscale(large, (width, width)).convert_alpha()


@lru_cache(maxsize=64)
def feature(flag: int, size_px: int) -> pygame.Surface:
    """Return the sign of a fortress, pass, port or airfield on a light disc."""
    whole = size_px * FINE
    large = pygame.Surface((whole, whole), pygame.SRCALPHA)
    pygame.draw.circle(large, (*FILL, 225), (whole / 2, whole / 2), whole / 2)
    draw = {
        codes.FLAG_FORTRESS: _fortress,
        codes.FLAG_PASS: _pass,
        codes.FLAG_PORT: _port,
        codes.FLAG_AIRFIELD: _airfield,
    }[flag]
    draw(large, whole, max(whole // 11, 2))
    return pygame.transform.smoothscale(large, (size_px, size_px)).convert_alpha()


def _fortress(large: pygame.Surface, whole: int, width: int) -> None:
    """Draw a star fort."""
    middle = pygame.math.Vector2(whole / 2, whole / 2)
    points = [
        middle + pygame.math.Vector2(0, -whole * (0.44 if corner % 2 == 0 else 0.24)).rotate(36 * corner)
        for corner in range(10)
    ]
    pygame.draw.polygon(large, STONE, points)
    pygame.draw.circle(large, FILL, middle, whole * 0.1)


def _pass(large: pygame.Surface, whole: int, width: int) -> None:
    """Draw two slopes that leave a way between them."""
    for side in (-1, 1):
        points = [(whole * (0.5 + side * at), whole * level) for at, level in ((0.3, 0.2), (0.13, 0.5), (0.3, 0.8))]
        pygame.draw.lines(large, INK, False, points, width + 2)


def _port(large: pygame.Surface, whole: int, width: int) -> None:
    """Draw an anchor."""
    x = whole / 2
    pygame.draw.circle(large, HARBOUR, (x, whole * 0.24), whole * 0.09, width)
    pygame.draw.line(large, HARBOUR, (x, whole * 0.3), (x, whole * 0.84), width)
    pygame.draw.line(large, HARBOUR, (whole * 0.32, whole * 0.42), (whole * 0.68, whole * 0.42), width)
    pygame.draw.arc(large, HARBOUR, pygame.Rect(whole * 0.2, whole * 0.3, whole * 0.6, whole * 0.55), 3.3, 6.1, width)


def _airfield(large: pygame.Surface, whole: int, width: int) -> None:
    """Draw an aeroplane from above."""
    x = whole / 2
    pygame.draw.line(large, INK, (x, whole * 0.16), (x, whole * 0.84), width + 2)
    pygame.draw.line(large, INK, (whole * 0.16, whole * 0.44), (whole * 0.84, whole * 0.44), width + 3)
    pygame.draw.line(large, INK, (whole * 0.36, whole * 0.78), (whole * 0.64, whole * 0.78), width)
