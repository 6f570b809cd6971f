"""What the commanders see: who stands where, how far it is to an objective, how strong the enemy nearby is."""

from sim.kernels.codes import (
    ACTIVE,
    ARTILLERY,
    BLOCKED,
    CAVALRY,
    ENGINEERS,
    FORTIFIED,
    GARRISON,
    HEADQUARTERS,
    INFANTRY,
    LED_BY_COMMANDER,
    MECHANISED,
    ROCKETS,
    ROLE_MAIN,
    ROLE_RESERVE,
    ROLE_SIEGE,
    ROLE_SUPPORT,
    STATIC,
    SUPPORT,
)
from sim.kernels.compiler.kernel import kernel
from sim.kernels.ground.hexes import distance
from sim.kernels.ground.step_cost import is_motor
from sim.kernels.recon.sight import can_see


@kernel
def is_on_map(row):
    """Return whether a unit stands on a hex and may act."""
    return row.status == ACTIVE and row.hex >= 0


@kernel
def takes_orders(row):
    """Return whether a unit may act and the commander of its side, not a player, orders it."""
    return row.status == ACTIVE and row.hex >= 0 and row.led_by == LED_BY_COMMANDER


@kernel
def is_rear_branch(branch):
    """Return whether units of this branch keep behind the fighting troops."""
    return branch == ARTILLERY or branch == ROCKETS or branch == HEADQUARTERS or branch == SUPPORT


@kernel
def is_line_branch(branch):
    """Return whether units of this branch are infantry that takes ground in close country."""
    return branch == INFANTRY or branch == MECHANISED or branch == CAVALRY or branch == FORTIFIED


@kernel
def can_besiege(branch):
    """Return whether units of this branch are spared for sieges."""
    return (
        branch == INFANTRY
        or branch == ARTILLERY
        or branch == ROCKETS
        or branch == ENGINEERS
        or branch == FORTIFIED
        or branch == GARRISON
    )


@kernel
def is_offensive(role):
    """Return whether an axis of this role goes forward to its objectives."""
    return role == ROLE_MAIN or role == ROLE_SUPPORT or role == ROLE_SIEGE or role == ROLE_RESERVE


@kernel
def is_released(world, row):
    """Return whether the unit's axis may act today (a unit without an axis always may)."""
    return row.axis < 0 or world.axes[row.axis].release_turn <= world.clock[0].turn


@kernel
def can_march(row):
    """Return whether the unit is able to move by itself at all."""
    return row.mobility != STATIC


@kernel
def route_of(world, row, objective):
    """Return the row of ``cost_to_go`` that leads this unit to this objective."""
    route = 2 * world.objectives[objective].field
    if is_motor(row.mobility):
        route += 1
    return route


@kernel
def to_go(world, unit, objective, hex):
    """Return the cost-to-go in mp10 from ``hex`` to the objective for this unit's kind of transport."""
    return world.cost_to_go[route_of(world, unit, objective), hex]


@kernel
def enemy_beside(world, side, hex):
    """Return the enemy combat power in the hexes beside ``hex``."""
    power = 0
    for direction in range(6):
        near = world.neighbours[hex, direction]
        if near >= 0 and world.layers[near].occupant == 1 - side:
            power += world.layers[near].power[1 - side]
    return power


@kernel
def way_is_barred(world, side, route, hex):
    """Return the enemy-occupied hex through which the direct way from ``hex`` leads, or -1."""
    best = BLOCKED
    step = -1
    for direction in range(6):
        near = world.neighbours[hex, direction]
        if near >= 0 and world.cost_to_go[route, near] < best:
            best = world.cost_to_go[route, near]
            step = near
    if step >= 0 and world.layers[step].occupant == 1 - side:
        return step
    return -1


@kernel
def is_outflanked(world, unit, objective):
    """Return whether an enemy seen near this unit is closer to ``objective`` than itself by the rule's margin."""
    rule = world.rules[0]
    row = world.units[unit]
    own = to_go(world, row, objective, row.hex)
    n_cols = world.clock[0].n_cols
    for other in range(len(world.units)):
        other_row = world.units[other]
        if other_row.side == row.side or not is_on_map(other_row):
            continue
        if distance(row.hex, other_row.hex, n_cols) > rule.outflank_radius_hexes:
            continue
        if not can_see(world, row.side, other_row.hex):
            continue
        if to_go(world, other_row, objective, other_row.hex) + rule.outflank_margin_mp10 < own:
            return True
    return False
