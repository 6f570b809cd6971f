"""Reinforcements: units that come onto the map on their day."""

from sim.kernels.codes import ACTIVE, EVENT_ARRIVAL, PENDING
from sim.kernels.compiler.kernel import kernel
from sim.kernels.control.control import place_unit
from sim.kernels.events import log_event
from sim.kernels.ground.hexes import distance
from sim.kernels.movement.movement import can_stack


@kernel
def bring_arrivals(world):
    """Bring every unit that is due onto the map at its place or the nearest hex with room; others wait a day."""
    clock = world.clock[0]
    for u in range(len(world.units)):
        unit = world.units[u]
        if unit.status != PENDING or unit.arrival_turn > clock.turn or unit.arrival_hex < 0:
            continue
        goal = free_hex_near(world, u, unit.arrival_hex)
        if goal < 0:
            continue
        unit.status = ACTIVE
        place_unit(world, u, goal)
        log_event(world, EVENT_ARRIVAL, u, -1, goal, 0, 0)


@kernel
def can_stand(world, u, hex):
    """Return whether the unit may be set down in ``hex``: passable for it, not the enemy's, with room in the stack."""
    unit = world.units[u]
    if world.holder[hex] != unit.side or world.layers[hex].occupant == 1 - unit.side:
        return False
    if not can_stack(world, u, hex):
        return False
    for direction in range(6):
        near = world.neighbours[hex, direction]
        if near >= 0 and world.step_cost[0, unit.mobility, near, (direction + 3) % 6] >= 0:
            return True
    return False


@kernel
def free_hex_near(world, u, hex):
    """Return the nearest hex to ``hex`` in which the unit can stand, lowest number first among equals, or -1."""
    clock = world.clock[0]
    search = int(world.rules[0].arrival_search_hexes)
    if can_stand(world, u, hex):
        return hex
    row, col = hex // clock.n_cols, hex % clock.n_cols
    best = -1
    best_distance = search + 1
    for near_row in range(max(0, row - search), min(clock.n_rows, row + search + 1)):
        for near_col in range(max(0, col - search), min(clock.n_cols, col + search + 1)):
            near = near_row * clock.n_cols + near_col
            steps = distance(hex, near, clock.n_cols)
            if steps < best_distance and can_stand(world, u, near):
                best, best_distance = near, steps
    return best
