"""The order log of a campaign: every order given, in the order of their effect, and the digest of every evening.

With the key and the plans it is all that it takes to play a campaign again. What the computer ordered is not in it:
that follows from the state. An entry is a plain value, and plain data in a file: ``["move", "sov_46gtb", "lupei"]``.

Example
-------
>>> order_log = OrderLog().with_(Lead(("soviet",))).with_(Phase("soviet")).with_(orders.Move("sov_46gtb", "lupei"))
>>> [plain(entry) for entry in order_log.entries]
[['lead', ['soviet']], ['phase', 'soviet'], ['move', 'sov_46gtb', 'lupei']]
>>> entry_of(["move", "sov_46gtb", "lupei"]) == order_log.entries[-1]
True
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Any, TypeAlias

from sim.game import orders
from sim.game.orders import Order, Standing
from sim.kernels.state.layout import World

BETWEEN_DAYS = -1
KEPT_EVERY = 5  # days between two evenings whose state is kept
NOTHING_YET = bytes(32)  # digest of a campaign before its first day
MOST_LETTERS, MOST_NAMES = 1000, 10_000  # of a text in an entry, and of a list of them


@dataclass(frozen=True)
class Lead:
    """These sides, and no others, are led by hand from now on."""

    sides: tuple[str, ...]


@dataclass(frozen=True)
class CommandedBy:
    """The computer leads a side with another of its commanders from now on."""

    side: str
    commander: str


@dataclass(frozen=True)
class Day:
    """The commanders of both sides played a whole day."""


@dataclass(frozen=True)
class Phase:
    """The phase that was open ended; this side's begins, or the day is over where it is empty."""

    side: str


@dataclass(frozen=True)
class Cancel:
    """A unit has no standing order any more."""

    unit: str


Entry: TypeAlias = Lead | CommandedBy | Day | Phase | Standing | Cancel | Order

# Entries that are no orders, by the names that files give them; orders have names of their own.
BESIDE_ORDERS: dict[str, type[Any]] = {
    "lead": Lead,
    "commander": CommandedBy,
    "day": Day,
    "phase": Phase,
    "standing": Standing,
    "cancel": Cancel,
}
NAMES = {kind: name for name, kind in BESIDE_ORDERS.items()}


@dataclass(frozen=True, eq=False)
class Situation:
    """A campaign as it stood at one moment."""

    world: World
    digest: bytes
    turns_played: int
    phase: int


@dataclass(frozen=True)
class OrderLog:
    """What was ordered in a campaign so far; a value, so whoever goes back to a moment goes back to its order log.

    Attributes
    ----------
    days : tuple of tuple
        Entries of each day that is over.
    today : tuple
        Entries since.
    digests : tuple of bytes
        Digest of the campaign on the evening of each of those days.
    kept : tuple of Situation
        Some of these evenings, to begin from when the campaign is gone through again.
    """

    days: tuple[tuple[Entry, ...], ...] = ()
    today: tuple[Entry, ...] = ()
    digests: tuple[bytes, ...] = ()
    kept: tuple[Situation, ...] = ()

    @property
    def last(self) -> int:
        """Return how many days had been played on its last evening."""
        return len(self.days)

    @property
    def digest(self) -> bytes:
        """Return the digest of its last evening."""
        return self.digest_of(self.last)

    @property
    def led_by_hand(self) -> frozenset[str]:
        """Return the sides that were given orders, or could be, at some time."""
        return frozenset(entry.side for entry in self.entries if isinstance(entry, Phase) and entry.side)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return all entries."""
        return (*chain.from_iterable(self.days), *self.today)

    def digest_of(self, day: int) -> bytes:
        """Return the digest of the evening of a day; that of the beginning for day 0."""
        return self.digests[day - 1] if day else NOTHING_YET

    def with_(self, entry: Entry) -> "OrderLog":
        """Return the order log with one more entry."""
        return replace(self, today=(*self.today, entry))

    def closed(self, digest: bytes) -> "OrderLog":
        """Return the order log once the day is over."""
        return replace(self, days=(*self.days, self.today), today=(), digests=(*self.digests, digest))

    def keeping(self, situation: Situation) -> "OrderLog":
        """Return the order log with one more evening that is kept."""
        return replace(self, kept=(*self.kept, situation))

    def until(self, day: int) -> "OrderLog":
        """Return the order log up to the evening of a day."""
        kept = tuple(situation for situation in self.kept if situation.turns_played <= day)
        return replace(self, days=self.days[:day], today=(), digests=self.digests[:day], kept=kept)

    def standing(self, day: int) -> dict[str, Standing]:
        """Return the standing orders of both sides on the evening of a day."""
        found: dict[str, Standing] = {}
        for entry in chain.from_iterable(self.days[:day]):
            if isinstance(entry, Standing):
                found[entry.unit] = entry
            elif isinstance(entry, Cancel):
                found.pop(entry.unit, None)
        return found


def order_log_of(entries: Iterable[Entry], digests: Iterable[bytes]) -> OrderLog:
    """Return the order log of these entries and evenings.

    Raises
    ------
    ValueError
        The evenings are more, or fewer, than the days.
    """
    order_log = OrderLog()
    evenings = iter(digests)
    for entry in entries:
        order_log = order_log.with_(entry)
        if isinstance(entry, Day) or entry == Phase(""):
            evening = next(evenings, None)
            if evening is None:
                raise ValueError("a day has no digest")
            order_log = order_log.closed(evening)
    if next(evenings, None) is not None:
        raise ValueError("a digest has no day")
    return order_log


def plain(entry: Entry) -> list[Any]:
    """Return an entry as plain data: the name of its kind and its values."""
    values = (getattr(entry, field.name) for field in fields(entry))
    name = entry.name if isinstance(entry, Order) else NAMES[type(entry)]
    return [name, *(list(value) if isinstance(value, tuple) else value for value in values)]


def entry_of(data: Any) -> Entry:
    """Return the entry that plain data is.

    Raises
    ------
    ValueError
        It is none.
    """
    name = data[0] if isinstance(data, list) and data and isinstance(data[0], str) else ""
    kind = BESIDE_ORDERS.get(name) or orders.ORDERS.get(name)
    if kind is None or len(data) != len(fields(kind)) + 1:
        raise ValueError(f"no entry of an order log: {_short(data)}")
    values = [_read(value, field.type) for value, field in zip(data[1:], fields(kind), strict=True)]
    entry: Entry = kind(*values)
    return entry


def _read(value: Any, kind: Any) -> Any:
    """Return a value of an entry: a text, or a tuple of texts."""
    if kind is str and _is_text(value):
        return value
    if kind == tuple[str, ...] and isinstance(value, list) and len(value) <= MOST_NAMES and all(map(_is_text, value)):
        return tuple(value)
    raise ValueError(f"not valid in an order: {_short(value)}")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MOST_LETTERS


def _short(value: Any) -> str:
    words = ascii(value)
    return words if len(words) <= 80 else f"{words[:77]}..."
