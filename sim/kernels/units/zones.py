"""Zones of control: their strength in the hex of the units that exert them, and what of it is felt around.

A zone is no wall: the units in a hex have a zone-of-control strength by their power and branch, and the hexes around
feel a share of it, less across rivers and into broken country. Every term is a whole number that is added and taken
away again exactly, so that zones kept up move by move always equal those of a full rebuild.
"""

from sim.kernels.codes import NEITHER
from sim.kernels.compiler.kernel import kernel


@kernel
def unit_zoc_strength(rule, branch, power):
    """Return the zone-of-control strength (permille) of a unit of ``power``."""
    zoc_strength = min(int(power) * 1000 // int(rule.zone_full_power), int(rule.zone_limit_permille))
    return zoc_strength * int(rule.zone_branch_permille[branch]) // 1000


@kernel
def zone_term(rule, zoc_strength, river, terrain):
    """Return what is felt of it in the next hex, of ``terrain``, across a hex side with ``river``."""
    share = zoc_strength * int(rule.zone_adjacent_permille) // 1000
    share = share * int(rule.zone_river_permille[river]) // 1000
    return share * int(rule.zone_terrain_permille[terrain]) // 1000


@kernel
def set_zoc_strength(world, layers, side, hex, zoc_strength):
    """Change a side's strength in a hex of ``layers`` (true or known ones), and the zones around by the difference."""
    hexes, edges, neighbours = world.hexes, world.edges, world.neighbours
    layer = layers[hex]
    old = int(layer.zoc_strength[side])
    if zoc_strength == old:
        return
    rule = world.rules[0]
    layer.zoc_strength[side] = zoc_strength
    layer.zone[side] += zoc_strength - old
    for direction in range(6):
        other = neighbours[hex, direction]
        if other >= 0:
            river, terrain = int(edges[hex, direction].river), int(hexes[other].terrain)
            layers[other].zone[side] += zone_term(rule, zoc_strength, river, terrain)
            layers[other].zone[side] -= zone_term(rule, old, river, terrain)


@kernel
def clear_layer(layer):
    """Take everything off the LAYER record of a hex."""
    layer.first_unit = -1
    layer.stack10 = 0
    layer.occupant = NEITHER
    for side in range(2):
        layer.zone[side] = 0
        layer.zoc_strength[side] = 0
        layer.power[side] = 0
