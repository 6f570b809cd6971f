"""Orders as values, what makes one legal, and what the kernels are told.

Example
-------
>>> Attack(("sov_46gtb", "sov_7mc"), "lupei", "hasty").units
('sov_46gtb', 'sov_7mc')
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

import numpy as np

from sim.errors import OrderError, suggestion
from sim.kernels import codes, layout
from sim.kernels.layout import Scratch, World
from sim.kernels.odds import can_assault
from sim.kernels.orders import execute_orders, march_stops, rail_stops
from sim.kernels.stacking import can_stack
from sim.scenario.names import Names

ATTACK_POSTURES = ("hasty", "prepared", "siege")
POSTURES = ("defend", "delay", "retreat", "march")


@dataclass(frozen=True)
class Move:
    """March to a hex (label) or place within today's range."""

    unit: str
    to: str


@dataclass(frozen=True)
class Attack:
    """Attack a hex beside all of the units together; posture is hasty, prepared or siege."""

    units: tuple[str, ...]
    target: str
    posture: str = "prepared"


@dataclass(frozen=True)
class Posture:
    """Take up a posture: defend, delay, retreat or march."""

    unit: str
    posture: str


@dataclass(frozen=True)
class ForcedMarch:
    """March into the night: more movement today, paid with fatigue."""

    unit: str


@dataclass(frozen=True)
class Rail:
    """Go by train to a hex (label) or place; it takes the day."""

    unit: str
    to: str


