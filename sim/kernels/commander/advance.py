"""Unit level of the commander: how attackers move towards their objectives."""

import numpy as np

from sim.kernels.codes import (
    BLOCKED,
    FLAG_FORTRESS,
    MARCH,
    REASON_BESIEGE,
    REASON_BYPASS,
    REASON_ENVELOP,
    REASON_LEAD,
    REASON_ON_OBJECTIVE,
    REASON_REST,
    REASON_WAIT_FUEL,
    REASON_WAIT_ROAD,
)
from sim.kernels.commander.assessment import (
    can_march,
    enemy_beside,
    is_line_branch,
    is_offensive,
    is_rear_branch,
    route_row,
    takes_orders,
    way_is_barred,
)
from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.ground.flood import FOUND
from sim.kernels.movement.movement import (
    can_stack,
    is_reached,
    move_in_range,
    reach,
    reach_again,
    stack_limit10,
    walk_back,
)
from sim.kernels.movement.reach import reach_better
from sim.kernels.units.fuel import burns_fuel
from sim.kernels.units.power import unit_power

DIVISION10 = 10  # room of a division, tenths of one


@allocating_kernel
def advance_side(world, known, scratch, side):
    """Move every unit of ``side`` that has an objective, the foremost of each axis first so that roads clear.

    ``known`` is the world as the side knows it (``sight.as_known_to``).

    Returns
    -------
    int
        Units that moved.
    """
    n_units = len(world.units)
    keys = np.zeros(n_units, np.int64)
    n = 0
    for u in range(n_units):
        unit = world.units[u]
        if unit.side != side or not takes_orders(unit) or unit.mp10 <= 0 or not can_march(unit):
            continue
        if unit.objective < 0 or unit.axis < 0 or not is_offensive(world.axes[unit.axis].role):
            continue
        cost = world.cost_to_go[route_row(world, unit, unit.objective), unit.hex]
        keys[n] = np.int64(min(cost, BLOCKED)) * n_units + u
        n += 1
    order = np.sort(keys[:n])
    leaders = np.zeros(len(world.axes) + 1, np.int32)
    moved = 0
    for i in range(n):
        u = order[i] % n_units
        axis = world.units[u].axis
        leads = leaders[axis] < world.rules[0].detachment_units
        leaders[axis] += 1
        if advance_unit(world, known, scratch, u, leads) > 0:
            moved += 1
    return moved


