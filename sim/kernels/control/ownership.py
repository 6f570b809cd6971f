"""Ownership: who holds hexes and places as troops move, whose zone of control is felt there, and the front line."""

from sim.kernels.codes import EVENT_CAPTURE, JAPANESE, SOVIET
from sim.kernels.compiler.kernel import kernel
from sim.kernels.events import log_event
from sim.kernels.ground.hexes import has_railway
from sim.kernels.ground.step_cost import is_land


@kernel
def take_hex(world, side, hex):
    """Hand a hex over to a side: holder, date, and when its railway will carry that side's trains."""
    rule = world.rules[0]
    turn = int(world.clock[0].turn)
    world.holder[hex] = side
    world.held_since_turn[hex] = turn
    if has_railway(world, hex):
        is_home = world.hexes[hex].holder_start == side
        world.rail_ready_turn[hex] = turn + int(rule.rail_repair_days if is_home else rule.rail_regauge_days)


@kernel
def occupy(world, unit, hex):
    """Let a unit take possession of a hex and of the places in it; each place that changes hands is an event."""
    side = int(world.units[unit].side)
    if world.holder[hex] == side:
        return
    take_hex(world, side, hex)
    world.captured_by[hex] = unit
    if world.hexes[hex].place < 0:
        return
    for place in range(world.places.shape[0]):
        entry = world.places[place]
        if entry.hex == hex and entry.holder != side:
            entry.holder = side
            entry.captured_turn = world.clock[0].turn
            log_event(world, EVENT_CAPTURE, unit, place, hex, 0, 0)


@kernel
def in_enemy_zone(world, side, hex):
    """Return whether the other side's zone of control over a hex can be felt."""
    return world.layers[hex].zone[1 - side] >= world.rules[0].zone_felt_permille


@kernel
def front_line(holder, hexes, neighbours, out):
    """Write the hex sides between land of the two sides as ``hex * 6 + direction``, seen from the Soviet hex.

    Parameters
    ----------
    out : (n,) int32
        Filled until it is full.

    Returns
    -------
    int
        Number of sides written.
    """
    found = 0
    for hex in range(hexes.shape[0]):
        if holder[hex] != SOVIET or not is_land(hexes[hex].terrain):
            continue
        for direction in range(6):
            other = neighbours[hex, direction]
            if other < 0 or found >= out.shape[0]:
                continue
            if holder[other] == JAPANESE and is_land(hexes[other].terrain):
                out[found] = hex * 6 + direction
                found += 1
    return found
