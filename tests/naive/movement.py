"""Movement from the rules as they are told: no tables, no layers, a heap instead of buckets."""

import heapq

from sim.kernels import codes
from sim.kernels.state import layout
from sim.kernels.units.power import unit_power
from tests.naive import control

WATER = (codes.SEA, codes.LAKE)
BIG = (codes.RIVER_GREAT, codes.RIVER_MAJOR)


def surface(world: layout.World, ground: int, mobility: int, terrain: int, road: int) -> int:
    """Return what a hex costs on a road (0 off it), in that weather; 0 no way."""
    rule = world.rules[0]
    cost = int(rule.terrain_cost_mp10[mobility, terrain])
    if road:
        cost = int(rule.road_cost_mp10[mobility, road]) * int(rule.road_grade_permille[mobility, terrain]) // 1000
    return cost * mud(world, ground, mobility, terrain, int(rule.mud_road_permille[road])) // 1000


def mud(world: layout.World, ground: int, mobility: int, terrain: int, share: int) -> int:
    """Return the factor of the weather, permille."""
    rule = world.rules[0]
    extra = int(rule.mud_permille[ground, mobility]) - 1000
    return 1000 + extra * int(rule.mud_terrain_permille[terrain]) // 1000 * share // 1000


def step_cost(world: layout.World, ground: int, mobility: int, hex: int, direction: int) -> int:
    """Return the cost of a step for a mobility class, -1 where it is impassable."""
    rule = world.rules[0]
    other = int(world.neighbours[hex, direction])
    if other < 0 or world.hexes[hex].terrain in WATER or world.hexes[other].terrain in WATER:
        return -1
    terrain, side = int(world.hexes[other].terrain), world.edges[hex, direction]
    if mobility == codes.STATIC:
        return -1
    if mobility == codes.RIVER_CRAFT:
        return int(rule.craft_cost_mp10) if navigable(world, hex, direction, other) else -1
    if mobility == codes.RAIL_MOBILE:
        return int(rule.rail_cost_mp10[mobility]) if side.rail else -1
    ways = []
    off_road = surface(world, ground, mobility, terrain, codes.ROAD_NONE)
    if off_road:
        ways.append(off_road + (int(rule.wall_cost_mp10[mobility]) if side.wall else 0))
    if side.road and surface(world, ground, mobility, terrain, int(side.road)):
        ways.append(surface(world, ground, mobility, terrain, int(side.road)))
    if side.river and not side.bridge:
        crossing = int(rule.river_cost_mp10[mobility, side.river]) * int(rule.river_ground_permille[ground]) // 1000
        ways = [way + crossing for way in ways]
    if side.rail and rule.rail_cost_mp10[mobility]:
        factor = mud(world, ground, mobility, terrain, int(rule.mud_rail_permille))
        ways.append(int(rule.rail_cost_mp10[mobility]) * factor // 1000)
    return min([*ways, 1000]) if ways else -1


def navigable(world: layout.World, hex: int, direction: int, other: int) -> bool:
    """Return whether a ship can lie off both hexes without leaving the river: the two share a river side or its end."""
    if world.edges[hex, direction].river in BIG:
        return True
    ends = {int(third): way for way, third in enumerate(world.neighbours[hex]) if third >= 0}
    for back, third in enumerate(world.neighbours[other]):
        near = world.edges[hex, ends[int(third)]].river if int(third) in ends else codes.RIVER_NONE
        if near in BIG and world.edges[other, back].river in BIG:
            return True
    return False


def entry_cost(world: layout.World, unit: int, hex: int, direction: int) -> int:
    """Return the cost for a unit, ``BLOCKED`` where it cannot go."""
    row, rule = world.units[unit], world.rules[0]
    other = int(world.neighbours[hex, direction])
    if other < 0 or any(world.units[enemy].side != row.side for enemy in control.stack(world, other)):
        return codes.BLOCKED
    ground = int(world.clock[0].ground[world.hexes[hex].region])
    cost = step_cost(world, ground, int(row.mobility), hex, direction)
    if cost < 0 or not gets_through(world, unit, other):
        return codes.BLOCKED
    share = pressure(world, unit, other)
    if share:
        extra = 2 * int(rule.zone_cost_mp10[row.mobility]) * share // 1000
        if control.zone(world, 1 - int(row.side), hex) >= rule.zone_felt_permille:
            extra = extra * int(rule.zone_between_permille) // 1000
        cost += extra
    return min(cost, layout.FRONTIER_BUCKETS - 1)


def gets_through(world: layout.World, unit: int, hex: int) -> bool:
    """Return whether the road through a hex has room today."""
    rule, ground = world.rules[0], world.hexes[hex]
    mountain = ground.terrain in (codes.MOUNTAIN, codes.FOREST_MOUNTAIN)
    limit = 10_000
    if mountain and ground.best_road <= codes.ROAD_TRACK:
        limit = int(rule.through_track10)
    if ground.pass_limit10:
        limit = int(ground.pass_limit10)
    elif ground.features & codes.FLAG_PASS:
        limit = int(rule.through_pass10)
    used = int(world.pass_used10[hex])
    return used == 0 or used + int(world.units[unit].stack10) <= limit


def pressure(world: layout.World, unit: int, hex: int) -> int:
    """Return the enemy's share of the strength in a hex, permille; 0 where his zone is not felt."""
    row, rule = world.units[unit], world.rules[0]
    zone = control.zone(world, 1 - int(row.side), hex)
    if zone < rule.zone_felt_permille:
        return 0
    own = min(int(unit_power(world, unit)) * 1000 // int(rule.zone_full_power), int(rule.zone_limit_permille))
    own = own * int(rule.zone_branch_permille[row.branch]) // 1000
    return zone * 1000 // (zone + own + control.zoc_strength(world, int(row.side), hex) + 1)


def reach(world: layout.World, unit: int, budget_mp10: int) -> dict[int, int]:
    """Return the cost of every hex that a unit can march to."""
    row, rule = world.units[unit], world.rules[0]
    start = int(row.hex)
    best = {start: 0}
    queue = [(0, start)]
    while queue:
        cost, hex = heapq.heappop(queue)
        held = hex != start and pressure(world, unit, hex) >= rule.zone_stop_permille[row.mobility]
        if cost > best[hex] or held:
            continue
        for direction in range(6):
            step = entry_cost(world, unit, hex, direction)
            if hex == start and budget_mp10 < step < codes.BLOCKED:
                step = max(step - int(row.carry_mp10), 1)
            other = int(world.neighbours[hex, direction])
            if cost + step <= min(budget_mp10, best.get(other, codes.BLOCKED) - 1):
                best[other] = cost + step
                heapq.heappush(queue, (cost + step, other))
    return best


def flood(world: layout.World, sources: list[int], ground: int, mobility: int, *, towards: bool = False) -> list[int]:
    """Return the cost from the nearest source to every hex, or from every hex to the nearest source."""
    n_hex = len(world.hexes)
    steps: list[list[tuple[int, int]]] = [[] for _ in range(n_hex)]
    for hex in range(n_hex):
        for direction in range(6):
            cost = step_cost(world, ground, mobility, hex, direction)
            other = int(world.neighbours[hex, direction])
            if cost >= 0:
                steps[other if towards else hex].append((hex if towards else other, cost))
    best = [codes.BLOCKED] * n_hex
    queue = [(0, hex) for hex in sources]
    for hex in sources:
        best[hex] = 0
    while queue:
        cost, hex = heapq.heappop(queue)
        for other, step in steps[hex]:
            if cost + step < best[other]:
                best[other] = cost + step
                heapq.heappush(queue, (cost + step, other))
    return best
