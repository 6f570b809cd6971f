"""Fuel on the march: what motor units burn."""

from sim.kernels.codes import MOTORISED, TRACKED, WHEELED
from sim.kernels.compiler.kernel import kernel


@kernel
def burns_fuel(row):
    """Return whether a unit moves on petrol; ``fuel_max10`` 0 marks horse-drawn columns among the wheeled."""
    motor = row.mobility == MOTORISED or row.mobility == TRACKED or row.mobility == WHEELED
    return motor and row.fuel_max10 > 0


@kernel
def fuel_range_mp10(rule, row):
    """Return how far (mp10 on a road) the fuel of a unit lasts."""
    return int(row.fuel10) * int(rule.allowance_mp10[row.mobility]) // 10


@kernel
def spend_fuel(world, unit, mp10):
    """Take the fuel for ``mp10`` of march from a motor unit; a full day's allowance is 10 ``fuel10``.

    Returns
    -------
    int
        Fuel spent, ``fuel10``; never more than there is.
    """
    row = world.units[unit]
    if mp10 <= 0 or not burns_fuel(row):
        return 0
    allowance = max(int(world.rules[0].allowance_mp10[row.mobility]), 1)
    spent = min(max((int(mp10) * 10 + allowance // 2) // allowance, 1), int(row.fuel10))
    row.fuel10 -= spent
    return spent
