"""The layer of supply: how far it flows, over which lines, how much, where it is cut, and how each unit stands."""

from collections import defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.overlays.plane import along, centres, is_land, point, route
from sim.game.overlays.shapes import Fill, LegendKey, MapMark, Overlay, Stroke, banded
from sim.game.wording.sentences import SUPPLY_REASON_WORDS
from sim.kernels import codes
from sim.kernels.state.layout import World

STATE_SIGNS = ("supply_good", "supply_strained", "supply_out", "supply_isolated")
SOURCE_SIGNS = ("source_railhead", "source_depot", "source_port")
FLOWS = (("line_thin", 100.0), ("line_middle", 400.0), ("line_thick", np.inf))  # tons a day, upper bounds
STATE_AT = (0.62, -0.52)  # where the sign of a stack stands, from the centre of its hex
KEYS = (
    LegendKey("supply_full", "full supply"),
    LegendKey("supply_half", "half supply or more"),
    LegendKey("supply_low", "less than half supply"),
    LegendKey("supply_far", "only by an army's own lorries"),
    LegendKey("supply_none", "own territory out of range"),
    LegendKey("line_thin", "line of communication, below 100 t a day"),
    LegendKey("line_middle", "100 to 400 t a day"),
    LegendKey("line_thick", "400 t a day and more"),
    LegendKey("line_chosen", "line of the selected unit"),
    LegendKey("line_broken", "its broken part"),
    LegendKey("cut", "line cut here"),
    LegendKey("source_railhead", "railhead, tons used of daily capacity"),
    LegendKey("source_depot", "depot"),
    LegendKey("source_port", "port"),
    LegendKey("source_closed", "source closed"),
    LegendKey("supply_good", "in supply"),
    LegendKey("supply_strained", "strained"),
    LegendKey("supply_out", "out of supply"),
    LegendKey("supply_isolated", "isolated"),
)


def supply(world: World, side: int, chosen: int = -1) -> Overlay:
    """Return the supply of a side as of its last phase.

    Parameters
    ----------
    side : int
    chosen : int
        Unit whose own line is drawn, -1 none.
    """
    strokes = list(_lines(world, side))
    marks = [*_sources(world, side), *_cuts(world, side), *_states(world, side)]
    if chosen >= 0 and int(world.units["side"][chosen]) == side and int(world.units["hex"][chosen]) >= 0:
        strokes += _line_of(world, side, chosen)
    shown = {each.look for each in strokes} | {each.sign for each in marks}
    fills = _reach(world, side)
    shown |= {fill.look for fill in fills if fill.hexes.size}
    keys = tuple(key for key in KEYS if key.look in shown)
    return Overlay("Supply", fills, tuple(strokes), tuple(marks), keys)


def _reach(world: World, side: int) -> tuple[Fill, ...]:
    """Return the range in bands of how much of a load arrives (``allocation.arriving_permille``)."""
    cost10, rule = world.supply_cost[side], world.rules[0]
    comfort10, range10 = int(rule["line_comfort10"][side]), int(rule["line_range10"][side])
    reached = (cost10 < codes.BLOCKED) & is_land(world)
    bounds = (
        ("supply_full", float(comfort10)),
        ("supply_half", float(min(2 * comfort10, range10))),
        ("supply_low", float(range10)),
        ("supply_far", float(codes.BLOCKED - 1)),
    )
    unreached = is_land(world) & (world.holder == side) & (cost10 >= codes.BLOCKED)
    return (*banded(cost10, reached, bounds), Fill("supply_none", np.flatnonzero(unreached)))


def _there(world: World, side: int) -> NDArray[Any]:
    units = world.units
    return np.flatnonzero((units["side"] == side) & (units["status"] == codes.ACTIVE) & (units["hex"] >= 0))


def _onward(world: World, side: int) -> NDArray[Any]:
    """Return the next hex towards the source from each hex, -1 off the lines in use."""
    direction = world.line_from[side]
    return np.where(direction >= 0, world.neighbours[np.arange(direction.size), direction], -1)


