"""A campaign told day by day: what a reader wants to know each evening, in a few sober sentences."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.records.outcome import day_of
from sim.game.telling import battles
from sim.game.telling.advances import Advance, advance_text, advances, short_name
from sim.game.telling.supply_news import SERVICES, SupplyNews
from sim.game.wording import weather_words
from sim.game.wording.report_lines import ALARM, LABEL, QUIET, Line, fitted, heading, paragraph
from sim.game.wording.unit_names import brief, sentence_case, verb
from sim.game.wording.views import Views, count, listing, plain
from sim.kernels import codes
from sim.kernels.state.layout import World
from sim.scenario import Scenario

MOST_SURRENDERS, MOST_PLACES, MOST_FRESH, FEWEST_FRESH = 2, 5, 2, 3
MOST_NOTES, LONGEST_NOTES, EVENING_LINES = 2, 135, 24
CITY = 4  # size of a place
HEADLINE_POINTS = 15  # points that make a smaller place an event
DRY_ARMY = 3  # units without fuel that halt an army
BIG_SURRENDER = 3000  # men
MILESTONE_KM = 100.0
FEW_MISSING = 50
NOTE_ORDER = (
    "political",
    "ceasefire",
    "surrender",
    "air_landing",
    "landing",
    "battle",
    "capture",
    "siege",
    "supply",
    "march",
    "river_crossing",
    "command",
)
NATION_WORDS = ("Soviet", "Mongolian", "Japanese", "Manchukuo", "Mengjiang")
PUPPETS = (codes.NATION_MANCHUKUO, codes.NATION_MENGJIANG)


@dataclass(frozen=True)
class Evening:
    """What the storyteller remembers of a world, to see tomorrow what has changed."""

    n_events: int
    depth_km: NDArray[np.float64]
    losses: dict[str, NDArray[np.int64]]


@dataclass(frozen=True)
class Headline:
    """The event of the day, and what of it need not be told a second time."""

    text: str
    weight: float
    place: int = -1
    unit: int = -1
    style: str = LABEL


def remember(views: Views, world: World) -> Evening:
    """Return what must be known of today to tell tomorrow."""
    units = world.units
    losses = {name: units[name].astype(np.int64) for name in ("killed", "wounded", "captured", "deserted")}
    losses["tanks"] = units["tanks_lost"].sum(axis=1, dtype=np.int64)
    return Evening(int(world.clock["n_events"][0]), views.depth_km(world), losses)


class Storyteller:
    """Tells one scenario's campaigns.

    Parameters
    ----------
    scenario : Scenario
        Its dates, its nations and the dated notes of the record.
    views : Views
    reader : str, optional
        The side that is told of its own and of what it knows of the other; without it, everything is told.
    """

    def __init__(self, scenario: Scenario, views: Views, reader: str | None = None) -> None:
        self.views = views
        self.reader = None if reader is None else codes.SIDES.index(reader)
        self.start = scenario.header.start_date
        self.sieges = battles.Sieges()
        self.supply = SupplyNews(views)
        self.notes: dict[date, list[Any]] = defaultdict(list)
        for event in scenario.events.events:
            self.notes[event.date].append(event)

    def go_on_with(self, views: Views) -> None:
        """Tell the coming days by the views of another campaign that has come as far in the same way."""
        self.views = self.supply.views = views

    def day(self, turn: int, before: Evening, world: World) -> list[Line]:
        """Return the story of the day ``turn``, given what was so the evening before."""
        today = day_of(self.start, turn)
        events = world.events[before.n_events : int(world.clock["n_events"][0])]
        fronts = advances(self.views, world, before.depth_km, self.reader)
        top = self.headline(turn, fronts, world, events)
        lines = [Line(""), heading(f"Day {turn} · {today:%A}, {today.day} {today:%B %Y}")]
        if top:
            lines += paragraph(f"{top.text}.", indent=0, style=top.style)
        lines += paragraph(weather_words.told(world), indent=0, style=QUIET)
        hidden = top or Headline("", 0.0)
        sections = (
            ("Taken", self.taken(world, events, codes.SOVIET, hidden.place)),
            ("Lost", self.taken(world, events, codes.JAPANESE, hidden.place)),
            *((short_name(front), advance_text(short_name(front), armies)) for front, armies in fronts),
            ("Fighting", battles.told(self.views, self.sieges, world, events, turn)),
            ("Surrenders", self.ends(world, events, turn, hidden.unit)),
            ("Desertion", self.gone_home(world, events)),
            ("Supply", self.supply.told(turn, world, events)),
            ("Reinforcements", self.fresh(world, events)),
            ("Casualties", self.losses(before, world)),
            ("In August 1945" if today.month == 8 else f"In {today:%B %Y}", self.record(today)),
        )
        told = {
            label: paragraph(text, label, style=QUIET if label[:3] == "In " else "") for label, text in sections if text
        }
        return lines + fitted(told, EVENING_LINES - len(lines), ("Supply", "Reinforcements", "Desertion"))

    def unit(self, row: int) -> str:
        """Return the name of a unit as it stands in running text."""
        return brief(self.views.unit(row))

    # --- the event of the day

    def headline(
        self, turn: int, fronts: list[tuple[str, list[Advance]]], world: World, events: NDArray[Any]
    ) -> Headline | None:
        """Return the weightiest event of the day, if it had one."""
        found = [*self._head_captures(world, events), *self._head_surrenders(events, turn)]
        dry = self.supply.dry_armies(world, events)
        found += [
            Headline(f"The {army} halts for lack of fuel", 40.0 + len(members), style=ALARM)
            for army, members in dry.items()
            if len(members) >= DRY_ARMY
        ]
        if turn == 1:
            found.append(Headline("The offensive begins", 90.0))
        for _, armies in fronts:
            for one in armies:
                passed = one.depth_km // MILESTONE_KM
                if passed > (one.depth_km - one.gained_km) // MILESTONE_KM:
                    text = f"The {one.army} is {one.depth_km:.0f} km beyond the frontier"
                    found.append(Headline(text, 36 + 3 * passed))
        return max(found, key=lambda one: one.weight, default=None)

    def _head_captures(self, world: World, events: NDArray[Any]) -> Iterable[Headline]:
        for event in events[events["kind"] == codes.EVENT_CAPTURE]:
            unit, place = int(event["subject"]), int(event["object"])
            size, points = int(world.places[place]["town_size"]), int(world.places[place]["points"].max())
            if size < CITY and points < HEADLINE_POINTS:
                continue
            name, army = plain(self.views.place(place)), self.views.army(unit)
            lost = int(world.units[unit]["side"]) == codes.JAPANESE
            text = f"The {army} retakes {name}" if lost else f"{name} falls to the {army}"
            yield Headline(text, 10.0 + 8 * size + points, place=place, style=ALARM if lost else LABEL)

    def _head_surrenders(self, events: NDArray[Any], turn: int) -> Iterable[Headline]:
        for event in events[events["kind"] == codes.EVENT_SURRENDER]:
            if int(event["a"]) >= BIG_SURRENDER:
                yield Headline(self._surrender(event, turn), 30.0 + int(event["a"]) / 200, unit=int(event["subject"]))

    # --- sections

    def taken(self, world: World, events: NDArray[Any], side: int, hidden: int = -1) -> str:
        """Return the places that a side took today, important ones first, with the armies that took them."""
        by_army: dict[str, list[int]] = defaultdict(list)
        for event in events[events["kind"] == codes.EVENT_CAPTURE]:
            unit, place = int(event["subject"]), int(event["object"])
            if int(world.units[unit]["side"]) == side and place != hidden:
                by_army[self.views.army(unit)].append(place)
        importance = world.places["town_size"].astype(int) * 100 + world.places["points"].sum(axis=1)
        total = sum(len(places) for places in by_army.values())
        chosen = sorted((p for places in by_army.values() for p in places), key=lambda p: -int(importance[p]))
        shown = set(chosen[:MOST_PLACES])
        told = []
        for army, places in sorted(by_army.items(), key=lambda item: -max(int(importance[p]) for p in item[1])):
            best = sorted(shown.intersection(places), key=lambda p: -int(importance[p]))
            if best:
                told.append(f"{listing(dict.fromkeys(plain(self.views.place(p)) for p in best))} ({short_name(army)})")
        if total > len(shown):
            told.append(count(total - len(shown), "smaller place"))
        return f"{'; '.join(told)}." if told else ""

    def fresh(self, world: World, events: NDArray[Any]) -> str:
        """Return which armies brought in how many units."""
        groups: dict[str, list[int]] = defaultdict(list)
        for event in events[events["kind"] == codes.EVENT_ARRIVAL]:
            unit = int(event["subject"])
            if int(world.units[unit]["branch"]) not in SERVICES:
                groups[self.views.army(unit)].append(unit)
        told = [
            f"{count(len(units), 'unit')} of the {army}"
            for army, units in sorted(groups.items(), key=lambda item: -len(item[1]))
            if len(units) >= FEWEST_FRESH
        ]
        return f"{listing(told, MOST_FRESH)}." if told else ""

    def ends(self, world: World, events: NDArray[Any], turn: int, hidden: int = -1) -> str:
        """Return who laid down arms and who broke up."""
        return " ".join((*self._surrenders(events, turn, hidden), *self._broken(world, events)))

    def _surrender(self, event: Any, turn: int) -> str:
        unit = int(event["subject"])
        where = sentence_case(self.views.where(int(event["hex"])))
        text = f"{where} {men(event['a'])} of the {self.unit(unit)} {'lays' if int(event['a']) == 1 else 'lay'} down "
        text += f"{'his' if int(event['a']) == 1 else 'their'} arms"
        days = self.sieges.days(unit, turn)
        return f"{text} after {count(days, 'day')}" if days > 1 else text

    def _surrenders(self, events: NDArray[Any], turn: int, hidden: int) -> list[str]:
        rows = sorted(events[events["kind"] == codes.EVENT_SURRENDER], key=lambda row: -int(row["a"]))
        rows = [row for row in rows if int(row["subject"]) != hidden and int(row["a"]) > 0]
        told = [f"{self._surrender(row, turn)}." for row in rows[:MOST_SURRENDERS]]
        others = rows[MOST_SURRENDERS:]
        if others:
            units = count(len(others), "other unit")
            told.append(f"Elsewhere {men(sum(int(row['a']) for row in others))} of {units} surrender.")
        return told

    def _broken(self, world: World, events: NDArray[Any]) -> list[str]:
        rows = [int(row["subject"]) for row in events[events["kind"] == codes.EVENT_SHATTERED]]
        rows = [unit for unit in rows if unit not in self.sieges.destroyed]
        rows.sort(key=lambda unit: -int(world.units[unit]["men_start"]))
        named = [f"the {self.unit(unit)}" for unit in rows]
        if not named:
            return []
        text = listing(named, MOST_SURRENDERS)
        return [f"{sentence_case(text)} {verb(('is shattered', 'are shattered'), text)}."]

    def gone_home(self, world: World, events: NDArray[Any]) -> str:
        """Return which puppet troops broke up and went home."""
        gone: dict[int, list[int]] = defaultdict(list)
        for row in events[events["kind"] == codes.EVENT_DISPERSED]:
            gone[int(world.units[int(row["subject"])]["nation"])].append(int(row["a"]))
        told = [
            f"{count(len(numbers), f'{NATION_WORDS[nation]} unit')} ({men(sum(numbers))})"
            for nation, numbers in sorted(gone.items())
        ]
        one = sum(map(len, gone.values())) == 1
        return f"{listing(told)} {'disperses' if one else 'disperse'}." if told else ""

    def losses(self, before: Evening, world: World) -> str:
        """Return what the day cost each side: killed and wounded together, then the rest by name.

        What it cost the enemy of the reader is what his own side claims.
        """
        after = remember(self.views, world)
        puppet = np.isin(world.units["nation"], PUPPETS)
        told = []
        for side, name in ((codes.SOVIET, "Soviet"), (codes.JAPANESE, "Japanese")):
            mask = world.units["side"] == side
            gone = after.losses["deserted"] - before.losses["deserted"]
            cost = {key: max(int((after.losses[key] - before.losses[key])[mask].sum()), 0) for key in after.losses}
            parts = [f"{cost['killed'] + cost['wounded']:,}"]
            if cost["captured"]:
                parts.append(f"{cost['captured']:,} captured")
            if int(gone[mask & puppet].sum()) > 0:
                parts.append(f"{int(gone[mask & puppet].sum()):,} gone home")
            if int(gone[mask & ~puppet].sum()) >= FEW_MISSING:
                parts.append(f"{int(gone[mask & ~puppet].sum()):,} missing")
            if cost["tanks"]:
                parts.append(count(cost["tanks"], "tank"))
            claimed = " (claimed)" if self.reader is not None and self.reader != side else ""
            told.append(f"{name}{claimed} {', '.join(parts)}")
        return f"{'; '.join(told)}."

    def record(self, today: date) -> str:
        """Return what the record says of this day: the weightiest note, and another if both are short."""

        def rank(note: Any) -> int:
            return NOTE_ORDER.index(note.category) if note.category in NOTE_ORDER else len(NOTE_ORDER)

        told = ""
        for note in sorted(self.notes.get(today, ()), key=rank)[:MOST_NOTES]:
            more = f"{told} {plain_stop(note.text)}.".strip()
            if told and len(more) > LONGEST_NOTES:
                break
            told = more
        return told


def men(number: Any) -> str:
    """Return ``1 man`` or ``1,234 men``."""
    return count(number, "man", "men")


def plain_stop(text: str) -> str:
    """Return a text without its last full stop."""
    return text.strip().rstrip(".")
