"""Losses of men, guns and tanks, always moved from one account of a unit to another so that its sums stay whole."""

from sim.kernels.codes import STREAM_COMBAT
from sim.kernels.compiler.kernel import kernel
from sim.kernels.rng import uniform

DRAWS_A_BATTLE = 32
BATTLES_A_DAY = 32
# Draws of a battle by number: the first eight belong to the hex, the others to each unit in it.
(
    DRAW_LUCK_A,
    DRAW_LUCK_B,
    DRAW_ATTACK_LOSS_A,
    DRAW_ATTACK_LOSS_B,
    DRAW_DEFENCE_LOSS_A,
    DRAW_DEFENCE_LOSS_B,
    DRAW_WORKS,
    DRAW_FALL,
    DRAW_MEN,
    DRAW_KILLED,
    DRAW_GUNS,
    DRAW_LAUNCHERS,
    DRAW_PURSUIT,
    DRAW_PURSUIT_CAPTURED,
    DRAW_PURSUIT_GUNS,
    DRAW_PURSUIT_KILLED,
) = range(16)
DRAW_TANKS = 16  # and the following, one a class
DRAW_WRITE_OFF = 21  # and the following, one a class


@kernel
def battle_index(target_hex, battle, draw):
    """Return the index of a draw of the ``battle``-th attack of the day on a hex."""
    return (int(target_hex) * BATTLES_A_DAY + min(battle, BATTLES_A_DAY - 1)) * DRAWS_A_BATTLE + draw


@kernel
def battle_draw(clock, subject, target_hex, battle, draw):
    """Return a number in [0, 1) for one purpose (``DRAW_*``) of one battle and one hex or unit."""
    return uniform(clock.key, clock.turn, subject, STREAM_COMBAT, battle_index(target_hex, battle, draw))


@kernel
def spread(first_draw, second_draw, half_width_permille):
    """Return a factor about one, triangular between one minus and one plus the half width."""
    return 1.0 + (first_draw + second_draw - 1.0) * half_width_permille / 1000.0


@kernel
def lot(expected, draw):
    """Return ``expected`` rounded up or down by lot, so that small expectations are not lost."""
    return int(expected + draw) if expected > 0.0 else 0


@kernel
def take_men(row, number):
    """Take men off the strength of a unit, as far as it has them; return how many, for the account they go to."""
    number = min(max(number, 0), row.men)
    row.men -= number
    return number


@kernel
def lose_men(row, number, killed_permille, draw):
    """Take casualties from a unit: dead by their share, wounded otherwise. Returns the number taken."""
    number = take_men(row, number)
    killed = min(lot(number * killed_permille / 1000.0, draw), number)
    row.killed += killed
    row.wounded += number - killed
    return number


@kernel
def lose_captured(row, number):
    """Take prisoners from a unit; returns the number taken."""
    number = take_men(row, number)
    row.captured += number
    return number


@kernel
def lose_deserted(row, number):
    """Let men of a unit leave; returns the number gone."""
    number = take_men(row, number)
    row.deserted += number
    return number


@kernel
def lose_guns(row, number):
    """Write guns off; anti-tank guns go in proportion. Returns the number lost."""
    number = min(max(number, 0), row.guns)
    if row.guns > 0:
        row.at_guns -= int(row.at_guns) * int(number) // int(row.guns)
    row.guns -= number
    row.guns_lost += number
    return number


@kernel
def lose_launchers(row, number):
    """Write rocket launchers off; returns the number lost."""
    number = min(max(number, 0), row.launchers)
    row.launchers -= number
    row.launchers_lost += number
    return number


@kernel
def knock_out(row, tank_class, number, write_off_permille, draw):
    """Stop tanks of a class: a share is beyond repair, the others go to the workshops. Returns the number stopped."""
    number = min(max(number, 0), row.tanks[tank_class])
    lost = min(lot(number * write_off_permille / 1000.0, draw), number)
    row.tanks[tank_class] -= number
    row.tanks_lost[tank_class] += lost
    row.tanks_repair[tank_class] += number - lost
    return number


@kernel
def abandon_wrecks(row, share_permille):
    """Write off a share of the tanks in repair, of which the enemy now holds the field."""
    for tank_class in range(row.tanks.shape[0]):
        lost = (row.tanks_repair[tank_class] * share_permille + 500) // 1000
        row.tanks_repair[tank_class] -= lost
        row.tanks_lost[tank_class] += lost


@kernel
def lose_equipment(row):
    """Write off every gun, launcher and tank of a unit that is no more."""
    lose_guns(row, row.guns)
    lose_launchers(row, row.launchers)
    for tank_class in range(row.tanks.shape[0]):
        row.tanks_lost[tank_class] += row.tanks[tank_class] + row.tanks_repair[tank_class]
        row.tanks[tank_class] = 0
        row.tanks_repair[tank_class] = 0


@kernel
def lose_cohesion(row, permille):
    """Lower a unit's cohesion, not below nothing."""
    row.cohesion_permille = min(max(row.cohesion_permille - permille, 0), 1000)


@kernel
def add_fatigue(row, permille):
    """Tire a unit, at most fully."""
    row.fatigue_permille = min(max(row.fatigue_permille + permille, 0), 1000)
