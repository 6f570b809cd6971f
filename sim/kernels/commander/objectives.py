"""Formation level of the commander: which objective each unit works on, and who is left to besiege."""

from sim.kernels.codes import (
    BLOCKED,
    EVENT_OBJECTIVE,
    REASON_ADVANCE,
    REASON_BESIEGE,
    REASON_WAIT_RELEASE,
    ROLE_SIEGE,
)
from sim.kernels.commander.assessment import can_besiege, can_march, is_offensive, is_released, takes_orders, to_go
from sim.kernels.compiler.kernel import kernel
from sim.kernels.events import log_event
from sim.kernels.units.power import unit_power


@kernel
def update_objectives(world, side):
    """Close the objectives that ``side`` holds, reopen lost ones and set the current objective of each axis."""
    turn = world.clock[0].turn
    for a in range(len(world.axes)):
        axis = world.axes[a]
        if axis.side != side or not is_offensive(axis.role):
            continue
        for o in range(axis.first, axis.first + axis.count):
            objective = world.objectives[o]
            if world.holder[objective.hex] != side:
                objective.done_turn = -1
            elif objective.done_turn < 0:
                objective.done_turn = turn
                margin = objective.due_turn - turn if objective.due_turn > 0 else 0
                log_event(world, EVENT_OBJECTIVE, a, objective.place, objective.hex, margin, 0)
        axis.current = current_objective(world, a)


@kernel
def current_objective(world, a):
    """Return the objective that axis ``a`` works on: the first open one; strongpoints and mere waypoints are passed.

    Returns -1 when the axis has taken all of its objectives.
    """
    axis = world.axes[a]
    waypoint = world.rules[0].waypoint_weight
    last_held = -1
    for o in range(axis.first, axis.first + axis.count):
        if world.objectives[o].done_turn >= 0:
            last_held = o
    for o in range(axis.first, axis.first + axis.count):
        objective = world.objectives[o]
        if objective.done_turn >= 0:
            continue
        if objective.strongpoint and axis.role != ROLE_SIEGE:
            continue
        if objective.weight >= waypoint or o > last_held:
            return o
    for o in range(axis.first, axis.first + axis.count):  # only sieges are left
        if world.objectives[o].done_turn < 0:
            return o
    return -1


@kernel
def pass_waypoints(world, row, objective):
    """Return the objective that follows if the unit is already beyond a waypoint."""
    axis = world.axes[row.axis]
    last = axis.first + axis.count - 1
    waypoint = world.rules[0].waypoint_weight
    while objective < last:
        here = world.objectives[objective]
        if here.weight >= waypoint or here.strongpoint:
            break
        after = objective + 1
        if world.objectives[after].strongpoint and axis.role != ROLE_SIEGE:
            break
        if to_go(world, row, after, row.hex) > to_go(world, row, after, here.hex):
            break
        objective = after
    return objective


@kernel
def nearest_open_objective(world, row):
    """Return the open objective of any axis of the unit's side that costs it least to reach, or -1."""
    best = -1
    best_cost = BLOCKED
    for a in range(len(world.axes)):
        axis = world.axes[a]
        if axis.side != row.side or axis.current < 0 or not is_offensive(axis.role):
            continue
        if world.objectives[axis.current].strongpoint and not can_besiege(row.branch):
            continue
        cost = to_go(world, row, axis.current, row.hex)
        if cost < best_cost:
            best, best_cost = axis.current, cost
    return best


@kernel
def assign_objectives(world, side):
    """Give every unit of an offensive axis its objective for the day."""
    for unit in range(len(world.units)):
        row = world.units[unit]
        if row.side != side or not takes_orders(row) or row.axis < 0 or not can_march(row):
            continue
        axis = world.axes[row.axis]
        if not is_offensive(axis.role):
            continue
        if not is_released(world, row):
            row.objective = -1
            row.reason = REASON_WAIT_RELEASE
            row.reason_a = axis.release_turn
            continue
        if axis.current >= 0:
            row.objective = pass_waypoints(world, row, axis.current)
        else:
            row.objective = nearest_open_objective(world, row)
        row.reason = REASON_ADVANCE
        if row.objective >= 0:
            row.target = world.objectives[row.objective].hex
            row.reason_a = world.objectives[row.objective].place
    for a in range(len(world.axes)):
        axis = world.axes[a]
        if axis.side == side and is_offensive(axis.role) and axis.role != ROLE_SIEGE:
            assign_sieges(world, a)


@kernel
def assign_sieges(world, a):
    """Leave enough second-echelon troops of axis ``a`` before each fortress that it has passed or reached."""
    axis = world.axes[a]
    if axis.release_turn > world.clock[0].turn:
        return
    rule = world.rules[0]
    for o in range(axis.first, axis.first + axis.count):
        objective = world.objectives[o]
        if not objective.strongpoint or objective.done_turn >= 0 or o == axis.current:
            continue
        garrison = world.layers[objective.hex].power[1 - axis.side]
        need = max(1, garrison * rule.siege_need_permille // 1000)
        have = 0
        while have < need:
            chosen = nearest_besieger(world, a, o)
            if chosen < 0:
                break
            row = world.units[chosen]
            row.objective = o
            row.target = objective.hex
            row.reason = REASON_BESIEGE
            row.reason_a = objective.place
            have += unit_power(world, chosen)


@kernel
def nearest_besieger(world, a, o):
    """Return the unit of axis ``a`` best placed to besiege objective ``o`` and not yet told to, or -1.

    Units beyond the fortress do not turn back for it: the siege is the second echelon's.
    """
    objective = world.objectives[o]
    current = world.axes[a].current
    best = -1
    best_cost = world.rules[0].siege_reach_mp10 + 1
    for unit in range(len(world.units)):
        row = world.units[unit]
        if row.axis != a or not takes_orders(row) or not can_besiege(row.branch) or not can_march(row):
            continue
        if row.reason == REASON_BESIEGE:
            continue
        cost = to_go(world, row, o, row.hex)
        if cost >= best_cost:
            continue
        if current >= 0:
            to_own = to_go(world, row, current, row.hex)
            if to_own < to_go(world, row, current, objective.hex) - cost // 2:
                continue
        best, best_cost = unit, cost
    return best
