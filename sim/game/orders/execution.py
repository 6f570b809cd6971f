"""Orders of one side checked and handed to the kernels."""

from collections.abc import Sequence
from typing import Any

from sim.errors import refuse
from sim.game.orders.marches import Ranges
from sim.game.orders.rules import OrderRules
from sim.game.orders.values import Order
from sim.kernels.orders import ORDER_KINDS, execute_orders
from sim.kernels.state import layout


def carry_out(rules: OrderRules, orders: Sequence[Order]) -> None:
    """Check and carry out orders one after the other; those before one that is refused stay carried out.

    Raises
    ------
    OrderError
    """
    world, clock = rules.world, rules.world.clock
    for order in orders:
        records, before = order_records(rules, order), int(clock["n_events"][0])
        done = execute_orders(world, rules.scratch, records, len(records))
        rules.ranges = Ranges(world, rules.scratch)  # the map has changed
        # Who runs into an unknown enemy at the first step goes nowhere, but the order has had its effect.
        if done == 0 and int(clock["n_events"][0]) == before:
            detail = "it cannot move today: it is out of fuel, or there is no room on the way"
            refuse("cannot", order.subject, detail)


def order_records(rules: OrderRules, order: Order) -> Any:
    """Return the ORDER records of a legal order: one for each unit that it orders."""
    if not isinstance(order, Order):
        refuse("type", type(order).__name__, "it is no order; give Move(unit, to) or another of sim.game.orders")
    order.check_types()
    rows = order.rows(rules)
    out = layout.records(len(rows), layout.ORDER)
    out["kind"] = ORDER_KINDS.index(order.kind)
    for record, row in zip(out, rows, strict=True):
        for field, value in row.items():
            record[field] = value
    return out
