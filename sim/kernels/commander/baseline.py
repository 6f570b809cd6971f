"""A fixed weak commander to measure against: everybody marches straight ahead or stands still, and attacks alone.

It never concentrates, bypasses, besieges or withdraws, and it looks at no odds. Both sides are led alike.
"""

import numpy as np

from sim.kernels.codes import BLOCKED, DEFEND, HASTY, REASON_ADVANCE, REASON_HOLD, REASON_WAIT_RELEASE
from sim.kernels.combat.battle import resolve_attack
from sim.kernels.commander.assessment import can_march, is_offensive, is_on_map, is_released, route_row, takes_orders
from sim.kernels.compiler.kernel import kernel
from sim.kernels.movement.movement import can_stack, move_unit, reach


@kernel
def command_baseline(world, known, scratch, side):
    """Give and carry out the day's orders of the weak baseline for ``side``."""
    for u in range(len(world.units)):
        unit = world.units[u]
        if unit.side != side or not takes_orders(unit):
            continue
        objective = first_open_objective(world, unit)
        if objective < 0 or not can_march(unit):
            unit.reason = REASON_HOLD
            unit.posture = DEFEND
            attack_alone(world, scratch, u, -1)
            continue
        if not is_released(world, unit):
            unit.reason = REASON_WAIT_RELEASE
            continue
        unit.objective = objective
        unit.target = world.objectives[objective].hex
        unit.reason = REASON_ADVANCE
        march_straight(world, known, scratch, u)
        attack_alone(world, scratch, u, route_row(world, unit, objective))


@kernel
def first_open_objective(world, unit):
    """Return the first objective of the unit's axis that the enemy holds, or -1; defenders have none."""
    if unit.axis < 0 or not is_offensive(world.axes[unit.axis].role):
        return -1
    axis = world.axes[unit.axis]
    for objective in range(axis.first, axis.first + axis.count):
        if world.holder[world.objectives[objective].hex] != unit.side:
            return objective
    return -1


@kernel
def march_straight(world, known, scratch, u):
    """Move to the reachable hex with the least cost-to-go, whatever waits there."""
    unit = world.units[u]
    row = route_row(world, unit, unit.objective)
    n = reach(known, scratch, u, np.int32(unit.mp10))
    best = unit.hex
    best_cost = min(world.cost_to_go[row, unit.hex], BLOCKED)
    for i in range(1, n):
        hex = scratch.found[i]
        if world.cost_to_go[row, hex] < best_cost and can_stack(known, u, hex):
            best, best_cost = hex, world.cost_to_go[row, hex]
    if best != unit.hex:
        move_unit(world, scratch, u, best)


@kernel
def attack_alone(world, scratch, u, row):
    """Attack the first enemy beside the unit with this unit alone; on the march (``row`` >= 0) only one on its way."""
    unit = world.units[u]
    if not is_on_map(unit) or unit.ammo10 <= 0 or unit.attacks_today > 0:
        return
    if unit.mp10 < world.rules[0].attack_mp10[HASTY]:
        return
    for direction in range(6):
        near = world.neighbours[unit.hex, direction]
        if near < 0 or world.layers[near].occupant != 1 - unit.side:
            continue
        if row < 0 or world.cost_to_go[row, near] <= world.cost_to_go[row, unit.hex]:
            scratch.rows[2, 0] = u
            resolve_attack(world, scratch, near, scratch.rows[2], 1, HASTY)
            return
