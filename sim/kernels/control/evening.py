"""The evening: empty hexes fall to the side that surrounds or dominates them, and the counts of the day are cleared."""

import numpy as np
from numpy import int8, uint8

from sim.kernels.codes import JAPANESE, NEITHER, SOVIET
from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.control.ownership import take_hex
from sim.kernels.ground.hex_tags import TERRAIN_MASK
from sim.kernels.ground.step_cost import is_land

# Flags by which the sweep of the evening knows a hex
HELD_BY_SOVIET, HELD_BY_JAPANESE, LAND = 1, 2, 4
HELD = HELD_BY_SOVIET | HELD_BY_JAPANESE


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
    joined, around = out_around[0], out_around[1]
    join_three(held[: n_hex - 2], held[1 : n_hex - 1], held[2:], joined[1 : n_hex - 1])
    inside = n_hex - n_cols
    join_three(joined[: inside - n_cols], joined[n_cols:inside], joined[2 * n_cols :], around[n_cols:inside])


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
