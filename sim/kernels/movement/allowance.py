"""The movement of a day: what a unit gets in the morning, and the forced march."""

from sim.kernels.codes import ACTIVE
from sim.kernels.compiler.kernel import kernel
from sim.kernels.units.fuel import burns_fuel, fuel_range_mp10


@kernel
def day_allowance_mp10(world, unit):
    """Return what a unit can march in a day as it is now: mobility, fatigue, supply and fuel, mp10."""
    row = world.units[unit]
    rule = world.rules[0]
    allowance = int(rule.allowance_mp10[row.mobility])
    rested = 1000 - int(row.fatigue_permille) * int(rule.fatigue_march_permille) // 1000
    allowance = allowance * rested // 1000
    if not burns_fuel(row):
        return allowance * int(rule.supply_march_permille[row.supply_state]) // 1000
    # Motor units live by their tanks, not by the state of the line: full speed until these are dry.
    return min(allowance, fuel_range_mp10(rule, row))


@kernel
def begin_day_movement(world, side):
    """Give the units of a side their movement for the day.

    What was left last evening becomes work on the next slow step, unless the unit fought; counters of the day restart.
    """
    rule = world.rules[0]
    for unit in range(world.units.shape[0]):
        row = world.units[unit]
        if row.side != side or row.status != ACTIVE or row.hex < 0:
            continue
        saved = 0
        if row.attacks_today == 0:
            saved = min(int(row.carry_mp10) + max(int(row.mp10), 0), int(rule.carry_max_mp10[row.mobility]))
        row.carry_mp10 = saved
        row.days_still = 0 if row.hexes_today > 0 else min(int(row.days_still) + 1, 1000)
        row.hexes_today = 0
        row.attacks_today = 0
        row.forced = 0
        row.mp10 = day_allowance_mp10(world, unit)


@kernel
def note_march(row, n_hexes):
    """Note that a unit moved ``n_hexes`` today: saved work, rest and entrenchment are gone."""
    row.carry_mp10 = 0
    row.hexes_today += n_hexes
    row.days_still = 0
    row.entrench_permille = 0


@kernel
def order_forced_march(world, unit):
    """Order a unit to march into the night: more movement today, paid with fatigue.

    Returns
    -------
    int
        Movement gained, mp10; 0 if it is too tired, marches already or has no fuel.
    """
    row = world.units[unit]
    rule = world.rules[0]
    if row.forced != 0 or row.hex < 0 or row.fatigue_permille >= rule.forced_fatigue_limit_permille:
        return 0
    gain = int(rule.allowance_mp10[row.mobility]) * int(rule.forced_march_permille[row.mobility]) // 1000
    if burns_fuel(row):
        gain = min(gain, fuel_range_mp10(rule, row) - int(row.mp10))
    if gain <= 0:
        return 0
    row.forced = 1
    row.mp10 += gain
    row.fatigue_permille = min(int(row.fatigue_permille) + int(rule.forced_fatigue_permille[row.mobility]), 1000)
    return gain
