"""Who stands where, who holds what: stacks, zones of control, ownership of hexes and places, the front line.

A zone of control is a bond, not a wall: each hex has a *hold* made of the strength of the units in it, and feels a
share of the holds of the hexes around, less across rivers and into broken country. ``layers`` is kept up move by move;
every term of a zone is a whole number that is added and taken away again exactly, so the layers always equal a full
rebuild.
"""

import numpy as np
from numpy import int8, uint8

from sim.kernels.codes import (
    ACTIVE,
    EVENT_CAPTURE,
    JAPANESE,
    NEITHER,
    RAIL_NONE,
    SOVIET,
    UNSEEN,
)
from sim.kernels.compiler.kernel import allocating_kernel, inlined_kernel, kernel
from sim.kernels.events import log_event
from sim.kernels.ground.hex_tags import TERRAIN_MASK
from sim.kernels.ground.step_cost import is_land
from sim.kernels.recon.sight import forget_everything, watch_beside, witness
from sim.kernels.units.power import unit_power
from sim.kernels.units.zones import set_bond, unit_bond

# Flags by which the sweep of the evening knows a hex
HELD_BY_SOVIET, HELD_BY_JAPANESE, LAND = 1, 2, 4
HELD = HELD_BY_SOVIET | HELD_BY_JAPANESE


@kernel
def rebuild_hex(world, hex):
    """Bring room, occupant, power and zones of one hex into line with the units in it."""
    layer = world.layers[hex]
    rule = world.rules[0]
    limit = int(rule.zone_limit_permille)
    side = NEITHER
    power, bond, stack10 = 0, 0, 0
    unit = int(layer.first_unit)
    while unit >= 0:
        who = world.units[unit]
        strength = unit_power(world, unit)
        side = int(who.side)
        power += strength
        bond += unit_bond(rule, who.branch, strength)
        stack10 += int(who.stack10)
        unit = int(who.next_in_hex)
    if is_in_line(world, hex, side, stack10, power, min(bond, limit)):
        return
    layer.occupant = side
    layer.stack10 = stack10
    for owner in range(2):
        layer.power[owner] = power if owner == side else 0
        set_bond(world, world.layers, owner, hex, min(bond, limit) if owner == side else 0)
    if rule.fog != 0:
        for viewer in range(2):
            if world.sight[viewer, hex] > UNSEEN:
                witness(world, viewer, hex)


@inlined_kernel
def is_in_line(world, hex, side, stack10, power, bond):
    """Return whether the layers of a hex already say this of the stack of ``side``, and no enemy looks on."""
    layer = world.layers[hex]
    if side == NEITHER or layer.occupant != side or layer.stack10 != stack10:
        return False
    if layer.power[side] != power or layer.bond[side] != bond:
        return False
    return world.rules[0].fog == 0 or world.sight[1 - side, hex] == UNSEEN


@kernel
def link_unit(world, unit, hex):
    """Put a unit into the list of a hex, in order of rows."""
    layer = world.layers[hex]
    before = -1
    after = int(layer.first_unit)
    while 0 <= after < unit:
        before = after
        after = int(world.units[after].next_in_hex)
    world.units[unit].next_in_hex = after
    if before < 0:
        layer.first_unit = unit
    else:
        world.units[before].next_in_hex = unit


@kernel
def place_unit(world, unit, hex):
    """Set a unit down in a hex and update the layers. It must not stand anywhere else."""
    world.units[unit].hex = hex
    watch_beside(world, int(world.units[unit].side), hex)
    link_unit(world, unit, hex)
    rebuild_hex(world, hex)


@kernel
def lift_unit(world, unit):
    """Take a unit off the map and update the layers; nothing happens if it stands nowhere."""
    who = world.units[unit]
    hex = int(who.hex)
    if hex < 0:
        return
    layer = world.layers[hex]
    after = int(who.next_in_hex)
    if layer.first_unit == unit:
        layer.first_unit = after
    else:
        before = int(layer.first_unit)
        while before >= 0 and world.units[before].next_in_hex != unit:
            before = int(world.units[before].next_in_hex)
        if before >= 0:
            world.units[before].next_in_hex = after
    who.next_in_hex = -1
    who.hex = -1
    if who.seen_hex == hex and world.sight[1 - who.side, hex] > UNSEEN:
        who.seen_hex = -1
    rebuild_hex(world, hex)


