"""Every order: what a player, a script or a replay says, what makes it legal, and the rows that kernels carry out.

A class is all that the game needs to know of an order. Its name in saves and replays and the kind of its rows are
given with the class; the order log, the checks and the session go by these. To add one, see docs/architecture.md.

Example
-------
>>> Attack(("sov_46gtb", "sov_7mc"), "lupei", "hasty").units
('sov_46gtb', 'sov_7mc')
>>> sorted(ORDERS)[:3]
['attach', 'attack', 'follow_plan']
"""

import reprlib
from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from sim.errors import refuse, suggestion
from sim.kernels import codes

if TYPE_CHECKING:  # the rules ask the kernels, which the title screen does without
    from sim.game.orders.rules import OrderRules

__all__ = [
    "ATTACK_POSTURES",
    "ORDERS",
    "POSTURES",
    "Attach",
    "Attack",
    "FollowPlan",
    "ForcedMarch",
    "Move",
    "Order",
    "OrderRow",
    "Posture",
    "Rail",
    "Standing",
    "TakeCommand",
]

ATTACK_POSTURES = ("hasty", "prepared", "siege")
POSTURES = ("defend", "delay", "retreat", "march")
OrderRow: TypeAlias = dict[str, int]  # fields of one ORDER record but its kind
TEXTS = tuple[str, ...]
ORDERS: dict[str, type["Order"]] = {}  # every order by its name


@dataclass(frozen=True)
class Order(ABC):
    """What one order says, and what makes it legal.

    Attributes
    ----------
    name : str
        What saves and replays call it.
    kind : str
        What the kernels call it: one of ``sim.kernels.orders.ORDER_KINDS``.
    """

    name: ClassVar[str]
    kind: ClassVar[str]

    def __init_subclass__(cls, name: str = "", kind: str = "") -> None:
        super().__init_subclass__()
        if name:  # without one it is a base of orders
            cls.name, cls.kind = name, kind or name
            ORDERS[name] = cls

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.type == TEXTS and isinstance(value, list):  # a list could be changed after it was logged
                object.__setattr__(self, field.name, tuple(value))

    def check_types(self) -> None:
        """Raise ``OrderError`` where a value is not what its field takes: a text, or a tuple of texts."""
        wrong = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.type == TEXTS and not (isinstance(value, tuple) and all(isinstance(one, str) for one in value)):
                wrong.append(f"{field.name} takes a tuple of texts, not {reprlib.repr(value)}")
            elif field.type is str and not isinstance(value, str):
                wrong.append(f"{field.name} takes a text, not {reprlib.repr(value)}")
        if wrong:
            refuse("type", type(self).__name__, "; ".join(wrong))

    @property
    @abstractmethod
    def subject(self) -> str:
        """Return the unit or formation that it names first, to speak of it; empty if it names none."""

    @abstractmethod
    def rows(self, rules: "OrderRules") -> list[OrderRow]:
        """Return one row for each unit that it orders.

        Raises
        ------
        OrderError
            It cannot be given now, with the reason.
        """


@dataclass(frozen=True)
class UnitOrder(Order):
    """An order to one unit, ``unit``."""

    unit: str

    @property
    def subject(self) -> str:
        """Return the unit."""
        return self.unit


@dataclass(frozen=True)
class LeadOrder(Order):
    """An order that says who leads units, or formations with all that is under them: ``names``."""

    names: tuple[str, ...]
    led_by: ClassVar[int]

    @property
    def subject(self) -> str:
        """Return the first of the names."""
        return self.names[0] if self.names else ""

    def rows(self, rules: "OrderRules") -> list[OrderRow]:
        """Return a row for each unit that the names stand for, those to come as well."""
        if not self.names:
            refuse("no_units", "", "name units or formations")
        units = sorted({unit for name in self.names for unit in rules.units_of(name)})
        return [{"unit": unit, "led_by": self.led_by} for unit in units]


@dataclass(frozen=True)
class Move(UnitOrder, name="move"):
    """March to a hex (label) or place within today's range."""

    to: str

    def rows(self, rules: "OrderRules") -> list[OrderRow]:
        """Return the march."""
        unit, target = rules.ready_unit(self.unit), rules.hex(self.unit, self.to)
        row = rules.row(unit)
        if row["mobility"] == codes.STATIC:
            refuse("static", self.unit, "it cannot move at all")
        if row["mp10"] <= 0:
            refuse("no_movement", self.unit, "it has no movement points left today")
        stops = rules.march_stops(unit, target)
        if target not in stops:
            detail = f"{self.to} is beyond today's range, or the enemy blocks the way"
            refuse("out_of_range", self.unit, f"{detail}{rules.nearest_stop(stops, unit, target)}")
        return [{"unit": unit, "hex": target}]


