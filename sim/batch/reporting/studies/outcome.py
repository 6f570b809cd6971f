"""The section on one outcome of a study: what moves it, how far, and how surely."""

import math
from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

from sim.batch.reporting.figures import Figure
from sim.batch.reporting.html_parts import ReportSection, chart, paragraph, plain_table, tile, tiles
from sim.batch.reporting.studies import figures
from sim.batch.reporting.studies.words import Measured, signed
from sim.batch.statistics.effects import FIRST, FIT, REGRESSION, TOTAL
from sim.batch.studies.result import EffectBar, ResponseCurve, StudyResult
from sim.game.wording.unit_names import sentence_case

Row = dict[str, Any]
CLEAR, OPEN = "yes", "open"
LINE_LETTERS = 28  # of a name beside a bar


def outcome_section(study: StudyResult, measured: Measured) -> ReportSection:
    """Return the section on one outcome."""
    parts = _compared if study.kind == "variants" else _levels if study.kind == "grid" else _sampled
    html, drawn = parts(study, measured)
    return ReportSection(f"outcome-{measured.name}", measured.heading, html, drawn)


def _compared(study: StudyResult, measured: Measured) -> tuple[str, dict[str, Figure]]:
    """Return what each variant changes, the strongest first."""
    rows = sorted(study.differences(measured.name), key=lambda row: -abs(row["estimate"]))
    titles = variant_titles(study)
    first = study.manifest["variants"][0]["title"]
    html = paragraph(
        f"{measured.value(study.base(measured.name))} on average in “{first}”. {_most(measured, rows, titles)}"
    )
    if not any(row["estimate"] for row in rows):
        return html, {}
    name = f"tornado-{measured.name}"
    spans = [_span(wrapped(titles[row["input"]]), row) for row in rows]
    html += chart(name, f"Difference of each variant in {measured.title}, with its interval")
    html += _difference_table(measured, [(titles[row["input"]], row) for row in rows])
    return html, {name: figures.differences(spans, measured.change_axis())}


def _most(measured: Measured, rows: Sequence[Row], titles: dict[str, str]) -> str:
    """Return a sentence on the variant that moves an outcome most."""
    widest = max(max(abs(row["low"]), abs(row["high"])) for row in rows)
    if not any(row["estimate"] for row in rows):
        doubt = (
            f"; {measured.change(widest).lstrip('+')} in either direction cannot be ruled out"
            if math.isfinite(widest)
            else ""
        )
        return f"No variant changes it{doubt if widest else ''}."
    clear = [row for row in rows if is_clear(row)]
    if not clear:
        return "No variant changes it clearly: every interval includes 0."
    row = clear[0]
    span = measured.between(row["low"], row["high"])
    return f"“{titles[row['input']]}” has the largest effect: {measured.change(row['estimate'])} ({span})."


def _levels(study: StudyResult, measured: Measured) -> tuple[str, dict[str, Figure]]:
    """Return the swing of each input of a grid, its curve, and the differences from its first level."""
    html, drawn = _swings(study, measured, "with the input at its first and last level")
    titles = input_titles(study)
    named = [(f"{titles[row['input']]}: {row['level']}", row) for row in study.differences(measured.name)]
    html += _difference_table(measured, named)
    return html, drawn


def _sampled(study: StudyResult, measured: Measured) -> tuple[str, dict[str, Figure]]:
    """Return the swing and the curve of each input of a sample, and the indices that say what its variance hangs on."""
    html, drawn = _swings(
        study, measured, "in the eighth of the points where the input is lowest and where it is highest"
    )
    found = study.indices(measured.name)
    if not found:
        return html + paragraph("It is the same at every point: no input has an effect.", "note"), drawn
    titles = input_titles(study)
    sobol = [(words, found[kind]) for words, kind in ((_FIRST, FIRST), (_TOTAL, TOTAL)) if kind in found]
    if sobol:
        name = f"indices-{measured.name}"
        spans = [(words, [_span(wrapped(titles[row["input"]]), row) for row in rows]) for words, rows in sobol]
        html += paragraph(_SOBOL) + chart(name, f"Sobol' indices of each input for {measured.title}")
        drawn[name] = figures.indices(spans)
    html += _index_table(titles, [*sobol, *([(_SLOPE, found[REGRESSION])] if REGRESSION in found else [])])
    if FIT in found:
        html += paragraph(_FITTED.format(100 * found[FIT][0]["estimate"]), "note")
    return html, drawn


_FIRST, _TOTAL, _SLOPE = "First order", "Total", "Standardised coefficient"
_SOBOL = (
    "Sobol' indices: the share of the variance between points explained by the input alone (first order), and by the "
    "input with all its interactions (total). Where the total is larger, inputs interact. Lines are "
    "95 % bootstrap intervals."
)
_FITTED = (
    "The coefficient says by how many of its standard deviations the outcome moves with one of the input's, in a "
    "straight line; together they explain {:.0f} % of the variance between points."
)


