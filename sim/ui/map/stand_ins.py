"""What stands in for a tile of the map until it is drawn: tiles of another zoom, enlarged or reduced."""

import math
from collections.abc import Mapping

import pygame

from sim.ui.map.camera import LADDER

TILE = 256
Key = tuple[int, int, int]  # level, column and row of a tile

# The other levels, the nearest first; of two as near, the one that shows more.
NEAREST = [
    sorted((other for other in range(len(LADDER)) if other != level), key=lambda other: (abs(other - level), -other))
    for level in range(len(LADDER))
]


def tiles_over(key: Key, level: int) -> list[Key]:
    """Return the tiles of another level that cover a tile."""
    ratio = LADDER[level] / LADDER[key[0]]
    columns, rows = (
        range(math.floor(at * ratio), math.ceil((at + 1) * ratio - 1e-9)) for at in (key[1], key[2])
    )  # fmt: skip
    return [(level, column, row) for row in rows for column in columns]


def whole_cover(key: Key, kept: Mapping[Key, pygame.Surface]) -> list[Key]:
    """Return the tiles over a tile of the nearest level of which none is missing; nothing without such a level."""
    for level in NEAREST[key[0]]:
        over = tiles_over(key, level)
        if all(one in kept for one in over):
            return over
    return []


def draw_cover(
    target: pygame.Surface, place: tuple[int, int], key: Key, cover: list[Key], kept: Mapping[Key, pygame.Surface]
) -> None:
    """Draw tiles of another level where a tile belongs."""
    box = pygame.Rect(*place, TILE, TILE)
    for one in cover:
        ratio = LADDER[one[0]] / LADDER[key[0]]
        left, top = (at * TILE / ratio - own * TILE for at, own in ((one[1], key[1]), (one[2], key[2])))
        draw_scaled(target, box, kept[one], (place[0] + left, place[1] + top), ratio)


def draw_scaled(
    target: pygame.Surface, box: pygame.Rect, picture: pygame.Surface, corner: tuple[float, float], ratio: float
) -> None:
    """Draw what falls into a box of a picture that is laid over the target.

    Parameters
    ----------
    box : pygame.Rect
    picture : pygame.Surface
    corner : tuple of float
        Where the upper left corner of the whole picture lies on the target, pixels.
    ratio : float
        Pixels of the picture to a pixel of the target.
    """
    (left, wide), (top, high) = (
        _stretch(start, size, whole, edge, ratio)
        for start, size, whole, edge in (
            (box.left, box.width, picture.get_width(), corner[0]),
            (box.top, box.height, picture.get_height(), corner[1]),
        )
    )
    if wide <= 0 or high <= 0:
        return
    first = round(corner[0] + left / ratio), round(corner[1] + top / ratio)
    last = round(corner[0] + (left + wide) / ratio), round(corner[1] + (top + high) / ratio)
    size = last[0] - first[0], last[1] - first[1]
    if min(size) > 0:
        before = target.get_clip()
        target.set_clip(box.clip(before))
        target.blit(pygame.transform.smoothscale(picture.subsurface((left, top, wide, high)), size), first)
        target.set_clip(before)


def _stretch(start: int, size: int, whole: int, corner: float, ratio: float) -> tuple[int, int]:
    """Return the first pixel of a picture within a box along one axis, and how many are; one more each way."""
    first = max(math.floor((start - corner) * ratio) - 1, 0)
    last = min(math.ceil((start + size - corner) * ratio) + 1, whole)
    return first, last - first
