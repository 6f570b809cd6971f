"""Unit level of the commander: where an attacker marches today, down the direct way or round what bars it."""

from sim.kernels.codes import FLAG_FORTRESS, REASON_BESIEGE, REASON_BYPASS
from sim.kernels.commander.assessment import enemy_beside, is_line_branch, is_rear_branch, way_is_barred
from sim.kernels.compiler.kernel import kernel
from sim.kernels.ground.flood import FOUND
from sim.kernels.movement.movement import can_stack, is_reached, reach, reach_again, stack_limit10, walk_back
from sim.kernels.movement.reach import reach_better
from sim.kernels.units.fuel import burns_fuel
from sim.kernels.units.power import unit_power

DIVISION10 = 10  # room of a division, tenths of one


@kernel
def choose_goal(world, scratch, unit, route, contact):
    """Return the hex to march to today, its own to stay: down the direct way first, then round what bars it."""
    row = world.units[unit]
    rule = world.rules[0]
    today = prudent_mp10(world, unit)
    if still_to_envelop(world, unit):
        reach(world, scratch, unit, horizon_mp10(rule, row))
        goal = step_to_detour(world, scratch, unit, today)
        if goal != row.hex:
            return goal
    goal = choose_step(world, scratch, unit, route, today, today)
    barred = goal == row.hex or way_is_barred(world, row.side, route, goal) >= 0
    if barred and (contact or not burns_fuel(row)) and finds_room(world, scratch, unit):
        direct = goal
        goal = choose_step(world, scratch, unit, route, today, horizon_mp10(rule, row))
        if goal != direct:
            explain_march(row, REASON_BYPASS)
    if goal == row.hex and not contact and is_line_branch(row.branch) and row.days_still > 0:
        choose_detour(world, scratch, unit, route)
        if row.detour >= 0:
            goal = step_to_detour(world, scratch, unit, today)
    return goal


@kernel
def finds_room(world, scratch, unit):
    """Return whether the unit could stop anywhere in the range that ``scratch`` holds but where it stands.

    Who cannot stays whatever lies beyond: two in three of those who wait in a column, so nobody looks for them.
    """
    for i in range(1, int(scratch.serial[FOUND])):
        if can_stack(world, unit, int(scratch.found[i])):
            return True
    return False


@kernel
def explain_march(row, reason):
    """Keep the reason for a march of its own; who besieges goes on saying so."""
    if row.reason != REASON_BESIEGE:
        row.reason = reason


