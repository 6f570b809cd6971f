"""Stacks: who stands in which hex, and the room, power and zones of control that follow from it.

``layers`` is kept up move by move and always equals a full rebuild (``refresh_layers``).
"""

from sim.kernels.codes import ACTIVE, NEITHER, UNSEEN
from sim.kernels.compiler.kernel import inlined_kernel, kernel
from sim.kernels.recon.sight import forget_everything, watch_beside, witness
from sim.kernels.units.power import unit_power
from sim.kernels.units.zones import clear_layer, set_zoc_strength, unit_zoc_strength


@kernel
def rebuild_hex(world, hex):
    """Bring room, occupant, power and zones of one hex into line with the units in it."""
    layer = world.layers[hex]
    rule = world.rules[0]
    limit = int(rule.zone_limit_permille)
    side = NEITHER
    power, zoc_strength, stack10 = 0, 0, 0
    unit = int(layer.first_unit)
    while unit >= 0:
        row = world.units[unit]
        strength = unit_power(world, unit)
        side = int(row.side)
        power += strength
        zoc_strength += unit_zoc_strength(rule, row.branch, strength)
        stack10 += int(row.stack10)
        unit = int(row.next_in_hex)
    if is_up_to_date(world, hex, side, stack10, power, min(zoc_strength, limit)):
        return
    layer.occupant = side
    layer.stack10 = stack10
    for owner in range(2):
        layer.power[owner] = power if owner == side else 0
        set_zoc_strength(world, world.layers, owner, hex, min(zoc_strength, limit) if owner == side else 0)
    if rule.fog != 0:
        for viewer in range(2):
            if world.sight[viewer, hex] > UNSEEN:
                witness(world, viewer, hex)


@inlined_kernel
def is_up_to_date(world, hex, side, stack10, power, zoc_strength):
    """Return whether the layers of a hex already say this of the stack of ``side``, and no enemy looks on."""
    layer = world.layers[hex]
    if side == NEITHER or layer.occupant != side or layer.stack10 != stack10:
        return False
    if layer.power[side] != power or layer.zoc_strength[side] != zoc_strength:
        return False
    return world.rules[0].fog == 0 or world.sight[1 - side, hex] == UNSEEN


@kernel
def link_unit(world, unit, hex):
    """Put a unit into the list of a hex, in order of rows."""
    layer = world.layers[hex]
    before = -1
    after = int(layer.first_unit)
    while 0 <= after < unit:
        before = after
        after = int(world.units[after].next_in_hex)
    world.units[unit].next_in_hex = after
    if before < 0:
        layer.first_unit = unit
    else:
        world.units[before].next_in_hex = unit


@kernel
def place_unit(world, unit, hex):
    """Set a unit down in a hex and update the layers. It must not stand anywhere else."""
    world.units[unit].hex = hex
    watch_beside(world, int(world.units[unit].side), hex)
    link_unit(world, unit, hex)
    rebuild_hex(world, hex)


@kernel
def lift_unit(world, unit):
    """Take a unit off the map and update the layers; nothing happens if it stands nowhere."""
    row = world.units[unit]
    hex = int(row.hex)
    if hex < 0:
        return
    layer = world.layers[hex]
    after = int(row.next_in_hex)
    if layer.first_unit == unit:
        layer.first_unit = after
    else:
        before = int(layer.first_unit)
        while before >= 0 and world.units[before].next_in_hex != unit:
            before = int(world.units[before].next_in_hex)
        if before >= 0:
            world.units[before].next_in_hex = after
    row.next_in_hex = -1
    row.hex = -1
    if row.seen_hex == hex and world.sight[1 - row.side, hex] > UNSEEN:
        row.seen_hex = -1
    rebuild_hex(world, hex)


@kernel
def update_unit_layers(world, unit):
    """Bring power and zones into line after the strength of a unit changed."""
    hex = int(world.units[unit].hex)
    if hex >= 0:
        rebuild_hex(world, hex)


@kernel
def refresh_layers(world):
    """Rebuild stacks, power and zones of the whole map from the units; supply is left alone.

    Both sides forget what they know of each other: ``open_reconnaissance`` and ``reconnoitre`` follow.
    """
    layers, units = world.layers, world.units
    forget_everything(world)
    for hex in range(layers.shape[0]):
        clear_layer(layers[hex])
    # Backwards, so that each unit becomes the head of its list and the lists stand in order of rows.
    for unit in range(units.shape[0] - 1, -1, -1):
        row = units[unit]
        row.next_in_hex = -1
        row.seen_hex = -1
        if row.status == ACTIVE and row.hex >= 0:
            layer = layers[row.hex]
            row.next_in_hex = layer.first_unit
            layer.first_unit = unit
    for hex in range(layers.shape[0]):
        if layers[hex].first_unit >= 0:
            rebuild_hex(world, hex)
