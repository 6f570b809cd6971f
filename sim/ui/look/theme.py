"""Colours, fonts and texts on surfaces; the palette and the scale of the interface in use."""

from functools import lru_cache

import pygame

from sim import paths
from sim.errors import SimError
from sim.ui.look.palettes import PALETTES, STANDARD, Palette
from sim.ui.look.palettes import Colour as Colour

LEAST_SCALE, MOST_SCALE = 0.8, 2.0

PAPER: Colour = (247, 243, 232)
PAPER_EDGE: Colour = (206, 198, 178)
INK: Colour = (38, 34, 31)
QUIET: Colour = (118, 110, 98)
ALARM: Colour = (170, 38, 28)
GOOD: Colour = (58, 108, 62)
ACCENT: Colour = (176, 66, 44)
BAR: Colour = (44, 42, 42)
BAR_TEXT: Colour = (236, 230, 216)
HALO: Colour = (252, 249, 240)
WARM: Colour = (238, 226, 200)
FOCUS: Colour = (34, 92, 160)
SIDE_COLOURS: dict[str, Colour] = {"soviet": STANDARD.sides[0], "japan": STANDARD.sides[1]}

scale: float = 1.0
palette: Palette = STANDARD


def use_palette(name: str) -> None:
    """Draw with another set of colours from now on.

    Raises
    ------
    SimError
        There is none of that name.
    """
    global palette
    if name not in PALETTES:
        raise SimError(f"error: no palette {name!r}; there are: {', '.join(PALETTES)}")
    palette = PALETTES[name]
    SIDE_COLOURS.update(soviet=palette.sides[0], japan=palette.sides[1])


def use_scale(factor: float) -> None:
    """Draw the interface so many times as large from now on, within 0.8 to 2."""
    global scale
    scale = min(max(factor, LEAST_SCALE), MOST_SCALE)


def px(length: float) -> int:
    """Return a length of the interface, given at scale 1, in pixels."""
    return round(length * scale)


def style() -> tuple[str, float]:
    """Return what drawings that are kept depend on: palette and scale."""
    return palette.name, scale


def hexed(colour: Colour) -> str:
    """Return a colour as ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


@lru_cache(maxsize=64)
def font(size_px: int, style: str = "Regular") -> pygame.font.Font:
    """Return the shipped font in a size and style (``Regular``, ``Bold``, ``Italic``)."""
    return pygame.font.Font(str(paths.assets_root() / "fonts" / f"NotoSans-{style}.ttf"), size_px)


@lru_cache(maxsize=1500)
def text(words: str, size_px: int, colour: Colour, style: str = "Regular") -> pygame.Surface:
    """Return a text on a transparent surface."""
    return font(size_px, style).render(words, True, colour).convert_alpha()


@lru_cache(maxsize=1600)
def haloed(words: str, size_px: int, colour: Colour, style: str = "Regular") -> pygame.Surface:
    """Return a text with a light rim, to be read on any ground."""
    core = font(size_px, style).render(words, True, colour)
    rim = font(size_px, style).render(words, True, HALO)
    rim.set_alpha(150)
    out = pygame.Surface((core.get_width() + 4, core.get_height() + 4), pygame.SRCALPHA)
    for dx, dy in ((0, 1), (0, 3), (1, 0), (1, 4), (3, 0), (3, 4), (4, 1), (4, 3), (2, 0), (2, 4), (0, 2), (4, 2)):
        out.blit(rim, (dx, dy))
    out.blit(core, (2, 2))
    return out.convert_alpha()


def forget_faces() -> None:
    """Forget fonts and texts: those of a window that was closed cannot be drawn with any more."""
    for kept in (font, text, haloed):
        kept.cache_clear()


def shortened(words: str, size_px: int, width_px: int, style: str = "Regular") -> str:
    """Return a text cut to a width, with an ellipsis where something is left out."""
    face = font(size_px, style)
    if face.size(words)[0] <= width_px:
        return words
    while words and face.size(words + "…")[0] > width_px:
        words = words[:-1]
    return words.rstrip() + "…"


def _broken(word: str, face: pygame.font.Font, width_px: int) -> list[str]:
    """Return a word in parts that each fit a width; a letter is never broken."""
    parts = []
    while len(word) > 1 and face.size(word)[0] > width_px:
        end = next((end for end in range(len(word) - 1, 1, -1) if face.size(word[:end])[0] <= width_px), 1)
        parts.append(word[:end])
        word = word[end:]
    return [*parts, word]


def wrapped(words: str, size_px: int, width_px: int, style: str = "Regular") -> list[str]:
    """Return a text broken into lines that fit a width; a word that alone is too long is broken, too."""
    face, lines, line = font(size_px, style), [], ""
    for word in (part for whole in words.split() for part in _broken(whole, face, width_px)):
        longer = f"{line} {word}".strip()
        if line and face.size(longer)[0] > width_px:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line else lines
