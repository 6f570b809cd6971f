"""Tables on paper: rows of words in columns, the first to the left, figures to the right."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.ui.look import theme
from sim.ui.look.theme import px

ROW = 22


@dataclass(frozen=True)
class Row:
    """One row: its cells; stressed (``Bold``), plain (``Regular``) or in the background (``Italic``)."""

    cells: tuple[str, ...]
    style: str = "Regular"


def table(
    width_px: int, title: str, head: Sequence[str], rows: Sequence[Row], shares: Sequence[float]
) -> pygame.Surface:
    """Return a table.

    Parameters
    ----------
    width_px : int
    title : str
    head : sequence of str
        Words over the columns.
    rows : sequence of Row
    shares : sequence of float
        Of the width by column, positive with words at its right end, negative at its left.
    """
    title_face = theme.text(title, px(15), theme.INK, "Bold")
    top = title_face.get_height() + px(6)
    out = pygame.Surface((width_px, top + px(ROW) * (len(rows) + 1) + px(4)), pygame.SRCALPHA)
    out.blit(title_face, (0, 0))
    _draw_row(out, Row(tuple(head), "Italic"), top, shares)
    pygame.draw.line(out, theme.PAPER_EDGE, (0, top + px(ROW)), (width_px, top + px(ROW)))
    for line, row in enumerate(rows):
        _draw_row(out, row, top + px(4) + px(ROW) * (line + 1), shares)
    return out


def _draw_row(out: pygame.Surface, row: Row, top: int, shares: Sequence[float]) -> None:
    colour = theme.QUIET if row.style == "Italic" else theme.INK
    left, whole = 0.0, sum(abs(share) for share in shares)
    for words, share in zip(row.cells, shares, strict=True):
        wide = abs(share) / whole * out.get_width()
        face = theme.text(theme.shortened(words, px(13), int(wide) - px(4), row.style), px(13), colour, row.style)
        place = (left, top) if share < 0 else (left + wide - face.get_width(), top)
        out.blit(face, place)
        left += wide


def stacked(
    faces: Sequence[pygame.Surface], width_px: int, gap_px: int, ground: theme.Colour = theme.PAPER
) -> pygame.Surface:
    """Return pictures under one another on paper."""
    height = sum(face.get_height() + gap_px for face in faces)
    out = pygame.Surface((width_px, max(height, 1)))
    out.fill(ground)
    y = 0
    for face in faces:
        out.blit(face, (0, y))
        y += face.get_height() + gap_px
    return out
