"""Distance fields of the hex grid for views and pictures."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def spread(sources: NDArray[np.bool_], neighbours: NDArray[Any]) -> NDArray[np.int32]:
    """Return the distance in hexes from the nearest source.

    Parameters
    ----------
    sources : (n_hex,) bool
    neighbours : (n_hex, 6) int
        Hex numbers, -1 off the map.

    Returns
    -------
    (n_hex,) int32
        -1 where there is no source at all.
    """
    distance = np.full(len(sources), -1, np.int32)
    ring = np.flatnonzero(sources)
    steps = 0
    while ring.size:
        distance[ring] = steps
        around = np.unique(neighbours[ring])
        around = around[around >= 0]
        ring = around[distance[around] < 0]
        steps += 1
    return distance
