"""The sections of a study as a whole: what was varied, what it says first, and all its points."""

import math
import shlex
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc

from sim.batch.reporting.html_parts import HtmlColumn, HtmlTable, ReportSection, facts, paragraph, plain_table, table
from sim.batch.reporting.studies.outcome import input_titles, is_clear, variant_titles
from sim.batch.reporting.studies.words import Measured, signed
from sim.batch.running.measures import SHARE
from sim.batch.statistics.effects import REGRESSION, TOTAL
from sim.batch.studies.result import MOD, POINTS, StudyResult
from sim.game.forecasts.intervals import mean_of

KINDS = {
    "variants": "named variants, compared with the first",
    "grid": "a grid: all combinations of levels",
    "latin_hypercube": "a Latin hypercube",
    "sobol": "a Sobol' design (Saltelli's sample)",
}
APPLIED = {"set": "set to", "scale": "scaled by", "add": "shifted by"}


def measured_of(study: StudyResult) -> list[Measured]:
    """Return the outcomes that a study asks for, with how their figures are written."""
    first = date.fromisoformat(study.manifest["first_day"])
    return [Measured(row["name"], row["title"], row["unit"], first) for row in study.manifest["outcomes"]]


def what_was_varied(study: StudyResult) -> ReportSection:
    """Return the design, the points, the seeds and the digests, and the command that does it again."""
    known = study.manifest
    design, definition = known["design"], known["definition"]
    sampled = f", sample seed {design['seed']}" if design.get("points") else ""
    mods = ", ".join(definition["mods"]) or "none"
    rows = [
        ("Study", f"{study.title} ({known['study']})"),
        ("Scenario", f"{known['scenario']}; mods at every point: {mods}"),
        ("Design", f"{KINDS[study.kind]}{sampled}"),
        ("Points", f"{len(known['points']):,} of {known['runs']:,} campaigns, all with the same keys"),
        ("Seed", str(known["seed"])),
        ("State", str(known["status"])),
        ("Scenario digest", str(known["scenario_digest"])[:16]),
        ("Engine digest", str(known["engine_digest"])[:16]),
    ]
    html = facts(rows)
    html += _variants(known, definition) if study.kind == "variants" else _inputs(known, definition)
    words = shlex.join(["august-storm", "study", str(known["study"]), "--runs", str(known["runs"])])
    html += f'<p class="command"><code>{escape(words)}</code></p>'
    return ReportSection("varied", "Inputs", html)


def _variants(known: dict[str, Any], definition: dict[str, Any]) -> str:
    rows = []
    for spec, told in zip(definition["variants"], known["variants"], strict=True):
        changes = [*(f"mod {name}" for name in spec["mods"]), *(f"plan {name}" for name in spec["plans"])]
        changes += [_change_words(change) for change in spec["changes"]]
        rows.append((told["title"], "; ".join(changes) or "nothing", told["note"]))
    return _worded(("Variant", "Changes", "Note"), rows)


def _change_words(change: dict[str, Any]) -> str:
    how = next((name for name in ("scale", "add") if change[name] is not None), "set")
    return f"{change['path']} {APPLIED[how]} {change[how]}"


def _inputs(known: dict[str, Any], definition: dict[str, Any]) -> str:
    rows = []
    for spec, told in zip(definition["inputs"], known["inputs"], strict=True):
        present = "" if told["present"] is None else f"{told['present']:g}"
        rows.append(
            (
                told["title"],
                f"{APPLIED[spec['apply']]} {_range_words(spec)}",
                present,
                ", ".join(spec["paths"]),
                told["note"],
            )
        )
    return _worded(("Input", "Varied", "Baseline", "Where", "Note"), rows)


def _range_words(spec: dict[str, Any]) -> str:
    if spec["values"] is not None:
        return ", ".join(str(value) for value in spec["values"])
    span = spec["range"]
    if span is None:
        return "the scenario's own distribution, by quantile"
    middle = "" if span["mode"] is None else f", most likely {span['mode']:g}"
    return f"{span['low']:g} to {span['high']:g}{middle}"


