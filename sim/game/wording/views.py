"""Read-only views of a world with names and units of measure: who stands where, how deep, near what."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.wording.hex_distance import spread
from sim.kernels import codes
from sim.kernels.ground.grid import distance_hexes
from sim.kernels.state.layout import World
from sim.scenario.building.names import Names

_PARENTHESIS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class UnitView:
    """One unit as a person reads it."""

    id: str
    name: str
    army: str
    front: str
    side: str
    nation: str
    branch: str
    status: str
    hex: int
    place: str
    men: int
    guns: int
    tanks: int
    fuel_days: float
    ammunition_units_of_fire: float
    supply: str
    posture: str


class Views:
    """Names for the rows of one world, and the distances that reports are made of.

    Parameters
    ----------
    world : World
        At the start of the campaign: depth is measured from the hexes that the Soviet side holds then.
    names : Names
        Ids and names by row number.
    hex_km : float
        Distance between the centres of neighbouring hexes.
    """

    def __init__(self, world: World, names: Names, hex_km: float) -> None:
        self.names = names
        self.hex_km = hex_km
        self.n_cols = int(world.clock["n_cols"][0])
        self.depth_hexes = spread(world.hexes["holder_start"] == codes.SOVIET, world.neighbours)
        self._parents = world.formations["parent"].copy()
        self._levels = world.formations["level"].copy()
        self.follow(world)
        on_map = np.flatnonzero(world.places["hex"] >= 0)
        self._place_rows = on_map
        self._place_hexes = world.places["hex"][on_map].astype(np.int64)
        self._place_sizes = world.places["town_size"][on_map].astype(np.int64)

    def follow(self, world: World) -> None:
        """Take over which headquarters every unit is under: units can be attached to another."""
        self._armies = world.units["army"].copy()
        self._formations = world.units["formation"].copy()

    # --- names

    def unit(self, row: int) -> str:
        """Return the name of a unit without what stands in brackets."""
        return plain(self.names.unit_names[row])

    def formation(self, row: int) -> str:
        """Return the name of a formation without what stands in brackets."""
        return plain(self.names.formation_names[row]) if row >= 0 else ""

    def place(self, row: int) -> str:
        """Return the name of a place."""
        return self.names.place_names[row]

    def army_row(self, unit: int) -> int:
        """Return the row of the army that a unit belongs to (or of what stands highest below the front)."""
        return int(self._armies[unit])

    def front_row(self, unit: int) -> int:
        """Return the row of the front that a unit belongs to, or of its highest headquarters if there is no front."""
        row = int(self._formations[unit])
        while row >= 0 and self._levels[row] != codes.LEVEL_FRONT and self._parents[row] >= 0:
            row = int(self._parents[row])
        return row

    def army(self, unit: int) -> str:
        """Return the name of a unit's army; the unit's own name where it stands in none."""
        row = self.army_row(unit)
        return self.formation(row) if row >= 0 else self.unit(unit)

    # --- where

    def nearest_place(self, hex: int) -> tuple[int, int]:
        """Return the row of the place nearest to a hex, larger ones first, and its distance in hexes; -1 if none."""
        if not self._place_rows.size or hex < 0:
            return -1, -1
        away = distance_hexes(self._place_hexes, int(hex), self.n_cols)
        best = int(np.lexsort((-self._place_sizes, away))[0])
        return int(self._place_rows[best]), int(away[best])

    def where(self, hex: int) -> str:
        """Return ``at Harbin`` or ``near Harbin`` or ``45 km from Harbin``."""
        row, away = self.nearest_place(hex)
        if row < 0:
            return "in open country"
        if away == 0:
            return f"at {plain(self.place(row))}"
        if away <= 1:
            return f"near {plain(self.place(row))}"
        return f"{round(away * self.hex_km / 5) * 5} km from {plain(self.place(row))}"

    def near(self, hex: int) -> str:
        """Return the name of the place nearest to a hex."""
        row, _ = self.nearest_place(hex)
        return self.place(row) if row >= 0 else "an unnamed place"

    def depth_km(self, world: World) -> NDArray[np.float64]:
        """Return how far beyond the frontier of the first morning every unit stands; 0 if it is not on the map."""
        hexes = world.units["hex"]
        there = (hexes >= 0) & (world.units["status"] == codes.ACTIVE)
        depth = np.where(there, self.depth_hexes[np.maximum(hexes, 0)], 0)
        return np.maximum(depth, 0) * self.hex_km

    def look(self, world: World, unit: int) -> UnitView:
        """Return one unit as a person reads it."""
        record = world.units[unit]
        hex = int(record["hex"])
        return UnitView(
            id=self.names.units[unit],
            name=self.names.unit_names[unit],
            army=self.army(unit),
            front=self.formation(self.front_row(unit)),
            side=codes.SIDES[int(record["side"])],
            nation=codes.NATIONS[int(record["nation"])],
            branch=codes.BRANCHES[int(record["branch"])],
            status=codes.STATUSES[int(record["status"])],
            hex=hex,
            place=self.where(hex) if hex >= 0 else "off the map",
            men=int(record["men"]),
            guns=int(record["guns"]),
            tanks=int(np.sum(record["tanks"])),
            fuel_days=int(record["fuel10"]) / 10,
            ammunition_units_of_fire=int(record["ammo10"]) / 10,
            supply=codes.SUPPLY_STATES[int(record["supply_state"])],
            posture=codes.POSTURES[int(record["posture"])],
        )


def plain(name: str) -> str:
    """Return a name without what stands in brackets.

    Example
    -------
    >>> plain("Trans-Baikal Front (Malinovsky)")
    'Trans-Baikal Front'
    """
    return _PARENTHESIS.sub("", name).strip()


def listing(items: Iterable[str], most: int = 0) -> str:
    """Return ``a, b and c``, or ``a, b and 4 more`` where there are more than ``most``.

    Example
    -------
    >>> listing(["Hailar", "Solun", "Poli"]), listing(["a", "b", "c", "d"], most=2)
    ('Hailar, Solun and Poli', 'a, b and 2 more')
    """
    shown = list(items)
    if most and len(shown) > most:
        shown = [*shown[:most], f"{len(shown) - most} more"]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def count(number: Any, noun: str, plural: str = "") -> str:
    """Return ``1 tank`` or ``1,234 tanks``."""
    amount = int(number)
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"
