"""The movement of a day: what a unit gets in the morning, and the forced march."""

from sim.kernels.codes import ACTIVE
from sim.kernels.compiler.kernel import kernel
from sim.kernels.units.fuel import burns_fuel, fuel_range_mp10


@kernel
def day_allowance_mp10(world, unit):
    """Return what a unit can march in a day as it is now: mobility, fatigue, supply and fuel, mp10."""
    who = world.units[unit]
    rule = world.rules[0]
    allowance = int(rule.allowance_mp10[who.mobility])
    rested = 1000 - int(who.fatigue_permille) * int(rule.fatigue_march_permille) // 1000
    allowance = allowance * rested // 1000
    if not burns_fuel(who):
        return allowance * int(rule.supply_march_permille[who.supply_state]) // 1000
    # Motor units live by their tanks, not by the state of the line: full speed until these are dry.
    return min(allowance, fuel_range_mp10(rule, who))


@kernel
def begin_day_movement(world, side):
    """Give the units of a side their movement for the day.

    What was left last evening becomes work on the next slow step, unless the unit fought; counters of the day restart.
    """
    rule = world.rules[0]
    for unit in range(world.units.shape[0]):
        who = world.units[unit]
        if who.side != side or who.status != ACTIVE or who.hex < 0:
            continue
        saved = 0
        if who.attacks_today == 0:
            saved = min(int(who.carry_mp10) + max(int(who.mp10), 0), int(rule.carry_max_mp10[who.mobility]))
        who.carry_mp10 = saved
        who.days_still = 0 if who.hexes_today > 0 else min(int(who.days_still) + 1, 1000)
        who.hexes_today = 0
        who.attacks_today = 0
        who.forced = 0
        who.mp10 = day_allowance_mp10(world, unit)


@kernel
def order_forced_march(world, unit):
    """Order a unit to march into the night: more movement today, paid with fatigue.

    Returns
    -------
    int
        Movement gained, mp10; 0 if it is too tired, marches already or has no fuel.
    """
    who = world.units[unit]
    rule = world.rules[0]
    if who.forced != 0 or who.hex < 0 or who.fatigue_permille >= rule.forced_fatigue_limit_permille:
        return 0
    gain = int(rule.allowance_mp10[who.mobility]) * int(rule.forced_march_permille[who.mobility]) // 1000
    if burns_fuel(who):
        gain = min(gain, fuel_range_mp10(rule, who) - int(who.mp10))
    if gain <= 0:
        return 0
    who.forced = 1
    who.mp10 += gain
    who.fatigue_permille = min(int(who.fatigue_permille) + int(rule.forced_fatigue_permille[who.mobility]), 1000)
    return gain
