"""Railways and roads laid over the hexes by cheapest paths between their places.

Lines follow valleys, cross rivers seldom, stay in their own country and share what has been laid before; they never
enter sea or lake.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import Problem, ScenarioError
from sim.kernels import codes
from sim.scenario.mapmaking.classify import HexGround
from sim.scenario.mapmaking.lattice import Lattice
from sim.scenario.mapmaking.rivers import Rivers

Codes = NDArray[np.int8]
Bools = NDArray[np.bool_]

GAUGE_OF_MM = {mm: code for code, mm in enumerate(codes.GAUGE_MM) if mm}


@dataclass
class Layer:
    """What lies on the sides of hexes; both hexes of a side carry it, arrays of shape (n_hex, 6)."""

    rail: Codes
    trains: NDArray[np.int16]
    road: Codes
    bridge: Codes


@dataclass(frozen=True)
class NetworkLine:
    """A laid railway or road: its spec and the chains of hexes that it runs through."""

    spec: dict[str, Any]
    chains: list[list[int]]


@dataclass
class Surveyor:
    """Lays lines one after the other over the same ground."""

    lattice: Lattice
    ground: HexGround
    country: Codes
    rivers: Rivers
    walls: Bools
    places: dict[str, int]
    config: dict[str, Any]
    file: str
    layer: Layer = field(init=False)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        shape = (self.lattice.n_hex, 6)
        self.layer = Layer(
            np.zeros(shape, np.int8), np.zeros(shape, np.int16), np.zeros(shape, np.int8), np.zeros(shape, np.int8)
        )
        terrain = self.ground.terrain
        self.open_land = (terrain != codes.SEA) & (terrain != codes.LAKE)
        self.river = self.rivers.rank[self.lattice.sides.of_hex]
        self.near = self.lattice.neighbours
        self.step_cost = self._step_costs()
        self.box_of = {place: box for box in self.config.get("boxes", []) for place in box.get("places", [])}

    def _step_costs(self) -> NDArray[np.float64]:
        spec = self.config["network"]
        by_terrain = np.array([float(spec["terrain"].get(name, 0.0)) for name in codes.TERRAINS])
        own = by_terrain[self.ground.terrain] + spec["relief_per_100m"] * self.ground.relief_m / 100.0
        other = np.maximum(self.near, 0)
        climb = np.abs(self.ground.elev_m[other].astype(float) - self.ground.elev_m[:, None]) / 100.0
        cost = 0.5 * (own[:, None] + own[other]) + spec["climb_per_100m"] * climb
        cost += np.array([0.0, *spec["river"]])[self.river]
        cost += spec["wall"] * self.walls[self.lattice.sides.of_hex]
        closed = (self.near < 0) | ~self.open_land[other] | ~self.open_land[:, None]
        return np.where(closed, np.inf, cost)

    def hex_at(self, point: Sequence[float], countries: set[int]) -> int:
        """Return the land hex nearest to [lat, lon], in one of the countries."""
        x, y = self.lattice.projection.forward(np.array([point[1]]), np.array([point[0]]))
        away = np.hypot(self.lattice.x - x[0], self.lattice.y - y[0])
        usable = self.open_land & (np.isin(self.country, list(countries)) if countries else True)
        return int(np.argmin(np.where(usable, away, np.inf)))

    def resolve(self, line: dict[str, Any]) -> list[list[int]]:
        """Return the points of a line as hexes, cut into runs where it leaves the map by a box."""
        known = [name for name in line["path"] if isinstance(name, str) and name in self.places]
        countries = {int(self.country[self.places[name]]) for name in known} | self._through(line)
        runs: list[list[int]] = [[]]
        previous_box: dict[str, Any] | None = None
        for point in line["path"]:
            if isinstance(point, str) and point in self.box_of:
                box = self.box_of[point]
                if runs[-1] and previous_box is None:
                    runs[-1].append(self._entry(box, runs[-1][-1]))
                previous_box = box
            elif isinstance(point, str) and point not in self.places:
                self.problems.append(Problem(self.file, 1, 1, line["id"], f"no place {point!r}"))
            elif not isinstance(point, str) and not self._on_map(point):
                continue
            else:
                hex = self.places[point] if isinstance(point, str) else self.hex_at(point, countries)
                if previous_box is not None:
                    runs.append([self._entry(previous_box, hex)])
                    previous_box = None
                runs[-1].append(hex)
        return [run for run in runs if len(run) > 1]

    def _through(self, line: dict[str, Any]) -> set[int]:
        return {codes.COUNTRIES.index(name) for name in line.get("through", [])}

    def _on_map(self, point: Sequence[float]) -> bool:
        return int(self.lattice.nearest(np.array([point[1]]), np.array([point[0]]))[0]) >= 0

    def _entry(self, box: dict[str, Any], hex: int) -> int:
        entries = [self.hex_at((lat, lon), set()) for lon, lat in box["entries"]]
        x, y = self.lattice.x, self.lattice.y
        away = [np.hypot(x[at] - x[hex], y[at] - y[hex]) for at in entries]
        return entries[int(np.argmin(away))]

    def path(self, start: int, goals: set[int], shared: Bools, barred: Bools, countries: set[int]) -> list[int]:
        """Return the hexes of the cheapest way from a hex to the nearest goal, empty if there is none."""
        spec = self.config["network"]
        best: dict[int, float] = {start: 0.0}
        came: dict[int, int] = {}
        queue = [(0.0, start)]
        while queue:
            so_far, hex = heapq.heappop(queue)
            if so_far > best[hex]:
                continue
            if hex in goals:
                out = [hex]
                while hex != start:
                    hex = came[hex]
                    out.append(hex)
                return out[::-1]
            for direction, other in enumerate(self.near[hex].tolist()):
                cost = float(self.step_cost[hex, direction])
                if cost == np.inf or barred[hex, direction]:
                    continue
                if shared[hex, direction]:
                    cost *= spec["shared_factor"]
                if int(self.country[other]) not in countries:
                    cost *= spec["foreign_factor"]
                if so_far + cost < best.get(other, np.inf):
                    best[other] = so_far + cost
                    came[other] = hex
                    heapq.heappush(queue, (so_far + cost, other))
        return []

    def lay(self, line: dict[str, Any], shared: Bools, barred: Bools) -> list[list[int]]:
        """Return the chains of hexes of one line."""
        chains = []
        for run in self.resolve(line):
            countries = {int(self.country[hex]) for hex in run} | self._through(line)
            chain = [run[0]]
            for start, goal in pairwise(run):
                leg = self.path(start, {goal}, shared, barred, countries)
                if not leg:
                    self.problems.append(Problem(self.file, 1, 1, line["id"], "no land route between its places"))
                    break
                chain += leg[1:]
            chains.append(chain)
        return chains

    def steps(self, chain: list[int]) -> list[tuple[int, int, int]]:
        """Return (hex, direction, next hex) along a chain."""
        return [(start, self.near[start].tolist().index(end), end) for start, end in pairwise(chain) if start != end]

    def lay_rails(self, lines: list[dict[str, Any]]) -> list[NetworkLine]:
        """Lay all railways; a side carries one gauge and the best capacity of the lines on it."""
        out = []
        for line in lines:
            gauge = GAUGE_OF_MM[line["gauge_mm"]]
            barred = (self.layer.rail != 0) & (self.layer.rail != gauge)
            chains = self.lay(line, self.layer.rail == gauge, barred)
            for chain in chains:
                for hex, direction, other in self.steps(chain):
                    for at, way in ((hex, direction), (other, (direction + 3) % 6)):
                        self.layer.rail[at, way] = gauge
                        self.layer.trains[at, way] = max(int(self.layer.trains[at, way]), line["trains_per_day"])
            out.append(NetworkLine(line, chains))
        return out

    def pave(self, chain: list[int], quality: int) -> None:
        """Note a road along a chain where none better lies."""
        for hex, direction, other in self.steps(chain):
            for at, way in ((hex, direction), (other, (direction + 3) % 6)):
                self.layer.road[at, way] = max(int(self.layer.road[at, way]), quality)

    def lay_roads(self, lines: list[dict[str, Any]]) -> list[NetworkLine]:
        """Lay the roads of the file, best first."""
        free = np.zeros(self.near.shape, bool)
        order = sorted(lines, key=lambda line: -codes.ROADS.index(line["quality"]))
        out = []
        for line in order:
            chains = self.lay(line, (self.layer.rail != 0) | (self.layer.road != 0), free)
            for chain in chains:
                self.pave(chain, codes.ROADS.index(line["quality"]))
            out.append(NetworkLine(line, chains))
        return out

    def pave_beside_rails(self, rails: list[NetworkLine]) -> None:
        """Add the road that runs beside a railway, of the quality that the build file gives for its kind."""
        for line in rails:
            for rule in self.config["network"]["beside_railways"]:
                fits = line.spec["country"] in rule["countries"] and line.spec["id"] not in rule.get("except", [])
                if fits and line.spec["trains_per_day"] >= rule["least_trains"]:
                    for chain in line.chains:
                        self.pave(chain, codes.ROADS.index(rule["quality"]))

    def lay_feeders(self, place_ids: list[str]) -> list[NetworkLine]:
        """Join each settlement that no road or railway reaches to the nearest one."""
        spec, out = self.config["network"]["feeders"], []
        free = np.zeros(self.near.shape, bool)
        for place_id in place_ids:
            start = self.places[place_id]
            if (self.layer.road[start] | self.layer.rail[start]).any():
                continue
            country = int(self.country[start])
            goals = (self.layer.road | self.layer.rail).any(axis=1) & (self.country == country)
            chain = self.path(start, set(np.flatnonzero(goals).tolist()), free, free, {country})
            if chain and len(chain) - 1 <= spec["farthest_hexes"]:
                self.pave(chain, codes.ROADS.index(spec["quality"]))
                name = f"Track to {place_id}"
                out.append(NetworkLine({"id": f"feeder_{place_id}", "name": name, "quality": spec["quality"]}, [chain]))
        return out

    def bridge(self) -> None:
        """Put bridges where railways and roads cross rivers, but for those that the build file denies."""
        spec = self.config["network"]["bridges"]
        other = np.maximum(self.near, 0)
        denied = self.near < 0
        for first, second in spec.get("none_between", []):
            pair = {codes.COUNTRIES.index(first), codes.COUNTRIES.index(second)}
            here, there = self.country[:, None], self.country[other]
            denied |= np.isin(here, list(pair)) & np.isin(there, list(pair)) & (here != there)
        for point in spec.get("none_near", []):
            x, y = self.lattice.projection.forward(np.array([point["at"][0]]), np.array([point["at"][1]]))
            side_x, side_y = self.lattice.sides.middle
            close = np.hypot(side_x - x[0], side_y - y[0]) <= point["km"]
            on_rank = np.isin(self.rivers.rank, point["ranks"])
            denied |= (close & on_rank)[self.lattice.sides.of_hex]
        road = np.zeros(self.near.shape, bool)
        for quality, ranks in spec["road_over"].items():
            road |= (self.layer.road == codes.ROADS.index(quality)) & np.isin(self.river, ranks)
        rail = (self.layer.rail != 0) & np.isin(self.river, spec["rail_over"])
        self.layer.bridge[road & ~denied] = codes.BRIDGE_ROAD
        self.layer.bridge[rail & ~denied] = codes.BRIDGE_RAIL

    def finish(self) -> None:
        """Raise everything that went wrong."""
        if self.problems:
            raise ScenarioError(self.problems)
