"""How far a unit gets: the cost of a step for it, with zones and throughput, and its range."""

from numpy import uint32, uint64

from sim.kernels.codes import BLOCKED
from sim.kernels.compiler.kernel import kernel
from sim.kernels.compiler.lowest_bit import lowest_bit
from sim.kernels.ground.flood import BUDGET, FOUND, RING, RING_WORDS, STAMP, WAITING, frontier_reset
from sim.kernels.ground.hex_tags import REGION_MASK, REGION_SHIFT
from sim.kernels.state.layout import FRONTIER_BUCKETS
from sim.kernels.units.power import unit_power
from sim.kernels.units.stacking import has_throughput
from sim.kernels.units.zones import unit_zoc_strength

STEP_MOST = FRONTIER_BUCKETS - 1


@kernel
def mover_zoc_strength(world, unit):
    """Return the zone-of-control strength (permille) that a unit on the march sets against enemy zones."""
    return unit_zoc_strength(world.rules[0], world.units[unit].branch, unit_power(world, unit))


@kernel
def pressure_permille(zone, own):
    """Return the enemy's share (permille) of the strength felt in a hex.

    Parameters
    ----------
    zone : int
        Enemy zone of control over the hex, permille.
    own : int
        Zone-of-control strength of the mover, and of friends who stand there, permille.
    """
    return zone * 1000 // (zone + own + 1)


@kernel
def zone_cost_mp10(rule, mobility, pressure, from_zone):
    """Return what entering a hex under ``pressure`` (permille) adds; ``from_zone`` is felt in the hex left."""
    extra = 2 * int(rule.zone_cost_mp10[mobility]) * pressure // 1000
    if from_zone >= rule.zone_felt_permille:
        extra = extra * int(rule.zone_between_permille) // 1000
    return extra


@kernel
def step_for(world, unit, zoc_strength, hex, direction):
    """Return ``entry_cost`` for a unit whose zone-of-control strength is known already."""
    other = int(world.neighbours[hex, direction])
    if other < 0:
        return BLOCKED
    row = world.units[unit]
    enemy = 1 - int(row.side)
    layer = world.layers[other]
    if layer.occupant == enemy:
        return BLOCKED
    ground = world.clock[0].ground[world.hexes[hex].region]
    cost = int(world.step_cost[ground, row.mobility, hex, direction])
    if cost < 0 or not has_throughput(world, unit, other):
        return BLOCKED
    zone = int(layer.zone[enemy])
    rule = world.rules[0]
    if zone >= rule.zone_felt_permille:
        pressure = pressure_permille(zone, zoc_strength + int(layer.zoc_strength[row.side]))
        cost += zone_cost_mp10(rule, int(row.mobility), pressure, int(world.layers[hex].zone[enemy]))
    return min(cost, STEP_MOST)


@kernel
def entry_cost(world, unit, hex, direction):
    """Return the cost for a unit to step from a hex in a direction, with ground, river, road, zones and throughput.

    Returns
    -------
    int
        mp10, or ``BLOCKED``.
    """
    return step_for(world, unit, mover_zoc_strength(world, unit), hex, direction)


@kernel
def stops_march(world, unit, hex):
    """Return whether an enemy zone in a hex would end the march of a unit that enters it."""
    row = world.units[unit]
    layer = world.layers[hex]
    zone = int(layer.zone[1 - row.side])
    rule = world.rules[0]
    if zone < rule.zone_felt_permille:
        return False
    own = mover_zoc_strength(world, unit) + int(layer.zoc_strength[row.side])
    return pressure_permille(zone, own) >= rule.zone_stop_permille[row.mobility]


@kernel
def reach_to(world, scratch, unit, budget_mp10, target):
    """Do as ``reach``, but stop once the cheapest way to ``target`` is known (-1 never)."""
    return reach_within(world, scratch, unit, budget_mp10, target, 0, BLOCKED)


@kernel
def reach_better(world, scratch, unit, budget_mp10, route, bound):
    """Do as ``reach``, but go on from no hex whence the march cannot come to a place worth less than ``bound``.

    What a place is worth is the cost-to-go of ``route`` from there, and a share (``effort_parts``) of the way to it. No
    step brings a unit nearer than ``descent_permille`` of what it costs, so a hex that is too far off for what is left
    of the budget leads nowhere; behind the unit that is half of its range. Places that are worth less than ``bound``
    are found at the same cost, by the same way and in the same order as in the whole range; others may be missing.
    """
    return reach_within(world, scratch, unit, budget_mp10, -1, route, bound)


