"""Whether the records of the engine can hold a scenario: what single values may be, their models say."""

import datetime
from collections import Counter
from collections.abc import Sequence

from sim.kernels.state.bounds import MOST_POINTS
from sim.scenario.checking.lint_report import Parts, ProblemReport
from sim.scenario.models.limits import INT16, MOST_FIELDS_BYTES, MOST_ROWS
from sim.scenario.models.scenario import Formation, Unit
from sim.scenario.reading.node import Path_

NEAR_DAYS = 3_660  # from the first day of a campaign: turns are 16 bits


def run(parts: Parts, report: ProblemReport) -> None:
    """Report whatever is more than the records hold."""
    for check in (_rows_can_be_numbered, _dates_are_near, _stacks_fit, _sides_stand_apart, _score_fits, _fields_fit):
        check(parts, report)


def _rows_can_be_numbered(parts: Parts, report: ProblemReport) -> None:
    lists: list[tuple[Path_, int]] = []
    if parts.header is not None:
        lists.append((("sources",), len(parts.header.sources)))
    if parts.map is not None:
        lists += [(("map", "places"), len(parts.map.places)), (("map", "boxes"), len(parts.map.boxes))]
    if parts.forces is not None:
        lists += [(("forces", name), len(getattr(parts.forces, name))) for name in ("formations", "units")]
    axes = [axis for plan in parts.plans if plan is not None for axis in plan.axes]
    lists += [(("plans",), max(len(axes), sum(len(axis.objectives) for axis in axes)))]
    for path, rows in lists:
        if rows > MOST_ROWS:
            report.error(path, f"{rows:,} {path[-1]}, and at most {MOST_ROWS:,} can be played")


def _dates_are_near(parts: Parts, report: ProblemReport) -> None:
    if parts.header is None:
        return
    first = parts.header.start_date
    dated: list[tuple[Path_, datetime.date | None]] = [
        (("victory", "objectives", name, "pace"), worth.pace) for name, worth in parts.header.victory.objectives.items()
    ]
    if parts.forces is not None:
        for name in ("formations", "units"):
            items: Sequence[Formation | Unit] = getattr(parts.forces, name)
            dated += [(("forces", name, row, "arrives"), item.arrives) for row, item in enumerate(items)]
    for path, date in dated:
        if date is not None and abs((date - first).days) > NEAR_DAYS:
            report.error(path, f"{date} is more than ten years from the first day, {first}")


def _stacks_fit(parts: Parts, report: ProblemReport) -> None:
    """Report the units that start in a hex, or in the hex of a place, with more room than can be counted."""
    if parts.forces is None or parts.map is None:
        return
    room10: Counter[str] = Counter()
    for row, unit in enumerate(parts.forces.units):
        if not isinstance(unit.start, str):
            continue
        place = parts.map.places.get(unit.start)
        hex = place.hex or unit.start if place is not None else unit.start
        room10[hex] += unit.stacking
        if room10[hex] > INT16:
            message = f"the units that start in {unit.start} take {room10[hex]:,} tenths of a division of room"
            report.error(("forces", "units", row, "stacking"), f"{message}, and at most {INT16:,} can be counted")


def _sides_stand_apart(parts: Parts, report: ProblemReport) -> None:
    """Report a unit that stands on the first morning in a hex with one of the enemy: a hex has one side's stack."""
    if parts.forces is None or parts.map is None or parts.header is None:
        return
    sides = {item.id: item.side for item in parts.forces.formations}
    first: dict[str, tuple[str, str]] = {}  # hex -> side and id of the first unit there
    for row, unit in enumerate(parts.forces.units):
        side = sides.get(unit.parent)
        is_late = unit.arrives is not None and unit.arrives > parts.header.start_date
        if not isinstance(unit.start, str) or not unit.on_map or is_late or side is None:
            continue
        place = parts.map.places.get(unit.start)
        hex = place.hex if place is not None else unit.start
        if hex is None:
            continue
        there, other = first.setdefault(hex, (side, unit.id))
        if there != side:
            report.error(("forces", "units", row, "start"), f"{other!r} of the enemy starts in the same hex, {hex}")


def _score_fits(parts: Parts, report: ProblemReport) -> None:
    """Report points that cannot be counted: a place is worth half as much again when it falls early."""
    if parts.header is None or parts.forces is None:
        return
    victory = parts.header.victory
    places = 3 * sum(worth.soviet + worth.japan for worth in victory.objectives.values()) // 2
    men = sum(unit.men for unit in parts.forces.units)
    losses = men * max(victory.losses.soviet_per_1000_men, victory.losses.japan_per_1000_men) // 1000
    if max(places, losses) > MOST_POINTS:
        message = f"{max(places, losses):,} points can be made, and at most {MOST_POINTS:,} can be counted"
        report.error(("victory",), message)


def _fields_fit(parts: Parts, report: ProblemReport) -> None:
    """Report more objectives on too large a map: the cost to each is kept for every hex, on foot and by motor."""
    if parts.hexes is None:
        return
    places = {goal.place for plan in parts.plans if plan is not None for axis in plan.axes for goal in axis.objectives}
    needed = 8 * len(places) * parts.hexes.n_hex
    if needed > MOST_FIELDS_BYTES:
        message = f"{len(places):,} objectives on {parts.hexes.n_hex:,} hexes take {needed / 2**20:,.0f} MB"
        report.error(("plans",), f"{message} of memory, and at most {MOST_FIELDS_BYTES / 2**20:,.0f} MB may be used")
