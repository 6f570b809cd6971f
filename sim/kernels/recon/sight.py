"""What a side knows of the enemy: sightings unit by unit, and the layers that follow from them.

``units.seen_*`` is the memory: where the other side last saw each unit, and how strong it took it to be. ``known`` is
what a commander's map shows: his own troops as they stand, and the enemy's by that memory. A hex in sight always shows
what stands there; a hex that has gone out of sight keeps what was seen last.
"""

from sim.kernels.codes import IDENTIFIED, NEITHER, UNSEEN
from sim.kernels.compiler.kernel import inlined_kernel, kernel
from sim.kernels.state import layout
from sim.kernels.units.power import unit_power
from sim.kernels.units.zones import clear_layer, set_zoc_strength, unit_zoc_strength

as_known_to = kernel(layout.as_known_to)


@kernel
def can_see(world, side, hex):
    """Return whether a side has a hex in sight."""
    return world.rules[0].fog == 0 or world.sight[side, hex] > UNSEEN


@kernel
def estimated_power(rule, power):
    """Return what a strength looks like from afar: the middle of its class, each class twice as wide as the last."""
    if power <= 0:
        return 0
    size = int(rule.estimate_power)
    if power < size:
        return (size + 1) // 2
    while 2 * size <= power:
        size *= 2
    return size + size // 2


@kernel
def remember_unit(world, viewer, unit, hex, level):
    """Note where a side sees an enemy unit, and how strong it takes it to be."""
    row = world.units[unit]
    before = int(row.seen_hex)
    strength = unit_power(world, unit)
    row.seen_level = max(level, int(row.seen_level)) if before == hex else level
    row.seen_hex = hex
    row.seen_turn = world.clock[0].turn
    row.seen_power = strength if level == IDENTIFIED else estimated_power(world.rules[0], strength)
    row.seen_men = row.men
    if before >= 0 and before != hex and world.sight[viewer, before] == UNSEEN:
        recall_hex(world, viewer, before)  # it cannot stand in two places


@kernel
def witness(world, viewer, hex):
    """Bring what a side knows of a hex in its sight into line with what stands there."""
    truth = world.layers[hex]
    layers = world.known[viewer]
    layer = layers[hex]
    rule = world.rules[0]
    enemy = 1 - viewer
    level = int(world.sight[viewer, hex])
    power, zoc_strength = 0, 0
    if truth.occupant == enemy:
        unit = int(truth.first_unit)
        while unit >= 0:
            remember_unit(world, viewer, unit, hex, level)
            row = world.units[unit]
            power += int(row.seen_power)
            zoc_strength += unit_zoc_strength(rule, row.branch, int(row.seen_power))
            unit = int(row.next_in_hex)
    layer.occupant = truth.occupant
    layer.stack10 = truth.stack10
    layer.first_unit = truth.first_unit if truth.occupant == viewer or level == IDENTIFIED else -1
    layer.power[viewer] = truth.power[viewer]
    layer.zoc_strength[viewer] = truth.zoc_strength[viewer]
    layer.power[enemy] = power
    set_zoc_strength(world, layers, enemy, hex, min(zoc_strength, int(rule.zone_limit_permille)))


@kernel
def recall_hex(world, viewer, hex):
    """Bring what a side knows of a hex out of its sight into line with what it remembers."""
    layers = world.known[viewer]
    layer = layers[hex]
    rule = world.rules[0]
    enemy = 1 - viewer
    occupant = NEITHER
    power, zoc_strength, stack10 = 0, 0, 0
    for unit in range(world.units.shape[0]):
        row = world.units[unit]
        if row.seen_hex != hex or row.side != enemy:
            continue
        occupant = enemy
        power += int(row.seen_power)
        zoc_strength += unit_zoc_strength(rule, row.branch, int(row.seen_power))
        stack10 += int(row.stack10)
    layer.occupant = occupant
    layer.stack10 = stack10
    layer.first_unit = -1
    layer.power[enemy] = power
    set_zoc_strength(world, layers, enemy, hex, min(zoc_strength, int(rule.zone_limit_permille)))


@kernel
def strike_the_gone(world, viewer, hex):
    """Forget those who were known to stand in a hex that has come into sight, and do not any more."""
    for unit in range(world.units.shape[0]):
        row = world.units[unit]
        if row.seen_hex == hex and row.hex != hex and row.side != viewer:
            row.seen_hex = -1


@kernel
def raise_sight(world, viewer, hex, level):
    """Let a side see a hex at least this well for the rest of its phase, and take note of who stands there."""
    before = int(world.sight[viewer, hex])
    if before >= level:
        return
    world.sight[viewer, hex] = level
    known_occupant = world.known[viewer, hex].occupant
    if world.layers[hex].occupant == NEITHER and known_occupant == NEITHER:
        return
    if before == UNSEEN and known_occupant == 1 - viewer:
        strike_the_gone(world, viewer, hex)
    witness(world, viewer, hex)


@inlined_kernel
def see(world, sight, layers, known, viewer, hex, level):
    """Do as ``raise_sight``, with a quick answer for hexes seen already and for empty ones: nearly all.

    Parameters
    ----------
    sight, layers, known
        Those of the world, in local names.
    """
    if sight[viewer, hex] >= level:
        return
    if layers[hex].occupant == NEITHER and known[viewer, hex].occupant == NEITHER:
        sight[viewer, hex] = level
        return
    raise_sight(world, viewer, hex, level)


@kernel
def watch_beside(world, side, hex):
    """Let a side identify everything in a hex and beside it."""
    if world.rules[0].fog == 0:
        return
    sight, layers, known, neighbours = world.sight, world.layers, world.known, world.neighbours
    see(world, sight, layers, known, side, hex, IDENTIFIED)
    for direction in range(6):
        near = int(neighbours[hex, direction])
        if near >= 0:
            see(world, sight, layers, known, side, near, IDENTIFIED)


@kernel
def forget_everything(world):
    """Take everything off the maps of both sides; ``refresh_layers`` clears the memory of the units."""
    for viewer in range(2):
        for hex in range(world.hexes.shape[0]):
            world.sight[viewer, hex] = UNSEEN
            clear_layer(world.known[viewer, hex])