@kernel
def reach_within(world, scratch, unit, budget_mp10, target, route, bound):
    """Do as ``reach_better`` and ``reach_to``; a ``bound`` of BLOCKED leaves nothing out.

    Notes
    -----
    ``entry_cost``, ``stops_march`` and the bucket queue are written out, with every array in a local name: a call that
    passes the world costs more than the step it computes. The tests hold the two versions together. Rows are unsigned:
    for a signed one compiled code first asks whether it counts from the end, which is a third of the time here. Nearly
    all buckets of a short range are empty, so a bit for each of them tells where the next hexes wait.
    """
    frontier_reset(scratch)
    row = world.units[unit]
    if row.hex < 0:
        return 0
    start = uint32(row.hex)
    rule = world.rules[0]
    layers, tags, neighbours, step_cost = world.layers, world.tags, world.neighbours, world.step_cost
    cost_of, stamps, came, found = scratch.cost, scratch.stamp, scratch.came, scratch.found
    bucket, filled, serial = scratch.bucket, scratch.filled, scratch.serial
    entry_hex, entry_next = scratch.entry_hex, scratch.entry_next
    grounds, to_go, pass_used10 = world.clock[0].ground, world.cost_to_go[route], world.pass_used10
    descent, parts = int(world.descent_permille[row.mobility]), int(rule.effort_parts)
    side, mobility, carry = uint32(row.side), uint32(row.mobility), int(row.carry_mp10)
    enemy = uint32(1 - side)
    zoc_strength = -1  # worked out when the first enemy zone is felt: most ranges meet none
    felt, stop = int(rule.zone_felt_permille), int(rule.zone_stop_permille[mobility])
    stamp = int(serial[STAMP])
    cost_of[start] = 0
    stamps[start] = stamp
    came[start] = -1
    entry_hex[0] = start
    entry_next[0] = -1
    bucket[0] = 0
    filled[0] = 1
    used, waiting, now, n_found = uint32(1), 1, 0, uint32(0)
    while waiting > 0:
        word = filled[uint32(now >> 6 & RING_WORDS)] >> uint64(now & 63)
        if word == 0:
            now = (now | 63) + 1
            continue
        now += lowest_bit(word)
        slot = uint32(now & RING)
        entry = uint32(bucket[slot])
        after = entry_next[entry]
        bucket[slot] = after
        if after < 0:
            filled[uint32(slot >> 6)] &= ~(uint64(1) << uint64(now & 63))
        waiting -= 1
        hex = uint32(entry_hex[entry])
        if cost_of[hex] != now:
            continue
        found[n_found] = hex
        n_found = uint32(n_found + 1)
        if hex == target:
            break
        here = layers[hex]
        from_zone = int(here.zone[enemy])
        if from_zone >= felt and hex != start:
            if zoc_strength < 0:
                zoc_strength = mover_zoc_strength(world, unit)
            if pressure_permille(from_zone, zoc_strength + int(here.zoc_strength[side])) >= stop:
                continue
        if bound < BLOCKED and hex != start:
            nearest = int(to_go[hex]) - (budget_mp10 - now) * descent // 1000 - 1
            if nearest + now // parts >= bound:
                continue
        slack = carry if hex == start else 0
        ground = uint32(grounds[uint32(tags[hex] >> REGION_SHIFT & REGION_MASK)])
        left = budget_mp10 - now + slack  # zones only add, so most steps are too dear before the layers are looked at
        for d in range(6):
            direction = uint32(d)
            step = int(step_cost[ground, mobility, hex, direction])
            if (step < 0) | (step > left):
                continue
            other = uint32(neighbours[hex, direction])
            so_far = int(cost_of[other]) if stamps[other] == stamp else BLOCKED
            if so_far <= now + step - slack:
                continue
            layer = layers[other]
            if layer.occupant == enemy:
                continue
            zone = int(layer.zone[enemy])
            if zone >= felt:
                if zoc_strength < 0:
                    zoc_strength = mover_zoc_strength(world, unit)
                pressure = pressure_permille(zone, zoc_strength + int(layer.zoc_strength[side]))
                step = min(step + zone_cost_mp10(rule, mobility, pressure, from_zone), STEP_MOST)
            if hex == start and step > budget_mp10:
                step = max(step - carry, 1)
            cost = now + step
            if cost > budget_mp10 or so_far <= cost:
                continue
            if pass_used10[other] > 0 and not has_throughput(world, unit, other):
                continue
            stamps[other] = stamp
            cost_of[other] = cost
            came[other] = direction
            entry_hex[used] = other
            slot = uint32(cost & RING)
            entry_next[used] = bucket[slot]
            bucket[slot] = used
            filled[uint32(slot >> 6)] |= uint64(1) << uint64(cost & 63)
            used = uint32(used + 1)
            waiting += 1
    serial[WAITING] = waiting
    serial[BUDGET] = budget_mp10 if bound == BLOCKED else -1
    serial[FOUND] = n_found
    return int(n_found)


@kernel
def reach(world, scratch, unit, budget_mp10):
    """Find every hex that a unit can march to with ``budget_mp10``, through friends but not through enemies.

    Afterwards ``scratch.found[:n]`` holds the hexes by cost, the start first; ``scratch.cost`` and ``scratch.came``
    (the direction of the last step) are valid where ``is_reached``. Whether it may stay is for ``can_stack``.

    Returns
    -------
    int
        Number of hexes.
    """
    return reach_to(world, scratch, unit, budget_mp10, -1)


@kernel
def reach_again(world, scratch, unit, budget_mp10):
    """Do as ``reach`` for the unit whose range was the last flood; nothing on the map may have changed since."""
    if scratch.serial[BUDGET] == budget_mp10:
        return int(scratch.serial[FOUND])
    return reach(world, scratch, unit, budget_mp10)
