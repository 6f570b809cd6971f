"""What a step from hex to hex costs by ground and mobility, before anything is known of units."""

import numpy as np

from sim.kernels.codes import (
    BRIDGE_NONE,
    FOOT,
    LAKE,
    MOTORISED,
    RAIL_MOBILE,
    RAIL_NONE,
    RIVER_CRAFT,
    RIVER_GREAT,
    RIVER_MAJOR,
    RIVER_NONE,
    ROAD_NONE,
    ROADS,
    SEA,
    TERRAINS,
    TRACKED,
    WHEELED,
)
from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.state.layout import FRONTIER_BUCKETS, N_GROUND, N_MOBILITY

STEP_LIMIT = FRONTIER_BUCKETS - 24  # room is left for a zone of control
IMPASSABLE = -1
ANY_DESCENT = 1_000_000  # permille
N_TERRAIN = len(TERRAINS)
N_ROAD = len(ROADS)


@kernel
def is_land(terrain):
    """Return whether troops can stand there."""
    return terrain != SEA and terrain != LAKE


@kernel
def is_motor(mobility):
    """Return whether units of this mobility burn fuel."""
    return mobility == WHEELED or mobility == MOTORISED or mobility == TRACKED


@kernel
def routed_as(mobility):
    """Return the mobility by whose dry step costs the cost-to-go of units of ``mobility`` is worked out."""
    return MOTORISED if is_motor(mobility) else FOOT


@kernel
def is_big_river(river):
    """Return whether a river of that rank carries river craft."""
    return river == RIVER_GREAT or river == RIVER_MAJOR


@kernel
def mud_permille(rule, ground, mobility, terrain, share_permille):
    """Return the cost factor of the weather on a surface that feels ``share_permille`` of the mud."""
    extra = int(rule.mud_permille[ground, mobility]) - 1000
    return 1000 + extra * int(rule.mud_terrain_permille[terrain]) // 1000 * share_permille // 1000


@kernel
def surface_cost(rule, ground, mobility, terrain, road):
    """Return the cost (mp10) of a hex along a road, ``ROAD_NONE`` off it, rivers left out; 0 where there is no way."""
    if road == ROAD_NONE:
        cost = int(rule.terrain_cost_mp10[mobility, terrain])
    else:
        cost = int(rule.road_cost_mp10[mobility, road]) * int(rule.road_grade_permille[mobility, terrain]) // 1000
    mud = mud_permille(rule, ground, mobility, terrain, int(rule.mud_road_permille[road]))
    return cost * mud // 1000


@kernel
def cheaper(cost, other):
    """Return the lesser of two costs, of which 0 means that there is no way."""
    if cost <= 0 or (other > 0 and other < cost):
        return other
    return cost


@kernel
def surface_table(rule, out_cost):
    """Fill what a hex costs along each road, rivers left out.

    Parameters
    ----------
    out_cost : (ground, mobility, terrain, road) int32
        mp10; ``ROAD_NONE`` is roadless ground, 0 no way.
    """
    for ground in range(out_cost.shape[0]):
        for mobility in range(out_cost.shape[1]):
            for terrain in range(out_cost.shape[2]):
                for road in range(out_cost.shape[3]):
                    out_cost[ground, mobility, terrain, road] = surface_cost(rule, ground, mobility, terrain, road)


@kernel
def craft_can_pass(edges, hex, direction, other):
    """Return whether river craft can go from a hex to the next: along a navigable side or around its end."""
    if is_big_river(edges[hex, direction].river):
        return True
    # A third hex meets each end of the side; its sides with the two lie one and two directions further round.
    for turn in (1, 5):
        near = edges[hex, (direction + turn) % 6].river
        far = edges[other, (direction + 2 * turn) % 6].river
        if is_big_river(near) and is_big_river(far):
            return True
    return False


@kernel
def rail_cost_mp10(rule, ground, mobility, terrain):
    """Return the cost of a hex along a railway embankment, 0 for who cannot use it."""
    share = int(rule.mud_rail_permille)
    return int(rule.rail_cost_mp10[mobility]) * mud_permille(rule, ground, mobility, terrain, share) // 1000


@kernel
def march_cost(rule, surface, side, terrain, ground, mobility):
    """Return the cost (mp10) of a step across a hex side (EDGE) into ``terrain``, 0 where there is no way.

    Off the road a river without bridge and the Great Wall cost extra; a road has its own gap in the wall, and a railway
    its own bridges and banks.
    """
    cost = int(surface[ground, mobility, terrain, ROAD_NONE])
    if cost > 0 and side.wall != 0:
        cost += int(rule.wall_cost_mp10[mobility])
    if side.road != ROAD_NONE:
        cost = cheaper(cost, int(surface[ground, mobility, terrain, side.road]))
    if cost > 0 and side.river != RIVER_NONE and side.bridge == BRIDGE_NONE:
        crossing = int(rule.river_cost_mp10[mobility, side.river])
        cost += crossing * int(rule.river_ground_permille[ground]) // 1000
    if side.rail != RAIL_NONE:
        cost = cheaper(cost, rail_cost_mp10(rule, ground, mobility, terrain))
    return cost


@allocating_kernel
def fill_step_cost(world):
    """Fill ``world.step_cost`` from terrain, roads, rivers, bridges, railways and the Great Wall.

    Once a scenario; armoured trains keep to the rails and river craft to the great and major rivers.
    """
    hexes, edges, neighbours, rule, table = world.hexes, world.edges, world.neighbours, world.rules[0], world.step_cost
    surface = np.zeros((N_GROUND, N_MOBILITY, N_TERRAIN, N_ROAD), np.int32)
    surface_table(rule, surface)
    table[:] = IMPASSABLE
    for hex in range(hexes.shape[0]):
        if not is_land(hexes[hex].terrain):
            continue
        for direction in range(6):
            other = neighbours[hex, direction]
            if other < 0 or not is_land(hexes[other].terrain):
                continue
            terrain = int(hexes[other].terrain)
            side = edges[hex, direction]
            craft = craft_can_pass(edges, hex, direction, other)
            for ground in range(N_GROUND):
                for mobility in range(RAIL_MOBILE):
                    cost = march_cost(rule, surface, side, terrain, ground, mobility)
                    if cost > 0:
                        table[ground, mobility, hex, direction] = min(cost, STEP_LIMIT)
                if side.rail != RAIL_NONE:
                    table[ground, RAIL_MOBILE, hex, direction] = rule.rail_cost_mp10[RAIL_MOBILE]
                if craft:
                    table[ground, RIVER_CRAFT, hex, direction] = rule.craft_cost_mp10
    fill_descent(world)


@kernel
def fill_descent(world):
    """Fill ``world.descent_permille``: what a step makes good of the cost-to-go (``routed_as``), of its cost, at most.

    A step that the cost-to-go does not know, as a barge's, counts as one that makes good any.
    """
    table = world.step_cost
    for mobility in range(N_MOBILITY):
        guide = table[0, routed_as(mobility)]
        most = 0
        for ground in range(N_GROUND):
            for hex in range(guide.shape[0]):
                for direction in range(6):
                    step, guide_cost = int(table[ground, mobility, hex, direction]), int(guide[hex, direction])
                    if step > 0:
                        most = max(most, (guide_cost * 1000 + step - 1) // step if guide_cost > 0 else ANY_DESCENT)
        world.descent_permille[mobility] = most