@kernel
def advance_unit(world, known, scratch, u, leads):
    """Move one unit down the cost-to-go of its objective as far as today allows; return the hexes that it moved."""
    unit = world.units[u]
    rule = world.rules[0]
    row = route_row(world, unit, unit.objective)
    here = world.cost_to_go[row, unit.hex]
    if here == 0:
        unit.reason = REASON_ON_OBJECTIVE
        return 0
    if here >= BLOCKED:
        unit.reason = REASON_WAIT_ROAD
        return 0
    if burns_fuel(unit):
        floor = rule.lead_fuel10 if leads else min(rule.main_body_fuel10, unit.fuel_max10 // 2)
        if unit.fuel10 <= floor:
            unit.reason = REASON_WAIT_FUEL
            return 0
    contact = enemy_beside(known, unit.side, unit.hex)
    if contact == 0 and unit.fatigue_permille >= rule.rest_fatigue_permille:
        unit.reason = REASON_REST
        return 0
    goal = choose_goal(known, scratch, u, row, contact > 0)
    if goal == unit.hex:
        if contact == 0:
            unit.reason = REASON_WAIT_ROAD
        return 0
    if unit.detour >= 0:
        explain_march(unit, REASON_ENVELOP)
    elif leads and unit.reason != REASON_BYPASS:
        explain_march(unit, REASON_LEAD)
    unit.posture = MARCH
    return move_in_range(world, scratch, u, goal)


@kernel
def choose_goal(world, scratch, u, row, contact):
    """Return the hex to march to today, its own to stay: down the direct way first, then round what bars it."""
    unit = world.units[u]
    rule = world.rules[0]
    today = prudent_mp10(world, u)
    if still_to_envelop(world, u):
        reach(world, scratch, u, horizon_mp10(rule, unit))
        goal = step_to_detour(world, scratch, u, today)
        if goal != unit.hex:
            return goal
    goal = choose_step(world, scratch, u, row, today, today)
    barred = goal == unit.hex or way_is_barred(world, unit.side, row, goal) >= 0
    if barred and (contact or not burns_fuel(unit)) and finds_room(world, scratch, u):
        direct = goal
        goal = choose_step(world, scratch, u, row, today, horizon_mp10(rule, unit))
        if goal != direct:
            explain_march(unit, REASON_BYPASS)
    if goal == unit.hex and not contact and is_line_branch(unit.branch) and unit.days_still > 0:
        choose_detour(world, scratch, u, row)
        if unit.detour >= 0:
            goal = step_to_detour(world, scratch, u, today)
    return goal


@kernel
def finds_room(world, scratch, u):
    """Return whether the unit could stop anywhere in the range that ``scratch`` holds but where it stands.

    Who cannot stays whatever lies beyond: two in three of those who wait in a column, so nobody looks for them.
    """
    for i in range(1, int(scratch.serial[FOUND])):
        if can_stack(world, u, int(scratch.found[i])):
            return True
    return False


@kernel
def explain_march(unit, reason):
    """Keep the reason for a march of its own; who besieges goes on saying so."""
    if unit.reason != REASON_BESIEGE:
        unit.reason = reason


@kernel
def prudent_mp10(world, u):
    """Return the movement that the unit may use today and still have fuel to fight on."""
    unit = world.units[u]
    if not burns_fuel(unit):
        return int(unit.mp10)
    rule = world.rules[0]
    spare10 = max(0, int(unit.fuel10) - int(rule.reserve_fuel10))
    weight = int(rule.fuel_terrain_permille[world.hexes[unit.hex].terrain])
    return min(int(unit.mp10), spare10 * int(rule.allowance_mp10[unit.mobility]) * 100 // weight)


@kernel
def choose_step(world, scratch, u, row, today, horizon):
    """Return the best place within ``horizon`` mp10, cut back to what ``today`` mp10 reach of the way there.

    A hex from which the direct way is barred by the enemy counts as a place to attack from, at the price of the days
    that the fight will take; a way round within the horizon is taken if it costs less than that.
    """
    unit = world.units[u]
    rule = world.rules[0]
    strength = max(1, unit_power(world, u))
    best = unit.hex
    best_score = place_score(world, u, row, unit.hex, 0, strength)
    if horizon > today:
        n = reach_better(world, scratch, u, horizon, row, best_score)
    else:
        n = reach(world, scratch, u, today)
    for i in range(1, n):
        hex = scratch.found[i]
        left = world.cost_to_go[row, hex]
        if left >= best_score:  # most hexes of a range: not even the division is worth it
            continue
        cost = scratch.cost[hex]
        if left + cost // rule.effort_parts >= best_score:  # before the dearer tests
            continue
        if cost <= today and not can_stack(world, u, hex):
            continue
        if not fits_order_of_march(world, u, hex):
            continue
        score = place_score(world, u, row, hex, cost, strength)
        if score < best_score:
            best, best_score = hex, score
    if best == unit.hex or scratch.cost[best] <= today:
        return best
    return last_stop_today(world, scratch, u, best, today)


@kernel
def fits_order_of_march(world, u, hex):
    """Return whether the unit belongs at ``hex``: guns not in front, and in close country room for the infantry."""
    unit = world.units[u]
    if enemy_beside(world, unit.side, hex) == 0:
        return True
    layer = world.layers[hex]
    if is_rear_branch(unit.branch):
        return layer.occupant == unit.side
    if is_line_branch(unit.branch):
        return True
    room10 = stack_limit10(world, hex)
    if room10 > world.rules[0].close_country10 or layer.stack10 + unit.stack10 <= room10 - DIVISION10:
        return True
    return has_infantry(world, hex)


@kernel
def has_infantry(world, hex):
    """Return whether a division of infantry stands in the hex."""
    u = world.layers[hex].first_unit
    while u >= 0:
        if is_line_branch(world.units[u].branch) and world.units[u].stack10 >= DIVISION10:
            return True
        u = world.units[u].next_in_hex
    return False


@kernel
def place_score(world, u, row, hex, cost, strength):
    """Return what is left from ``hex``: cost-to-go, a share of the way there, and the fight that waits, in mp10.

    The way there weighs little because mud makes it dear while the cost-to-go is that of dry ground.
    """
    unit = world.units[u]
    rule = world.rules[0]
    score = world.cost_to_go[row, hex] + cost // rule.effort_parts
    barrier = way_is_barred(world, unit.side, row, hex)
    if barrier >= 0:
        if world.hexes[barrier].features & FLAG_FORTRESS and barrier != unit.target:
            return score + rule.fortress_detour_mp10
        enemy = world.layers[barrier].power[1 - unit.side]
        friends = strength + (world.layers[hex].power[unit.side] if hex != unit.hex else 0)
        score += min(int(rule.fight_detour_mp10), int(rule.fight_detour_mp10) * int(enemy) // (2 * int(friends)))
    return score


@kernel
def last_stop_today(world, scratch, u, goal, today):
    """Return the farthest hex on the way to ``goal`` within today's movement that has room, or the unit's own."""
    n = walk_back(world, scratch, goal)
    stop = world.units[u].hex
    for i in range(n):
        hex = scratch.path[i]
        if scratch.cost[hex] > today and (i > 0 or scratch.cost[hex] > today + world.units[u].carry_mp10):
            break  # the first step may use the work of the days before
        if can_stack(world, u, hex):
            stop = hex
    return stop


@kernel
def still_to_envelop(world, u):
    """Return whether the unit is on its way to a hex from which the enemy barring the way can be attacked."""
    unit = world.units[u]
    if unit.detour < 0:
        return False
    if unit.detour == unit.hex or enemy_beside(world, unit.side, unit.detour) == 0:
        unit.detour = -1
    return unit.detour >= 0


@kernel
def choose_detour(world, scratch, u, row):
    """Set ``unit.detour`` for a unit that waits behind others: a free hex beside an enemy who stands in the way."""
    unit = world.units[u]
    rule = world.rules[0]
    here = world.cost_to_go[row, unit.hex]
    n = reach_again(world, scratch, u, horizon_mp10(rule, unit))
    for i in range(1, n):
        hex = scratch.found[i]
        if not can_stack(world, u, hex) or enemy_ahead(world, unit.side, row, hex, here) < 0:
            continue
        unit.detour = hex
        return


@kernel
def enemy_ahead(world, side, row, hex, here):
    """Return an enemy-occupied hex beside ``hex`` that is nearer to the objective than ``here``, or -1."""
    for direction in range(6):
        near = world.neighbours[hex, direction]
        if near >= 0 and world.layers[near].occupant == 1 - side and world.cost_to_go[row, near] < here:
            return near
    return -1


@kernel
def step_to_detour(world, scratch, u, today):
    """Return how far the unit comes today towards its detour, its own hex if its range leads no way there."""
    unit = world.units[u]
    if not is_reached(scratch, unit.detour):
        unit.detour = -1
        return unit.hex
    return last_stop_today(world, scratch, u, unit.detour, today)


@kernel
def horizon_mp10(rule, unit):
    """Return the march in mp10 that the unit looks ahead."""
    return int(unit.mp10) + (int(rule.horizon_days[unit.mobility]) - 1) * int(rule.allowance_mp10[unit.mobility])
