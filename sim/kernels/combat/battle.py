"""A battle from start to end: several attackers against every unit of a hex.

The ratio of powers (``odds``) with a day's luck decides losses and outcome; ``losses`` and ``armour`` take men, guns
and tanks; ``retreat`` moves the beaten; ``siege`` deals with fortresses. Then the winner may step in.
"""

import numpy as np

from sim.kernels.codes import (
    ACTIVE,
    DELAY,
    EVENT_BATTLE,
    RESULT_HELD,
    RESULT_REPULSED,
    RESULT_RETREAT,
    RESULT_ROUT,
    RESULT_SHATTERED,
    RESULT_SURRENDER,
    RETREAT,
)
from sim.kernels.combat.dispersal import meet_enemy
from sim.kernels.combat.loss_rates import Fight, settle_losses
from sim.kernels.combat.odds import battle_ratio, can_assault, explain_battle, new_battle, ratio_permille, tally_battle
from sim.kernels.combat.retreat import can_cross, fall_back, lay_down_arms, shatter
from sim.kernels.combat.siege import break_works, garrison_falls, is_garrison, works_hold
from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.control.ownership import occupy
from sim.kernels.control.stacks import lift_unit, place_unit, update_unit_layers
from sim.kernels.events import log_event
from sim.kernels.ground.hexes import direction_to
from sim.kernels.units.ammunition import spend_ammunition
from sim.kernels.units.fuel import spend_fuel
from sim.kernels.units.losses import DRAW_LUCK_A, DRAW_LUCK_B, add_fatigue, battle_draw, lose_cohesion, spread
from sim.kernels.units.power import unit_power
from sim.kernels.units.stacking import can_stack

__all__ = ["battle_ratio", "explain_battle", "resolve_attack", "unit_power"]
MAX_STACK = 64


@kernel
def stack_of(world, hex, out_units):
    """List the units of a hex; return how many."""
    n = 0
    unit = int(world.layers[hex].first_unit)
    while unit >= 0 and n < out_units.shape[0]:
        out_units[n] = unit
        n += 1
        unit = int(world.units[unit].next_in_hex)
    return n


@kernel
def pick_assaulting(world, target_hex, attackers, n, out_units):
    """List those of the attackers that can assault the hex; return how many."""
    count = 0
    for index in range(n):
        if count < out_units.shape[0] and can_assault(world, int(attackers[index]), target_hex):
            out_units[count] = int(attackers[index])
            count += 1
    return count


@kernel
def spend_battle(world, unit, posture, is_attacker):
    """Charge a unit with the ammunition, fatigue and, if it attacked (1, else 0), the movement of a battle."""
    rule = world.rules[0]
    row = world.units[unit]
    spend_ammunition(world, unit, rule.attack_ammo10[posture])
    add_fatigue(row, rule.battle_fatigue_permille[posture])
    if is_attacker:
        row.mp10 = max(0, row.mp10 - rule.attack_mp10[posture])
        row.attacks_today += 1
        row.days_still = 0
        row.entrench_permille = 0
        row.posture = posture


@kernel
def outcome_of(rule, ratio_now_permille, defence_posture):
    """Return the outcome of a field battle at these odds, luck included."""
    if ratio_now_permille < rule.held_ratio_permille and defence_posture != RETREAT:
        return RESULT_REPULSED
    if ratio_now_permille < rule.retreat_ratio_permille[defence_posture]:
        return RESULT_HELD
    if ratio_now_permille >= rule.shatter_ratio_permille and defence_posture != DELAY:
        return RESULT_SHATTERED
    if ratio_now_permille >= rule.rout_ratio_permille and defence_posture != DELAY and defence_posture != RETREAT:
        return RESULT_ROUT
    return RESULT_RETREAT


@kernel
def is_spent(rule, row):
    """Say whether a beaten unit is too small or too shaken to go on."""
    few = row.men * 1000 < row.men_start * rule.shatter_men_permille
    return few or row.cohesion_permille < rule.shatter_cohesion_permille


@kernel
def garrison_is_spent(rule, row, ground):
    """Say whether a garrison is too small for its works, or too small or shaken once they are broken."""
    if row.men * 1000 < row.men_start * rule.garrison_men_permille:
        return True
    return is_spent(rule, row) and not works_hold(rule, ground)


@kernel
def beat_unit(world, unit, outcome, ratio_now_permille, number):
    """Move or end one defender of a lost field battle; return what became of it as a RESULT code."""
    rule = world.rules[0]
    if outcome == RESULT_SHATTERED or is_spent(rule, world.units[unit]):
        shatter(world, unit)
        return RESULT_SHATTERED
    is_rout = 1 if outcome == RESULT_ROUT else 0
    hexes_back = int(rule.rout_hexes) if is_rout else int(rule.retreat_hexes)
    if fall_back(world, unit, hexes_back, is_rout, number) > 0:
        if is_spent(rule, world.units[unit]):
            shatter(world, unit)
            return RESULT_SHATTERED
        return outcome
    if ratio_now_permille >= rule.trapped_ratio_permille:
        lay_down_arms(world, unit)
        return RESULT_SURRENDER
    lose_cohesion(world.units[unit], rule.rout_cohesion_permille)
    return RESULT_HELD


