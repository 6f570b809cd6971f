"""Writes map.yaml: projection, sources, places, boxes, railways, roads, fortresses, passes, ports and airfields."""

from pathlib import Path
from typing import Any

import numpy as np
import yaml

from sim.output import write_text
from sim.scenario.mapmaking.lattice import Lattice
from sim.scenario.mapmaking.networks import NetworkLine
from sim.scenario.reading.hex_map_file import label

KEPT = ("name", "modern", "alternates", "lat", "lon")
RAIL_KEYS = ("id", "name", "gauge_mm", "country", "tracks", "trains_per_day", "estimate", "source", "path", "note")
ROAD_KEYS = ("id", "name", "quality", "terrain", "wet_factor", "estimate", "source", "path", "note")


def flow(value: Any) -> str:
    """Return a value as one line of YAML."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(value, Dumper=dumper, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6)
    return text.removesuffix("\n").removesuffix("\n...")


def place_row(place: dict[str, Any], where: dict[str, str]) -> dict[str, Any]:
    """Return a place as it stands in map.yaml."""
    row = {name: place[name] for name in KEPT if place.get(name) not in (None, [], "")}
    row.update(where)
    row.update(kind=place["kind"], country=place["country"], population_class=place["population_class"])
    row["objective"] = bool(place.get("objective", place.get("operational_objective", False)))
    if "coord_quality" in place:
        row["coord_quality"] = place["coord_quality"]
    told = "; ".join(str(place[name]) for name in ("note", "site_note") if place.get(name))
    return row | ({"note": told} if told else {})


def line_row(line: NetworkLine, names: tuple[str, ...], n_cols: int, place_names: dict[str, str]) -> dict[str, Any]:
    """Return a railway or road as it stands in map.yaml; its hexes are one string a chain."""
    spec = dict(line.spec)
    ends = [place_names[point] for point in spec.get("path", []) if isinstance(point, str)]
    spec.setdefault("name", " - ".join(ends) or spec["id"])
    row = {name: spec[name] for name in names if spec.get(name) is not None}
    row["hexes"] = [" ".join(label(hex, n_cols) for hex in chain) for chain in line.chains]
    return row


def box_row(box: dict[str, Any], lattice: Lattice) -> dict[str, Any]:
    """Return an off-map box with its entries as hex labels."""
    points = np.asarray(box["entries"], float).reshape(-1, 2)
    hexes = lattice.nearest(points[:, 0], points[:, 1]).tolist()
    row = {name: value for name, value in box.items() if name not in ("entries", "places")}
    return row | {"entries": [label(hex, lattice.n_cols) for hex in hexes], "places": box.get("places", [])}


def write_map_yaml(
    path: Path,
    config: dict[str, Any],
    places: list[dict[str, Any]],
    sites: dict[str, int],
    rails: list[NetworkLine],
    roads: list[NetworkLine],
    lattice: Lattice,
) -> None:
    """Write map.yaml, a row a line so that it loads fast and differences read well."""
    n_cols = lattice.n_cols
    place_names = {place["id"]: place["name"] for place in places}
    box_of = {place: box["id"] for box in config.get("boxes", []) for place in box.get("places", [])}
    out = [f"# yaml-language-server: $schema={config['schema']}"] if "schema" in config else []
    out += ["# Made by `august-storm map build`; change the build file, not this one."]
    out += ["format: 1", f"title: {flow(config.get('title', ''))}"]
    out += [f"projection: {flow(config['grid']['projection'])}", f"hex_km: {flow(float(lattice.hex_km))}"]
    out += [f"columns: {lattice.n_cols}", f"rows: {lattice.n_rows}", "layers: map.csv"]
    for name in ("sources", "notes"):
        out += _rows(name, [flow(row) for row in config.get(name, [])])
    out.append("places:" if places else "places: {}")
    for place in places:
        known = sites.get(place["id"])
        where = {"box": box_of[place["id"]]} if known is None else {"hex": label(known, n_cols)}
        out.append(f"  {place['id']}: {flow(place_row(place, where))}")
    out += _rows("boxes", [flow(box_row(box, lattice)) for box in config.get("boxes", [])])
    out += _rows("rails", [flow(line_row(line, RAIL_KEYS, n_cols, place_names)) for line in rails if line.chains])
    out += _rows("roads", [flow(line_row(line, ROAD_KEYS, n_cols, place_names)) for line in roads if line.chains])
    for name in ("reference_lines", "waterways", "fortresses", "passes", "airfields"):
        out += _rows(name, [flow(row) for row in config.get(name, [])])
    ports = [{"place": place["id"]} for place in places if place["kind"] == "port" and place["id"] in sites]
    told = {row["place"]: row for row in config.get("ports", [])}
    out += _rows("ports", [flow(told.get(row["place"], row)) for row in ports])
    write_text(path, "\n".join(out) + "\n")


def _rows(name: str, rows: list[str]) -> list[str]:
    return [f"{name}:", *(f"  - {row}" for row in rows)] if rows else [f"{name}: []"]
