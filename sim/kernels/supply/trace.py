"""Lines of communication: the way by which supplies come to a hex, and the source that it begins at."""

from sim.kernels.codes import BLOCKED
from sim.kernels.compiler.kernel import kernel
from sim.kernels.supply.allocation import is_supplied_here
from sim.kernels.supply.flood import direction_home
from sim.kernels.supply.packed_cost import HEED_ENEMY, source_at


@kernel
def trace_units(world, scratch, side):
    """Trace the line of communication of every unit of ``side`` after its flood of supplies.

    Fills ``line_from`` of the side, -1 off the lines, and ``supply_cost`` and ``supply_source`` of the units.
    """
    world.line_from[side, :] = -1
    for unit in range(world.units.shape[0]):
        if is_supplied_here(world, unit, side):
            row = world.units[unit]
            row.supply_cost = world.supply_cost[side, row.hex]
            row.supply_source = trace_supply(world, scratch, side, int(row.hex))


@kernel
def trace_supply(world, scratch, side, hex):
    """Fill ``line_from`` from a hex back to its source; return the source, -1 where no supplies arrive.

    Of two ways that cost the same the one in the first direction counts. ``hex`` may be -1, from which no line leads.
    """
    cost, line_from, source_of, way = world.supply_cost[side], world.line_from[side], scratch.origin, scratch.found
    if hex < 0 or cost[hex] == BLOCKED:
        return -1
    n = 0
    while cost[hex] > 0 and line_from[hex] < 0:
        direction = direction_home(world, scratch, side, hex, HEED_ENEMY, cost)
        line_from[hex] = direction
        way[n] = hex
        n += 1
        hex = int(world.neighbours[hex, direction])
    source = source_at(world, hex, side) if cost[hex] == 0 else int(source_of[hex])
    for index in range(n):
        source_of[way[index]] = source
    return source


@kernel
def next_on_trace(world, side, hex):
    """Return the next hex from ``hex`` towards its source, -1 at the source and off the lines in use."""
    direction = world.line_from[side, hex]
    return int(world.neighbours[hex, direction]) if direction >= 0 else -1
