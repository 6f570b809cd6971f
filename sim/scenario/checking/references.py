"""What no single model can see: references between files, one function per rule; they collect and never raise.

A rule runs when the parts that it speaks of could be read at all. Problems carry the mark of the line to edit.
"""

import datetime
from collections.abc import Callable

from sim.kernels import codes
from sim.scenario.checking.lint_report import Parts, ProblemReport, is_label, is_water, known_hex, known_place
from sim.scenario.checking.salvage import original
from sim.scenario.models.limits import MOST_LEVELS
from sim.scenario.models.values import BoxStart
from sim.scenario.reading.node import Path_

Rule = Callable[[Parts, ProblemReport], None]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Register a rule."""
    RULES.append(function)
    return function


def run(parts: Parts, report: ProblemReport) -> None:
    """Run every rule."""
    for check in RULES:
        check(parts, report)


# --- the header


@rule
def dates_run_forwards(parts: Parts, report: ProblemReport) -> None:
    """The campaign ends on or after the day on which it begins, and lasts less than a year."""
    if parts.header is None:
        return
    days = (parts.header.end_date - parts.header.start_date).days
    if days < 0:
        report.error(("end_date",), f"the campaign ends before it begins on {parts.header.start_date}")
    elif days > 365:
        report.error(("end_date",), f"{days} days exceed a year")


@rule
def default_plans_exist(parts: Parts, report: ProblemReport) -> None:
    """Each side's default plan is a plan of that side."""
    known = report.ids("plans")
    if parts.header is None or not report.was_read("plans"):
        return
    plans = {plan.id: plan.side for plan in parts.plans if plan is not None}
    for side in codes.SIDES:
        name: str = getattr(parts.header.default_plans, side)
        if name not in known:
            report.error(("default_plans", side), f"no plan {name!r}", known, name)
        elif plans.get(name, side) != side:
            report.error(("default_plans", side), f"plan {name!r} is one for the side {plans[name]}")


@rule
def victory_places_are_on_the_map(parts: Parts, report: ProblemReport) -> None:
    """Points are given for places on the map."""
    if parts.header is None:
        return
    for place in parts.header.victory.objectives:
        known_place(parts, report, ("victory", "objectives", place), place, on_map=True)


@rule
def frame_is_on_the_map(parts: Parts, report: ProblemReport) -> None:
    """The window shows places at first that are on the map."""
    if parts.header is None:
        return
    for row, place in enumerate(parts.header.frame):
        known_place(parts, report, ("frame", row), place, on_map=True)


@rule
def victory_levels_fall(parts: Parts, report: ProblemReport) -> None:
    """Levels stand from the highest score to the lowest, and only the last is without one."""
    if parts.header is None:
        return
    levels = parts.header.victory.levels
    for row, level in enumerate(levels):
        path: Path_ = ("victory", "levels", row)
        if (level.at_least is None) != (row == len(levels) - 1):
            report.error(path, "only the last level has no at_least, and it must have none")
        elif row and level.at_least is not None and level.at_least >= (levels[row - 1].at_least or 0):
            report.error((*path, "at_least"), "levels must be listed from the highest score to the lowest")


@rule
def sources_stand_somewhere(parts: Parts, report: ProblemReport) -> None:
    """A supply source has one place or hex on the map and serves a formation of its side."""
    if parts.header is None:
        return
    known = report.ids("forces", "formations")
    formations = {item.id: item.side for item in parts.forces.formations} if parts.forces else {}
    for row, source in enumerate(parts.header.sources):
        path: Path_ = ("sources", row)
        if (source.place is None) == (source.hex is None):
            report.error(path, "a source needs either a place or a hex")
        if source.place is not None:
            known_place(parts, report, (*path, "place"), source.place, on_map=True)
        if source.hex is not None:
            known_hex(parts, report, (*path, "hex"), source.hex)
        if source.serves is not None and report.was_read("forces"):
            if source.serves not in known:
                report.error((*path, "serves"), f"no formation {source.serves!r}", known, source.serves)
            elif formations.get(source.serves, source.side) != source.side:
                report.error((*path, "serves"), f"{source.serves!r} belongs to the other side")


# --- the map


@rule
def map_has_the_stated_size(parts: Parts, report: ProblemReport) -> None:
    """The hex file has as many columns and rows as map.yaml says."""
    if parts.map is None or parts.hexes is None:
        return
    for name, there in (("columns", parts.hexes.n_cols), ("rows", parts.hexes.n_rows)):
        if getattr(parts.map, name) != there:
            report.error(("map", name), f"the hex file has {there} {name}")


