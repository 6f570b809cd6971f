"""Unit level of the commander: which attackers march, in what order, and why others wait."""

import numpy as np

from sim.kernels.codes import (
    BLOCKED,
    MARCH,
    REASON_BYPASS,
    REASON_ENVELOP,
    REASON_LEAD,
    REASON_ON_OBJECTIVE,
    REASON_REST,
    REASON_WAIT_FUEL,
    REASON_WAIT_ROAD,
)
from sim.kernels.commander.assessment import can_march, enemy_beside, is_offensive, route_of, takes_orders
from sim.kernels.commander.march_goal import choose_goal, explain_march
from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.movement.movement import move_in_range
from sim.kernels.units.fuel import burns_fuel


@allocating_kernel
def advance_side(world, known, scratch, side):
    """Move every unit of ``side`` that has an objective, the foremost of each axis first so that roads clear.

    ``known`` is the world as the side knows it (``sight.as_known_to``).

    Returns
    -------
    int
        Units that moved.
    """
    n_units = len(world.units)
    keys = np.zeros(n_units, np.int64)
    n = 0
    for unit in range(n_units):
        row = world.units[unit]
        if row.side != side or not takes_orders(row) or row.mp10 <= 0 or not can_march(row):
            continue
        if row.objective < 0 or row.axis < 0 or not is_offensive(world.axes[row.axis].role):
            continue
        cost = world.cost_to_go[route_of(world, row, row.objective), row.hex]
        keys[n] = np.int64(min(cost, BLOCKED)) * n_units + unit
        n += 1
    order = np.sort(keys[:n])
    leaders = np.zeros(len(world.axes) + 1, np.int32)
    moved = 0
    for i in range(n):
        unit = order[i] % n_units
        axis = world.units[unit].axis
        leads = leaders[axis] < world.rules[0].detachment_units
        leaders[axis] += 1
        if advance_unit(world, known, scratch, unit, leads) > 0:
            moved += 1
    return moved


@kernel
def advance_unit(world, known, scratch, unit, leads):
    """Move one unit down the cost-to-go of its objective as far as today allows; return the hexes that it moved."""
    row = world.units[unit]
    rule = world.rules[0]
    route = route_of(world, row, row.objective)
    here = world.cost_to_go[route, row.hex]
    if here == 0:
        row.reason = REASON_ON_OBJECTIVE
        return 0
    if here >= BLOCKED:
        row.reason = REASON_WAIT_ROAD
        return 0
    if burns_fuel(row):
        floor = rule.lead_fuel10 if leads else min(rule.main_body_fuel10, row.fuel_max10 // 2)
        if row.fuel10 <= floor:
            row.reason = REASON_WAIT_FUEL
            return 0
    contact = enemy_beside(known, row.side, row.hex)
    if contact == 0 and row.fatigue_permille >= rule.rest_fatigue_permille:
        row.reason = REASON_REST
        return 0
    goal = choose_goal(known, scratch, unit, route, contact > 0)
    if goal == row.hex:
        if contact == 0:
            row.reason = REASON_WAIT_ROAD
        return 0
    if row.detour >= 0:
        explain_march(row, REASON_ENVELOP)
    elif leads and row.reason != REASON_BYPASS:
        explain_march(row, REASON_LEAD)
    row.posture = MARCH
    return move_in_range(world, scratch, unit, goal)