@kernel
def settle_outcome(world, target_hex, defenders, n_defenders, ratio_now_permille, number):
    """Deal with every defender after the losses; return the outcome of the battle."""
    rule = world.rules[0]
    result = RESULT_REPULSED
    if ratio_now_permille >= world.rules[0].held_ratio_permille:
        result = RESULT_HELD
    falls = garrison_falls(world, target_hex, ratio_now_permille / 1000.0, number)
    for index in range(n_defenders):
        unit = defenders[index]
        row = world.units[unit]
        if row.status != ACTIVE:
            continue
        if row.men <= 0:
            shatter(world, unit)
            result = max(result, RESULT_SHATTERED)
        elif is_garrison(row, world.hexes[target_hex]):
            if falls or garrison_is_spent(rule, row, world.hexes[target_hex]):
                lay_down_arms(world, unit)
                result = max(result, RESULT_SURRENDER)
        else:
            outcome = outcome_of(rule, ratio_now_permille, int(row.posture))
            if outcome >= RESULT_RETREAT:
                outcome = beat_unit(world, unit, outcome, ratio_now_permille, number)
            result = max(result, outcome)
    return result


@kernel
def step_in(world, target_hex, fighters, n):
    """Let the strongest attacker that can enter the emptied hex do so; return it, or -1."""
    if world.layers[target_hex].first_unit >= 0:
        return -1
    best, best_power = -1, -1
    for index in range(n):
        unit = fighters[index]
        row = world.units[unit]
        if row.status != ACTIVE or row.hex < 0 or not can_stack(world, unit, target_hex):
            continue
        direction = direction_to(world, int(row.hex), target_hex)
        if direction < 0 or not can_cross(world, unit, int(row.hex), direction):
            continue
        power = unit_power(world, unit)
        if power > best_power:
            best, best_power = unit, power
    if best >= 0:
        enter(world, int(best), target_hex)
    return best


@kernel
def enter(world, unit, target_hex):
    """Move a winner into the hex that it took, paying what movement it has left for the step."""
    row = world.units[unit]
    direction = direction_to(world, int(row.hex), target_hex)
    ground = world.clock[0].ground[world.hexes[row.hex].region]
    cost = min(int(world.step_cost[ground, row.mobility, row.hex, direction]), int(row.mp10))
    lift_unit(world, unit)
    place_unit(world, unit, target_hex)
    row.mp10 -= cost
    row.hexes_today += 1
    spend_fuel(world, unit, cost)
    occupy(world, unit, target_hex)


@allocating_kernel
def meet_stack(world, target_hex):
    """Let puppet units of an attacked stack run before the fight."""
    units = np.empty(MAX_STACK, np.int64)
    n = stack_of(world, target_hex, units)
    for index in range(n):
        meet_enemy(world, units[index])


@allocating_kernel
def resolve_attack(world, scratch, target_hex, attackers, n, posture):
    """Fight one battle for a hex and carry out everything that follows from it.

    Parameters
    ----------
    target_hex : int
    attackers : (>= n,) int32
        Units beside the hex; those that cannot assault it are passed over, and guns support of their own accord.
    n : int
    posture : int
        HASTY, PREPARED or SIEGE.

    Returns
    -------
    int
        One of ``RESULT_*``; RESULT_REPULSED also if nobody could attack.
    """
    fighters = np.empty(MAX_STACK, np.int64)
    n_fighters = pick_assaulting(world, target_hex, attackers, n, fighters)
    if n_fighters == 0:
        return RESULT_REPULSED
    lead = fighters[0]
    meet_stack(world, target_hex)
    defenders = np.empty(MAX_STACK, np.int64)
    n_defenders = stack_of(world, target_hex, defenders)
    if n_defenders == 0:
        step_in(world, target_hex, fighters, n_fighters)
        return RESULT_SHATTERED
    battle = new_battle()
    tally_battle(world, target_hex, fighters, n_fighters, posture, battle)
    ratio = ratio_permille(battle)
    number = int(world.battles_today[target_hex])
    world.battles_today[target_hex] += 1
    luck = spread(
        battle_draw(world.clock[0], target_hex, target_hex, number, DRAW_LUCK_A),
        battle_draw(world.clock[0], target_hex, target_hex, number, DRAW_LUCK_B),
        world.rules[0].luck_spread_permille,
    )
    ratio_now = ratio * luck / 1000.0
    first = defenders[0]
    fight = Fight(target_hex, number, posture, int(world.units[first].posture))
    settle_losses(world, fight, fighters[:n_fighters], defenders[:n_defenders], ratio_now, battle)
    for index in range(n_fighters):
        spend_battle(world, fighters[index], posture, 1)
    for index in range(n_defenders):
        spend_battle(world, defenders[index], int(world.units[defenders[index]].posture), 0)
    for index in range(battle.count[0]):
        spend_support(world, int(battle.gunners[0, index]), posture)
    for index in range(battle.count[1]):
        spend_ammunition(world, int(battle.gunners[1, index]), world.rules[0].attack_ammo10[posture])
    if number == 0 and world.hexes[target_hex].fort_permille > 0:
        break_works(world, target_hex, number, battle.own)
    event = world.clock[0].n_events
    log_event(world, EVENT_BATTLE, lead, first, target_hex, ratio, RESULT_HELD)
    result = settle_outcome(world, target_hex, defenders, n_defenders, int(ratio_now * 1000.0), number)
    if event < world.events.shape[0]:
        world.events[event].b = result
    refresh_strengths(world, fighters, n_fighters)
    refresh_strengths(world, defenders, n_defenders)
    step_in(world, target_hex, fighters, n_fighters)
    return result


@kernel
def spend_support(world, unit, posture):
    """Charge a gun unit with one support of an attack."""
    spend_ammunition(world, unit, world.rules[0].attack_ammo10[posture])
    world.units[unit].attacks_today += 1


@kernel
def refresh_strengths(world, units, n):
    """Bring the layers up to date with the losses of units still on the map."""
    for index in range(n):
        if world.units[units[index]].hex >= 0:
            update_unit_layers(world, units[index])
