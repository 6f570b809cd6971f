"""What stands in for tiles: other zooms of the same ground, in their place, without a gap."""

import math

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.ui.map import stand_ins
from sim.ui.map.camera import LADDER
from sim.ui.map.stand_ins import TILE, Key

pytestmark = pytest.mark.window
NEVER = (255, 0, 255)


def ground(key: Key) -> pygame.Surface:
    """Return a tile of a ground whose colour tells the place: waves of red to the east, of green to the south."""
    level, column, row = key
    side = LADDER[level]
    x, y = ((np.arange(TILE) + 0.5 + at * TILE) / side for at in (column, row))
    waves = [np.round(127 + 120 * np.sin(one / 25)) for one in (x, y)]
    colours = np.zeros((TILE, TILE, 3), np.uint8)
    colours[:, :, 0], colours[:, :, 1] = waves[0][:, None], waves[1][None, :]
    return pygame.surfarray.make_surface(colours)


levels = st.integers(0, len(LADDER) - 1)


@settings(deadline=None, max_examples=40)
@given(level=levels, other=levels, column=st.integers(0, 30), row=st.integers(0, 30), x=st.integers(-300, 300))
def test_a_tile_of_another_zoom_shows_the_same_ground_in_the_same_place(
    level: int, other: int, column: int, row: int, x: int
) -> None:
    key = (level, column % max(int(LADDER[level]), 1), row % max(int(LADDER[level]), 1))
    cover = stand_ins.tiles_over(key, other)
    if len(cover) > 40:
        return
    kept = {one: ground(one) for one in cover}
    target = pygame.Surface((900, 300))
    target.fill(NEVER)
    stand_ins.draw_cover(target, (300 + x, 20), key, cover, kept)
    drawn = pygame.surfarray.array3d(target.subsurface((300 + x, 20, TILE, TILE))).astype(int)
    assert not (drawn == NEVER).all(axis=2).any()
    wanted = pygame.surfarray.array3d(ground(key)).astype(int)
    pixels_off = 2.5 * max(LADDER[level] / LADDER[other], 1)  # of the coarser of the two
    slope = 120 / 25 / LADDER[level]  # most that the colour changes in a pixel
    assert np.abs(drawn - wanted).max() <= math.ceil(slope * pixels_off) + 3
    whole = pygame.surfarray.array3d(target)
    assert (whole[: 300 + x] == NEVER).all()  # and nothing beyond its own place
    assert (whole[300 + x + TILE :] == NEVER).all()


def test_the_nearest_level_of_which_none_is_missing_stands_in() -> None:
    key = (5, 3, 2)
    picture = pygame.Surface((TILE, TILE))
    kept = dict.fromkeys(stand_ins.tiles_over(key, 0), picture)
    assert {one[0] for one in stand_ins.whole_cover(key, kept)} == {0}
    finer = stand_ins.tiles_over(key, 6)
    kept |= dict.fromkeys(finer[1:], picture)
    assert {one[0] for one in stand_ins.whole_cover(key, kept)} == {0}
    kept[finer[0]] = picture
    assert {one[0] for one in stand_ins.whole_cover(key, kept)} == {6}
    assert stand_ins.whole_cover(key, {}) == []
