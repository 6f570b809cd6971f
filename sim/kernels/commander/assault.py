"""Unit level of the commander: which attacks are made, and by whom together."""

import numpy as np

from sim.kernels.codes import (
    FLAG_FORTRESS,
    HASTY,
    IN_SUPPLY,
    ISOLATED,
    PREPARED,
    REASON_ATTACK,
    REASON_BESIEGE,
    REASON_COUNTER_ATTACK,
    RETREAT,
    SIEGE,
)
from sim.kernels.combat.battle import battle_ratio, resolve_attack
from sim.kernels.commander.assessment import is_offensive, is_on_map, is_rear_branch, is_released, takes_orders, to_go
from sim.kernels.commander.defence import is_paralysed
from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.units.power import unit_power

MAX_ATTACKERS = 24


@kernel
def may_attack(world, unit, posture):
    """Return whether the unit has the movement, ammunition and leave to attack in this posture today."""
    row = world.units[unit]
    return (
        takes_orders(row)
        and row.attacks_today == 0
        and row.mp10 >= world.rules[0].attack_mp10[posture]
        and row.ammo10 > 0
        and row.supply_state != ISOLATED
        and not is_paralysed(world, unit)
        and row.posture != RETREAT
        and not is_rear_branch(row.branch)
        and is_released(world, row)
    )


@kernel
def list_targets(world, scratch, side):
    """Write the enemy-occupied hexes beside units of ``side`` into ``scratch.unit_lists[1]``; return how many."""
    n = 0
    for unit in range(len(world.units)):
        row = world.units[unit]
        if row.side != side or not is_on_map(row) or row.attacks_today > 0:
            continue
        for direction in range(6):
            near = world.neighbours[row.hex, direction]
            if near < 0 or world.layers[near].occupant != 1 - side:
                continue
            listed = False
            for i in range(n):
                if scratch.unit_lists[1, i] == near:
                    listed = True
            if not listed and n < scratch.unit_lists.shape[1]:
                scratch.unit_lists[1, n] = near
                n += 1
    return n


@kernel
def has_works(world, hex):
    """Return whether the hex is a fortress whose works are not broken yet."""
    return world.hexes[hex].features & FLAG_FORTRESS != 0 and world.hexes[hex].fort_permille > 0


@kernel
def list_beside(world, scratch, side, target):
    """Write the units of ``side`` beside ``target`` into ``scratch.unit_lists[3]``, stack by stack; return how many."""
    n = 0
    for direction in range(6):
        near = world.neighbours[target, direction]
        if near < 0 or world.layers[near].occupant != side:
            continue
        unit = world.layers[near].first_unit
        while unit >= 0:
            scratch.unit_lists[3, n] = unit
            n += 1
            unit = world.units[unit].next_in_hex
    return n


@kernel
def battle_posture(world, scratch, n_beside, target):
    """Return the posture of an attack on ``target``: a siege against works, prepared if all stood ready, else hasty.

    ``scratch.unit_lists[3, :n_beside]`` holds the units beside it, as for ``gather_attackers``.
    """
    if has_works(world, target):
        return SIEGE
    for i in range(n_beside):
        if world.units[scratch.unit_lists[3, i]].hexes_today > 0:
            return HASTY
    return PREPARED


@allocating_kernel
def gather_attackers(world, scratch, n_beside, target, posture):
    """Write the units that would attack ``target`` into ``scratch.unit_lists[2]``, strongest first; return how many.

    Gathering stops when the expected ratio is more than enough, so that the others stay free.
    """
    powers = np.zeros(MAX_ATTACKERS, np.int64)
    n = 0
    for k in range(n_beside):
        unit = scratch.unit_lists[3, k]
        if n < MAX_ATTACKERS and may_attack(world, unit, posture) and is_worth_it(world, unit, target):
            power = unit_power(world, unit)
            i = n
            while i > 0 and powers[i - 1] < power:  # insertion keeps the order of equal ones
                powers[i] = powers[i - 1]
                scratch.unit_lists[2, i] = scratch.unit_lists[2, i - 1]
                i -= 1
            powers[i] = power
            scratch.unit_lists[2, i] = unit
            n += 1
    enough = world.rules[0].enough_ratio_permille
    for used in range(1, n):
        if battle_ratio(world, target, scratch.unit_lists[2], used, posture) >= enough:
            return used
    return n


