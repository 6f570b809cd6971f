"""Map, places and sources of a scenario as record arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import codes
from sim.kernels.ground.grid import neighbour_table
from sim.kernels.state import layout
from sim.scenario.loading.load import Scenario
from sim.scenario.models.map import POPULATION_CLASSES
from sim.scenario.models.scenario import Source
from sim.scenario.reading.hex_map_file import HexMap, parse_label

# Who holds each country on the first morning, in the order of codes.COUNTRIES.
HOLDER_OF_COUNTRY = np.array(
    [
        codes.NEITHER,
        codes.SOVIET,
        codes.SOVIET,
        codes.JAPANESE,
        codes.JAPANESE,
        codes.JAPANESE,
        codes.JAPANESE,
        codes.JAPANESE,
        codes.JAPANESE,
    ],
    np.int8,
)
KIND_FEATURES = {
    "city": codes.FLAG_TOWN,
    "town": codes.FLAG_TOWN,
    "rail_junction": codes.FLAG_TOWN,
    "river_crossing": codes.FLAG_TOWN,
    "pass": codes.FLAG_PASS,
    "fortress": codes.FLAG_FORTRESS,
    "port": codes.FLAG_PORT,
    "airfield": codes.FLAG_AIRFIELD,
}


def place_ids(scenario: Scenario) -> list[str]:
    """Return the places on the map in row order; what lies in a box or is water has no row."""
    return [name for name, place in scenario.map.places.items() if place.hex is not None and place.kind != "lake"]


def hex_of(scenario: Scenario, text: str) -> int:
    """Return the hex of a label or of a place on the map, -1 for a place in a box."""
    place = scenario.map.places.get(text)
    where = place.hex if place is not None else text
    return parse_label(where, scenario.hexes.n_cols, scenario.hexes.n_rows) if where else -1


def build_hexes(scenario: Scenario, places: Any) -> np.recarray:
    """Return the HEX records, places and works included.

    Parameters
    ----------
    places : PLACE records
        From ``build_places``.
    """
    ground = scenario.hexes
    hexes = layout.records(ground.n_hex, layout.HEX)
    for name in ("terrain", "country", "region", "elev_m", "relief_m", "forest_percent", "marsh_percent"):
        hexes[name] = getattr(ground, name)
    land = (ground.terrain != codes.SEA) & (ground.terrain != codes.LAKE)
    hexes.holder_start = np.where(land, HOLDER_OF_COUNTRY[ground.country], codes.NEITHER)
    hexes.place = -1
    hexes.best_road = ground.road.max(axis=1)
    hexes.features[land & _beside_sea(ground)] |= codes.FLAG_COAST
    # The largest place of a hex comes last and gives it its name.
    for row in np.argsort(places.town_size, kind="stable"):
        here = hexes[places.hex[row]]
        here.place = row
        here.town = max(int(here.town), int(places.town_size[row]))
        here.features |= places.features[row]
        here.fort_permille = max(int(here.fort_permille), int(places.fort_permille[row]))
    for item in scenario.map.passes:
        hex = hex_of(scenario, item.place)
        if hex >= 0:
            hexes[hex].pass_limit10 = max(1, round(10 * item.throughput_divisions))
    return hexes


def _beside_sea(ground: HexMap) -> NDArray[np.bool_]:
    neighbours = neighbour_table(ground.n_cols, ground.n_rows)
    sides: NDArray[np.bool_] = (neighbours >= 0) & (ground.terrain[neighbours] == codes.SEA)
    return np.asarray(sides.any(axis=1), np.bool_)


def build_edges(ground: HexMap) -> np.recarray:
    """Return the EDGE records, shape (n_hex, 6)."""
    edges = layout.records((ground.n_hex, 6), layout.EDGE)
    for name in ("river", "bridge", "road", "rail", "wall"):
        edges[name] = getattr(ground, name)
    edges["trains"] = np.minimum(ground.trains, np.iinfo(layout.EDGE["trains"]).max)
    return edges


def build_places(scenario: Scenario) -> np.recarray:
    """Return the PLACE records in the order of ``place_ids``."""
    ids = place_ids(scenario)
    places = layout.records(len(ids), layout.PLACE)
    works = {item.place: item.strength_permille for item in scenario.map.fortresses}
    listed = (
        (codes.FLAG_PASS, {item.place for item in scenario.map.passes}),
        (codes.FLAG_PORT, {item.place for item in scenario.map.ports}),
        (codes.FLAG_AIRFIELD, {item.place for item in scenario.map.airfields}),
        (codes.FLAG_FORTRESS, set(works)),
    )
    places.pace_turn = -1
    for row, name in enumerate(ids):
        spec = scenario.map.places[name]
        place = places[row]
        place.hex = hex_of(scenario, name)
        place.holder = HOLDER_OF_COUNTRY[scenario.hexes.country[place.hex]]
        place.town_size = POPULATION_CLASSES.index(spec.population_class)
        place.features = KIND_FEATURES.get(spec.kind, 0)
        for feature, names in listed:
            if name in names:
                place.features |= feature
        place.fort_permille = works.get(name, 0)
        worth = scenario.header.victory.objectives.get(name)
        if worth is not None:
            place.points[:] = (worth.soviet, worth.japan)
            place.pace_turn = -1 if worth.pace is None else max((worth.pace - scenario.header.start_date).days + 1, -1)
    return places


def build_sources(scenario: Scenario, formation_rows: dict[str, int]) -> np.recarray:
    """Return the SOURCE records; tonnages that are distributions stand at their mode."""
    sources = layout.records(len(scenario.header.sources), layout.SOURCE)
    for row, spec in enumerate(scenario.header.sources):
        source = sources[row]
        source.hex = hex_of(scenario, _where(spec))
        source.side = codes.SIDES.index(spec.side)
        source.kind = codes.SOURCE_KINDS.index(spec.kind)
        source.tons = spec.tons_per_day if isinstance(spec.tons_per_day, int) else round(spec.tons_per_day.mode)
        source.formation = formation_rows[spec.serves] if spec.serves else -1
    return sources


def _where(source: Source) -> str:
    return source.place or source.hex or ""
