"""Units as simplified counters: colour by nation, symbol by branch, size mark above."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import ImageDraw

from sim.game.picture.frame import Frame
from sim.kernels import codes
from sim.kernels.state.layout import World

Box = tuple[float, float, float, float]
Colour = tuple[int, ...]

# Dark plates with light symbols attack, light plates with dark symbols defend: told apart without seeing colours.
COLOURS: dict[int, Colour] = {
    codes.NATION_SOVIET: (190, 48, 38),
    codes.NATION_MONGOLIA: (128, 58, 112),
    codes.NATION_JAPAN: (255, 214, 92),
    codes.NATION_MANCHUKUO: (208, 226, 150),
    codes.NATION_MENGJIANG: (176, 212, 232),
}
INK: dict[int, Colour] = {
    codes.NATION_SOVIET: (255, 250, 240),
    codes.NATION_MONGOLIA: (255, 250, 240),
}
DARK: Colour = (34, 30, 28)
DIVISION_ROOM10, BRIGADE_ROOM10 = 8, 4
WIDE, HIGH, MARK = 1.02, 0.68, 0.36  # half the plate, and the size mark above it, in hex sides


@dataclass(frozen=True)
class Stack:
    """The units of one hex: the one that is drawn, and how many lie under it."""

    unit: int
    n_units: int
    x: float
    y: float


def stacks(world: World, frame: Frame) -> list[Stack]:
    """Return one stack for each occupied hex in the window, with its strongest unit on top."""
    units = world.units
    there = np.flatnonzero((units["status"] == codes.ACTIVE) & (units["hex"] >= 0))
    there = there[frame.shows(units["hex"][there])]
    # Headquarters come last: they stand with their troops and would hide them.
    command = np.isin(units["branch"][there], (codes.HEADQUARTERS, codes.SUPPORT))
    weight = units["men"][there] + 60 * units["tanks"][there].sum(axis=1)
    found: dict[int, list[int]] = {}
    for unit in there[np.lexsort((-weight, command))].tolist():
        found.setdefault(int(units["hex"][unit]), []).append(unit)
    hexes = np.array(list(found), np.int64)
    centres = frame.centres(hexes) if found else np.zeros((0, 2))
    return [
        Stack(rows[0], len(rows), float(x), float(y))
        for rows, (x, y) in zip(found.values(), centres.tolist(), strict=True)
    ]


def counter_box(stack: Stack, side_px: float, scale: float = 1.0) -> Box:
    """Return the left, top, right and bottom of a stack's counter with its size mark."""
    wide, high = WIDE * side_px, HIGH * side_px
    return (
        (stack.x - wide) * scale,
        (stack.y - high - MARK * side_px) * scale,
        (stack.x + wide) * scale,
        (stack.y + high) * scale,
    )


def draw_counters(
    draw: ImageDraw.ImageDraw, world: World, found: list[Stack], side_px: float, scale: float, zoom: float = 1.0
) -> None:
    """Draw every stack; those further south lie over those further north."""
    for stack in sorted(found, key=lambda one: (one.y, one.x)):
        unit = world.units[stack.unit]
        left, top, right, bottom = counter_box(stack, side_px, scale)
        top += MARK * side_px * scale
        for under in range(min(stack.n_units - 1, 2), 0, -1):
            shift = under * 1.8 * scale * zoom
            _plate(draw, (left + shift, top - shift, right + shift, bottom - shift), int(unit["nation"]), scale * zoom)
        draw_counter(draw, (left, top, right, bottom), unit, scale * zoom)


def draw_counter(draw: ImageDraw.ImageDraw, box: Box, unit: Any, scale: float, with_size: bool = True) -> None:
    """Draw one unit in a box, with the mark of its size above."""
    nation = int(unit["nation"])
    _plate(draw, box, nation, scale)
    SYMBOLS[int(unit["branch"])](draw, box, INK.get(nation, DARK), max(round(1.1 * scale), 1))
    if with_size:
        _size_mark(draw, box, int(unit["stack10"]), scale)


def _plate(draw: ImageDraw.ImageDraw, box: Box, nation: int, scale: float) -> None:
    draw.rectangle(box, fill=COLOURS[nation], outline=DARK, width=max(round(0.9 * scale), 1))


