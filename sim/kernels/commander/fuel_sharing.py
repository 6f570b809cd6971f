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
def is_short(world, u):
    """Return whether the unit is a motor unit of the map that its line of communication does not fill."""
    unit = world.units[u]
    short = is_motor(unit.mobility) and unit.supply_state != IN_SUPPLY
    return short and takes_orders(unit) and is_released(world, unit)


@kernel
def find_head(world, a, head):
    """Write the short motor units of axis ``a`` nearest to its current objective into ``head``."""
    current = world.axes[a].current
    for place in range(len(head)):
        best = -1
        best_cost = BLOCKED
        for u in range(len(world.units)):
            unit = world.units[u]
            if unit.axis != a or not is_short(world, u) or is_in(head, u):
                continue
            cost = to_go(world, unit, current, unit.hex)
            if cost < best_cost:
                best, best_cost = u, cost
        head[place] = best


@kernel
def is_in(rows, u):
    """Return whether ``u`` is among ``rows``."""
    for row in rows:
        if row == u:
            return True
    return False


@kernel
def fill_from_main_body(world, head, u):
    """Take fuel from the units of the same axis near by, ton for ton, until the unit is full or they are drained."""
    rule = world.rules[0]
    unit = world.units[u]
    if unit.fuel10 >= rule.pool_fuel10:
        return
    n_cols = world.clock[0].n_cols
    for v in range(len(world.units)):
        giver = world.units[v]
        if giver.axis != unit.axis or is_in(head, v) or not is_short(world, v):
            continue
        if giver.fuel10 <= rule.pool_keep10 or distance(unit.hex, giver.hex, n_cols) > rule.pool_radius_hexes:
            continue
        giver_need = max(1, int(giver.supply_need_tons10))
        unit_need = max(1, int(unit.supply_need_tons10))
        room = int(unit.fuel_max10) - int(unit.fuel10)
        given = min(int(giver.fuel10) - int(rule.pool_keep10), room * unit_need // giver_need)
        taken = min(room, given * giver_need // unit_need)
        if taken <= 0:
            continue
        giver.fuel10 -= given
        unit.fuel10 += taken
        if unit.fuel10 >= unit.fuel_max10:
            return
