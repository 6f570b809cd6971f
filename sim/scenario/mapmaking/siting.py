"""Where a place stands: the nearest land hex of its own country, on its own bank, a port by the sea."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import Problem, ScenarioError
from sim.kernels import codes
from sim.scenario.mapmaking.geodata import contains
from sim.scenario.mapmaking.lattice import Lattice
from sim.scenario.mapmaking.rivers import River, Rivers

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]


@dataclass(frozen=True)
class Country:
    """What the siting needs to know of the map."""

    lattice: Lattice
    terrain: Codes
    country: Codes
    rivers: Rivers


def on_other_bank(river: River, lattice: Lattice, x: float, y: float, hex: int) -> bool:
    """Return whether a hex lies across the sides of a river from where the place truly stands.

    The place and the hex centre are on different true banks if the line between them cuts the course an odd number of
    times; the hex centre is on another bank of the sides than of the course if it lies between the two.
    """
    course, at = river.course, (float(lattice.x[hex]), float(lattice.y[hex]))
    x0, y0, x1, y1 = course[:-1, 0], course[:-1, 1], course[1:, 0], course[1:, 1]

    def hand(px: Floats, py: Floats, qx: Floats, qy: Floats, rx: Floats, ry: Floats) -> Floats:
        return (qx - px) * (ry - py) - (qy - py) * (rx - px)

    a, b = np.full(len(x0), x), np.full(len(x0), y)
    c, d = np.full(len(x0), at[0]), np.full(len(x0), at[1])
    apart = hand(x0, y0, x1, y1, a, b) * hand(x0, y0, x1, y1, c, d) < 0
    apart &= hand(a, b, c, d, x0, y0) * hand(a, b, c, d, x1, y1) < 0
    sides = lattice.sides
    corners = np.stack([sides.corner_x[river.corners], sides.corner_y[river.corners]], axis=1)
    loop = np.concatenate([course, corners[::-1]])
    between = bool(contains(loop, np.array([at[0]]), np.array([at[1]]))[0])
    return (int(apart.sum()) % 2 == 1) != between


class Siting:
    """Finds hexes for places one after the other, most important first."""

    def __init__(self, ground: Country, config: dict[str, Any], file: str) -> None:
        self.ground = ground
        self.spec = config["siting"]
        self.file = file
        self.problems: list[Problem] = []
        self.taken: dict[int, str] = {}
        self.hexes: dict[str, int] = {}
        self.box_of = {place: box["id"] for box in config.get("boxes", []) for place in box.get("places", [])}
        lattice = ground.lattice
        for box in config.get("boxes", []):
            points = np.asarray(box["entries"], float).reshape(-1, 2)
            if (lattice.nearest(points[:, 0], points[:, 1]) < 0).any():
                self.problems.append(Problem(file, 1, 1, f"boxes.{box['id']}", "an entry lies off the map"))
        touching = lattice.neighbours
        self.coastal = ((touching >= 0) & (ground.terrain[np.maximum(touching, 0)] == codes.SEA)).any(axis=1)

    def where(self, place: dict[str, Any]) -> tuple[float, float]:
        """Return the place in km; a ``site`` in the place file stands in for a doubtful coordinate."""
        lat, lon = place.get("site", (place["lat"], place["lon"]))
        x, y = self.ground.lattice.projection.forward(np.array([lon]), np.array([lat]))
        return float(x[0]), float(y[0])

    def candidates(self, place: dict[str, Any]) -> list[tuple[float, int]]:
        """Return (cost in km, hex) of the hexes that could hold a place, cheapest first."""
        ground, lattice = self.ground, self.ground.lattice
        x, y = self.where(place)
        away = np.hypot(lattice.x - x, lattice.y - y)
        if place["kind"] == "lake":
            allowed = ground.terrain == codes.LAKE
        else:
            allowed = (ground.terrain != codes.SEA) & (ground.terrain != codes.LAKE)
            allowed &= ground.country == codes.COUNTRIES.index(self.spec["countries"][place["country"]])
        if place["kind"] == "port":
            allowed &= self.coastal
        near = np.flatnonzero(allowed & (away <= self.spec["farthest_km"]))
        close = [
            river
            for river in ground.rivers.laid
            if river.rank <= self.spec["bank_lowest_rank"] and len(river.corners) and self._reaches(river, x, y)
        ]
        found = []
        for hex in near.tolist():
            cost = float(away[hex])
            if place["kind"] == "pass" and place.get("coord_quality") != "good":
                name = codes.TERRAINS[ground.terrain[hex]]
                cost += self.spec["pass_terrain_km"].get(name, self.spec["pass_elsewhere_km"])
            if hex in self.taken:
                cost += self.spec["crowding_km"]
            if place["kind"] != "lake" and any(on_other_bank(river, lattice, x, y, hex) for river in close):
                cost += self.spec["wrong_bank_km"]
            found.append((cost, hex))
        return sorted(found)

    def _reaches(self, river: River, x: float, y: float) -> bool:
        course, reach = river.course, 2.0 * self.ground.lattice.hex_km
        inside_x = course[:, 0].min() - reach <= x <= course[:, 0].max() + reach
        return bool(inside_x and course[:, 1].min() - reach <= y <= course[:, 1].max() + reach)

    def settle(self, place_id: str, hex: int) -> None:
        """Note that a place stands in a hex."""
        self.hexes[place_id] = hex
        self.taken.setdefault(hex, place_id)

    def face(self, first: dict[str, Any], second: dict[str, Any]) -> None:
        """Settle two places in neighbouring hexes with a river or a frontier between them."""
        lattice = self.ground.lattice
        others = {hex: cost for cost, hex in self.candidates(second)}
        best: tuple[float, int, int] | None = None
        for cost, hex in self.candidates(first):
            for direction, other in enumerate(lattice.neighbours[hex].tolist()):
                side = int(lattice.sides.of_hex[hex, direction])
                if other in others and self.ground.rivers.rank[side] > 0:
                    total = cost + others[other]
                    if best is None or total < best[0]:
                        best = (total, hex, other)
        if best is None:
            ids = f"{first['id']}, {second['id']}"
            self.problems.append(Problem(self.file, 1, 1, "facing", f"no pair of river banks for {ids}"))
            return
        self.settle(first["id"], best[1])
        self.settle(second["id"], best[2])


def site_places(ground: Country, places: list[dict[str, Any]], config: dict[str, Any], file: str) -> dict[str, int]:
    """Return the hex of every place on the map; the others must be listed in a box.

    Raises
    ------
    ScenarioError
        If a place has neither land nor box.
    """
    siting = Siting(ground, config, file)
    by_id = {place["id"]: place for place in places}
    for first, second in siting.spec.get("facing", []):
        siting.face(by_id[first], by_id[second])
    rank = {name: order for order, name in enumerate(siting.spec["importance"])}
    order = sorted(range(len(places)), key=lambda at: (rank[places[at]["population_class"]], at))
    for at in order:
        place = places[at]
        if place["id"] in siting.hexes or place["id"] in siting.box_of:
            continue
        found = siting.candidates(place)
        if found:
            siting.settle(place["id"], found[0][1])
        else:
            message = f"{place['id']} is neither on land of {place['country']} nor in a box"
            siting.problems.append(Problem(file, 1, 1, "places", message))
    if siting.problems:
        raise ScenarioError(siting.problems)
    return siting.hexes
