"""Orders as values: what a player, a script or a replay gives to the same kernels that the commanders use."""

from sim.kernels.combat.battle import resolve_attack
from sim.kernels.compiler.kernel import kernel
from sim.kernels.movement.movement import move_unit, order_forced_march, rail_move, reach
from sim.kernels.movement.rail import rail_reach
from sim.kernels.recon.sight import as_known_to
from sim.kernels.units.attach import attach_unit
from sim.kernels.units.stacking import can_stack

# What ORDER.kind says, and what it is called; ``execute_orders`` has a branch for each.
ORDER_KINDS = ("none", "move", "attack", "posture", "rail", "forced_march", "attach", "led_by")
(
    ORDER_NONE,
    ORDER_MOVE,
    ORDER_ATTACK,
    ORDER_POSTURE,
    ORDER_RAIL,
    ORDER_FORCED_MARCH,
    ORDER_ATTACH,
    ORDER_LED_BY,
) = range(8)


@kernel
def execute_orders(world, scratch, orders, n):
    """Carry out ``orders[:n]`` (ORDER records) in their order; attacks with one battle number strike together.

    Returns
    -------
    int
        Orders that could be carried out.
    """
    done = 0
    for i in range(n):
        order = orders[i]
        if order.kind == ORDER_ATTACK:
            done += execute_attack(world, scratch, orders, n, i)
        elif order.kind == ORDER_MOVE:
            done += 1 if move_unit(world, scratch, int(order.unit), int(order.hex)) > 0 else 0
        elif order.kind == ORDER_RAIL:
            done += 1 if rail_move(world, scratch, int(order.unit), int(order.hex)) > 0 else 0
        elif order.kind == ORDER_FORCED_MARCH:
            done += 1 if order_forced_march(world, int(order.unit)) > 0 else 0
        elif order.kind == ORDER_POSTURE:
            world.units[order.unit].posture = order.posture
            done += 1
        elif order.kind == ORDER_ATTACH:
            done += attach_unit(world, int(order.unit), int(order.formation))
        elif order.kind == ORDER_LED_BY:
            world.units[order.unit].led_by = order.led_by
            done += 1
    return done


@kernel
def execute_attack(world, scratch, orders, n, first):
    """Fight the battle of ``orders[first]`` unless an earlier order of the same battle number already did."""
    battle = orders[first].battle
    for i in range(first):
        if orders[i].kind == ORDER_ATTACK and orders[i].battle == battle and orders[i].hex == orders[first].hex:
            return 0
    count = 0
    for i in range(first, n):
        order = orders[i]
        if order.kind == ORDER_ATTACK and order.battle == battle and order.hex == orders[first].hex:
            if world.units[order.unit].attacks_today == 0 and count < scratch.unit_lists.shape[1]:
                scratch.unit_lists[2, count] = order.unit
                count += 1
    if count == 0:
        return 0
    resolve_attack(world, scratch, orders[first].hex, scratch.unit_lists[2], count, int(orders[first].posture))
    return count


@kernel
def keep_stops(world, scratch, unit, n):
    """Keep those of ``scratch.found[:n]`` in which a unit may end its move, in their order; return how many."""
    kept = 0
    for i in range(n):
        hex = int(scratch.found[i])
        if can_stack(world, unit, hex):
            scratch.found[kept] = hex
            kept += 1
    return kept


@kernel
def march_stops(world, scratch, unit):
    """Find where a unit may end a march today: ``scratch.found[:n]``, start first, with ``scratch.cost`` in mp10.

    Enemies of whom its side does not know change nothing: nobody learns of them by asking where he may go.
    """
    known = as_known_to(world, int(world.units[unit].side))
    return keep_stops(known, scratch, unit, reach(known, scratch, unit, int(world.units[unit].mp10)))


@kernel
def rail_stops(world, scratch, unit):
    """Find where a train may bring a unit today: as ``march_stops``, with ``scratch.cost`` in hexes run."""
    known = as_known_to(world, int(world.units[unit].side))
    return keep_stops(known, scratch, unit, rail_reach(known, scratch, unit))
