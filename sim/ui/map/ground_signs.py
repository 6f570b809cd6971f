"""Signs of the ground for near views: trees, peaks, tufts, dunes, reeds, furrows, paddies, houses.

They are scattered by the number of the hex, so that they stay where they are from one drawing to the next.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from sim.game.terms import World, codes
from sim.ui.look.palettes import Colour

SIGNS_FROM = 13.0
VARIANTS = 24
THIN_BELOW = 40.0  # side in pixels of the sheet below which only about half of the signs are drawn
STRENGTH = 190  # of 255: signs are quieter than what stands on them
FINE = 4  # signs are drawn so many times as large and reduced
TREES, CONIFERS, PEAKS, KNOLLS, REEDS, DUNES, TUFTS, FURROWS, PADDIES = range(9)
# What stands on each terrain: sign, how many to a hex, how large to a hex side.
ON_TERRAIN: dict[int, tuple[tuple[int, int, float], ...]] = {
    codes.PLAIN: ((FURROWS, 5, 0.34),),
    codes.STEPPE: ((TUFTS, 6, 0.17),),
    codes.DESERT: ((DUNES, 6, 0.26),),
    codes.HILLS: ((KNOLLS, 5, 0.34),),
    codes.FOREST: ((TREES, 17, 0.25),),
    codes.FOREST_HILLS: ((KNOLLS, 2, 0.36), (TREES, 14, 0.25)),
    codes.MOUNTAIN: ((PEAKS, 6, 0.44),),
    codes.FOREST_MOUNTAIN: ((PEAKS, 3, 0.44), (CONIFERS, 11, 0.28)),
    codes.MARSH: ((REEDS, 9, 0.27),),
}
RICE_COUNTRIES = (codes.KOREA, codes.JAPAN_PROPER)
HOUSES = (0, 4, 7, 11, 18, 26)  # by size of town
HOUSE_INKS: tuple[Colour, Colour] = ((166, 92, 74), (206, 138, 116))


def scatter(target: pygame.Surface, world: World, hexes: NDArray[Any], middles: NDArray[Any], side: float) -> None:
    """Draw the signs of some hexes on a sheet.

    Parameters
    ----------
    hexes : (n,) int
    middles : (n, 2) float
        Their centres in pixels of the sheet.
    side : float
        Hex side in pixels of the sheet.
    """
    share = 0.55 if side < THIN_BELOW else 1
    places = _places()[hexes * 7919 % VARIANTS] * side
    terrain = world.hexes["terrain"][hexes]
    rice = np.isin(world.hexes["country"][hexes], RICE_COUNTRIES)
    wide, high = target.get_size()
    pieces: list[tuple[pygame.Surface, tuple[int, int]]] = []
    for ground, signs in ON_TERRAIN.items():
        used = 0
        for kind, full, size in signs:
            count = round(full * share)
            for here, drawn in ((~rice, kind), (rice, PADDIES if kind == FURROWS else kind)):
                here = here & (terrain == ground)
                face = sign(drawn, max(round(side * size), 4))
                spots = (middles[here][:, None] + places[here, used : used + count]).reshape(
                    -1, 2
                ) - face.get_width() / 2
                seen = (spots > -face.get_width()).all(axis=1) & (spots < (wide, high)).all(axis=1)
                pieces += [(face, (x, y)) for x, y in np.rint(spots[seen]).astype(int).tolist()]
            used += count
    pieces.sort(key=lambda piece: piece[1][1])
    target.fblits(pieces)
    for row in np.flatnonzero(world.hexes["town"][hexes]).tolist():
        _town(target, int(world.hexes["town"][hexes[row]]), int(hexes[row]), middles[row], side)


@lru_cache(maxsize=1)
def _places() -> NDArray[Any]:
    """Return (VARIANTS, 20, 2) points of a hex of side 1, well apart whichever number of them is taken."""
    rng = np.random.default_rng(1945)
    table = np.zeros((VARIANTS, 20, 2))
    for chosen in table:
        for index in range(len(chosen)):
            tries = rng.uniform((-1, -0.87), (1, 0.87), (24, 2))
            tries = tries[abs(tries[:, 0]) + abs(tries[:, 1]) / 3**0.5 < 0.96]
            away = np.hypot(*(tries[:, None] - chosen[None, : max(index, 1)]).transpose(2, 0, 1)).min(axis=1)
            chosen[index] = tries[int(np.argmax(away))]
    return table


def _town(target: pygame.Surface, size: int, hex: int, middle: NDArray[Any], side: float) -> None:
    """Draw houses around the middle of a hex, the more of them the larger the town."""
    rng = np.random.default_rng(hex)
    spread = side * (0.16 + 0.055 * size)
    block = max(side * 0.085, 2)
    for index, (dx, dy) in enumerate(np.clip(rng.normal(0, 1, (HOUSES[size], 2)), -1.7, 1.7).tolist()):
        wide, high = block * (0.8 + 0.5 * (index % 3) / 2), block * (0.8 + 0.3 * (index % 2))
        box = pygame.Rect(0, 0, round(wide), round(high))
        box.center = (round(middle[0] + dx * spread), round(middle[1] + dy * spread * 0.8))
        pygame.draw.rect(target, HOUSE_INKS[index % 2], box)


@lru_cache(maxsize=200)
def sign(kind: int, size_px: int) -> pygame.Surface:
    """Return one sign on a transparent square."""
    whole = size_px * FINE
    large = pygame.Surface((whole, whole), pygame.SRCALPHA)
    thin = max(whole // 14, 2)
    if kind == TREES:
        pygame.draw.ellipse(large, (44, 66, 34, 70), (whole * 0.2, whole * 0.62, whole * 0.7, whole * 0.26))
        pygame.draw.circle(large, (104, 132, 82, 235), (whole * 0.46, whole * 0.46), whole * 0.34)
        pygame.draw.circle(large, (130, 156, 102, 255), (whole * 0.4, whole * 0.38), whole * 0.2)
    elif kind == CONIFERS:
        pygame.draw.ellipse(large, (36, 54, 34, 70), (whole * 0.26, whole * 0.74, whole * 0.66, whole * 0.2))
        pygame.draw.polygon(large, (80, 108, 76), _scaled(whole, (0.46, 0.02), (0.76, 0.86), (0.16, 0.86)))
        pygame.draw.polygon(large, (102, 132, 94), _scaled(whole, (0.46, 0.02), (0.46, 0.86), (0.16, 0.86)))
    elif kind == PEAKS:
        pygame.draw.polygon(
            large, (126, 104, 80, 190), _scaled(whole, (0.48, 0.1), (0.96, 0.86), (0.5, 0.86), (0.56, 0.5))
        )
        pygame.draw.polygon(
            large, (236, 224, 198, 150), _scaled(whole, (0.48, 0.1), (0.56, 0.5), (0.5, 0.86), (0.06, 0.86))
        )
        pygame.draw.lines(
            large, (104, 84, 64, 220), False, _scaled(whole, (0.06, 0.86), (0.48, 0.1), (0.96, 0.86)), thin
        )
    elif kind == KNOLLS:
        pygame.draw.arc(
            large, (128, 104, 70, 170), pygame.Rect(0, whole * 0.3, whole * 0.9, whole * 0.8), 0.25, 2.9, thin
        )
    elif kind == REEDS:
        for level, left, right in ((0.5, 0.1, 0.9), (0.72, 0.26, 0.74)):
            pygame.draw.line(
                large, (84, 128, 142, 200), (whole * left, whole * level), (whole * right, whole * level), thin
            )
        for lean in (-0.14, 0, 0.14):
            pygame.draw.line(
                large, (92, 122, 84, 220), (whole * 0.5, whole * 0.5), (whole * (0.5 + lean), whole * 0.16), thin
            )
    elif kind == DUNES:
        pygame.draw.arc(
            large, (178, 144, 92, 150), pygame.Rect(0, whole * 0.4, whole * 0.6, whole * 0.5), 0.3, 2.9, thin
        )
        for x, y in ((0.7, 0.5), (0.86, 0.62), (0.66, 0.74), (0.84, 0.8)):
            pygame.draw.circle(large, (178, 144, 92, 170), (whole * x, whole * y), thin * 0.8)
    elif kind == TUFTS:
        for lean in (-0.3, 0, 0.3):
            pygame.draw.line(
                large, (146, 134, 78, 190), (whole * 0.5, whole * 0.8), (whole * (0.5 + lean), whole * 0.24), thin
            )
    elif kind == FURROWS:
        for level in (0.3, 0.45, 0.6, 0.75):
            pygame.draw.line(
                large,
                (166, 164, 108, 130),
                (whole * 0.12, whole * (level + 0.07)),
                (whole * 0.88, whole * (level - 0.07)),
                thin,
            )
    else:
        pygame.draw.rect(large, (120, 168, 164, 90), (whole * 0.1, whole * 0.26, whole * 0.8, whole * 0.5))
        for x, y, wide, high in (
            (0.1, 0.26, 0.4, 0.25),
            (0.5, 0.26, 0.4, 0.25),
            (0.1, 0.51, 0.4, 0.25),
            (0.5, 0.51, 0.4, 0.25),
        ):
            pygame.draw.rect(
                large, (104, 146, 126, 170), (whole * x, whole * y, whole * wide + 1, whole * high + 1), thin
            )
    large.fill((255, 255, 255, STRENGTH), special_flags=pygame.BLEND_RGBA_MULT)
    return pygame.transform.smoothscale(large, (size_px, size_px)).convert_alpha()


def _scaled(whole: int, *points: tuple[float, float]) -> list[tuple[float, float]]:
    return [(whole * x, whole * y) for x, y in points]