@dataclass(frozen=True)
class Attack(Order, name="attack"):
    """Attack a hex beside all of the units together; posture is hasty, prepared or siege."""

    units: tuple[str, ...]
    target: str
    posture: str = "prepared"

    @property
    def subject(self) -> str:
        """Return the first of the units."""
        return self.units[0] if self.units else ""

    def rows(self, rules: "OrderRules") -> list[OrderRow]:
        """Return a row for each unit; those for one hex make one battle."""
        if not self.units:
            refuse("no_units", self.subject, "no units given for the attack")
        if self.posture not in ATTACK_POSTURES:
            refuse("posture", self.subject, f"an attack is {', '.join(ATTACK_POSTURES)}, not {self.posture!r}")
        posture, target = codes.POSTURES.index(self.posture), rules.hex(self.subject, self.target)
        if not rules.is_enemy_held(target):
            refuse("nobody_there", self.subject, f"there is no enemy in {self.target}")
        if len(set(self.units)) < len(self.units):
            refuse("twice", self.subject, "a unit is named twice")
        units = [rules.attacker(name, target, posture) for name in self.units]
        return [{"unit": unit, "hex": target, "posture": posture} for unit in units]


@dataclass(frozen=True)
class Posture(UnitOrder, name="posture"):
    """Take up a posture: defend, delay, retreat or march."""

    posture: str

    def rows(self, rules: "OrderRules") -> list[OrderRow]:
        """Return the posture."""
        if self.posture not in POSTURES:
            hint = suggestion(self.posture, POSTURES)
            refuse("posture", self.unit, f"{self.posture!r} is none of {', '.join(POSTURES)} {hint}".rstrip())
        return [{"unit": rules.unit(self.unit), "posture": codes.POSTURES.index(self.posture)}]


@dataclass(frozen=True)
class ForcedMarch(UnitOrder, name="forced_march"):
    """March into the night: more movement today, paid with fatigue."""

    def rows(self, rules: "OrderRules") -> list[OrderRow]:
        """Return the forced march."""
        unit = rules.ready_unit(self.unit)
        row = rules.row(unit)
        if row["mobility"] == codes.STATIC:
            refuse("static", self.unit, "it cannot move at all")
        if row["forced"]:
            refuse("forced_already", self.unit, "it is already on a forced march")
        if row["fatigue_permille"] >= rules.coefficients["forced_fatigue_limit_permille"]:
            refuse("too_tired", self.unit, "it is too tired")
        return [{"unit": unit}]


@dataclass(frozen=True)
class Rail(UnitOrder, name="rail"):
    """Go by train to a hex (label) or place; it takes the day."""

    to: str

    def rows(self, rules: "OrderRules") -> list[OrderRow]:
        """Return the journey."""
        unit, target = rules.ready_unit(self.unit), rules.hex(self.unit, self.to)
        rules.check_rail(self.unit)
        stops = rules.rail_stops(unit, target)
        if target not in stops:
            detail = f"no train reaches {self.to} today"
            refuse("out_of_range", self.unit, f"{detail}{rules.nearest_stop(stops, unit, target)}")
        return [{"unit": unit, "hex": target}]


@dataclass(frozen=True)
class Attach(UnitOrder, name="attach"):
    """Put a unit under another headquarters of its front: its guns, its lorries and its plan are then the unit's."""

    formation: str

    def rows(self, rules: "OrderRules") -> list[OrderRow]:
        """Return the attachment."""
        unit, formation = rules.unit(self.unit), rules.formation(self.unit, self.formation)
        why = rules.why_not_attached(unit, formation)
        if why:
            refuse("headquarters", self.unit, why)
        return [{"unit": unit, "formation": formation}]


@dataclass(frozen=True)
class FollowPlan(LeadOrder, name="follow_plan", kind="led_by"):
    """Hand units, or formations with all that is under them, to the computer, which orders them by the plan."""

    led_by = codes.LED_BY_COMMANDER


@dataclass(frozen=True)
class TakeCommand(LeadOrder, name="take_command", kind="led_by"):
    """Take units, or formations with all that is under them, back from the computer."""

    led_by = codes.LED_BY_HAND


@dataclass(frozen=True)
class Standing:
    """What one unit goes on doing day after day (``sim.game.play.standing_orders``).

    Attributes
    ----------
    unit : str
    kind : str
        ``march`` and ``rail`` to a hex, ``hold`` with the posture that it has, ``dig_in``.
    to : str
        Label of the hex to go to.
    barred : str
        Why it got no farther when it was last tried; it is tried again every morning.
    """

    unit: str
    kind: str
    to: str = ""
    barred: str = ""
