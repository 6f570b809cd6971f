"""Stacks, zones and ownership, read off the list of units each time anew."""

from sim.kernels import codes
from sim.kernels.state import layout
from sim.kernels.units.power import unit_power


def stack(world: layout.World, hex: int) -> list[int]:
    """Return the units in a hex."""
    return [
        unit
        for unit in range(len(world.units))
        if world.units[unit].status == codes.ACTIVE and world.units[unit].hex == hex
    ]


def zoc_strength(world: layout.World, side: int, hex: int) -> int:
    """Return the zone-of-control strength of the units of a side in a hex, permille."""
    rule = world.rules[0]
    total = 0
    for unit in stack(world, hex):
        row = world.units[unit]
        if row.side == side:
            strength = min(
                int(unit_power(world, unit)) * 1000 // int(rule.zone_full_power), int(rule.zone_limit_permille)
            )
            total += strength * int(rule.zone_branch_permille[row.branch]) // 1000
    return min(total, int(rule.zone_limit_permille))


def zone(world: layout.World, side: int, hex: int) -> int:
    """Return the zone of control of a side over a hex, permille."""
    rule = world.rules[0]
    total = zoc_strength(world, side, hex)
    for direction in range(6):
        other = int(world.neighbours[hex, direction])
        if other < 0:
            continue
        share = zoc_strength(world, side, other) * int(rule.zone_adjacent_permille) // 1000
        share = share * int(rule.zone_river_permille[world.edges[hex, direction].river]) // 1000
        total += share * int(rule.zone_terrain_permille[world.hexes[hex].terrain]) // 1000
    return total


def layers(world: layout.World) -> list[tuple[int, int, list[int], list[int], list[int]]]:
    """Return room used, occupant, power, zone-of-control strength and zones of every hex."""
    entries = []
    for hex in range(len(world.hexes)):
        units = stack(world, hex)
        sides = {int(world.units[unit].side) for unit in units}
        power = [sum(unit_power(world, unit) for unit in units if world.units[unit].side == side) for side in range(2)]
        entries.append(
            (
                sum(int(world.units[unit].stack10) for unit in units),
                sides.pop() if sides else codes.NEITHER,
                power,
                [zoc_strength(world, side, hex) for side in range(2)],
                [zone(world, side, hex) for side in range(2)],
            )
        )
    return entries


def holders_tomorrow(world: layout.World) -> list[int]:
    """Return who holds each hex after the night."""
    rule = world.rules[0]
    holders = [int(holder) for holder in world.holder]
    tomorrow = list(holders)
    for hex, holder in enumerate(holders):
        ground = world.hexes[hex]
        if (
            holder == codes.NEITHER
            or ground.terrain in (codes.SEA, codes.LAKE)
            or ground.place >= 0
            or stack(world, hex)
        ):
            continue
        if zone(world, holder, hex) >= rule.zone_felt_permille:
            continue
        around = [int(other) for other in world.neighbours[hex] if other >= 0]
        around = [other for other in around if world.hexes[other].terrain not in (codes.SEA, codes.LAKE)]
        taken = sum(holders[other] == 1 - holder for other in around)
        own_zone = zone(world, 1 - holder, hex)
        many = taken >= rule.spread_neighbours or taken == len(around) or (taken >= 4 and own_zone > 0)
        if taken and (many or own_zone >= rule.spread_zone_permille):
            tomorrow[hex] = 1 - holder
    return tomorrow
