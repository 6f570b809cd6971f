"""Zones of control: the hold of the units in a hex, and what of it is felt in the hexes around."""

from sim.kernels.compiler.kernel import kernel


@kernel
def unit_bond(rule, branch, power):
    """Return the hold (permille) that a unit of ``power`` has on the ground around it."""
    bond = min(int(power) * 1000 // int(rule.zone_full_power), int(rule.zone_limit_permille))
    return bond * int(rule.zone_branch_permille[branch]) // 1000


@kernel
def zone_term(rule, bond, river, terrain):
    """Return what a hold (permille) is worth in the next hex, of ``terrain``, across a hex side with ``river``."""
    share = bond * int(rule.zone_adjacent_permille) // 1000
    share = share * int(rule.zone_river_permille[river]) // 1000
    return share * int(rule.zone_terrain_permille[terrain]) // 1000


@kernel
def set_bond(world, layers, side, hex, bond):
    """Change the hold of a side in a hex of ``layers`` (true or known ones), and the zones around by the difference."""
    hexes, edges, neighbours = world.hexes, world.edges, world.neighbours
    layer = layers[hex]
    old = int(layer.bond[side])
    if bond == old:
        return
    rule = world.rules[0]
    layer.bond[side] = bond
    layer.zone[side] += bond - old
    for direction in range(6):
        other = neighbours[hex, direction]
        if other >= 0:
            river, terrain = int(edges[hex, direction].river), int(hexes[other].terrain)
            layers[other].zone[side] += zone_term(rule, bond, river, terrain) - zone_term(rule, old, river, terrain)
