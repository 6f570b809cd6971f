"""The flood of supplies of a day, worked out from what supplies cost in peace.

At home little changes from day to day but the weather. So what supplies cost at home in peace is worked out once a
scenario for every weather (``world.peace``); a day's flood takes from it what the enemy has cut off, and goes on from
its edges. The result is that of ``flood_lines`` to the last number.
"""

from sim.kernels.codes import BLOCKED
from sim.kernels.jit import inlined_kernel, kernel
from sim.kernels.layout import N_GROUND
from sim.kernels.supplycost import (
    CLOSED,
    HEED_BORDERS,
    HEED_ENEMY,
    HEED_MARKED,
    KIND_MASK,
    KIND_SHIFT,
    SHUT,
    UNKNOWN,
    entry_at,
    fill_step_tables,
    line_reach10,
    source_at,
    step_over,
)
from sim.kernels.supplyflood import (
    direction_home,
    flood_from_sources,
    flood_lines,
    queue_hex,
    seed_sources,
    spread_lines,
)

# Of the country's hexes missing, from which on a flood from the sources is the quicker: measured with the campaign's
# Japanese side, where 500 hexes missing take the line from 4,000 of 10,000 and the repair costs as much as the flood.
PEACE_MISSING = 250
NO_PEACE = 65_535  # in ``world.peace``: supplies do not get there


@kernel
def flood_from_peace(world, scratch, side, n_missing, out_cost):
    """Do as ``flood_lines`` for today's supply, beginning with what it costs at home in peace.

    Parameters
    ----------
    n_missing : int
        Hexes of the own country in ``scratch.path`` that ``side`` does not hold or runs no trains in.
    """
    limit10 = line_reach10(world, side)
    weather = weather_row(world.clock[0].ground)
    if weather >= world.peace.shape[1]:
        flood_lines(world, scratch, side, limit10, HEED_ENEMY, out_cost)
        return
    fill_step_tables(world, scratch, side)
    scratch.entry[:] = UNKNOWN
    mark_war(world, scratch, side, n_missing)
    if n_missing > PEACE_MISSING:
        flood_from_sources(world, scratch, side, limit10, HEED_MARKED, out_cost)
        return
    peace = world.peace[side, weather]
    for hex in range(out_cost.shape[0]):
        cost = int(peace[hex])
        out_cost[hex] = cost if cost < NO_PEACE else BLOCKED
    waiting = queue_doubtful(world, scratch, side, n_missing, out_cost)
    n_lost = cut_off(world, scratch, side, waiting, out_cost)
    queued = reach_again_from_home(world, scratch, side, n_lost, limit10, out_cost)
    queued = cross_borders(world, scratch, side, queued, limit10, out_cost)
    queued = seed_sources(world, scratch, side, HEED_MARKED, queued, out_cost)
    spread_lines(world, scratch, side, limit10, HEED_MARKED, queued, out_cost)


@kernel
def weather_row(ground):
    """Return the row of ``world.peace`` for the ground of the regions."""
    row = 0
    for region in range(ground.shape[0]):
        row = row * N_GROUND + int(ground[region])
    return row


@kernel
def set_ground(ground, row):
    """Set the ground of the regions to that of a row of ``world.peace``."""
    for region in range(ground.shape[0] - 1, -1, -1):
        ground[region] = row % N_GROUND
        row //= N_GROUND


@kernel
def fill_peace(world, scratch):
    """Fill ``world.peace``: what supplies cost at home in every weather, were there no enemy; once a scenario."""
    ground = world.clock[0].ground
    today = weather_row(ground)
    for weather in range(world.peace.shape[1]):
        set_ground(ground, weather)
        for side in range(2):
            flood_lines(world, scratch, side, line_reach10(world, side), HEED_BORDERS, scratch.cost)
            for hex in range(scratch.cost.shape[0]):
                world.peace[side, weather, hex] = min(int(scratch.cost[hex]), NO_PEACE)
    set_ground(ground, today)


@kernel
def mark_war(world, scratch, side, n_missing):
    """Fill ``scratch.entry`` of the missing hexes (in ``scratch.path``) and of all that the enemy stands in or beside.

    The zones of his troops reach no farther. So what is not marked at home is as in peace.
    """
    for index in range(n_missing):
        entry_at(world, scratch, int(scratch.path[index]), side, HEED_ENEMY)
    for unit in range(world.units.shape[0]):
        who = world.units[unit]
        if who.side == side or who.hex < 0:
            continue
        entry_at(world, scratch, int(who.hex), side, HEED_ENEMY)
        for direction in range(6):
            near = int(world.neighbours[who.hex, direction])
            if near >= 0:
                entry_at(world, scratch, near, side, HEED_ENEMY)


