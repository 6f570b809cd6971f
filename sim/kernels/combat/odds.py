"""The two sides of a battle added up: power ratio for commanders and for the battle, factors for display."""

from typing import NamedTuple

import numpy as np

from sim.kernels.codes import ACTIVE, STATIC
from sim.kernels.combat.factor_names import (
    FACTOR_ANTI_TANK,
    FACTOR_COMBINED_ARMS,
    FACTOR_CONCENTRIC,
    FACTOR_ENTRENCHMENT,
    FACTOR_SUPPORT,
    FACTOR_SURPRISE,
)
from sim.kernels.combat.factors import (
    N_FACTOR,
    N_PART,
    N_TOTAL,
    PART_HEAVY,
    add_attacker,
    add_defender,
    anti_tank_factor,
    combined_arms_factor,
    works_of,
)
from sim.kernels.combat.support import MAX_SUPPORT, collect_support, support_power
from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.ground.hexes import direction_to
from sim.kernels.units.power import heavy_guns, is_gun_unit

RATIO_CAP_PERMILLE = 100_000


class Battle(NamedTuple):
    """Work space of one battle."""

    attack: np.ndarray  # (N_TOTAL,) float64: power after each factor, man equivalents
    defence: np.ndarray  # (N_TOTAL,) float64
    own: np.ndarray  # (N_PART,) float64: composition of the attackers
    enemy: np.ndarray  # (N_PART,) float64: composition of the defenders
    gunners: np.ndarray  # (2, MAX_SUPPORT) int32: supporting units of attacker and defender
    count: np.ndarray  # (4,) int32: gunners of each side, hex sides attacked across, lead attacker


@allocating_kernel
def new_battle():
    """Return empty work space."""
    return Battle(
        np.zeros(N_TOTAL, np.float64),
        np.zeros(N_TOTAL, np.float64),
        np.zeros(N_PART, np.float64),
        np.zeros(N_PART, np.float64),
        np.zeros((2, MAX_SUPPORT), np.int32),
        np.zeros(4, np.int32),
    )


@kernel
def can_assault(world, unit, target_hex):
    """Say whether a unit can take part in an assault on a neighbouring hex."""
    row = world.units[unit]
    if row.status != ACTIVE or row.hex < 0 or row.mobility == STATIC or is_gun_unit(row):
        return False
    return direction_to(world, int(row.hex), target_hex) >= 0


@kernel
def tally_attack(world, target_hex, attackers, n, posture, battle):
    """Add up the assaulting units and their guns; return the works, from 0 to 1, that heavy guns leave."""
    rule = world.rules[0]
    ground = world.hexes[target_hex]
    sides_mask = 0
    lead = -1
    for index in range(n):
        unit = int(attackers[index])
        if not can_assault(world, unit, target_hex):
            continue
        if lead < 0:
            lead = unit
        row = world.units[unit]
        direction = direction_to(world, int(row.hex), target_hex)
        sides_mask |= 1 << direction
        add_attacker(rule, row, ground, world.edges[row.hex, direction], posture, battle.attack, battle.own)
    battle.count[3] = lead
    for direction in range(6):
        battle.count[2] += (sides_mask >> direction) & 1
    works = works_of(ground)
    if lead < 0:
        return works
    battle.count[0] = collect_support(world, int(target_hex), world.units[lead], battle.gunners[0])
    for index in range(battle.count[0]):
        battle.own[PART_HEAVY] += heavy_guns(rule, world.units[battle.gunners[0, index]])
    cut = min(1.0, battle.own[PART_HEAVY] / rule.heavy_guns_full) * rule.heavy_works_cut_permille / 1000.0
    return works * (1.0 - cut)


@kernel
def tally_defence(world, target_hex, works, battle):
    """Add up the stack of the hex and its guns; return its first unit, -1 if there is none."""
    rule = world.rules[0]
    ground = world.hexes[target_hex]
    lead = -1
    unit = int(world.layers[target_hex].first_unit)
    while unit >= 0:
        if lead < 0:
            lead = unit
        add_defender(rule, world.units[unit], ground, works, battle.defence, battle.enemy)
        unit = int(world.units[unit].next_in_hex)
    if lead >= 0:
        battle.count[1] = collect_support(world, int(target_hex), world.units[lead], battle.gunners[1])
    return lead


