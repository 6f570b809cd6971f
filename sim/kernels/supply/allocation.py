"""What units ask of their sources, what a source can give, and how much of it arrives."""

from sim.kernels.codes import ACTIVE
from sim.kernels.compiler.kernel import kernel
from sim.kernels.supply.packed_cost import is_open_source


@kernel
def is_supplied_here(world, unit, side):
    """Return whether a unit belongs to ``side`` and stands on the map, so that its supply is traced over hexes."""
    row = world.units[unit]
    return row.status == ACTIVE and row.hex >= 0 and row.side == side


@kernel
def wanted_fuel10(world, unit):
    """Return the fuel that a unit would take on today, in tenths of a day of march."""
    row = world.units[unit]
    return min(max(int(row.fuel_max10) - int(row.fuel10), 0), int(world.rules[0].fuel_refill10))


@kernel
def wanted_ammo10(world, unit):
    """Return the ammunition that a unit would take on today, in tenths of a unit of fire."""
    row = world.units[unit]
    return min(max(int(row.ammo_max10) - int(row.ammo10), 0), int(world.rules[0].ammo_refill10))


@kernel
def wanted_tons10(world, unit):
    """Return the tenths of a ton that a unit asks for today: food always, fuel and shells as it lacks them."""
    row = world.units[unit]
    rule = world.rules[0]
    fuel_permille = int(rule.fuel_share_permille[row.mobility])
    ammo_permille = int(rule.ammo_share_permille[row.branch])
    asked_permille = max(1000 - fuel_permille - ammo_permille, 0)
    asked_permille += fuel_permille * wanted_fuel10(world, unit) // 10
    asked_permille += ammo_permille * wanted_ammo10(world, unit) // 10
    return int(row.supply_need_tons10) * asked_permille // 1000


@kernel
def source_tons10(world, source):
    """Return what a source gives out a day, in tenths of a ton, its front's rear services included."""
    rule = world.rules[0]
    origin = world.sources[source]
    bonus_permille = 0
    if origin.formation >= 0:
        support_men = int(world.formations[origin.formation].support_men)
        bonus_permille = support_men * int(rule.support_bonus_permille) // 10_000
        bonus_permille = min(bonus_permille, int(rule.support_bonus_max_permille))
    return int(origin.tons) * 10 * (1000 + bonus_permille) // 1000


@kernel
def trucks_range(world, unit):
    """Return what the lorries of a unit's army add to its supply range (transport cost)."""
    army = world.units[unit].army
    if army < 0:
        return 0
    return int(world.formations[army].trucks_range)


@kernel
def arriving_permille(world, unit, cost10):
    """Return the part of a load that arrives at the end of a line of ``cost10``, in thousandths.

    Notes
    -----
    A lorry park of fixed size carries in inverse proportion to the length of its round trip, once the trip is longer
    than a day.
    """
    rule = world.rules[0]
    side = world.units[unit].side
    own10 = trucks_range(world, unit)
    if cost10 > int(rule.line_range10[side]) + own10:
        return 0
    comfort10 = int(rule.line_comfort10[side]) + own10
    if cost10 <= comfort10:
        return 1000
    return max(comfort10 * 1000 // cost10, int(rule.line_trickle_permille[side]))


@kernel
def by_days(amount, permille, day):
    """Return the whole part of ``amount * permille / 1000`` due on ``day``; fractions come due over the days."""
    grains = amount * permille
    return grains * (day + 1) // 1000 - grains * day // 1000


@kernel
def collect_demand(world, side):
    """Sum what the units of ``side`` ask of each source into ``sources.used_tons10``."""
    for source in range(world.sources.shape[0]):
        if world.sources[source].side == side:
            world.sources[source].used_tons10 = 0
    for unit in range(world.units.shape[0]):
        if not is_supplied_here(world, unit, side):
            continue
        source = world.units[unit].supply_source
        if source >= 0:
            world.sources[source].used_tons10 += wanted_tons10(world, unit)


@kernel
def share_permille(world, source):
    """Return the part of what was asked of a source that can be given, in thousandths (after ``collect_demand``).

    Notes
    -----
    A source gives all who hang on it the same part of what they asked. What it lacks is made good, in part, from
    sources of the same front and side that have tonnage to spare.
    """
    demand10 = int(world.sources[source].used_tons10)
    tons10 = source_tons10(world, source)
    if demand10 <= tons10:
        return 1000
    own_permille = tons10 * 1000 // demand10
    spill_permille = spare_permille(world, source) * int(world.rules[0].supply_spill_permille) // 1000
    return own_permille + (1000 - own_permille) * spill_permille // 1000


@kernel
def spare_permille(world, source):
    """Return which part of all that overdrawn sources of a front lack its other sources could give, in thousandths."""
    origin = world.sources[source]
    spare10, lacking10 = 0, 0
    for other in range(world.sources.shape[0]):
        depot = world.sources[other]
        if depot.side != origin.side or depot.formation != origin.formation:
            continue
        surplus10 = source_tons10(world, other) - int(depot.used_tons10)
        if surplus10 < 0:
            lacking10 -= surplus10
        elif is_open_source(world, other, origin.side):
            spare10 += surplus10
    if spare10 >= lacking10:
        return 1000
    return spare10 * 1000 // lacking10


@kernel
def deliver(world, unit, level_permille):
    """Give a unit ``level_permille`` of the fuel and ammunition that it asked for; return the tenths of a ton used."""
    row = world.units[unit]
    day = int(world.clock[0].turn) + 7 * unit  # units of an army do not all get their odd tenth on the same day
    tons10 = wanted_tons10(world, unit) * level_permille // 1000
    fuel10 = by_days(wanted_fuel10(world, unit), level_permille, day)
    ammo10 = by_days(wanted_ammo10(world, unit), level_permille, day)
    row.fuel10 += fuel10
    row.ammo10 += ammo10
    return tons10
