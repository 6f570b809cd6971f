"""The full answer to why a unit is in its state of supply, worked out only when somebody asks."""

import numpy as np

from sim.kernels.codes import BLOCKED, SUPPLY_LONG_LINE, SUPPLY_NO_ROUTE, SUPPLY_OK
from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.supply.allocation import arriving_permille, collect_demand, share_permille, wanted_tons10
from sim.kernels.supply.flood import direction_home, flood_supply
from sim.kernels.supply.packed_cost import HEED_NOBODY
from sim.kernels.supply.step_cost import what_cuts

FAR10 = 100_000_000  # transport cost beyond any map, and below BLOCKED


@allocating_kernel
def explain_supply(world, scratch, unit):
    """Return why a unit is in its state of supply, where its line breaks, and what it goes without.

    Parameters
    ----------
    world : World
        As ``update_supply`` left it, and left so again.
    scratch : Scratch
    unit : int

    Returns
    -------
    reason : int
        ``SUPPLY_*`` code.
    hex : int
        Where the line breaks, -1 where it does not.
    shortfall_tons10 : int
        Tenths of a ton a day that the unit asks for and does not get.
    """
    row = world.units[unit]
    if row.hex < 0:
        return int(SUPPLY_OK), -1, 0
    asked10 = int(wanted_tons10(world, unit))
    cost10 = int(world.supply_cost[row.side, row.hex])
    if cost10 == BLOCKED or row.supply_source < 0:
        reason, hex = find_break(world, scratch, unit)
        return int(reason), int(hex), asked10
    n_source = world.sources.shape[0]
    used_tons10 = np.empty(n_source, np.int32)
    for source in range(n_source):
        used_tons10[source] = world.sources[source].used_tons10
    collect_demand(world, row.side)
    level_permille = share_permille(world, row.supply_source) * arriving_permille(world, unit, cost10) // 1000
    for source in range(n_source):
        world.sources[source].used_tons10 = used_tons10[source]
    return int(row.supply_reason), int(row.supply_hex), asked10 - asked10 * level_permille // 1000


@kernel
def find_break(world, scratch, unit):
    """Return the reason and the hex at which the enemy breaks the line that a unit would have without him.

    The hex is the first one in his way that a column going back from the unit towards the source would meet.
    """
    row = world.units[unit]
    cost = scratch.cost
    flood_supply(world, scratch, row.side, FAR10, HEED_NOBODY, cost)
    hex = int(row.hex)
    if cost[hex] == BLOCKED:
        return int(SUPPLY_NO_ROUTE), -1
    while cost[hex] > 0:
        cut = what_cuts(world, row.side, hex)
        if cut != SUPPLY_OK:
            return int(cut), hex
        hex = int(world.neighbours[hex, direction_home(world, scratch, row.side, hex, HEED_NOBODY, cost)])
    return int(SUPPLY_LONG_LINE), int(row.hex)
