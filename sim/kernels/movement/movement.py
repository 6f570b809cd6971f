"""Movement: what a step costs a unit, how far it gets today, and the march itself.

A day's movement is an allowance in tenths of a movement point (mp10). What is left in the evening counts as work on
the next slow step (``carry_mp10``): a division that makes 8 km a day through swamp enters a 15 km hex every second day,
and the crossing of a great river takes as many days as it costs. That work is lost when the unit leaves the hex.
"""

from sim.kernels.codes import BLOCKED, EVENT_CONTACT
from sim.kernels.compiler.kernel import kernel
from sim.kernels.control.ownership import occupy
from sim.kernels.control.stacks import lift_unit, place_unit
from sim.kernels.events import log_event
from sim.kernels.ground.flood import BUDGET, fill_cost_to_go, flood_cost, is_reached, walk_back
from sim.kernels.ground.step_cost import fill_step_cost
from sim.kernels.movement.allowance import begin_day_movement, note_march, order_forced_march
from sim.kernels.movement.rail import rail_move
from sim.kernels.movement.reach import entry_cost, reach, reach_again, reach_to
from sim.kernels.recon.reconnaissance import look_about
from sim.kernels.recon.sight import as_known_to, watch_beside
from sim.kernels.units.fuel import burns_fuel, fuel_range_mp10, spend_fuel
from sim.kernels.units.stacking import can_stack, stack_limit10


@kernel
def fuel_weight_mp10(rule, terrain, cost_mp10):
    """Return the march on a road that burns as much fuel as ``cost_mp10`` spent on entering ``terrain``."""
    return cost_mp10 * int(rule.fuel_terrain_permille[terrain]) // 1000


@kernel
def march_length(world, scratch, unit, length):
    """Return how much of ``scratch.path[:length]`` a unit can march: fuel must last, and the last hex have room."""
    hexes, rule, path, cost_of = world.hexes, world.rules[0], scratch.path, scratch.cost
    row = world.units[unit]
    fuel = fuel_range_mp10(rule, row) if burns_fuel(row) else BLOCKED
    burnt, spent, index = 0, 0, 0
    while index < length:
        cost = int(cost_of[path[index]])
        burnt += fuel_weight_mp10(rule, hexes[path[index]].terrain, cost - spent)
        if burnt > fuel:
            break
        spent = cost
        index += 1
    while index > 0 and not can_stack(world, unit, int(path[index - 1])):
        index -= 1
    return index


@kernel
def meets_unknown(world, known, side, hex):
    """Return whether a march of ``side`` into a hex meets an enemy there, or beside it, that is not on its map."""
    layer = world.layers[hex]
    zone = int(layer.zone[1 - side])
    felt = zone >= world.rules[0].zone_felt_permille and zone > known.layers[hex].zone[1 - side]
    return felt or layer.occupant == 1 - side


@kernel
def march_to_contact(world, known, scratch, unit, length):
    """Return how much of ``scratch.path[:length]`` a unit marches before an enemy of whom it did not know halts it.

    It halts in the first hex in which such an enemy makes himself felt, or before the one in which he stands.
    """
    row = world.units[unit]
    side = int(row.side)
    for index in range(length):
        hex = int(scratch.path[index])
        if not meets_unknown(world, known, side, hex):
            continue
        stop = index if world.layers[hex].occupant == 1 - side else index + 1
        while stop > 0 and not can_stack(world, unit, int(scratch.path[stop - 1])):
            stop -= 1
        tell_contact(world, unit, hex)
        return stop
    return length


@kernel
def tell_contact(world, unit, hex):
    """Log that a march met an enemy of whom it did not know, in a hex or beside it."""
    enemy = 1 - int(world.units[unit].side)
    place = hex
    if world.layers[hex].occupant != enemy:
        for direction in range(6):
            near = int(world.neighbours[hex, direction])
            if near >= 0 and world.layers[near].occupant == enemy and world.known[1 - enemy, near].occupant != enemy:
                place = near
    log_event(world, EVENT_CONTACT, unit, int(world.layers[place].first_unit), place, 0, 0)


@kernel
def march_reached(world, known, scratch, unit, target):
    """March a unit towards a hex of the range that ``scratch`` holds for it; return the hexes moved, 0 if none.

    It stops short where fuel or room runs out, or where it meets an enemy that its side does not know of. Every hex on
    the way is taken into possession.
    """
    length = march_length(known, scratch, unit, walk_back(world, scratch, target))
    if world.rules[0].fog != 0:
        length = march_to_contact(world, known, scratch, unit, length)
    if length == 0:
        return 0
    hexes, rule, path, cost_of = world.hexes, world.rules[0], scratch.path, scratch.cost
    row = world.units[unit]
    lift_unit(world, unit)
    burnt, spent = 0, 0
    for index in range(length):
        hex = int(path[index])
        cost = int(cost_of[hex])
        burnt += fuel_weight_mp10(rule, hexes[hex].terrain, cost - spent)
        spent = cost
        world.pass_used10[hex] += row.stack10
        if world.holder[hex] != row.side:
            occupy(world, unit, hex)
        watch_beside(world, int(row.side), hex)
    place_unit(world, unit, int(path[length - 1]))
    look_about(world, unit)
    spend_fuel(world, unit, burnt)
    row.mp10 -= min(spent, int(row.mp10))
    note_march(row, length)
    allowance = max(int(rule.allowance_mp10[row.mobility]), 1)
    tired = spent * int(rule.march_fatigue_permille[row.mobility]) // allowance
    row.fatigue_permille = min(int(row.fatigue_permille) + tired, 1000)
    return length


@kernel
def move_unit(world, scratch, unit, target):
    """March a unit as far as it gets today on the cheapest way to ``target`` that its side knows of.

    Returns
    -------
    int
        Hexes moved; 0 if the target is out of its range or nothing on the way has room.
    """
    row = world.units[unit]
    if row.hex < 0 or row.hex == target or row.mp10 <= 0:
        return 0
    known = as_known_to(world, int(row.side))
    reach_to(known, scratch, unit, int(row.mp10), target)
    return march_reached(world, known, scratch, unit, target)


@kernel
def move_in_range(world, scratch, unit, target):
    """Do as ``move_unit`` for the unit whose range was the last flood; nothing on the map may have changed since.

    Notes
    -----
    The cheapest way is the same in every range that holds it, but for a first step that work of the days before made
    affordable: that depends on the budget.
    """
    row = world.units[unit]
    same = scratch.serial[BUDGET] == row.mp10 or row.carry_mp10 == 0
    if same and row.hex != target and is_reached(scratch, target) and scratch.cost[target] <= row.mp10:
        return march_reached(world, as_known_to(world, int(row.side)), scratch, unit, target)
    return move_unit(world, scratch, unit, target)


__all__ = [
    "begin_day_movement",
    "can_stack",
    "entry_cost",
    "fill_cost_to_go",
    "fill_step_cost",
    "flood_cost",
    "is_reached",
    "march_reached",
    "move_in_range",
    "move_unit",
    "order_forced_march",
    "rail_move",
    "reach",
    "reach_again",
    "reach_to",
    "stack_limit10",
    "walk_back",
]
