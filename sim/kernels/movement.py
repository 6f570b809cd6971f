"""Movement: what a step costs a unit, how far it gets today, and the march itself.

A day's movement is an allowance in tenths of a movement point (mp10). What is left in the evening counts as work on
the next slow step (``carry_mp10``): a division that makes 8 km a day through swamp enters a 15 km hex every second day,
and the crossing of a great river takes as many days as it costs. That work is lost when the unit leaves the hex.
"""

from numpy import uint32

from sim.kernels.codes import BLOCKED, EVENT_CONTACT
from sim.kernels.control import lift_unit, occupy, place_unit
from sim.kernels.daymarch import begin_day_movement, begin_day_passes, order_forced_march
from sim.kernels.events import log_event
from sim.kernels.frontier import (
    BUDGET,
    FOUND,
    RING,
    STAMP,
    WAITING,
    fill_cost_to_go,
    flood_cost,
    frontier_reset,
    is_reached,
    walk_back,
)
from sim.kernels.fuel import burns_fuel, fuel_range_mp10, spend_fuel
from sim.kernels.jit import kernel
from sim.kernels.layout import FRONTIER_BUCKETS
from sim.kernels.power import unit_power
from sim.kernels.railmove import rail_move
from sim.kernels.recon import look_about
from sim.kernels.sight import as_known_to, watch_beside
from sim.kernels.stacking import can_stack, has_throughput, stack_limit10
from sim.kernels.stepcost import fill_step_cost
from sim.kernels.zones import unit_bond

STEP_MOST = FRONTIER_BUCKETS - 1


@kernel
def mover_bond(world, unit):
    """Return the strength (permille of a full division) that a unit on the march sets against enemy zones."""
    return unit_bond(world.rules[0], world.units[unit].branch, unit_power(world, unit))


