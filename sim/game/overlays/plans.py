"""The layer of plans: axes of advance as arrows, objectives with their dates, positions to hold."""

import numpy as np

from sim.game.overlays.plane import centres, point, route
from sim.game.overlays.shapes import LegendKey, MapMark, Overlay, Points, Stroke
from sim.kernels import codes
from sim.kernels.state.layout import World
from sim.scenario.building.names import Names

ARROWS = {
    codes.ROLE_MAIN: "axis_main",
    codes.ROLE_SUPPORT: "axis_support",
    codes.ROLE_SIEGE: "axis_siege",
    codes.ROLE_SCREEN: "axis_screen",
    codes.ROLE_FALL_BACK: "axis_back",
    codes.ROLE_RESERVE: "axis_reserve",
}
KEYS = (
    LegendKey("axis_main", "main effort"),
    LegendKey("axis_support", "supporting attack"),
    LegendKey("axis_siege", "siege"),
    LegendKey("axis_screen", "screen"),
    LegendKey("axis_reserve", "reserve"),
    LegendKey("axis_back", "withdrawal"),
    LegendKey("axis_later", "later objectives of an axis"),
    LegendKey("goal_open", "objective, with the plan's date"),
    LegendKey("goal_held", "objective held"),
    LegendKey("fort_open", "strongpoint to take"),
    LegendKey("fort_held", "strongpoint held"),
)
Ways = dict[tuple[int, int, int], Points]  # (field, start, target) -> line: the ground does not change

EVERY = 3  # hexes of the way between the points through which an arrow runs
LONGEST = 400
FLAG_AT = (-0.4, -0.62)  # from the centre of its hex: beside the counter, if one stands there
WEIGHTY = 60  # weight from which an objective is named at every zoom


def plans(world: World, names: Names, sides: tuple[int, ...], ways: Ways | None = None) -> Overlay:
    """Return the plans of one side, or of both where the computer plays both.

    Parameters
    ----------
    names : Names
        For names of places and dates.
    sides : tuple of int
        Whose plans may be seen.
    ways : dict, optional
        Ways found before; filled with those found now.
    """
    found = {} if ways is None else ways
    strokes: list[Stroke] = []
    marks: dict[int, MapMark] = {}
    for row, axis in enumerate(world.axes):
        if int(axis["side"]) not in sides:
            continue
        strokes += _arrows(world, row, found)
        for goal in range(int(axis["first"]), int(axis["first"]) + int(axis["count"])):
            marks.setdefault(int(world.objectives["hex"][goal]), _mark(world, names, goal, int(axis["side"])))
    marks.pop(-1, None)
    shown = {stroke.look for stroke in strokes} | {mark.sign for mark in marks.values()}
    keys = tuple(key for key in KEYS if key.look in shown)
    note = "" if strokes or marks else "There is no plan to show."
    return Overlay("Objectives and plan", (), tuple(strokes), tuple(marks.values()), keys, note)


def _arrows(world: World, row: int, ways: Ways) -> list[Stroke]:
    """Return the arrow to the present objective of an axis, and the lighter ones beyond."""
    axis = world.axes[row]
    look = ARROWS.get(int(axis["role"]))
    start = _head(world, row)
    if look is None or start < 0:
        return []
    found = []
    for goal in range(max(int(axis["current"]), int(axis["first"])), int(axis["first"]) + int(axis["count"])):
        target = int(world.objectives["hex"][goal])
        if target < 0:
            continue
        leg = (2 * int(world.objectives["field"][goal]) + 1, start, target)
        if leg not in ways:
            ways[leg] = route(world, _way(world, *leg), look, EVERY).points
        if len(ways[leg]) > 1:
            found.append(Stroke(look, ways[leg]))
            look = "axis_later"
            start = target
    return found


def _head(world: World, row: int) -> int:
    """Return the hex of the unit of an axis that stands in the middle of its troops, -1 if it has none."""
    units = world.units
    there = (units["axis"] == row) & (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)
    hexes = units["hex"][there]
    if not hexes.size:
        return -1
    spots = centres(world, hexes)
    return int(hexes[np.argmin(np.hypot(*(spots - np.median(spots, axis=0)).T))])


def _way(world: World, field: int, start: int, target: int) -> list[int]:
    """Return the way down the cost-to-go field from a hex to the objective; straight where there is no way."""
    cost, way = world.cost_to_go[field], [start]
    if cost[start] >= codes.BLOCKED:
        return [start, target]
    while way[-1] != target and len(way) < LONGEST:
        beside = world.neighbours[way[-1]]
        beside = beside[beside >= 0]
        onward = int(beside[np.argmin(cost[beside])])
        if cost[onward] >= cost[way[-1]]:
            break
        way.append(onward)
    return way


def _mark(world: World, names: Names, goal: int, side: int) -> MapMark:
    objective = world.objectives[goal]
    place, due = int(objective["place"]), int(objective["due_turn"])
    is_held = int(world.places["holder"][place]) == side
    sign = ("fort" if objective["strongpoint"] else "goal") + ("_held" if is_held else "_open")
    day = names.date_of(due)
    words = f"by {day.day} {day:%b}" if due > 0 else ""
    weighty = int(objective["weight"]) >= WEIGHTY
    at = point(world, int(objective["hex"]), *FLAG_AT)
    return MapMark(sign, at, words, 5.0 if weighty else 13.0, 0.0 if weighty else 5.0, True)
