"""The flood of supplies of a day, worked out from what supplies cost in peace.

At home little changes from day to day but the weather. So what supplies cost at home in peace is worked out once a
scenario for every weather (``world.peace``); a day's flood takes from it what the enemy has cut off, and goes on from
its edges. The result is that of ``flood_supply`` to the last number.
"""

from numpy import int32, uint16, uint32

from sim.kernels.codes import BLOCKED
from sim.kernels.compiler.kernel import inlined_kernel, kernel
from sim.kernels.state.layout import N_GROUND
from sim.kernels.supply.flood import (
    direction_home,
    flood_from_sources,
    flood_supply,
    queue_hex,
    seed_sources,
    spread_supply,
)
from sim.kernels.supply.packed_cost import (
    CLOSED,
    HEED_BORDERS,
    HEED_ENEMY,
    HEED_MARKED,
    UNKNOWN,
    entry_at,
    entry_in_peace,
    fill_step_tables,
    source_at,
    step_over,
    trace_reach10,
)

# Of the country's hexes missing, from which on a flood from the sources is the quicker; measured with both sides of the
# campaign: up to there the rest is worth more than the search for it costs.
PEACE_MISSING = 1_750
NO_PEACE = 65_535  # in ``world.peace``: supplies do not get there


@kernel
def flood_from_peace(world, scratch, side, n_missing, out_cost):
    """Do as ``flood_supply`` for today's supply, beginning with what it costs at home in peace.

    Parameters
    ----------
    n_missing : int
        Hexes of the own country in ``scratch.path`` that ``side`` does not hold or runs no trains in.
    """
    limit10 = trace_reach10(world, side)
    weather = weather_number(world.clock[0].ground)
    if weather >= world.peace.shape[1]:
        flood_supply(world, scratch, side, limit10, HEED_ENEMY, out_cost)
        return
    fill_step_tables(world, scratch, side)
    scratch.entry[:] = UNKNOWN
    if n_missing > PEACE_MISSING:
        out_cost[:] = BLOCKED
        mark_war(world, scratch, side, n_missing, out_cost)
        flood_from_sources(world, scratch, side, limit10, HEED_MARKED, out_cost)
        return
    peace = world.peace[side, weather]
    for hex in range(out_cost.shape[0]):
        out_cost[hex] = int32(peace[hex]) if peace[hex] < uint16(NO_PEACE) else int32(BLOCKED)
    n_lost = mark_war(world, scratch, side, n_missing, out_cost)
    n_lost = close_sources(world, scratch, side, n_lost, out_cost)
    n_lost = cut_off(world, scratch, world.peace_from[side, weather], n_lost, out_cost)
    queued = queue_edges(world, scratch, n_lost, out_cost)
    queued = cross_borders(world, scratch, side, queued, limit10, out_cost)
    queued = seed_sources(world, scratch, side, HEED_MARKED, queued, out_cost)
    spread_supply(world, scratch, side, limit10, HEED_MARKED, queued, out_cost)


@kernel
def weather_number(ground):
    """Return the number by which ``world.peace`` knows the ground of the regions."""
    weather = 0
    for region in range(ground.shape[0]):
        weather = weather * N_GROUND + int(ground[region])
    return weather


@kernel
def set_ground(ground, weather):
    """Set the ground of the regions to that of a number from ``weather_number``."""
    for region in range(ground.shape[0] - 1, -1, -1):
        ground[region] = weather % N_GROUND
        weather //= N_GROUND


@kernel
def fill_peace(world, scratch):
    """Fill ``world.peace`` and ``peace_from``: what supplies cost at home in every weather, were there no enemy.

    Once a scenario.
    """
    ground, cost = world.clock[0].ground, scratch.cost
    today = weather_number(ground)
    for weather in range(world.peace.shape[1]):
        set_ground(ground, weather)
        for side in range(2):
            flood_supply(world, scratch, side, trace_reach10(world, side), HEED_BORDERS, cost)
            for hex in range(cost.shape[0]):
                is_reached = 0 < cost[hex] < BLOCKED
                home = direction_home(world, scratch, side, hex, HEED_BORDERS, cost) if is_reached else -1
                world.peace[side, weather, hex] = min(int(cost[hex]), NO_PEACE)
                world.peace_from[side, weather, hex] = home
    set_ground(ground, today)