def _worded(heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a table of words; a last column in which nothing stands is left out."""
    width = len(heads) if any(row[-1] for row in rows) else len(heads) - 1
    return plain_table(heads[:width], [row[:width] for row in rows], "words")


def headlines(study: StudyResult) -> ReportSection:
    """Return every outcome of the study in a line: what it is, and what moves it most."""
    known = study.manifest
    rows = [_headline(study, measured) for measured in measured_of(study)]
    compared = study.kind in ("variants", "grid")
    at = "In the first variant" if study.kind == "variants" else "Mean of all points"
    moved = "Difference" if compared else "Total index" if study.kind == "sobol" else "Standardised coefficient"
    html = paragraph(known["description"]) if known["description"] else ""
    html += plain_table(("Outcome", at, "Strongest effect", moved, "95 % interval"), rows)
    return ReportSection("headlines", "Headlines", html + paragraph(_HOW_SURE, "note"))


_HOW_SURE = (
    "Every point runs the same keys, so differences are due to the inputs, not to luck. Intervals are "
    "95 %; “none” means that every interval includes 0. A place that never falls counts as the day after the last."
)


def _headline(study: StudyResult, measured: Measured) -> tuple[str, ...]:
    base = measured.value(study.base(measured.name), _reach_of_base(study, measured))
    compared = study.kind in ("variants", "grid")
    found = study.indices(measured.name)
    rows = study.differences(measured.name) if compared else found.get(TOTAL) or found.get(REGRESSION) or []
    clear = [row for row in rows if is_clear(row)]
    if not clear:
        return measured.heading, base, "none", "", ""
    row = max(clear, key=lambda one: abs(one["estimate"]))
    title = {**variant_titles(study), **input_titles(study)}[row["input"]]
    if compared:
        name = f"{title}: {row['level']}" if row["level"] else title
        return measured.heading, base, name, measured.change(row["estimate"]), measured.between(row["low"], row["high"])
    sign = "" if study.kind == "sobol" else "+"  # a share of the variance has none
    words = [signed(row[name], 2, sign) for name in ("estimate", "low", "high")]
    return measured.heading, base, title, words[0], f"{words[1]} to {words[2]}"


def _reach_of_base(study: StudyResult, measured: Measured) -> float:
    """Return half the interval of the first variant's mean; the points of other designs are no sample of luck."""
    if study.kind != "variants":
        return math.nan
    first = study.manifest["points"][0]["id"]
    values = study.outcomes.filter(pc.equal(study.outcomes["point"], first))[measured.name].to_numpy()
    found = mean_of(values.astype(float))
    return found.high - found.mean


def point_table(study: StudyResult) -> ReportSection:
    """Return all points with their values and mean outcomes, and the commands that go into each."""
    measured = measured_of(study)
    inputs = study.manifest["inputs"]
    columns = [
        HtmlColumn("point", "Point"),
        *([] if inputs else [HtmlColumn("title", "Variant")]),
        *(HtmlColumn(f"x-{one['id']}", one["id"], "value", one["title"]) for one in inputs),
        *(
            HtmlColumn(
                f"y-{one.name}",
                one.heading,
                "share" if one.unit == SHARE else "number",
                f"mean over the runs, {one.unit}",
            )
            for one in measured
        ),
        HtmlColumn("report", "Report", "command", "Writes the whole report on this point and opens it"),
        HtmlColumn("play", "Fight it", "command", "Fights one campaign of this point; add --key from its report"),
    ]
    means = _means(study, measured)
    points = study.folder / POINTS
    rows = [
        [
            point["id"],
            *(_cell(value) for value in (point["values"] if inputs else [point["title"]])),
            *means[point["id"]],
            f"{shlex.quote(str(points / point['id']))} --open",
            _fight_words(study, points / point["id"], row),
        ]
        for row, point in enumerate(study.manifest["points"])
    ]
    prefixes = {"report": "august-storm report ", "play": f"august-storm run {study.manifest['scenario']}"}
    words = (
        "A point is a batch of its own. The commands name its folder as it was named when this page was written; the "
        "mod of a point serves play, run and batch alike."
    )
    whole = HtmlTable("points", columns, rows, sort="point", extra={"commands": prefixes})
    return ReportSection("points", "Points", paragraph(words) + table("points", "All points"), tables={"points": whole})


def _fight_words(study: StudyResult, folder: Path, row: int) -> str:
    definition = study.manifest["definition"]
    mods = [*definition["mods"], *(definition["variants"][row]["mods"] if definition["variants"] else [])]
    plans = [*definition["plans"], *(definition["variants"][row]["plans"] if definition["variants"] else [])]
    if (folder / MOD).is_dir():
        mods.append(str(folder / MOD))
    words = [word for name in mods for word in ("--mod", name)] + [word for name in plans for word in ("--plan", name)]
    return f" {shlex.join(words)}" if words else ""


def _means(study: StudyResult, measured: Sequence[Measured]) -> dict[str, list[float]]:
    """Return the mean of each outcome at each point."""
    of = np.array(study.outcomes["point"].to_pylist())
    values = [study.outcomes[one.name].to_numpy().astype(float) for one in measured]
    ids = [point["id"] for point in study.manifest["points"]]
    return {
        name: [one.rounded(float(column[of == name].mean())) for one, column in zip(measured, values, strict=True)]
        for name in ids
    }


def _cell(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
