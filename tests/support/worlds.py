"""Tiny worlds drawn in ASCII, for tests.

A map is rows of characters, one a hex: ``.`` plain, ``s`` steppe, ``d`` desert, ``h`` hills, ``f`` forest, ``F`` forest
hills, ``m`` mountain, ``M`` forest mountain, ``w`` marsh, ``~`` sea, ``o`` lake.
"""

from functools import cache

import numpy as np
import yaml

from sim.kernels import codes
from sim.kernels.rulebook.rules import fill
from sim.kernels.state import layout
from tests.support.places import ROOT

SYMBOLS = {
    "~": codes.SEA,
    "o": codes.LAKE,
    ".": codes.PLAIN,
    "s": codes.STEPPE,
    "d": codes.DESERT,
    "h": codes.HILLS,
    "f": codes.FOREST,
    "F": codes.FOREST_HILLS,
    "m": codes.MOUNTAIN,
    "M": codes.FOREST_MOUNTAIN,
    "w": codes.MARSH,
}
RULES_FILE = ROOT / "scenarios" / "august_storm" / "rules.yaml"


@cache
def shipped_rules() -> np.recarray:
    """Return the rules of the shipped campaign, read without the scenario layer."""
    sections: dict[str, dict[str, dict[str, object]]] = {}
    sources = [RULES_FILE] if RULES_FILE.exists() else sorted((RULES_FILE.parent / "rules").glob("*.yaml"))
    for source in sources:
        document = yaml.safe_load(source.read_text(encoding="utf-8"))
        sections.update({name: body for name, body in document.items() if isinstance(body, dict)})
    values = {
        section: {name: _mode(entry["value"]) for name, entry in body.items() if "value" in entry}
        for section, body in sections.items()
    }
    return fill(values)


def _mode(value: object) -> object:
    if isinstance(value, dict) and set(value) == {"low", "mode", "high"}:
        return value["mode"]
    return value


def small_world(drawing: str, units: list[dict[str, object]] | None = None, n_places: int = 1) -> layout.World:
    """Return a world of the drawn map, every hex held by nobody, with ``units`` placed by their ``hex``.

    Each unit is a mapping of UNIT fields; ``hex`` may be a ``(col, row)`` pair. Starting figures (``men_start`` and the
    like) follow the present ones where they are not given. Layers are fresh.
    """
    from sim.kernels.control.stacks import refresh_layers
    from sim.kernels.ground.grid import neighbour_table
    from sim.kernels.movement.movement import fill_step_cost
    from sim.kernels.supply.packed_cost import fill_links

    lines = [line.strip() for line in drawing.strip().splitlines()]
    n_rows, n_cols = len(lines), len(lines[0])
    n_hex = n_rows * n_cols
    hexes = layout.records(n_hex, layout.HEX)
    hexes.terrain = [SYMBOLS[symbol] for line in lines for symbol in line]
    hexes.holder_start = codes.NEITHER
    hexes.place = -1
    clock = layout.records(1, layout.CLOCK)
    clock.turn, clock.last_turn, clock.key = 1, 25, 1945
    clock.n_cols, clock.n_rows, clock.winner = n_cols, n_rows, codes.NEITHER
    specs = units or []
    world = layout.World(
        edges=layout.records((n_hex, 6), layout.EDGE),
        neighbours=neighbour_table(n_cols, n_rows),
        step_cost=np.zeros((layout.N_GROUND, layout.N_MOBILITY, n_hex, 6), np.int16),
        descent_permille=np.zeros(layout.N_MOBILITY, np.int32),
        cost_to_go=np.zeros((2, n_hex), np.int32),
        links=np.zeros((n_hex, 6), np.int32),
        borders=np.zeros(n_hex, np.int32),
        tags=np.zeros(n_hex, np.uint8),
        peace=np.zeros((2, 0, n_hex), np.uint16),
        peace_from=np.zeros((2, 0, n_hex), np.int8),
        formations=layout.records(2, layout.FORMATION),
        rules=shipped_rules().copy(),
        units=layout.records(len(specs), layout.UNIT),
        hexes=hexes,
        **layout.hex_states(n_hex),
        layers=layout.records(n_hex, layout.LAYER),
        known=layout.records((2, n_hex), layout.LAYER),
        sight=np.zeros((2, n_hex), np.uint8),
        supply_cost=np.zeros((2, n_hex), np.int32),
        line_from=np.full((2, n_hex), -1, np.int8),
        sides=layout.records(2, layout.SIDE),
        axes=layout.records(1, layout.AXIS),
        objectives=layout.records(1, layout.OBJECTIVE),
        places=layout.records(n_places, layout.PLACE),
        sources=layout.records(2, layout.SOURCE),
        clock=clock,
        events=layout.records(400, layout.EVENT),
    )
    world.rules.fog = 0  # what a world is about is seen by both sides, unless it is about seeing
    world.places.hex = -1
    world.sources.hex = -1
    world.formations.parent = world.formations.axis = -1
    world.formations.side = (codes.SOVIET, codes.JAPANESE)
    for row, spec in enumerate(specs):
        _fill_unit(world, row, spec, n_cols)
    fill_step_cost(world)
    fill_links(world)
    refresh_layers(world)
    return world


def _fill_unit(world: layout.World, row: int, spec: dict[str, object], n_cols: int) -> None:
    unit = world.units[row]
    defaults: dict[str, object] = {
        "status": codes.ACTIVE,
        "nation": codes.NATION_JAPAN if spec.get("side") == codes.JAPANESE else codes.NATION_SOVIET,
        "formation": spec.get("side", codes.SOVIET),
        "army": spec.get("side", codes.SOVIET),
        "box": -1,
        "axis": -1,
        "objective": -1,
        "target": -1,
        "detour": -1,
        "next_in_hex": -1,
        "arrival_hex": -1,
        "supply_hex": -1,
        "supply_source": -1,
        "men": 8800,
        "guns": 140,
        "stack10": 10,
        "readiness_permille": 1000,
        "cohesion_permille": 1000,
        "fuel10": 40,
        "fuel_max10": 40,
        "ammo10": 25,
        "ammo_max10": 25,
        "mp10": 100,
    }
    for name, value in {**defaults, **spec}.items():
        if name == "hex" and isinstance(value, tuple):
            value = value[1] * n_cols + value[0]
        setattr(unit, name, value)
    for name in ("men", "guns", "launchers", "aircraft"):
        setattr(unit, f"{name}_start", spec.get(f"{name}_start", getattr(unit, name)))
    unit.tanks_start[:] = spec.get("tanks_start", unit.tanks)
