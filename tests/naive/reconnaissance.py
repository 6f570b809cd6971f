"""Sight and what is known of the enemy, worked out hex by hex from the rules each time anew."""

from sim.kernels import codes
from sim.kernels.ground.grid import distance_hexes
from sim.kernels.state import layout
from tests.naive.control import stack


def has_aircraft(world: layout.World, side: int) -> bool:
    """Return whether the side flies."""
    return any(
        unit.side == side
        and unit.branch == codes.AIR
        and unit.aircraft > 0
        and unit.status in (codes.ACTIVE, codes.OFF_MAP)
        for unit in world.units
    )


def sight_of(world: layout.World, side: int, hex: int) -> int:
    """Return how well a side sees a hex from where its units stand now."""
    rule, clock = world.rules[0], world.clock[0]
    terrain, sky = world.hexes[hex].terrain, clock.sky[world.hexes[hex].region]
    flies = has_aircraft(world, side)
    best = codes.UNSEEN
    for unit in world.units:
        if unit.side != side or unit.status != codes.ACTIVE or unit.hex < 0:
            continue
        away = int(distance_hexes(layout.np.array([hex]), int(unit.hex), int(clock.n_cols))[0])
        if away <= 1:
            return codes.IDENTIFIED
        by_land = rule.watch_hexes[unit.branch] - rule.hide_hexes[terrain] - rule.sky_hide_hexes[sky]
        by_air = rule.air_hexes[side] - rule.air_hide_hexes[terrain] - rule.air_sky_hide_hexes[sky]
        if away <= by_land or (flies and away <= by_air):
            best = codes.ESTIMATED
    return best


def zoc_strength_of(world: layout.World, rows: list[int]) -> int:
    """Return the hold of units of the strength that is known of them."""
    rule = world.rules[0]
    total = 0
    for row in rows:
        unit = world.units[row]
        strength = min(int(unit.seen_power) * 1000 // int(rule.zone_full_power), int(rule.zone_limit_permille))
        total += strength * int(rule.zone_branch_permille[unit.branch]) // 1000
    return min(total, int(rule.zone_limit_permille))


def known(world: layout.World, viewer: int) -> list[tuple[int, int, int, int, int]]:
    """Return occupant, room used, enemy power, hold and zone of every hex, from what the side remembers."""
    rule = world.rules[0]
    enemy = 1 - viewer
    remembered = [
        [row for row, unit in enumerate(world.units) if unit.side == enemy and unit.seen_hex == hex]
        for hex in range(len(world.hexes))
    ]
    zoc_strengths = [zoc_strength_of(world, rows) for rows in remembered]
    result = []
    for hex, rows in enumerate(remembered):
        own = [row for row in stack(world, hex) if world.units[row].side == viewer]
        occupant = viewer if own else enemy if rows else codes.NEITHER
        zone = zoc_strengths[hex]
        for direction in range(6):
            other = int(world.neighbours[hex, direction])
            if other >= 0:
                share = zoc_strengths[other] * int(rule.zone_adjacent_permille) // 1000
                share = share * int(rule.zone_river_permille[world.edges[hex, direction].river]) // 1000
                zone += share * int(rule.zone_terrain_permille[world.hexes[hex].terrain]) // 1000
        room = sum(int(world.units[row].stack10) for row in own or rows)
        result.append((occupant, room, sum(int(world.units[row].seen_power) for row in rows), zoc_strengths[hex], zone))
    return result
