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
    route_row,
    takes_orders,
)
from sim.kernels.compiler.kernel import kernel
from sim.kernels.movement.movement import can_stack, move_in_range, reach


@kernel
def defend_side(world, known, scratch, side):
    """Give every unit on a holding or withdrawing axis its order, by what the side knows; return how many moved."""
    moved = 0
    for u in range(len(world.units)):
        unit = world.units[u]
        if unit.side != side or not takes_orders(unit):
            continue
        if unit.axis >= 0 and is_offensive(world.axes[unit.axis].role):
            continue
        if is_paralysed(world, u):
            unit.reason = REASON_PARALYSED
            unit.posture = DEFEND
            continue
        if unit.axis < 0 or not can_march(unit):
            unit.reason = REASON_HOLD
            unit.posture = DEFEND
            continue
        choose_line(known, u)
        if go_to_line(world, known, scratch, u) > 0:
            moved += 1
    return moved


@kernel
def is_paralysed(world, u):
    """Return whether surprise leaves this formation without orders today.

    Formations above brigade get none; a part of them acts on a withdrawal order given before the attack.
    """
    unit = world.units[u]
    clock = world.clock[0]
    rule = world.rules[0]
    if clock.turn > world.sides[unit.side].surprised_until_turn or unit.stack10 < rule.surprise_stack10:
        return False
    if unit.axis < 0 or world.axes[unit.axis].role != ROLE_FALL_BACK:
        return True
    return not unit.withdrawal_ordered


@kernel
def choose_line(world, u):
    """Set ``unit.objective`` to the line that the unit should stand on today, and the reason.

    A line is given up on its date; unless the plan makes a stand there (a strongpoint behind the first line), earlier
    when the enemy before it is too strong, when an enemy is nearer to the next line than the unit, or when the line
    itself is lost. The last line is held.
    """
    unit = world.units[u]
    axis = world.axes[unit.axis]
    turn = world.clock[0].turn
    last = axis.first + axis.count - 1
    line = max(unit.objective, axis.first)
    reason = REASON_HOLD if axis.role != ROLE_FALL_BACK or line == axis.first else REASON_FALL_BACK
    while line < last:
        due = world.objectives[line + 1].due_turn
        if due > 0 and turn >= due:
            line += 1
            reason = REASON_FALL_BACK
        else:
            break
    stands = world.objectives[line].strongpoint and reason != REASON_HOLD  # a stand is held to its date
    if axis.role == ROLE_FALL_BACK and line < last and line == max(unit.objective, axis.first) and not stands:
        if is_too_strong(world, u) or is_outflanked(world, u, line + 1) or is_lost(world, u, line):
            line += 1
            reason = REASON_WITHDRAW
    unit.objective = line
    unit.target = world.objectives[line].hex
    unit.reason = reason
    unit.reason_a = world.objectives[line].place


@kernel
def is_too_strong(world, u):
    """Return whether the enemy beside the unit is beyond what it can face, by its axis's boldness."""
    unit = world.units[u]
    own = max(1, world.layers[unit.hex].power[unit.side])
    ratio = 1000 * int(enemy_beside(world, unit.side, unit.hex)) // int(own)
    boldness = int(world.axes[unit.axis].boldness_permille)
    return ratio >= int(world.rules[0].withdraw_ratio_permille) * (500 + boldness) // 1000


@kernel
def is_lost(world, u, line):
    """Return whether the enemy holds the line's hex or has cut the unit off."""
    unit = world.units[u]
    return world.holder[world.objectives[line].hex] == 1 - unit.side or unit.supply_state == ISOLATED


@kernel
def go_to_line(world, known, scratch, u):
    """March towards the unit's line, or take up the best position on it; return the hexes that it moved."""
    unit = world.units[u]
    rule = world.rules[0]
    objective = unit.objective
    row = route_row(world, unit, objective)
    here = world.cost_to_go[row, unit.hex]
    if world.objectives[objective].strongpoint and here > 0 and unit.reason == REASON_HOLD:
        unit.posture = standing_posture(world, unit)
        return 0
    if here <= rule.line_radius_mp10 or here >= BLOCKED or (is_post(world, unit) and here > rule.hold_reach_mp10):
        unit.posture = standing_posture(world, unit)
        return 0
    if unit.reason == REASON_HOLD and enemy_beside(known, unit.side, unit.hex) > 0:
        unit.posture = standing_posture(world, unit)  # in contact: hold where it stands
        return 0
    goal = line_step(known, scratch, u, row)
    if goal == unit.hex:
        unit.posture = standing_posture(world, unit)
        if unit.mp10 == 0 and is_motor(unit.mobility):
            unit.reason = REASON_WAIT_FUEL
        elif unit.reason == REASON_FALL_BACK:
            unit.reason = REASON_WAIT_ROAD
        return 0
    unit.posture = RETREAT
    return move_in_range(world, scratch, u, goal)


@kernel
def standing_posture(world, unit):
    """Return how the unit meets an attack where it stands: a screen and the lines before the last only delay."""
    axis = world.axes[unit.axis]
    if axis.role == ROLE_SCREEN:
        return DELAY
    last = axis.first + axis.count - 1
    gives_way = (
        axis.role == ROLE_FALL_BACK and unit.objective < last and not world.objectives[unit.objective].strongpoint
    )
    return DELAY if gives_way else DEFEND


@kernel
def is_post(world, unit):
    """Return whether the unit's axis holds a place rather than lines one behind the other."""
    return world.axes[unit.axis].role != ROLE_FALL_BACK


@kernel
def line_step(world, scratch, u, row):
    """Return the reachable hex that is nearest to the line; on the line itself, the one with the best ground."""
    unit = world.units[u]
    rule = world.rules[0]
    n = reach(world, scratch, u, np.int32(unit.mp10))
    best = unit.hex
    best_score = position_score(world, row, unit.hex)
    for i in range(1, n):
        hex = scratch.found[i]
        left = world.cost_to_go[row, hex]
        if left - rule.line_radius_mp10 >= best_score or not can_stack(world, u, hex):
            continue
        score = position_score(world, row, hex)
        if score < best_score:
            best, best_score = hex, score
    return best


@kernel
def position_score(world, row, hex):
    """Return how far ``hex`` is from the line in mp10, less what its ground and works are worth to a defender."""
    rule = world.rules[0]
    left = world.cost_to_go[row, hex]
    if left > rule.line_radius_mp10:
        return left
    terrain = world.hexes[hex].terrain
    ground = rule.terrain_defence_permille[terrain] + world.hexes[hex].fort_permille
    return left - rule.line_radius_mp10 * ground // 4000


@kernel
def stand_and_dig(world, side):
    """Set the posture of units that neither moved nor attacked today, so that they dig in."""
    for u in range(len(world.units)):
        unit = world.units[u]
        if (
            unit.side == side
            and takes_orders(unit)
            and unit.hexes_today == 0
            and unit.attacks_today == 0
            and unit.posture != DELAY
        ):
            unit.posture = DEFEND
