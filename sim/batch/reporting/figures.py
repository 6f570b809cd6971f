"""Figures as plain data for plotly's script; colours are names such as ``@accent`` that the page fills in.

Nothing here asks what a batch is: studies draw their charts with ``tornado`` and ``response_curves``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]
Value = float | str  # a number, or a date as 1945-08-20
FAN_BANDS = ((0, 4, "5 to 95 in 100"), (1, 3, "25 to 75 in 100"))
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
class Chance:
    """A named chance, 0 to 1, with its interval."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Swing:
    """What an outcome becomes at the low and at the high end of one input."""

    name: str
    at_low: float
    at_high: float
    low_label: str = "low"
    high_label: str = "high"


@dataclass(frozen=True)
class Curve:
    """An outcome along one input, with the interval at each point."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def chances(ranges: Sequence[Chance]) -> Figure:
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
    return figure([trace], x=axis, y=_names_axis(), height=_height(len(ranges)))


def ranges(rows: Sequence[Range], title: str, mark: str, *, axis: Mapping[str, Any] | None = None) -> Figure:
    """Return a line a row: 5 to 95 in 100 thin, 25 to 75 thick, the median a dot, and what is set beside it."""
    thin = _strokes(rows, [(row.low, row.high) for row in rows], 2, "@band", FAN_BANDS[0][2])
    thick = _strokes(rows, [row.inner or (row.low, row.high) for row in rows], 8, "@bar", FAN_BANDS[1][2])
    middle = _dots([(row.value, row.name, "") for row in rows], "median of the runs", "circle", "@ink", 8)
    beside = [(value, row.name, text) for row in rows for value, text in row.marks]
    marks = _dots(beside, mark, "diamond", "@accent", 10)
    x = {"title": {"text": title}, "fixedrange": True, **(axis or {})}
    return figure([thin, thick, middle, marks], x=x, y=_names_axis(), height=_height(len(rows)) + 30, legend=True)


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
    hover = "%{x|%-d %b}: %{y:.0f} " + unit + " (5 to 95: %{customdata[0]:.0f} to %{customdata[1]:.0f})<extra></extra>"
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


def tornado(swings: Sequence[Swing], base: float, title: str) -> Figure:
    """Return a tornado chart: how far each input moves an outcome from its base, the strongest on top.

    Example
    -------
    >>> chart = tornado([Swing("rain", 9.0, 12.0), Swing("fuel", 4.0, 15.0)], base=10.0, title="day of the fall")
    >>> chart["data"][0]["y"], chart["data"][0]["x"]
    (['fuel', 'rain'], [-6.0, -1.0])
    """
    ordered = sorted(swings, key=lambda swing: -abs(swing.at_high - swing.at_low))
    traces = []
    for words, colour, values, labels in (
        ("input low", "@cool", [swing.at_low for swing in ordered], [swing.low_label for swing in ordered]),
        ("input high", "@bar", [swing.at_high for swing in ordered], [swing.high_label for swing in ordered]),
    ):
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": words,
                "base": base,
                "x": [value - base for value in values],
                "y": [swing.name for swing in ordered],
                "customdata": [[label, value] for label, value in zip(labels, values, strict=True)],
                "marker": {"color": colour},
                "hovertemplate": "%{y} %{customdata[0]}: %{customdata[1]:.4g}<extra></extra>",
            }
        )
    x = {"title": {"text": title}, "fixedrange": True}
    drawn = figure(traces, x=x, y=_names_axis(), height=_height(len(ordered)) + 30, legend=True)
    drawn["layout"]["barmode"] = "overlay"
    drawn["layout"]["shapes"] = [
        {
            "type": "line",
            "x0": base,
            "x1": base,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": "@ink", "width": 1},
        }
    ]
    return drawn


def response_curves(curves: Sequence[Curve], x_title: str, y_title: str) -> Figure:
    """Return curves of an outcome along an input, each with its interval as a band.

    Example
    -------
    >>> chart = response_curves([Curve("score", [0, 1], [3, 5], [2, 4], [4, 6])], "fuel", "points")
    >>> [trace["y"] for trace in chart["data"]]
    [[2, 4], [4, 6], [3, 5]]
    """
    colours = (("@bar", "@inner"), ("@cool", "@coolband"), ("@ink", "@band"))
    dashes = ("solid", "dash", "dot", "dashdot")
    traces: list[Figure] = []
    for number, curve in enumerate(curves):
        colour, fill = colours[number % len(colours)]
        edge = {"type": "scatter", "mode": "lines", "x": list(curve.x), "line": {"width": 0}, "hoverinfo": "skip"}
        traces.append({**edge, "y": list(curve.low), "showlegend": False})
        traces.append(
            {**edge, "y": list(curve.high), "fill": "tonexty", "fillcolor": fill, "opacity": 0.5, "showlegend": False}
        )
        line = {"color": colour, "width": 2, "dash": dashes[number % len(dashes)]}
        middle = {"type": "scatter", "mode": "lines+markers", "name": curve.name, "line": line}
        traces.append({**middle, "x": list(curve.x), "y": list(curve.y)})
    x, y = {"title": {"text": x_title}, "fixedrange": True}, {"title": {"text": y_title}, "fixedrange": True}
    return figure(traces, x=x, y=y, height=320, legend=len(curves) > 1)


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


def _names_axis() -> Figure:
    return {"autorange": "reversed", "type": "category", "fixedrange": True, "ticksuffix": "  ", "showgrid": False}


def _date_axis() -> Figure:
    return {"type": "date", "tickformat": "%-d %b", "nticks": 5, "fixedrange": True, "showgrid": False}


def _height(n_row: int) -> int:
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