@kernel
def mark_war(world, scratch, side, n_missing, cost):
    """Fill ``scratch.entry`` of the missing hexes (in ``scratch.path``) and of all that the enemy stands in or beside.

    The zones of his troops reach no farther. So what is not marked at home is as in peace.

    Parameters
    ----------
    cost : (n_hex,) int32
        BLOCKED afterwards where the entry is another than in peace.

    Returns
    -------
    int
        The number of such hexes; ``scratch.found`` lists them.
    """
    neighbours, n_lost = world.neighbours, 0
    for index in range(n_missing):
        n_lost = mark_hex(world, scratch, side, int(scratch.path[index]), n_lost, cost)
    for unit in range(world.units.shape[0]):
        row = world.units[unit]
        if row.side == side or row.hex < 0:
            continue
        n_lost = mark_hex(world, scratch, side, int(row.hex), n_lost, cost)
        for direction in range(6):
            near = int(neighbours[row.hex, direction])
            if near >= 0:
                n_lost = mark_hex(world, scratch, side, near, n_lost, cost)
    return n_lost


@inlined_kernel
def mark_hex(world, scratch, side, hex, n_lost, cost):
    """Do as ``mark_war`` for one hex."""
    if scratch.entry[hex] != UNKNOWN:
        return n_lost
    entry = entry_at(world, scratch, hex, side, HEED_ENEMY)
    if entry == entry_in_peace(int(world.tags[hex]), world.clock[0].ground, side):
        return n_lost
    return lose(scratch, hex, n_lost, cost)


@inlined_kernel
def lose(scratch, hex, n_lost, cost):
    """Take its cost from a hex that still has one, and list it in ``scratch.found``; return how many it lists."""
    if cost[hex] == BLOCKED:
        return n_lost
    cost[hex] = BLOCKED
    scratch.found[n_lost] = hex
    return n_lost + 1


@kernel
def close_sources(world, scratch, side, n_lost, cost):
    """Take their cost from the hexes of sources that are not open today; return the lost hexes, see ``mark_war``."""
    for source in range(world.sources.shape[0]):
        origin = world.sources[source]
        if origin.side == side and origin.hex >= 0 and cost[origin.hex] == 0:
            if source_at(world, int(origin.hex), side) < 0:
                n_lost = lose(scratch, int(origin.hex), n_lost, cost)
    return n_lost


@kernel
def cut_off(world, scratch, peace_from, n_lost, cost):
    """Take their cost from all hexes that got their supplies by way of lost ones; return how many are lost then.

    Parameters
    ----------
    peace_from : (n_hex,) int8
        The direction from which supplies come to each hex in peace. There may be others at the same cost: whoever
        loses too much gets it back from the flood.
    """
    neighbours, found = world.neighbours, scratch.found
    index = 0
    while index < n_lost:
        hex = uint32(found[index])
        index += 1
        for direction in range(6):
            near = int(neighbours[hex, uint32(direction)])
            if near >= 0 and peace_from[uint32(near)] == (direction + 3) % 6:
                n_lost = lose(scratch, near, n_lost, cost)
    return n_lost


@kernel
def queue_edges(world, scratch, n_lost, cost):
    """Queue the hexes that still have their cost beside lost ones, each once; return the entries."""
    neighbours, came = world.neighbours, scratch.came
    came[:] = 0
    queued = 0
    for index in range(n_lost):
        hex = uint32(scratch.found[index])
        for direction in range(6):
            near = int(neighbours[hex, uint32(direction)])
            if near >= 0 and cost[near] != BLOCKED and came[near] == 0:
                came[near] = 1
                queued = queue_hex(scratch, near, int(cost[near]), queued)
    return queued


@kernel
def cross_borders(world, scratch, side, queued, limit10, cost):
    """Queue the hexes abroad that supplies reach from home; return the entries."""
    hexes, borders = world.hexes, world.borders
    for index in range(borders.shape[0]):
        hex = int(borders[index])
        if hex < 0:
            break
        if hexes[hex].holder_start != side or cost[hex] == BLOCKED:
            continue
        left = entry_at(world, scratch, hex, side, HEED_MARKED)
        for direction in range(6):
            near = int(world.neighbours[hex, direction])
            if near < 0 or hexes[near].holder_start == side:
                continue
            entered = entry_at(world, scratch, near, side, HEED_MARKED)
            step = step_over(scratch.step, scratch.rail, int(world.links[hex, direction]), left, entered)
            total = int(cost[hex]) + step
            if step < CLOSED and total < cost[near] and total <= limit10:
                cost[near] = total
                queued = queue_hex(scratch, near, total, queued)
    return queued
