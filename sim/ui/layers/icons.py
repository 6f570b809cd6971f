"""Pictures on the buttons of layers, drawn large and reduced."""

from collections.abc import Callable
from functools import lru_cache

import pygame

from sim.ui.layers.symbols import SHAPES

INK = (236, 230, 216)
SOFT = (150, 142, 130)
LARGE = 96


def _movement(face: pygame.Surface) -> None:
    pygame.draw.lines(face, INK, False, [(12, 78), (40, 48), (58, 60), (82, 24)], 9)
    pygame.draw.polygon(face, INK, [(90, 12), (86, 44), (60, 24)])


def _supply(face: pygame.Surface) -> None:
    pygame.draw.rect(face, INK, (8, 30, 48, 36), border_radius=4)
    pygame.draw.polygon(face, INK, [(60, 40), (78, 40), (88, 54), (88, 66), (60, 66)])
    for x in (24, 74):
        pygame.draw.circle(face, (44, 42, 42), (x, 70), 14)
        pygame.draw.circle(face, INK, (x, 70), 10)


def _zones(face: pygame.Surface) -> None:
    hexagon = [(26, 10), (70, 10), (92, 48), (70, 86), (26, 86), (4, 48)]
    for offset in range(-60, 100, 20):
        pygame.draw.line(face, SOFT, (offset, 90), (offset + 84, 6), 6)
    pygame.draw.polygon(face, INK, hexagon, 8)


def _control(face: pygame.Surface) -> None:
    pygame.draw.rect(face, SOFT, (8, 12, 36, 72))
    pygame.draw.lines(face, INK, False, [(52, 8), (42, 30), (58, 52), (44, 72), (52, 90)], 9)
    for y in (14, 38, 62):
        pygame.draw.line(face, INK, (76, y), (76, y + 13), 7)


def _weather(face: pygame.Surface) -> None:
    SHAPES["cloud"](face, INK)


def _plans(face: pygame.Surface) -> None:
    pygame.draw.lines(face, INK, False, [(10, 84), (20, 50), (52, 40)], 13)
    pygame.draw.polygon(face, INK, [(80, 32), (50, 16), (54, 60)])
    pygame.draw.line(face, SOFT, (86, 52), (86, 90), 7)


def _strength(face: pygame.Surface) -> None:
    for x, top, shade in ((12, 58, SOFT), (36, 34, INK), (60, 14, INK)):
        pygame.draw.rect(face, shade, (x, top, 18, 88 - top))


def _threats(face: pygame.Surface) -> None:
    pygame.draw.polygon(face, INK, [(48, 6), (92, 86), (4, 86)], 9)
    pygame.draw.line(face, INK, (48, 34), (48, 60), 9)
    pygame.draw.circle(face, INK, (48, 73), 6)


def _record(face: pygame.Surface) -> None:
    pygame.draw.rect(face, INK, (10, 18, 76, 70), 8, border_radius=6)
    pygame.draw.line(face, INK, (12, 40), (84, 40), 8)
    for x in (30, 66):
        pygame.draw.line(face, INK, (x, 6), (x, 24), 9)
    pygame.draw.lines(face, SOFT, False, [(30, 62), (44, 76), (68, 52)], 9)


def _legend(face: pygame.Surface) -> None:
    for y in (16, 42, 68):
        pygame.draw.rect(face, SOFT, (8, y, 20, 16))
        pygame.draw.line(face, INK, (38, y + 8), (88, y + 8), 8)


def _fold(face: pygame.Surface) -> None:
    for y, shade in ((62, SOFT), (44, SOFT), (26, INK)):
        pygame.draw.polygon(face, shade, [(48, y - 18), (90, y), (48, y + 18), (6, y)])
        pygame.draw.polygon(face, (44, 42, 42), [(48, y - 18), (90, y), (48, y + 18), (6, y)], 4)


PICTURES: dict[str, Callable[[pygame.Surface], None]] = {
    "layer_movement": _movement,
    "layer_supply": _supply,
    "layer_zones": _zones,
    "layer_control": _control,
    "layer_weather": _weather,
    "layer_plans": _plans,
    "layer_strength": _strength,
    "layer_threats": _threats,
    "layer_record": _record,
    "legend": _legend,
    "fold": _fold,
}


@lru_cache(maxsize=64)
def icon(command: str, size_px: int) -> pygame.Surface:
    """Return the picture of a command."""
    large = pygame.Surface((LARGE, LARGE), pygame.SRCALPHA)
    PICTURES[command](large)
    return pygame.transform.smoothscale(large, (size_px, size_px)).convert_alpha()
