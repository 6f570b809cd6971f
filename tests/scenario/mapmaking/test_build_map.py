"""Building a map from geographic files: a tiny land with two countries, a frontier river, a lake and a coast."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from sim.commands.maps import scenario_folder
from sim.errors import ScenarioError
from sim.kernels import codes
from sim.scenario.mapmaking.build_map import build_map
from sim.scenario.mapmaking.geodata import rasterise
from sim.scenario.mapmaking.lattice import Lattice
from sim.scenario.mapmaking.projection import EqualArea
from sim.scenario.reading.hex_map_file import parse_label, read_hex_map
from tests.support.places import ROOT

COLS, ROWS = 14, 12
RIVER_LAT = 45.0


def collection(*features: tuple[dict[str, Any], str, Any]) -> str:
    """Return GeoJSON text."""
    rows = [
        {"type": "Feature", "properties": told, "geometry": {"type": kind, "coordinates": coordinates}}
        for told, kind, coordinates in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": rows})


def box(west: float, south: float, east: float, north: float) -> list[list[list[float]]]:
    """Return a rectangle as polygon coordinates."""
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def write_geography(folder: Path) -> Path:
    """Write a land from 99 to 101 E, sea east of 101 E, mountains in the north-west, a lake, a frontier along 45 N."""
    folder.mkdir()
    lon, lat = np.arange(98.5, 102.5, 0.05) + 0.025, np.arange(46.5, 43.5, -0.05) - 0.025
    east, north = np.meshgrid(lon, lat)
    elev = np.where(east < 101.0, 100, -50).astype(np.int16)
    rugged = (east < 99.6) & (north > 45.4)
    elev[rugged] += ((np.arange(rugged.sum()) * 7919) % 900).astype(np.int16)
    np.savez(folder / "elevation.npz", lon=lon, lat=lat, elev=elev)
    igbp = np.where(rugged, 5, 12).astype(np.uint8)
    np.savez(folder / "landcover.npz", lon=lon, lat=lat, igbp=igbp)
    wave = [[x / 10, RIVER_LAT + 0.04 * ((x % 4) - 1.5)] for x in range(985, 1011)]
    stream = [[100.0, 45.9], [100.05, 45.5], [100.02, RIVER_LAT]]
    (folder / "rivers.geojson").write_text(
        collection(
            ({"name": "Border", "rank": 1, "source": "x"}, "LineString", wave),
            ({"name": "Brook", "rank": 3, "source": "x"}, "LineString", stream),
        )
    )
    (folder / "lakes.geojson").write_text(collection(({"exists": True}, "Polygon", box(100.0, 44.0, 100.5, 44.4))))
    (folder / "regions.geojson").write_text(
        collection(({"class": "Swamp", "source": "hand"}, "Polygon", box(99.0, 43.9, 99.4, 44.3)))
    )
    (folder / "borders.geojson").write_text(
        collection(
            ({"kind": "country", "country": "ussr", "name": "N"}, "Polygon", box(98, 45.1, 101.2, 47)),
            ({"kind": "country", "country": "manchukuo", "name": "S"}, "Polygon", box(98, 43, 101.2, 45.1)),
            ({"kind": "border", "countries": ["ussr", "manchukuo"]}, "LineString", [[98, 45.1], [101.2, 45.1]]),
        )
    )
    return folder


def place(place_id: str, lat: float, lon: float, kind: str, country: str) -> dict[str, Any]:
    """Return a place of the build file."""
    size = {"lake": "none"}.get(kind, "town")
    told = {"id": place_id, "name": place_id.title(), "lat": lat, "lon": lon, "kind": kind}
    return told | {"country": country, "population_class": size}


def build_file(shipped: dict[str, Any]) -> dict[str, Any]:
    """Return a build file for the tiny land with the thresholds of the shipped one."""
    rail = {"id": "line", "name": "Line", "gauge_mm": 1435, "country": "manchukuo", "tracks": 1, "trains_per_day": 9}
    return {
        "format": 1,
        "title": "Tiny",
        "grid": {
            "projection": {"name": "lambert_azimuthal_equal_area", "lon": 100.0, "lat": 45.0, "radius_km": 6371.0},
            "hex_km": 15.0,
            "columns": COLS,
            "rows": ROWS,
            "first_column": -6,
            "first_row": -6,
        },
        "elevation": {"file": "elevation.npz"},
        "lakes": {"file": "lakes.geojson", "exists": "exists"},
        "regions": {"file": "regions.geojson", "marsh": "Swamp", "desert": "Sand"},
        "landcover": shipped["landcover"],
        "terrain": shipped["terrain"],
        "rivers": {"file": "rivers.geojson", "lowest_rank": 4, "stray_km": 4.5, "join_km": 8.0},
        "countries": {"file": "borders.geojson"},
        "frontiers": [{"between": ["ussr", "manchukuo"], "rivers": ["Border"], "near_km": 30, "depth_hexes": 2}],
        "walls": [{"id": "dyke", "line": [[99.2, 44.6], [99.7, 44.6]]}],
        "weather_regions": {"default": "centre", "polygons": [{"region": "west", "ring": box(90, 40, 100, 50)[0]}]},
        "places": [
            place("north_bank", 45.12, 99.9, "town", "ussr"),
            place("south_bank", 44.9, 99.9, "town", "manchukuo"),
            place("harbour", 44.6, 100.9, "port", "manchukuo"),
            place("village", 44.3, 99.6, "town", "manchukuo"),
            place("mere", 44.2, 100.25, "lake", "manchukuo"),
            place("far_away", 20.0, 100.0, "city", "ussr"),
        ],
        "boxes": [
            {"id": "abroad", "name": "Abroad", "side": "soviet", "entries": [[99.9, 45.7]], "places": ["far_away"]}
        ],
        "rails": [rail | {"path": ["north_bank", "south_bank", "harbour"]}],
        "roads": [
            {"id": "lane", "quality": "dirt", "path": ["village", "south_bank"]},
            {"id": "highway", "quality": "dirt", "path": ["far_away", "north_bank"]},
        ],
        "siting": shipped["siting"] | {"facing": [["north_bank", "south_bank"]]},
        "network": shipped["network"],
    }


@pytest.fixture
def land(tmp_path: Path) -> tuple[Path, Path]:
    """Return the folder of the geography and the build file."""
    shipped = yaml.safe_load((ROOT / "scenarios/august_storm/map_build/config.yaml").read_text(encoding="utf-8"))
    config = tmp_path / "map_build.yaml"
    config.write_text(yaml.safe_dump(build_file(shipped)), encoding="utf-8")
    return write_geography(tmp_path / "geo"), config


def change(config: Path, **values: Any) -> None:
    """Replace keys of a build file."""
    data = yaml.safe_load(config.read_text(encoding="utf-8"))
    config.write_text(yaml.safe_dump(data | values), encoding="utf-8")


def test_same_inputs_give_the_same_bytes(land: tuple[Path, Path], tmp_path: Path) -> None:
    first, second = build_map(*land, tmp_path / "one"), build_map(*land, tmp_path / "two")
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes()


def test_terrain_countries_and_water(land: tuple[Path, Path], tmp_path: Path) -> None:
    text, layers = build_map(*land, tmp_path / "out")
    hexes = read_hex_map(layers)
    assert (hexes.n_cols, hexes.n_rows) == (COLS, ROWS)
    at = {(row, col): codes.TERRAINS[hexes.terrain[row * COLS + col]] for row in range(ROWS) for col in range(COLS)}
    assert at[0, 0] == "forest_mountain"
    assert at[2, COLS - 1] == "sea"
    assert {"plain", "lake", "marsh"} <= set(at.values())
    assert ((hexes.country == codes.NOWHERE) == (hexes.terrain == codes.SEA)).all()
    atlas = yaml.safe_load(text.read_text(encoding="utf-8"))
    assert hexes.terrain[parse_label(atlas["places"]["mere"]["hex"], COLS, ROWS)] == codes.LAKE
    assert atlas["places"]["far_away"]["box"] == "abroad"


def test_the_frontier_snaps_to_the_river(land: tuple[Path, Path], tmp_path: Path) -> None:
    _, layers = build_map(*land, tmp_path / "out")
    hexes = read_hex_map(layers)
    lattice = Lattice(COLS, ROWS, 15.0, -6, -6, EqualArea(100.0, 45.0))
    sides = wet = 0
    for hex in np.flatnonzero(hexes.country == codes.USSR).tolist():
        for direction, other in enumerate(lattice.neighbours[hex].tolist()):
            if other >= 0 and hexes.country[other] == codes.MANCHUKUO:
                sides += 1
                wet += hexes.river[hex, direction] == codes.RIVER_GREAT
    assert sides >= COLS
    assert wet == sides


def test_places_face_each_other_and_the_port_touches_the_sea(land: tuple[Path, Path], tmp_path: Path) -> None:
    text, layers = build_map(*land, tmp_path / "out")
    hexes, atlas = read_hex_map(layers), yaml.safe_load(text.read_text(encoding="utf-8"))
    near = Lattice(COLS, ROWS, 15.0, -6, -6, EqualArea(100.0, 45.0)).neighbours
    at = {name: parse_label(row["hex"], COLS, ROWS) for name, row in atlas["places"].items() if "hex" in row}
    direction = near[at["north_bank"]].tolist().index(at["south_bank"])
    assert hexes.river[at["north_bank"], direction] == codes.RIVER_GREAT
    assert hexes.rail[at["north_bank"], direction] == codes.RAIL_STANDARD
    assert hexes.bridge[at["north_bank"], direction] == codes.BRIDGE_NONE  # the frontier is unbridged
    assert (hexes.terrain[near[at["harbour"]]] == codes.SEA).any()
    assert hexes.road[at["village"]].any()
    assert [row["id"] for row in atlas["rails"]] == ["line"]
    assert hexes.wall.sum() > 0


def test_a_place_without_land_or_box_is_refused(land: tuple[Path, Path], tmp_path: Path) -> None:
    change(land[1], boxes=[])
    with pytest.raises(ScenarioError, match="far_away is neither on land of ussr nor in a box"):
        build_map(*land, tmp_path / "out")


def test_a_railway_to_an_unknown_place_is_refused(land: tuple[Path, Path], tmp_path: Path) -> None:
    line = {"id": "ghost", "gauge_mm": 1435, "country": "ussr", "trains_per_day": 1, "path": ["north_bank", "nowhere"]}
    change(land[1], rails=[line])
    with pytest.raises(ScenarioError, match="no place 'nowhere'"):
        build_map(*land, tmp_path / "out")


def test_the_product_goes_to_the_scenario_around_the_build_file(tmp_path: Path) -> None:
    config = tmp_path / "theatre" / "map_build" / "config.yaml"
    assert scenario_folder(config) == config.parent
    config.parent.mkdir(parents=True)
    (tmp_path / "theatre" / "scenario.yaml").touch()
    assert scenario_folder(config) == tmp_path / "theatre"


def test_a_missing_file_and_a_wrong_build_file_are_told(land: tuple[Path, Path], tmp_path: Path) -> None:
    geo, config = land
    (geo / "lakes.geojson").unlink()
    with pytest.raises(ScenarioError, match=r"lakes\.geojson.*cannot be found"):
        build_map(geo, config, tmp_path / "out")
    config.write_text("format: 2\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="not a map build file of format 1"):
        build_map(geo, config, tmp_path / "out")
    config.write_text("format: [1\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"map_build\.yaml:2:1"):
        build_map(geo, config, tmp_path / "out")


def test_projection_and_its_inverse_agree() -> None:
    projection = EqualArea(126.0, 45.0)
    lon, lat = np.meshgrid(np.linspace(106.0, 146.0, 9), np.linspace(36.0, 54.0, 7))
    back = projection.inverse(*projection.forward(lon, lat))
    assert np.allclose(back[0], lon, atol=1e-9)
    assert np.allclose(back[1], lat, atol=1e-9)


def test_a_centre_lies_in_its_own_hex_and_sides_are_shared() -> None:
    lattice = Lattice(9, 7, 15.0, -4, -3, EqualArea(126.0, 45.0))
    assert (lattice.nearest_km(lattice.x, lattice.y) == np.arange(lattice.n_hex)).all()
    sides = lattice.sides
    for hex in range(lattice.n_hex):
        for direction, other in enumerate(lattice.neighbours[hex].tolist()):
            side = int(sides.of_hex[hex, direction])
            if other >= 0:
                assert sides.of_hex[other, (direction + 3) % 6] == side
                assert sorted(sides.hexes[side].tolist()) == sorted([hex, other])
                assert np.isclose(np.hypot(lattice.x[hex] - lattice.x[other], lattice.y[hex] - lattice.y[other]), 15.0)
    assert max(len(links) for links in sides.links) == 3


def test_a_hole_in_a_polygon_is_outside() -> None:
    lon, lat = np.arange(0.5, 10, 1.0), np.arange(9.5, 0, -1.0)
    rings = [np.array(box(1, 1, 9, 9)[0]), np.array(box(3, 3, 6, 6)[0])]
    inside = rasterise(rings, lon, lat)
    assert inside.sum() == 64 - 9
    assert not inside[9 - 4, 4]
