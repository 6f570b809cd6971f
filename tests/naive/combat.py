"""Slow, obvious twins of the combat kernels: power, ratio and loss rates in plain Python over whole worlds."""

import math

from sim.kernels import codes


def _share(value_permille):
    return float(value_permille) / 1000.0


def score(world, unit, armour=1.0):
    """Return the score of a unit in man equivalents, its tanks worth ``armour`` of their score."""
    rule, row = world.rules[0], world.units[unit]
    people = int(row.men) * _share(rule.man_score_permille[row.nation])
    tubes = int(row.guns) * _share(rule.gun_score_permille[row.nation])
    rockets = int(row.launchers) * _share(rule.launcher_score_permille)
    tanks = sum(int(n) * _share(s) for n, s in zip(row.tanks, rule.tank_score_permille, strict=True))
    return people + tubes + rockets + tanks * armour


def _cohesion(world, unit):
    floor = _share(world.rules[0].cohesion_floor_permille)
    return floor + (1 - floor) * _share(world.units[unit].cohesion_permille)


def unit_power(world, unit):
    """Return the strength of a unit wherever it stands."""
    return int(score(world, unit) * _share(world.units[unit].readiness_permille) * _cohesion(world, unit))


def _ammunition(world, unit, floor_permille):
    floor = _share(floor_permille)
    return floor + (1 - floor) * min(1.0, int(world.units[unit].ammo10) / int(world.rules[0].ammo_full10))


def _common(world, unit, hex):
    rule, row = world.rules[0], world.units[unit]
    armour = _share(rule.armour_terrain_permille[world.hexes[hex].terrain])
    power = score(world, unit, armour) * _cohesion(world, unit)
    return power * (1 - _share(rule.fatigue_weight_permille) * _share(row.fatigue_permille))


def attack_power(world, unit, target, posture):
    """Return the power of one attacker after all factors of its own."""
    rule, row = world.rules[0], world.units[unit]
    direction = list(world.neighbours[row.hex]).index(target)
    edge = world.edges[row.hex, direction]
    river = _share(rule.river_attack_permille[edge.river]) if edge.river else 1.0
    if edge.bridge:
        river += (1 - river) * _share(rule.bridge_relief_permille)
    power = _common(world, unit, target) * _share(row.readiness_permille) * river
    power *= _share(rule.supply_attack_permille[row.supply_state]) * _share(rule.attack_posture_permille[posture])
    return power * _ammunition(world, unit, rule.ammo_attack_floor_permille)


def defence_power(world, unit, works):
    """Return the power of one defender after all factors of its own; ``works`` as heavy guns leave them."""
    rule, row = world.rules[0], world.units[unit]
    ground = world.hexes[row.hex]
    dug = int(ground.fort_permille) + int(row.entrench_permille)
    shelter = min(1.0, dug / int(rule.readiness_shelter_permille))
    floor = _share(
        max(rule.readiness_floor_permille[ground.terrain], int(rule.readiness_works_floor_permille) * shelter)
    )
    power = _common(world, unit, row.hex) * (floor + (1 - floor) * _share(row.readiness_permille))
    power *= _share(rule.supply_defence_permille[row.supply_state])
    power *= _share(rule.defence_posture_permille[row.posture])
    power *= _ammunition(world, unit, rule.ammo_defence_floor_permille)
    power *= _share(rule.terrain_defence_permille[ground.terrain]) * _share(rule.town_defence_permille[ground.town])
    power *= 1 + works * _share(rule.works_defence_permille)
    return power * (1 + _share(row.entrench_permille) * _share(rule.entrench_defence_permille))


def simple_ratio(world, target, attackers, defenders, posture):
    """Return attack over defence for sides of infantry without tanks, heavy or supporting guns."""
    rule = world.rules[0]
    works = _share(world.hexes[target].fort_permille)
    attack = sum(attack_power(world, unit, target, posture) for unit in attackers)
    defence = sum(defence_power(world, unit, works) for unit in defenders)
    attack *= _share(rule.concentric_permille[len({int(world.units[unit].hex) for unit in attackers})])
    if world.sides[world.units[defenders[0]].side].surprised_until_turn >= world.clock[0].turn:
        attack *= _share(rule.surprise_permille)
    return attack / defence


def loss_rates(rule, ratio, press, works):
    """Return the loss rates of attacker and defender at a ratio, written as the rule book tells them."""
    attack = _share(rule.attack_loss_permille) * 2 / (1 + ratio) * press
    share = ratio / (1 + ratio)
    defence = _share(rule.defence_loss_permille) * 2 * share * math.sqrt(2 * share * ratio) * press
    defence *= 1 - works * _share(rule.works_shelter_permille)
    cap = _share(rule.loss_cap_permille)
    return min(attack, cap), min(defence, cap)


def squads_close(world, unit, hex):
    """Return the close-assault squads of a unit that reach tanks in a hex that no infantry screens."""
    rule, row, ground = world.rules[0], world.units[unit], world.hexes[hex]
    chances = [int(rule.squad_terrain_permille[ground.terrain])]
    if int(ground.features) & codes.FLAG_TOWN or ground.town > 1:
        chances.append(int(rule.squad_town_permille))
    chances.append(int(rule.squad_works_permille) * _share(ground.fort_permille))
    return int(row.men) * _share(row.assault_permille) / int(rule.squad_men) * max(chances) / 1000
