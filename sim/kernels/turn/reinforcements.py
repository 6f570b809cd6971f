"""Reinforcements: units that come onto the map on their day."""

from sim.kernels.codes import ACTIVE, EVENT_ARRIVAL, PENDING
from sim.kernels.compiler.kernel import kernel
from sim.kernels.control.stacks import place_unit
from sim.kernels.events import log_event
from sim.kernels.ground.hexes import distance
from sim.kernels.movement.movement import can_stack


@kernel
def bring_reinforcements(world):
    """Bring every unit that is due onto the map at its place or the nearest hex with room; others wait a day."""
    clock = world.clock[0]
    for unit in range(len(world.units)):
        row = world.units[unit]
        if row.status != PENDING or row.arrival_turn > clock.turn or row.arrival_hex < 0:
            continue
        goal = free_hex_near(world, unit, row.arrival_hex)
        if goal < 0:
            continue
        row.status = ACTIVE
        place_unit(world, unit, goal)
        log_event(world, EVENT_ARRIVAL, unit, -1, goal, 0, 0)


@kernel
def can_stand(world, unit, hex):
    """Return whether the unit may be set down in ``hex``: passable for it, not the enemy's, with room in the stack."""
    row = world.units[unit]
    if world.holder[hex] != row.side or world.layers[hex].occupant == 1 - row.side:
        return False
    if not can_stack(world, unit, hex):
        return False
    for direction in range(6):
        near = world.neighbours[hex, direction]
        if near >= 0 and world.step_cost[0, row.mobility, near, (direction + 3) % 6] >= 0:
            return True
    return False


@kernel
def free_hex_near(world, unit, hex):
    """Return the nearest hex to ``hex`` in which the unit can stand, lowest number first among equals, or -1."""
    clock = world.clock[0]
    search = int(world.rules[0].arrival_search_hexes)
    if can_stand(world, unit, hex):
        return hex
    map_row, col = hex // clock.n_cols, hex % clock.n_cols
    best = -1
    best_distance = search + 1
    for near_row in range(max(0, map_row - search), min(clock.n_rows, map_row + search + 1)):
        for near_col in range(max(0, col - search), min(clock.n_cols, col + search + 1)):
            near = near_row * clock.n_cols + near_col
            steps = distance(hex, near, clock.n_cols)
            if steps < best_distance and can_stand(world, unit, near):
                best, best_distance = near, steps
    return best
