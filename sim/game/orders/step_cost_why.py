"""Why a step costs what it does: the parts of its cost by cause, worked out with the kernels that charge it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import codes
from sim.kernels.ground.step_cost import N_ROAD, N_TERRAIN, march_cost, surface_table
from sim.kernels.movement.movement import entry_cost
from sim.kernels.state.layout import N_GROUND, N_MOBILITY, World
from sim.kernels.units.stacking import can_stack, has_throughput

MOBILITY_WORDS = (
    "on foot",
    "mounted",
    "in wheeled vehicles",
    "by lorry",
    "on tracks",
    "by train",
    "by river craft",
    "",
)
WEATHER_WORDS = ("", "mud", "floods")
# Features of a hex side that change the cost, in the order in which they are laid over the bare ground.
FEATURES = ("wall", "river", "road", "rail")


@dataclass(frozen=True)
class CostPart:
    """One cause and what it adds to the cost (less than 0: takes away), in movement points."""

    cause: str
    points: float


@dataclass(frozen=True)
class StepAnswer:
    """Why a step from a hex to its neighbour costs what it does.

    Attributes
    ----------
    points : float or None
        Movement points; None where the unit cannot step there.
    parts : tuple of CostPart
        Their sum is ``points``.
    bar : str
        Why it cannot step there, or cannot stay; empty where it can.
    """

    points: float | None
    parts: tuple[CostPart, ...]
    bar: str = ""

    @property
    def sentence(self) -> str:
        """Return the answer in a sentence."""
        told = ", ".join(f"{part.cause} {part.points:+.1f}" for part in self.parts[1:])
        first = f"{self.parts[0].cause} {self.parts[0].points:.1f}" if self.parts else ""
        if self.points is None:
            return f"No way: {self.bar}."
        return f"{self.points:.1f} points: {', '.join(filter(None, (first, told)))}."


def why_step(world: World, unit: int, hex: int, direction: int) -> StepAnswer:
    """Return why a step of a unit from a hex costs what it does, as things stand.

    Parameters
    ----------
    world : World
        With arrays that may be written, for which the kernels are compiled; nothing is written.
    unit, hex : int
    direction : int
        0 to 5, as in ``codes.DIRECTIONS``.
    """
    target = int(world.neighbours[hex, direction])
    bar = _bar(world, unit, hex, direction, target)
    if bar:
        return StepAnswer(None, (), bar)
    total10 = int(entry_cost(world, unit, hex, direction))
    parts10 = _ground_parts(world, int(world.units["mobility"][unit]), hex, direction, target)
    zone10 = total10 - sum(cost for _, cost in parts10)
    if zone10:
        parts10.append(("enemy zone of control", zone10))
    parts = tuple(CostPart(cause, cost / 10) for cause, cost in parts10)
    stays = "" if can_stack(world, unit, target) else "it may pass through but not stop: stacking limit"
    return StepAnswer(total10 / 10, parts, stays)


def _bar(world: World, unit: int, hex: int, direction: int, target: int) -> str:
    record = world.units[unit]
    if target < 0:
        return "edge of the map"
    terrain = int(world.hexes["terrain"][target])
    if terrain in (codes.SEA, codes.LAKE):
        return "open water"
    if int(world.layers["occupant"][target]) == 1 - int(record["side"]):
        return "enemy-held: attack it"
    ground = int(world.clock["ground"][0][int(world.hexes["region"][hex])])
    if int(world.step_cost[ground, int(record["mobility"]), hex, direction]) < 0:
        how = MOBILITY_WORDS[int(record["mobility"])]
        return f"no way through {_words(codes.TERRAINS[terrain])} {how}" if how else "it cannot move at all"
    if not has_throughput(world, unit, target):
        return "the pass or track is at capacity for today"
    return ""


def _ground_parts(world: World, mobility: int, hex: int, direction: int, target: int) -> list[tuple[str, int]]:
    """Return what ground, ways and weather cost (mp10): first the bare ground, then what each thing changes."""
    now = int(world.clock["ground"][0][int(world.hexes["region"][hex])])
    if mobility in (codes.RAIL_MOBILE, codes.RIVER_CRAFT):
        return [(MOBILITY_WORDS[mobility], int(world.step_cost[now, mobility, hex, direction]))]
    rule, edge = world.rules[0], world.edges[hex, direction]
    surface = _surface(world.rules.tobytes(), world.rules.dtype)
    terrain = int(world.hexes["terrain"][target])

    def cost(features: int, ground: int) -> int:
        laid = edge.copy()
        for name in FEATURES[features:]:
            laid[name] = 0
        return int(march_cost(rule, surface, laid, terrain, ground, mobility))

    parts: list[tuple[str, int]] = []
    before = 0
    for count in range(len(FEATURES) + 1):
        if count and not int(edge[FEATURES[count - 1]]):
            continue
        after = cost(count, codes.DRY)
        if after != before:
            ground = _words(codes.TERRAINS[terrain])
            words = _feature(edge, FEATURES[count - 1]) if count else f"{ground}, off the roads"
            parts.append((words if before or not count else f"{words} through {ground}", after - before))
            before = after
    total = int(world.step_cost[now, mobility, hex, direction])
    if total != before:
        parts.append((WEATHER_WORDS[now] or "maximum cost of a hex", total - before))
    return parts


def _feature(edge: Any, name: str) -> str:
    """Return a feature of a hex side in words."""
    rank = int(edge[name])
    if name == "river":
        return f"{codes.RIVERS[rank]} river without a bridge"
    if name == "wall":
        return "the Great Wall"
    if name == "rail":
        return "railway embankment"
    return codes.ROADS[rank] if rank in (codes.ROAD_TRAIL, codes.ROAD_TRACK) else f"{codes.ROADS[rank]} road"


def _words(code_name: str) -> str:
    return code_name.replace("_", " ")


@lru_cache(maxsize=4)
def _surface(rules: bytes, kind: np.dtype[Any]) -> NDArray[np.int32]:
    """Return what a hex costs along each road under one set of rules (``step_cost.surface_table``)."""
    table = np.zeros((N_GROUND, N_MOBILITY, N_TERRAIN, N_ROAD), np.int32)
    surface_table(np.frombuffer(bytearray(rules), kind).view(np.recarray)[0], table)
    return table
