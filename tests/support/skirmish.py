"""A small war in ASCII with both commanders, quick enough for pure Python.

``python -m tests.support.skirmish`` prints its digests.
"""

import os

from sim.game.records.digests import chain
from sim.kernels import codes
from sim.kernels.state import layout
from tests.support.worlds import small_world

DRAWING = """
....hhhhff......
....hhhffff.....
sss.hh.fff..hh..
sss......f..hhh.
ssss.m.......hh.
sss.mm....ww....
ss..m...www.....
s.......ww......
................
.....hh....ff...
"""
DAYS = 14


def _rifle(col: int, row: int, axis: int) -> dict[str, object]:
    return {
        "side": codes.SOVIET,
        "branch": codes.INFANTRY,
        "mobility": codes.FOOT,
        "hex": (col, row),
        "axis": axis,
        "at_guns": 40,
        "supply_need_tons10": 100,
    }


def _tanks(col: int, row: int, axis: int) -> dict[str, object]:
    return {
        "side": codes.SOVIET,
        "branch": codes.TANK,
        "mobility": codes.TRACKED,
        "hex": (col, row),
        "axis": axis,
        "men": 1350,
        "guns": 10,
        "tanks": (0, 65, 0, 0, 0),
        "stack10": 3,
        "supply_need_tons10": 300,
    }


def _japanese(col: int, row: int, axis: int, **more: object) -> dict[str, object]:
    return {
        "side": codes.JAPANESE,
        "branch": codes.INFANTRY,
        "mobility": codes.FOOT,
        "hex": (col, row),
        "axis": axis,
        "men": 12000,
        "guns": 30,
        "readiness_permille": 350,
        "at_guns": 12,
        "assault_permille": 200,
        **more,
    }


def skirmish(key: int = 1945) -> layout.World:
    """Return the world at its first morning: a Soviet army in the west, a Japanese division and works in the east."""
    from sim.kernels.control.stacks import refresh_layers
    from sim.kernels.movement.movement import fill_cost_to_go
    from sim.kernels.recon.reconnaissance import open_reconnaissance

    units = [
        _rifle(0, 2, 0),
        _rifle(0, 3, 0),
        _rifle(1, 5, 1),
        _tanks(1, 3, 0),
        _tanks(2, 5, 1),
        {**_rifle(0, 4, 0), "branch": codes.ARTILLERY, "men": 4000, "guns": 220, "launchers": 24, "stack10": 5},
        _japanese(6, 3, 2),
        _japanese(9, 5, 3, men=3000, branch=codes.GARRISON, readiness_permille=200, stack10=4),
        _japanese(12, 3, 2, men=5500, readiness_permille=150, stack10=5),
        {**_japanese(5, 7, -1), "nation": codes.NATION_MANCHUKUO, "men": 4000, "readiness_permille": 100},
    ]
    world = small_world(DRAWING, units, n_places=2)
    world.clock.key = key
    world.clock.last_turn = DAYS
    cols = int(world.clock.n_cols[0])
    columns = [hex % cols for hex in range(len(world.hexes))]
    world.holder[:] = world.hexes.holder_start = [codes.SOVIET if col <= 2 else codes.JAPANESE for col in columns]
    town, fort = 3 * cols + 12, 5 * cols + 9
    world.hexes.place[town], world.hexes.place[fort] = 0, 1
    world.hexes.fort_permille[fort] = 400
    world.hexes.features[fort] = codes.FLAG_FORTRESS
    world.places.hex = (town, fort)
    world.places.holder = codes.JAPANESE
    world.places.points[:] = ((50, 20), (30, 10))
    axes = layout.records(4, layout.AXIS)
    axes.side = (codes.SOVIET, codes.SOVIET, codes.JAPANESE, codes.JAPANESE)
    axes.role = (codes.ROLE_MAIN, codes.ROLE_SIEGE, codes.ROLE_FALL_BACK, codes.ROLE_HOLD)
    axes.first = (0, 1, 2, 3)
    axes.count = 1
    axes.boldness_permille = 500
    objectives = layout.records(4, layout.OBJECTIVE)
    objectives.axis = (0, 1, 2, 3)
    objectives.hex = (town, fort, town, fort)
    objectives.place = (0, 1, 0, 1)
    objectives.field = (0, 1, 0, 1)
    objectives.weight = 50
    objectives.strongpoint = (0, 1, 0, 1)
    objectives.done_turn = -1
    sources = layout.records(2, layout.SOURCE)
    sources.hex = (2 * cols, 4 * cols + 15)
    sources.side = (codes.SOVIET, codes.JAPANESE)
    sources.tons = 400
    sources.formation = -1
    sources.kind = codes.SOURCE_DEPOT
    world = world._replace(
        axes=axes, objectives=objectives, sources=sources, cost_to_go=layout.np.zeros((4, len(world.hexes)), "i4")
    )
    scratch = layout.new_scratch(len(world.hexes), len(world.units))
    for field, goal in enumerate((town, fort)):
        fill_cost_to_go(world, scratch, goal, codes.FOOT, world.cost_to_go[2 * field])
        fill_cost_to_go(world, scratch, goal, codes.TRACKED, world.cost_to_go[2 * field + 1])
    world.rules.fog = 1
    refresh_layers(world)
    open_reconnaissance(world)
    return world


def play(world: layout.World) -> str:
    """Play the skirmish to its end and return the digest of the whole campaign."""
    from sim.kernels.turn.turn import play_day

    scratch = layout.new_scratch(len(world.hexes), len(world.units))
    digest = b""
    while not world.clock.decided[0]:
        play_day(world, scratch)
        digest = chain(digest, world)
    return digest.hex()


if __name__ == "__main__":
    for key in range(int(os.environ.get("SKIRMISH_KEYS", "3"))):
        print(play(skirmish(key)))
