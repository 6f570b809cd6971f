"""Room in a hex: how many may stay, and how many get through a pass or along a mountain track in a day."""

from sim.kernels.codes import FLAG_PASS, FOREST_MOUNTAIN, MOUNTAIN, NEITHER, ROAD_TRACK
from sim.kernels.compiler.kernel import kernel
from sim.kernels.ground.step_cost import is_land


@kernel
def stack_limit10(world, hex):
    """Return the room of a hex, tenths of a division."""
    ground = world.hexes[hex]
    if not is_land(ground.terrain):
        return 0
    rule = world.rules[0]
    room = rule.stack_roadless10[ground.terrain]
    if ground.best_road >= ROAD_TRACK:
        room = rule.stack_road10[ground.terrain]
    return int(room) + int(rule.stack_town10[ground.town])


@kernel
def can_stack(world, unit, hex):
    """Return whether a unit may end its march in a hex: no enemy there, and room left."""
    row = world.units[unit]
    if row.hex == hex:
        return True
    layer = world.layers[hex]
    if layer.occupant != NEITHER and layer.occupant != row.side:
        return False
    return int(layer.stack10) + int(row.stack10) <= stack_limit10(world, hex)


@kernel
def through_limit10(rule, ground):
    """Return how many tenths of a division may enter a hex (record) in a day, 0 for no limit."""
    if ground.pass_limit10 > 0:
        return int(ground.pass_limit10)
    if ground.features & FLAG_PASS:
        return int(rule.through_pass10)
    if (ground.terrain == MOUNTAIN or ground.terrain == FOREST_MOUNTAIN) and ground.best_road <= ROAD_TRACK:
        return int(rule.through_track10)
    return 0


@kernel
def has_throughput(world, unit, hex):
    """Return whether the road through a hex still has room for a unit today; the first of the day always has."""
    ground = world.hexes[hex]
    limit10 = through_limit10(world.rules[0], ground)
    used10 = int(world.pass_used10[hex])
    return limit10 == 0 or used10 == 0 or used10 + int(world.units[unit].stack10) <= limit10
