"""Sight and what is known of the enemy, worked out hex by hex from the rules each time anew."""

from sim.kernels import codes
from sim.kernels.ground.grid import distance_hexes
from sim.kernels.state import layout
from tests.naive.control import stack


def has_aircraft(world: layout.World, side: int) -> bool:
    """Return whether the side flies."""
    return any(
        row.side == side
        and row.branch == codes.AIR
        and row.aircraft > 0
        and row.status in (codes.ACTIVE, codes.OFF_MAP)
        for row in world.units
    )


def sight_of(world: layout.World, side: int, hex: int) -> int:
    """Return how well a side sees a hex from where its units stand now."""
    rule, clock = world.rules[0], world.clock[0]
    terrain, sky = world.hexes[hex].terrain, clock.sky[world.hexes[hex].region]
    flies = has_aircraft(world, side)
    best = codes.UNSEEN
    for row in world.units:
        if row.side != side or row.status != codes.ACTIVE or row.hex < 0:
            continue
        away = int(distance_hexes(layout.np.array([hex]), int(row.hex), int(clock.n_cols))[0])
        if away <= 1:
            return codes.IDENTIFIED
        by_land = rule.watch_hexes[row.branch] - rule.hide_hexes[terrain] - rule.sky_hide_hexes[sky]
        by_air = rule.air_hexes[side] - rule.air_hide_hexes[terrain] - rule.air_sky_hide_hexes[sky]
        if away <= by_land or (flies and away <= by_air):
            best = codes.ESTIMATED
    return best


def zoc_strength_of(world: layout.World, units: list[int]) -> int:
    """Return the zone-of-control strength of units by the power that is known of them."""
    rule = world.rules[0]
    total = 0
    for unit in units:
        row = world.units[unit]
        strength = min(int(row.seen_power) * 1000 // int(rule.zone_full_power), int(rule.zone_limit_permille))
        total += strength * int(rule.zone_branch_permille[row.branch]) // 1000
    return min(total, int(rule.zone_limit_permille))


def known(world: layout.World, viewer: int) -> list[tuple[int, int, int, int, int]]:
    """Return occupant, room, enemy power, zone-of-control strength and zone of every hex, as a side remembers it."""
    rule = world.rules[0]
    enemy = 1 - viewer
    remembered = [
        [unit for unit, row in enumerate(world.units) if row.side == enemy and row.seen_hex == hex]
        for hex in range(len(world.hexes))
    ]
    zoc_strengths = [zoc_strength_of(world, units) for units in remembered]
    result = []
    for hex, units in enumerate(remembered):
        own = [unit for unit in stack(world, hex) if world.units[unit].side == viewer]
        occupant = viewer if own else enemy if units else codes.NEITHER
        zone = zoc_strengths[hex]
        for direction in range(6):
            other = int(world.neighbours[hex, direction])
            if other >= 0:
                share = zoc_strengths[other] * int(rule.zone_adjacent_permille) // 1000
                share = share * int(rule.zone_river_permille[world.edges[hex, direction].river]) // 1000
                zone += share * int(rule.zone_terrain_permille[world.hexes[hex].terrain]) // 1000
        room = sum(int(world.units[unit].stack10) for unit in own or units)
        power = sum(int(world.units[unit].seen_power) for unit in units)
        result.append((occupant, room, power, zoc_strengths[hex], zone))
    return result
