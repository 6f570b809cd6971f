"""How the lines of the map are drawn: rivers with banks, roads by quality, railways by gauge, borders, front."""

from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from sim.game.maps.map_lines import MapLine
from sim.game.terms import codes
from sim.ui.look import theme
from sim.ui.look.palettes import Colour

Pixels = list[list[float]]

WATER: Colour = (126, 166, 192)
BANK: Colour = (78, 118, 148)
PAPER: Colour = (250, 244, 232)
ROAD: Colour = (146, 92, 56)
ROAD_FILL: Colour = (236, 206, 160)
RAIL: Colour = (52, 47, 45)
BORDER: Colour = (124, 76, 122)
WALL: Colour = (106, 86, 64)
PARALLEL: Colour = (70, 92, 130)
WIDTHS = {  # px at a hex side of 32 px
    "river": {codes.RIVER_GREAT: 6.4, codes.RIVER_MAJOR: 4.2, codes.RIVER_MINOR: 2.4, codes.RIVER_STREAM: 1.4},
    "road": {codes.ROAD_SURFACED: 4.0, codes.ROAD_DIRT: 1.9, codes.ROAD_TRACK: 1.4},
    "rail": {codes.RAIL_BROAD: 2.0, codes.RAIL_STANDARD: 2.0, codes.RAIL_CAPE: 1.5, codes.RAIL_NARROW: 1.1},
    "border": {0: 2.0},
    "wall": {0: 2.4},
    "front": {0: 4.2},
    "parallel": {0: 1.4},
}
# The least hex side at which a line is drawn, by kind and rank.
SHOWN_FROM = {
    ("river", codes.RIVER_STREAM): 13.0,
    ("river", codes.RIVER_MINOR): 6.0,
    ("road", codes.ROAD_TRACK): 17.0,
    ("road", codes.ROAD_DIRT): 9.0,
    ("road", codes.ROAD_SURFACED): 6.0,
    ("rail", codes.RAIL_NARROW): 9.0,
    ("rail", codes.RAIL_CAPE): 4.0,
    ("wall", 0): 6.0,
}
BANKS_FROM, CASED_FROM, TICKS_FROM = 9.0, 16.0, 13.0
DASHES = {"border": (9, 4), "wall": (3, 2), "parallel": (6, 4)}
# Sleepers of a gauge at a side of 1: how far apart, how many together, how long, and on which sides of the line.
TICKS = {
    codes.RAIL_BROAD: (0.44, 2, 0.085, (-1, 1)),
    codes.RAIL_STANDARD: (0.34, 1, 0.085, (-1, 1)),
    codes.RAIL_CAPE: (0.34, 1, 0.085, (1,)),
    codes.RAIL_NARROW: (0.5, 1, 0.06, (1,)),
}
TWINS = 0.07  # between the two ticks of a pair


def draw(target: pygame.Surface, line: MapLine, side_px: float, origin: tuple[int, int], fine: int) -> None:
    """Draw a piece of a line on a sheet that is ``fine`` times as large as what will be seen.

    Parameters
    ----------
    side_px : float
        Hex side as it will be seen.
    origin : tuple of int
        Corner of the sheet in pixels of the whole map at the size of the sheet.
    """
    if side_px < SHOWN_FROM.get((line.kind, line.rank), 0):
        return
    zoom = min(max(side_px / 32, 0.36), 1.6)
    width = max(round(WIDTHS[line.kind][line.rank] * zoom * fine), 2)
    pixels = line.points * side_px * fine - np.array(origin)
    points: Pixels = pixels.tolist()
    if line.kind == "river":
        _river(target, points, line.rank, side_px, width)
    elif line.kind == "road":
        _road(target, points, line.rank, side_px, width)
    elif line.kind == "rail":
        _thick(target, RAIL, points, width)
        if side_px >= TICKS_FROM:
            _ticks(target, pixels, line.rank, side_px * fine, max(round(width * 0.6), 2))
    elif line.kind == "front":
        _thick(target, PAPER, points, width + 2 * fine)
        _thick(target, theme.palette.front, points, width)
    else:
        colour = {"border": BORDER, "wall": WALL}.get(line.kind, PARALLEL)
        _dashes(target, points, DASHES[line.kind], colour, width)


def _river(target: pygame.Surface, points: Pixels, rank: int, side_px: float, width: int) -> None:
    if side_px < BANKS_FROM or rank == codes.RIVER_STREAM:
        _thick(target, BANK, points, max(round(width * 0.8), 2))
        return
    _thick(target, BANK, points, width)
    if width >= 5:
        _thick(target, WATER, points, width - 3)


def _road(target: pygame.Surface, points: Pixels, rank: int, side_px: float, width: int) -> None:
    if rank == codes.ROAD_SURFACED and side_px >= CASED_FROM:
        _thick(target, ROAD, points, width)
        _thick(target, ROAD_FILL, points, max(width - 4, 2))
    elif rank == codes.ROAD_TRACK:
        _dashes(target, points, (3, 2), ROAD, width)
    else:
        _thick(target, ROAD, points, max(round(width * 0.7), 2) if rank == codes.ROAD_SURFACED else width)


def _thick(target: pygame.Surface, colour: Colour, points: Pixels, width: int) -> None:
    """Draw a line without gaps at its bends."""
    pygame.draw.lines(target, colour, False, points, width)
    if width >= 5:
        for point in points:
            pygame.draw.circle(target, colour, point, width / 2)


def _ticks(target: pygame.Surface, pixels: NDArray[Any], gauge: int, side: float, width: int) -> None:
    apart, together, reach, sides = TICKS[gauge]
    steps = np.diff(pixels, axis=0)
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*steps.T))))
    marks = np.arange(apart / 2 * side, along[-1], apart * side)
    if together == 2:
        marks = np.concatenate((marks - TWINS * side / 2, marks + TWINS * side / 2))
    piece = np.clip(np.searchsorted(along, marks) - 1, 0, len(steps) - 1)
    heading = steps[piece] / np.maximum(np.hypot(*steps[piece].T), 1e-9)[:, None]
    feet = pixels[piece] + heading * (marks - along[piece])[:, None]
    across = np.stack((-heading[:, 1], heading[:, 0]), axis=1) * reach * side
    ends = [feet + across * way for way in (sides if len(sides) == 2 else (0, sides[0]))]
    for start, end in zip(ends[0].tolist(), ends[1].tolist(), strict=True):
        pygame.draw.line(target, RAIL, start, end, width)


def _dashes(target: pygame.Surface, points: Pixels, pattern: tuple[int, int], colour: Colour, width: int) -> None:
    """Draw every so many steps of a line whose points lie evenly."""
    for first in range(0, len(points) - 1, sum(pattern)):
        piece = points[first : first + pattern[0] + 1]
        if len(piece) > 1:
            pygame.draw.lines(target, colour, False, piece, width)
