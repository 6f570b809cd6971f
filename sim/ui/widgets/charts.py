"""Small charts on paper: lines by day and bars, drawn with their scale and their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pygame

from sim.ui.look import theme
from sim.ui.look.theme import px

DASH_PX = 6


@dataclass(frozen=True)
class Series:
    """One line of a chart: its name, colour, values by day; dashed where colour alone would not tell it apart."""

    name: str
    colour: theme.Colour
    values: Sequence[float]
    dashed: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar: its name, parts of it with colours, and the words at its end."""

    name: str
    parts: tuple[tuple[float, theme.Colour], ...]
    words: str


def line_chart(size: tuple[int, int], title: str, lines: Sequence[Series], days: Sequence[str]) -> pygame.Surface:
    """Return a chart of values by day with the last value at the end of each line.

    Parameters
    ----------
    size : tuple of int
        In pixels.
    title : str
    lines : sequence of Series
    days : sequence of str
        One a value; the first and the last are written below.
    """
    out = pygame.Surface(size, pygame.SRCALPHA)
    head = theme.text(title, px(14), theme.INK, "Bold")
    out.blit(head, (0, 0))
    highest = max((value for line in lines for value in line.values), default=0) or 1
    lines = [line for line in lines if line.values]
    ends = [theme.text(f"{line.name} {_short(line.values[-1])}", px(13), line.colour, "Bold") for line in lines]
    margin = max((face.get_width() for face in ends), default=0) + px(10)
    box = pygame.Rect(0, head.get_height() + px(6), size[0] - margin, size[1] - head.get_height() - px(30))
    pygame.draw.line(out, theme.PAPER_EDGE, box.bottomleft, box.bottomright)
    top = theme.text(_short(highest), px(12), theme.QUIET)
    pygame.draw.line(out, theme.PAPER_EDGE, box.topleft, box.topright)
    out.blit(top, top.get_rect(bottomright=(box.right, box.top - px(2))))
    taken: list[pygame.Rect] = []
    for line, face in zip(lines, ends, strict=True):
        points = _points(line.values, highest, box)
        _draw_line(out, line, points)
        place = face.get_rect(midleft=(points[-1][0] + px(6), points[-1][1])).clamp(out.get_rect())
        while place.collidelist(taken) >= 0:
            place.top += px(4)
        taken.append(place)
        out.blit(face, place.clamp(out.get_rect()))
    for words, corner in ((days[0], "topleft"), (days[-1], "topright")) if days else ():
        face = theme.text(words, px(12), theme.QUIET)
        anchor = box.bottomleft if corner == "topleft" else box.bottomright
        out.blit(face, face.get_rect(**{corner: (anchor[0], anchor[1] + px(3))}))
    return out


def _points(values: Sequence[float], highest: float, box: pygame.Rect) -> list[tuple[float, float]]:
    step = box.width / max(len(values) - 1, 1)
    return [(box.left + row * step, box.bottom - value / highest * box.height) for row, value in enumerate(values)]


def _draw_line(out: pygame.Surface, line: Series, points: list[tuple[float, float]]) -> None:
    width = max(px(2), 1)
    if len(points) == 1:
        pygame.draw.aacircle(out, line.colour, points[0], width + 1)
    elif not line.dashed:
        pygame.draw.lines(out, line.colour, False, points, width)
    else:
        for (x, y), (u, v) in pairwise(points):
            pieces = max(round(((u - x) ** 2 + (v - y) ** 2) ** 0.5 / px(DASH_PX)), 1)
            for piece in range(0, pieces, 2):
                start, end = piece / pieces, min((piece + 1) / pieces, 1)
                a, b = (x + (u - x) * start, y + (v - y) * start), (x + (u - x) * end, y + (v - y) * end)
                pygame.draw.line(out, line.colour, a, b, width)


def bar_chart(width_px: int, title: str, bars: Sequence[Bar]) -> pygame.Surface:
    """Return horizontal bars, one below another, on one scale."""
    head = theme.text(title, px(14), theme.INK, "Bold")
    row_px = px(22)
    out = pygame.Surface((width_px, head.get_height() + px(6) + row_px * max(len(bars), 1)), pygame.SRCALPHA)
    out.blit(head, (0, 0))
    names = [theme.text(theme.shortened(bar.name, px(13), width_px * 4 // 10), px(13), theme.INK) for bar in bars]
    words = [theme.text(bar.words, px(13), theme.INK) for bar in bars]
    left = max((face.get_width() for face in names), default=0) + px(8)
    right = max((face.get_width() for face in words), default=0) + px(8)
    room = max(width_px - left - right, px(10))
    most = max((sum(part for part, _ in bar.parts) for bar in bars), default=0) or 1
    for row, bar in enumerate(bars):
        y = head.get_height() + px(6) + row * row_px
        out.blit(names[row], (0, y))
        x = float(left)
        for part, colour in bar.parts:
            wide = part / most * room
            pygame.draw.rect(out, colour, (x, y + px(4), max(wide - 1, 0), row_px - px(8)))
            x += wide
        out.blit(words[row], (x + px(6), y))
    return out


def _short(value: float) -> str:
    """Return a figure as a chart writes it: ``1.2 M``, ``345 k``, ``17``."""
    if abs(value) >= 1e6:
        return f"{value / 1e6:.2f} M"
    return f"{value / 1000:.0f} k" if abs(value) >= 10_000 else f"{value:,.0f}"
