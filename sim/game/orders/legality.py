"""What makes an order legal, why it is refused where it is not, and what the kernels are told."""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import numpy as np

from sim.errors import OrderError, suggestion
from sim.game.orders import headquarters
from sim.game.orders.values import (
    ATTACK_POSTURES,
    POSTURES,
    Attach,
    Attack,
    FollowPlan,
    ForcedMarch,
    Move,
    Order,
    Posture,
    Rail,
    TakeCommand,
    subject,
)
from sim.kernels import codes
from sim.kernels.combat.odds import can_assault
from sim.kernels.ground.grid import distance_hexes
from sim.kernels.orders import execute_orders, march_stops, rail_stops
from sim.kernels.state import layout
from sim.kernels.state.layout import Scratch, World
from sim.kernels.units.stacking import can_stack
from sim.scenario.building.names import Names

Row = dict[str, int]  # fields of one ORDER record


class Desk:
    """Turns orders of one side into ORDER records; raises ``OrderError`` where one cannot be given.

    Parameters
    ----------
    world : World
    scratch : Scratch
    names : Names
    side : int
        The side whose phase it is.
    """

    def __init__(self, world: World, scratch: Scratch, names: Names, side: int) -> None:
        self.world, self.scratch, self.names, self.side = world, scratch, names, side
        self.known = as_known_to(world, side)  # a refusal must not betray what the side does not know

    def carry_out(self, orders: Sequence[Order]) -> None:
        """Check and carry out orders one after the other; those before one that is refused stay carried out.

        Raises
        ------
        OrderError
        """
        for order in orders:
            records, before = self.records(order), int(self.world.clock["n_events"][0])
            done = execute_orders(self.world, self.scratch, records, len(records))
            # Who runs into an unknown enemy at his first step goes nowhere, but the order has had its effect.
            if done == 0 and int(self.world.clock["n_events"][0]) == before:
                detail = "it gets nowhere today: its fuel is out, or there is no room on the way"
                refuse("cannot", subject(order), detail)

    def records(self, order: Order) -> Any:
        """Return the ORDER records of a legal order: one, or one for each unit that it names."""
        checks: dict[type, Callable[[Any], list[Row]]] = {
            Move: self._move,
            Attack: self._attack,
            Posture: self._posture,
            ForcedMarch: self._forced_march,
            Rail: self._rail,
            Attach: self._attach,
            FollowPlan: self._follow_plan,
            TakeCommand: self._take_command,
        }
        rows = checks[type(order)](order)
        out = layout.records(len(rows), layout.ORDER)
        for record, row in zip(out, rows, strict=True):
            for field, value in row.items():
                record[field] = value
        return out

    # --- one rule for each kind of order

    def _move(self, order: Move) -> list[Row]:
        unit, target = self.unit(order.unit), self.hex(order.unit, order.to)
        record = self.world.units[unit]
        if record["mobility"] == codes.STATIC:
            refuse("static", order.unit, "it cannot move at all")
        if record["mp10"] <= 0:
            refuse("no_movement", order.unit, "it has no movement left today")
        stops = self._stops(march_stops, unit, target, order.unit)
        if target not in stops:
            detail = f"{order.to} is beyond today's range, or the enemy bars the way"
            refuse("out_of_range", order.unit, f"{detail}{self._nearest(stops, unit, target)}")
        return [{"kind": codes.ORDER_MOVE, "unit": unit, "hex": target}]

    def _rail(self, order: Rail) -> list[Row]:
        unit, target = self.unit(order.unit), self.hex(order.unit, order.to)
        self.check_rail(order.unit)
        stops = self._stops(rail_stops, unit, target, order.unit)
        if target not in stops:
            detail = f"no train reaches {order.to} today"
            refuse("out_of_range", order.unit, f"{detail}{self._nearest(stops, unit, target)}")
        return [{"kind": codes.ORDER_RAIL, "unit": unit, "hex": target}]

    def check_rail(self, name: str) -> None:
        """Raise ``OrderError`` where no train can take a unit anywhere today."""
        unit = self.unit(name)
        record, rule = self.world.units[unit], self.world.rules[0]
        if record["hexes_today"] > 0 or record["attacks_today"] > 0:
            refuse("busy_today", name, "it has marched or fought today")
        loading = int(rule["allowance_mp10"][record["mobility"]]) * int(rule["rail_load_permille"]) // 1000
        if record["mp10"] < loading:
            refuse("no_movement", name, "too little of the day is left to load")
        found = rail_stops(self.world, self.scratch, unit)
        if found == 0:
            refuse("no_train", name, "no train can leave from here today")
        if found == 1:
            refuse("no_train", name, "no train from here has another stop with room for it today")

    def _stops(self, find: Callable[[Any, Any, int], int], unit: int, target: int, name: str) -> set[int]:
        if int(self.world.units[unit]["hex"]) == target:
            refuse("same_hex", name, "it stands there already")
        if self.known.layers[target]["occupant"] == 1 - self.side:
            refuse("enemy", name, "the enemy holds that hex; attack it")
        stops = set(self.scratch.found[: find(self.world, self.scratch, unit)].tolist())
        if stops and target not in stops and not can_stack(self.known, unit, target):
            refuse("no_room", name, f"there is no room for it in that hex{self._nearest(stops, unit, target)}")
        return stops

    def _nearest(self, stops: set[int], unit: int, target: int) -> str:
        """Return what to add to a refusal: the hex that comes nearest, if that is nearer than it stands now."""
        here = int(self.world.units[unit]["hex"])
        hexes = np.array([here, *sorted(stops - {here})])
        best = int(hexes[int(np.argmin(distance_hexes(hexes, target, self.names.n_cols)))])
        return "" if best == here else f"; {self.hex_words(best)} is the nearest it can reach"

    def _attack(self, order: Attack) -> list[Row]:
        first = order.units[0] if order.units else ""
        if not order.units:
            refuse("no_units", first, "an attack needs units")
        if order.posture not in ATTACK_POSTURES:
            refuse("posture", first, f"an attack is {', '.join(ATTACK_POSTURES)}, not {order.posture!r}")
        posture, target = codes.POSTURES.index(order.posture), self.hex(first, order.target)
        if self.known.layers[target]["occupant"] != 1 - self.side:
            refuse("nobody_there", first, f"no enemy stands in {order.target}")
        if len(set(order.units)) < len(order.units):
            refuse("twice", first, "a unit is named twice")
        units = [self.attacker(name, target, posture) for name in order.units]
        return [{"kind": codes.ORDER_ATTACK, "unit": unit, "hex": target, "posture": posture} for unit in units]

    def attacker(self, name: str, target: int, posture: int) -> int:
        """Return the row of a unit that can attack a hex now; raise ``OrderError`` where it cannot."""
        unit = self.unit(name)
        record = self.world.units[unit]
        if target not in self.world.neighbours[record["hex"]]:
            refuse("not_beside", name, "it does not stand beside that hex")
        if not can_assault(self.world, unit, target):
            refuse("cannot_assault", name, "gun units support of their own accord, and what cannot move attacks nobody")
        if record["attacks_today"] > 0:
            refuse("fought_today", name, "it has attacked today")
        if record["mp10"] < self.world.rules[0]["attack_mp10"][posture]:
            refuse("no_movement", name, "too little of the day is left for such an attack")
        if record["ammo10"] <= 0:
            refuse("no_ammunition", name, "it has no ammunition")
        return unit

    def _posture(self, order: Posture) -> list[Row]:
        if order.posture not in POSTURES:
            hint = suggestion(order.posture, POSTURES)
            refuse("posture", order.unit, f"{order.posture!r} is none of {', '.join(POSTURES)} {hint}".rstrip())
        posture = codes.POSTURES.index(order.posture)
        return [{"kind": codes.ORDER_POSTURE, "unit": self.unit(order.unit), "posture": posture}]

    def _forced_march(self, order: ForcedMarch) -> list[Row]:
        unit = self.unit(order.unit)
        record, rule = self.world.units[unit], self.world.rules[0]
        if record["mobility"] == codes.STATIC:
            refuse("static", order.unit, "it cannot move at all")
        if record["forced"]:
            refuse("forced_already", order.unit, "it marches into the night already")
        if record["fatigue_permille"] >= rule["forced_fatigue_limit_permille"]:
            refuse("too_tired", order.unit, "it is too tired")
        return [{"kind": codes.ORDER_FORCED_MARCH, "unit": unit}]

    def _attach(self, order: Attach) -> list[Row]:
        unit = self.unit(order.unit)
        if order.formation not in self.names.formation_rows:
            hint = suggestion(order.formation, self.names.formations)
            refuse("unknown_formation", order.unit, f"no such headquarters {order.formation!r} {hint}".rstrip())
        formation = self.names.formation_rows[order.formation]
        why = headquarters.why_not(self.world, unit, formation)
        if why:
            refuse("headquarters", order.unit, why)
        return [{"kind": codes.ORDER_ATTACH, "unit": unit, "formation": formation}]

    def _follow_plan(self, order: FollowPlan) -> list[Row]:
        return self._led(order.names, codes.LED_BY_COMMANDER)

    def _take_command(self, order: TakeCommand) -> list[Row]:
        return self._led(order.names, codes.LED_BY_HAND)

    def _led(self, names: tuple[str, ...], led_by: int) -> list[Row]:
        if not names:
            refuse("no_units", "", "name units or formations")
        units = sorted({unit for name in names for unit in self._units_of(name)})
        return [{"kind": codes.ORDER_LED_BY, "unit": unit, "led_by": led_by} for unit in units]

    # --- names

    def _units_of(self, name: str) -> list[int]:
        """Return the units of this side that a name stands for: one, or all of a formation, those to come as well."""
        if name in self.names.formation_rows:
            below = headquarters.below(self.world, self.names.formation_rows[name])
            rows = np.flatnonzero(np.isin(self.world.units["formation"], below)).tolist()
        elif name in self.names.unit_rows:
            rows = [self.names.unit_rows[name]]
        else:
            hint = suggestion(name, (*self.names.formations, *self.names.units))
            refuse("unknown_unit", name, f"no such unit or formation {hint}".rstrip())
        own = [row for row in rows if self.world.units["side"][row] == self.side]
        if not own:
            refuse("other_side", name, f"it is the phase of the {codes.SIDES[self.side]} side")
        return own

    def unit(self, name: str) -> int:
        """Return the row of a unit that the player may order; raise ``OrderError`` where there is none."""
        if name not in self.names.unit_rows:
            refuse("unknown_unit", name, f"no such unit {suggestion(name, self.names.units)}".rstrip())
        unit = self.names.unit_rows[name]
        record = self.world.units[unit]
        if record["side"] != self.side:
            refuse("other_side", name, f"it is the phase of the {codes.SIDES[self.side]} side")
        if record["status"] != codes.ACTIVE or record["hex"] < 0:
            refuse("off_map", name, f"it is not on the map ({codes.STATUSES[int(record['status'])].replace('_', ' ')})")
        if record["led_by"] == codes.LED_BY_COMMANDER:
            refuse("follows_plan", name, "it follows the plan; take command of it first")
        return unit

    def hex(self, unit: str, text: str) -> int:
        """Return the hex of a label or place; raise ``OrderError`` where there is none."""
        hex = hex_named(self.world, self.names, text)
        if hex < 0:
            hint = suggestion(text, self.names.places)
            refuse("unknown_hex", unit, f"{text!r} is neither a hex of the map nor a place on it {hint}".rstrip())
        return hex

    def hex_words(self, hex: int) -> str:
        """Return what to call a hex: its place where it has one, and its label."""
        place, label = int(self.world.hexes["place"][hex]), self.names.hex_label(hex)
        return f"{self.names.place_names[place]} ({label})" if place >= 0 else label


def as_known_to(world: World, side: int) -> World:
    """Return the world as the map of a side shows it, to be read only."""
    return layout.with_known_layers(world, side) if world.rules["fog"][0] else world


def hex_named(world: World, names: Names, text: str) -> int:
    """Return the hex of a label or of a place on the map, -1 if there is none."""
    if text in names.place_rows:
        return int(world.places[names.place_rows[text]]["hex"])
    try:
        return names.hex_of(text)
    except ValueError:
        return -1


def refuse(code: str, unit: str, detail: str) -> NoReturn:
    """Raise the ``OrderError``."""
    raise OrderError(code, unit, detail)
