"""Fuel on the march: what motor units burn."""

from sim.kernels.codes import MOTORISED, TRACKED, WHEELED
from sim.kernels.compiler.kernel import kernel


@kernel
def burns_fuel(unit):
    """Return whether a unit (record) moves on petrol; ``fuel_max10`` 0 marks horse-drawn columns among the wheeled."""
    motor = unit.mobility == MOTORISED or unit.mobility == TRACKED or unit.mobility == WHEELED
    return motor and unit.fuel_max10 > 0


@kernel
def fuel_range_mp10(rule, unit):
    """Return how far (mp10 on a road) the fuel of a unit (record) lasts."""
    return int(unit.fuel10) * int(rule.allowance_mp10[unit.mobility]) // 10


@kernel
def spend_fuel(world, unit, mp10):
    """Take the fuel for ``mp10`` of march from a motor unit; a full day's allowance is 10 ``fuel10``.

    Returns
    -------
    int
        Fuel spent, ``fuel10``; never more than there is.
    """
    who = world.units[unit]
    if mp10 <= 0 or not burns_fuel(who):
        return 0
    allowance = max(int(world.rules[0].allowance_mp10[who.mobility]), 1)
    spent = min(max((int(mp10) * 10 + allowance // 2) // allowance, 1), int(who.fuel10))
    who.fuel10 -= spent
    return spent
