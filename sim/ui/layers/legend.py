"""The legend of the layers that are on: a sample of each look beside its words."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import pygame

from sim.game.overlays.shapes import LegendKey, Overlay
from sim.ui.layers.lines import draw_stroke
from sim.ui.layers.patterns import mask
from sim.ui.layers.styles import FILLS, SIGNS, STROKES
from sim.ui.layers.symbols import sign
from sim.ui.look import theme

SAMPLE_GROUND: theme.Colour = (226, 220, 198)
FINE = 3

FACTORS = (1.0, 0.85)  # sizes that are tried until the legend fits

Row = tuple[pygame.Surface | None, pygame.Surface | None]  # sample, words
GAP: Row = (None, None)


def legend(overlays: Sequence[Overlay], width_px: int, most: tuple[int, int]) -> pygame.Surface:
    """Return the legend, in as many columns as it takes, in smaller letters where it would not fit.

    Where smaller letters do not help, it is one column and higher than it may be: whoever shows it scrolls it.

    Parameters
    ----------
    overlays : sequence of Overlay
        The layers that are on.
    width_px : int
        Of one column at full size.
    most : tuple of int
        Greatest width and height.
    """
    columns: list[list[Row]] = []
    for factor in FACTORS:
        wide, pad = round(width_px * factor), round(theme.px(10) * factor)
        rows = [row for overlay in overlays for row in _rows(overlay, wide - 2 * pad, factor)]
        columns = _columns(rows, most[1] - 2 * pad)
        if wide * len(columns) <= most[0]:
            break
    else:
        wide = min(wide, most[0])
        columns = [[row for overlay in overlays for row in _rows(overlay, wide - 2 * pad, factor)]]
    high = max(sum(map(_height, column)) for column in columns)
    out = pygame.Surface((wide * len(columns), high + 2 * pad), pygame.SRCALPHA)
    for index, column in enumerate(columns):
        y = pad
        for left, words in column:
            x, middle = index * wide + pad, y + _height((left, words)) // 2
            if left is not None:
                out.blit(left, left.get_rect(midleft=(x, middle)))
                x += left.get_width() + pad
            if words is not None:
                out.blit(words, words.get_rect(midleft=(x, middle)))
            y += _height((left, words))
    return out.convert_alpha()


def _columns(rows: list[Row], most_px: int) -> list[list[Row]]:
    """Return the rows in columns of a height at most."""
    columns: list[list[Row]] = [[]]
    high = 0
    for row in rows:
        if columns[-1] and high + _height(row) > most_px:
            columns.append([])
            high = 0
        if columns[-1] or row != GAP:
            columns[-1].append(row)
            high += _height(row)
    return columns


def _height(row: Row) -> int:
    return max((part.get_height() for part in row if part is not None), default=6) + 3


def _rows(overlay: Overlay, room_px: int, factor: float) -> list[Row]:
    size, small = round(theme.px(14) * factor), round(theme.px(12) * factor)
    sample = _sample_size(factor)
    title = theme.wrapped(overlay.title, size, room_px, "Bold")
    rows: list[Row] = [(None, theme.text(part, size, theme.INK, "Bold")) for part in title]
    for key in overlay.keys:
        words = theme.wrapped(key.words, small, room_px - sample[0] - round(theme.px(10) * factor))
        rows.append((sample_of(key, sample), _lines(words, small)))
    note = theme.wrapped(overlay.note, small, room_px)
    return [*rows, *((None, theme.text(part, small, theme.QUIET)) for part in note), GAP]


def _lines(words: list[str], size_px: int) -> pygame.Surface:
    faces = [theme.text(part, size_px, theme.INK) for part in words]
    step = round(size_px * 1.3)
    out = pygame.Surface((max(face.get_width() for face in faces), step * len(faces)), pygame.SRCALPHA)
    for index, face in enumerate(faces):
        out.blit(face, (0, index * step + (step - face.get_height()) // 2))
    return out


def sample_of(key: LegendKey, size: tuple[int, int]) -> pygame.Surface:
    """Return a sample of what a line of the legend explains, drawn as on the map."""
    return _sample(key.look, size, theme.style())


def samples() -> Iterator[None]:
    """Draw the sample of every look at full size, one at a time: their patterns take longer than a frame together."""
    for look in (*FILLS, *STROKES, *SIGNS):
        sample_of(LegendKey(look, ""), _sample_size(1.0))
        yield


def _sample_size(factor: float) -> tuple[int, int]:
    return round(theme.px(34) * factor), round(theme.px(16) * factor)


@lru_cache(maxsize=512)
def _sample(look: str, size: tuple[int, int], style: tuple[str, float]) -> pygame.Surface:
    """Return a sample of a look in a size and, by being asked for it, in the palette and scale in use."""
    out = pygame.Surface(size, pygame.SRCALPHA)
    if look in FILLS:
        out.fill(SAMPLE_GROUND)
        _fill(out, look)
        pygame.draw.rect(out, theme.PAPER_EDGE, out.get_rect(), 1)
    elif look in STROKES:
        large = pygame.Surface((size[0] * FINE, size[1] * FINE), pygame.SRCALPHA)
        points = np.array(((0.1, 0.5), (0.5, 0.5), (1.0, 0.5))) * (size[0] / 24, size[1] / 24)
        for part in ("halo", "core"):
            draw_stroke(large, points, STROKES[look], 24.0, FINE, (0, 0), part)
        out.blit(pygame.transform.smoothscale(large, size), (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
    elif SIGNS[look].shape:
        face = sign(look, round(size[1] / SIGNS[look].size))
        out.blit(face, face.get_rect(center=out.get_rect().center))
    else:
        face = theme.haloed("1.2", theme.px(12), SIGNS[look].ink, "Bold" if SIGNS[look].is_bold else "Regular")
        out.blit(face, face.get_rect(center=out.get_rect().center))
    return out


def _fill(target: pygame.Surface, name: str) -> None:
    look = FILLS[name]
    piece = pygame.Surface(target.get_size(), pygame.SRCALPHA)
    piece.fill((*(band * look.alpha // 255 for band in look.colour), look.alpha))
    if look.pattern != "solid":
        for x in range(0, target.get_width(), 256):
            piece.blit(mask(look.pattern, look.ground), (x, 0), special_flags=pygame.BLEND_RGBA_MULT)
    target.blit(piece, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
