"""A campaign told day by day: what a reader wants to know each evening, in a few sober sentences."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game import chronicle
from sim.game.lines import QUIET, Line, heading, paragraph
from sim.game.outcome import day_of
from sim.game.views import Views, count, listing
from sim.kernels import codes
from sim.kernels.layout import World
from sim.scenario import Scenario

MOST_BATTLES, MOST_SURRENDERS, MOST_NOTES, MOST_PLACES, MOST_ARMIES = 3, 3, 2, 9, 4
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
DECISIVE = {
    codes.RESULT_SURRENDER: 5,
    codes.RESULT_SHATTERED: 4,
    codes.RESULT_ROUT: 3,
    codes.RESULT_REPULSED: 3,
    codes.RESULT_RETREAT: 2,
    codes.RESULT_HELD: 1,
}
NATION_WORDS = ("Soviet", "Mongolian", "Japanese", "Manchukuo", "Mengjiang")


@dataclass(frozen=True)
class Evening:
    """What the storyteller remembers of a world, to see tomorrow what has changed."""

    n_events: int
    depth_km: NDArray[np.float64]
    losses: dict[str, NDArray[np.int64]]


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
    """

    def __init__(self, scenario: Scenario, views: Views) -> None:
        self.views = views
        self.start = scenario.header.start_date
        self._holding: set[int] = set()  # defenders whose stand has been told: the next days only say that it goes on
        self.notes: dict[date, list[Any]] = defaultdict(list)
        for event in scenario.events.events:
            self.notes[event.date].append(event)

    def day(self, turn: int, before: Evening, world: World) -> list[Line]:
        """Return the story of the day ``turn``, given what was so the evening before."""
        today = day_of(self.start, turn)
        events = world.events[before.n_events : int(world.clock["n_events"][0])]
        lines = [Line(""), heading(f"Day {turn} · {today:%A}, {today.day} {today:%B %Y}")]
        lines += paragraph(self.weather(world), indent=0, style=QUIET)
        for label, text in self.advances(before, world):
            lines += paragraph(text, label)
        sections = (
            ("Taken", self.taken(world, events, codes.SOVIET)),
            ("Lost again", self.taken(world, events, codes.JAPANESE)),
            ("Fighting", self.fighting(world, events)),
            ("Supply", self.supply(world, events)),
            ("The end of units", self.ends(world, events)),
            ("Losses of the day", self.losses(before, world)),
            ("In August 1945", self.record(today)),
        )
        for label, text in sections:
            if text:
                lines += paragraph(text, label, style=QUIET if label == "In August 1945" else "")
        return lines

    # --- sections

    def weather(self, world: World) -> str:
        """Return sky and ground of the regions, like ones together."""
        clock = world.clock[0]
        skies, grounds = defaultdict(list), defaultdict(list)
        for region, name in enumerate(chronicle.REGION_WORDS):
            skies[int(clock["sky"][region])].append(name)
            if int(clock["ground"][region]) != codes.DRY:
                grounds[int(clock["ground"][region])].append(name)
        told = []
        for sky in sorted(skies, reverse=True):
            where = "everywhere" if len(skies[sky]) == len(chronicle.REGION_WORDS) else f"in the {listing(skies[sky])}"
            told.append(f"{chronicle.SKY_WORDS[sky]} {where}")
        ground = [f"{chronicle.GROUND_WORDS[code]} in the {listing(grounds[code])}" for code in sorted(grounds)]
        return (
            ". ".join(
                sentence[:1].upper() + sentence[1:] for sentence in (", ".join(told), ", ".join(ground)) if sentence
            )
            + "."
        )

    def advances(self, before: Evening, world: World) -> list[tuple[str, str]]:
        """Return for each Soviet front how deep its armies stand and what they gained today."""
        views, units = self.views, world.units
        fighting = (units["side"] == codes.SOVIET) & ~np.isin(
            units["branch"], (codes.HEADQUARTERS, codes.SUPPORT, codes.AIR, codes.RIVER_UNIT)
        )
        depth = np.where(fighting, views.depth_km(world), 0.0)
        fronts: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for unit in np.flatnonzero(depth > 0).tolist():
            fronts[views.front_row(unit)][views.army_row(unit)].append(unit)
        told = []
        for front in sorted(fronts, key=lambda row: views.names.formations[row]):
            armies = []
            for army, members in fronts[front].items():
                if army < 0:
                    continue
                lead = max(members, key=lambda unit: depth[unit])
                gained = (
                    depth[lead] - before.depth_km[[u for u in range(len(depth)) if views.army_row(u) == army]].max()
                )
                armies.append((float(depth[lead]), float(gained), views.formation(army)))
            armies.sort(reverse=True)
            if armies:
                members_all = [unit for members in fronts[front].values() for unit in members]
                typical = float(np.median(np.maximum(depth - before.depth_km, 0)[members_all]))
                told.append((views.formation(front), self._advance(armies, typical)))
        return told

    def _advance(self, armies: list[tuple[float, float, str]], typical_km: float) -> str:
        (deepest, gained, leader), rest = armies[0], armies[1:]
        text = f"the {leader} leads, {deepest:.0f} km beyond the frontier{_gain(gained)}"
        if rest:
            text += "; " + ", ".join(f"{name} {depth:.0f} km{_gain(gain)}" for depth, gain, name in rest[:MOST_ARMIES])
        return f"{text}. Half of its units gained {typical_km:.0f} km or more." if typical_km >= 1 else f"{text}."

    def taken(self, world: World, events: NDArray[Any], side: int) -> str:
        """Return the places that a side took today, important ones first, with the armies that took them."""
        by_army: dict[str, list[int]] = defaultdict(list)
        for event in events[events["kind"] == codes.EVENT_CAPTURE]:
            unit, place = int(event["subject"]), int(event["object"])
            if int(world.units[unit]["side"]) == side:
                by_army[self.views.army(unit)].append(place)
        importance = world.places["town_size"].astype(int) * 100 + world.places["points"].sum(axis=1)
        total = sum(len(places) for places in by_army.values())
        ranked = sorted(by_army.items(), key=lambda item: -max(int(importance[place]) for place in item[1]))
        told, shown = [], 0
        for army, places in ranked:
            best = sorted(places, key=lambda place: -int(importance[place]))[: MOST_PLACES - shown]
            if best:
                told.append(f"{listing(self.views.place(place) for place in best)} ({army})")
                shown += len(best)
        if total > shown:
            told.append(count(total - shown, "smaller place"))
        return f"{'; '.join(told)}." if told else ""

    def fighting(self, world: World, events: NDArray[Any]) -> str:
        """Return the battles worth telling and how many there were."""
        battles = events[events["kind"] == codes.EVENT_BATTLE]
        if not battles.size:
            return ""
        told: list[str] = []
        seen: set[int] = set()
        stalemates: list[str] = []
        for battle in sorted(battles, key=lambda battle: -self._weight(world, battle)):
            defender = int(battle["object"])
            if defender in seen:
                continue
            seen.add(defender)
            if int(battle["b"]) == codes.RESULT_HELD and defender in self._holding:
                stalemates.append(self.views.near(int(battle["hex"])))
            elif len(told) < MOST_BATTLES:
                told.append(self._battle(battle))
                if int(battle["b"]) == codes.RESULT_HELD:
                    self._holding.add(defender)
        if stalemates:
            told.append(f"The fighting goes on at {listing(dict.fromkeys(stalemates), 5)}.")
        if len(battles) > MOST_BATTLES:
            won = int(np.count_nonzero(battles["b"] >= codes.RESULT_RETREAT))
            told.append(f"{count(len(battles), 'attack')} in all; {won or 'none'} of them moved the defender.")
        return " ".join(told)

    def _weight(self, world: World, battle: Any) -> float:
        attacker, defender = world.units[int(battle["subject"])], world.units[int(battle["object"])]
        men = int(attacker["men_start"]) + int(defender["men_start"])
        place, away = self.views.nearest_place(int(battle["hex"]))
        town = int(world.places[place]["town_size"]) if place >= 0 and away <= 1 else 0
        return float(DECISIVE[int(battle["b"])] * men * (2 + town))

    def _battle(self, battle: Any) -> str:
        views, attacker = self.views, int(battle["subject"])
        words = chronicle.BATTLE_WORDS[int(battle["b"])]
        where = views.where(int(battle["hex"]))
        army = views.army(attacker)
        of = f" ({army})" if army != views.unit(attacker) else ""
        return f"The {views.unit(attacker)}{of} {words} the {views.unit(int(battle['object']))} {where}."

    def supply(self, world: World, events: NDArray[Any]) -> str:
        """Return which armies halt without fuel, which are out of supply and who is surrounded."""
        views, told = self.views, []
        dry = self._by_army(world, events, codes.EVENT_OUT_OF_FUEL)
        for army, members in sorted(dry.items(), key=lambda item: -len(item[1])):
            told.append(f"The {army} halts without fuel: {listing(map(views.unit, members), 3)}.")
        short = events[(events["kind"] == codes.EVENT_SUPPLY) & (events["a"] >= codes.OUT_OF_SUPPLY)]
        for army, members in self._by_army(world, short, codes.EVENT_SUPPLY).items():
            soviet = [unit for unit in members if int(world.units[unit]["side"]) == codes.SOVIET]
            if soviet:
                reasons = Counter(int(event["b"]) for event in short if int(event["subject"]) in soviet)
                because = chronicle.SUPPLY_REASON_WORDS[reasons.most_common(1)[0][0]]
                told.append(
                    f"{count(len(soviet), 'unit')} of the {army} out of supply{f': {because}' if because else ''}."
                )
        cut = events[events["kind"] == codes.EVENT_ENCIRCLED]
        if cut.size:
            names = listing((f"the {views.unit(int(e['subject']))} {views.where(int(e['hex']))}" for e in cut), 3)
            told.append(f"Surrounded: {names}.")
        return " ".join(told)

    def _by_army(self, world: World, events: NDArray[Any], kind: int) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = defaultdict(list)
        for event in events[events["kind"] == kind]:
            unit = int(event["subject"])
            if unit not in groups[self.views.army(unit)]:
                groups[self.views.army(unit)].append(unit)
        return groups

    def ends(self, world: World, events: NDArray[Any]) -> str:
        """Return who laid down arms, who broke up and which puppet troops went home."""
        return " ".join((*self._surrenders(events), *self._broken(world, events), *self._gone_home(world, events)))

    def _surrenders(self, events: NDArray[Any]) -> list[str]:
        rows = sorted(events[events["kind"] == codes.EVENT_SURRENDER], key=lambda row: -int(row["a"]))
        told = []
        for row in rows[:MOST_SURRENDERS]:
            where, unit = self.views.where(int(row["hex"])), self.views.unit(int(row["subject"]))
            told.append(f"{where[:1].upper()}{where[1:]} {men(row['a'])} of the {unit} lay down their arms.")
        others = rows[MOST_SURRENDERS:]
        if others:
            units = count(len(others), "other unit")
            told.append(f"Elsewhere {men(sum(int(row['a']) for row in others))} of {units} do the same.")
        return told

    def _broken(self, world: World, events: NDArray[Any]) -> list[str]:
        rows = [int(row["subject"]) for row in events[events["kind"] == codes.EVENT_SHATTERED]]
        rows.sort(key=lambda unit: -int(world.units[unit]["men_start"]))
        return [f"Broken up: the {listing(map(self.views.unit, rows), 3)}."] if rows else []

    def _gone_home(self, world: World, events: NDArray[Any]) -> list[str]:
        gone: dict[int, list[int]] = defaultdict(list)
        for row in events[events["kind"] == codes.EVENT_DISPERSED]:
            gone[int(world.units[int(row["subject"])]["nation"])].append(int(row["a"]))
        told = []
        for nation, numbers in sorted(gone.items()):
            units = count(len(numbers), f"{NATION_WORDS[nation]} unit")
            told.append(f"{units} {'melts' if len(numbers) == 1 else 'melt'} away, {men(sum(numbers))}.")
        return told

    def losses(self, before: Evening, world: World) -> str:
        """Return what the day cost each side."""
        after = remember(self.views, world)
        told = []
        for side, name in ((codes.SOVIET, "Soviet and Mongolian"), (codes.JAPANESE, "Japanese and allied")):
            mask = world.units["side"] == side
            cost = {key: int((after.losses[key] - before.losses[key])[mask].sum()) for key in after.losses}
            parts = [f"{cost['killed'] + cost['wounded']:,} killed and wounded"]
            if cost["captured"]:
                parts.append(f"{cost['captured']:,} prisoners")
            if cost["deserted"]:
                parts.append(f"{cost['deserted']:,} gone home")
            if cost["tanks"]:
                parts.append(count(cost["tanks"], "tank"))
            told.append(f"{name} {', '.join(parts)}")
        return f"{'; '.join(told)}."

    def record(self, today: date) -> str:
        """Return what the record says of this day."""

        def rank(note: Any) -> int:
            return NOTE_ORDER.index(note.category) if note.category in NOTE_ORDER else len(NOTE_ORDER)

        notes = sorted(self.notes.get(today, ()), key=rank)[:MOST_NOTES]
        return " ".join(f"{plain_stop(note.text)}." for note in notes)


def men(number: Any) -> str:
    """Return ``1 man`` or ``1,234 men``."""
    return count(number, "man", "men")


def plain_stop(text: str) -> str:
    """Return a text without its last full stop."""
    return text.strip().rstrip(".")


def _gain(km: float) -> str:
    return f" (+{km:.0f})" if km >= 1 else ""
