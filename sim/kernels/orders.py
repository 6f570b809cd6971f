"""Orders as values: what a player, a script or a replay gives to the same kernels that the commanders use."""

from sim.kernels.codes import (
    ORDER_ATTACK,
    ORDER_FORCED_MARCH,
    ORDER_MOVE,
    ORDER_POSTURE,
    ORDER_RAIL,
)
from sim.kernels.combat import resolve_attack
from sim.kernels.jit import kernel
from sim.kernels.movement import move_unit, order_forced_march, rail_move


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
            done += 1 if move_unit(world, scratch, order.unit, order.hex) > 0 else 0
        elif order.kind == ORDER_RAIL:
            done += 1 if rail_move(world, scratch, order.unit, order.hex) > 0 else 0
        elif order.kind == ORDER_FORCED_MARCH:
            order_forced_march(world, order.unit)
            done += 1
        elif order.kind == ORDER_POSTURE:
            world.units[order.unit].posture = order.posture
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
            if world.units[order.unit].attacks_today == 0 and count < scratch.rows.shape[1]:
                scratch.rows[2, count] = order.unit
                count += 1
    if count == 0:
        return 0
    resolve_attack(world, scratch, orders[first].hex, scratch.rows[2], count, orders[first].posture)
    return count
