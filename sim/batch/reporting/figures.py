"""Figures as plain data for plotly's script; colours are names such as ``@accent`` that the page fills in.

Nothing here asks what a batch is; ``studies.figures`` has those of studies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]
Value = float | str  # a number, or a date as 1945-08-20
FAN_BANDS = ((0, 4, "90 % interval"), (1, 3, "50 % interval"))
ROW_PX, EDGE_PX = 26, 70


@dataclass(frozen=True)
class Range:
    """A named value with the interval or the range around it; ``marks`` are claims or dates to set beside it."""

    name: str
    value: Value
    low: Value
    high: Value
    inner: tuple[Value, Value] | None = None
    marks: tuple[tuple[Value, str], ...] = ()


@dataclass(frozen=True)
class ChanceBar:
    """A named chance, 0 to 1, with its interval."""

    name: str
    value: float
    low: float
    high: float


def chances(ranges: Sequence[ChanceBar]) -> Figure:
    """Return bars of chances, 0 to 1, each with its interval; the first on top."""
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [row.value for row in ranges],
        "y": [row.name for row in ranges],
        "marker": {"color": "@bar"},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [row.high - row.value for row in ranges],
            "arrayminus": [row.value - row.low for row in ranges],
            "color": "@ink",
            "thickness": 1.5,
            "width": 5,
        },
        "hovertemplate": "%{y}: %{x:.1%}<extra></extra>",
    }
    axis = {"range": [0, 1.02], "tickformat": ".0%", "fixedrange": True}
    return figure([trace], x=axis, y=names_axis(), height=height_of(len(ranges)))


def ranges(rows: Sequence[Range], title: str, mark: str, *, axis: Mapping[str, Any] | None = None) -> Figure:
    """Return a line a row: 5 to 95 in 100 thin, 25 to 75 thick, the median a dot, and what is set beside it."""
    thin = _strokes(rows, [(row.low, row.high) for row in rows], 2, "@band", FAN_BANDS[0][2])
    thick = _strokes(rows, [row.inner or (row.low, row.high) for row in rows], 8, "@bar", FAN_BANDS[1][2])
    middle = _dots([(row.value, row.name, "") for row in rows], "median of the runs", "circle", "@ink", 8)
    beside = [(value, row.name, text) for row in rows for value, text in row.marks]
    marks = _dots(beside, mark, "diamond", "@accent", 10)
    x = {"title": {"text": title}, "fixedrange": True, **(axis or {})}
    return figure([thin, thick, middle, marks], x=x, y=names_axis(), height=height_of(len(rows)) + 30, legend=True)


def fan_chart(
    days: Sequence[str],
    bands: Sequence[Sequence[float | None]],
    unit: str,
    points: Sequence[tuple[str, float, str]] = (),
    highest: float | None = None,
) -> Figure:
    """Return a fan: bands of 5 to 95 and 25 to 75 in 100 of the runs, the median, and points of the record.

    Parameters
    ----------
    days : (n_turn,) dates
    bands : (5, n_turn) percentiles 5, 25, 50, 75, 95
    points : sequence of (date, value, words)
    highest : float, optional
        Upper end of the axis; else as far as the values go.
    """
    traces: list[Figure] = []
    for (low, high, words), fill in zip(FAN_BANDS, ("@outer", "@inner"), strict=True):
        line = {"width": 0, "color": "@bar"}
        common = {"type": "scatter", "mode": "lines", "x": list(days), "line": line, "hoverinfo": "skip"}
        traces.append({**common, "y": list(bands[low])})
        traces.append({**common, "y": list(bands[high]), "fill": "tonexty", "fillcolor": fill, "name": words})
    hover = "%{x|%-d %b}: %{y:.0f} " + unit + " (90 %: %{customdata[0]:.0f} to %{customdata[1]:.0f})<extra></extra>"
    traces.append(
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(days),
            "y": list(bands[2]),
            "name": "median",
            "line": {"color": "@bar", "width": 2},
            "customdata": [[low, high] for low, high in zip(bands[0], bands[4], strict=True)],
            "hovertemplate": hover,
        }
    )
    if points:
        traces.append(_points(points))
    y: Figure = {"title": {"text": unit}, "rangemode": "tozero", "fixedrange": True}
    if highest is not None:
        y["range"] = [0, highest]
    return figure(traces, x=_date_axis(), y=y, height=210)


def figure(traces: list[Figure], *, x: Figure, y: Figure, height: int, legend: bool = False) -> Figure:
    """Return traces with the layout that all figures of the page share."""
    layout: Figure = {
        "height": height,
        "margin": {"l": 46, "r": 14, "t": 8, "b": 34, "autoexpand": True},
        "showlegend": legend,
        "hovermode": "closest",
        "xaxis": {"automargin": True, **x},
        "yaxis": {"automargin": True, **y},
    }
    if legend:
        layout["legend"] = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left"}
    return {"data": traces, "layout": layout}


def names_axis() -> Figure:
    """Return an axis of names, the first on top."""
    return {"autorange": "reversed", "type": "category", "fixedrange": True, "ticksuffix": "  ", "showgrid": False}


def _date_axis() -> Figure:
    return {"type": "date", "tickformat": "%-d %b", "nticks": 5, "fixedrange": True, "showgrid": False}


def height_of(n_row: int) -> int:
    """Return the height in pixels of a figure with so many rows of names."""
    return n_row * ROW_PX + EDGE_PX


def _strokes(
    rows: Sequence[Range], spans: Sequence[tuple[Value, Value]], width: int, colour: str, words: str
) -> Figure:
    x: list[Value | None] = []
    y: list[str] = []
    for row, (low, high) in zip(rows, spans, strict=True):
        x += [low, high, None]
        y += [row.name] * 3
    line = {"color": colour, "width": width}
    return {"type": "scatter", "mode": "lines", "name": words, "x": x, "y": y, "line": line, "hoverinfo": "x+y"}


def _dots(points: Sequence[tuple[Value, str, str]], words: str, symbol: str, colour: str, size: int) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words,
        "x": [value for value, _, _ in points],
        "y": [name for _, name, _ in points],
        "text": [text for _, _, text in points],
        "marker": {"symbol": symbol, "color": colour, "size": size, "line": {"color": "@paper", "width": 1}},
        "hovertemplate": "%{y}: %{x} %{text}<extra></extra>",
    }


def _points(points: Sequence[tuple[str, float, str]]) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "record",
        "x": [day for day, _, _ in points],
        "y": [value for _, value, _ in points],
        "text": [words for _, _, words in points],
        "marker": {"symbol": "diamond", "color": "@accent", "size": 9, "line": {"color": "@paper", "width": 1}},
        "hovertemplate": "%{x|%-d %b}: %{y}<br>%{text}<extra></extra>",
    }