Order: TypeAlias = Move | Attack | Posture | ForcedMarch | Rail


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

    def records(self, order: Order) -> Any:
        """Return the ORDER records of a legal order: one, or one for each unit of an attack."""
        checks: dict[type, Callable[[Any], list[tuple[int, int, int, int]]]] = {
            Move: self._move,
            Attack: self._attack,
            Posture: self._posture,
            ForcedMarch: self._forced_march,
            Rail: self._rail,
        }
        rows = checks[type(order)](order)
        out = layout.records(len(rows), layout.ORDER)
        for record, (kind, unit, hex, posture) in zip(out, rows, strict=True):
            record.kind, record.unit, record.hex, record.posture = kind, unit, hex, posture
        return out

    # --- one rule for each kind of order

    def _move(self, order: Move) -> list[tuple[int, int, int, int]]:
        unit, target = self._unit(order.unit), self._hex(order.unit, order.to)
        record = self.world.units[unit]
        if record["mobility"] == codes.STATIC:
            refuse("static", order.unit, "it cannot move at all")
        if record["mp10"] <= 0:
            refuse("no_movement", order.unit, "it has no movement left today")
        stops = self._stops(march_stops, unit, target, order.unit)
        if target not in stops:
            refuse("out_of_range", order.unit, f"{order.to} is beyond today's range, or the enemy bars the way")
        return [(codes.ORDER_MOVE, unit, target, 0)]

    def _rail(self, order: Rail) -> list[tuple[int, int, int, int]]:
        unit, target = self._unit(order.unit), self._hex(order.unit, order.to)
        record, rule = self.world.units[unit], self.world.rules[0]
        if record["hexes_today"] > 0 or record["attacks_today"] > 0:
            refuse("busy_today", order.unit, "it has marched or fought today")
        loading = int(rule["allowance_mp10"][record["mobility"]]) * int(rule["rail_load_permille"]) // 1000
        if record["mp10"] < loading:
            refuse("no_movement", order.unit, "too little of the day is left to load")
        stops = self._stops(rail_stops, unit, target, order.unit)
        if not stops:
            refuse("no_train", order.unit, "no train can leave from here today")
        if target not in stops:
            refuse("out_of_range", order.unit, f"no train reaches {order.to} today")
        return [(codes.ORDER_RAIL, unit, target, 0)]

    def _stops(self, find: Callable[[Any, Any, int], int], unit: int, target: int, name: str) -> set[int]:
        if int(self.world.units[unit]["hex"]) == target:
            refuse("same_hex", name, "it stands there already")
        if self.known.layers[target]["occupant"] == 1 - self.side:
            refuse("enemy", name, "the enemy holds that hex; attack it")
        stops = set(self.scratch.found[: find(self.world, self.scratch, unit)].tolist())
        if stops and target not in stops and not can_stack(self.known, unit, target):
            refuse("no_room", name, "there is no room for it in that hex")
        return stops

    def _attack(self, order: Attack) -> list[tuple[int, int, int, int]]:
        first = order.units[0] if order.units else ""
        if not order.units:
            refuse("no_units", first, "an attack needs units")
        if order.posture not in ATTACK_POSTURES:
            refuse("posture", first, f"an attack is {', '.join(ATTACK_POSTURES)}, not {order.posture!r}")
        posture, target = codes.POSTURES.index(order.posture), self._hex(first, order.target)
        if self.known.layers[target]["occupant"] != 1 - self.side:
            refuse("nobody_there", first, f"no enemy stands in {order.target}")
        if len(set(order.units)) < len(order.units):
            refuse("twice", first, "a unit is named twice")
        return [(codes.ORDER_ATTACK, self._attacker(name, target, posture), target, posture) for name in order.units]

    def _attacker(self, name: str, target: int, posture: int) -> int:
        unit = self._unit(name)
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

    def _posture(self, order: Posture) -> list[tuple[int, int, int, int]]:
        if order.posture not in POSTURES:
            hint = suggestion(order.posture, POSTURES)
            refuse("posture", order.unit, f"{order.posture!r} is none of {', '.join(POSTURES)} {hint}".rstrip())
        return [(codes.ORDER_POSTURE, self._unit(order.unit), -1, codes.POSTURES.index(order.posture))]

    def _forced_march(self, order: ForcedMarch) -> list[tuple[int, int, int, int]]:
        unit = self._unit(order.unit)
        record, rule = self.world.units[unit], self.world.rules[0]
        if record["forced"]:
            refuse("forced_already", order.unit, "it marches into the night already")
        if record["fatigue_permille"] >= rule["forced_fatigue_limit_permille"]:
            refuse("too_tired", order.unit, "it is too tired")
        return [(codes.ORDER_FORCED_MARCH, unit, -1, 0)]

    # --- names

    def _unit(self, name: str) -> int:
        if name not in self.names.unit_rows:
            refuse("unknown_unit", name, f"no such unit {suggestion(name, self.names.units)}".rstrip())
        unit = self.names.unit_rows[name]
        record = self.world.units[unit]
        if record["side"] != self.side:
            refuse("other_side", name, f"it is the phase of the {codes.SIDES[self.side]} side")
        if record["status"] != codes.ACTIVE or record["hex"] < 0:
            refuse("off_map", name, f"it is not on the map ({codes.STATUSES[int(record['status'])].replace('_', ' ')})")
        return unit

    def _hex(self, unit: str, text: str) -> int:
        hex = hex_named(self.world, self.names, text)
        if hex < 0:
            hint = suggestion(text, self.names.places)
            refuse("unknown_hex", unit, f"{text!r} is neither a hex of the map nor a place on it {hint}".rstrip())
        return hex


def as_known_to(world: World, side: int) -> World:
    """Return the world as the map of a side shows it, to be read only."""
    return world._replace(layers=world.known[side]) if world.rules["fog"][0] else world


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


def carry_out(world: World, scratch: Scratch, names: Names, side: int, orders: Sequence[Order]) -> None:
    """Check and carry out orders one after the other; the world is spoilt if one cannot be carried out.

    Raises
    ------
    OrderError
    """
    desk = Desk(world, scratch, names, side)
    for order in orders:
        records = desk.records(order)
        if execute_orders(world, scratch, records, len(records)) == 0:
            unit = order.units[0] if isinstance(order, Attack) else order.unit
            refuse("cannot", unit, "it gets nowhere today: its fuel is out, or there is no room on the way")


def march_range(world: World, scratch: Scratch, unit: int) -> dict[int, int]:
    """Return the hexes in which a unit may end a march today, each with the movement that is left there, mp10."""
    if world.units[unit]["hex"] < 0:
        return {}
    found = np.array(scratch.found[: march_stops(world, scratch, unit)])
    left = int(world.units[unit]["mp10"]) - scratch.cost[found]
    return dict(zip(found.tolist(), left.tolist(), strict=True))