@kernel
def update_unit_layers(world, unit):
    """Bring power and zones into line after the strength of a unit changed."""
    hex = int(world.units[unit].hex)
    if hex >= 0:
        rebuild_hex(world, hex)


@kernel
def refresh_layers(world):
    """Rebuild stacks, power and zones of the whole map from the units; supply is left alone.

    Both sides forget what they know of each other: ``open_reconnaissance`` and ``reconnoitre`` follow.
    """
    layers, units = world.layers, world.units
    forget_everything(world)
    for hex in range(layers.shape[0]):
        layer = layers[hex]
        layer.first_unit = -1
        layer.stack10 = 0
        layer.occupant = NEITHER
        for side in range(2):
            layer.zone[side] = 0
            layer.bond[side] = 0
            layer.power[side] = 0
    # Backwards, so that each unit becomes the head of its list and the lists stand in order of rows.
    for unit in range(units.shape[0] - 1, -1, -1):
        who = units[unit]
        who.next_in_hex = -1
        who.seen_hex = -1
        if who.status == ACTIVE and who.hex >= 0:
            layer = layers[who.hex]
            who.next_in_hex = layer.first_unit
            layer.first_unit = unit
    for hex in range(layers.shape[0]):
        if layers[hex].first_unit >= 0:
            rebuild_hex(world, hex)


@kernel
def has_rail(edges, hex):
    """Return whether a railway touches the hex."""
    for direction in range(6):
        if edges[hex, direction].rail != RAIL_NONE:
            return True
    return False


@kernel
def take_hex(world, side, hex):
    """Hand a hex over to a side: holder, date, and when its railway will carry that side's trains."""
    rule = world.rules[0]
    turn = int(world.clock[0].turn)
    world.holder[hex] = side
    world.held_since_turn[hex] = turn
    if has_rail(world.edges, hex):
        is_home = world.hexes[hex].holder_start == side
        world.rail_ready_turn[hex] = turn + int(rule.rail_repair_days if is_home else rule.rail_regauge_days)


@kernel
def occupy(world, unit, hex):
    """Let a unit take possession of a hex and of the places in it; each place that changes hands is an event."""
    side = int(world.units[unit].side)
    if world.holder[hex] == side:
        return
    take_hex(world, side, hex)
    world.captured_by[hex] = unit
    if world.hexes[hex].place < 0:
        return
    for row in range(world.places.shape[0]):
        place = world.places[row]
        if place.hex == hex and place.holder != side:
            place.holder = side
            place.captured_turn = world.clock[0].turn
            log_event(world, EVENT_CAPTURE, unit, row, hex, 0, 0)


@kernel
def in_enemy_zone(world, side, hex):
    """Return whether the other side's zone of control over a hex can be felt."""
    return world.layers[hex].zone[1 - side] >= world.rules[0].zone_felt_permille


@kernel
def front_line(holder, hexes, neighbours, out):
    """Write the hex sides between land of the two sides as ``hex * 6 + direction``, seen from the Soviet hex.

    Parameters
    ----------
    out : (n,) int32
        Filled until it is full.

    Returns
    -------
    int
        Number of sides written.
    """
    found = 0
    for hex in range(hexes.shape[0]):
        if holder[hex] != SOVIET or not is_land(hexes[hex].terrain):
            continue
        for direction in range(6):
            other = neighbours[hex, direction]
            if other < 0 or found >= out.shape[0]:
                continue
            if holder[other] == JAPANESE and is_land(hexes[other].terrain):
                out[found] = hex * 6 + direction
                found += 1
    return found


