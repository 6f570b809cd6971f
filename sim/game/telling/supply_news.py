"""Supply as a day's story tells it: whose tanks wait for fuel, who is cut off, where the trains run again."""

from collections import defaultdict
from typing import Any

from numpy.typing import NDArray

from sim.game.wording.unit_names import brief, sentence_case, verb
from sim.game.wording.views import Views, count, listing, plain
from sim.kernels import codes
from sim.kernels.state.layout import World

MOST_DRY = 2  # of whom is told by name
FORGET_DRY = 4  # days after which a unit that is dry again is news again
BIG_POCKET = 3000  # men
TOWN = 3  # size of a place
# Troops that follow and do not lead: that one of them waits for fuel or arrives is no news.
SERVICES = (codes.HEADQUARTERS, codes.SUPPORT, codes.ARTILLERY, codes.ROCKETS, codes.ENGINEERS, codes.AIR)


class SupplyNews:
    """Tells what is new of the supply of one campaign, day after day."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self._dry: dict[int, int] = {}  # unit: day on which it was last told to be without fuel
        self._cut_off: set[int] = set()

    def told(self, turn: int, world: World, events: NDArray[Any]) -> str:
        """Return whose tanks wait for fuel, who is cut off and where the trains run again."""
        told = [self._fuel(turn, world, events), self._pockets(world, events), self._trains(world, events)]
        return " ".join(filter(None, told))

    def dry_armies(self, world: World, events: NDArray[Any]) -> dict[str, list[int]]:
        """Return the leading troops that ran out of fuel today, by army."""
        groups: dict[str, list[int]] = defaultdict(list)
        for event in events[events["kind"] == codes.EVENT_OUT_OF_FUEL]:
            unit = int(event["subject"])
            army = self.views.army(unit)
            if int(world.units[unit]["branch"]) not in SERVICES and unit not in groups[army]:
                groups[army].append(unit)
        return groups

    def _fuel(self, turn: int, world: World, events: NDArray[Any]) -> str:
        told: list[str] = []
        new_rows: list[int] = []
        for army, members in sorted(self.dry_armies(world, events).items(), key=lambda item: -len(item[1])):
            new = [unit for unit in members if turn - self._dry.get(unit, -FORGET_DRY) >= FORGET_DRY]
            self._dry.update(dict.fromkeys(new, turn))
            new_rows += new
            if len(new) == 1:
                own = self._unit(new[0])
                told.append(f"the {own}" + (f" ({army})" if army not in own else ""))
            elif new:
                told.append(f"{count(len(new), 'unit')} of the {army}")
        if not told:
            return ""
        waits = verb(("is", "are"), self._unit(new_rows[0])) if len(new_rows) == 1 else "are"
        return f"{sentence_case(listing(told, MOST_DRY))} {waits} out of fuel."

    def _pockets(self, world: World, events: NDArray[Any]) -> str:
        told = []
        for event in events[events["kind"] == codes.EVENT_ENCIRCLED]:
            unit = int(event["subject"])
            record = world.units[unit]
            news = int(record["side"]) == codes.SOVIET or int(record["men"]) >= BIG_POCKET
            if news and unit not in self._cut_off:
                self._cut_off.add(unit)
                told.append(f"the {self._unit(unit)} {self.views.where(int(event['hex']))}")
        return f"Cut off: {listing(told, 2)}." if told else ""

    def _trains(self, world: World, events: NDArray[Any]) -> str:
        rows = [int(event["a"]) for event in events[events["kind"] == codes.EVENT_REGAUGED] if int(event["a"]) >= 0]
        towns = sorted(
            (row for row in rows if int(world.places[row]["town_size"]) >= TOWN),
            key=lambda row: -int(world.places[row]["town_size"]),
        )
        return f"Railway restored as far as {listing(plain(self.views.place(r)) for r in towns[:2])}." if towns else ""

    def _unit(self, row: int) -> str:
        return brief(self.views.unit(row))
