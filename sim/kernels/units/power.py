"""Power of a unit: weapon and manpower scores in man equivalents, and what readiness and cohesion leave of them.

The quantified tradition of Dupuy ("Numbers, Predictions and War", 1979, recalled): every man, gun and tank has a
score, factors for the circumstances multiply it (``factors``), and the ratio of the products governs the battle
(``odds``).
"""

from sim.kernels.codes import ARTILLERY, ROCKETS, TANK_HEAVY
from sim.kernels.compiler.kernel import kernel


@kernel
def soft_score(rule, row):
    """Return the score of a unit's men, guns and launchers, in man equivalents."""
    score = float(row.men) * rule.man_score_permille[row.nation]
    score += float(row.guns) * rule.gun_score_permille[row.nation]
    score += float(row.launchers) * rule.launcher_score_permille
    return score / 1000.0


@kernel
def tank_score(rule, row):
    """Return the score of a unit's running tanks on open ground, in man equivalents."""
    score = 0.0
    for tank_class in range(row.tanks.shape[0]):
        score += float(row.tanks[tank_class]) * rule.tank_score_permille[tank_class]
    return score / 1000.0


@kernel
def tank_count(row):
    """Return the number of a unit's running tanks."""
    count = 0
    for tank_class in range(row.tanks.shape[0]):
        count += int(row.tanks[tank_class])
    return count


@kernel
def cohesion_factor(rule, row):
    """Return the share of its power that a unit's cohesion leaves it."""
    floor = rule.cohesion_floor_permille / 1000.0
    return floor + (1.0 - floor) * row.cohesion_permille / 1000.0


@kernel
def unit_power(world, unit):
    """Return the strength of a unit wherever it stands, in man equivalents; what ``layers.power`` adds up."""
    rule = world.rules[0]
    row = world.units[unit]
    score = soft_score(rule, row) + tank_score(rule, row)
    return int(score * row.readiness_permille / 1000.0 * cohesion_factor(rule, row))


@kernel
def heavy_pieces(rule, row):
    """Return the number of a unit's guns on carriages that break concrete: a share of some branches' guns."""
    return row.guns * rule.heavy_gun_share_permille[row.branch] / 1000.0


@kernel
def heavy_guns(rule, row):
    """Return the number of pieces that break concrete, heavy tanks and assault guns included."""
    return heavy_pieces(rule, row) + float(row.tanks[TANK_HEAVY])


@kernel
def is_gun_unit(row):
    """Say whether a unit supports others by fire rather than assaulting itself."""
    branch = row.branch
    return branch == ARTILLERY or branch == ROCKETS
