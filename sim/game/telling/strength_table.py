"""The strengths of both sides on paper, by front and army, as the published tables count them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile

from sim.game.wording.report_lines import HEADING, LABEL, QUIET, Line, columns, heading
from sim.scenario import Scenario
from sim.scenario.models.scenario import Formation, Unit

WIDTHS = [36, 11, 9, 10, 7, 7]
HEADER = ["", "men", "guns", "launchers", "tanks", "planes"]
THEATRE_WORDS = {
    "manchuria": "Japanese forces in Manchuria",
    "korea": "Japanese forces in Korea",
    "northern": "Sakhalin and the Kurils",
    "mongolia": "Mongolian People's Republic",
    "navy": "Pacific Fleet and Amur Flotilla",
    "puppet": "Manchukuo and Mengjiang",
}


@dataclass(frozen=True)
class Strength:
    """Men and weapons of some units together."""

    men: int
    guns: int
    launchers: int
    tanks: int
    aircraft: int


def strength(units: Iterable[Unit]) -> Strength:
    """Return the sum of some units."""
    chosen = list(units)
    tanks = sum(sum(getattr(unit.tanks, name) for name in type(unit.tanks).model_fields) for unit in chosen)
    return Strength(
        sum(unit.men for unit in chosen),
        sum(unit.guns for unit in chosen),
        sum(unit.launchers for unit in chosen),
        tanks,
        sum(unit.aircraft for unit in chosen),
    )


def strength_table(scenario: Scenario) -> list[Line]:
    """Return the table of strengths: Soviet fronts army by army, then everybody else by theatre."""
    formations = {formation.id: formation for formation in scenario.forces.formations}
    front_of = _ancestor(formations, lambda one: one.level == "front")
    lines = [heading(f"Strengths of {scenario.header.title}"), columns(HEADER, WIDTHS, LABEL)]
    total: list[Unit] = []
    for front in (one for one in formations.values() if one.level == "front" and one.side == "soviet"):
        units = [u for u in scenario.forces.units if u.in_front_total and front_of(u.parent) == front.id]
        total += units
        lines += _group(front.name, units, formations, front.id)
    lines += [_row("Three fronts, total", total, HEADING), Line("")]
    rest = [unit for unit in scenario.forces.units if unit not in total]
    for theatre in sorted({_theatre(unit) for unit in rest}, key=lambda name: list(THEATRE_WORDS).index(name)):
        units = [unit for unit in rest if _theatre(unit) == theatre]
        lines += _group(THEATRE_WORDS[theatre], units, formations, "")
    return lines


def _theatre(unit: Unit) -> str:
    if unit.nation in ("manchukuo", "mengjiang"):
        return "puppet"
    if unit.nation == "mongolia":
        return "mongolia"
    return unit.theatre if unit.theatre in THEATRE_WORDS else "navy"


def _group(title: str, units: list[Unit], formations: dict[str, Formation], top: str) -> list[Line]:
    """Return a total and below it one row for each army; what stands in none comes last."""
    army_of = _ancestor(formations, lambda one: one.level == "army")
    names = list(dict.fromkeys(army_of(unit.parent) for unit in units))
    lines = [_row(title, units, LABEL)]
    for army in sorted(filter(None, names), key=lambda one: _in_order(formations[one].name)):
        lines.append(_row(f"  {formations[army].name}", [u for u in units if army_of(u.parent) == army]))
    loose = [unit for unit in units if not army_of(unit.parent)]
    if loose and len(names) > 1:
        rear = [unit for unit in loose if unit.rear_services]
        if rear:
            lines.append(_row("  rear services", rear, QUIET))
        if len(rear) < len(loose):
            word = "front troops" if top else "other troops"
            lines.append(_row(f"  {word}", [unit for unit in loose if not unit.rear_services], QUIET))
    return [*lines, Line("")]


def _in_order(name: str) -> tuple[int, str]:
    """Sort 5th before 15th, and names without a number last."""
    number = "".join(takewhile(str.isdigit, name))
    return (int(number) if number else 1000, name)


def _row(title: str, units: list[Unit], style: str = "") -> Line:
    sums = strength(units)
    figures = (sums.men, sums.guns, sums.launchers, sums.tanks, sums.aircraft)
    name = title if len(title) < WIDTHS[0] else f"{title[: WIDTHS[0] - 2]}…"
    return columns([name, *(f"{figure:,}" for figure in figures)], WIDTHS, style)


def _ancestor(formations: dict[str, Formation], wanted: Callable[[Formation], bool]) -> Callable[[str], str]:
    """Return a function from a formation's id to that of the nearest wanted formation above it, or ''."""

    def search(formation_id: str) -> str:
        at: str | None = formation_id
        while at is not None and at in formations:
            if wanted(formations[at]):
                return at
            at = formations[at].parent
        return ""

    return search
