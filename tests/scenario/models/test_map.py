"""The shipped map of August 1945: known places, sides that agree, networks that hold together."""

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import yaml

from sim.kernels import codes
from sim.scenario.mapmaking.projection import EqualArea
from sim.scenario.reading.hex_map_file import HexMap, parse_label, read_hex_map
from tests.support.places import ROOT

FOLDER = ROOT / "scenarios" / "august_storm"
FLAT = {"plain", "steppe"}
OPEN = {"plain", "steppe", "hills", "desert"}
HIGH = {"mountain", "forest_mountain"}
ROUGH = {"hills", "forest_hills", "mountain", "forest_mountain"}
WOODED = {"forest", "forest_hills", "forest_mountain"}

# place, terrains that it may stand in, country
CHECKS: tuple[tuple[str, set[str], str], ...] = (
    ("manchouli", OPEN, "manchukuo"),
    ("chalainor", OPEN, "manchukuo"),
    ("hailar", FLAT, "manchukuo"),
    ("yakoshih", ROUGH | FLAT, "manchukuo"),
    ("wunuerh", ROUGH, "manchukuo"),
    ("hsingan_pass", {"forest_mountain"}, "manchukuo"),
    ("pokotu", HIGH | {"forest_hills"}, "manchukuo"),
    ("korokhon_pass", HIGH, "manchukuo"),
    ("tsagan_dabo_pass", HIGH, "manchukuo"),
    ("mokutan_pass", HIGH, "manchukuo"),
    ("halung_arshaan", {"forest_mountain"}, "manchukuo"),
    ("solun", HIGH, "manchukuo"),
    ("wangyemiao", OPEN, "manchukuo"),
    ("taonan", FLAT, "manchukuo"),
    ("kaitung", FLAT, "manchukuo"),
    ("lupei", OPEN, "manchukuo"),
    ("tungliao", FLAT, "manchukuo"),
    ("kailu", FLAT, "manchukuo"),
    ("tsitsihar", {"plain", "marsh"}, "manchukuo"),
    ("anta", FLAT, "manchukuo"),
    ("harbin", {"plain"}, "manchukuo"),
    ("changchun", {"plain"}, "manchukuo"),
    ("mukden", {"plain"}, "manchukuo"),
    ("liaoyang", OPEN, "manchukuo"),
    ("dairen", OPEN, "manchukuo"),
    ("port_arthur", OPEN, "manchukuo"),
    ("kirin", OPEN, "manchukuo"),
    ("tunghua", ROUGH, "manchukuo"),
    ("linchiang", WOODED, "manchukuo"),
    ("mutanchiang", ROUGH, "manchukuo"),
    ("muleng", ROUGH, "manchukuo"),
    ("hengtaohotzu", {"forest_mountain"}, "manchukuo"),
    ("taimakou", HIGH, "manchukuo"),
    ("laoyehling", HIGH, "manchukuo"),
    ("taiping_pass_suifenho", HIGH, "manchukuo"),
    ("taipingling_wangching", {"forest_mountain"}, "manchukuo"),
    ("suifenho", WOODED | ROUGH, "manchukuo"),
    ("tungning", ROUGH, "manchukuo"),
    ("hunchun", ROUGH, "manchukuo"),
    ("hutou", {"marsh", "plain"}, "manchukuo"),
    ("fuchin", {"marsh"}, "manchukuo"),
    ("tungchiang", {"marsh"}, "manchukuo"),
    ("heiho", FLAT | {"hills"}, "manchukuo"),
    ("sunwu", OPEN, "manchukuo"),
    ("chengteh", HIGH, "manchukuo"),
    ("shanhaikuan", ROUGH, "manchukuo"),
    ("dolonnor", OPEN, "mengjiang"),
    ("kalgan", ROUGH, "mengjiang"),
    ("kalgan_pass", HIGH, "mengjiang"),
    ("changpei", OPEN, "mengjiang"),
    ("erhlien", {"desert"}, "mengjiang"),
    ("tsagan_obo_sume", {"desert"}, "mengjiang"),
    ("kupeikou", ROUGH, "china"),
    ("peiping", {"plain"}, "china"),
    ("tientsin", {"plain"}, "china"),
    ("choibalsan", FLAT, "mongolia"),
    ("tamsag_bulak", FLAT, "mongolia"),
    ("matad", OPEN, "mongolia"),
    ("undurkhan", OPEN, "mongolia"),
    ("sain_shanda", {"desert"}, "mongolia"),
    ("dzamyn_ude", {"desert"}, "mongolia"),
    ("chita", ROUGH, "ussr"),
    ("otpor", OPEN, "ussr"),
    ("borzya", OPEN, "ussr"),
    ("blagoveshchensk", FLAT, "ussr"),
    ("khabarovsk", FLAT | {"marsh", "hills"}, "ussr"),
    ("grodekovo", ROUGH | FLAT, "ussr"),
    ("khorol", FLAT, "ussr"),
    ("vladivostok", WOODED | ROUGH, "ussr"),
    ("spassk", FLAT | ROUGH | {"marsh"}, "ussr"),
    ("lake_khanka", {"lake"}, "ussr"),
    ("seishin", ROUGH, "korea"),
    ("rashin", ROUGH, "korea"),
    ("heijo", {"plain", "hills"}, "korea"),
    ("keijo", {"plain", "hills"}, "korea"),
    ("hamhung", OPEN, "korea"),
    ("koton", {"forest_mountain", "forest_hills"}, "karafuto"),
    ("toyohara", WOODED, "karafuto"),
    ("maoka", WOODED, "karafuto"),
    ("onor", WOODED | ROUGH, "ussr"),
)

