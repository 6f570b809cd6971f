"""The losses of both sides of one battle: rates from the odds, then men, guns and tanks."""

import math
from typing import NamedTuple

import numpy as np

from sim.kernels.combat.armour import N_CLASS, add_stoppers, stop_tanks
from sim.kernels.combat.factors import PART_FOOT, PART_TANKS, works_of
from sim.kernels.combat.siege import is_garrison
from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.units.losses import (
    DRAW_ATTACK_LOSS_A,
    DRAW_ATTACK_LOSS_B,
    DRAW_DEFENCE_LOSS_A,
    DRAW_DEFENCE_LOSS_B,
    DRAW_GUNS,
    DRAW_KILLED,
    DRAW_LAUNCHERS,
    DRAW_MEN,
    battle_draw,
    lose_cohesion,
    lose_guns,
    lose_launchers,
    lose_men,
    lot,
    spread,
)


class Fight(NamedTuple):
    """Where and how a battle is fought."""

    hex: int
    number: int  # of the attacks on that hex today
    attack_posture: int
    defence_posture: int


@kernel
def loss_rates(rule, ratio, press, works):
    """Return the loss rates a day of attacker and defender, as parts of their men, before luck.

    Parameters
    ----------
    ratio : float
        Attack over defence.
    press : float
        How hard the two postures make the fight, both sides alike.
    works : float
        Permanent works left, 0 to 1, that shelter the defender.

    Returns
    -------
    tuple of float
        With ``share = ratio / (1 + ratio)`` the attacker loses ``2 (1 - share)`` of his base rate and the defender
        ``2 share sqrt(2 share ratio)`` of his: at even odds about the base rates, at long odds the attacker's losses
        fall with the fire that is left against him and the defender's grow with the root of the odds.
    """
    share = ratio / (1.0 + ratio)
    attack_rate = rule.attack_loss_permille / 1000.0 * 2.0 * (1.0 - share) * press
    growth = math.sqrt(2.0 * share * ratio)
    defence_rate = rule.defence_loss_permille / 1000.0 * 2.0 * share * growth * press
    defence_rate *= 1.0 - works * rule.works_shelter_permille / 1000.0
    cap = rule.loss_cap_permille / 1000.0
    return min(attack_rate, cap), min(defence_rate, cap)


@kernel
def take_battle_losses(rule, clock, row, unit, rate, fight):
    """Take a battle's losses in men, guns and launchers at ``rate`` from one unit; return the men lost."""
    before = int(row.men)
    lost = lot(row.men * rate, battle_draw(clock, unit, fight.hex, fight.number, DRAW_MEN))
    killed_draw = battle_draw(clock, unit, fight.hex, fight.number, DRAW_KILLED)
    lost = lose_men(row, lost, rule.killed_permille[row.nation], killed_draw)
    material = rate * rule.gun_loss_permille / 1000.0
    lose_guns(row, lot(row.guns * material, battle_draw(clock, unit, fight.hex, fight.number, DRAW_GUNS)))
    draw = battle_draw(clock, unit, fight.hex, fight.number, DRAW_LAUNCHERS)
    lose_launchers(row, lot(row.launchers * material, draw))
    share_permille = lost * 1000 // max(before, 1)
    lose_cohesion(row, share_permille * rule.cohesion_loss_permille // 1000)
    return lost


@kernel
def loss_luck(rule, clock, fight, first, second):
    """Return the luck of one side's losses from two draws of the battle."""
    return spread(
        battle_draw(clock, fight.hex, fight.hex, fight.number, first),
        battle_draw(clock, fight.hex, fight.hex, fight.number, second),
        rule.loss_spread_permille,
    )


@allocating_kernel
def stop_side(world, fight, units, enemies, press, part):
    """Knock out the tanks of ``units`` that ``enemies`` stop; ``part`` is the composition of the former's side."""
    tanks = int(part[PART_TANKS])
    if tanks <= 0:
        return 0
    rule = world.rules[0]
    ground = world.hexes[fight.hex]
    kills = np.zeros(N_CLASS, np.float64)
    for index in range(enemies.shape[0]):
        add_stoppers(rule, world.units[enemies[index]], ground, press, tanks, part[PART_FOOT], kills)
    stopped = 0
    for index in range(units.shape[0]):
        unit = units[index]
        stopped += stop_tanks(rule, world.clock[0], world.units[unit], unit, fight.hex, fight.number, kills, tanks)
    return stopped


@kernel
def settle_losses(world, fight, attackers, defenders, ratio, battle):
    """Take the losses of both sides, tanks first.

    Parameters
    ----------
    fight : Fight
    attackers, defenders : (n,) int32
        Units that fight.
    ratio : float
        Attack over defence, luck included.
    battle : Battle
        Work space with the composition of both sides.
    """
    rule = world.rules[0]
    clock = world.clock[0]
    ground = world.hexes[fight.hex]
    press = rule.posture_attack_loss_permille[fight.attack_posture] / 1000.0
    press *= rule.posture_defence_loss_permille[fight.defence_posture] / 1000.0
    attack_rate, defence_rate = loss_rates(rule, ratio, press, works_of(ground))
    attack_luck = loss_luck(rule, clock, fight, DRAW_ATTACK_LOSS_A, DRAW_ATTACK_LOSS_B)
    defence_luck = loss_luck(rule, clock, fight, DRAW_DEFENCE_LOSS_A, DRAW_DEFENCE_LOSS_B)
    stop_side(world, fight, attackers, defenders, press * attack_luck, battle.own)
    stop_side(world, fight, defenders, attackers, press * defence_luck, battle.enemy)
    for index in range(attackers.shape[0]):
        unit = attackers[index]
        take_battle_losses(rule, clock, world.units[unit], unit, attack_rate * attack_luck, fight)
    for index in range(defenders.shape[0]):
        unit = defenders[index]
        take_defender_losses(rule, clock, world.units[unit], unit, defence_rate * defence_luck, fight, ground)


@kernel
def take_defender_losses(rule, clock, row, unit, rate, fight, ground):
    """Take one defender's losses; a garrison loses men before heart."""
    before = int(row.cohesion_permille)
    take_battle_losses(rule, clock, row, unit, rate, fight)
    if is_garrison(row, ground):
        fallen = before - int(row.cohesion_permille)
        lose_cohesion(row, -(fallen * (1000 - rule.siege_cohesion_permille) // 1000))
