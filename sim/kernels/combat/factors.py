"""The operational factors of a battle, one function each, and the sums of a side that they are applied to.

A side's total is carried through one stage for each factor of ``factor_names.FACTORS``. ``totals[0]`` is the bare score
and ``totals[k + 1]`` what is left after factor ``k``, so that a factor shown to the player is a quotient of
neighbours: a mean over the side's units, weighted by their power.
"""

from sim.kernels.codes import FLAG_TOWN, RIVER_NONE, SOVIET, TANK_HEAVY, TANK_MEDIUM
from sim.kernels.combat.factor_names import (
    FACTOR_AMMUNITION,
    FACTOR_COHESION,
    FACTOR_ENTRENCHMENT,
    FACTOR_FATIGUE,
    FACTOR_POSTURE,
    FACTOR_READINESS,
    FACTOR_RIVER,
    FACTOR_SUPPLY,
    FACTOR_SUPPORT,
    FACTOR_TERRAIN,
    FACTOR_WORKS,
)
from sim.kernels.compiler.kernel import kernel
from sim.kernels.units.power import (
    cohesion_factor,
    heavy_guns,
    heavy_pieces,
    is_gun_unit,
    soft_score,
    tank_count,
    tank_score,
)

N_FACTOR = FACTOR_SUPPORT + 1
N_TOTAL = N_FACTOR + 1

# Composition of a side, from which the factors of the whole side are made.
(
    PART_FOOT,  # men outside gun units
    PART_TANKS,
    PART_TANK_POWER,
    PART_GUNS,
    PART_POWER,
    PART_SQUADS,  # close-assault squads that come close to tanks here
    PART_HEAVY,  # guns that break concrete
    PART_GUNS_STOP,  # anti-tank guns and tanks that stop every class
    PART_LIGHT_STOP,  # those that stop light tanks only
    PART_THICK,  # medium and heavy tanks
) = range(10)
N_PART = 10


@kernel
def works_of(ground):
    """Return the permanent works of a hex from 0 to 1."""
    return ground.fort_permille / 1000.0


@kernel
def ammunition_factor(rule, row, floor_permille):
    """Return the power that the ammunition at hand leaves a unit."""
    full10 = float(rule.ammo_full10)
    floor = floor_permille / 1000.0
    return floor + (1.0 - floor) * min(float(row.ammo10), full10) / full10


@kernel
def fatigue_factor(rule, row):
    """Return the power that fatigue leaves a unit."""
    return 1.0 - rule.fatigue_weight_permille / 1000.0 * row.fatigue_permille / 1000.0


@kernel
def armour_terrain_factor(rule, row, ground):
    """Return the share of its score that a unit keeps although tanks count less in close country."""
    soft = soft_score(rule, row)
    tanks = tank_score(rule, row)
    if soft + tanks <= 0.0:
        return 1.0
    return (soft + tanks * rule.armour_terrain_permille[ground.terrain] / 1000.0) / (soft + tanks)


@kernel
def terrain_defence_factor(rule, ground):
    """Return what the ground and the town of a hex add to its defence."""
    town = rule.town_defence_permille[min(max(int(ground.town), 0), 5)] / 1000.0
    return rule.terrain_defence_permille[ground.terrain] / 1000.0 * town


@kernel
def river_factor(rule, edge):
    """Return the attack power left to a unit that attacks across that hex side."""
    if edge.river == RIVER_NONE:
        return 1.0
    factor = rule.river_attack_permille[edge.river] / 1000.0
    if edge.bridge > 0:
        factor += (1.0 - factor) * rule.bridge_relief_permille / 1000.0
    return factor


@kernel
def defence_readiness_factor(rule, row, ground):
    """Return the defence power of a half-trained unit: at least a floor, which works and forest raise."""
    shelter = min(1.0, (float(ground.fort_permille) + float(row.entrench_permille)) / rule.readiness_shelter_permille)
    floor = max(float(rule.readiness_floor_permille[ground.terrain]), rule.readiness_works_floor_permille * shelter)
    floor /= 1000.0
    return floor + (1.0 - floor) * row.readiness_permille / 1000.0


@kernel
def squads(rule, row):
    """Return the number of close-assault squads of a unit."""
    return row.men * (row.assault_permille / 1000.0) / rule.squad_men


@kernel
def squad_reach(rule, ground):
    """Return the chance from 0 to 1 that close-assault squads in a hex come close to tanks there."""
    reach = float(rule.squad_terrain_permille[ground.terrain])
    if ground.features & FLAG_TOWN or ground.town >= rule.squad_town_size:
        reach = max(reach, float(rule.squad_town_permille))
    reach = max(reach, rule.squad_works_permille * works_of(ground))
    return reach / 1000.0


@kernel
def add_stopping_means(rule, row, ground, part):
    """Add what a unit has against tanks; Japanese guns and tanks stop light tanks only."""
    part[PART_SQUADS] += squads(rule, row) * squad_reach(rule, ground)
    means = float(row.at_guns) + tank_count(row)
    if row.side == SOVIET:
        part[PART_GUNS_STOP] += means
    else:
        part[PART_LIGHT_STOP] += means
        part[PART_GUNS_STOP] += heavy_pieces(rule, row)


