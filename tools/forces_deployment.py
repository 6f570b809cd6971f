"""Give the imported units their hexes: by the sectors of ``deployment_1945.yaml``, else at the place of the record."""

from pathlib import Path
from typing import Any

import numpy as np
import yaml

from sim.kernels import codes
from sim.scenario.mapmaking import deploy
from sim.scenario.reading import hex_map_file

Entry = dict[str, Any]
OWNERS = {"ussr": codes.SOVIET, "mongolia": codes.SOVIET, "sea": codes.NEITHER}  # every other country: JAPANESE
SOVIET_NATIONS = ("soviet", "mongolia")


def post(units: dict[str, Entry], formations: dict[str, Entry], folder: Path, plan: Entry) -> None:
    """Write explicit hexes, or the box of a place outside the map, into ``start`` of every unit on the map."""
    hexes = hex_map_file.read_hex_map(folder / "map.csv")
    places = yaml.safe_load((folder / "map.yaml").read_text(encoding="utf-8"))["places"]
    ground = _ground(hexes)
    _send_to_boxes(units, places)
    posts: list[deploy.Post] = []
    waiting = {name: unit for name, unit in units.items() if unit["on_map"]}
    for sector in plan["sectors"]:
        posts += _sector_posts(sector, waiting, units, formations, places, hexes)
    # Garrisons first: they own their works; then sectors, then what stands in towns.
    garrisons = [name for name, unit in waiting.items() if unit["branch"] == "garrison"]
    towns = [name for name in waiting if name not in garrisons]
    posts = [_town_post(name, waiting[name], places, hexes) for name in garrisons] + posts
    posts += [_town_post(name, waiting[name], places, hexes) for name in towns]
    for name, hex in deploy.deploy(ground, posts).items():
        units[name]["start"] = hex_map_file.label(hex, hexes.n_cols)
        km = _km_off(hexes, hex, next(one for one in posts if one.unit == name))
        if km > 40.0:
            print(f"note: {name} stands {km:.0f} km from where it was wanted")


def _ground(hexes: hex_map_file.HexMap) -> deploy.DeploymentGround:
    road = hexes.road.max(axis=1) >= codes.ROAD_TRACK
    owner = np.array([OWNERS.get(name, codes.JAPANESE) for name in codes.COUNTRIES], np.int8)[hexes.country]
    return deploy.DeploymentGround(
        hexes.n_cols, hexes.lat, hexes.lon, deploy.room_by_terrain(hexes.terrain, road), owner
    )


def _send_to_boxes(units: dict[str, Entry], places: dict[str, Entry]) -> None:
    for unit in units.values():
        box = places[unit["start"]].get("box")
        if box:
            unit["start"], unit["on_map"] = {"box": box}, False


def _sector_posts(
    sector: Entry,
    waiting: dict[str, Entry],
    units: dict[str, Entry],
    formations: dict[str, Entry],
    places: dict[str, Entry],
    hexes: hex_map_file.HexMap,
) -> list[deploy.Post]:
    """Return the posts of one sector and take its units out of ``waiting``."""
    names: list[str] = []
    for name in sector["units"]:
        if name not in units and name not in formations:
            raise SystemExit(f"deployment_1945.yaml: no unit or formation {name}")
        below = [unit for unit in waiting if unit == name or name in _above(unit, units, formations)]
        names += [unit for unit in below if unit not in names]
    near, far = sector.get("belt", (0, deploy.ANYWHERE))
    line = [_point(point, places, hexes) for point in sector["line"]]
    points = deploy.along_line(line, [waiting[name]["stacking"] for name in names])
    return [
        deploy.Post(name, _side(unit), unit["stacking"], lat, lon, near, far)
        for name, (lat, lon) in zip(names, points, strict=True)
        for unit in (waiting.pop(name),)
    ]


def _town_post(name: str, unit: Entry, places: dict[str, Entry], hexes: hex_map_file.HexMap) -> deploy.Post:
    lat, lon = _point(unit["start"], places, hexes)
    return deploy.Post(name, _side(unit), unit["stacking"], lat, lon)


def _above(unit: str, units: dict[str, Entry], formations: dict[str, Entry]) -> list[str]:
    above = []
    parent = units[unit]["parent"]
    while parent:
        above.append(parent)
        parent = formations[parent].get("parent")
    return above


def _point(point: str | list[float], places: dict[str, Entry], hexes: hex_map_file.HexMap) -> tuple[float, float]:
    """Return lat and lon of a point; a place is where the map puts it."""
    if isinstance(point, str):
        hex = hex_map_file.parse_label(places[point]["hex"], hexes.n_cols, hexes.n_rows)
        return float(hexes.lat[hex]), float(hexes.lon[hex])
    return float(point[0]), float(point[1])


def _side(unit: Entry) -> int:
    return codes.SOVIET if unit["nation"] in SOVIET_NATIONS else codes.JAPANESE


def _km_off(hexes: hex_map_file.HexMap, hex: int, wanted: deploy.Post) -> float:
    north = (hexes.lat[hex] - wanted.lat) * 111.0
    east = (hexes.lon[hex] - wanted.lon) * 111.3 * np.cos(np.radians(wanted.lat))
    return float(np.hypot(north, east))
