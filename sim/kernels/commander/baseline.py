"""A fixed weak commander to measure against: everybody marches straight ahead or stands still, and attacks alone.

It never concentrates, bypasses, besieges or withdraws, and it looks at no odds. Both sides are led alike.
"""

import numpy as np

from sim.kernels.codes import BLOCKED, DEFEND, HASTY, REASON_ADVANCE, REASON_HOLD, REASON_WAIT_RELEASE
from sim.kernels.combat.battle import resolve_attack
from sim.kernels.commander.assessment import can_march, is_offensive, is_on_map, is_released, route_of, takes_orders
from sim.kernels.compiler.kernel import kernel
from sim.kernels.movement.movement import can_stack, move_unit, reach


@kernel
def command_baseline(world, known, scratch, side):
    """Give and carry out the day's orders of the weak baseline for ``side``."""
    for unit in range(len(world.units)):
        row = world.units[unit]
        if row.side != side or not takes_orders(row):
            continue
        objective = first_open_objective(world, row)
        if objective < 0 or not can_march(row):
            row.reason = REASON_HOLD
            row.posture = DEFEND
            attack_alone(world, scratch, unit, -1)
            continue
        if not is_released(world, row):
            row.reason = REASON_WAIT_RELEASE
            continue
        row.objective = objective
        row.target = world.objectives[objective].hex
        row.reason = REASON_ADVANCE
        march_straight(world, known, scratch, unit)
        attack_alone(world, scratch, unit, route_of(world, row, objective))


@kernel
def first_open_objective(world, row):
    """Return the first objective of the unit's axis that the enemy holds, or -1; defenders have none."""
    if row.axis < 0 or not is_offensive(world.axes[row.axis].role):
        return -1
    axis = world.axes[row.axis]
    for objective in range(axis.first, axis.first + axis.count):
        if world.holder[world.objectives[objective].hex] != row.side:
            return objective
    return -1


@kernel
def march_straight(world, known, scratch, unit):
    """Move to the reachable hex with the least cost-to-go, whatever waits there."""
    row = world.units[unit]
    route = route_of(world, row, row.objective)
    n = reach(known, scratch, unit, np.int32(row.mp10))
    best = row.hex
    best_cost = min(world.cost_to_go[route, row.hex], BLOCKED)
    for i in range(1, n):
        hex = scratch.found[i]
        if world.cost_to_go[route, hex] < best_cost and can_stack(known, unit, hex):
            best, best_cost = hex, world.cost_to_go[route, hex]
    if best != row.hex:
        move_unit(world, scratch, unit, best)


@kernel
def attack_alone(world, scratch, unit, route):
    """Attack the first enemy beside the unit with it alone; on the march (``route`` >= 0) only one on its way."""
    row = world.units[unit]
    if not is_on_map(row) or row.ammo10 <= 0 or row.attacks_today > 0:
        return
    if row.mp10 < world.rules[0].attack_mp10[HASTY]:
        return
    for direction in range(6):
        near = world.neighbours[row.hex, direction]
        if near < 0 or world.layers[near].occupant != 1 - row.side:
            continue
        if route < 0 or world.cost_to_go[route, near] <= world.cost_to_go[route, row.hex]:
            scratch.unit_lists[2, 0] = unit
            resolve_attack(world, scratch, near, scratch.unit_lists[2], 1, HASTY)
            return