@kernel
def pressure_permille(zone, own):
    """Return the enemy's share (permille) of the strength felt in a hex.

    Parameters
    ----------
    zone : int
        Enemy zone of control over the hex, permille.
    own : int
        Strength that the mover, and friends who stand there, set against it, permille.
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
def step_for(world, unit, bond, hex, direction):
    """Return ``entry_cost`` for a unit whose strength against zones is known already."""
    other = int(world.neighbours[hex, direction])
    if other < 0:
        return BLOCKED
    who = world.units[unit]
    enemy = 1 - int(who.side)
    layer = world.layers[other]
    if layer.occupant == enemy:
        return BLOCKED
    ground = world.clock[0].ground[world.hexes[hex].region]
    cost = int(world.step_cost[ground, who.mobility, hex, direction])
    if cost < 0 or not has_throughput(world, unit, other):
        return BLOCKED
    zone = int(layer.zone[enemy])
    rule = world.rules[0]
    if zone >= rule.zone_felt_permille:
        pressure = pressure_permille(zone, bond + int(layer.bond[who.side]))
        cost += zone_cost_mp10(rule, int(who.mobility), pressure, int(world.layers[hex].zone[enemy]))
    return min(cost, STEP_MOST)


@kernel
def entry_cost(world, unit, hex, direction):
    """Return the cost for a unit to step from a hex in a direction, with ground, river, road, zones and throughput.

    Returns
    -------
    int
        mp10, or ``BLOCKED``.
    """
    return step_for(world, unit, mover_bond(world, unit), hex, direction)


@kernel
def stops_march(world, unit, hex):
    """Return whether an enemy zone in a hex would end the march of a unit that enters it."""
    who = world.units[unit]
    layer = world.layers[hex]
    zone = int(layer.zone[1 - who.side])
    rule = world.rules[0]
    if zone < rule.zone_felt_permille:
        return False
    own = mover_bond(world, unit) + int(layer.bond[who.side])
    return pressure_permille(zone, own) >= rule.zone_stop_permille[who.mobility]


@kernel
def reach_to(world, scratch, unit, budget_mp10, target):
    """Do as ``reach``, but stop once the cheapest way to ``target`` is known (-1 never).

    Notes
    -----
    ``entry_cost``, ``stops_march`` and the bucket queue are written out, with every array in a local name: a call that
    passes the world costs more than the step it computes. The tests hold the two versions together. Rows are unsigned:
    for a signed one compiled code first asks whether it counts from the end, which is a third of the time here.
    """
    frontier_reset(scratch)
    who = world.units[unit]
    if who.hex < 0:
        return 0
    start = uint32(who.hex)
    rule = world.rules[0]
    layers, hexes, neighbours, step_cost = world.layers, world.hexes, world.neighbours, world.step_cost
    cost_of, stamps, came, found = scratch.cost, scratch.stamp, scratch.came, scratch.found
    bucket, entry_hex, entry_next, serial = scratch.bucket, scratch.entry_hex, scratch.entry_next, scratch.serial
    grounds = world.clock[0].ground
    side, mobility, carry = uint32(who.side), uint32(who.mobility), int(who.carry_mp10)
    enemy = uint32(1 - side)
    bond = -1  # worked out when the first enemy zone is felt: most ranges meet none
    felt, stop = int(rule.zone_felt_permille), int(rule.zone_stop_permille[mobility])
    stamp = int(serial[STAMP])
    cost_of[start] = 0
    stamps[start] = stamp
    came[start] = -1
    entry_hex[0] = start
    entry_next[0] = -1
    bucket[0] = 0
    used, waiting, now, n_found = uint32(1), 1, 0, uint32(0)
    while waiting > 0:
        head = bucket[uint32(now & RING)]
        if head < 0:
            now += 1
            continue
        entry = uint32(head)
        bucket[uint32(now & RING)] = entry_next[entry]
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
            if bond < 0:
                bond = mover_bond(world, unit)
            if pressure_permille(from_zone, bond + int(here.bond[side])) >= stop:
                continue
        slack = carry if hex == start else 0
        ground = uint32(grounds[uint32(hexes[hex].region)])
        left = budget_mp10 - now + slack  # zones only add, so most steps are too dear before the layers are looked at
        for d in range(6):
            direction = uint32(d)
            step = int(step_cost[ground, mobility, hex, direction])
            if (step < 0) | (step > left):
                continue
            other = uint32(neighbours[hex, direction])
            known = int(cost_of[other]) if stamps[other] == stamp else BLOCKED
            if known <= now + step - slack:
                continue
            layer = layers[other]
            if layer.occupant == enemy:
                continue
            zone = int(layer.zone[enemy])
            if zone >= felt:
                if bond < 0:
                    bond = mover_bond(world, unit)
                pressure = pressure_permille(zone, bond + int(layer.bond[side]))
                step = min(step + zone_cost_mp10(rule, mobility, pressure, from_zone), STEP_MOST)
            if hex == start and step > budget_mp10:
                step = max(step - carry, 1)
            cost = now + step
            if cost > budget_mp10 or known <= cost:
                continue
            if hexes[other].pass_used10 > 0 and not has_throughput(world, unit, other):
                continue
            stamps[other] = stamp
            cost_of[other] = cost
            came[other] = direction
            entry_hex[used] = other
            slot = uint32(cost & RING)
            entry_next[used] = bucket[slot]
            bucket[slot] = used
            used = uint32(used + 1)
            waiting += 1
    serial[WAITING] = waiting
    serial[BUDGET] = budget_mp10
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


@kernel
def fuel_weight_mp10(rule, terrain, cost_mp10):
    """Return the march on a road that burns as much fuel as ``cost_mp10`` spent on entering ``terrain``."""
    return cost_mp10 * int(rule.fuel_terrain_permille[terrain]) // 1000


@kernel
def march_length(world, scratch, unit, length):
    """Return how much of ``scratch.path[:length]`` a unit can march: fuel must last, and the last hex have room."""
    hexes, rule, path, cost_of = world.hexes, world.rules[0], scratch.path, scratch.cost
    who = world.units[unit]
    fuel = fuel_range_mp10(rule, who) if burns_fuel(who) else BLOCKED
    burnt, spent, index = 0, 0, 0
    while index < length:
        cost = int(cost_of[path[index]])
        burnt += fuel_weight_mp10(rule, hexes[path[index]].terrain, cost - spent)
        if burnt > fuel:
            break
        spent = cost
        index += 1
    while index > 0 and not can_stack(world, unit, int(path[index - 1])):
        index -= 1
    return index


@kernel
def meets_unknown(world, known, side, hex):
    """Return whether a march of ``side`` into a hex meets an enemy there, or beside it, that is not on its map."""
    layer = world.layers[hex]
    zone = int(layer.zone[1 - side])
    felt = zone >= world.rules[0].zone_felt_permille and zone > known.layers[hex].zone[1 - side]
    return felt or layer.occupant == 1 - side


@kernel
def march_to_contact(world, known, scratch, unit, length):
    """Return how much of ``scratch.path[:length]`` a unit marches before an enemy of whom it did not know halts it.

    It halts in the first hex in which such an enemy makes himself felt, or before the one in which he stands.
    """
    who = world.units[unit]
    side = int(who.side)
    for index in range(length):
        hex = int(scratch.path[index])
        if not meets_unknown(world, known, side, hex):
            continue
        stop = index if world.layers[hex].occupant == 1 - side else index + 1
        while stop > 0 and not can_stack(world, unit, int(scratch.path[stop - 1])):
            stop -= 1
        tell_contact(world, unit, hex)
        return stop
    return length


@kernel
def tell_contact(world, unit, hex):
    """Log that a march met an enemy of whom it did not know, in a hex or beside it."""
    enemy = 1 - int(world.units[unit].side)
    place = hex
    if world.layers[hex].occupant != enemy:
        for direction in range(6):
            near = int(world.neighbours[hex, direction])
            if near >= 0 and world.layers[near].occupant == enemy and world.known[1 - enemy, near].occupant != enemy:
                place = near
    log_event(world, EVENT_CONTACT, unit, int(world.layers[place].first_unit), place, 0, 0)


@kernel
def march_reached(world, known, scratch, unit, target):
    """March a unit towards a hex of the range that ``scratch`` holds for it; return the hexes moved, 0 if none.

    It stops short where fuel or room runs out, or where it meets an enemy that its side does not know of. Every hex on
    the way is taken into possession.
    """
    length = march_length(known, scratch, unit, walk_back(world, scratch, target))
    if world.rules[0].fog != 0:
        length = march_to_contact(world, known, scratch, unit, length)
    if length == 0:
        return 0
    hexes, rule, path, cost_of = world.hexes, world.rules[0], scratch.path, scratch.cost
    who = world.units[unit]
    lift_unit(world, unit)
    burnt, spent = 0, 0
    for index in range(length):
        hex = int(path[index])
        ground = hexes[hex]
        cost = int(cost_of[hex])
        burnt += fuel_weight_mp10(rule, ground.terrain, cost - spent)
        spent = cost
        ground.pass_used10 += who.stack10
        if ground.holder != who.side:
            occupy(world, unit, hex)
        watch_beside(world, int(who.side), hex)
    place_unit(world, unit, int(path[length - 1]))
    look_about(world, unit)
    spend_fuel(world, unit, burnt)
    who.mp10 -= min(spent, int(who.mp10))
    who.carry_mp10 = 0
    who.hexes_today += length
    who.days_still = 0
    who.entrench_permille = 0
    allowance = max(int(rule.allowance_mp10[who.mobility]), 1)
    tired = spent * int(rule.march_fatigue_permille[who.mobility]) // allowance
    who.fatigue_permille = min(int(who.fatigue_permille) + tired, 1000)
    return length


@kernel
def move_unit(world, scratch, unit, target):
    """March a unit as far as it gets today on the cheapest way to ``target`` that its side knows of.

    Returns
    -------
    int
        Hexes moved; 0 if the target is out of its range or nothing on the way has room.
    """
    who = world.units[unit]
    if who.hex < 0 or who.hex == target or who.mp10 <= 0:
        return 0
    known = as_known_to(world, int(who.side))
    reach_to(known, scratch, unit, int(who.mp10), target)
    return march_reached(world, known, scratch, unit, target)


@kernel
def move_in_range(world, scratch, unit, target):
    """Do as ``move_unit`` for the unit whose range was the last flood; nothing on the map may have changed since.

    Notes
    -----
    The cheapest way is the same in every range that holds it, but for a first step that work of the days before made
    affordable: that depends on the budget.
    """
    who = world.units[unit]
    same = scratch.serial[BUDGET] == who.mp10 or who.carry_mp10 == 0
    if same and who.hex != target and is_reached(scratch, target) and scratch.cost[target] <= who.mp10:
        return march_reached(world, as_known_to(world, int(who.side)), scratch, unit, target)
    return move_unit(world, scratch, unit, target)


__all__ = [
    "begin_day_movement",
    "begin_day_passes",
    "can_stack",
    "entry_cost",
    "fill_cost_to_go",
    "fill_step_cost",
    "flood_cost",
    "is_reached",
    "march_reached",
    "move_in_range",
    "move_unit",
    "order_forced_march",
    "rail_move",
    "reach",
    "reach_again",
    "reach_to",
    "stack_limit10",
    "walk_back",
]
