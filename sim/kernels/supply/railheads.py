"""Captured railways: which come into use today, from their working ends outwards."""

from numpy import int8, int16, uint8

from sim.kernels.codes import EVENT_REGAUGED, RAIL_NONE
from sim.kernels.compiler.kernel import kernel
from sim.kernels.events import log_event
from sim.kernels.ground.hex_tags import OWNER_SHIFT
from sim.kernels.ground.hexes import has_railway
from sim.kernels.supply.step_cost import has_trains


@kernel
def touches_working_line(world, side, hex):
    """Return whether a railway leads from ``hex`` to a hex where ``side`` has run trains since before today."""
    for direction in range(6):
        if world.edges[hex, direction].rail == RAIL_NONE:
            continue
        other = world.neighbours[hex, direction]
        if other >= 0 and has_trains(world, side, other) and world.rail_ready_turn[other] < world.clock[0].turn:
            return True
    return False


@kernel
def list_country(world, scratch, side):
    """List the hexes of a side's own country that miss something, and the captured railways due, in one sweep.

    Returns
    -------
    n_missing : int
        Hexes in ``scratch.path`` that were its own on the first day and that it does not hold or runs no trains in.
    n_due : int
        Hexes in ``scratch.found`` whose railways were taken and come into use today if they join a working line.
    """
    holder, ready, tags, missing, due = world.holder, world.rail_ready_turn, world.tags, scratch.path, scratch.found
    flags8, turn = scratch.flags8, int(world.clock[0].turn)
    flag_country(world, scratch.flags, side)
    n_missing, n_due = 0, 0
    for eight in range(flags8.shape[0]):
        if flags8[eight] == 0:
            continue
        for hex in range(8 * eight, min(8 * eight + 8, holder.shape[0])):
            held = holder[hex] == side
            if tags[hex] >> OWNER_SHIFT == side and (not held or ready[hex] > turn):
                missing[n_missing] = hex
                n_missing += 1
            elif held and ready[hex] == turn and turn > 1 and has_railway(world, hex):  # at first all lines work
                due[n_due] = hex
                n_due += 1
    return n_missing, n_due


@kernel
def flag_country(world, out_flags, side):
    """Flag the hexes that a side has lost or taken not long ago: all that ``list_country`` may list.

    Numbers are as narrow as in the arrays, so that one step of the processor takes 32 hexes.
    """
    holder, ready, tags = world.holder, world.rail_ready_turn, world.tags
    turn, own, own_tag, shift = int16(world.clock[0].turn), int8(side), uint8(side), uint8(OWNER_SHIFT)
    for hex in range(holder.shape[0]):
        held = holder[hex] == own
        is_home = uint8(tags[hex] >> shift) == own_tag
        out_flags[hex] = (is_home & (not held)) | (held & (ready[hex] >= turn))


@kernel
def advance_railheads(world, scratch, side):
    """Bring captured railways into use that are due today and join a line already working; the others wait a day.

    Changes ``rail_ready_turn``: a hex in use counts as ready since yesterday, one that waits becomes due
    tomorrow. Logs EVENT_REGAUGED where a place gets its trains.

    Returns
    -------
    int
        Hexes in ``scratch.path`` of its own country that ``side`` does not hold or runs no trains in.

    Notes
    -----
    The working line grows by at most ``rail_ready_hexes`` hexes a day, all along its ends at once, so the order of
    hexes does not matter.
    """
    turn = world.clock[0].turn
    n_missing, n_due = list_country(world, scratch, side)
    due, joins = scratch.found, scratch.came
    for _ in range(world.rules[0].rail_ready_hexes):
        n_joined = 0
        for index in range(n_due):  # look first, change afterwards: a chain grows by one hex in each round
            hex = due[index]
            joins[index] = 1 if hex >= 0 and touches_working_line(world, side, hex) else 0
        for index in range(n_due):
            if joins[index] == 0:
                continue
            n_joined += 1
            world.rail_ready_turn[due[index]] = turn - 1
            place = world.hexes[due[index]].place
            if place >= 0:
                log_event(world, EVENT_REGAUGED, -1, place, due[index], place, 0)
            due[index] = -1
        if n_joined == 0:
            break
    for index in range(n_due):
        if due[index] < 0:
            continue
        world.rail_ready_turn[due[index]] = turn + 1
        if world.hexes[due[index]].holder_start == side:
            scratch.path[n_missing] = due[index]
            n_missing += 1
    return n_missing