@kernel
def plan_attack(world, scratch, side, target):
    """Return posture, number of attackers (in ``scratch.unit_lists[2]``) and power ratio of an attack by ``side``."""
    n_beside = list_beside(world, scratch, side, target)
    posture = battle_posture(world, scratch, n_beside, target)
    n = gather_attackers(world, scratch, n_beside, target, posture)
    ratio = battle_ratio(world, target, scratch.unit_lists[2], n, posture) if n > 0 else 0
    return posture, n, ratio


@kernel
def is_worth_it(world, unit, target):
    """Return whether the fight serves the unit: its objective, an enemy before it, or a threat to its side."""
    row = world.units[unit]
    if row.objective < 0 or row.target == target:
        return True
    if row.reason == REASON_BESIEGE:
        return False
    if has_works(world, target):  # a siege is the second echelon's, unless there is no way round
        ahead = to_go(world, row, row.objective, target) <= to_go(world, row, row.objective, row.hex)
        return ahead and row.days_still >= world.rules[0].siege_join_days
    return True


@kernel
def needed_ratio(world, scratch, n, posture):
    """Return the power ratio in permille that the boldest of the gathered units wants before it attacks.

    An attack that has waited for days for better odds is made at worse ones, down to a floor: others wait behind it.
    """
    rule = world.rules[0]
    boldness = 0
    waited = 0
    for i in range(n):
        row = world.units[scratch.unit_lists[2, i]]
        boldness = max(boldness, world.axes[row.axis].boldness_permille if row.axis >= 0 else 500)
        waited = max(waited, row.days_still)
    swing = int(rule.boldness_swing_permille) * (500 - int(boldness)) // 500
    wanted = int(rule.attack_ratio_permille[posture]) * (1000 + swing) // 1000
    patience = 1000 - int(rule.impatience_permille) * max(0, int(waited) - 1)
    return min(wanted, max(wanted * patience // 1000, int(rule.desperate_ratio_permille)))


@allocating_kernel
def assault_side(world, known, scratch, side):
    """Make every attack of ``side`` that is worth it, the best odds first.

    ``known`` is the world as the side knows it (``sight.as_known_to``); who stands beside its units it always knows.

    Returns
    -------
    int
        Attacks made.
    """
    n_targets = list_targets(known, scratch, side)
    ratios = np.zeros(n_targets, np.int64)
    for i in range(n_targets):
        target = scratch.unit_lists[1, i]
        _, _, ratio = plan_attack(known, scratch, side, target)
        ratios[i] = (np.int64(100_000_000) - ratio) * 4096 + i
    order = np.sort(ratios)
    made = 0
    for k in range(n_targets):
        target = scratch.unit_lists[1, order[k] % 4096]
        if known.layers[target].occupant != 1 - side:
            continue
        posture, n, ratio = plan_attack(known, scratch, side, target)
        if n == 0:
            continue
        counter = not any_on_the_offensive(known, scratch, n)
        wanted = world.rules[0].counter_ratio_permille if counter else needed_ratio(known, scratch, n, posture)
        if ratio < wanted or (counter and not all_in_supply(known, scratch, n)):
            continue
        for i in range(n):
            row = world.units[scratch.unit_lists[2, i]]
            if row.reason != REASON_BESIEGE:
                row.reason = REASON_COUNTER_ATTACK if counter else REASON_ATTACK
            row.reason_b = ratio
        resolve_attack(world, scratch, target, scratch.unit_lists[2], n, posture)
        made += 1
    return made


@kernel
def any_on_the_offensive(world, scratch, n):
    """Return whether one of the gathered units belongs to an axis that goes forward."""
    for i in range(n):
        axis = world.units[scratch.unit_lists[2, i]].axis
        if axis >= 0 and is_offensive(world.axes[axis].role):
            return True
    return False


@kernel
def all_in_supply(world, scratch, n):
    """Return whether all gathered units are in supply."""
    for i in range(n):
        if world.units[scratch.unit_lists[2, i]].supply_state != IN_SUPPLY:
            return False
    return True
