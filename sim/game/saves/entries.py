"""Whether orders from a file can have been given in a campaign: to units, places and sides that are there."""

from sim.game.campaign import Campaign
from sim.game.orders import ATTACK_POSTURES, POSTURES, Attach, Attack, Move, Posture, Rail, Standing
from sim.game.orders.rules import hex_named
from sim.game.orders.values import LeadOrder, UnitOrder
from sim.game.play.standing_orders import KINDS, MARCH, RAIL
from sim.game.records.order_log import Cancel, CommandedBy, Day, Entry, Lead, OrderLog, Phase
from sim.kernels import codes
from sim.printable import quoted


def check_log(order_log: OrderLog, campaign: Campaign) -> None:
    """Check that every entry is about what there is in a campaign.

    Raises
    ------
    ValueError
        One is not, or there are more days than the campaign has.
    """
    last = int(campaign.static.template.clock["last_turn"][0])
    if order_log.last > last:
        raise ValueError(f"{order_log.last} days of orders, in a campaign of {last}")
    sound: set[Entry] = set()
    for number, entry in enumerate(order_log.entries, start=1):
        if entry in sound:
            continue
        wrong = _wrong(entry, campaign)
        if wrong:
            raise ValueError(f"entry {number} of its orders: {wrong}")
        sound.add(entry)


def _wrong(entry: Entry, campaign: Campaign) -> str:
    """Return what an entry names that is not there; empty if there is nothing."""
    match entry:
        case Day() | Phase(""):
            return ""
        case Lead(sides):
            return _first_unknown(sides, campaign.side_ids, "side")
        case Phase(side):
            return _first_unknown((side,), campaign.side_ids, "side")
        case CommandedBy(side, commander):
            return _first_unknown((side,), campaign.side_ids, "side") or _first_unknown(
                (commander,), codes.COMMANDERS, "commander"
            )
        case Standing():
            return _wrong_standing(entry, campaign)
        case Cancel(unit):
            return _first_unknown((unit,), campaign.names.unit_rows, "unit")
    return _wrong_order(entry, campaign)


def _wrong_order(order: Entry, campaign: Campaign) -> str:
    names = campaign.names
    units = order.units if isinstance(order, Attack) else (order.unit,) if isinstance(order, UnitOrder) else ()
    wrong = _first_unknown(units, names.unit_rows, "unit")
    match order:
        case Move(_, to) | Rail(_, to) | Attack(_, to):
            wrong = wrong or _no_hex(to, campaign)
        case Attach(_, formation):
            wrong = wrong or _first_unknown((formation,), names.formation_rows, "headquarters")
        case Posture(_, posture):
            wrong = wrong or _first_unknown((posture,), POSTURES, "posture")
        case LeadOrder(told):
            wrong = wrong or _first_unknown(told, {*names.unit_rows, *names.formation_rows}, "unit or formation")
    if isinstance(order, Attack):
        wrong = wrong or _first_unknown((order.posture,), ATTACK_POSTURES, "posture of an attack")
    return wrong


def _wrong_standing(order: Standing, campaign: Campaign) -> str:
    wrong = _first_unknown((order.unit,), campaign.names.unit_rows, "unit")
    wrong = wrong or _first_unknown((order.kind,), KINDS, "kind of standing order")
    if wrong or not order.barred.isprintable():
        return wrong or f"{quoted(order.barred)} bars nobody"
    if order.kind in (MARCH, RAIL):
        return _no_hex(order.to, campaign)
    return f"{order.kind} has no goal, but {quoted(order.to)} is given" if order.to else ""


def _no_hex(text: str, campaign: Campaign) -> str:
    found = hex_named(campaign.world, campaign.names, text)
    return f"no hex or place {quoted(text)}" if found < 0 else ""


def _first_unknown(given: tuple[str, ...], known: object, what: str) -> str:
    unknown = next((name for name in given if name not in known), None)  # type: ignore[operator]
    return f"no {what} {quoted(unknown)}" if unknown is not None else ""