@kernel
def support_factor(world, gunners, n, works, total):
    """Return the factor by which supporting guns raise a side's power."""
    power = 0.0
    for index in range(n):
        power += support_power(world.rules[0], world.units[gunners[index]], works)
    limit = world.rules[0].support_limit_permille / 1000.0
    return 1.0 + min(limit, power / max(total, 1.0))


@kernel
def carry_through_arms(rule, ground, totals, own, enemy):
    """Carry a side's power through what its arms are worth together and against the enemy's (``totals``)."""
    power = totals[FACTOR_ENTRENCHMENT + 1] * combined_arms_factor(rule, ground, own)
    totals[FACTOR_COMBINED_ARMS + 1] = power
    totals[FACTOR_ANTI_TANK + 1] = power * anti_tank_factor(rule, own, enemy)


@kernel
def carry_through_rest(world, totals, surprise, concentric, gunners, n_gunners, works):
    """Carry a side's power through surprise, the directions of the attack and its guns.

    Parameters
    ----------
    totals : (N_TOTAL,) float64
    surprise, concentric : float
        Factors, 1 for a defender.
    gunners : (n_gunners or more,) int32
    n_gunners : int
    works : float
        Those that its guns fire at, from 0 to 1.
    """
    power = totals[FACTOR_ANTI_TANK + 1] * surprise
    totals[FACTOR_SURPRISE + 1] = power
    power *= concentric
    totals[FACTOR_CONCENTRIC + 1] = power
    totals[FACTOR_SUPPORT + 1] = power * support_factor(world, gunners, n_gunners, works, power)


@kernel
def tally_battle(world, target_hex, attackers, n, posture, battle):
    """Fill the work space with both sides' power after every factor; return the lead defender or -1."""
    rule = world.rules[0]
    ground = world.hexes[target_hex]
    works = tally_attack(world, target_hex, attackers, n, posture, battle)
    defender = tally_defence(world, target_hex, works, battle)
    carry_through_arms(rule, ground, battle.attack, battle.own, battle.enemy)
    carry_through_arms(rule, ground, battle.defence, battle.enemy, battle.own)
    surprise = 1.0
    if defender >= 0 and world.sides[world.units[defender].side].surprised_until_turn >= world.clock[0].turn:
        surprise = rule.surprise_permille / 1000.0
    concentric = rule.concentric_permille[battle.count[2]] / 1000.0
    works = works_of(ground)
    carry_through_rest(world, battle.attack, surprise, concentric, battle.gunners[0], battle.count[0], works)
    carry_through_rest(world, battle.defence, 1.0, 1.0, battle.gunners[1], battle.count[1], 0.0)
    return defender


@kernel
def ratio_permille(battle):
    """Return attack over defence in thousandths, at most RATIO_CAP_PERMILLE."""
    attack, defence = battle.attack[N_TOTAL - 1], battle.defence[N_TOTAL - 1]
    if attack >= defence * (RATIO_CAP_PERMILLE / 1000.0):
        return RATIO_CAP_PERMILLE if attack > 0.0 else 0
    return int(attack * 1000.0 / defence)


@allocating_kernel
def battle_ratio(world, target_hex, attackers, n, posture):
    """Return the power ratio that an attack would have, without luck.

    Parameters
    ----------
    target_hex : int
    attackers : (>= n,) int32
        Units; those that cannot assault the hex from where they stand are passed over.
    n : int
    posture : int
        HASTY, PREPARED or SIEGE.

    Returns
    -------
    int
        Attack over defence in thousandths; RATIO_CAP_PERMILLE for an empty hex, 0 without attackers.
    """
    battle = new_battle()
    tally_battle(world, target_hex, attackers, n, posture, battle)
    return ratio_permille(battle)


@allocating_kernel
def explain_battle(world, target_hex, attackers, n, posture, out_attack, out_defence):
    """Fill the factors of an attack for display and return its power ratio in thousandths.

    Parameters
    ----------
    out_attack, out_defence : (N_FACTOR,) int32
        Factor of each side in thousandths, in the order of ``factor_names.FACTORS``.
    """
    battle = new_battle()
    tally_battle(world, target_hex, attackers, n, posture, battle)
    explain_side(battle.attack, out_attack)
    explain_side(battle.defence, out_defence)
    return ratio_permille(battle)


@kernel
def explain_side(totals, out_factors):
    """Fill the factors (thousandths) that lead from each total of a side to the next."""
    for factor in range(N_FACTOR):
        before, after = totals[factor], totals[factor + 1]
        out_factors[factor] = int(after * 1000.0 / before + 0.5) if before > 0.0 else 1000