@kernel
def prudent_mp10(world, unit):
    """Return the movement that the unit may use today and still have fuel to fight on."""
    row = world.units[unit]
    if not burns_fuel(row):
        return int(row.mp10)
    rule = world.rules[0]
    spare10 = max(0, int(row.fuel10) - int(rule.reserve_fuel10))
    weight = int(rule.fuel_terrain_permille[world.hexes[row.hex].terrain])
    return min(int(row.mp10), spare10 * int(rule.allowance_mp10[row.mobility]) * 100 // weight)


@kernel
def choose_step(world, scratch, unit, route, today, horizon):
    """Return the best place within ``horizon`` mp10, cut back to what ``today`` mp10 reach of the way there.

    A hex from which the direct way is barred by the enemy counts as a place to attack from, at the price of the days
    that the fight will take; a way round within the horizon is taken if it costs less than that.
    """
    row = world.units[unit]
    rule = world.rules[0]
    strength = max(1, unit_power(world, unit))
    best = row.hex
    best_score = place_score(world, unit, route, row.hex, 0, strength)
    if horizon > today:
        n = reach_better(world, scratch, unit, horizon, route, best_score)
    else:
        n = reach(world, scratch, unit, today)
    for i in range(1, n):
        hex = scratch.found[i]
        left = world.cost_to_go[route, hex]
        if left >= best_score:  # most hexes of a range: not even the division is worth it
            continue
        cost = scratch.cost[hex]
        if left + cost // rule.effort_parts >= best_score:  # before the dearer tests
            continue
        if cost <= today and not can_stack(world, unit, hex):
            continue
        if not fits_order_of_march(world, unit, hex):
            continue
        score = place_score(world, unit, route, hex, cost, strength)
        if score < best_score:
            best, best_score = hex, score
    if best == row.hex or scratch.cost[best] <= today:
        return best
    return last_stop_today(world, scratch, unit, best, today)


@kernel
def fits_order_of_march(world, unit, hex):
    """Return whether the unit belongs at ``hex``: guns not in front, and in close country room for the infantry."""
    row = world.units[unit]
    if enemy_beside(world, row.side, hex) == 0:
        return True
    layer = world.layers[hex]
    if is_rear_branch(row.branch):
        return layer.occupant == row.side
    if is_line_branch(row.branch):
        return True
    room10 = stack_limit10(world, hex)
    if room10 > world.rules[0].close_country10 or layer.stack10 + row.stack10 <= room10 - DIVISION10:
        return True
    return has_infantry(world, hex)


@kernel
def has_infantry(world, hex):
    """Return whether a division of infantry stands in the hex."""
    unit = world.layers[hex].first_unit
    while unit >= 0:
        if is_line_branch(world.units[unit].branch) and world.units[unit].stack10 >= DIVISION10:
            return True
        unit = world.units[unit].next_in_hex
    return False


@kernel
def place_score(world, unit, route, hex, cost, strength):
    """Return what is left from ``hex``: cost-to-go, a share of the way there, and the fight that waits, in mp10.

    The way there weighs little because mud makes it dear while the cost-to-go is that of dry ground.
    """
    row = world.units[unit]
    rule = world.rules[0]
    score = world.cost_to_go[route, hex] + cost // rule.effort_parts
    barrier = way_is_barred(world, row.side, route, hex)
    if barrier >= 0:
        if world.hexes[barrier].features & FLAG_FORTRESS and barrier != row.target:
            return score + rule.fortress_detour_mp10
        enemy = world.layers[barrier].power[1 - row.side]
        friends = strength + (world.layers[hex].power[row.side] if hex != row.hex else 0)
        score += min(int(rule.fight_detour_mp10), int(rule.fight_detour_mp10) * int(enemy) // (2 * int(friends)))
    return score


@kernel
def last_stop_today(world, scratch, unit, goal, today):
    """Return the farthest hex on the way to ``goal`` within today's movement that has room, or the unit's own."""
    n = walk_back(world, scratch, goal)
    stop = world.units[unit].hex
    for i in range(n):
        hex = scratch.path[i]
        if scratch.cost[hex] > today and (i > 0 or scratch.cost[hex] > today + world.units[unit].carry_mp10):
            break  # the first step may use the work of the days before
        if can_stack(world, unit, hex):
            stop = hex
    return stop


@kernel
def still_to_envelop(world, unit):
    """Return whether the unit is on its way to a hex from which the enemy barring the way can be attacked."""
    row = world.units[unit]
    if row.detour < 0:
        return False
    if row.detour == row.hex or enemy_beside(world, row.side, row.detour) == 0:
        row.detour = -1
    return row.detour >= 0


@kernel
def choose_detour(world, scratch, unit, route):
    """Set ``row.detour`` for a unit that waits behind others: a free hex beside an enemy who stands in the way."""
    row = world.units[unit]
    rule = world.rules[0]
    here = world.cost_to_go[route, row.hex]
    n = reach_again(world, scratch, unit, horizon_mp10(rule, row))
    for i in range(1, n):
        hex = scratch.found[i]
        if not can_stack(world, unit, hex) or enemy_ahead(world, row.side, route, hex, here) < 0:
            continue
        row.detour = hex
        return


@kernel
def enemy_ahead(world, side, route, hex, here):
    """Return an enemy-occupied hex beside ``hex`` that is nearer to the objective than ``here``, or -1."""
    for direction in range(6):
        near = world.neighbours[hex, direction]
        if near >= 0 and world.layers[near].occupant == 1 - side and world.cost_to_go[route, near] < here:
            return near
    return -1


@kernel
def step_to_detour(world, scratch, unit, today):
    """Return how far the unit comes today towards its detour, its own hex if its range leads no way there."""
    row = world.units[unit]
    if not is_reached(scratch, row.detour):
        row.detour = -1
        return row.hex
    return last_stop_today(world, scratch, unit, row.detour, today)


@kernel
def horizon_mp10(rule, row):
    """Return the march in mp10 that the unit looks ahead."""
    return int(row.mp10) + (int(rule.horizon_days[row.mobility]) - 1) * int(rule.allowance_mp10[row.mobility])