@kernel
def overnight_holder(held, layer, neighbours, rule, hex):
    """Return who holds a hex tomorrow: an empty hex falls to the side that surrounds or alone dominates it.

    Parameters
    ----------
    held : (n_hex,) int8
        Flags of ``fill_held``; the hex is an empty one on land, without a place, that somebody holds.
    layer : LAYER record
        That of the hex.
    """
    holder = SOVIET if held[hex] & HELD_BY_SOVIET != 0 else JAPANESE
    taker = 1 - holder
    if layer.zone[holder] >= rule.zone_felt_permille:
        return holder
    taken = HELD_BY_SOVIET if taker == SOVIET else HELD_BY_JAPANESE
    n_taken, n_land = 0, 0
    for direction in range(6):
        other = neighbours[hex, direction]
        if other >= 0:
            n_land += int(held[other] & LAND != 0)
            n_taken += int(held[other] & (LAND | taken) == LAND | taken)
    if n_taken == 0:
        return holder
    dominated = layer.zone[taker] >= rule.spread_zone_permille
    surrounded = (
        n_taken >= int(rule.spread_neighbours)
        or n_taken == n_land
        or (n_taken >= int(rule.spread_neighbours_zone) and layer.zone[taker] > 0)
    )
    return taker if dominated or surrounded else holder


@kernel
def look_around(held, n_cols, out_around):
    """Join the flags of each hex and of the eight map squares around it, its six neighbours among them.

    Parameters
    ----------
    held : (n_hex,) int8
    out_around : (2, n_hex) int8
        The second row; the first is work space. Wrong along the edges of the map, where there are no eight.
    """
    n_hex = held.shape[0]
    row, around = out_around[0], out_around[1]
    join_three(held[: n_hex - 2], held[1 : n_hex - 1], held[2:], row[1 : n_hex - 1])
    inside = n_hex - n_cols
    join_three(row[: inside - n_cols], row[n_cols:inside], row[2 * n_cols :], around[n_cols:inside])


@kernel
def join_three(one, two, three, out):
    """Join the flags of three rows of hexes."""
    for index in range(out.shape[0]):
        out[index] = one[index] | two[index] | three[index]


@kernel
def fill_held(world, out_held):
    """Fill the flags by which the sweep of the evening knows each hex: who holds it, and whether it is land."""
    holder, tags = world.holder, world.tags
    for hex in range(holder.shape[0]):
        held = (
            int8(holder[hex] == int8(SOVIET)) * HELD_BY_SOVIET | int8(holder[hex] == int8(JAPANESE)) * HELD_BY_JAPANESE
        )
        out_held[hex] = held | int8(is_land(uint8(tags[hex] & uint8(TERRAIN_MASK)))) * LAND


@kernel
def flag_front(held, around, n_cols, out_flags):
    """Flag the land that somebody holds with both sides around it, and all of it along the edges of the map."""
    n_hex = held.shape[0]
    for hex in range(n_hex):
        out_flags[hex] = (held[hex] & int8(LAND) != 0) & (around[hex] & int8(HELD) == int8(HELD))
    for index in range(min(n_cols + 1, n_hex)):
        for hex in (index, n_hex - 1 - index):
            out_flags[hex] = held[hex] & LAND != 0


@kernel
def clear_counts_of_day(world):
    """Clear what was counted today in every hex: who used its pass, one-way track or railway, and its battles."""
    world.pass_used10[:] = 0
    world.trains_used[:] = 0
    world.battles_today[:] = 0


@allocating_kernel
def spread_control(world, scratch):
    """Hand empty hexes over at the end of a day; return how many. Places change hands only when troops enter.

    Every hex is judged by the map of the evening, which ``held`` keeps: an array that fits the cache next to the
    processor. The counts of the day are cleared.
    """
    hexes, layers, neighbours, rule = world.hexes, world.layers, world.neighbours, world.rules[0]
    n_hex, n_cols, flags, flags8 = hexes.shape[0], int(world.clock[0].n_cols), scratch.flags, scratch.flags8
    clear_counts_of_day(world)
    held = np.empty(n_hex, np.int8)
    fill_held(world, held)
    around = np.zeros((2, n_hex), np.int8)
    look_around(held, n_cols, around)
    flag_front(held, around[1], n_cols, flags)
    changed = 0
    for eight in range(flags8.shape[0]):
        if flags8[eight] == 0:
            continue
        for hex in range(8 * eight, min(8 * eight + 8, n_hex)):
            if flags[hex] == 0 or held[hex] & HELD == 0 or layers[hex].occupant != NEITHER or hexes[hex].place >= 0:
                continue
            holder = SOVIET if held[hex] & HELD_BY_SOVIET != 0 else JAPANESE
            taker = overnight_holder(held, layers[hex], neighbours, rule, hex)
            if taker != holder:
                take_hex(world, taker, hex)
                world.captured_by[hex] = -1
                changed += 1
    return changed
