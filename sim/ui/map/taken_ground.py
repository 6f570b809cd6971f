"""The shape of ground that was taken: its edge runs where the front line is drawn, not along the teeth of the hexes."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.maps.map_lines import STRAY, stray
from sim.game.terms import World, codes

# Corner k of a hex of side 1 lies between its sides k - 1 and k, in the order NE, N, NW, SW, S, SE.
_ANGLES = -np.pi / 3 * np.arange(6)
CORNERS = np.stack((np.cos(_ANGLES), np.sin(_ANGLES)), axis=1)
MIDDLES = (CORNERS + np.roll(CORNERS, -1, axis=0)) / 2


def taken_shapes(
    world: World, taken: NDArray[np.bool_], here: NDArray[Any], plane: NDArray[Any]
) -> Iterator[NDArray[Any]]:
    """Yield polygons that together cover the taken ones among some hexes, their outer teeth cut and notches filled.

    Parameters
    ----------
    taken : (n_hex,) bool
    here : (n,) int
        Hexes to be covered.
    plane : (n_hex, 2) float
        Centres in the plane where a hex side is 1 long.

    Yields
    ------
    (m, 2) float
    """
    around = world.neighbours[here]
    beside = taken[around] & (around >= 0)
    touched = taken[here] | beside.any(axis=1)
    here, beside = here[touched], beside[touched]
    if not here.size:
        return
    before, after = np.roll(beside, 1, axis=1), beside
    dry = ~np.isin(world.hexes["terrain"][here], (codes.SEA, codes.LAKE))
    outline = np.stack((CORNERS, MIDDLES), axis=1).reshape(12, 2)
    points = plane[here][:, None] + outline
    points = points + STRAY["front"] * stray(points.reshape(-1, 2)).reshape(points.shape)
    kept = np.ones((len(here), 12), np.bool_)
    kept[:, 0::2] = before | after
    for row in np.flatnonzero(taken[here]).tolist():
        yield points[row][kept[row]]
    for row, corner in np.argwhere(before & after & (dry & ~taken[here])[:, None]).tolist():
        yield points[row][[2 * corner - 1, 2 * corner, 2 * corner + 1]]
