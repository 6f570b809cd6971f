"""Fuel brought forward: the main body drains its vehicles so that the forward detachment can go on.

From 12 August the tank army and the cavalry-mechanised group did exactly this (the campaign dossier, section 3).
"""

import numpy as np

from sim.kernels.codes import BLOCKED, IN_SUPPLY
from sim.kernels.commander.assessment import is_motor, is_offensive, is_released, takes_orders, to_go
from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.ground.hexes import distance


@allocating_kernel
def pool_fuel(world, side):
    """Fill up the foremost motor units of each advancing axis of ``side`` that is short of fuel."""
    for a in range(len(world.axes)):
        axis = world.axes[a]
        if axis.side == side and axis.current >= 0 and is_offensive(axis.role):
            head = np.full(world.rules[0].detachment_units, -1, np.int32)
            find_head(world, a, head)
            for i in range(len(head)):
                if head[i] >= 0:
                    fill_from_main_body(world, head, head[i])


@kernel
def is_short(world, unit):
    """Return whether the unit is a motor unit of the map that its line of communication does not fill."""
    row = world.units[unit]
    short = is_motor(row.mobility) and row.supply_state != IN_SUPPLY
    return short and takes_orders(row) and is_released(world, row)


@kernel
def find_head(world, a, head):
    """Write the short motor units of axis ``a`` nearest to its current objective into ``head``."""
    current = world.axes[a].current
    for place in range(len(head)):
        best = -1
        best_cost = BLOCKED
        for unit in range(len(world.units)):
            row = world.units[unit]
            if row.axis != a or not is_short(world, unit) or is_in(head, unit):
                continue
            cost = to_go(world, row, current, row.hex)
            if cost < best_cost:
                best, best_cost = unit, cost
        head[place] = best


@kernel
def is_in(units, unit):
    """Return whether ``unit`` is among ``units``."""
    for listed in units:
        if listed == unit:
            return True
    return False


@kernel
def fill_from_main_body(world, head, unit):
    """Take fuel from the units of the same axis near by, ton for ton, until the unit is full or they are drained."""
    rule = world.rules[0]
    row = world.units[unit]
    if row.fuel10 >= rule.pool_fuel10:
        return
    n_cols = world.clock[0].n_cols
    for other in range(len(world.units)):
        other_row = world.units[other]
        if other_row.axis != row.axis or is_in(head, other) or not is_short(world, other):
            continue
        if other_row.fuel10 <= rule.pool_keep10 or distance(row.hex, other_row.hex, n_cols) > rule.pool_radius_hexes:
            continue
        other_need = max(1, int(other_row.supply_need_tons10))
        own_need = max(1, int(row.supply_need_tons10))
        room = int(row.fuel_max10) - int(row.fuel10)
        given = min(int(other_row.fuel10) - int(rule.pool_keep10), room * own_need // other_need)
        taken = min(room, given * other_need // own_need)
        if taken <= 0:
            continue
        other_row.fuel10 -= given
        row.fuel10 += taken
        if row.fuel10 >= row.fuel_max10:
            return