@kernel
def add_part(rule, row, ground, power, part):
    """Add a unit to the composition of its side.

    Parameters
    ----------
    ground : HEX record
        Where the fight is.
    power : float
        The unit's power at this stage.
    part : (N_PART,) float64
    """
    tanks = tank_score(rule, row) * rule.armour_terrain_permille[ground.terrain] / 1000.0
    whole = max(soft_score(rule, row) + tanks, 1.0)
    if not is_gun_unit(row):
        part[PART_FOOT] += row.men
    part[PART_TANKS] += tank_count(row)
    part[PART_THICK] += float(row.tanks[TANK_MEDIUM]) + float(row.tanks[TANK_HEAVY])
    part[PART_TANK_POWER] += power * tanks / whole
    part[PART_GUNS] += row.guns
    part[PART_POWER] += power
    part[PART_HEAVY] += heavy_guns(rule, row)
    add_stopping_means(rule, row, ground, part)


@kernel
def add_attacker(rule, row, ground, edge, posture, totals, part):
    """Carry one attacker through the factors of its own (``totals`` float64, shape (N_TOTAL,))."""
    power = soft_score(rule, row) + tank_score(rule, row)
    totals[0] += power
    power *= row.readiness_permille / 1000.0
    totals[FACTOR_READINESS + 1] += power
    power *= cohesion_factor(rule, row)
    totals[FACTOR_COHESION + 1] += power
    power *= fatigue_factor(rule, row)
    totals[FACTOR_FATIGUE + 1] += power
    power *= rule.supply_attack_permille[row.supply_state] / 1000.0
    totals[FACTOR_SUPPLY + 1] += power
    power *= ammunition_factor(rule, row, rule.ammo_attack_floor_permille)
    totals[FACTOR_AMMUNITION + 1] += power
    power *= rule.attack_posture_permille[posture] / 1000.0
    totals[FACTOR_POSTURE + 1] += power
    power *= armour_terrain_factor(rule, row, ground)
    totals[FACTOR_TERRAIN + 1] += power
    power *= river_factor(rule, edge)
    for factor in range(FACTOR_RIVER, FACTOR_ENTRENCHMENT + 1):  # works and entrenchment are the defender's alone
        totals[factor + 1] += power
    add_part(rule, row, ground, power, part)


@kernel
def add_defender(rule, row, ground, works, totals, part):
    """Carry one defender through the factors of its own; ``works`` from 0 to 1 is what heavy guns leave of them."""
    power = soft_score(rule, row) + tank_score(rule, row)
    totals[0] += power
    power *= defence_readiness_factor(rule, row, ground)
    totals[FACTOR_READINESS + 1] += power
    power *= cohesion_factor(rule, row)
    totals[FACTOR_COHESION + 1] += power
    power *= fatigue_factor(rule, row)
    totals[FACTOR_FATIGUE + 1] += power
    power *= rule.supply_defence_permille[row.supply_state] / 1000.0
    totals[FACTOR_SUPPLY + 1] += power
    power *= ammunition_factor(rule, row, rule.ammo_defence_floor_permille)
    totals[FACTOR_AMMUNITION + 1] += power
    power *= rule.defence_posture_permille[row.posture] / 1000.0
    totals[FACTOR_POSTURE + 1] += power
    power *= armour_terrain_factor(rule, row, ground) * terrain_defence_factor(rule, ground)
    totals[FACTOR_TERRAIN + 1] += power
    totals[FACTOR_RIVER + 1] += power  # a river hinders the attacker alone
    power *= 1.0 + works * rule.works_defence_permille / 1000.0
    totals[FACTOR_WORKS + 1] += power
    power *= 1.0 + row.entrench_permille / 1000.0 * rule.entrench_defence_permille / 1000.0
    totals[FACTOR_ENTRENCHMENT + 1] += power
    add_part(rule, row, ground, power, part)


@kernel
def combined_arms_factor(rule, ground, part):
    """Return the gain of infantry, armour and guns together, or the loss of armour alone in close country.

    The gain grows with the tanks to one for every ``men_per_arm`` men, with the guns likewise, and needs infantry
    beside the tanks.
    """
    foot, tanks, guns = part[PART_FOOT], part[PART_TANKS], part[PART_GUNS]
    if tanks <= 0.0:
        return 1.0
    cover = min(1.0, foot / (tanks * rule.infantry_per_tank))
    least_cover = rule.lone_cover_permille / 1000.0
    if cover < least_cover and squad_reach(rule, ground) > rule.lone_reach_permille / 1000.0:
        share = min(1.0, part[PART_TANK_POWER] / max(part[PART_POWER], 1.0))
        lone = rule.lone_armour_permille / 1000.0
        return 1.0 - (1.0 - lone) * share * (1.0 - cover / least_cover)
    men_per_arm = float(rule.men_per_arm)
    balance = cover * min(1.0, tanks * men_per_arm / max(foot, 1.0)) * min(1.0, guns * men_per_arm / max(foot, 1.0))
    return 1.0 + (rule.combined_arms_permille / 1000.0 - 1.0) * balance


@kernel
def anti_tank_factor(rule, own, enemy):
    """Return what a side's armour gains where the enemy lacks the means to stop it (``own``, ``enemy``: parts)."""
    tanks = own[PART_TANKS]
    if tanks <= 0.0:
        return 1.0
    light_share = 1.0 - own[PART_THICK] / tanks
    means = enemy[PART_SQUADS] + enemy[PART_GUNS_STOP] + enemy[PART_LIGHT_STOP] * light_share
    stopped = min(1.0, means * rule.tanks_per_means_permille / 1000.0 / tanks)
    share = min(1.0, own[PART_TANK_POWER] / max(own[PART_POWER], 1.0))
    return 1.0 + rule.armour_shock_permille / 1000.0 * share * (1.0 - stopped)
