"""Spending ammunition."""

from sim.kernels.compiler.kernel import kernel


@kernel
def spend_ammunition(world, unit, amount10):
    """Take ``amount10`` tenths of a unit of fire from a unit, as far as it has them; return what it fired.

    Parameters
    ----------
    world : World
    unit : int
    amount10 : int
    """
    row = world.units[unit]
    fired10 = min(max(amount10, 0), max(int(row.ammo10), 0))
    row.ammo10 -= fired10
    return fired10
