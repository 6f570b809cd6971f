"""The layer of movement: where the chosen unit can march today, and what it costs to get there."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.orders.marches import MarchRange
from sim.game.overlays.plane import point
from sim.game.overlays.shapes import Fill, LegendKey, MapMark, Overlay, banded
from sim.kernels.state.layout import World

KEYS = (
    LegendKey("march_near", "a third of the day or less"),
    LegendKey("march_middle", "up to two thirds"),
    LegendKey("march_far", "the whole day"),
    LegendKey("march_shut", "enemy in the way"),
)


def movement(world: World, march: MarchRange | None, known: NDArray[Any] | None = None) -> Overlay:
    """Return the range of a unit in thirds of its day, with the cost of each hex in movement points.

    Parameters
    ----------
    march : MarchRange or None
        Of the chosen unit.
    known : (n_hex,) LAYER, optional
        What the unit's side knows of the enemy; without it, all that there is.
    """
    if march is None:
        return Overlay("Movement", note="Select one of your units to see its range.")
    if not march.left_mp10:
        return Overlay("Movement", note="This unit cannot march any further today.")
    cost = np.zeros(len(world.hexes), np.int64)
    stops = np.array(list(march.left_mp10), np.int64)
    cost[stops] = [march.cost_mp10[hex] for hex in stops.tolist()]
    budget = max(march.cost_mp10[hex] + left for hex, left in march.left_mp10.items())
    within = np.zeros(len(cost), np.bool_)
    within[stops] = True
    fills = banded(
        cost, within, (("march_near", budget / 3), ("march_middle", 2 * budget / 3), ("march_far", float(budget)))
    )
    marks = tuple(
        MapMark("cost", point(world, hex), f"{march.cost_mp10[hex] / 10:.1f}", 18.0) for hex in stops.tolist()
    )
    enemy = 1 - int(world.units["side"][march.unit])
    beside = np.unique(world.neighbours[[march.start, *stops.tolist()]])
    occupant = (world.layers if known is None else known)["occupant"]
    shut = beside[(beside >= 0) & (occupant[beside] == enemy)]
    return Overlay("Movement", (*fills, Fill("march_shut", shut)), (), marks, KEYS, "Numbers: cost in movement points.")
