"""The bucket queue of every flood (Dial 1969), and the two floods that know nothing of units.

Costs are whole tenths of a movement point and a single step costs less than ``FRONTIER_BUCKETS``, so a ring of
buckets replaces a heap: push and pop take constant time. Entries are never removed; one whose hex has meanwhile been
reached more cheaply is recognised by its cost. ``scratch.stamp`` tells which costs belong to the present flood, so
that a short range never clears the whole map.
"""

from sim.kernels.codes import BLOCKED
from sim.kernels.compiler.kernel import kernel
from sim.kernels.state.layout import FRONTIER_BUCKETS

RING = FRONTIER_BUCKETS - 1  # a mask: the number of buckets is a power of two
RING_WORDS = FRONTIER_BUCKETS // 64 - 1  # the same for the words of ``scratch.filled``

# Slots of scratch.serial; the last two are those of the present flood if it was a unit's range: budget and hexes found
STAMP, USED, NOW, WAITING, BUDGET, FOUND = range(6)


@kernel
def frontier_reset(scratch):
    """Start a new flood: forget every cost and empty the queue."""
    serial = scratch.serial
    if serial[WAITING] > 0:
        scratch.bucket[:] = -1
        scratch.filled[:] = 0
    serial[STAMP] += 1
    serial[USED] = 0
    serial[NOW] = 0
    serial[WAITING] = 0
    serial[BUDGET] = -1


@kernel
def frontier_push(scratch, hex, cost):
    """Offer ``cost`` (mp10) for a hex; return whether it is the cheapest so far and was queued."""
    serial = scratch.serial
    stamp = serial[STAMP]
    if scratch.stamp[hex] == stamp and scratch.cost[hex] <= cost:
        return False
    scratch.stamp[hex] = stamp
    scratch.cost[hex] = cost
    entry = serial[USED]
    slot = cost & RING
    scratch.entry_hex[entry] = hex
    scratch.entry_next[entry] = scratch.bucket[slot]
    scratch.bucket[slot] = entry
    serial[USED] = entry + 1
    serial[WAITING] += 1
    return True


@kernel
def frontier_pop(scratch):
    """Return the cheapest hex not yet taken, -1 when none is left; its cost is ``scratch.cost[hex]``."""
    serial = scratch.serial
    now = serial[NOW]
    while serial[WAITING] > 0:
        slot = now & RING
        entry = scratch.bucket[slot]
        if entry < 0:
            now += 1
            continue
        scratch.bucket[slot] = scratch.entry_next[entry]
        serial[WAITING] -= 1
        hex = scratch.entry_hex[entry]
        if scratch.cost[hex] == now:
            serial[NOW] = now
            return hex
    serial[NOW] = now
    return -1


@kernel
def is_reached(scratch, hex):
    """Return whether the present flood has a cost for the hex."""
    return scratch.stamp[hex] == scratch.serial[STAMP]


@kernel
def walk_back(world, scratch, target):
    """Write the way to a reached hex, first step first, into ``scratch.path``; return its length, 0 if not reached."""
    if not is_reached(scratch, target):
        return 0
    came, path, neighbours = scratch.came, scratch.path, world.neighbours
    length = 0
    hex = target
    while came[hex] >= 0:
        path[length] = hex
        length += 1
        hex = neighbours[hex, (came[hex] + 3) % 6]
    for index in range(length // 2):
        swapped = path[index]
        path[index] = path[length - 1 - index]
        path[length - 1 - index] = swapped
    return length


@kernel
def spread(neighbours, step, scratch, sources, n_source, back, out_cost):
    """Fill the cost from the nearest source to every hex (or, with ``back`` 3, from every hex to the nearest).

    Parameters
    ----------
    neighbours : (n_hex, 6) int32
    step : (n_hex, 6) int16
        Cost of leaving a hex in a direction, mp10; negative is impassable.
    sources : (n_source or more,) int32
    back : int
        0 spreads with the direction of march, 3 against it.
    out_cost : (n_hex,) int32
        ``BLOCKED`` where there is no way.

    Notes
    -----
    The queue is written out here instead of called: a flood of the whole map is twice as fast with its counters in
    registers.
    """
    bucket, entry_hex, entry_next = scratch.bucket, scratch.entry_hex, scratch.entry_next
    frontier_reset(scratch)
    out_cost[:] = BLOCKED
    used = 0
    for index in range(n_source):
        hex = sources[index]
        if out_cost[hex] != 0:
            out_cost[hex] = 0
            entry_hex[used] = hex
            entry_next[used] = bucket[0]
            bucket[0] = used
            used += 1
    waiting = used
    now = 0
    while waiting > 0:
        slot = now & RING
        entry = bucket[slot]
        while entry >= 0:
            bucket[slot] = entry_next[entry]
            waiting -= 1
            hex = entry_hex[entry]
            if out_cost[hex] == now:
                for direction in range(6):
                    other = neighbours[hex, direction]
                    if other < 0:
                        continue
                    cost = int(step[hex, direction]) if back == 0 else int(step[other, (direction + 3) % 6])
                    if cost < 0:
                        continue
                    cost += now
                    if cost < out_cost[other]:
                        out_cost[other] = cost
                        entry_hex[used] = other
                        entry_next[used] = bucket[cost & RING]
                        bucket[cost & RING] = used
                        used += 1
                        waiting += 1
            entry = bucket[slot]
        now += 1


@kernel
def flood_cost(world, scratch, sources, n, ground, mobility, out):
    """Fill the march cost (mp10) from the nearest of ``n`` source hexes to every hex, zones left out.

    Parameters
    ----------
    sources : (n or more,) int32
    ground, mobility : int
        Which table of step costs; see ``codes``.
    out : (n_hex,) int32
        ``BLOCKED`` where there is no way.
    """
    spread(world.neighbours, world.step_cost[ground, mobility], scratch, sources, n, 0, out)


@kernel
def fill_cost_to_go(world, scratch, hex, mobility, out_row):
    """Fill the march cost (mp10) from every hex to ``hex`` on dry ground, rivers and roads included, zones left out.

    Parameters
    ----------
    out_row : (n_hex,) int32
        ``BLOCKED`` where there is no way.
    """
    scratch.path[0] = hex
    spread(world.neighbours, world.step_cost[0, mobility], scratch, scratch.path, 1, 3, out_row)
