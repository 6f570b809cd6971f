"""The order of battle as a tree: sides, fronts, armies, corps and units, with what each has and has lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.game.records.outcome import MEN_FIELDS, day_of
from sim.game.wording.views import Views
from sim.kernels import codes
from sim.kernels.state.layout import World

SIDE_TITLES = ("Soviet and Mongolian forces", "Japanese and allied forces")
FILTERS = ("all", "in contact", "out of supply", "arriving", "lost")


@dataclass(frozen=True)
class FormationNode:
    """One line of the tree.

    Attributes
    ----------
    name : str
    depth : int
        0 for a side.
    parent : int
        Row of the node above, -1 none.
    unit : int
        Row of the unit; -1 for a side or a formation.
    formation : int
        Row of the formation; -1 for a side or a unit.
    units : tuple of int
        Rows of all units at or below it.
    """

    name: str
    depth: int
    parent: int
    unit: int
    formation: int
    units: tuple[int, ...]


@dataclass(frozen=True)
class Figures:
    """What a node has. Men, guns and tanks in numbers; ``supply`` counts units by supply state."""

    men: int
    men_start: int
    lost: int
    guns: int
    tanks: int
    tanks_start: int
    on_map: int
    supply: tuple[int, int, int, int]
    state: str


class Roster:
    """The order of battle of one campaign.

    Parameters
    ----------
    world : World
    views : Views
    start : date
        First day of the campaign.
    sides : sequence of str
        Which sides are listed.
    """

    def __init__(self, world: World, views: Views, start: date, sides: Sequence[str] = codes.SIDES) -> None:
        self.views, self.start = views, start
        self.nodes: list[FormationNode] = []
        self._parents: list[int] = world.formations["parent"].astype(int).tolist()
        self._unit_formation: list[int] = world.units["formation"].astype(int).tolist()
        self._arrival = world.units["arrival_turn"].astype(int).tolist()
        unit_sides = world.units["side"]
        for side in sides:
            code = codes.SIDES.index(side)
            units = np.flatnonzero(unit_sides == code).tolist()
            self.nodes.append(FormationNode(SIDE_TITLES[code], 0, -1, -1, -1, tuple(units)))
            top = len(self.nodes) - 1
            for root, parent in enumerate(self._parents):
                if parent < 0 and int(world.formations["side"][root]) == code:
                    self._add(root, top, 1, units)
            self._add_units([unit for unit in units if self._unit_formation[unit] < 0], top, 1)
        self.row_of_unit = {node.unit: row for row, node in enumerate(self.nodes) if node.unit >= 0}

    def _add(self, formation: int, parent: int, depth: int, side_units: list[int]) -> None:
        below = tuple(unit for unit in side_units if self._is_below(unit, formation))
        if not below:
            return
        self.nodes.append(FormationNode(self.views.formation(formation), depth, parent, -1, formation, below))
        here = len(self.nodes) - 1
        for child in (row for row, above in enumerate(self._parents) if above == formation):
            self._add(child, here, depth + 1, side_units)
        self._add_units([unit for unit in below if self._unit_formation[unit] == formation], here, depth + 1)

    def _add_units(self, units: list[int], parent: int, depth: int) -> None:
        for unit in units:
            self.nodes.append(FormationNode(self.views.unit(unit), depth, parent, unit, -1, (unit,)))

    def _is_below(self, unit: int, formation: int) -> bool:
        row = self._unit_formation[unit]
        while row >= 0 and row != formation:
            row = self._parents[row]
        return row == formation

    # --- what is seen of it

    def figures(self, world: World, row: int) -> Figures:
        """Return what a node has now."""
        node = self.nodes[row]
        units = world.units[list(node.units)]
        there = (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)
        present = np.isin(units["status"], (codes.ACTIVE, codes.OFF_MAP))
        supply = np.bincount(units["supply_state"][there], minlength=len(codes.SUPPLY_STATES))
        lost = sum(int(units[name].sum(dtype=np.int64)) for name in MEN_FIELDS)
        return Figures(
            men=int(units["men"][present].sum(dtype=np.int64)),
            men_start=int(units["men_start"].sum(dtype=np.int64)),
            lost=lost,
            guns=int(units["guns"][present].sum(dtype=np.int64)),
            tanks=int(units["tanks"][present].sum(dtype=np.int64)),
            tanks_start=int(units["tanks_start"].sum(dtype=np.int64)),
            on_map=int(there.sum()),
            supply=(int(supply[0]), int(supply[1]), int(supply[2]), int(supply[3])),
            state=self._state(world, node),
        )

    def _state(self, world: World, node: FormationNode) -> str:
        if node.unit < 0:
            waiting = [unit for unit in node.units if int(world.units["status"][unit]) == codes.PENDING]
            return f"{len(waiting)} to come" if waiting else ""
        unit = world.units[node.unit]
        status = int(unit["status"])
        if status == codes.PENDING:
            day = day_of(self.start, int(unit["arrival_turn"]))
            return f"arrives {day.day} {day:%B}"
        if status != codes.ACTIVE:
            return codes.STATUSES[status].replace("_", " ")
        return codes.POSTURES[int(unit["posture"])]

    def visible(self, world: World, opened: frozenset[int], search: str = "", only: str = "all") -> list[int]:
        """Return the rows of the tree to show: what is opened, or what is searched for with all that stands above it.

        Parameters
        ----------
        world : World
        opened : frozenset of int
            Rows that are opened.
        search : str
            Part of a name, in any case.
        only : str
            One of ``FILTERS``.
        """
        if not search.strip() and only == FILTERS[0]:
            shown: set[int] = set()
            for row, node in enumerate(self.nodes):
                if node.parent < 0 or (node.parent in shown and node.parent in opened):
                    shown.add(row)
            return sorted(shown)
        wanted = self._wanted(world, only)
        words = search.strip().casefold()
        found: set[int] = set()
        for row, node in enumerate(self.nodes):
            named = not words or words in node.name.casefold()
            if named and (wanted[node.unit] if node.unit >= 0 else bool(words) and only == FILTERS[0]):
                while row >= 0:
                    found.add(row)
                    row = self.nodes[row].parent
        return sorted(found)

    def _wanted(self, world: World, only: str) -> NDArray[np.bool_]:
        units = world.units
        status, state = units["status"], units["supply_state"]
        there = (status == codes.ACTIVE) & (units["hex"] >= 0)
        tests: dict[str, Callable[[], NDArray[np.bool_]]] = {
            "in contact": lambda: there,
            "out of supply": lambda: there & (state >= codes.OUT_OF_SUPPLY),
            "arriving": lambda: status == codes.PENDING,
            "lost": lambda: status > codes.OFF_MAP,
        }
        found: NDArray[np.bool_] = tests[only]() if only in tests else np.ones(len(units), np.bool_)
        return found
