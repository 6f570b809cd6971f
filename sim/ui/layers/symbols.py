"""Signs of layers, drawn large and reduced."""

from collections.abc import Callable
from functools import lru_cache

import pygame

from sim.ui.layers.styles import SIGNS
from sim.ui.look import theme

Colour = theme.Colour
LARGE = 96  # px across which a sign is drawn before it is reduced
RIM: Colour = (252, 249, 240)
DARK: Colour = (34, 28, 26)

Shape = Callable[[pygame.Surface, Colour], None]


def _plate(target: pygame.Surface, points: list[tuple[float, float]], colour: Colour) -> None:
    pygame.draw.polygon(target, colour, points)
    pygame.draw.polygon(target, RIM, points, 7)
    pygame.draw.polygon(target, DARK, points, 3)


def _disc(target: pygame.Surface, colour: Colour) -> None:
    pygame.draw.circle(target, DARK, (48, 48), 42)
    pygame.draw.circle(target, RIM, (48, 48), 39)
    pygame.draw.circle(target, colour, (48, 48), 32)


def _triangle(target: pygame.Surface, colour: Colour) -> None:
    _plate(target, [(48, 6), (90, 86), (6, 86)], colour)
    pygame.draw.line(target, DARK, (48, 34), (48, 60), 9)
    pygame.draw.circle(target, DARK, (48, 73), 6)


def _diamond(target: pygame.Surface, colour: Colour) -> None:
    _plate(target, [(48, 4), (92, 48), (48, 92), (4, 48)], colour)
    pygame.draw.line(target, RIM, (28, 48), (68, 48), 13)


def _octagon(target: pygame.Surface, colour: Colour) -> None:
    _plate(target, [(30, 4), (66, 4), (92, 30), (92, 66), (66, 92), (30, 92), (4, 66), (4, 30)], colour)
    pygame.draw.line(target, RIM, (30, 30), (66, 66), 12)
    pygame.draw.line(target, RIM, (30, 66), (66, 30), 12)


def _cross(target: pygame.Surface, colour: Colour) -> None:
    for shade, width in ((RIM, 30), (colour, 18)):
        pygame.draw.line(target, shade, (16, 16), (80, 80), width)
        pygame.draw.line(target, shade, (16, 80), (80, 16), width)


def _square(target: pygame.Surface, colour: Colour) -> None:
    _plate(target, [(12, 12), (84, 12), (84, 84), (12, 84)], colour)
    pygame.draw.line(target, RIM, (12, 48), (84, 48), 6)


def _square_empty(target: pygame.Surface, colour: Colour) -> None:
    _plate(target, [(12, 12), (84, 12), (84, 84), (12, 84)], RIM)
    pygame.draw.rect(target, colour, (20, 20, 56, 56), 8)
    pygame.draw.line(target, colour, (22, 74), (74, 22), 8)


def _railhead(target: pygame.Surface, colour: Colour) -> None:
    _plate(target, [(8, 16), (88, 16), (88, 80), (8, 80)], colour)
    for y in (36, 60):
        pygame.draw.line(target, RIM, (16, y), (80, y), 6)
    for x in (28, 48, 68):
        pygame.draw.line(target, RIM, (x, 26), (x, 70), 6)


def _anchor(target: pygame.Surface, colour: Colour) -> None:
    _disc(target, colour)
    pygame.draw.line(target, RIM, (48, 26), (48, 74), 6)
    pygame.draw.line(target, RIM, (36, 36), (60, 36), 6)
    pygame.draw.arc(target, RIM, (26, 34, 44, 42), 3.4, 6.1, 6)


def _sun(target: pygame.Surface, colour: Colour) -> None:
    for end in ((48, 2), (48, 94), (2, 48), (94, 48), (15, 15), (81, 15), (15, 81), (81, 81)):
        pygame.draw.line(target, colour, (48, 48), end, 7)
    pygame.draw.circle(target, RIM, (48, 48), 27)
    pygame.draw.circle(target, colour, (48, 48), 22)


