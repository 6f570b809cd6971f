"""Where a unit can march or be railed today, what each hex costs on the way, and by which way."""

from dataclasses import dataclass, field

import numpy as np

from sim.kernels.orders import march_stops, rail_stops
from sim.kernels.state.layout import Scratch, World


@dataclass(frozen=True)
class MarchRange:
    """The range of one unit.

    Attributes
    ----------
    unit : int
    start : int
        Hex where it stands.
    left_mp10 : dict
        Hexes where it may end the march, each with the movement left there (by rail none is).
    came_from : dict
        For every hex that can be passed, the hex before it on the cheapest way.
    cost_mp10 : dict
        For every hex that can be passed, what the way there costs; by rail the hexes run.
    """

    unit: int
    start: int
    left_mp10: dict[int, int]
    came_from: dict[int, int] = field(default_factory=dict)
    cost_mp10: dict[int, int] = field(default_factory=dict)

    def path(self, hex: int) -> list[int]:
        """Return the cheapest way to a hex, the start first; empty where it cannot go."""
        if hex not in self.left_mp10:
            return []
        way = [hex]
        while way[-1] != self.start:
            way.append(self.came_from[way[-1]])
        return way[::-1]


def march_range(world: World, scratch: Scratch, unit: int) -> dict[int, int]:
    """Return the hexes in which a unit may end a march today, each with the movement that is left there, mp10."""
    if world.units[unit]["hex"] < 0:
        return {}
    found = np.array(scratch.found[: march_stops(world, scratch, unit)])
    left = int(world.units[unit]["mp10"]) - scratch.cost[found]
    return dict(zip(found.tolist(), left.tolist(), strict=True))


class Ranges:
    """The march ranges of units as a world stands now: each is looked for once.

    They hold until something on the map changes.

    Parameters
    ----------
    world : World
    scratch : Scratch
    """

    def __init__(self, world: World, scratch: Scratch) -> None:
        self._world, self._scratch = world, scratch
        self._found: dict[int, tuple[dict[int, int], MarchRange]] = {}

    def stops(self, unit: int) -> dict[int, int]:
        """Return what ``march_range`` does."""
        return self._look(unit)[0]

    def march(self, unit: int) -> MarchRange:
        """Return what ``look_around`` does."""
        return self._look(unit)[1]

    def _look(self, unit: int) -> tuple[dict[int, int], MarchRange]:
        if unit not in self._found:
            stops = march_range(self._world, self._scratch, unit)
            self._found[unit] = stops, _traced(self._world, self._scratch, unit, stops)
        return self._found[unit]


def look_around(world: World, scratch: Scratch, unit: int) -> MarchRange:
    """Return the range of a unit on the march; the world stays as it is."""
    stops = march_range(world, scratch, unit)
    return _traced(world, scratch, unit, stops)


def look_along_the_line(world: World, scratch: Scratch, unit: int) -> MarchRange:
    """Return where a train may bring a unit today; the world stays as it is."""
    found = scratch.found[: rail_stops(world, scratch, unit)].tolist() if world.units[unit]["hex"] >= 0 else []
    return _traced(world, scratch, unit, dict.fromkeys(found, 0))


def _traced(world: World, scratch: Scratch, unit: int, stops: dict[int, int]) -> MarchRange:
    """Return a range with the ways to its hexes, read from the flood that found them."""
    start = int(world.units[unit]["hex"])
    came: dict[int, int] = {}
    cost: dict[int, int] = {start: 0}
    for stop in stops:
        at = stop
        while at != start and at not in came:
            direction = int(scratch.came[at])
            came[at] = int(world.neighbours[at, (direction + 3) % 6])
            cost[at] = int(scratch.cost[at])
            at = came[at]
    return MarchRange(unit, start, {hex: left for hex, left in stops.items() if hex != start}, came, cost)
