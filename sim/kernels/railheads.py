"""Captured railways: which come into use today, from their working ends outwards."""

from sim.kernels.codes import EVENT_REGAUGED, RAIL_NONE
from sim.kernels.events import log_event
from sim.kernels.jit import kernel
from sim.kernels.lines import has_trains


@kernel
def touches_working_line(world, side, hex):
    """Return whether a railway leads from ``hex`` to a hex where ``side`` has run trains since before today."""
    for direction in range(6):
        if world.edges[hex, direction].rail == RAIL_NONE:
            continue
        other = world.neighbours[hex, direction]
        if other >= 0 and has_trains(world, side, other) and world.hexes[other].rail_ready_turn < world.clock[0].turn:
            return True
    return False


@kernel
def has_railway(world, hex):
    """Return whether any railway runs through ``hex``."""
    for direction in range(6):
        if world.edges[hex, direction].rail != RAIL_NONE:
            return True
    return False


@kernel
def advance_railheads(world, scratch, side):
    """Bring captured railways into use that are due today and join a line already working; the others wait a day.

    Changes ``hexes.rail_ready_turn``: a hex in use counts as ready since yesterday, one that waits becomes due
    tomorrow. Logs EVENT_REGAUGED where a place gets its trains.

    Notes
    -----
    The working line grows by at most ``rail_ready_hexes`` hexes a day, all along its ends at once, so the order of
    hexes does not matter.
    """
    turn = world.clock[0].turn
    if turn <= 1:
        return  # the lines of the start work
    due = scratch.path
    n_due = 0
    for hex in range(world.hexes.shape[0]):
        place = world.hexes[hex]
        if place.rail_ready_turn == turn and place.holder == side and has_railway(world, hex):
            due[n_due] = hex
            n_due += 1
    for _ in range(world.rules[0].rail_ready_hexes):
        n_joined = 0
        for index in range(n_due):  # look first, change afterwards: a chain grows by one hex in each round
            hex = due[index]
            scratch.found[index] = 1 if hex >= 0 and touches_working_line(world, side, hex) else 0
        for index in range(n_due):
            if scratch.found[index] == 0:
                continue
            n_joined += 1
            place = world.hexes[due[index]]
            place.rail_ready_turn = turn - 1
            if place.place >= 0:
                log_event(world, EVENT_REGAUGED, -1, place.place, due[index], place.place, 0)
            due[index] = -1
        if n_joined == 0:
            break
    for index in range(n_due):
        if due[index] >= 0:
            world.hexes[due[index]].rail_ready_turn = turn + 1