def _cloud(target: pygame.Surface, colour: Colour) -> None:
    for grown, shade in ((5, RIM), (0, colour)):
        pygame.draw.circle(target, shade, (30, 44), 18 + grown)
        pygame.draw.circle(target, shade, (54, 34), 23 + grown)
        pygame.draw.circle(target, shade, (72, 46), 16 + grown)
        pygame.draw.rect(target, shade, (28 - grown, 44, 46 + 2 * grown, 19 + grown))
    for x in (32, 52, 72):
        pygame.draw.line(target, colour, (x, 70), (x - 8, 90), 6)


def _storm(target: pygame.Surface, colour: Colour) -> None:
    _cloud(target, colour)
    for x in (22, 42, 62, 82):
        pygame.draw.line(target, colour, (x, 68), (x - 12, 94), 7)


def _flag_on(target: pygame.Surface, colour: Colour, is_full: bool) -> None:
    pygame.draw.line(target, RIM, (26, 6), (26, 92), 16)
    points = [(28, 8), (86, 20), (28, 50)]
    pygame.draw.polygon(target, colour if is_full else RIM, points)
    pygame.draw.polygon(target, RIM, points, 12)
    pygame.draw.polygon(target, colour, points, 0 if is_full else 7)
    pygame.draw.line(target, DARK, (26, 6), (26, 92), 8)


def _flag(target: pygame.Surface, colour: Colour) -> None:
    _flag_on(target, colour, True)


def _flag_empty(target: pygame.Surface, colour: Colour) -> None:
    _flag_on(target, colour, False)


def _flag_star(target: pygame.Surface, colour: Colour) -> None:
    pygame.draw.circle(target, (250, 214, 90), (44, 40), 38)
    _flag_on(target, colour, True)


def _fort_on(target: pygame.Surface, colour: Colour, is_full: bool) -> None:
    teeth = [
        (10, 86),
        (10, 22),
        (26, 22),
        (26, 38),
        (40, 38),
        (40, 22),
        (56, 22),
        (56, 38),
        (70, 38),
        (70, 22),
        (86, 22),
    ]
    points = [*teeth, (86, 86)]
    _plate(target, [(float(x), float(y)) for x, y in points], colour if is_full else RIM)
    if not is_full:
        pygame.draw.polygon(target, colour, points, 9)


def _fort(target: pygame.Surface, colour: Colour) -> None:
    _fort_on(target, colour, True)


def _fort_empty(target: pygame.Surface, colour: Colour) -> None:
    _fort_on(target, colour, False)


def _chevrons(count: int) -> Shape:
    """Return as many strokes of a chevron above each other as the odds are bad."""

    def shape(target: pygame.Surface, colour: Colour) -> None:
        pygame.draw.circle(target, DARK, (48, 48), 47)
        pygame.draw.circle(target, RIM, (48, 48), 43)
        first = 48 - 9 * (count - 1) + 10
        for index in range(count):
            y = first + 18 * index
            pygame.draw.lines(target, colour, False, [(20, y + 6), (48, y - 16), (76, y + 6)], 11)

    return shape


SHAPES: dict[str, Shape] = {
    "chevron_1": _chevrons(1),
    "chevron_2": _chevrons(2),
    "chevron_3": _chevrons(3),
    "chevron_4": _chevrons(4),
    "disc": _disc,
    "triangle": _triangle,
    "diamond": _diamond,
    "octagon": _octagon,
    "cross": _cross,
    "square": _square,
    "square_empty": _square_empty,
    "railhead": _railhead,
    "anchor": _anchor,
    "sun": _sun,
    "cloud": _cloud,
    "storm": _storm,
    "flag": _flag,
    "flag_empty": _flag_empty,
    "flag_star": _flag_star,
    "fort": _fort,
    "fort_empty": _fort_empty,
}


@lru_cache(maxsize=256)
def sign(name: str, size_px: int) -> pygame.Surface:
    """Return a sign on a transparent surface about ``size_px`` across, as its look has it."""
    look = SIGNS[name]
    large = pygame.Surface((LARGE, LARGE), pygame.SRCALPHA)
    SHAPES[look.shape](large, look.colour)
    wide = max(round(size_px * look.size), 6)
    return pygame.transform.smoothscale(large, (wide, wide)).convert_alpha()
