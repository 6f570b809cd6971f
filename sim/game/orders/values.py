"""Orders as values: what a player, a script or a replay says.

Example
-------
>>> Attack(("sov_46gtb", "sov_7mc"), "lupei", "hasty").units
('sov_46gtb', 'sov_7mc')
"""

from dataclasses import dataclass
from typing import TypeAlias

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


@dataclass(frozen=True)
class Attach:
    """Put a unit under another headquarters of its front: its guns, its lorries and its plan are then the unit's."""

    unit: str
    formation: str


@dataclass(frozen=True)
class FollowPlan:
    """Hand units, or formations with all that is under them, to the computer, which orders them by the plan."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class TakeCommand:
    """Take units, or formations with all that is under them, back from the computer."""

    names: tuple[str, ...]


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


Order: TypeAlias = Move | Attack | Posture | ForcedMarch | Rail | Attach | FollowPlan | TakeCommand


def subject(order: Order) -> str:
    """Return the unit or formation that an order names first, to speak of it.

    Example
    -------
    >>> subject(FollowPlan(("sov_36a",)))
    'sov_36a'
    """
    names = order.units if isinstance(order, Attack) else getattr(order, "names", ()) or (getattr(order, "unit", ""),)
    return str(names[0]) if names else ""
