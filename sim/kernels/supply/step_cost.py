"""What it costs to carry supplies from hex to hex, and where the enemy shuts the road.

Costs are in tenths of the work of one hex of surfaced road (``transport cost``), the unit of measure of every
``line_*`` coefficient. They are apart from the movement cost of troops: columns need roads and rails more.
"""

from sim.kernels.codes import (
    BLOCKED,
    BRIDGE_NONE,
    RAIL_NONE,
    RIVER_NONE,
    SUPPLY_CUT_BY_ENEMY,
    SUPPLY_CUT_BY_ZONE,
    SUPPLY_OK,
)
from sim.kernels.compiler.kernel import kernel


@kernel
def is_native_gauge(world, side, gauge):
    """Return whether the rolling stock of ``side`` runs on ``gauge``."""
    return world.rules[0].line_native_gauge[side, gauge] != 0


@kernel
def has_trains(world, side, hex):
    """Return whether ``side`` can run trains in ``hex`` today: held by it, repaired and brought into use."""
    return world.holder[hex] == side and world.clock[0].turn >= world.rail_ready_turn[hex]


@kernel
def rail_cost(world, side, hex, target, gauge):
    """Return the transport cost from ``hex`` to ``target`` by their railway, or BLOCKED where no train runs."""
    if gauge == RAIL_NONE or not has_trains(world, side, hex) or not has_trains(world, side, target):
        return BLOCKED
    rule = world.rules[0]
    cost10 = int(rule.line_rail10[gauge])
    if is_native_gauge(world, side, gauge):
        return cost10
    return cost10 * int(rule.line_captured_rail_permille) // 1000


@kernel
def trace_step_cost(world, side, hex, direction, target):
    """Return the transport cost of carrying supplies of ``side`` from ``hex`` to its neighbour ``target``.

    Parameters
    ----------
    world : World
    side : int
    hex, target : int
        Neighbours, ``target`` lying in ``direction`` of ``hex``.
    direction : int

    Returns
    -------
    int
        Tenths of a hex of surfaced road, at least 1, or BLOCKED where nothing passes.

    Notes
    -----
    The cheapest of rail, road and open ground counts. A river without a bridge is ferried. The enemy is left out.
    """
    rule = world.rules[0]
    edge = world.edges[hex, direction]
    entered = world.hexes[target]
    ground = world.clock[0].ground[entered.region]
    cost10 = BLOCKED
    if edge.rail != RAIL_NONE:
        cost10 = rail_cost(world, side, hex, target, edge.rail)
    road10 = int(rule.line_road10[edge.road, ground])
    if road10 > 0:
        cost10 = min(cost10, road10)
    terrain10 = int(rule.line_terrain10[entered.terrain, ground])
    if entered.holder_start == side:
        terrain10 = (terrain10 * int(rule.line_home_permille) + 999) // 1000
    if terrain10 > 0:
        cost10 = min(cost10, terrain10)
    if cost10 == BLOCKED:
        return BLOCKED
    if edge.river != RIVER_NONE and edge.bridge == BRIDGE_NONE:
        cost10 += int(rule.line_river10[edge.river])
    return max(cost10, 1)


@kernel
def enemy_zoc_surplus(world, side, hex):
    """Return by how much the enemy's zone of control over ``hex`` exceeds that of ``side`` (permille, 0 or more)."""
    zone = world.layers[hex].zone
    return max(int(zone[1 - side]) - int(zone[side]), 0)


@kernel
def what_cuts(world, side, hex):
    """Return why columns of ``side`` cannot enter ``hex``: SUPPLY_CUT_BY_ENEMY, SUPPLY_CUT_BY_ZONE, or SUPPLY_OK.

    Own troops in the hex keep it open whoever held it before.
    """
    layer = world.layers[hex]
    if layer.occupant == side:
        return SUPPLY_OK
    enemy = 1 - side
    if layer.occupant == enemy or world.holder[hex] == enemy:
        return SUPPLY_CUT_BY_ENEMY
    if enemy_zoc_surplus(world, side, hex) >= world.rules[0].line_zone_block_permille:
        return SUPPLY_CUT_BY_ZONE
    return SUPPLY_OK