FACING = (
    ("blagoveshchensk", "heiho"),
    ("iman", "hutou"),
    ("leninskoe", "tungchiang"),
    ("vasilevskoe", "jaoho"),
    ("shingishu", "antung"),
)


@cache
def hexes() -> HexMap:
    """Return the shipped hexes."""
    return read_hex_map(FOLDER / "map.csv")


@cache
def atlas() -> dict[str, Any]:
    """Return the shipped map.yaml."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    out: dict[str, Any] = yaml.load((FOLDER / "map.yaml").read_text(encoding="utf-8"), Loader=loader)
    return out


@cache
def neighbours() -> np.ndarray:
    """Return the neighbours of each hex, -1 off the map, worked out from the rule of odd columns."""
    grid = hexes()
    out = np.full((grid.n_hex, 6), -1, np.int64)
    for hex in range(grid.n_hex):
        row, col = divmod(hex, grid.n_cols)
        low = col % 2
        steps = ((1, low - 1), (0, -1), (-1, low - 1), (-1, low), (0, 1), (1, low))
        for direction, (right, down) in enumerate(steps):
            if 0 <= col + right < grid.n_cols and 0 <= row + down < grid.n_rows:
                out[hex, direction] = (row + down) * grid.n_cols + col + right
    return out


def hex_of(place: str) -> int:
    """Return the hex of a place."""
    return parse_label(atlas()["places"][place]["hex"], hexes().n_cols, hexes().n_rows)


@pytest.mark.parametrize(("place", "terrains", "country"), CHECKS, ids=[check[0] for check in CHECKS])
def test_place_stands_in_its_terrain_and_country(place: str, terrains: set[str], country: str) -> None:
    hex = hex_of(place)
    assert codes.TERRAINS[hexes().terrain[hex]] in terrains
    assert codes.COUNTRIES[hexes().country[hex]] == country


def test_every_place_has_a_hex_of_its_own_country_or_a_box() -> None:
    boxes = {place for box in atlas()["boxes"] for place in box["places"]}
    assert len(atlas()["places"]) == 280
    for place_id, place in atlas()["places"].items():
        if "box" in place:
            assert place_id in boxes, place_id
        else:
            assert codes.COUNTRIES[hexes().country[hex_of(place_id)]] == place["country"], place_id
            dry = codes.TERRAINS[hexes().terrain[hex_of(place_id)]] not in ("sea", "lake")
            assert dry != (place["kind"] == "lake"), place_id


def test_every_place_of_the_record_that_lies_on_the_map_is_a_place_of_the_scenario() -> None:
    record = yaml.safe_load((FOLDER / "map_build" / "places.yaml").read_text(encoding="utf-8"))["places"]
    grid, spec = hexes(), atlas()["projection"]
    plane = EqualArea(spec["lon"], spec["lat"], spec["radius_km"])
    x, y = plane.forward(grid.lon, grid.lat)
    assert {place["id"] for place in record} == set(atlas()["places"])
    for place in record:
        east, north = plane.forward(np.array([place["lon"]]), np.array([place["lat"]]))
        near = np.hypot(x - east, y - north).min() < atlas()["hex_km"] / 2
        assert not near or "hex" in atlas()["places"][place["id"]], place["id"]


def test_every_place_stands_near_its_true_position() -> None:
    grid = hexes()
    for place_id, place in atlas()["places"].items():
        if "hex" in place and place_id not in ("tientsin", "yukoto"):  # moved with a reason, told in docs/map.md
            hex = hex_of(place_id)
            north = (grid.lat[hex] - place["lat"]) * 111.2
            east = (grid.lon[hex] - place["lon"]) * 111.2 * np.cos(np.radians(place["lat"]))
            limit_km = 35 if place["kind"] == "pass" else 20  # passes are known to 0.3 degree and seek the crest
            assert np.hypot(north, east) < limit_km, place_id


def test_large_towns_do_not_share_a_hex() -> None:
    large = [row for row in atlas()["places"].values() if row["population_class"] in ("metropolis", "city", "town")]
    labels = [row["hex"] for row in large if "hex" in row]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(("first", "second"), FACING)
def test_border_towns_face_each_other_across_the_river(first: str, second: str) -> None:
    direction = neighbours()[hex_of(first)].tolist().index(hex_of(second))
    assert hexes().river[hex_of(first), direction] > 0


def test_ports_touch_the_sea() -> None:
    ports = {row["place"] for row in atlas()["ports"]}
    assert {"vladivostok", "seishin", "rashin", "dairen", "maoka", "tientsin"} <= ports
    for place in ports:
        around = [hex for hex in neighbours()[hex_of(place)].tolist() if hex >= 0]
        assert (hexes().terrain[around] == codes.SEA).any(), place


def test_every_side_agrees_from_both_hexes() -> None:
    for values in (hexes().river, hexes().road, hexes().bridge, hexes().rail, hexes().trains, hexes().wall):
        for direction in range(6):
            other = neighbours()[:, direction]
            inner = other >= 0
            assert (values[inner, direction] == values[other[inner], (direction + 3) % 6]).all()
            assert not values[~inner, direction].any() or values is hexes().wall


def test_no_road_or_railway_in_sea_or_lake() -> None:
    wet = np.isin(hexes().terrain, (codes.SEA, codes.LAKE))
    assert not hexes().road[wet].any()
    assert not hexes().rail[wet].any()


def test_every_railway_and_road_is_connected_and_on_the_map() -> None:
    for layer, lines in ((hexes().rail, atlas()["rails"]), (hexes().road, atlas()["roads"])):
        for line in lines:
            assert line["hexes"], line["id"]
            for chain in line["hexes"]:
                numbers = [parse_label(text, hexes().n_cols, hexes().n_rows) for text in chain.split()]
                for start, end in pairwise(numbers):
                    assert layer[start, neighbours()[start].tolist().index(end)], (line["id"], start)


def test_railways_run_through_their_places() -> None:
    for line in atlas()["rails"]:
        labels = set(" ".join(line["hexes"]).split())
        for point in line["path"]:
            if isinstance(point, str) and "hex" in atlas()["places"][point]:
                assert atlas()["places"][point]["hex"] in labels, (line["id"], point)


def reached_by_rail(start: str) -> set[int]:
    """Return every hex that a place is joined to by rail, whatever the gauge."""
    seen, queue = {hex_of(start)}, [hex_of(start)]
    while queue:
        hex = queue.pop()
        for direction in np.flatnonzero(hexes().rail[hex]).tolist():
            other = int(neighbours()[hex, direction])
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return seen


def test_the_railways_of_the_mainland_are_one_network() -> None:
    seen = reached_by_rail("harbin")
    for place in ("mukden", "dairen", "keijo", "rashin", "peiping", "kalgan", "chita", "vladivostok", "khabarovsk"):
        assert hex_of(place) in seen, place
    assert hex_of("tamsag_bulak") in seen
    assert hex_of("koton") in reached_by_rail("otomari")


def test_gauge_changes_at_the_soviet_frontier_and_nowhere_else() -> None:
    changes = {hex for hex in range(hexes().n_hex) if len(set(hexes().rail[hex][hexes().rail[hex] > 0].tolist())) > 1}
    assert changes == {hex_of("otpor"), hex_of("grodekovo"), hex_of("choibalsan")}


def frontier(first: str, second: str) -> list[tuple[int, int]]:
    """Return (hex of the first country, direction of the second) along a frontier."""
    one, two = codes.COUNTRIES.index(first), codes.COUNTRIES.index(second)
    return [
        (hex, direction)
        for hex in np.flatnonzero(hexes().country == one).tolist()
        for direction, other in enumerate(neighbours()[hex].tolist())
        if other >= 0 and hexes().country[other] == two
    ]


def test_soviet_frontier_follows_the_amur_argun_and_ussuri() -> None:
    dry = [hex for hex, direction in frontier("ussr", "manchukuo") if not hexes().river[hex, direction]]
    assert len(dry) < 90
    for hex in dry:
        lon, lat = hexes().lon[hex], hexes().lat[hex]
        on_land_in_the_west = lon < 117.95 and lat > 49.3
        on_land_or_khanka_in_the_east = 130.4 < lon < 133.0 and lat < 45.4
        assert on_land_in_the_west or on_land_or_khanka_in_the_east, (lon, lat)


def test_korean_frontier_follows_the_yalu_and_tumen() -> None:
    sides = frontier("korea", "manchukuo")
    wet = [hexes().river[hex, direction] > 0 for hex, direction in sides]
    assert sum(wet) >= len(sides) - 2  # the watershed between the two springs


def test_no_bridge_over_the_soviet_frontier_rivers() -> None:
    assert not any(hexes().bridge[hex, direction] for hex, direction in frontier("ussr", "manchukuo"))
    assert any(hexes().bridge[hex, direction] for hex, direction in frontier("korea", "manchukuo"))


def test_the_amur_is_bridged_at_khabarovsk_only() -> None:
    lon, lat = hexes().lon, hexes().lat
    great = (hexes().river == codes.RIVER_GREAT) & (hexes().bridge > 0)
    near = (np.abs(lon - 135.0) < 0.5) & (np.abs(lat - 48.5) < 0.4)
    assert great[near].any()
    lower_amur = (lon > 135.6) & (lat > 48.6) & (lon < 141)
    assert not great[lower_amur].any()


def test_bridges_stand_only_where_a_way_crosses_a_river() -> None:
    bridged = hexes().bridge > 0
    assert (hexes().river[bridged] > 0).all()
    assert ((hexes().road[bridged] > 0) | (hexes().rail[bridged] > 0)).all()
    assert (hexes().rail[hexes().bridge == codes.BRIDGE_RAIL] > 0).all()


def test_rivers_are_chains_without_lone_great_sides() -> None:
    sides = (hexes().river > 0).sum(axis=1)
    great = np.flatnonzero((hexes().river == codes.RIVER_GREAT).any(axis=1))
    for hex in great.tolist():
        around = [other for other in neighbours()[hex].tolist() if other >= 0]
        assert sides[around].sum() > 1


def test_the_wall_parts_china_from_manchukuo() -> None:
    sides = frontier("china", "manchukuo")
    assert sum(hexes().wall[hex, direction] for hex, direction in sides) >= 0.7 * len(sides)


def test_every_land_hex_has_a_country_and_no_sea_hex_has() -> None:
    sea = hexes().terrain == codes.SEA
    assert (hexes().country[sea] == codes.NOWHERE).all()
    assert (hexes().country[~sea] != codes.NOWHERE).all()


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("hailar", "west"),
        ("solun", "west"),
        ("choibalsan", "west"),
        ("harbin", "centre"),
        ("mukden", "centre"),
        ("mutanchiang", "east"),
        ("voroshilov", "east"),
        ("seishin", "east"),
        ("heiho", "north"),
        ("fuchin", "north"),
        ("koton", "north"),
    ],
)
def test_weather_region(place: str, region: str) -> None:
    assert codes.REGIONS[hexes().region[hex_of(place)]] == region


def test_passes_and_fortresses_are_places_on_the_map() -> None:
    fortresses = {row["place"]: row["strength_permille"] for row in atlas()["fortresses"]}
    assert all(0 < strength <= 1000 for strength in fortresses.values())
    for place in [*fortresses, *(row["place"] for row in atlas()["passes"])]:
        assert "hex" in atlas()["places"][place], place
    for row in atlas()["passes"]:
        assert hexes().relief_m[hex_of(row["place"])] >= 125, row["place"]
        assert (hexes().road[hex_of(row["place"])] > 0).any(), row["place"]


def test_boxes_join_the_map_at_its_hexes() -> None:
    for box in atlas()["boxes"]:
        assert box["entries"]
        for entry in box["entries"]:
            parse_label(entry, hexes().n_cols, hexes().n_rows)


def test_every_settlement_is_on_a_road_or_railway() -> None:
    for place_id, place in atlas()["places"].items():
        if "hex" in place and place["population_class"] not in ("none", "village"):
            hex = hex_of(place_id)
            assert hexes().road[hex].any() or hexes().rail[hex].any(), place_id
