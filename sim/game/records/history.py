"""The outcome of a campaign beside the dated historical record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sim.game.records import outcome
from sim.kernels import codes
from sim.kernels.state.layout import World
from sim.scenario import Scenario
from sim.scenario.building.names import Names

FIGURES = ("killed", "wounded", "captured", "tanks", "guns", "aircraft")


@dataclass(frozen=True)
class LossComparison:
    """One figure of one nation: what the campaign cost, and between what the record's figures lie."""

    nation: str
    figure: str
    campaign: int
    record_low: int | None
    record_high: int | None


@dataclass(frozen=True)
class CaptureComparison:
    """One place: when it fell in the campaign and in the record."""

    place: str
    name: str
    campaign: date | None
    record: date
    by: str
    weight: int

    @property
    def days_early(self) -> int | None:
        """Return the days by which the campaign was earlier (+) or later (-) than the record; None if it never fell."""
        return None if self.campaign is None else (self.record - self.campaign).days


def compare_losses(scenario: Scenario, world: World) -> list[LossComparison]:
    """Return the losses of each nation beside the record's figures for the whole of its forces."""
    record = _whole_forces(scenario)
    rows = []
    for nation, counted in outcome.losses(world).items():
        for figure in FIGURES:
            known = record.get((nation, figure), [])
            rows.append(
                LossComparison(
                    nation, figure, counted[figure], min(known) if known else None, max(known) if known else None
                )
            )
    return rows


def _whole_forces(scenario: Scenario) -> Mapping[tuple[str, str], list[int]]:
    """Return the figures of the record by nation: those rows that speak of its highest formation."""
    levels = {formation.id: codes.LEVELS.index(formation.level) for formation in scenario.forces.formations}
    rows = [row for row in scenario.history.losses if row.until is None and row.formation in levels]
    highest: dict[str, int] = {}
    for row in rows:
        level = levels[str(row.formation)]
        highest[str(row.side)] = min(level, highest.get(str(row.side), level))
    figures: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if levels[str(row.formation)] == highest[str(row.side)]:
            for figure in FIGURES:
                value: Any = getattr(row, figure)
                if value is not None:
                    figures.setdefault((str(row.side), figure), []).append(int(value))
    return figures


def compare_captures(scenario: Scenario, world: World, names: Names) -> list[CaptureComparison]:
    """Return the dated captures of the record beside the campaign, the most valuable places first."""
    start = scenario.header.start_date
    taken: dict[str, dict[str, Any]] = {}
    for row in outcome.captures(world, names, start):
        if row["side"] == codes.SIDES[codes.SOVIET]:
            taken.setdefault(row["place"], row)
    weights = {place: spec.soviet for place, spec in scenario.header.victory.objectives.items()}
    rows_of = {place: row for row, place in enumerate(names.places)}
    found = []
    for record in scenario.history.captures:
        if record.place not in rows_of:
            continue
        own = taken.get(record.place)
        found.append(
            CaptureComparison(
                place=record.place,
                name=names.place_names[rows_of[record.place]],
                campaign=date.fromisoformat(own["date"]) if own else None,
                record=record.date,
                by=str(own["by"]) if own else "",
                weight=weights.get(record.place, 0),
            )
        )
    return sorted(found, key=lambda row: (-row.weight, row.record, row.place))
