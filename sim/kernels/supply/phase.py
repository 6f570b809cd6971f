"""Supply of a side at the start of its phase: lines, tonnage shared out, stocks refilled, states and their reasons."""

from sim.kernels.compiler.kernel import kernel
from sim.kernels.ground.flood import frontier_reset
from sim.kernels.supply.allocation import (
    arriving_permille,
    collect_demand,
    deliver,
    is_supplied_here,
    share_permille,
    source_tons10,
)
from sim.kernels.supply.explain import explain_supply
from sim.kernels.supply.flood_from_peace import flood_from_peace
from sim.kernels.supply.railheads import advance_railheads
from sim.kernels.supply.state import judge_cut_off, judge_reached, tell_supply
from sim.kernels.supply.trace import trace_units
from sim.kernels.units.ammunition import spend_ammunition


@kernel
def update_supply(world, scratch, side):
    """Open the phase of ``side`` with its supply.

    Railways that are due come into use, supplies flow out from the sources, each source shares its tonnage among the
    units that hang on it, and every unit learns its state and the reason for it. Changes ``supply_cost`` and
    ``line_from`` of the side, ``units.fuel10``, ``ammo10`` and ``supply_*``, ``sources.used_tons10`` and
    ``sides.supply_tons10`` (all that ever arrived); logs worse states, dry tanks, encirclement and relief.
    """
    n_missing = advance_railheads(world, scratch, side)
    flood_from_peace(world, scratch, side, n_missing, world.supply_cost[side])
    trace_units(world, scratch, side)
    collect_demand(world, side)
    frontier_reset(scratch)  # the stamps of the pocket searches below start here
    for unit in range(world.units.shape[0]):
        if is_supplied_here(world, unit, side):
            supply_unit(world, scratch, unit)
    for source in range(world.sources.shape[0]):
        if world.sources[source].side == side:
            world.sources[source].used_tons10 = min(world.sources[source].used_tons10, source_tons10(world, source))


@kernel
def supply_unit(world, scratch, unit):
    """Serve one unit from the hex that it stands in and judge its state."""
    row = world.units[unit]
    side = row.side
    cost10 = int(row.supply_cost)
    state_before, reason_before = row.supply_state, row.supply_reason
    fuel_before10 = row.fuel10
    if row.supply_source < 0:
        judge_cut_off(world, scratch, unit)
    else:
        shared_permille = share_permille(world, row.supply_source)
        carried_permille = arriving_permille(world, unit, cost10)
        world.sides[side].supply_tons10 += deliver(world, unit, shared_permille * carried_permille // 1000)
        judge_reached(world, unit, shared_permille, carried_permille)
    tell_supply(world, unit, state_before, reason_before, fuel_before10)


__all__ = ["advance_railheads", "explain_supply", "spend_ammunition", "update_supply"]
