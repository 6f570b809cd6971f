"""The diary: a few figures of every day, for the charts of the situation report and of the campaign's end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from sim.game.wording.views import Views
from sim.kernels import codes
from sim.kernels.state.layout import World

PAIRS = ("men", "tanks", "killed", "wounded", "captured", "deserted", "tanks_lost", "points", "hexes")
NEVER_LESS = ("killed", "wounded", "captured", "deserted", "tanks_lost")  # claims, too, are not taken back
AS_SEEN = "as_seen"  # key of what the sides were told, in plain data


@dataclass(frozen=True)
class DayFigures:
    """The figures of one evening; those in pairs are Soviet, then Japanese.

    Attributes
    ----------
    turn : int
    men, tanks : tuple of int
        With the troops.
    killed, wounded, captured, deserted, tanks_lost : tuple of int
        Since the campaign began.
    points : tuple of int
    hexes : tuple of int
        Held, of the land.
    supply : tuple of tuple of int
        Units on the map by supply state, by side.
    depth_km : dict
        Row of an army -> how deep its foremost unit stands beyond the frontier.
    """

    turn: int
    men: tuple[int, int]
    tanks: tuple[int, int]
    killed: tuple[int, int]
    wounded: tuple[int, int]
    captured: tuple[int, int]
    deserted: tuple[int, int]
    tanks_lost: tuple[int, int]
    points: tuple[int, int]
    hexes: tuple[int, int]
    supply: tuple[tuple[int, ...], tuple[int, ...]]
    depth_km: dict[int, float]


class Diary:
    """The days of one campaign as they were, and beside them as each side was told of them.

    Parameters
    ----------
    days : sequence of DayFigures
        As they were.
    as_seen : mapping of str to sequence of DayFigures, optional
        The same days by side, under fog of war.
    """

    def __init__(
        self, days: Sequence[DayFigures] = (), as_seen: Mapping[str, Sequence[DayFigures]] | None = None
    ) -> None:
        self.days = list(days)
        self.as_seen = {side: list(told) for side, told in (as_seen or {}).items()}

    def note(
        self, world: World, views: Views, turns_played: int, told: Mapping[str, Callable[[], World]] | None = None
    ) -> None:
        """Write down the evening of the day that was played last; nothing if it is written already.

        Parameters
        ----------
        told : mapping of str to callable, optional
            By side, what gives the world as that side knows it.
        """
        if self.days and self.days[-1].turn >= turns_played:
            return
        self.days.append(day_figures(world, views, turns_played))
        for side, known in (told or {}).items():
            kept = self.as_seen.setdefault(side, [])
            kept.append(_no_less(day_figures(known(), views, turns_played), kept[-1] if kept else None))

    def told_to(self, side: str | None) -> "Diary":
        """Return the diary as a side was told of it; as it was for None, or where nothing was hidden from that side."""
        told = self.as_seen.get(side or "", [])
        return Diary(told) if told and len(told) == len(self.days) else self

    def until(self, turn: int) -> "Diary":
        """Return the diary as it was on the evening of a day."""
        told = {side: [day for day in days if day.turn <= turn] for side, days in self.as_seen.items()}
        return Diary([day for day in self.days if day.turn <= turn], told)

    def series(self, name: str, side: int) -> list[int]:
        """Return one figure of one side, day after day."""
        return [int(getattr(day, name)[side]) for day in self.days]

    def gained(self, name: str, side: int) -> list[int]:
        """Return by how much a figure grew on each day after the first entry."""
        return np.diff(self.series(name, side)).astype(int).tolist()

    def to_json(self) -> list[dict[str, Any]]:
        """Return the diary as plain data."""
        entries = [asdict(day) for day in self.days]
        for side, told in self.as_seen.items():
            for entry, day in zip(reversed(entries), reversed(told), strict=False):
                entry.setdefault(AS_SEEN, {})[side] = asdict(day)
        return entries

    @classmethod
    def from_json(cls, kept: Sequence[Mapping[str, Any]]) -> "Diary":
        """Return a diary from plain data.

        Raises
        ------
        ValueError, KeyError, TypeError
            It is not what ``to_json`` gives.
        """
        told: dict[str, list[DayFigures]] = {}
        for entry in kept:
            for side, day in entry.get(AS_SEEN, {}).items():
                told.setdefault(side, []).append(_day(dict(day)))
        return cls([_day(dict(day)) for day in kept], told)


def _no_less(day: DayFigures, before: DayFigures | None) -> DayFigures:
    """Return a day with losses that are not less than those of the day before."""
    if before is None:
        return day
    most: dict[str, Any] = {name: tuple(map(max, getattr(day, name), getattr(before, name))) for name in NEVER_LESS}
    return replace(day, **most)


def _day(kept: dict[str, Any]) -> DayFigures:
    pairs = {name: (int(kept[name][0]), int(kept[name][1])) for name in PAIRS}
    supply = (tuple(int(n) for n in kept["supply"][0]), tuple(int(n) for n in kept["supply"][1]))
    depth = {int(army): float(km) for army, km in kept["depth_km"].items()}
    return DayFigures(turn=int(kept["turn"]), supply=supply, depth_km=depth, **pairs)


def day_figures(world: World, views: Views, turn: int) -> DayFigures:
    """Return the figures of a world as it stands."""
    units = world.units
    there = (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)

    def pair(name: str, among: Any = slice(None)) -> tuple[int, int]:
        values = units[name].sum(axis=1) if units[name].ndim > 1 else units[name]
        kept = np.zeros(len(units), np.int64)
        kept[among] = values[among]
        return int(kept[units["side"] == 0].sum()), int(kept[units["side"] == 1].sum())

    holder, land = world.holder, world.hexes["terrain"] != codes.SEA
    states = len(codes.SUPPLY_STATES)
    supply = [
        tuple(np.bincount(units["supply_state"][there & (units["side"] == side)], minlength=states).tolist())
        for side in (codes.SOVIET, codes.JAPANESE)
    ]
    return DayFigures(
        turn=turn,
        men=pair("men", there),
        tanks=pair("tanks", there),
        killed=pair("killed"),
        wounded=pair("wounded"),
        captured=pair("captured"),
        deserted=pair("deserted"),
        tanks_lost=pair("tanks_lost"),
        points=(int(world.sides["points"][0]), int(world.sides["points"][1])),
        hexes=(int((land & (holder == codes.SOVIET)).sum()), int((land & (holder == codes.JAPANESE)).sum())),
        supply=(supply[0], supply[1]),
        depth_km=_depths(world, views),
    )


def _depths(world: World, views: Views) -> dict[int, float]:
    depth = views.depth_km(world)
    found: dict[int, float] = {}
    for unit in np.flatnonzero((world.units["side"] == codes.SOVIET) & (depth > 0)).tolist():
        army = views.army_row(unit)
        if army >= 0:
            found[army] = max(found.get(army, 0.0), float(depth[unit]))
    return found