@rule
def places_stand_on_land_or_in_a_box(parts: Parts, report: ProblemReport) -> None:
    """Every place has either a hex of the map or a box; settlements do not stand in the sea."""
    if parts.map is None:
        return
    boxes = report.ids("map", "boxes")
    for name, place in parts.map.places.items():
        path: Path_ = ("map", "places", name)
        if (place.hex is None) == (place.box is None):
            report.error(path, "a place needs either a hex or a box", key=True)
        if place.box is not None and place.box not in boxes:
            report.error((*path, "box"), f"no box {place.box!r}", boxes, place.box)
        if place.hex is None:
            continue
        hex = known_hex(parts, report, (*path, "hex"), place.hex)
        if place.kind != "lake" and is_water(parts, hex):
            report.error((*path, "hex"), f"{place.hex} is under water")


@rule
def map_lists_name_known_places(parts: Parts, report: ProblemReport) -> None:
    """Works, passes, ports, airfields and boxes speak of known places."""
    if parts.map is None:
        return
    for part in ("fortresses", "passes", "ports", "airfields"):
        for row, item in enumerate(getattr(parts.map, part)):
            known_place(parts, report, ("map", part, row, "place"), item.place)
    for part in ("rails", "roads", "waterways"):
        for row, line in enumerate(getattr(parts.map, part)):
            for at, point in enumerate(line.path):
                if isinstance(point, str):
                    known_place(parts, report, ("map", part, row, "path", at), point)
    for row, box in enumerate(parts.map.boxes):
        for at, place in enumerate(box.places):
            known_place(parts, report, ("map", "boxes", row, "places", at), place)
        for at, entry in enumerate(box.entries):
            path: Path_ = ("map", "boxes", row, "entries", at)
            if is_label(entry):
                known_hex(parts, report, path, entry)
            else:
                known_place(parts, report, path, entry, on_map=True)


# --- the forces


@rule
def ids_are_unique(parts: Parts, report: ProblemReport) -> None:
    """No two formations or units share an id, nor two plans, boxes, axes of a plan, sources or events."""
    lists: list[list[tuple[Path_, str]]] = []
    if parts.forces is not None:
        formations = [(("forces", "formations", row), item.id) for row, item in enumerate(parts.forces.formations)]
        units = [(("forces", "units", row), item.id) for row, item in enumerate(parts.forces.units)]
        lists.append([*formations, *units])
    if parts.map is not None:
        lists.append([(("map", "boxes", row), box.id) for row, box in enumerate(parts.map.boxes)])
    if parts.header is not None:
        lists.append([(("sources", row), source.id) for row, source in enumerate(parts.header.sources)])
    if parts.events is not None:
        lists.append([(("events", "events", row), event.id) for row, event in enumerate(parts.events.events)])
    lists.append([(("plans", row), plan.id) for row, plan in enumerate(parts.plans) if plan is not None])
    for row, plan in enumerate(parts.plans):
        if plan is not None:
            lists.append([(("plans", row, "axes", at), axis.id) for at, axis in enumerate(plan.axes)])
    for items in lists:
        first: dict[str, Path_] = {}
        for path, name in items:
            if name in first:
                place = report.tree.find((*original(first[name], report.kept), "id"))
                report.error((*path, "id"), f"id {name!r} is taken", hint=f"first in {place.file}:{place.line}")
            first.setdefault(name, path)


@rule
def formations_have_known_parents(parts: Parts, report: ProblemReport) -> None:
    """Every ``parent`` names a formation of the same side, and no chain of command is a circle."""
    if parts.forces is None:
        return
    names = dict.fromkeys(report.ids("forces", "formations"))
    known = {item.id: item for item in parts.forces.formations}
    for row, item in enumerate(parts.forces.formations):
        path: Path_ = ("forces", "formations", row, "parent")
        if item.parent is None:
            continue
        if item.parent not in names:
            report.error(path, f"no formation {item.parent!r}", names, item.parent)
        if item.parent not in known:
            continue
        if known[item.parent].side != item.side:
            report.error(path, f"{item.parent!r} belongs to the other side")
        above: str | None = item.parent
        seen = {item.id}
        while above in known and (above not in seen or above == item.id):
            if above == item.id:
                report.error(path, f"{item.id!r} is its own parent")
                break
            seen.add(above)
            if len(seen) > MOST_LEVELS + 1:
                report.error(path, f"more than {MOST_LEVELS} headquarters above {item.id!r}")
                break
            above = known[above].parent


