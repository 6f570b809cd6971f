"""Standing orders: what a unit goes on doing on its side's coming days until it is done, changed or barred.

A plotted march goes as far as it can today and on again at the start of each phase; a train runs on; a unit told to dig
in takes up that posture every morning. The orders are plain values beside the campaign, which only notes them in its
order log.

Example
-------
A script that sends a brigade to Lupei and lets it march until it is there:

>>> campaign = Campaign.start("august_storm").lead("soviet")
>>> standing = StandingOrders(campaign)
>>> campaign.next_phase()
'soviet'
>>> standing.plot("sov_46gtb", "lupei").arrival_date
datetime.date(1945, 8, 12)
>>> while standing.of("soviet"):
...     if campaign.next_phase() == "soviet":
...         for report in standing.carry_out():
...             print(report.sentence)
46th Guards Tank Brigade has arrived at Lupei.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sim.errors import OrderError, SaveError
from sim.game.campaign import Campaign
from sim.game.orders import FollowPlan, Move, Order, Posture, Rail, Standing
from sim.game.orders.marches import Ranges, march_range
from sim.game.play.march_routes import Route, find_route
from sim.game.play.rail_journeys import next_stop
from sim.game.records.order_log import Cancel
from sim.game.wording.views import plain
from sim.kernels import codes
from sim.kernels.ground.step_cost import is_land

MARCH, RAIL, HOLD, DIG_IN = "march", "rail", "hold", "dig_in"
KINDS = (MARCH, RAIL, HOLD, DIG_IN)


@dataclass(frozen=True)
class MorningReport:
    """What became of a standing order this morning."""

    unit: int
    hex: int
    sentence: str
    barred: bool


class StandingOrders:
    """The standing orders of a campaign, one a unit at most.

    Parameters
    ----------
    campaign : Campaign
    """

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self._orders: dict[str, Standing] = {}

    # --- looking

    def of(self, side: str) -> dict[str, Standing]:
        """Return the standing orders of one side by unit id: the other is not to see them."""
        sides, rows = self.campaign.world.units["side"], self.campaign.names.unit_rows
        row = self.campaign.side_ids.index(side)
        return {name: order for name, order in self._orders.items() if sides[rows[name]] == row}

    def get(self, unit: str) -> Standing | None:
        """Return the standing order of a unit, if it has one."""
        return self._orders.get(unit)

    # --- giving

    def plot(self, unit: str, to: str, route: Route | None = None, ranges: Ranges | None = None) -> Route:
        """March towards a hex (label) or place as far as today allows, and keep the rest for the days to come.

        Where the enemy stands there or bars every way, the unit comes as near as it can and waits. The way there and
        the ranges may be handed on by whoever has looked for them as the world stands.

        Raises
        ------
        OrderError
            The unit cannot be ordered, or comes no nearer.
        """
        rules = self.campaign.order_rules()
        row, target = rules.unit(unit), rules.hex(unit, to)
        if int(self.campaign.world.units["hex"][row]) == target:
            raise OrderError("same_hex", unit, "it is already there")
        if not is_land(int(self.campaign.world.hexes["terrain"][target])):
            raise OrderError("no_land", unit, "there is no land there")
        route = route or find_route(self.campaign, row, target)
        if len(route.steps) < 2:
            raise OrderError("no_way", unit, route.halt)
        self._set(Standing(unit, MARCH, self.campaign.names.hex_label(target)))
        self._march(self._orders[unit], route, ranges)
        return route

    def plot_rail(self, unit: str, to: str) -> None:
        """Go by train towards a hex or place, with as many days on the train as it takes.

        Raises
        ------
        OrderError
        """
        rules = self.campaign.order_rules()
        row, target = rules.unit(unit), rules.hex(unit, to)
        rules.check_rail(unit)
        stop = next_stop(self.campaign, row, target)
        if stop < 0:
            raise OrderError("no_line", unit, f"no railway held by its side leads from here towards {to}")
        self.campaign.give([Rail(unit, self.campaign.names.hex_label(stop))])
        self._set(Standing(unit, RAIL, self.campaign.names.hex_label(target)))
        self._drop_if_there(unit)

    def hold(self, unit: str) -> None:
        """Stay where it is, with the posture that it has, until it is told otherwise."""
        self.campaign.order_rules().unit(unit)
        self._set(Standing(unit, HOLD))

    def dig_in(self, unit: str) -> None:
        """Defend where it is, and entrench, until it is told otherwise."""
        self.campaign.give([Posture(unit, "defend")])
        self._set(Standing(unit, DIG_IN))

    def cancel(self, unit: str) -> None:
        """Drop the standing order of a unit."""
        if self._orders.pop(unit, None) is not None:
            self.campaign.note(Cancel(unit))

    def heed(self, order: Order) -> None:
        """Drop the standing orders that an order given by hand replaces; a battle on the way replaces none."""
        if isinstance(order, FollowPlan):
            rows, led = self.campaign.names.unit_rows, self.campaign.world.units["led_by"]
            for unit in [name for name in self._orders if led[rows[name]] == codes.LED_BY_COMMANDER]:
                self.cancel(unit)
        elif isinstance(order, Move | Rail | Posture):
            self.cancel(order.unit)

    def _set(self, order: Standing) -> None:
        if self._orders.get(order.unit) != order:
            self._orders[order.unit] = order
            self.campaign.note(order)

    # --- the morning

    def carry_out(self) -> list[MorningReport]:
        """Go on with the standing orders of the side whose phase is open, the foremost first; tell what became of them.

        Those that found no room are tried once more after the others have marched on.
        """
        side = self.campaign.phase_side
        if side is None:
            return []
        due = [order for order in self.of(side).values() if self._is_alive(order)]
        routes = {order.unit: self._route(order) for order in due}
        due.sort(key=lambda order: (routes[order.unit].cost_mp10, order.unit))
        for order in due:
            self._go_on(order, routes[order.unit])
        for order in due:
            kept = self._orders.get(order.unit)
            if kept is not None and kept.barred and kept.kind == MARCH:
                self._march(kept, self._route(kept))
        return [report for order in due for report in self._reported(order)]

    def _is_alive(self, order: Standing) -> bool:
        record = self.campaign.world.units[self.campaign.unit(order.unit)]
        if record["status"] == codes.ACTIVE and record["hex"] >= 0:
            return True
        self.cancel(order.unit)
        return False

    def _route(self, order: Standing) -> Route:
        row = self.campaign.unit(order.unit)
        if order.kind != MARCH:
            return Route(row)
        return find_route(self.campaign, row, self.campaign.names.hex_of(order.to))

    def _go_on(self, order: Standing, route: Route) -> None:
        if order.kind == MARCH:
            self._march(order, route)
        elif order.kind == RAIL:
            self._ride(order)
        elif order.kind == DIG_IN:
            self._set(replace(order, barred=self._try(Posture(order.unit, "defend"))))

    def _march(self, order: Standing, route: Route, ranges: Ranges | None = None) -> None:
        """March along a route as far as today allows; keep the order unless that is the end of it."""
        row = route.unit
        if len(route.steps) < 2:
            self._set(replace(order, barred=route.halt))
            return
        ranges = ranges or Ranges(self.campaign.world, self.campaign.scratch)
        stops = ranges.stops(row)
        ahead = [hex for hex in route.steps[1:] if hex in stops]
        barred = ""
        if ahead:
            barred = self._try(Move(order.unit, self.campaign.names.hex_label(ahead[-1])), ranges)
        elif route.steps[1] in self._passable(row):
            barred = "there is no room on the road ahead"
        elif route.halt and route.day_ends[-1] == route.steps[0]:
            barred = route.halt
        elif self.campaign.world.units["mp10"][row] <= 0 and not self.campaign.world.units["hexes_today"][row]:
            barred = "it has no movement points today"
        self._set(replace(order, barred=barred))
        self._drop_if_there(order.unit)

    def _passable(self, row: int) -> set[int]:
        """Return the hexes beside a unit that it could pass today but not stay in."""
        world, scratch = self.campaign.world, self.campaign.scratch
        stops = march_range(world, scratch, row)
        around = world.neighbours[int(world.units["hex"][row])].tolist()
        return {hex for hex in around if hex >= 0 and scratch.stamp[hex] == scratch.serial[0] and hex not in stops}

    def _ride(self, order: Standing) -> None:
        row = self.campaign.unit(order.unit)
        stop = next_stop(self.campaign, row, self.campaign.names.hex_of(order.to))
        barred = "no train can carry it farther today"
        if stop >= 0:
            barred = self._try(Rail(order.unit, self.campaign.names.hex_label(stop)))
        self._set(replace(order, barred=barred))
        self._drop_if_there(order.unit)

    def _try(self, order: Order, ranges: Ranges | None = None) -> str:
        """Give an order; return why it cannot be given, empty if it was."""
        try:
            self.campaign.give([order], ranges)
        except OrderError as error:
            return error.detail
        return ""

    def _drop_if_there(self, unit: str) -> None:
        order = self._orders[unit]
        if int(self.campaign.world.units["hex"][self.campaign.unit(unit)]) == self.campaign.names.hex_of(order.to):
            self.cancel(unit)

    def _reported(self, order: Standing) -> list[MorningReport]:
        """Return the sentence about an order that ended or is barred; nothing about one that goes on."""
        if not order.to:
            return []
        views, row = self.campaign.views, self.campaign.unit(order.unit)
        hex = int(self.campaign.world.units["hex"][row])
        kept = self._orders.get(order.unit)
        if kept is None:
            return [MorningReport(row, hex, f"{views.unit(row)} has arrived {views.where(hex)}.", barred=False)]
        if kept.barred:
            goal = plain(views.near(self.campaign.names.hex_of(order.to)))
            sentence = f"{views.unit(row)} is halted {views.where(hex)} and cannot go on towards {goal}: {kept.barred}."
            return [MorningReport(row, hex, sentence, barred=True)]
        return []

    # --- keeping

    def kept(self) -> dict[str, Standing]:
        """Return all orders, to ``put_back`` later."""
        return dict(self._orders)

    def put_back(self, orders: Mapping[str, Standing]) -> None:
        """Go back to orders that were kept."""
        self._orders = dict(orders)

    def to_json(self) -> list[dict[str, str]]:
        """Return all orders as plain data for a save."""
        return [asdict(order) for order in self._orders.values()]

    def from_json(self, data: Any) -> None:
        """Take over the orders of a save.

        Raises
        ------
        SaveError
            They are not what ``to_json`` gives, or do not fit this campaign.
        """
        orders = {}
        for entry in data if isinstance(data, list) else [None]:
            order = self._read(entry)
            orders[order.unit] = order
        self._orders = orders

    def _read(self, entry: Any) -> Standing:
        names = self.campaign.names
        try:
            order = Standing(**entry)
            if order.kind in (MARCH, RAIL):
                names.hex_of(order.to)
            if order.kind in KINDS and order.unit in names.unit_rows and isinstance(order.barred, str):
                return order
        except (TypeError, ValueError):
            pass
        raise SaveError(f"error: a standing order of the save is damaged: {entry!r}")