def _size_mark(draw: ImageDraw.ImageDraw, box: Box, room10: int, scale: float) -> None:
    """Draw XX for a division, X for a brigade and II for less."""
    left, top, right, _ = box
    middle, size = (left + right) / 2, (right - left) * 0.085
    width = max(round(0.9 * scale), 1)
    marks = 2 if room10 >= DIVISION_ROOM10 or room10 < BRIGADE_ROOM10 else 1
    base = top - size * 1.7
    for mark in range(marks):
        x = middle + (mark - (marks - 1) / 2) * size * 2.6
        if room10 >= BRIGADE_ROOM10:
            draw.line([(x - size, base - size), (x + size, base + size)], fill=DARK, width=width)
            draw.line([(x - size, base + size), (x + size, base - size)], fill=DARK, width=width)
        else:
            draw.line([(x, base - size), (x, base + size)], fill=DARK, width=width)


# --- symbols inside the frame


def _cross(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    left, top, right, bottom = box
    draw.line([(left, top), (right, bottom)], fill=ink, width=width)
    draw.line([(left, bottom), (right, top)], fill=ink, width=width)


def _slash(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    left, top, right, bottom = box
    draw.line([(left, bottom), (right, top)], fill=ink, width=width)


def _oval(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    left, top, right, bottom = box
    dx, dy = (right - left) * 0.18, (bottom - top) * 0.24
    draw.ellipse((left + dx, top + dy, right - dx, bottom - dy), outline=ink, width=width)


def _mechanised(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    _cross(draw, box, ink, width)
    _oval(draw, box, ink, width)


def _dot(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    left, top, right, bottom = box
    x, y, r = (left + right) / 2, (top + bottom) / 2, (bottom - top) * 0.2
    draw.ellipse((x - r, y - r, x + r, y + r), fill=ink, width=width)


def _rockets(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    left, top, right, bottom = box
    x, y, r = (left + right) / 2, (top + bottom) / 2, (bottom - top) * 0.26
    for drop in (-0.4, 0.7):
        draw.line([(x - r, y + r * drop + r / 2), (x, y + r * drop - r / 2)], fill=ink, width=width)
        draw.line([(x, y + r * drop - r / 2), (x + r, y + r * drop + r / 2)], fill=ink, width=width)


def _assault_guns(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    _oval(draw, box, ink, width)
    _dot(draw, box, ink, width)


def _bridge(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    left, top, right, bottom = box
    x, y, w, h = (left + right) / 2, (top + bottom) / 2, (right - left) * 0.26, (bottom - top) * 0.22
    draw.line([(x - w, y + h), (x - w, y - h), (x + w, y - h), (x + w, y + h)], fill=ink, width=width)
    draw.line([(x, y - h), (x, y + h)], fill=ink, width=width)


def _battlement(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    left, top, right, bottom = box
    step, high = (right - left) / 5, (bottom - top) * 0.4
    y = bottom - (bottom - top) * 0.28
    points = [(left, y)]
    for tooth in range(5):
        level = y - high if tooth % 2 else y
        points += [(left + tooth * step, level), (left + (tooth + 1) * step, level)]
    draw.line([*points, (right, y)], fill=ink, width=width)


def _bar(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    left, top, right, bottom = box
    y = bottom - (bottom - top) * 0.3
    draw.line([(left, y), (right, y)], fill=ink, width=width)
    draw.line([(left, top), (right, y)], fill=ink, width=width)


def _staff(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    left, top, right, bottom = box
    y = top + (bottom - top) * 0.33
    draw.line([(left, y), (right, y)], fill=ink, width=width)


def _anchor(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    left, top, right, bottom = box
    x, h = (left + right) / 2, bottom - top
    draw.line([(x, top + 0.2 * h), (x, bottom - 0.2 * h)], fill=ink, width=width)
    draw.arc((x - 0.35 * h, top + 0.1 * h, x + 0.35 * h, bottom - 0.15 * h), 20, 160, fill=ink, width=width)


def _empty(draw: ImageDraw.ImageDraw, box: Box, ink: Colour, width: int) -> None:
    """Leave the frame empty."""


SYMBOLS: dict[int, Callable[[ImageDraw.ImageDraw, Box, Colour, int], None]] = {
    codes.INFANTRY: _cross,
    codes.TANK: _oval,
    codes.MECHANISED: _mechanised,
    codes.CAVALRY: _slash,
    codes.ARTILLERY: _dot,
    codes.ROCKETS: _rockets,
    codes.ASSAULT_GUNS: _assault_guns,
    codes.ENGINEERS: _bridge,
    codes.FORTIFIED: _battlement,
    codes.GARRISON: _bar,
    codes.HEADQUARTERS: _staff,
    codes.SUPPORT: _empty,
    codes.AIR: _empty,
    codes.RIVER_UNIT: _anchor,
    codes.MARINES: _anchor,
    codes.AIRLANDED: _cross,
}
