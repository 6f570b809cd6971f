"""Panels on paper: the side panel, the log and the top bar with its buttons."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.game.lines import ALARM, HEADING, LABEL, QUIET, Line
from sim.ui import theme

PAD = 14
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


def sheet(size: tuple[int, int], alpha: int = 244) -> pygame.Surface:
    """Return an empty panel of paper."""
    out = pygame.Surface(size, pygame.SRCALPHA)
    pygame.draw.rect(out, (*theme.PAPER, alpha), out.get_rect(), border_radius=6)
    pygame.draw.rect(out, (*theme.PAPER_EDGE, 255), out.get_rect(), 1, border_radius=6)
    return out


def column(lines: Sequence[Line], width_px: int, most_px: int) -> pygame.Surface:
    """Return lines on paper, wrapped to a width; what does not fit in ``most_px`` is left out with a mark."""
    rows: list[tuple[pygame.Surface | None, int]] = []
    height = PAD
    for index, line in enumerate(lines):
        size, colour, style = LOOKS.get(line.style, PLAIN_LOOK)
        if line.style == HEADING and index:
            rows.append((None, height + 6))
            height += 13
        for part in wrapped_or_blank(line.text, size, width_px - 2 * PAD, style):
            if height + size + PAD > most_px:
                rows.append((theme.text("…", size, theme.QUIET), height - 4))
                return _stacked(rows, width_px, most_px)
            rows.append((theme.text(part, size, colour, style), height))
            height += size + 6
    return _stacked(rows, width_px, height + PAD - 4)


def wrapped_or_blank(words: str, size: int, width_px: int, style: str) -> list[str]:
    """Return a text in lines, one empty line for an empty text."""
    return theme.wrapped(words, size, width_px, style) or [""]


def _stacked(rows: list[tuple[pygame.Surface | None, int]], width_px: int, height_px: int) -> pygame.Surface:
    out = sheet((width_px, height_px))
    for surface, y in rows:
        if surface is None:
            pygame.draw.line(out, theme.PAPER_EDGE, (PAD, y), (width_px - PAD, y))
        else:
            out.blit(surface, (PAD, y))
    return out.convert_alpha()


def draw_button(target: pygame.Surface, button: Button, hovered: bool) -> None:
    """Draw a button of the top bar."""
    face = theme.ACCENT if button.strong else (74, 70, 68)
    if not button.enabled:
        face = (56, 54, 53)
    elif hovered:
        face = (min(face[0] + 22, 255), min(face[1] + 22, 255), min(face[2] + 22, 255))
    pygame.draw.rect(target, face, button.box, border_radius=5)
    colour = theme.BAR_TEXT if button.enabled else (122, 116, 110)
    words = theme.text(button.words, 14, colour, "Bold" if button.strong else "Regular")
    target.blit(words, words.get_rect(center=button.box.center))


def draw_hint(target: pygame.Surface, words: str, at: tuple[int, int]) -> None:
    """Draw a tooltip near a point, inside the window."""
    face = theme.text(words, 13, theme.INK)
    box = face.get_rect().inflate(16, 10)
    box.topleft = (at[0] + 14, at[1] + 18)
    box.clamp_ip(target.get_rect())
    pygame.draw.rect(target, theme.PAPER, box, border_radius=4)
    pygame.draw.rect(target, theme.PAPER_EDGE, box, 1, border_radius=4)
    target.blit(face, face.get_rect(center=box.center))
