"""Panels on paper: lines laid out in a column, buttons, tooltips."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.game.wording.report_lines import ALARM, HEADING, LABEL, QUIET, Line
from sim.ui.look import theme

PAD = 14
HINT_WIDTH = 380
LOOKS = {
    HEADING: (17, theme.INK, "Bold"),
    LABEL: (14, theme.INK, "Bold"),
    QUIET: (13, theme.QUIET, "Regular"),
    ALARM: (14, theme.ALARM, "Bold"),
}
PLAIN_LOOK = (14, theme.INK, "Regular")


@dataclass(frozen=True)
class Button:
    """Something to press: where, what it says, which command it gives, what its tooltip says."""

    box: pygame.Rect
    words: str
    command: str
    hint: str
    enabled: bool = True
    strong: bool = False


def sheet(size: tuple[int, int], alpha: int = 250) -> pygame.Surface:
    """Return an empty panel of paper."""
    out = pygame.Surface(size, pygame.SRCALPHA)
    pygame.draw.rect(out, (*theme.PAPER, alpha), out.get_rect(), border_radius=6)
    pygame.draw.rect(out, (*theme.PAPER_EDGE, 255), out.get_rect(), 1, border_radius=6)
    return out


@dataclass(frozen=True)
class Column:
    """Lines laid out one under another.

    Attributes
    ----------
    surface : pygame.Surface
        Transparent, as high as the lines need.
    links : tuple of (pygame.Rect, Line)
        Where lines stand that lead to a hex, or do something.
    """

    surface: pygame.Surface
    links: tuple[tuple[pygame.Rect, Line], ...] = ()


def column(lines: Sequence[Line], width_px: int) -> Column:
    """Return lines wrapped to a width."""
    pad = theme.px(PAD)
    rows: list[tuple[pygame.Surface | None, int]] = []
    links: list[tuple[pygame.Rect, Line]] = []
    bars: list[tuple[pygame.Rect, float]] = []
    height = pad
    for index, line in enumerate(lines):
        points, colour, style = LOOKS.get(line.style, PLAIN_LOOK)
        size = theme.px(points)
        if line.style == HEADING and index:
            rows.append((None, height + theme.px(6)))
            height += theme.px(13)
        top = height
        for part in theme.wrapped(line.text, size, width_px - 2 * pad, style) or [""]:
            rows.append((theme.text(part, size, colour, style), height))
            height += size + theme.px(6)
        if line.share >= 0:
            bars.append((pygame.Rect(pad, height - theme.px(2), width_px - 2 * pad, theme.px(6)), line.share))
            height += theme.px(8)
        if line.hex >= 0 or line.action:
            links.append((pygame.Rect(0, top, width_px, height - top), line))
    surface = pygame.Surface((width_px, height + pad - theme.px(4)), pygame.SRCALPHA)
    for face, y in rows:
        if face is None:
            pygame.draw.line(surface, theme.PAPER_EDGE, (pad, y), (width_px - pad, y))
        else:
            surface.blit(face, (pad, y))
    for box, share in bars:
        pygame.draw.rect(surface, theme.PAPER_EDGE, box, border_radius=theme.px(3))
        full = pygame.Rect(box.left, box.top, round(box.width * min(share, 1.0)), box.height)
        pygame.draw.rect(surface, theme.ACCENT, full, border_radius=theme.px(3))
    return Column(surface.convert_alpha(), tuple(links))


def draw_button(target: pygame.Surface, button: Button, hovered: bool) -> None:
    """Draw a button of the top bar."""
    face = theme.ACCENT if button.strong else (74, 70, 68)
    if not button.enabled:
        face = (56, 54, 53)
    elif hovered:
        face = (min(face[0] + 22, 255), min(face[1] + 22, 255), min(face[2] + 22, 255))
    pygame.draw.rect(target, face, button.box, border_radius=5)
    colour = theme.BAR_TEXT if button.enabled else (122, 116, 110)
    words = theme.text(button.words, theme.px(14), colour, "Bold" if button.strong else "Regular")
    target.blit(words, words.get_rect(center=button.box.center))


def draw_scroll_bar(target: pygame.Surface, box: pygame.Rect, whole_px: int, top_px: int) -> None:
    """Draw how much of something that scrolls is seen in a box, where it is not all of it.

    Parameters
    ----------
    whole_px : int
        Height of all of it.
    top_px : int
        How far it is scrolled.
    """
    if whole_px <= box.height:
        return
    high = max(box.height * box.height // whole_px, theme.px(16))
    top = box.top + (box.height - high) * top_px // (whole_px - box.height)
    bar = pygame.Rect(box.right - theme.px(7), top, theme.px(4), high)
    pygame.draw.rect(target, theme.QUIET, bar, border_radius=theme.px(2))


def draw_hint(target: pygame.Surface, words: str, at: tuple[int, int]) -> None:
    """Draw a tooltip near a point, inside the window; its lines are wrapped."""
    size, pad = theme.px(13), theme.px(8)
    room = min(theme.px(HINT_WIDTH), target.get_width() - 4 * pad)
    rows = [row for line in words.split("\n") for row in theme.wrapped(line, size, room)]
    faces = [theme.text(row, size, theme.INK) for row in rows]
    step = size + theme.px(5)
    box = pygame.Rect(0, 0, max(face.get_width() for face in faces) + 2 * pad, step * len(faces) + pad)
    box.topleft = (at[0] + 14, at[1] + 18)
    box.clamp_ip(target.get_rect())
    pygame.draw.rect(target, theme.PAPER, box, border_radius=4)
    pygame.draw.rect(target, theme.PAPER_EDGE, box, 1, border_radius=4)
    for row, face in enumerate(faces):
        target.blit(face, (box.left + pad, box.top + pad // 2 + row * step))
