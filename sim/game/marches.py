"""Where a unit can march today, what each hex costs on the way, and by which way."""

from dataclasses import dataclass, field

from sim.game.orders import march_range
from sim.kernels.layout import Scratch, World


@dataclass(frozen=True)
class MarchRange:
    """The range of one unit.

    Attributes
    ----------
    unit : int
    start : int
        Hex where it stands.
    left_mp10 : dict
        Hexes where it may end the march, each with the movement left there.
    came_from : dict
        For every hex that can be passed, the hex before it on the cheapest way.
    cost_mp10 : dict
        For every hex that can be passed, what the way there costs.
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


def look_around(world: World, scratch: Scratch, unit: int) -> MarchRange:
    """Return the range of a unit; the world stays as it is."""
    start = int(world.units[unit]["hex"])
    stops = march_range(world, scratch, unit)
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
