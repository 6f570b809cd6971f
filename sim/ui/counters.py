"""Counters: branch symbol, side colour, size mark, strength, and small marks for what troubles a unit."""

from dataclasses import dataclass
from functools import lru_cache

import pygame

from sim.game.terms import codes
from sim.ui import theme

COLOURS = {
    codes.NATION_SOVIET: (196, 64, 52),
    codes.NATION_MONGOLIA: (208, 132, 58),
    codes.NATION_JAPAN: (244, 232, 198),
    codes.NATION_MANCHUKUO: (192, 202, 148),
    codes.NATION_MENGJIANG: (176, 196, 200),
}
LIGHT_INK, DARK_INK = (255, 250, 240), (34, 30, 28)
FINE = 3
DIVISION_ROOM10, BRIGADE_ROOM10 = 8, 4
SIZE_ARMY = 100


@dataclass(frozen=True)
class Look:
    """All that a counter shows."""

    nation: int
    branch: int
    room10: int
    strength: str
    under: int  # counters under it, at most 3
    supply: int
    dug_in: bool
    spent: bool  # no movement left
    width_px: int


@lru_cache(maxsize=2000)
def counter(look: Look) -> pygame.Surface:
    """Return a counter with its size mark above; its anchor is the middle of the surface."""
    wide, high = look.width_px, round(look.width_px * 0.62)
    mark = max(round(wide * 0.2), 3)
    lift = 2 * look.under if wide >= 24 else look.under
    size = (wide + 8 + 2 * lift, high + 2 * mark + 8 + 2 * lift)
    large = pygame.Surface((size[0] * FINE, size[1] * FINE), pygame.SRCALPHA)
    plate = pygame.Rect(0, 0, wide * FINE, high * FINE)
    plate.center = (large.get_width() // 2, large.get_height() // 2)
    rim = max(FINE, round(wide * FINE / 45))
    ink = LIGHT_INK if look.nation in (codes.NATION_SOVIET, codes.NATION_MONGOLIA) else DARK_INK
    pygame.draw.rect(large, (20, 16, 12, 60), plate.move(FINE * 2, FINE * 2), border_radius=2 * FINE)
    for step in range(look.under, 0, -1):
        shifted = plate.move(step * lift * FINE // max(look.under, 1), -step * lift * FINE // max(look.under, 1))
        _plate(large, shifted, COLOURS[look.nation], rim)
    _plate(large, plate, COLOURS[look.nation], rim)
    symbol = plate
    if wide >= 40:
        symbol = pygame.Rect(plate.left, plate.top, plate.width * 0.62, plate.height * 0.66)
        symbol.center = (plate.centerx, plate.top + round(plate.height * 0.38))
        pygame.draw.rect(large, ink, symbol, max(rim // 2, 2))
    _symbol(large, symbol, look.branch, ink, max(round(wide * FINE / 34), 2))
    _size_mark(large, plate, look.room10, lift * FINE)
    _marks(large, plate, look)
    out = pygame.transform.smoothscale(large, size)
    if wide >= 40:
        words = theme.text(look.strength, max(round(wide * 0.22), 9), ink, "Bold")
        out.blit(words, words.get_rect(midbottom=(size[0] // 2, size[1] // 2 + high // 2 + 1)))
    if look.spent:
        veil = pygame.Surface(size, pygame.SRCALPHA)
        pygame.draw.rect(
            veil, (70, 64, 60, 78), pygame.Rect(0, 0, wide, high).move((size[0] - wide) // 2, (size[1] - high) // 2)
        )
        out.blit(veil, (0, 0))
    return out.convert_alpha()


def _plate(target: pygame.Surface, box: pygame.Rect, colour: theme.Colour, rim: int) -> None:
    pygame.draw.rect(target, colour, box, border_radius=2 * FINE)
    pygame.draw.rect(target, DARK_INK, box, max(rim, 2), border_radius=2 * FINE)


def _size_mark(target: pygame.Surface, plate: pygame.Rect, room10: int, lift: int) -> None:
    """Draw XXXX for an army, XX for a division, X for a brigade and II for less."""
    count = 4 if room10 >= SIZE_ARMY else 2 if room10 >= DIVISION_ROOM10 or room10 < BRIGADE_ROOM10 else 1
    size = max(plate.width * 0.055, 2.5)
    y = plate.top - lift - size * 1.7
    width = max(round(size * 0.5), 2)
    for index in range(count):
        x = plate.centerx + (index - (count - 1) / 2) * size * 2.7
        if room10 >= BRIGADE_ROOM10:
            pygame.draw.line(target, DARK_INK, (x - size, y - size), (x + size, y + size), width)
            pygame.draw.line(target, DARK_INK, (x - size, y + size), (x + size, y - size), width)
        else:
            pygame.draw.line(target, DARK_INK, (x, y - size), (x, y + size), width)


def _marks(target: pygame.Surface, plate: pygame.Rect, look: Look) -> None:
    """Draw works as a bracket below, and want of supply as a drop (strained), half (out) or full (isolated)."""
    width = max(plate.width // 22, 3)
    if look.dug_in:
        y = plate.bottom + width * 2
        pygame.draw.lines(
            target, DARK_INK, False,
            [(plate.left, y - width * 2), (plate.left, y), (plate.right, y), (plate.right, y - width * 2)], width,
        )  # fmt: skip
    if look.supply != codes.IN_SUPPLY:
        radius = max(round(plate.width * 0.11), 7)
        centre = (plate.left + radius // 2, plate.bottom - radius // 2)
        colour = {codes.STRAINED: (236, 186, 60), codes.OUT_OF_SUPPLY: (224, 112, 32)}.get(look.supply, (150, 20, 20))
        pygame.draw.circle(target, HALO_DARK, centre, radius + 2)
        pygame.draw.circle(target, colour, centre, radius)
        if look.supply != codes.STRAINED:
            pygame.draw.line(
                target, LIGHT_INK, (centre[0] - radius / 2, centre[1]), (centre[0] + radius / 2, centre[1]), 3
            )
        if look.supply == codes.ISOLATED:
            pygame.draw.line(
                target, LIGHT_INK, (centre[0], centre[1] - radius / 2), (centre[0], centre[1] + radius / 2), 3
            )


HALO_DARK = (30, 24, 20)


def _symbol(target: pygame.Surface, box: pygame.Rect, branch: int, ink: theme.Colour, width: int) -> None:
    left, top, right, bottom = box.left, box.top, box.right - 1, box.bottom - 1
    x, y, w, h = box.centerx, box.centery, box.width, box.height
    if branch in (codes.INFANTRY, codes.MECHANISED, codes.AIRLANDED):
        pygame.draw.line(target, ink, (left, top), (right, bottom), width)
        pygame.draw.line(target, ink, (left, bottom), (right, top), width)
    if branch in (codes.TANK, codes.MECHANISED, codes.ASSAULT_GUNS):
        oval = pygame.Rect(0, 0, round(w * 0.62), round(h * 0.5))
        oval.center = box.center
        pygame.draw.ellipse(target, ink, oval, width)
    if branch == codes.CAVALRY:
        pygame.draw.line(target, ink, (left, bottom), (right, top), width)
    if branch in (codes.ARTILLERY, codes.ASSAULT_GUNS):
        pygame.draw.circle(target, ink, box.center, h * (0.2 if branch == codes.ARTILLERY else 0.11))
    if branch == codes.ROCKETS:
        for drop in (-0.18, 0.14):
            foot, ridge = y + h * (drop + 0.14), y + h * (drop - 0.1)
            pygame.draw.lines(target, ink, False, [(x - w * 0.16, foot), (x, ridge), (x + w * 0.16, foot)], width)
    if branch == codes.ENGINEERS:
        points = [(x - w * 0.24, y + h * 0.2), (x - w * 0.24, y - h * 0.2), (x + w * 0.24, y - h * 0.2)]
        pygame.draw.lines(target, ink, False, [*points, (x + w * 0.24, y + h * 0.2)], width)
        pygame.draw.line(target, ink, (x, y - h * 0.2), (x, y + h * 0.2), width)
    if branch == codes.FORTIFIED:
        points = [(left, bottom - h * 0.28)]
        for tooth in range(5):
            level = bottom - h * (0.62 if tooth % 2 else 0.28)
            points += [(left + tooth * w / 5, level), (left + (tooth + 1) * w / 5, level)]
        pygame.draw.lines(target, ink, False, points, width)
    if branch == codes.GARRISON:
        pygame.draw.line(target, ink, (left, bottom - h * 0.3), (right, bottom - h * 0.3), width)
        pygame.draw.line(target, ink, (left, top), (right, bottom - h * 0.3), width)
    if branch == codes.HEADQUARTERS:
        pygame.draw.line(target, ink, (left, top + h * 0.33), (right, top + h * 0.33), width)
    if branch in (codes.RIVER_UNIT, codes.MARINES):
        pygame.draw.line(target, ink, (x, top + h * 0.2), (x, bottom - h * 0.2), width)
        pygame.draw.arc(target, ink, pygame.Rect(x - w * 0.2, y - h * 0.35, w * 0.4, h * 0.7), 3.4, 6.0, width)
