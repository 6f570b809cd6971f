"""What the bar above the map says, as small pictures: words, points against the record, weather by region."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pygame

from sim.game.telling.victory_pace import Pace
from sim.game.terms import codes
from sim.ui.layers.symbols import SHAPES
from sim.ui.look import theme

SOFT: theme.Colour = (176, 168, 154)
AHEAD: theme.Colour = (150, 200, 140)
BEHIND: theme.Colour = (240, 170, 120)
SKY_SHAPES = {codes.CLEAR: "sun", codes.RAIN: "cloud", codes.HEAVY_RAIN: "storm"}
SKY_COLOURS: dict[int, theme.Colour] = {
    codes.CLEAR: (236, 196, 84), codes.RAIN: (150, 180, 206), codes.HEAVY_RAIN: (112, 150, 196),
}  # fmt: skip
GROUND_COLOURS: dict[int, theme.Colour] = {codes.WET: (190, 140, 90), codes.FLOODED: (96, 156, 214)}
LARGE = 96
LONG, SIGNS, SHORT, SHORTER, SHORTEST = range(5)  # how short the bar has to be


@dataclass(frozen=True)
class Chip:
    """One thing that the bar says, and the tooltip that explains it."""

    face: pygame.Surface
    hint: str


@dataclass(frozen=True)
class Sky:
    """The weather of one region: its name, and the codes of sky and ground."""

    name: str
    sky: int
    ground: int


def in_words(words: str, hint: str, points: int = 14, colour: theme.Colour = SOFT, style: str = "Regular") -> Chip:
    """Return a chip that is plain words."""
    return Chip(theme.text(words, theme.px(points), colour, style), hint)


def points_chip(pace: Pace, hint: str, length: int, is_good: bool) -> Chip:
    """Return the points of both sides, then the lead over August 1945 with a triangle that points up or down.

    ``is_good`` says whether the looker likes the lead; the triangle says the same as the colour.
    """
    size = theme.px(14)
    colour = SOFT if not pace.lead else AHEAD if is_good else BEHIND
    lead = pace.words if length <= SIGNS else f"{abs(pace.lead):,}"
    faces = [_triangle(pace.lead, theme.px(11), colour), theme.text(lead, size, colour, "Bold")]
    score = f"{pace.soviet:,} : {pace.japanese:,}"
    if length < SHORTEST:
        score = f"Soviet {score} Japanese" if length == LONG else score
        faces.insert(0, theme.text(score, size, theme.BAR_TEXT))
    return Chip(_in_a_row(faces, theme.px(6)), hint)


def weather_chip(skies: Sequence[Sky], hint: str, length: int) -> Chip:
    """Return a sign for each region, from west to north, after its name or the first letter of it."""
    faces = []
    for one in skies:
        sign = weather_sign(one.sky, one.ground, theme.px(24))
        if length < SHORTEST:
            words = one.name if length == LONG else one.name[:1].upper()
            sign = _in_a_row([theme.text(words, theme.px(13), SOFT), sign], theme.px(3))
        faces.append(sign)
    return Chip(_in_a_row(faces, theme.px(9 if length == LONG else 6)), hint)


@lru_cache(maxsize=64)
def weather_sign(sky: int, ground: int, size_px: int) -> pygame.Surface:
    """Return the sign of a sky, over one wave where there is mud and two where valleys are flooded."""
    large = pygame.Surface((LARGE, LARGE), pygame.SRCALPHA)
    above = pygame.Surface((LARGE, LARGE), pygame.SRCALPHA)
    SHAPES[SKY_SHAPES[sky]](above, SKY_COLOURS[sky])
    waves = {codes.WET: 1, codes.FLOODED: 2}.get(ground, 0)
    side = LARGE if not waves else LARGE * 3 // 4
    large.blit(pygame.transform.smoothscale(above, (side, side)), ((LARGE - side) // 2, 0))
    for row in range(waves):
        y = LARGE - 8 - 15 * (waves - 1 - row)
        points = [(x, y - (6 if x // 16 % 2 else 0)) for x in range(0, LARGE + 1, 16)]
        pygame.draw.lines(large, GROUND_COLOURS[ground], False, points, 8)
    return pygame.transform.smoothscale(large, (size_px, size_px)).convert_alpha()


def _triangle(lead: int, size_px: int, colour: theme.Colour) -> pygame.Surface:
    """Return a triangle upwards (ahead), downwards (behind), or a bar (as in 1945)."""
    large = pygame.Surface((LARGE, LARGE), pygame.SRCALPHA)
    if lead:
        tip, base = (8, LARGE - 8) if lead > 0 else (LARGE - 8, 8)
        pygame.draw.polygon(large, colour, [(LARGE // 2, tip), (4, base), (LARGE - 4, base)])
    else:
        pygame.draw.rect(large, colour, (6, LARGE // 2 - 12, LARGE - 12, 24))
    return pygame.transform.smoothscale(large, (size_px, size_px)).convert_alpha()


def _in_a_row(faces: Sequence[pygame.Surface], gap_px: int) -> pygame.Surface:
    """Return pictures beside one another, in the middle of their common height."""
    size = (sum(face.get_width() + gap_px for face in faces) - gap_px, max(face.get_height() for face in faces))
    out = pygame.Surface(size, pygame.SRCALPHA)
    x = 0
    for face in faces:
        out.blit(face, (x, (size[1] - face.get_height()) // 2))
        x += face.get_width() + gap_px
    return out.convert_alpha()
