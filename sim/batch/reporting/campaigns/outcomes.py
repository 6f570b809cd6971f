"""The sections that say what was run, how it ended, and which runs are typical or extreme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.batch.reporting import figures, samples
from sim.batch.reporting.estimates import Median, median_of, typical_run
from sim.batch.reporting.html_parts import (
    HtmlColumn,
    HtmlTable,
    ReportSection,
    chart,
    facts,
    paragraph,
    plain_table,
    table,
)
from sim.batch.reporting.setting import Setting
from sim.batch.running.tally import VICTOR
from sim.batch.storage.reading import read_runs
from sim.batch.storage.tables import DONE
from sim.game.forecasts.intervals import Proportion
from sim.kernels import codes

HEADLINE_PLACES = 4
MOST_ROWS = 20_000  # of the table of runs: with more the page would pass 8 MB
LOST_FOR_GOOD = ("killed", "captured")


@dataclass(frozen=True, eq=False)
class ReportedBatch:
    """A finished batch as the sections look at it: its setting, its rows, and samples by run that did not fail."""

    folder: Path
    setting: Setting

    @property
    def manifest(self) -> dict[str, Any]:
        """Return what the folder says of itself."""
        return self.setting.manifest

    @cached_property
    def all_runs(self) -> Any:
        """Return the table of all runs."""
        known = self.manifest
        return read_runs(self.folder / "runs.parquet", known["last_turn"], known["levels"])

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """Return the row of each run among those that did not fail."""
        return samples.run_rows(self.all_runs)

    @cached_property
    def fought(self) -> Any:
        """Return the table of the runs that did not fail."""
        return self.all_runs.filter(np.array([status == DONE for status in self.all_runs["status"].to_pylist()], bool))

    @cached_property
    def falls(self) -> samples.Falls:
        """Return when each place fell."""
        return samples.read_falls(self.folder, self.rows, self.fought.num_rows, VICTOR)

    @cached_property
    def days(self) -> samples.Days:
        """Return the evenings, with losses on the days for which the record has a claim."""
        losses = self.setting.scenario.history.losses if self.setting.scenario else ()
        wanted = {(self.setting.turn(row.until), str(row.formation)) for row in losses if row.until is not None}
        return samples.read_days(self.folder, self.rows, self.column("turns"), {one for one in wanted if one[0] > 0})

    def column(self, name: str) -> NDArray[np.int64]:
        """Return a column of whole numbers of the runs that did not fail."""
        return np.asarray(self.fought[name].to_numpy(), np.int64)

    @property
    def score(self) -> NDArray[np.int64]:
        """Return Soviet points less Japanese points."""
        return self.column(f"points_{codes.SIDES[0]}") - self.column(f"points_{codes.SIDES[1]}")

    def lost(self, nations: tuple[str, ...], kinds: tuple[str, ...]) -> NDArray[np.int64]:
        """Return losses of some nations of some kinds, a figure a run."""
        whole = np.zeros(self.fought.num_rows, np.int64)
        for nation in nations:
            for kind in kinds:
                whole += self.column(f"{nation}_{kind}")
        return whole


def what_was_run(batch: ReportedBatch) -> ReportSection:
    """Return the section that says what was run, with the command that does it again."""
    known = batch.manifest
    mods = [f"{mod['id']} ({str(mod['digest'])[:10]})" for mod in known["mods"]]
    if batch.setting.own_mod is not None:
        mods.append(str(batch.setting.own_mod))
    seconds = float(known["wall_seconds"])
    rows = [
        ("Scenario", f"{batch.setting.title} ({known['scenario']})"),
        ("Mods", ", ".join(mods) or "none"),
        ("Plans", ", ".join(known["plans"]) or "as in the scenario"),
        ("Seed", str(known["seed"])),
        ("Campaigns", f"{known['runs']:,} of {known['runs_asked']:,} requested; {known['failed']:,} failed"),
        ("State", str(known["status"])),
        ("Time", f"{seconds:,.0f} s in total; {known['campaigns_per_second'] * 60:,.0f} campaigns a minute"),
        ("Engine", f"{known['engine']} ({str(known['engine_digest'])[:10]})"),
        ("Scenario digest", str(known["scenario_digest"])[:16]),
    ]
    html = facts(rows) + f'<p class="command"><code>{escape(batch.setting.batch_command())}</code></p>'
    return ReportSection("run", "Batch", html)


def headlines(batch: ReportedBatch) -> ReportSection:
    """Return the chances and medians that matter most, with intervals."""
    runs = batch.fought.num_rows
    if not runs:
        words = paragraph("No campaign was completed.", "warning")
        return ReportSection("headlines", "Headlines", _warnings(batch) + words)
    won = batch.fought["winner"].to_pylist().count(VICTOR)
    low, high = Proportion(won, runs).interval
    lead = f'<p class="lead"><strong>{_percent(won / runs)}</strong> <span>of {runs:,} campaigns are won by the '
    lead += f"Soviet side ({_percent(low)} to {_percent(high)}); the others are drawn or Japanese successes</span></p>"
    rows = [_figure_row("Score, Soviet minus Japanese points", median_of(batch.score.astype(float)))]
    for words, nations, kinds in (
        ("Soviet and Mongolian killed", ("soviet", "mongolia"), ("killed",)),
        ("Japanese killed", ("japan",), ("killed",)),
        ("Japanese captured", ("japan",), ("captured",)),
        ("Manchukuo and Mengjiang deserted or captured", ("manchukuo", "mengjiang"), ("deserted", "captured")),
    ):
        rows.append(_figure_row(words, median_of(batch.lost(nations, kinds).astype(float))))
    rows += [_fall_row(batch, place) for place in headline_places(batch)]
    heads = (
        "Outcome",
        "Median",
        "95 % interval of the median",
        "90 % interval of the runs",
        "Share of the runs",
    )
    return ReportSection(
        "headlines", "Headlines", _warnings(batch) + lead + plain_table(heads, rows) + paragraph(_HOW_SURE, "note")
    )


def _warnings(batch: ReportedBatch) -> str:
    """Return what a reader must know of a batch whose scenario is not at hand, or that was interrupted."""
    html = ""
    if batch.setting.missing:
        words = f"{batch.setting.missing}: names, the map and the comparison with the record are omitted."
        html += paragraph(words, "warning")
    if batch.manifest["status"] != "complete":
        html += paragraph("This batch was interrupted: the report covers the campaigns completed so far.", "warning")
    return html


_HOW_SURE = (
    "Probabilities have 95 % Wilson intervals, medians 95 % bootstrap intervals (800 resamples). Capture dates are "
    "of the runs in which the place fell."
)


def victory_levels(batch: ReportedBatch) -> ReportSection:
    """Return the chance of every result level."""
    runs = batch.fought.num_rows
    seen = batch.fought["level"].to_pylist()
    rows = []
    for name in batch.manifest["levels"]:
        low, high = Proportion(seen.count(name), runs).interval
        rows.append(figures.ChanceBar(name, seen.count(name) / max(runs, 1), low, high))
    most = max(rows, key=lambda row: row.value)
    words = (
        "A result level is a band of the score, Soviet minus Japanese points. Bars show how often each was reached, "
        f"lines the 95 % interval. The most frequent was “{most.name}”, in {_percent(most.value)} of the "
        "campaigns."
    )
    html = (
        paragraph(words)
        + chart("levels", "Probability of each victory level with its interval")
        + _level_table(batch, rows)
    )
    return ReportSection("levels", "Victory levels", html, {"levels": figures.chances(rows)})


def _level_table(batch: ReportedBatch, rows: Sequence[figures.ChanceBar]) -> str:
    """Return the table of result levels; what each asks for and why is known with the scenario only."""
    specs = batch.setting.scenario.header.victory.levels if batch.setting.scenario else ()
    asked = {level.name: "less" if level.at_least is None else f"{level.at_least:,}" for level in specs}
    notes = {level.name: level.note for level in specs}
    words = [
        (
            row.name,
            asked.get(row.name, ""),
            _percent(row.value),
            f"{_percent(row.low)} to {_percent(row.high)}",
            notes.get(row.name, ""),
        )
        for row in rows
    ]
    return plain_table(("Result", "Score from", "Probability", "95 % interval", "Measure"), words, "figures told")


def run_table(batch: ReportedBatch) -> ReportSection:
    """Return the table of all runs, and which of them are typical or extreme."""
    html = ""
    distance = np.zeros(0)
    if batch.fought.num_rows:
        chosen, distance = _notable(batch)
        run_ids, keys = batch.column("run_id"), batch.fought["key"].to_pylist()
        told = [(words, str(run_ids[row]), value, batch.setting.replay(keys[row])) for words, row, value in chosen]
        html = plain_table(("Campaign", "Run", "Measure", "Replay with"), told, "commands")
    if batch.all_runs.num_rows > MOST_ROWS:
        words = f"The table has the first {MOST_ROWS:,} campaigns; all {batch.all_runs.num_rows:,} are in runs.parquet."
        html += paragraph(words, "note")
    html += table("runs", "All campaigns")
    columns = (
        HtmlColumn("run", "Run", "number"),
        HtmlColumn("result", "Result"),
        HtmlColumn("score", "Score", "number", "Soviet points minus Japanese points"),
        HtmlColumn("soviet", "Soviet killed", "number"),
        HtmlColumn("japan", "Japanese killed", "number"),
        HtmlColumn("captured", "Japanese captured", "number"),
        HtmlColumn("end", "Ended", "date"),
        HtmlColumn(
            "distance", "Distance from median", "number", "Distance from the medians of all measures; 0: most typical"
        ),
        HtmlColumn("key", "Replay", "command"),
    )
    rows = _all_rows(batch, distance)
    whole = HtmlTable("runs", columns, rows, sort="run", extra={"commands": {"key": batch.setting.replay()}})
    return ReportSection("runs", "Campaigns", html, tables={"runs": whole})


def headline_places(batch: ReportedBatch) -> list[str]:
    """Return the places worth most to the Soviet side."""
    if batch.setting.scenario is None:
        return []
    weights = {place: one.soviet for place, one in batch.setting.scenario.header.victory.objectives.items()}
    return sorted(weights, key=lambda place: (-weights[place], place))[:HEADLINE_PLACES]


def _all_rows(batch: ReportedBatch, distance: NDArray[np.float64]) -> list[list[Any]]:
    table = batch.all_runs.slice(0, MOST_ROWS)
    places = batch.rows[table["run_id"].to_numpy()]
    points = [table[f"points_{side}"].to_pylist() for side in codes.SIDES]
    levels, reasons, ends = (table[name].to_pylist() for name in ("level", "reason", "end_date"))
    losses = [table[name].to_pylist() for name in ("soviet_killed", "japan_killed", "japan_captured")]
    rows = []
    for number, (run_id, key) in enumerate(zip(table["run_id"].to_pylist(), table["key"].to_pylist(), strict=True)):
        place = int(places[number])
        if place < 0:
            rows.append([run_id, f"failed: {reasons[number]}", None, None, None, None, None, None, key])
            continue
        score = points[0][number] - points[1][number]
        lost = [one[number] for one in losses]
        rows.append(
            [run_id, levels[number], score, *lost, ends[number].isoformat(), round(float(distance[place]), 2), key]
        )
    return rows


def _notable(batch: ReportedBatch) -> tuple[list[tuple[str, int, str]], NDArray[np.float64]]:
    """Return the typical and the extreme runs, and the distance of each run from the medians."""
    last = int(batch.column("turns").max()) + 1
    fell = np.where(batch.falls.turns == samples.MISSING, np.int16(last), batch.falls.turns)
    pace = fell.mean(axis=1, dtype=np.float64) if fell.shape[1] else np.zeros(len(fell))
    soviet = batch.lost(("soviet", "mongolia"), LOST_FOR_GOOD)
    japan = batch.lost(("japan", "manchukuo", "mengjiang"), LOST_FOR_GOOD)
    score = batch.score
    measures = np.stack([score, soviet, japan, batch.column("turns"), pace], axis=1).astype(np.float64)
    medoid, distance = typical_run(measures)
    chosen = [("Most typical (medoid)", medoid, f"score {score[medoid]:,}")]
    for values, most, least, unit in (
        (score, "Highest score", "Lowest score", "score {:,}"),
        (-pace, "Fastest advance", "Slowest advance", ""),
        (soviet, "Costliest for the Soviet side", "Cheapest for the Soviet side", "{:,} killed or captured"),
        (japan, "Costliest for the Japanese side", "Cheapest for the Japanese side", "{:,} killed or captured"),
    ):
        for words, row in ((most, int(values.argmax())), (least, int(values.argmin()))):
            chosen.append(
                (words, row, unit.format(int(values[row])) if unit else f"places fall on day {pace[row]:.1f}")
            )
    return chosen, distance


def _figure_row(words: str, found: Median | None) -> tuple[str, ...]:
    assert found is not None  # there is at least one run
    return (
        words,
        f"{found.value:,.0f}",
        f"{found.low:,.0f} to {found.high:,.0f}",
        f"{found.p5:,.0f} to {found.p95:,.0f}",
        "100 %",
    )


def _fall_row(batch: ReportedBatch, place: str) -> tuple[str, ...]:
    falls, runs = batch.falls, batch.fought.num_rows
    turns = falls.turns[:, falls.places.index(place)] if place in falls.places else np.zeros(0, np.int16)
    fell = turns[turns != samples.MISSING].astype(float)
    low, high = Proportion(len(fell), runs).interval
    share = f"{_percent(len(fell) / runs)} ({_percent(low)} to {_percent(high)})"
    found = median_of(fell)
    name = f"{batch.setting.place(place)} falls"
    if found is None:
        return name, "never", "", "", share
    value, low_day, high_day, p5, p95 = (
        day_words(batch.setting.first_day, turn) for turn in (found.value, found.low, found.high, found.p5, found.p95)
    )
    return name, value, f"{low_day} to {high_day}", f"{p5} to {p95}", share


def day_words(first: date, turn: float) -> str:
    """Return a turn as the day and month of its date, to the nearest day.

    Example
    -------
    >>> day_words(date(1945, 8, 9), 12.4)
    '20 Aug'
    """
    day = first + timedelta(days=round(turn) - 1)
    return f"{day.day} {day:%b}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}\N{NO-BREAK SPACE}%"
