"""The flood of supplies: how far they flow from all sources of a side, cheapest way first.

The tables and entries that it reads are those of ``packed_cost``. ``flood_from_peace`` saves most of it where a country
is at peace behind its front.
"""

from numpy import int32, uint32

from sim.kernels.codes import BLOCKED
from sim.kernels.compiler.kernel import inlined_kernel, kernel
from sim.kernels.state.layout import DEEP_BUCKETS
from sim.kernels.supply.packed_cost import (
    FERRY_SHIFT,
    GAUGE_MASK,
    GAUGE_SHIFT,
    HEED_BORDERS,
    KIND_MASK,
    KIND_SHIFT,
    LINK_SHIFT,
    RAIL_BITS,
    RIVER_MASK,
    SHUT,
    TOLL_SHIFT,
    TRAINS,
    TRAINS_ENTER,
    UNKNOWN,
    WAY_MASK,
    entry_at,
    fill_step_tables,
    is_open_source,
    step_over,
)

DEEP = DEEP_BUCKETS - 1  # a mask: the number of buckets is a power of two


@kernel
def flood_supply(world, scratch, side, limit10, heed, out_cost):
    """Carry supplies outwards from every open source of ``side``, cheapest way first.

    Parameters
    ----------
    world : World
    scratch : Scratch
        ``entry`` (``packed_cost``) is filled where the flood came.
    side : int
    limit10 : int
        Transport cost beyond which nothing flows.
    heed : int
        HEED_ENEMY stops at the enemy and pays the toll of his zones, HEED_NOBODY asks for the way if he were not there.
    out_cost : (n_hex,) int32
        Transport cost from the cheapest source, BLOCKED where nothing arrives.
    """
    fill_step_tables(world, scratch, side)
    scratch.entry[:] = UNKNOWN
    flood_from_sources(world, scratch, side, limit10, heed, out_cost)


@kernel
def flood_from_sources(world, scratch, side, limit10, heed, out_cost):
    """Do as ``flood_supply`` with the tables and entries that ``scratch`` holds already."""
    out_cost[:] = BLOCKED
    spread_supply(world, scratch, side, limit10, heed, seed_sources(world, scratch, side, heed, 0, out_cost), out_cost)


@kernel
def spread_supply(world, scratch, side, limit10, heed, waiting, cost):
    """Let supplies flow on from the ``waiting`` hexes that the queue holds until nothing gets cheaper.

    Parameters
    ----------
    cost : (n_hex,) int32
        What is known so far, the waiting hexes among it; afterwards BLOCKED where supplies do not get.

    Notes
    -----
    ``step_over`` and the bucket queue are written out here. A branch guessed wrong costs more than the whole sum, so
    there is one for each hex side, after its cost is known: what is too far begins at a cost just over the limit.
    Rows are unsigned: for a signed one compiled code first asks whether it counts from the end.
    """
    links, step_of, rail_of, entry_of = world.links, scratch.step, scratch.rail, scratch.entry
    bucket, entry_hex, entry_next = scratch.deep, scratch.entry_hex, scratch.entry_next
    replace_above(cost, limit10, limit10 + 1)
    used = uint32(waiting)
    now = 0
    while waiting > 0:
        head = bucket[uint32(now & DEEP)]
        if head < 0:
            now += 1
            continue
        entry = uint32(head)
        bucket[uint32(now & DEEP)] = entry_next[entry]
        waiting -= 1
        hex = uint32(entry_hex[entry])
        if cost[hex] != now:
            continue
        here = entry_at(world, scratch, hex, side, heed)
        for direction in range(6):
            link = uint32(links[hex, uint32(direction)])
            target = uint32(link >> LINK_SHIFT)
            so_far = int(cost[target])
            entered = int(entry_of[target])
            if entered == UNKNOWN:
                entered = entry_at(world, scratch, target, side, heed)
            step = int(step_of[uint32(entered >> KIND_SHIFT & KIND_MASK), uint32(link & WAY_MASK)])
            if link & RAIL_BITS != 0 and here & TRAINS != 0 and entered & TRAINS_ENTER != 0:
                rail = rail_of[uint32(link >> GAUGE_SHIFT & GAUGE_MASK), uint32(link >> FERRY_SHIFT & RIVER_MASK)]
                step = min(step, int(rail))
            total = now + step + (entered >> TOLL_SHIFT)
            if total < so_far:
                cost[target] = total
                entry_hex[used] = target
                slot = uint32(total & DEEP)
                entry_next[used] = bucket[slot]
                bucket[slot] = used
                used = uint32(used + 1)
                waiting += 1
    replace_above(cost, limit10, BLOCKED)


@inlined_kernel
def replace_above(cost, limit, other):
    """Put ``other`` in the place of every cost above ``limit``."""
    for hex in range(cost.shape[0]):
        cost[hex] = int32(other) if cost[hex] > int32(limit) else cost[hex]


@inlined_kernel
def queue_hex(scratch, hex, cost, queued):
    """Put a hex into the queue of ``spread_supply`` as entry number ``queued``; return the number of entries."""
    slot = cost & DEEP
    scratch.entry_hex[queued] = hex
    scratch.entry_next[queued] = scratch.deep[slot]
    scratch.deep[slot] = queued
    return queued + 1


@kernel
def seed_sources(world, scratch, side, heed, queued, cost):
    """Queue the hex of every open source of ``side`` that is not there yet, at no cost; return the entries.

    HEED_BORDERS leaves out those abroad.
    """
    for source in range(world.sources.shape[0]):
        hex = int(world.sources[source].hex)
        if heed == HEED_BORDERS and world.hexes[hex].holder_start != side:
            continue
        if is_open_source(world, source, side) and cost[hex] != 0:
            cost[hex] = 0
            queued = queue_hex(scratch, hex, 0, queued)
    return queued


@inlined_kernel
def direction_home(world, scratch, side, hex, heed, cost):
    """Return the first direction in which a neighbour lies from which supplies come to ``hex``, -1 if there is none.

    Parameters
    ----------
    heed : int
        That of the flood that gave ``cost``; its tables stand in ``scratch``.
    """
    own = int(cost[hex])
    entered = entry_at(world, scratch, hex, side, heed)
    if entered >> KIND_SHIFT & KIND_MASK == SHUT:
        return -1
    for direction in range(6):
        near = int(world.neighbours[hex, direction])
        if near < 0 or cost[near] >= own:
            continue
        link = int(world.links[hex, direction])
        left = entry_at(world, scratch, near, side, heed)
        if int(cost[near]) + step_over(scratch.step, scratch.rail, link, left, entered) == own:
            return direction
    return -1
