"""Slow and obvious twins of the supply kernels."""

import heapq
from collections import Counter

import numpy as np

from sim.kernels import codes
from sim.kernels.ground.flood import RING
from sim.kernels.state import layout
from sim.kernels.supply.packed_cost import HEED_ENEMY


def step_cost(world: layout.World, side: int, hex: int, direction: int, target: int) -> int:
    """Return the transport cost of one step without the enemy, ``BLOCKED`` where nothing passes."""
    rule, clock = world.rules[0], world.clock[0]
    edge, entered = world.edges[hex, direction], world.hexes[target]
    ground = clock.ground[entered.region]
    off_road = int(rule.line_terrain10[entered.terrain, ground])
    if entered.holder_start == side:
        off_road = -(-off_road * int(rule.line_home_permille) // 1000)
    ways = [int(rule.line_road10[edge.road, ground]), off_road]
    if edge.rail != codes.RAIL_NONE and all(
        world.holder[end] == side and world.rail_ready_turn[end] <= clock.turn for end in (hex, target)
    ):
        cost = int(rule.line_rail10[edge.rail])
        if not rule.line_native_gauge[side, edge.rail]:
            cost = cost * int(rule.line_captured_rail_permille) // 1000
        ways.append(cost)
    ways = [way for way in ways if way > 0]
    if not ways:
        return codes.BLOCKED
    ferry = int(rule.line_river10[edge.river]) if edge.river and not edge.bridge else 0
    return max(min(ways) + ferry, 1)


def is_shut(world: layout.World, side: int, hex: int) -> bool:
    """Return whether the enemy keeps columns of ``side`` out of ``hex``."""
    layer = world.layers[hex]
    if layer.occupant == side:
        return False
    surplus = int(layer.zone[1 - side]) - int(layer.zone[side])
    return bool(
        layer.occupant == 1 - side
        or world.holder[hex] == 1 - side
        or surplus >= world.rules[0].line_zone_block_permille
    )


def toll(world: layout.World, side: int, hex: int) -> int:
    """Return the transport cost that the enemy's zone adds."""
    layer = world.layers[hex]
    surplus = max(int(layer.zone[1 - side]) - int(layer.zone[side]), 0)
    return 0 if layer.occupant == side else int(world.rules[0].line_zone10) * min(surplus, 1000) // 1000


def open_sources(world: layout.World, side: int) -> list[int]:
    """Return the sources of ``side`` that give anything."""
    return [
        row
        for row, source in enumerate(world.sources)
        if source.side == side
        and source.hex >= 0
        and source.tons > 0
        and world.holder[source.hex] == side
        and world.layers[source.hex].occupant != 1 - side
    ]


def flood_supply(world: layout.World, side: int, limit10: int, heed: int) -> dict[int, int]:
    """Return the transport cost of every hex that supplies reach, by Dijkstra's search with a heap."""
    settled: dict[int, int] = {}
    queue = [(0, int(world.sources[source].hex)) for source in open_sources(world, side)]
    heapq.heapify(queue)
    while queue:
        cost, hex = heapq.heappop(queue)
        if hex in settled:
            continue
        settled[hex] = cost
        for direction in range(6):
            target = int(world.neighbours[hex, direction])
            if target < 0 or (heed == HEED_ENEMY and is_shut(world, side, target)):
                continue
            step = step_cost(world, side, hex, direction, target)
            if step == codes.BLOCKED:
                continue
            total = cost + min(step, RING) + (toll(world, side, target) if heed == HEED_ENEMY else 0)
            if total <= limit10:
                heapq.heappush(queue, (total, target))
    return settled


def direction_home(world: layout.World, side: int, hex: int, cost: dict[int, int]) -> int:
    """Return the first direction from which supplies come at the cost of ``hex``, -1 if there is none."""
    for direction in range(6):
        near = int(world.neighbours[hex, direction])
        if near not in cost or is_shut(world, side, hex):
            continue
        step = step_cost(world, side, near, (direction + 3) % 6, hex)
        if step != codes.BLOCKED and cost[near] + min(step, RING) + toll(world, side, hex) == cost[hex]:
            return direction
    return -1


def shares(asked10: dict[int, tuple[int, int]], given10: dict[int, int], spill: int) -> dict[int, int]:
    """Return each unit's share in permille.

    Parameters
    ----------
    asked10
        ``{unit: (source, tenths of a ton asked)}``
    given10
        Tenths of a ton that each source of the one front has.
    spill
        Part of the shortfall that the front's spare tonnage makes good, permille.
    """
    demand: Counter[int] = Counter(dict.fromkeys(given10, 0))
    for source, tons10 in asked10.values():
        demand[source] += tons10
    spare = sum(max(given10[source] - demand[source], 0) for source in given10)
    lacking = sum(max(demand[source] - given10[source], 0) for source in given10)
    found = {}
    for unit, (source, _) in asked10.items():
        own = min(1000, given10[source] * 1000 // demand[source])
        made_good = min(1000, spare * 1000 // lacking) * spill // 1000 if lacking else 0
        found[unit] = own + (1000 - own) * made_good // 1000
    return found


def pocket(world: layout.World, side: int, start: int) -> set[int]:
    """Return every hex that columns of ``side`` could still reach from ``start``."""
    seen, todo = {start}, [start]
    while todo:
        hex = todo.pop()
        for direction in range(6):
            other = int(world.neighbours[hex, direction])
            if other < 0 or other in seen or is_shut(world, side, other):
                continue
            if step_cost(world, side, hex, direction, other) != codes.BLOCKED:
                seen.add(other)
                todo.append(other)
    return seen


def costs_of(world: layout.World, side: int) -> dict[int, int]:
    """Return the costs that ``world`` holds, reached hexes only."""
    cost = world.supply_cost[side]
    return {int(hex): int(cost[hex]) for hex in np.flatnonzero(cost != codes.BLOCKED)}
