"""APP-6 branch symbols and marks of size, drawn sharply at any size in any ink."""

import io
import re
from functools import lru_cache

import pygame

from sim import paths
from sim.game.terms import codes
from sim.ui.look.palettes import Colour

BOX = (158, 108)  # size of every symbol in its own units
LEAST_STROKE_PX = 1.15
_FRAME = re.compile(r"<path[^>]*></path>")  # the first path of every file
_STROKE = re.compile(r'stroke-width="([\d.]+)"')


@lru_cache(maxsize=64)
def _source(branch: int) -> str:
    return (paths.assets_root() / "symbols" / f"{codes.BRANCHES[branch]}.svg").read_text(encoding="utf-8")


def symbol(branch: int, width_px: int, ink: Colour) -> pygame.Surface:
    """Return the symbol of a branch with its frame; thin lines are thickened where it is small.

    Parameters
    ----------
    branch : int
        Index of ``codes.BRANCHES``.
    width_px : int
    ink : Colour
    """
    return _drawn(width_px, ink, _source(branch))


def unframed(branch: int, width_px: int, ink: Colour) -> pygame.Surface:
    """Return the symbol of a branch without its frame, for plates that are the frame themselves."""
    return _drawn(width_px, ink, _FRAME.sub("", _source(branch), count=1))


@lru_cache(maxsize=600)
def _drawn(width_px: int, ink: Colour, source: str) -> pygame.Surface:
    least = LEAST_STROKE_PX * BOX[0] / width_px
    drawn = _STROKE.sub(lambda found: f'stroke-width="{max(float(found[1]), least):.1f}"', source)
    drawn = drawn.replace("#000000", f"#{ink[0]:02x}{ink[1]:02x}{ink[2]:02x}")
    size = (width_px, max(round(width_px * BOX[1] / BOX[0]), 1))
    return pygame.image.load_sized_svg(io.BytesIO(drawn.encode()), size)


def draw_echelon(
    target: pygame.Surface, mark: str, middle: tuple[float, float], size_px: float, ink: Colour, width_px: int = 1
) -> None:
    """Draw a mark of size such as ``XX`` or ``III`` around a point.

    Parameters
    ----------
    size_px : float
        Height of one cross or stroke.
    """
    half = size_px / 2
    for index, sign in enumerate(mark):
        x, y = middle[0] + (index - (len(mark) - 1) / 2) * size_px * (1.25 if sign == "X" else 0.8), middle[1]
        if sign == "X":
            pygame.draw.aaline(target, ink, (x - half, y - half), (x + half, y + half), width_px)
            pygame.draw.aaline(target, ink, (x - half, y + half), (x + half, y - half), width_px)
        else:
            pygame.draw.line(target, ink, (x, y - half), (x, y + half), width_px)
