"""Units that wait for orders when a turn is about to end, each with the reason, to be jumped through."""

from dataclasses import dataclass

import numpy as np

from sim.errors import OrderError
from sim.game.campaign import Campaign
from sim.game.orders import Standing
from sim.game.play.standing_orders import DIG_IN, HOLD, StandingOrders
from sim.kernels import codes
from sim.kernels.commander.defence import is_paralysed

BARRED, COULD_ATTACK, NO_SUPPLY, NO_ORDERS = "barred", "could_attack", "no_supply", "no_orders"


@dataclass(frozen=True)
class Idle:
    """A unit that could still do something today.

    Attributes
    ----------
    unit, hex : int
    reason : str
        ``barred``, ``could_attack``, ``no_supply`` or ``no_orders``; the first that applies.
    sentence : str
    """

    unit: int
    hex: int
    reason: str
    sentence: str


def idle_units(campaign: Campaign, standing: StandingOrders) -> list[Idle]:
    """Return the units of the side to move that the player leads and that wait for orders, in the order of the reasons.

    Those told to hold or to dig in, those that follow the plan, and those that surprise keeps, wait for nothing.
    """
    side = campaign.phase_side
    if side is None:
        return []
    units = campaign.world.units
    mine = (units["side"] == campaign.side_ids.index(side)) & (units["led_by"] == codes.LED_BY_HAND)
    kept = standing.of(side)
    found = []
    for row in np.flatnonzero(mine & (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)).tolist():
        order = kept.get(campaign.names.units[row])
        if (order is None or order.kind not in (HOLD, DIG_IN)) and not is_paralysed(campaign.world, row):
            found += _reason(campaign, row, order)
    ranks = (BARRED, COULD_ATTACK, NO_SUPPLY, NO_ORDERS)
    return sorted(found, key=lambda one: (ranks.index(one.reason), one.unit))


def _reason(campaign: Campaign, row: int, order: Standing | None) -> list[Idle]:
    record = campaign.world.units[row]
    hex, name, where = int(record["hex"]), campaign.views.unit(row), campaign.views.where(int(record["hex"]))
    rests = record["hexes_today"] == 0 and record["attacks_today"] == 0
    if order is not None and order.barred:
        return [Idle(row, hex, BARRED, f"{name}, {where}, cannot go on: {order.barred}.")]
    if record["attacks_today"] == 0 and _could_attack(campaign, row):
        return [Idle(row, hex, COULD_ATTACK, f"{name}, {where}, could attack.")]
    if rests and record["supply_state"] in (codes.OUT_OF_SUPPLY, codes.ISOLATED):
        state = codes.SUPPLY_STATES[int(record["supply_state"])]
        return [Idle(row, hex, NO_SUPPLY, f"{name}, {where}, is {state} and has not moved.")]
    if rests and order is None and record["mp10"] > 0 and record["mobility"] != codes.STATIC:
        return [Idle(row, hex, NO_ORDERS, f"{name}, {where}, has no orders.")]
    return []


def _could_attack(campaign: Campaign, row: int) -> bool:
    """Return whether a unit stands beside an enemy whom it could attack in haste now."""
    world, rules = campaign.world, campaign.order_rules()
    around = world.neighbours[int(world.units["hex"][row])]
    held = around[(around >= 0) & (rules.known.layers["occupant"][around] == 1 - rules.side)].tolist()
    try:
        return bool(held) and rules.attacker(campaign.names.units[row], held[0], codes.HASTY) == row
    except OrderError:
        return False
