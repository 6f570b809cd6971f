"""What state of supply a unit is in, why, and what of it is worth telling."""

from sim.kernels.codes import (
    BLOCKED,
    EVENT_ENCIRCLED,
    EVENT_OUT_OF_FUEL,
    EVENT_RELIEVED,
    EVENT_SUPPLY,
    IN_SUPPLY,
    ISOLATED,
    OUT_OF_SUPPLY,
    STRAINED,
    SUPPLY_LONG_LINE,
    SUPPLY_NO_ROUTE,
    SUPPLY_OK,
    SUPPLY_SHARED,
    SUPPLY_SHORT_AMMUNITION,
    SUPPLY_SHORT_FUEL,
)
from sim.kernels.compiler.kernel import kernel
from sim.kernels.events import log_event
from sim.kernels.ground.flood import STAMP
from sim.kernels.supply.step_cost import trace_step_cost, what_cuts
from sim.kernels.supply.trace import next_on_trace, trace_supply


@kernel
def is_short_of_fuel(world, unit):
    """Return whether a unit that burns fuel has less than the low mark of its full tanks."""
    row = world.units[unit]
    return int(row.fuel10) * 1000 < int(row.fuel_max10) * int(world.rules[0].fuel_low_permille)


@kernel
def is_short_of_ammunition(world, unit):
    """Return whether a unit has less than the low mark of its full load of ammunition."""
    row = world.units[unit]
    return int(row.ammo10) * 1000 < int(row.ammo_max10) * int(world.rules[0].ammo_low_permille)


@kernel
def judge_reached(world, unit, shared_permille, carried_permille):
    """Set the state of a unit whose line of communication is open.

    Parameters
    ----------
    shared_permille : int
        Part of its demand that its source can give.
    carried_permille : int
        Part of that which the columns bring so far.
    """
    row = world.units[unit]
    rule = world.rules[0]
    level_permille = shared_permille * carried_permille // 1000
    row.supply_state, row.supply_reason, row.supply_hex = IN_SUPPLY, SUPPLY_OK, -1
    if level_permille < rule.supply_strained_permille:
        row.supply_state = STRAINED
        row.supply_reason = SUPPLY_LONG_LINE if carried_permille <= shared_permille else SUPPLY_SHARED
    if level_permille < rule.supply_out_permille:
        row.supply_state = OUT_OF_SUPPLY
        row.supply_hex = end_of_range(world, unit) if carried_permille == 0 else -1
    elif is_short_of_fuel(world, unit):
        row.supply_state, row.supply_reason = STRAINED, SUPPLY_SHORT_FUEL
    elif is_short_of_ammunition(world, unit):
        row.supply_state, row.supply_reason = STRAINED, SUPPLY_SHORT_AMMUNITION


@kernel
def end_of_range(world, unit):
    """Return the last hex of a unit's line of communication, seen from its source, that columns still reach."""
    row = world.units[unit]
    side = row.side
    range10 = int(world.rules[0].line_range10[side])
    if row.army >= 0:
        range10 += int(world.formations[row.army].trucks_range)
    hex = int(row.hex)
    while world.supply_cost[side, hex] > range10 and next_on_trace(world, side, hex) >= 0:
        hex = next_on_trace(world, side, hex)
    return hex


@kernel
def supplied_beside(world, side, hex):
    """Return the neighbour of ``hex`` that supplies reach at the lowest cost, -1 where they reach none."""
    best, lowest = -1, BLOCKED
    for direction in range(6):
        other = int(world.neighbours[hex, direction])
        if other >= 0 and world.supply_cost[side, other] < lowest:
            best, lowest = other, int(world.supply_cost[side, other])
    return best


@kernel
def cost_beside(world, side, hex):
    """Return the lowest transport cost among the neighbours of ``hex``; BLOCKED where supplies reach none of them."""
    near = supplied_beside(world, side, hex)
    return int(world.supply_cost[side, near]) if near >= 0 else BLOCKED


@kernel
def judge_cut_off(world, scratch, unit):
    """Set the state of a unit that no supplies reach, by looking at the room that it still has.

    Shut in by the enemy with at most ``pocket_hexes`` hexes it is isolated; with more room, or kept from its base by
    distance and water alone, it is out of supply. The hex told is the one in enemy hands (or under his zone) that lies
    nearest to where its side's supplies do flow.

    Notes
    -----
    Hexes searched carry the unit in ``scratch.cost``, so the next unit of the same pocket takes its answer.
    The answer depends on the pocket alone, not on which of its units asked first.
    """
    row = world.units[unit]
    side = row.side
    stamp = scratch.serial[STAMP]
    if scratch.stamp[row.hex] == stamp:
        other_row = world.units[scratch.cost[row.hex]]
        if other_row.supply_state == ISOLATED:
            row.supply_state, row.supply_reason = ISOLATED, other_row.supply_reason
            row.supply_hex = other_row.supply_hex
            return
    room = scratch.path
    room[0] = row.hex
    scratch.stamp[row.hex] = stamp
    scratch.cost[row.hex] = unit
    n_room, done = 1, 0
    limit = int(world.rules[0].pocket_hexes)
    best_hex, best_cost, best_reason = -1, BLOCKED, SUPPLY_NO_ROUTE
    out_of_range = False
    while done < n_room and n_room <= limit:
        hex = room[done]
        done += 1
        for direction in range(6):
            other = world.neighbours[hex, direction]
            if other < 0 or (scratch.stamp[other] == stamp and scratch.cost[other] == unit):
                continue
            if trace_step_cost(world, side, hex, direction, other) == BLOCKED:
                continue
            cut = what_cuts(world, side, other)
            if cut != SUPPLY_OK:
                cost = cost_beside(world, side, other)
                if best_hex < 0 or cost < best_cost or (cost == best_cost and other < best_hex):
                    best_hex, best_cost, best_reason = other, cost, cut
                continue
            if world.supply_cost[side, other] != BLOCKED:
                out_of_range = True
                best_hex, best_reason = other, SUPPLY_LONG_LINE
                break
            scratch.stamp[other] = stamp
            scratch.cost[other] = unit
            room[n_room] = other
            n_room += 1
        if out_of_range:
            break
    shut_in = done == n_room and n_room <= limit and best_hex >= 0 and not out_of_range
    row.supply_state = ISOLATED if shut_in else OUT_OF_SUPPLY
    row.supply_reason = best_reason
    row.supply_hex = best_hex
    if best_hex >= 0:
        trace_supply(world, scratch, side, supplied_beside(world, side, best_hex))


@kernel
def tell_supply(world, unit, state_before, reason_before, fuel_before10):
    """Log what became worse or better about a unit's supply since its last phase."""
    row = world.units[unit]
    state = row.supply_state
    dry = row.fuel_max10 > 0 and fuel_before10 <= world.rules[0].fuel_dry10
    if dry and row.supply_reason == SUPPLY_SHORT_FUEL and reason_before != SUPPLY_SHORT_FUEL:
        log_event(world, EVENT_OUT_OF_FUEL, unit, -1, row.hex, 0, 0)
    if state == ISOLATED and state_before != ISOLATED:
        log_event(world, EVENT_ENCIRCLED, unit, -1, row.hex, 0, 0)
    elif state != ISOLATED and state_before == ISOLATED:
        log_event(world, EVENT_RELIEVED, unit, -1, row.hex, 0, 0)
    elif state > state_before:
        log_event(world, EVENT_SUPPLY, unit, -1, row.hex, state, row.supply_reason)
