"""Movement by rail: trains run on held, ready lines of one gauge, as many a day as the line bears."""

from sim.kernels.codes import RAIL_NONE
from sim.kernels.compiler.kernel import kernel
from sim.kernels.control.ownership import in_enemy_zone
from sim.kernels.control.stacks import lift_unit, place_unit
from sim.kernels.ground.flood import frontier_pop, frontier_push, frontier_reset, walk_back
from sim.kernels.movement.allowance import note_march
from sim.kernels.recon.sight import as_known_to
from sim.kernels.units.stacking import can_stack


@kernel
def trains_needed(world, unit):
    """Return the trains that a unit fills, by its size."""
    trains10 = int(world.units[unit].stack10) * int(world.rules[0].rail_trains_per_division)
    return max((trains10 + 9) // 10, 1)


@kernel
def trains_left(world, side, hex):
    """Return how many trains a side can still run through a hex today, 0 where the line is not its own or not ready."""
    if world.holder[hex] != side or world.rail_ready_turn[hex] > world.clock[0].turn:
        return 0
    if world.layers[hex].occupant == 1 - side or in_enemy_zone(world, side, hex):
        return 0
    trains = 0
    for direction in range(6):
        line = world.edges[hex, direction]
        if line.rail != RAIL_NONE:
            trains = max(trains, int(line.trains))
    if world.hexes[hex].holder_start != side:
        trains = trains * int(world.rules[0].rail_captured_permille) // 1000
    return trains - int(world.trains_used[hex])


@kernel
def rail_reach(world, scratch, unit):
    """Find every hex that a unit can reach by train today; ``scratch`` afterwards holds a range as from ``reach``.

    Each hex has room for the trains of the whole unit. A change of gauge ends the journey.

    Returns
    -------
    int
        Number of hexes, the start included; 0 if no train can leave from there.
    """
    row = world.units[unit]
    start = int(row.hex)
    frontier_reset(scratch)
    if start < 0:
        return 0
    needed = trains_needed(world, unit)
    side = int(row.side)
    if trains_left(world, side, start) < needed:
        return 0
    frontier_push(scratch, start, 0)
    scratch.came[start] = -1
    found = 0
    while True:
        hex = frontier_pop(scratch)
        if hex < 0:
            return found
        scratch.found[found] = hex
        found += 1
        run = int(scratch.cost[hex]) + 1
        if run > world.rules[0].rail_range_hexes:
            continue
        gauge = RAIL_NONE
        if hex != start:
            gauge = world.edges[hex, (scratch.came[hex] + 3) % 6].rail
        for direction in range(6):
            rail = world.edges[hex, direction].rail
            other = int(world.neighbours[hex, direction])
            if other < 0 or rail == RAIL_NONE or (gauge != RAIL_NONE and rail != gauge):
                continue
            if trains_left(world, side, other) >= needed and frontier_push(scratch, other, run):
                scratch.came[other] = direction


@kernel
def open_line(world, scratch, unit, length, trains):
    """Return how much of ``scratch.path[:length]`` the trains can run, and unload at the end, with the enemy as he is.

    An enemy of whom the side did not know halts them before his zone.
    """
    side = int(world.units[unit].side)
    run = 0
    while run < length and trains_left(world, side, int(scratch.path[run])) >= trains:
        run += 1
    while run > 0 and not can_stack(world, unit, int(scratch.path[run - 1])):
        run -= 1
    return run


@kernel
def rail_move(world, scratch, unit, target):
    """Send a unit by train to ``target``; it takes the rest of the day.

    Returns
    -------
    int
        Hexes travelled; 0 if it cannot load here, has marched or fought today, or no line goes there.
    """
    row = world.units[unit]
    rule = world.rules[0]
    loading = int(rule.allowance_mp10[row.mobility]) * int(rule.rail_load_permille) // 1000
    if row.hex < 0 or row.hex == target or row.hexes_today > 0 or row.attacks_today > 0 or row.mp10 < loading:
        return 0
    known = as_known_to(world, int(row.side))
    if not can_stack(known, unit, target) or rail_reach(known, scratch, unit) == 0:
        return 0
    trains = trains_needed(world, unit)
    length = open_line(world, scratch, unit, walk_back(world, scratch, target), trains)
    if length == 0:
        return 0
    world.trains_used[row.hex] += trains
    lift_unit(world, unit)
    for index in range(length):
        world.trains_used[scratch.path[index]] += trains
    place_unit(world, unit, int(scratch.path[length - 1]))
    row.mp10 = 0
    note_march(row, length)
    return length
