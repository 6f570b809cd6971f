"""The map of the chance of control: hexes, coast, rivers, borders, towns and the front of the first morning, packed."""

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.batch.reporting.setting import Setting
from sim.game.maps.basemap import whole_frame
from sim.game.maps.map_lines import fixed_lines, front_lines
from sim.game.picture.frame import Frame
from sim.game.picture.lines import chains, smooth, straighten
from sim.kernels import codes
from sim.kernels.state.layout import World

NOBODY = 255  # held by neither side
GRAIN = 20  # whole numbers to the length of a hex side in packed lines
FINE = 64.0
EVERY = 3  # points of winding lines that are left out between two that are kept, plus one


def map_data(setting: Setting, control: dict[str, NDArray[Any]]) -> dict[str, Any] | None:
    """Return what the script draws; None without the scenario, or if no run was fought.

    Chances are whole numbers 0 to 100 of the Soviet side, a byte a hex; hexes whose chance never changes stand once.
    """
    if setting.static is None or not control["runs"].any():
        return None
    world = setting.static.template
    terrain = np.asarray(world.hexes["terrain"])
    dry = (terrain != codes.SEA) & (terrain != codes.LAKE)
    last = int((control["runs"] > 0).sum())
    days = np.concatenate([_first_morning(world)[None], _chances(control)[:last]])[:, dry]
    moves = (days != days[0]).any(axis=0)
    return {
        "cols": int(world.clock["n_cols"][0]),
        "rows": int(world.clock["n_rows"][0]),
        "window": _window(world, dry, np.flatnonzero(dry)[moves]),
        "land": _packed(np.packbits(dry)),
        "moves": _packed(np.packbits(moves)),
        "still": _packed(days[0][~moves]),
        "days": [_packed(day[moves]) for day in days],
        "dates": ["before the first turn", *(setting.day(turn).isoformat() for turn in range(1, last + 1))],
        "runs": [int(count) for count in (control["runs"][0], *control["runs"][:last])],
        "coast": _coast(world, dry),
        "rivers": _lines(world, "river", codes.RIVER_MAJOR),
        "borders": _lines(world, "border", 0),
        "front": [_line(line.points) for line in front_lines(world, np.asarray(world.holder))],
        "grain": GRAIN,
        "places": _places(setting),
    }


def _first_morning(world: World) -> NDArray[np.uint8]:
    holder = np.asarray(world.holder)
    return np.select([holder == codes.SOVIET, holder == codes.JAPANESE], [100, 0], NOBODY).astype(np.uint8)


def _chances(control: dict[str, NDArray[Any]]) -> NDArray[np.uint8]:
    """Return (n_turn, n_hex) chances in hundredths that the Soviet side holds each hex."""
    soviet, either = control[codes.SIDES[0]], control[codes.SIDES[0]] + control[codes.SIDES[1]]
    runs = np.maximum(control["runs"], 1)[:, None]
    return np.where(either == 0, NOBODY, (soviet * 100 + runs // 2) // runs).astype(np.uint8)


def _window(world: World, dry: NDArray[np.bool_], contested: NDArray[Any]) -> list[float]:
    """Return left, top, width, height of the part of the map in which anything changes, in hex sides."""
    hexes = contested if len(contested) else np.flatnonzero(dry)
    n_cols = int(world.clock["n_cols"][0])
    frame = Frame.around(hexes, n_cols, int(world.clock["n_rows"][0]), 1000)
    return [round(value / frame.side_px, 3) for value in (frame.left_px, frame.top_px, frame.width_px, frame.height_px)]


def _packed(values: NDArray[np.uint8]) -> str:
    return base64.b64encode(np.ascontiguousarray(values, np.uint8).tobytes()).decode("ascii")


def _line(points: NDArray[np.float64]) -> list[int]:
    """Return the points of a line, thinned, as x, y, x, y."""
    kept = points[[*range(0, len(points) - 1, EVERY), len(points) - 1]]
    return [int(value) for value in np.rint(kept * GRAIN).astype(np.int64).ravel()]


def _lines(world: World, kind: str, most: int) -> list[list[int]]:
    return [_line(line.points) for line in fixed_lines(world) if line.kind == kind and line.rank <= most]


def _coast(world: World, dry: NDArray[np.bool_]) -> list[list[int]]:
    """Return the line between land and water."""
    frame = whole_frame(int(world.clock["n_cols"][0]), int(world.clock["n_rows"][0]), FINE)
    beyond = world.neighbours
    hexes, directions = np.nonzero(dry[:, None] & ~dry[np.maximum(beyond, 0)] & (beyond >= 0))
    shore = frame.corners(hexes, directions)
    return [_line(smooth(straighten(chain)) / FINE) for chain in chains(shore)]


def _places(setting: Setting) -> list[list[Any]]:
    """Return name, hex and weight of the places that have points, the weightiest first."""
    assert setting.scenario is not None
    assert setting.static is not None
    world, names = setting.static.template, setting.static.names
    weights = setting.scenario.header.victory.objectives
    found = []
    for row, place in enumerate(names.places):
        at = int(world.places["hex"][row])
        if at >= 0 and place in weights:
            found.append([names.place_names[row], at, int(weights[place].soviet)])
    return sorted(found, key=lambda one: (-one[2], one[0]))