def flows_tons(world: World, side: int) -> dict[int, float]:
    """Return what the units of a side ask for through each hex of their lines, tons a day.

    Returns
    -------
    dict
        Hex -> tons that pass from the next hex towards the source into this one.
    """
    onward, cost10 = _onward(world, side), world.supply_cost[side]
    tons: dict[int, float] = defaultdict(float)
    walked: set[int] = set()
    for unit in _there(world, side).tolist():
        hex = int(world.units["hex"][unit])
        if cost10[hex] >= codes.BLOCKED:
            continue
        tons[hex] += int(world.units["supply_need_tons10"][unit]) / 10
        while hex >= 0 and hex not in walked:
            walked.add(hex)
            hex = int(onward[hex])
    for hex in sorted(walked, key=lambda one: -int(cost10[one])):
        if onward[hex] >= 0:
            tons[int(onward[hex])] += tons[hex]
    return {hex: tons[hex] for hex in walked if onward[hex] >= 0}


def _lines(world: World, side: int) -> tuple[Stroke, ...]:
    tons = flows_tons(world, side)
    hexes, amount = np.array(list(tons), np.int64), np.array(list(tons.values()))
    onward, below = _onward(world, side), -1.0
    found: list[Stroke] = []
    for look, bound in FLOWS:
        here = hexes[(amount > below) & (amount <= bound)] if hexes.size else hexes
        found += along(world, here, onward[here], look)
        below = bound
    return tuple(found)


def way_back(world: World, side: int, hex: int) -> list[int]:
    """Return the hexes of the line of communication from a hex to its source, both included."""
    onward, way = _onward(world, side), [hex]
    while int(onward[way[-1]]) >= 0:
        way.append(int(onward[way[-1]]))
    return way


def _line_of(world: World, side: int, unit: int) -> list[Stroke]:
    """Return the line of one unit; where it is cut, the broken part straight and the rest from there on."""
    start, broken = int(world.units["hex"][unit]), int(world.units["supply_hex"][unit])
    cost10 = world.supply_cost[side]
    if cost10[start] < codes.BLOCKED:
        way = way_back(world, side, start)
        return [route(world, way, "line_chosen")] if len(way) > 1 else []
    if broken < 0:
        return []
    found = [Stroke("line_broken", centres(world, [start, broken]))] if start != broken else []
    beside = world.neighbours[broken]
    beside = beside[beside >= 0]
    nearest = int(beside[np.argmin(cost10[beside])])
    if cost10[nearest] < codes.BLOCKED:
        found.append(route(world, [broken, *way_back(world, side, nearest)], "line_chosen"))
    return found


def _sources(world: World, side: int) -> list[MapMark]:
    found = []
    for source in world.sources[(world.sources["side"] == side) & (world.sources["hex"] >= 0)]:
        hex, tons = int(source["hex"]), int(source["tons"])
        is_open = tons > 0 and world.holder[hex] == side and world.layers["occupant"][hex] != 1 - side
        sign = SOURCE_SIGNS[int(source["kind"])] if is_open else "source_closed"
        words = f"{int(source['used_tons10']) / 10:,.0f} of {tons:,} t" if is_open else "closed"
        found.append(MapMark(sign, point(world, hex), words, 12.0))
    return found


def _cuts(world: World, side: int) -> list[MapMark]:
    """Return a cross wherever the enemy cuts a line or it ends, once for each such hex."""
    found: dict[int, MapMark] = {}
    for unit in _there(world, side).tolist():
        record = world.units[unit]
        hex = int(record["supply_hex"])
        if hex >= 0 and int(record["supply_state"]) >= codes.OUT_OF_SUPPLY:
            words = SUPPLY_REASON_WORDS[int(record["supply_reason"])]
            found.setdefault(hex, MapMark("cut", point(world, hex), words, 30.0, above=True))
    return list(found.values())


def _states(world: World, side: int) -> list[MapMark]:
    """Return the worst state in each stack; who is in supply is marked only near."""
    worst: dict[int, int] = {}
    for unit in _there(world, side).tolist():
        hex = int(world.units["hex"][unit])
        worst[hex] = max(worst.get(hex, 0), int(world.units["supply_state"][unit]))
    return [
        MapMark(
            STATE_SIGNS[state], point(world, hex, *STATE_AT), "", 0.0, 12.0 if state == codes.IN_SUPPLY else 0.0, True
        )
        for hex, state in worst.items()
    ]