@kernel
def queue_doubtful(world, scratch, side, n_missing, cost):
    """Queue the hexes at home where peace may not hold, each once, by their cost in peace; return how many.

    These are the missing ones (in ``scratch.path``) and those beside them, all that the enemy stands in or beside, and
    sources.
    """
    scratch.came[:] = 0
    n = 0
    neighbours = world.neighbours
    for index in range(n_missing):
        n = doubt_around(scratch, neighbours, int(scratch.path[index]), cost, n)
    for unit in range(world.units.shape[0]):
        who = world.units[unit]
        if who.side != side and who.hex >= 0:
            n = doubt_around(scratch, neighbours, int(who.hex), cost, n)
    for source in range(world.sources.shape[0]):
        origin = world.sources[source]
        if origin.side == side and origin.hex >= 0:
            n = doubt(scratch, int(origin.hex), cost, n)
    return n


@inlined_kernel
def doubt(scratch, hex, cost, n):
    """Queue a hex that supplies reach in peace unless it waits already; return the number of entries."""
    if scratch.came[hex] != 0 or cost[hex] == BLOCKED:
        return n
    scratch.came[hex] = 1
    return queue_hex(scratch, hex, int(cost[hex]), n)


@kernel
def doubt_around(scratch, neighbours, hex, cost, n):
    """Do as ``doubt`` for a hex and its neighbours."""
    n = doubt(scratch, hex, cost, n)
    for direction in range(6):
        near = int(neighbours[hex, direction])
        if near >= 0:
            n = doubt(scratch, near, cost, n)
    return n


@kernel
def cut_off(world, scratch, side, waiting, cost):
    """Take their cost from the hexes that no longer have it, and from all that hung on them; return how many.

    Parameters
    ----------
    waiting : int
        Hexes in the queue, see ``queue_doubtful``.
    cost : (n_hex,) int32
        BLOCKED afterwards where lost; ``scratch.found`` lists these hexes.

    Notes
    -----
    A hex keeps its cost while some neighbour with a cost of its own still explains it. As each step costs something,
    those with less are settled before, and every hex is asked once.
    """
    bucket, lost, neighbours = scratch.deep, scratch.found, world.neighbours
    used, n_lost, now = waiting, 0, 0
    while waiting > 0:
        entry = int(bucket[now])
        if entry < 0:
            now += 1
            continue
        bucket[now] = scratch.entry_next[entry]
        waiting -= 1
        hex = int(scratch.entry_hex[entry])
        if is_explained(world, scratch, side, hex, cost):
            continue
        cost[hex] = BLOCKED
        lost[n_lost] = hex
        n_lost += 1
        for direction in range(6):
            near = int(neighbours[hex, direction])
            if near >= 0 and cost[near] > now:
                n = doubt(scratch, near, cost, used)
                waiting += n - used
                used = n
    return n_lost


@kernel
def is_explained(world, scratch, side, hex, cost):
    """Return whether an open source in a hex, or a step from a neighbour, still gives it the cost that it has."""
    own = int(cost[hex])
    if own == 0:
        return source_at(world, hex, side) >= 0
    return direction_home(world, scratch, side, hex, HEED_MARKED, cost) >= 0


@kernel
def reach_again_from_home(world, scratch, side, n_lost, limit10, cost):
    """Queue the lost hexes that border on ground which supplies still reach; return the entries."""
    queued = 0
    for index in range(n_lost):
        hex = int(scratch.found[index])
        entered = entry_at(world, scratch, hex, side, HEED_MARKED)
        if entered >> KIND_SHIFT & KIND_MASK == SHUT:
            continue
        best = BLOCKED
        for direction in range(6):
            near = int(world.neighbours[hex, direction])
            if near < 0 or cost[near] == BLOCKED:
                continue
            left = entry_at(world, scratch, near, side, HEED_MARKED)
            step = step_over(scratch.step, scratch.rail, int(world.links[hex, direction]), left, entered)
            if step < CLOSED:
                best = min(best, int(cost[near]) + step)
        if best <= limit10:
            cost[hex] = best
            queued = queue_hex(scratch, hex, best, queued)
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
