"""Marches of several days: the way, where each day ends, the fuel it takes and the day of arrival.

The way is the cheapest one on the ground and against the enemy zones of today, as far as the side knows of them. The
days are an estimate: fatigue grows with the march as the rules have it, a unit in supply fills its tanks every night,
and any other gets nothing.

Example
-------
>>> campaign = Campaign.start("august_storm").lead("soviet")
>>> side = campaign.next_phase()
>>> route = find_route(campaign, campaign.unit("sov_46gtb"), campaign.names.hex_of("h085040"))
>>> route.day_ends[-1] == route.steps[-1]
True
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from sim.game.campaign import Campaign
from sim.kernels import codes
from sim.kernels.ground.grid import distance_hexes
from sim.kernels.movement.movement import reach_to
from sim.kernels.state.layout import Scratch, World, as_known_to
from sim.kernels.units.fuel import burns_fuel

WHOLE_MAP_MP10 = 1_000_000
MOST_DAYS = 60
ENEMY_THERE = "the enemy holds that hex"
NO_WAY = "there is no passable route, or the enemy blocks it"
FUEL_OUT = "it would run out of fuel on the way"
TOO_SLOW = "it cannot go any farther over this terrain"


@dataclass(frozen=True)
class Route:
    """The way of one unit to a hex.

    Attributes
    ----------
    unit : int
    steps : tuple of int
        Hexes, the one where it stands first, the last one as near to the target as it can come.
    day_ends : tuple of int
        Where each evening finds it, today's first; as far as it gets where ``halt`` says why it does not arrive.
    cost_mp10 : int
        What the whole way costs.
    fuel10 : int
        Fuel that the way takes as far as it gets, tenths of a day of march.
    arrival_date : date or None
    halt : str
        Why it does not arrive, empty where it does.
    """

    unit: int
    steps: tuple[int, ...] = ()
    day_ends: tuple[int, ...] = ()
    cost_mp10: int = 0
    fuel10: int = 0
    arrival_date: date | None = None
    halt: str = ""

    @property
    def days(self) -> int:
        """Return the days of march, today included."""
        return len(self.day_ends)


def find_route(campaign: Campaign, unit: int, target: int) -> Route:
    """Return the cheapest way of a unit to a hex that its side knows of, however many days it takes.

    The world stays as it is. Where no way leads there it is the way to the reachable hex nearest to it, and ``halt``
    says why it ends there.
    """
    world, scratch = as_known_to(campaign.world, int(campaign.world.units["side"][unit])), campaign.scratch
    record = world.units[unit]
    if record["hex"] < 0 or record["mobility"] == codes.STATIC:
        return Route(unit, halt="it cannot move at all")
    found = reach_to(world, scratch, unit, WHOLE_MAP_MP10, target)
    goal, halt = target, ""
    if scratch.stamp[target] != scratch.serial[0]:
        goal = nearest_to(scratch.found[:found], target, campaign.names.n_cols)
        halt = ENEMY_THERE if world.layers["occupant"][target] == 1 - record["side"] else NO_WAY
    steps = way_back(world, scratch, goal)
    costs = np.diff(scratch.cost[steps]).tolist()
    timetable = Timetable(world, unit)
    ends, trouble = timetable.days_of(steps, costs)
    halt = trouble or halt
    arrival = None if halt else campaign.names.date_of(int(world.clock["turn"][0]) + len(ends) - 1)
    return Route(unit, tuple(steps), tuple(ends), int(scratch.cost[goal]), timetable.burnt10, arrival, halt)


def nearest_to(hexes: Any, target: int, n_cols: int) -> int:
    """Return that of some hexes which lies nearest to another, the first of several."""
    return int(hexes[int(np.argmin(distance_hexes(hexes, target, n_cols)))])


def way_back(world: World, scratch: Scratch, target: int) -> list[int]:
    """Return the way to a hex of the present flood, the start first."""
    way = [target]
    while scratch.came[way[-1]] >= 0:
        way.append(int(world.neighbours[way[-1], (int(scratch.came[way[-1]]) + 3) % 6]))
    return way[::-1]


class Timetable:
    """The days of one march, counted as the march itself counts them.

    Attributes
    ----------
    burnt10 : int
        Fuel burnt so far, tenths of a day of march.
    """

    def __init__(self, world: World, unit: int) -> None:
        self.world, self.rule, record = world, world.rules[0], world.units[unit]
        self.full_mp10 = max(int(self.rule["allowance_mp10"][record["mobility"]]), 1)
        self.tiring_permille = int(self.rule["march_fatigue_permille"][record["mobility"]])
        self.carry_most_mp10 = int(self.rule["carry_max_mp10"][record["mobility"]])
        self.supply_state = int(record["supply_state"])
        self.motor = bool(burns_fuel(record))
        self.fuel10, self.fuel_max10 = int(record["fuel10"]), int(record["fuel_max10"])
        self.fatigue_permille = int(record["fatigue_permille"])
        self.mp10, self.carry_mp10 = int(record["mp10"]), int(record["carry_mp10"])
        self.burnt10 = 0

    def days_of(self, steps: list[int], costs: list[int]) -> tuple[list[int], str]:
        """Return where each day ends, and why the march does not arrive (empty where it does)."""
        ends: list[int] = []
        at = 0
        while at < len(costs):
            before, work = at, self.carry_mp10
            at = self._march(steps, costs, at)
            ends.append(steps[at])
            if at == len(costs):
                break
            self._night(rested=at == before)
            if len(ends) > 1 and at == before and self.carry_mp10 <= work:
                return ends, FUEL_OUT if self.motor and self.fuel10 == 0 else TOO_SLOW
            if len(ends) == MOST_DAYS:
                return ends, TOO_SLOW
        return ends, ""

    def _march(self, steps: list[int], costs: list[int], at: int) -> int:
        """March for a day; return the number of the step that it reaches."""
        first, spent, burnt = at, 0, 0
        fuel_mp10 = self.fuel10 * self.full_mp10 // 10
        terrains = self.world.hexes["terrain"]
        while at < len(costs):
            cost = costs[at]
            if at == first and cost > self.mp10:
                cost = max(cost - self.carry_mp10, 1)
            weight = cost * int(self.rule["fuel_terrain_permille"][terrains[steps[at + 1]]]) // 1000
            if spent + cost > self.mp10 or (self.motor and burnt + weight > fuel_mp10):
                break
            spent, burnt, at = spent + cost, burnt + weight, at + 1
        if at > first:
            self.mp10, self.carry_mp10 = self.mp10 - spent, 0
            self.fatigue_permille = min(self.fatigue_permille + spent * self.tiring_permille // self.full_mp10, 1000)
        if self.motor and burnt > 0:
            taken = min(max((burnt * 10 + self.full_mp10 // 2) // self.full_mp10, 1), self.fuel10)
            self.fuel10, self.burnt10 = self.fuel10 - taken, self.burnt10 + taken
        return at

    def _night(self, rested: bool) -> None:
        """Bring up supply, and give the movement of the next day."""
        rule = self.rule
        self.carry_mp10 = min(self.carry_mp10 + self.mp10, self.carry_most_mp10)
        if rested:
            relief = int(rule["rest_relief_permille"][self.supply_state])
            self.fatigue_permille = max(self.fatigue_permille - relief, 0)
        rest = 1000 - self.fatigue_permille * int(rule["fatigue_march_permille"]) // 1000
        self.mp10 = self.full_mp10 * rest // 1000
        if not self.motor:
            self.mp10 = self.mp10 * int(rule["supply_march_permille"][self.supply_state]) // 1000
            return
        if self.supply_state == codes.IN_SUPPLY:
            self.fuel10 = min(self.fuel10 + int(rule["fuel_refill10"]), self.fuel_max10)
        self.mp10 = min(self.mp10, self.fuel10 * self.full_mp10 // 10)