@rule
def units_have_known_parents(parts: Parts, report: ProblemReport) -> None:
    """Every unit belongs to a formation, and to one of the side that its nation fights on."""
    if parts.forces is None:
        return
    names = dict.fromkeys(report.ids("forces", "formations"))
    known = {item.id: item for item in parts.forces.formations}
    sides = {side: getattr(parts.header.sides, side).nations for side in codes.SIDES} if parts.header else {}
    for row, unit in enumerate(parts.forces.units):
        path: Path_ = ("forces", "units", row)
        if unit.parent not in names:
            report.error((*path, "parent"), f"no formation {unit.parent!r}", names, unit.parent)
        elif unit.parent in known and sides and unit.nation not in sides[known[unit.parent].side]:
            message = f"troops of {unit.nation} under {unit.parent!r}, which fights for {known[unit.parent].side}"
            report.error((*path, "nation"), message)


@rule
def starts_are_on_the_map(parts: Parts, report: ProblemReport) -> None:
    """A start is a land hex of the map, a place, or a box; whoever is on the map has one there."""
    if parts.forces is None or parts.map is None:
        return
    boxes = report.ids("map", "boxes")
    for row, unit in enumerate(parts.forces.units):
        path: Path_ = ("forces", "units", row, "start")
        if isinstance(unit.start, BoxStart):
            if unit.start.box not in boxes:
                report.error(path, f"no box {unit.start.box!r}", boxes, unit.start.box)
        elif unit.start is None:
            if unit.on_map:
                report.error(path[:-1], "a unit on the map needs a start")
        elif is_label(unit.start):
            hex = known_hex(parts, report, path, unit.start)
            if is_water(parts, hex):
                report.error(path, f"{unit.start} is under water")
        else:
            known_place(parts, report, path, unit.start, on_map=unit.on_map)
    for row, formation in enumerate(parts.forces.formations):
        hq = formation.hq
        here: Path_ = ("forces", "formations", row, "hq")
        if isinstance(hq, BoxStart):
            if hq.box not in boxes:
                report.error(here, f"no box {hq.box!r}", boxes, hq.box)
        elif hq is not None and is_label(hq):
            known_hex(parts, report, here, hq)
        elif hq is not None:
            known_place(parts, report, here, hq)


# --- plans


@rule
def axes_lead_known_formations(parts: Parts, report: ProblemReport) -> None:
    """An axis names formations or units of its side, and each stands on one axis of the plan only."""
    names = dict.fromkeys([*report.ids("forces", "formations"), *report.ids("forces", "units")])
    if parts.forces is None:
        return
    sides = {item.id: item.side for item in parts.forces.formations}
    sides.update({unit.id: sides[unit.parent] for unit in parts.forces.units if unit.parent in sides})
    for row, plan in enumerate(parts.plans):
        if plan is None:
            continue
        taken: dict[str, str] = {}
        for at, axis in enumerate(plan.axes):
            for place, name in enumerate(axis.formations):
                path: Path_ = ("plans", row, "axes", at, "formations", place)
                if name not in names:
                    report.error(path, f"no formation or unit {name!r}", names, name)
                elif sides.get(name, plan.side) != plan.side:
                    report.error(path, f"{name!r} belongs to the other side")
                elif name in taken:
                    report.error(path, f"{name!r} already belongs to the axis {taken[name]!r}")
                taken.setdefault(name, axis.id)


@rule
def objectives_are_on_the_map(parts: Parts, report: ProblemReport) -> None:
    """An axis leads to places on the map, on dates of the campaign."""
    for row, plan in enumerate(parts.plans):
        if plan is None:
            continue
        for at, axis in enumerate(plan.axes):
            path: Path_ = ("plans", row, "axes", at)
            _in_campaign(parts, report, (*path, "release"), axis.release)
            for place, objective in enumerate(axis.objectives):
                here = (*path, "objectives", place)
                known_place(parts, report, (*here, "place"), objective.place, on_map=True)
                _in_campaign(parts, report, (*here, "by"), objective.by)


def _in_campaign(parts: Parts, report: ProblemReport, path: Path_, date: datetime.date | None) -> None:
    if date is None or parts.header is None:
        return
    if not parts.header.start_date <= date <= parts.header.end_date:
        report.error(path, f"{date} is not within {parts.header.start_date} and {parts.header.end_date}")


# --- events and the record


@rule
def events_name_known_places(parts: Parts, report: ProblemReport) -> None:
    """Events and captures of the record happen at known places."""
    if parts.events is not None:
        for row, event in enumerate(parts.events.events):
            if event.place is not None:
                known_place(parts, report, ("events", "events", row, "place"), event.place)
    if parts.history is not None:
        for row, capture in enumerate(parts.history.captures):
            known_place(parts, report, ("history", "captures", row, "place"), capture.place)
        for row, milestone in enumerate(parts.history.milestones):
            if milestone.place is not None:
                known_place(parts, report, ("history", "milestones", row, "place"), milestone.place)
