"""The section on losses, by nation, front and army, beside what both sides claimed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.batch.reporting import figures
from sim.batch.reporting.campaigns.outcomes import ReportedBatch
from sim.batch.reporting.estimates import LEVELS
from sim.batch.reporting.html_parts import HtmlColumn, HtmlTable, ReportSection, chart, paragraph, table
from sim.batch.running.measures import NATION_WORDS
from sim.batch.running.tally import VICTOR
from sim.game.records.outcome import MEN_FIELDS
from sim.kernels import codes
from sim.scenario.models.history import Loss

GEAR = ("tanks", "guns", "aircraft")
CASUALTIES = ("killed", "wounded", "captured")
WORDS = (
    "Losses of each nation, front and army at the end, or on the date of a claim. Claims of both sides are "
    "quoted from their sources; those on units below army level, which batches do not record, have no simulated "
    "figures. Casualties are killed, wounded and captured together."
)
COLUMNS = (
    HtmlColumn("who", "Of"),
    HtmlColumn("figure", "Figure"),
    HtmlColumn("until", "Until", "date"),
    HtmlColumn("claim", "Claim", "number"),
    HtmlColumn("source", "Source"),
    HtmlColumn("confidence", "Confidence"),
    HtmlColumn("p5", "5 %", "number"),
    HtmlColumn("median", "Median", "number"),
    HtmlColumn("p95", "95 %", "number"),
    HtmlColumn("below", "Runs below", "share", "Proportion of campaigns with losses below the claim"),
    HtmlColumn("note", "Note", "note"),
)


@dataclass(frozen=True, eq=False)
class Counted:
    """One figure of somebody's losses: what the runs have, and one claim, if there is any.

    Attributes
    ----------
    counted : (n_run,) int or None
        None where batches do not record it.
    """

    who: str
    figure: str
    counted: NDArray[Any] | None
    claim: Loss | None = None

    @property
    def claimed(self) -> int | None:
        """Return the figure of the claim."""
        return None if self.claim is None else int(getattr(self.claim, self.figure))

    @property
    def until(self) -> str:
        """Return the day for which the claim speaks; empty for the whole campaign."""
        return self.claim.until.isoformat() if self.claim is not None and self.claim.until else ""

    def quantiles(self) -> list[float | None]:
        """Return the percentiles 5, 25, 50, 75, 95 of the runs."""
        if self.counted is None or not len(self.counted):
            return [None] * len(LEVELS)
        return [round(float(value)) for value in np.percentile(self.counted, LEVELS)]

    def row(self) -> list[Any]:
        """Return the row of the table."""
        p5, _, median, _, p95 = self.quantiles()
        claimed = self.claimed
        below = None
        if claimed is not None and self.counted is not None and len(self.counted):
            below = round(float((self.counted < claimed).mean()), 4)
        source, confidence, note = (
            (self.claim.source, self.claim.confidence, self.claim.note) if self.claim is not None else ("", "", "")
        )
        head = [self.who, self.figure, self.until, claimed, source or "", confidence or ""]
        return [*head, p5, median, p95, below, note or ""]


def losses(batch: ReportedBatch) -> ReportSection:
    """Return losses by nation, front and army beside the claims of both sides."""
    found = [*_claimed(batch), *_nations(batch), *_formations(batch)]
    spans = _spans([one for one in found if one.figure == "killed"])
    axis = {"type": "log", "exponentformat": "none", "tickformat": ",d", "dtick": 1}
    drawn = {"losses": figures.ranges(spans, "men killed", "claim", axis=axis)} if spans else {}
    html = paragraph(WORDS)
    if drawn:
        html += chart("losses", "Killed by nation, front and army against the claims of both sides")
    html += table("losses", "Losses against claims")
    whole = HtmlTable("losses", COLUMNS, [one.row() for one in found])
    return ReportSection("losses", "Losses and claims", html, drawn, {"losses": whole})


def _spans(found: Sequence[Counted]) -> list[figures.Range]:
    """Return a row of the figure for each subject; several claims on one stand in one row."""
    together: dict[tuple[str, str], list[Counted]] = {}
    for one in found:
        together.setdefault((one.who, one.until), []).append(one)
    spans = []
    for (who, until), same in together.items():
        p5, p25, median, p75, p95 = same[0].quantiles()
        if p5 is None or p25 is None or median is None or p75 is None or p95 is None or p25 <= 0:
            continue  # the axis is logarithmic
        marks = tuple((one.claimed, one.claim.source or "") for one in same if one.claim and one.claimed is not None)
        name = f"{who}, to {until[5:]}" if until else who
        spans.append(figures.Range(name, median, max(p5, 1), p95, (p25, p75), marks))
    return spans


def _claimed(batch: ReportedBatch) -> Iterator[Counted]:
    scenario = batch.setting.scenario
    for claim in scenario.history.losses if scenario else ():
        nation, formation = str(claim.side), str(claim.formation)
        turn = batch.setting.turn(claim.until) if claim.until else 0
        for name in (*CASUALTIES, "casualties", *GEAR):
            if getattr(claim, name) is not None:
                who = f"{NATION_WORDS.get(nation, nation)}: {batch.setting.formation(formation)}"
                yield Counted(who, name, _counted(batch, nation, formation, name, turn), claim)


def _nations(batch: ReportedBatch) -> Iterator[Counted]:
    for nation in codes.NATIONS:
        for name in (*MEN_FIELDS, *GEAR):
            yield Counted(f"{NATION_WORDS[nation]}: all forces", name, batch.column(f"{nation}_{name}"))


def _formations(batch: ReportedBatch) -> Iterator[Counted]:
    """Yield the losses of the fronts and armies of which the record says nothing."""
    history = batch.setting.scenario.history.losses if batch.setting.scenario else ()
    told = {row.formation for row in history if row.until is None}
    days = batch.days
    for formation in days.formations:
        if formation in told:
            continue
        side = "Soviet side" if days.sides[formation] == VICTOR else "Japanese side"
        for kind, name in enumerate(MEN_FIELDS):
            counted = days.men_lost[0, formation][:, kind]
            if counted.any():
                yield Counted(f"{side}: {batch.setting.formation(formation)}", name, counted)


def _counted(batch: ReportedBatch, nation: str, formation: str, name: str, turn: int) -> NDArray[Any] | None:
    """Return what each run has for a claim; None where batches do not record it."""
    days, levels = batch.days, batch.setting.levels
    if (turn, formation) not in days.men_lost:
        return None
    if name in GEAR:
        # Only nations have their tanks, guns and aircraft recorded; the highest formation of a nation stands for it.
        own = [levels[one] for one in days.formations if one in levels and days.sides[one] == days.sides[formation]]
        return batch.column(f"{nation}_{name}") if turn == 0 and levels.get(formation) == min(own) else None
    table = days.men_lost[turn, formation]
    kinds = [MEN_FIELDS.index(kind) for kind in (CASUALTIES if name == "casualties" else (name,))]
    return np.asarray(table[:, kinds].sum(axis=1))
