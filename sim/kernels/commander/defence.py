"""Unit level of the commander: how defenders hold, delay and fall back."""

import numpy as np

from sim.kernels.codes import (
    BLOCKED,
    DEFEND,
    DELAY,
    ISOLATED,
    REASON_FALL_BACK,
    REASON_HOLD,
    REASON_PARALYSED,
    REASON_WAIT_FUEL,
    REASON_WAIT_ROAD,
    REASON_WITHDRAW,
    RETREAT,
    ROLE_FALL_BACK,
    ROLE_SCREEN,
)
from sim.kernels.commander.assessment import (
    can_march,
    enemy_beside,
    is_motor,
    is_offensive,
    is_outflanked,
    route_of,
    takes_orders,
)
from sim.kernels.compiler.kernel import kernel
from sim.kernels.movement.movement import can_stack, move_in_range, reach


@kernel
def defend_side(world, known, scratch, side):
    """Give every unit on a holding or withdrawing axis its order, by what the side knows; return how many moved."""
    moved = 0
    for unit in range(len(world.units)):
        row = world.units[unit]
        if row.side != side or not takes_orders(row):
            continue
        if row.axis >= 0 and is_offensive(world.axes[row.axis].role):
            continue
        if is_paralysed(world, unit):
            row.reason = REASON_PARALYSED
            row.posture = DEFEND
            continue
        if row.axis < 0 or not can_march(row):
            row.reason = REASON_HOLD
            row.posture = DEFEND
            continue
        choose_line(known, unit)
        if go_to_line(world, known, scratch, unit) > 0:
            moved += 1
    return moved


@kernel
def is_paralysed(world, unit):
    """Return whether surprise leaves this formation without orders today.

    Formations above brigade get none; a part of them acts on a withdrawal order given before the attack.
    """
    row = world.units[unit]
    clock = world.clock[0]
    rule = world.rules[0]
    if clock.turn > world.sides[row.side].surprised_until_turn or row.stack10 < rule.surprise_stack10:
        return False
    if row.axis < 0 or world.axes[row.axis].role != ROLE_FALL_BACK:
        return True
    return not row.withdrawal_ordered


@kernel
def choose_line(world, unit):
    """Set ``row.objective`` to the line that the unit should stand on today, and the reason.

    A line is given up on its date; unless the plan makes a stand there (a strongpoint behind the first line), earlier
    when the enemy before it is too strong, when an enemy is nearer to the next line than the unit, or when the line
    itself is lost. The last line is held.
    """
    row = world.units[unit]
    axis = world.axes[row.axis]
    turn = world.clock[0].turn
    last = axis.first + axis.count - 1
    line = max(row.objective, axis.first)
    reason = REASON_HOLD if axis.role != ROLE_FALL_BACK or line == axis.first else REASON_FALL_BACK
    while line < last:
        due = world.objectives[line + 1].due_turn
        if due > 0 and turn >= due:
            line += 1
            reason = REASON_FALL_BACK
        else:
            break
    stands = world.objectives[line].strongpoint and reason != REASON_HOLD  # a stand is held to its date
    if axis.role == ROLE_FALL_BACK and line < last and line == max(row.objective, axis.first) and not stands:
        if is_too_strong(world, unit) or is_outflanked(world, unit, line + 1) or is_lost(world, unit, line):
            line += 1
            reason = REASON_WITHDRAW
    row.objective = line
    row.target = world.objectives[line].hex
    row.reason = reason
    row.reason_a = world.objectives[line].place


@kernel
def is_too_strong(world, unit):
    """Return whether the enemy beside the unit is beyond what it can face, by its axis's boldness."""
    row = world.units[unit]
    own = max(1, world.layers[row.hex].power[row.side])
    ratio = 1000 * int(enemy_beside(world, row.side, row.hex)) // int(own)
    boldness = int(world.axes[row.axis].boldness_permille)
    return ratio >= int(world.rules[0].withdraw_ratio_permille) * (500 + boldness) // 1000


@kernel
def is_lost(world, unit, line):
    """Return whether the enemy holds the line's hex or has cut the unit off."""
    row = world.units[unit]
    return world.holder[world.objectives[line].hex] == 1 - row.side or row.supply_state == ISOLATED


@kernel
def go_to_line(world, known, scratch, unit):
    """March towards the unit's line, or take up the best position on it; return the hexes that it moved."""
    row = world.units[unit]
    rule = world.rules[0]
    objective = row.objective
    route = route_of(world, row, objective)
    here = world.cost_to_go[route, row.hex]
    if world.objectives[objective].strongpoint and here > 0 and row.reason == REASON_HOLD:
        row.posture = standing_posture(world, row)
        return 0
    if here <= rule.line_radius_mp10 or here >= BLOCKED or (is_post(world, row) and here > rule.hold_reach_mp10):
        row.posture = standing_posture(world, row)
        return 0
    if row.reason == REASON_HOLD and enemy_beside(known, row.side, row.hex) > 0:
        row.posture = standing_posture(world, row)  # in contact: hold where it stands
        return 0
    goal = line_step(known, scratch, unit, route)
    if goal == row.hex:
        row.posture = standing_posture(world, row)
        if row.mp10 == 0 and is_motor(row.mobility):
            row.reason = REASON_WAIT_FUEL
        elif row.reason == REASON_FALL_BACK:
            row.reason = REASON_WAIT_ROAD
        return 0
    row.posture = RETREAT
    return move_in_range(world, scratch, unit, goal)


@kernel
def standing_posture(world, row):
    """Return how the unit meets an attack where it stands: a screen and the lines before the last only delay."""
    axis = world.axes[row.axis]
    if axis.role == ROLE_SCREEN:
        return DELAY
    last = axis.first + axis.count - 1
    gives_way = axis.role == ROLE_FALL_BACK and row.objective < last and not world.objectives[row.objective].strongpoint
    return DELAY if gives_way else DEFEND


@kernel
def is_post(world, row):
    """Return whether the unit's axis holds a place rather than lines one behind the other."""
    return world.axes[row.axis].role != ROLE_FALL_BACK


@kernel
def line_step(world, scratch, unit, route):
    """Return the reachable hex that is nearest to the line; on the line itself, the one with the best ground."""
    row = world.units[unit]
    rule = world.rules[0]
    n = reach(world, scratch, unit, np.int32(row.mp10))
    best = row.hex
    best_score = position_score(world, route, row.hex)
    for i in range(1, n):
        hex = scratch.found[i]
        left = world.cost_to_go[route, hex]
        if left - rule.line_radius_mp10 >= best_score or not can_stack(world, unit, hex):
            continue
        score = position_score(world, route, hex)
        if score < best_score:
            best, best_score = hex, score
    return best


@kernel
def position_score(world, route, hex):
    """Return how far ``hex`` is from the line in mp10, less what its ground and works are worth to a defender."""
    rule = world.rules[0]
    left = world.cost_to_go[route, hex]
    if left > rule.line_radius_mp10:
        return left
    terrain = world.hexes[hex].terrain
    ground = rule.terrain_defence_permille[terrain] + world.hexes[hex].fort_permille
    return left - rule.line_radius_mp10 * ground // 4000


@kernel
def stand_and_dig(world, side):
    """Set the posture of units that neither moved nor attacked today, so that they dig in."""
    for unit in range(len(world.units)):
        row = world.units[unit]
        if (
            row.side == side
            and takes_orders(row)
            and row.hexes_today == 0
            and row.attacks_today == 0
            and row.posture != DELAY
        ):
            row.posture = DEFEND
