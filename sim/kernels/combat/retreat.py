"""Retreat, rout and the end of units: where the beaten go, and what becomes of those who cannot."""

from sim.kernels.codes import (
    EVENT_RETREAT,
    EVENT_SHATTERED,
    EVENT_SURRENDER,
    RETREAT,
    SHATTERED,
    STATIC,
    SURRENDERED,
)
from sim.kernels.compiler.kernel import kernel
from sim.kernels.control.ownership import occupy
from sim.kernels.control.stacks import lift_unit, place_unit, update_unit_layers
from sim.kernels.events import log_event
from sim.kernels.units.losses import (
    DRAW_PURSUIT,
    DRAW_PURSUIT_CAPTURED,
    DRAW_PURSUIT_GUNS,
    DRAW_PURSUIT_KILLED,
    abandon_wrecks,
    battle_draw,
    lose_captured,
    lose_cohesion,
    lose_deserted,
    lose_equipment,
    lose_guns,
    lose_men,
    lot,
)
from sim.kernels.units.stacking import can_stack

NO_HEX = -1


@kernel
def can_cross(world, unit, hex, direction):
    """Say whether the ground lets a unit step from a hex in a direction, whoever is there."""
    row = world.units[unit]
    if row.mobility == STATIC:
        return False
    ground = world.clock[0].ground[world.hexes[hex].region]
    return world.step_cost[ground, row.mobility, hex, direction] >= 0


@kernel
def is_way_back(world, unit, hex, direction):
    """Say whether a unit can fall back from a hex in a direction: passable, free of the enemy, room in the stack."""
    target = int(world.neighbours[hex, direction])
    if target < 0 or not can_cross(world, unit, hex, direction):
        return False
    enemy = 1 - world.units[unit].side
    if world.layers[target].occupant == enemy:
        return False
    if world.holder[target] == enemy and world.hexes[target].place >= 0:
        return False  # nobody retakes a town by running away
    return can_stack(world, unit, target)


@kernel
def enemies_beside(world, hex, side):
    """Return how many neighbours of a hex the enemy of ``side`` stands in."""
    count = 0
    for direction in range(6):
        neighbour = int(world.neighbours[hex, direction])
        if neighbour >= 0 and world.layers[neighbour].occupant == 1 - side:
            count += 1
    return count


@kernel
def retreat_weight(world, unit, target):
    """Return how unwelcome a hex is to fall back to: far from supply, in enemy zones, among the enemy."""
    rule = world.rules[0]
    side = int(world.units[unit].side)
    layer = world.layers[target]
    weight = min(int(world.supply_cost[side, target]), int(rule.retreat_far_weight10))
    if layer.zone[1 - side] > 0 and layer.occupant != side:
        weight += int(rule.retreat_zone_weight10)
    return weight + int(rule.retreat_enemy_weight10) * enemies_beside(world, target, side)


@kernel
def retreat_hex(world, unit, hex, avoid):
    """Return the best neighbour to fall back to, NO_HEX if there is none; never ``avoid``."""
    best, best_weight = NO_HEX, 0
    for direction in range(6):
        target = int(world.neighbours[hex, direction])
        if target == avoid or not is_way_back(world, unit, hex, direction):
            continue
        weight = retreat_weight(world, unit, target)
        if best == NO_HEX or weight < best_weight:
            best, best_weight = target, weight
    return best


@kernel
def pursue(rule, clock, row, unit, rate_permille, target_hex, battle):
    """Take the losses of a pursuit: prisoners by their share, casualties otherwise."""
    number = lot(row.men * rate_permille / 1000.0, battle_draw(clock, unit, target_hex, battle, DRAW_PURSUIT))
    captured_draw = battle_draw(clock, unit, target_hex, battle, DRAW_PURSUIT_CAPTURED)
    captured = min(lot(number * rule.pursuit_captured_permille[row.nation] / 1000.0, captured_draw), number)
    killed_draw = battle_draw(clock, unit, target_hex, battle, DRAW_PURSUIT_KILLED)
    lose_men(row, number - captured, rule.killed_permille[row.nation], killed_draw)
    lose_captured(row, captured)


@kernel
def fall_back(world, unit, n_hexes, is_rout, battle):
    """Move a beaten unit back; return the hexes moved, 0 if every way is closed.

    ``is_rout`` is 0 or 1. The unit leaves wrecks and some guns behind and pays for enemy zones on its way.
    """
    rule = world.rules[0]
    row = world.units[unit]
    clock = world.clock[0]
    start = int(row.hex)
    moved = 0
    zones = 0
    while moved < n_hexes:
        here = int(row.hex)
        target = retreat_hex(world, unit, here, start)
        if target == NO_HEX:
            break
        if world.layers[target].zone[1 - row.side] > 0 and world.layers[target].occupant != row.side:
            zones += 1
        lift_unit(world, unit)
        if world.holder[target] != row.side:
            occupy(world, unit, target)
        place_unit(world, unit, target)
        moved += 1
    if moved == 0:
        return 0
    rate = rule.rout_loss_permille if is_rout else rule.retreat_loss_permille
    pursue(rule, clock, row, unit, rate + zones * rule.zone_loss_permille, start, battle)
    gun_rate = rule.rout_gun_loss_permille if is_rout else rule.retreat_gun_loss_permille
    gun_draw = battle_draw(clock, unit, start, battle, DRAW_PURSUIT_GUNS)
    lose_guns(row, lot(row.guns * gun_rate / 1000.0, gun_draw))
    lose_cohesion(row, rule.rout_cohesion_permille if is_rout else rule.retreat_cohesion_permille)
    abandon_wrecks(row, rule.abandoned_permille)
    row.entrench_permille = 0
    row.days_still = 0
    if is_rout:
        row.posture = RETREAT
    update_unit_layers(world, unit)
    log_event(world, EVENT_RETREAT, unit, -1, start, int(row.hex), moved)
    return moved


@kernel
def strike_off(world, unit, status, captured_permille, killed_permille):
    """Take a unit out of the campaign: its men are captured or killed by their shares, the others make off."""
    row = world.units[unit]
    men = int(row.men)
    lose_captured(row, men * captured_permille // 1000)
    lose_men(row, men * killed_permille // 1000, 1000, 0.0)
    lose_deserted(row, row.men)
    lose_equipment(row)
    if row.hex >= 0:
        lift_unit(world, unit)
    row.hex = -1
    row.status = status
    return men


@kernel
def shatter(world, unit):
    """End a unit that is beaten beyond rallying."""
    rule = world.rules[0]
    row = world.units[unit]
    hex = int(row.hex)
    nation = int(row.nation)
    men = strike_off(world, unit, SHATTERED, rule.end_captured_permille[nation], rule.end_killed_permille[nation])
    log_event(world, EVENT_SHATTERED, unit, -1, hex, men, 0)


@kernel
def lay_down_arms(world, unit):
    """Let a unit surrender; a share dies first."""
    row = world.units[unit]
    hex = int(row.hex)
    killed_permille = world.rules[0].surrender_killed_permille[row.nation]
    men = strike_off(world, unit, SURRENDERED, 1000 - killed_permille, killed_permille)
    log_event(world, EVENT_SURRENDER, unit, -1, hex, men, 0)