def _swings(study: StudyResult, measured: Measured, ends: str) -> tuple[str, dict[str, Figure]]:
    base, bars = study.base(measured.name), study.tornado(measured.name)
    html = paragraph(f"{measured.value(base)} on average over all points. {strongest(measured, bars, ends)}")
    values = [value for bar in bars for value in (bar.at_low, bar.at_high)]
    swings = [figures.Swing(wrapped(bar.title), bar.at_low, bar.at_high, bar.low_label, bar.high_label) for bar in bars]
    name = f"tornado-{measured.name}"
    html += chart(name, f"Effect of each input on {measured.title}, strongest on top")
    drawn = {name: figures.tornado(swings, base, measured.axis(min(values), max(values)))}
    curves = study.responses(measured.name)
    if curves:
        inner = []
        axis = _shared_axis(measured, curves)
        present = {row["id"]: row["present"] for row in study.manifest["inputs"]}
        for curve in curves:
            name = f"response-{measured.name}-{curve.name}"
            at = present[curve.name]
            shown = at if at is not None and min(curve.x) <= at <= max(curve.x) else None
            drawn[name] = figures.response_curve(_curve(curve), "", axis, shown)
            inner.append(tile(curve.title, name, f"{measured.heading} along {curve.title}"))
        html += paragraph(
            "The mean along each input, with its 95 % interval (band); the dotted line is the value in the scenario.",
            "note",
        )
        html += tiles(inner)
    return html, drawn


def strongest(measured: Measured, bars: Sequence[EffectBar], ends: str) -> str:
    """Return a sentence on the input that moves an outcome most."""
    bar = bars[0]
    if bar.at_low == bar.at_high:
        return "No input has an effect."
    return (
        f"The strongest input is {_in_text(bar.title)}: {measured.value(bar.at_low)} at {bar.low_label}, "
        f"{measured.value(bar.at_high)} at {bar.high_label}. The bars show the mean {ends}."
    )


def _shared_axis(measured: Measured, curves: Sequence[ResponseCurve]) -> dict[str, Any]:
    """Return one axis for all curves of an outcome, so that they can be compared."""
    ends = [value for curve in curves for value in (*curve.y, *curve.low, *curve.high) if math.isfinite(value)]
    low, high = min(ends), max(ends)
    room = (high - low or 1.0) / 20
    return {**measured.axis(low, high), "range": [low - room, high + room]}


def _curve(curve: ResponseCurve) -> figures.Curve:
    ends = [[value if math.isfinite(value) else None for value in side] for side in (curve.low, curve.high)]
    return figures.Curve(curve.title, curve.x, curve.y, *ends)


def _span(name: str, row: Row) -> figures.EffectSpan:
    low, high = (row[end] if math.isfinite(row[end]) else None for end in ("low", "high"))
    return figures.EffectSpan(name, row["estimate"], low, high)


def is_clear(row: Row) -> bool:
    """Return whether the interval of an effect leaves 0 out."""
    return bool(row["low"] > 0 or row["high"] < 0)


def _difference_table(measured: Measured, named: Sequence[tuple[str, Row]]) -> str:
    rows = [
        (
            title,
            measured.change(row["estimate"]),
            measured.between(row["low"], row["high"]),
            CLEAR if is_clear(row) else OPEN,
        )
        for title, row in named
    ]
    return plain_table(("Changed", "Difference", "95 % interval", "Clear"), rows)


def _index_table(titles: dict[str, str], columns: Sequence[tuple[str, Sequence[Row]]]) -> str:
    rows = (
        [
            (titles[name], *(index_words(rows[at]) for _, rows in columns))
            for at, name in enumerate(row["input"] for row in columns[0][1])
        ]
        if columns
        else []
    )
    return plain_table(("Input", *(words for words, _ in columns)), rows)


def index_words(row: Row) -> str:
    """Return an index or a coefficient with its interval."""
    at, low, high = (signed(row[name], 2, sign="") for name in ("estimate", "low", "high"))
    return f"{at} ({low} to {high})"


def input_titles(study: StudyResult) -> dict[str, str]:
    """Return the titles of the inputs by id."""
    return {row["id"]: row["title"] for row in study.manifest["inputs"]}


def variant_titles(study: StudyResult) -> dict[str, str]:
    """Return the titles of the variants by id."""
    return {row["id"]: row["title"] for row in study.manifest["variants"]}


def wrapped(name: str) -> str:
    """Return a name in lines that fit beside a bar on a narrow screen too.

    Example
    -------
    >>> wrapped("Orders arrive from the first day")
    'Orders arrive from the first<br>day'
    """
    return "<br>".join(escape(line) for line in wrap(name, LINE_LETTERS, break_long_words=False))


def _in_text(title: str) -> str:
    return f"“{sentence_case(title)}”"
