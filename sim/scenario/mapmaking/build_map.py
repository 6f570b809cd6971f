"""Geographic files to a hex map: ``august-storm map build``.

Nothing here knows a theatre: grid, thresholds, names, hand lines and snapping rules come from the build file, and the
same inputs always give the same bytes.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import Problem, ScenarioError
from sim.kernels import codes
from sim.scenario.mapmaking import borders, classify, rivers
from sim.scenario.mapmaking.geodata import Cells
from sim.scenario.mapmaking.lattice import Lattice
from sim.scenario.mapmaking.map_yaml import write_map_yaml
from sim.scenario.mapmaking.networks import NetworkLine, Surveyor
from sim.scenario.mapmaking.projection import EqualArea
from sim.scenario.mapmaking.siting import Country, site_places
from sim.scenario.reading.hex_map_file import HexMap, write_hex_map
from sim.scenario.reading.marked_yaml import read

Config = dict[str, Any]


@dataclass(frozen=True)
class BuiltMap:
    """A map as it was built, before it is written.

    Attributes
    ----------
    hexes : HexMap
    lattice : Lattice
    sites : dict of place id to hex
    rails, roads : list of NetworkLine
    """

    hexes: HexMap
    lattice: Lattice
    sites: dict[str, int]
    rails: list[NetworkLine]
    roads: list[NetworkLine]


def read_build_file(path: Path) -> Any:
    """Return a YAML file as plain data.

    Raises
    ------
    ScenarioError
        With everything wrong in it.
    """
    problems: list[Problem] = []
    node = read(path, problems, numbered=True)
    if node is None or problems:
        raise ScenarioError(problems)
    return node.plain()


def make_lattice(config: Config) -> Lattice:
    """Return the lattice of a build file."""
    grid = config["grid"]
    projection = grid["projection"]
    return Lattice(
        grid["columns"],
        grid["rows"],
        float(grid["hex_km"]),
        grid["first_column"],
        grid["first_row"],
        EqualArea(projection["lon"], projection["lat"], projection["radius_km"]),
    )


def rows_of(config: Config, name: str, folder: Path) -> list[dict[str, Any]]:
    """Return a list of the build file that may stand in a file of its own beside it."""
    spec = config.get(name) or []
    rows: list[dict[str, Any]] = spec if isinstance(spec, list) else read_build_file(folder / spec["file"])[spec["key"]]
    return rows


def assemble(geo: Path, config_path: Path) -> tuple[Config, list[dict[str, Any]], BuiltMap]:
    """Return the build file, the places and the map made from the geographic files."""
    config = read_build_file(config_path)
    if not isinstance(config, dict) or config.get("format") != 1:
        raise ScenarioError([Problem(str(config_path), 1, 1, "format", "not a map build file of format 1")])
    missing = [name for name in ("grid", "terrain", "rivers", "countries", "siting", "network") if name not in config]
    if missing:
        raise ScenarioError([Problem(str(config_path), 1, 1, name, "missing") for name in missing])
    folder, file = config_path.parent, str(config_path)
    lattice = make_lattice(config)
    if lattice.first_col % 2:
        raise ScenarioError([Problem(file, 1, 1, "grid.first_column", "must be even, or odd columns would lie north")])
    places, rails, roads = (rows_of(config, name, folder) for name in ("places", "rails", "roads"))
    try:
        built = survey(geo, config, file, lattice, places, rails, roads)
    except FileNotFoundError as error:
        raise ScenarioError([Problem(str(error.filename), 1, 1, "", "cannot be found")]) from None
    return config, places, built


def survey(
    geo: Path,
    config: Config,
    file: str,
    lattice: Lattice,
    places: list[dict[str, Any]],
    rails: list[dict[str, Any]],
    roads: list[dict[str, Any]],
) -> BuiltMap:
    """Build the map in the order in which each step needs the last: ground, rivers, borders, places, networks."""
    cells = Cells.read(geo / config["elevation"]["file"], lattice)
    ground = classify.classify(cells, lattice, geo, config)
    laid = rivers.lay_rivers(lattice, geo, config, ground.terrain)
    by_wall = rivers.lay_walls(lattice, config)
    country = borders.decide_countries(cells, lattice, geo, config, ground.terrain, laid, by_wall)
    walls = np.zeros(len(lattice.sides.ends), bool)
    walls[sorted(set().union(*by_wall.values()))] = True
    sites = site_places(Country(lattice, ground.terrain, country, laid), places, config, file)
    surveyor = Surveyor(lattice, ground, country, laid, walls, sites, config, file)
    rail_lines = surveyor.lay_rails(rails)
    road_lines = surveyor.lay_roads([road for road in roads if road["quality"] in codes.ROADS])
    surveyor.pave_beside_rails(rail_lines)
    settled = [place["id"] for place in places if place["population_class"] != "none" and place["id"] in sites]
    road_lines += surveyor.lay_feeders(settled)
    surveyor.bridge()
    surveyor.finish()
    lon, lat = lattice.projection.inverse(lattice.x, lattice.y)
    layer = surveyor.layer
    hexes = HexMap(
        n_cols=lattice.n_cols,
        n_rows=lattice.n_rows,
        lon=np.round(lon, 4),
        lat=np.round(lat, 4),
        terrain=ground.terrain,
        elev_m=ground.elev_m,
        relief_m=ground.relief_m,
        forest_percent=ground.forest_percent,
        marsh_percent=ground.marsh_percent,
        country=country,
        region=borders.decide_regions(lattice, config),
        river=laid.rank[lattice.sides.of_hex],
        road=layer.road,
        bridge=layer.bridge,
        rail=layer.rail,
        trains=layer.trains,
        wall=walls[lattice.sides.of_hex].astype(np.int8),
    )
    return BuiltMap(hexes, lattice, sites, rail_lines, road_lines)


def build_map(geo_dir: Path, config_path: Path, out_dir: Path) -> tuple[Path, Path]:
    """Write map.yaml and map.csv made from a folder of geographic files; return their paths.

    Parameters
    ----------
    geo_dir : Path
        Folder with elevation, coast, lakes, rivers, borders and land cover.
    config_path : Path
        The build file: grid, thresholds, hand lines, places, railways and roads.
    out_dir : Path
        Folder for the product, made if need be.

    Raises
    ------
    ScenarioError
        If the build file is wrong or a file is missing.
    """
    config, places, built = assemble(Path(geo_dir), Path(config_path))
    out_dir = Path(out_dir)
    out_dir.mkdir(parents=True, exist_ok=True)
    layers, text = out_dir / "map.csv", out_dir / "map.yaml"
    write_hex_map(layers, built.hexes)
    write_map_yaml(text, config, places, built.sites, built.rails, built.roads, built.lattice)
    return text, layers
