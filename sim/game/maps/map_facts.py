"""What the map shows and the rules do not ask: sizes of units, present names of towns, lines of latitude."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.game.campaign import Campaign
from sim.game.maps.map_lines import MapLine, dense
from sim.game.picture.frame import ROOT3, Points
from sim.scenario import Scenario
from sim.scenario.mapmaking.projection import EqualArea

# Marks of size of APP-6, by rank; the last is a front or army group.
ECHELONS = ("", "II", "III", "X", "XX", "XXX", "XXXX", "XXXXX")
UNSIZED, BATTALION, REGIMENT, BRIGADE, DIVISION, CORPS, ARMY, FRONT = range(8)
# What the last word of a kind says; a fortified region had the strength of a brigade of machine gunners and artillery.
SIZE_OF_WORD = {
    "battalion": BATTALION,
    "detachment": BATTALION,
    "garrison": BATTALION,
    "group": REGIMENT,
    "regiment": REGIMENT,
    "school": REGIMENT,
    "brigade": BRIGADE,
    "region": BRIGADE,
    "division": DIVISION,
    "flotilla": CORPS,
    "army": ARMY,
    "fleet": ARMY,
}
SIZE_OF_KIND = {
    "tank_battalion_group": BATTALION,
    "infantry_brigade_group": BRIGADE,
    "mechanized_corps_hq": CORPS,
    "tank_corps_hq": CORPS,
    "allied_group_hq": ARMY,
    "fleet_hq": ARMY,
}
STEP_DEGREES = 0.25  # a parallel is drawn through points so far from each other


@dataclass(frozen=True)
class MapFacts:
    """Facts for the map, by row number.

    Attributes
    ----------
    echelons : tuple of int
        Size of each unit, an index of ``ECHELONS``.
    names, modern_names : tuple of str
        Name of each place in 1945, and today's.
    lines : tuple of MapLine
        Reference lines of the scenario, such as the 38th parallel.
    line_names : tuple of (str, (float, float))
        Their names and the point of the plane at which each begins.
    """

    echelons: tuple[int, ...]
    names: tuple[str, ...]
    modern_names: tuple[str, ...]
    lines: tuple[MapLine, ...]
    line_names: tuple[tuple[str, tuple[float, float]], ...]


def map_facts(campaign: Campaign) -> MapFacts:
    """Return the facts of a campaign's map.

    Example
    -------
    >>> facts = map_facts(Campaign.start("august_storm"))
    >>> row = facts.names.index("Mukden")
    >>> facts.modern_names[row]
    'Shenyang'
    """
    scenario, names = campaign.scenario, campaign.names
    kinds = {unit.id: unit.kind for unit in scenario.forces.units}
    places = scenario.map.places
    found = [(item.name, _in_plane(scenario, item.line)) for item in scenario.map.reference_lines]
    return MapFacts(
        echelons=tuple(echelon(kinds[unit]) for unit in names.units),
        names=names.place_names,
        modern_names=tuple(places[name].modern or places[name].name for name in names.places),
        lines=tuple(MapLine("parallel", 0, dense(points)) for _, points in found),
        line_names=tuple((name, (float(points[0][0]), float(points[0][1]))) for name, points in found),
    )


def echelon(kind: str) -> int:
    """Return the size of a kind of unit, an index of ``ECHELONS``.

    Example
    -------
    >>> ECHELONS[echelon("guards_rifle_division")], ECHELONS[echelon("tank_corps_hq")]
    ('XX', 'XXX')
    """
    return SIZE_OF_KIND.get(kind, SIZE_OF_WORD.get(kind.rpartition("_")[2], UNSIZED))


def _in_plane(scenario: Scenario, line: tuple[tuple[float, float], ...]) -> Points:
    """Return a line given by longitudes and latitudes in the plane of the map, where a hex side is 1 long."""
    pieces = []
    for (lon, lat), (next_lon, next_lat) in pairwise(line):
        steps = max(int(max(abs(next_lon - lon), abs(next_lat - lat)) / STEP_DEGREES), 1) + 1
        pieces.append(np.stack((np.linspace(lon, next_lon, steps), np.linspace(lat, next_lat, steps)), axis=1))
    degrees = np.concatenate(pieces)
    projection = EqualArea(scenario.map.projection.lon, scenario.map.projection.lat, scenario.map.projection.radius_km)
    side_km = scenario.map.hex_km / ROOT3
    x, y = projection.forward(degrees[:, 0], degrees[:, 1])
    first_x, first_y = projection.forward(scenario.hexes.lon[:1], scenario.hexes.lat[:1])
    return np.stack((1 + (x - first_x[0]) / side_km, ROOT3 / 2 - (y - first_y[0]) / side_km), axis=1)
