"""Where enemy units may stand that nobody sees: rules by which a staff would place them, and draws from these.

Each unit that is not on the map of a side by name is somewhere on ground that its side holds and that is out of sight.
It is taken to carry out the plan of its side's scenario: who attacks is anywhere between the place where the order of
battle put it and as far as it can have marched towards the objective of its axis; who falls back is on the way to the
line that is due; all others are where they were. Where that place is known to be empty or lost, it is near by.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.knowledge.enemy_estimates import Books
from sim.game.wording.rounded_strengths import BOUNDS_MEN
from sim.kernels import codes
from sim.kernels.commander.assessment import is_offensive
from sim.kernels.ground.grid import distance_hexes
from sim.kernels.ground.step_cost import is_motor
from sim.kernels.state.layout import World
from sim.kernels.units.stacking import stack_limit10

NEAREST = 8  # hexes among which a unit is put that cannot be where it should
ANOTHER_SIZE_HEXES = 20  # distance that a body of the next size counts as farther away, when troops are given a name


class Whereabouts:
    """The places in which each unit may stand that the side does not see.

    Parameters
    ----------
    opening : World
        The first morning by the order of battle.
    world : World
        The campaign as it stands: holders of ground, dates, and what ``side`` sees are read, nothing else.
    side : int
        Who looks.
    books : Books
        Of that side.
    """

    def __init__(self, opening: World, world: World, side: int, books: Books) -> None:
        self._opening, self._world, self._side, self._books = opening, world, side, books
        self._turn = int(world.clock["turn"][0])
        # The day counts for the enemy as soon as he has had his phase of it.
        self._today = self._turn + int(side != int(world.clock["first_side"][0]))
        self._free = self._hidden_ground()
        self._free_hexes = np.flatnonzero(self._free)
        self._limits: dict[int, int] = {}
        units = books.units
        due = (units["status"] == codes.ACTIVE) | (
            (units["status"] == codes.PENDING) & (units["arrival_turn"] <= self._turn) & (units["arrival_hex"] >= 0)
        )
        self.loose = np.flatnonzero(due & ~books.identified & ~books.gone)
        self.starts = self._starts()
        self._places = [self._places_of(number) for number in range(len(self.loose))]

    def _hidden_ground(self) -> NDArray[np.bool_]:
        """Return the hexes in which unseen enemies may stand."""
        world, side = self._world, self._side
        land = ~np.isin(world.hexes["terrain"], (codes.SEA, codes.LAKE))
        held = world.holder == 1 - side
        unseen = (world.sight[side] == codes.UNSEEN) & (world.known[side]["occupant"] == codes.NEITHER)
        found: NDArray[np.bool_] = land & held & unseen
        return found

    def _starts(self) -> NDArray[np.int64]:
        """Return where each loose unit stood on its first day."""
        units, rows = self._books.units[self.loose], self._books.rows[self.loose]
        found: NDArray[np.int64] = np.where(
            units["status"] == codes.PENDING, units["arrival_hex"], self._opening.units["hex"][rows]
        ).astype(np.int64)
        return found

    def _places_of(self, number: int) -> NDArray[np.int64]:
        """Return the hexes in which a loose unit may be, its first place first."""
        unit, start = self._books.units[self.loose[number]], int(self.starts[number])
        if start < 0:
            return np.zeros(0, np.int64)
        on_the_way = np.array(self._way(unit, start), np.int64)
        places = on_the_way[self._free[on_the_way]]
        if places.size or not self._free_hexes.size:
            return places
        away = distance_hexes(self._free_hexes, start, int(self._world.clock["n_cols"][0]))
        return self._free_hexes[np.argsort(away, kind="stable")[:NEAREST]]

    def _way(self, unit: np.void, start: int) -> list[int]:
        """Return the hexes in which a unit may be on its way, as the plan has it."""
        if unit["axis"] < 0 or unit["mobility"] == codes.STATIC:
            return [start]
        axis, objectives = self._opening.axes[unit["axis"]], self._opening.objectives
        of_axis = range(int(axis["first"]), int(axis["first"]) + int(axis["count"]))
        begun = max(int(unit["arrival_turn"]), 1)
        if axis["role"] == codes.ROLE_FALL_BACK:
            due = [o for o in of_axis if o == of_axis[0] or 0 < int(objectives["due_turn"][o]) <= self._turn]
            turns = [begun, *(max(int(objectives["due_turn"][o]), begun) for o in due[1:]), self._today]
            way = [start]
            for objective, first, last in zip(due, turns, turns[1:], strict=False):
                way = self._march(unit, way[-1], objective, last - first)
            return way[len(way) // 2 :]  # nobody falls back at less than half the pace that he could
        goal = self._goal(of_axis, int(axis["role"])) if axis["release_turn"] <= self._turn else -1
        return self._march(unit, start, goal, self._today - begun) if goal >= 0 else [start]

    def _march(self, unit: np.void, start: int, objective: int, days: int) -> list[int]:
        """Return the way towards an objective, as far as a unit comes on it in so many days; the start first."""
        row = 2 * int(self._opening.objectives["field"][objective]) + int(is_motor(int(unit["mobility"])))
        to_go = self._world.cost_to_go[row]
        budget = days * int(self._world.rules[0]["allowance_mp10"][unit["mobility"]])
        way = [start]
        while True:
            beside = self._world.neighbours[way[-1]]
            beside = beside[beside >= 0]
            nearest = int(beside[np.argmin(to_go[beside])])
            if to_go[nearest] >= to_go[way[-1]] or to_go[start] - to_go[nearest] > budget:
                return way
            way.append(nearest)

    def _goal(self, of_axis: range, role: int) -> int:
        """Return the objective that an attacking axis works on: the first that its side does not hold; -1 if none."""
        if not is_offensive(role):
            return -1
        enemy, objectives = 1 - self._side, self._opening.objectives
        for one in of_axis:
            passed = objectives["strongpoint"][one] and role != codes.ROLE_SIEGE
            if not passed and self._world.holder[objectives["hex"][one]] != enemy:
                return one
        return -1

    # --- one draw

    def drawn(self, luck: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return a hex for each unit of ``loose``, -1 where it has none.

        Parameters
        ----------
        luck : (n_loose,) float64
            From 0 to 1: how far along its places each one is.
        """
        used10: dict[int, int] = {}
        found = np.full(len(self.loose), -1, np.int64)
        for number, places in enumerate(self._places):
            if not places.size:
                continue
            room10 = int(self._books.units["stack10"][self.loose[number]])
            first = int(luck[number] * len(places))
            order = [*range(first, -1, -1), *range(first + 1, len(places))]
            fits = (at for at in order if used10.get(int(places[at]), 0) + room10 <= self._limit10(int(places[at])))
            hex = int(places[next(fits, first)])
            used10[hex] = used10.get(hex, 0) + room10
            found[number] = hex
        return found

    def _limit10(self, hex: int) -> int:
        if hex not in self._limits:
            self._limits[hex] = int(stack_limit10(self._world, hex))
        return self._limits[hex]

    def named(self, hexes: NDArray[np.int64]) -> list[tuple[int, int]]:
        """Return which loose unit each unknown body on the map may be: pairs of sighting and number in ``loose``.

        It is the one of its size that would be nearest; each unit is taken once.

        Parameters
        ----------
        hexes : (n_loose,) int64
            Where ``drawn`` put them.
        """
        sightings, n_cols = self._books.unnamed, int(self._world.clock["n_cols"][0])
        sizes = np.searchsorted(BOUNDS_MEN, self._books.units["men"][self.loose])
        at = np.where(hexes >= 0, hexes, self.starts)
        free, found = at >= 0, []
        for number, sighting in enumerate(sightings):
            if not free.any():
                break
            away = distance_hexes(np.maximum(at, 0), int(sighting["hex"]), n_cols).astype(np.int64)
            away += ANOTHER_SIZE_HEXES * np.abs(sizes - np.searchsorted(BOUNDS_MEN, int(sighting["men"])))
            best = int(np.argmin(np.where(free, away, np.iinfo(np.int64).max)))
            free[best] = False
            found.append((number, best))
        return found


def scaled(unit: Any, men: int) -> None:
    """Bring a unit to a number of men, and its guns and tanks in proportion."""
    share = men / max(int(unit["men"]), 1)
    for name in ("guns", "launchers", "tanks"):
        unit[name] = np.rint(np.asarray(unit[name]) * share)
    unit["men"] = men
