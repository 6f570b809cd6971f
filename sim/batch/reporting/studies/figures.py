"""Figures of studies: tornado charts, differences, response curves and indices, as plain data for plotly's script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.batch.reporting.figures import Figure, figure, height_of, names_axis

LEGEND_PX, LINE_PX = 30, 13
CURVE_PX = 220
MIDDLE = {"type": "line", "yref": "paper", "y0": 0, "y1": 1}


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
    low: Sequence[float | None]
    high: Sequence[float | None]


@dataclass(frozen=True)
class EffectSpan:
    """A named figure with its interval; None where there is no end to it."""

    name: str
    value: float
    low: float | None
    high: float | None


def tornado(swings: Sequence[Swing], base: float, axis: Mapping[str, Any]) -> Figure:
    """Return a tornado chart: how far each input moves an outcome from its base, the strongest on top.

    Example
    -------
    >>> chart = tornado([Swing("rain", 9.0, 12.0), Swing("fuel", 4.0, 15.0)], base=10.0, axis={})
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
    drawn = figure(
        traces,
        x=_fixed(axis),
        y=names_axis(),
        height=_height([swing.name for swing in ordered]) + LEGEND_PX,
        legend=True,
    )
    drawn["layout"]["barmode"] = "overlay"
    drawn["layout"]["shapes"] = [_upright(base)]
    return drawn


def differences(rows: Sequence[EffectSpan], axis: Mapping[str, Any]) -> Figure:
    """Return a bar a row from nothing to a paired difference, with its interval; the first on top."""
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [row.value for row in rows],
        "y": [row.name for row in rows],
        "marker": {"color": ["@bar" if row.value > 0 else "@cool" for row in rows]},
        "error_x": _reach(rows),
        "hovertemplate": "%{y}: %{x:+.4g}<extra></extra>",
    }
    drawn = figure([trace], x=_fixed(axis), y=names_axis(), height=_height([row.name for row in rows]))
    drawn["layout"]["shapes"] = [_upright(0.0)]
    return drawn


def indices(kinds: Sequence[tuple[str, Sequence[EffectSpan]]]) -> Figure:
    """Return bars of indices by input, a colour a kind (first order and total), each with its interval."""
    colours = ("@bar", "@cool")
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": words,
            "x": [row.value for row in rows],
            "y": [row.name for row in rows],
            "marker": {"color": colours[number % len(colours)]},
            "error_x": _reach(rows),
            "hovertemplate": "%{y}: %{x:.2f}<extra></extra>",
        }
        for number, (words, rows) in enumerate(kinds)
    ]
    n_row = len(kinds[0][1]) * len(kinds)
    axis = {"title": {"text": "share of the variance"}, "fixedrange": True}
    drawn = figure(traces, x=axis, y=names_axis(), height=height_of(n_row) + LEGEND_PX, legend=True)
    drawn["layout"] |= {"barmode": "group", "shapes": [_upright(0.0)]}
    return drawn


def response_curve(curve: Curve, x_title: str, y_axis: Mapping[str, Any], present: float | None = None) -> Figure:
    """Return an outcome along an input, its interval as a band, and a line where the input stands as it is.

    Example
    -------
    >>> chart = response_curve(Curve("score", [0, 1], [3, 5], [2, 4], [4, 6]), "fuel", {}, present=0.5)
    >>> [trace["y"] for trace in chart["data"]], chart["layout"]["shapes"][0]["x0"]
    ([[2, 4], [4, 6], [3, 5]], 0.5)
    """
    edge = {"type": "scatter", "mode": "lines", "x": list(curve.x), "line": {"width": 0, "color": "@bar"}}
    traces: list[Figure] = [
        {**edge, "y": list(curve.low), "hoverinfo": "skip"},
        {**edge, "y": list(curve.high), "fill": "tonexty", "fillcolor": "@inner", "hoverinfo": "skip"},
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": curve.name,
            "x": list(curve.x),
            "y": list(curve.y),
            "line": {"color": "@bar", "width": 2},
            "hovertemplate": "%{x:.4g}: %{y:.4g}<extra></extra>",
        },
    ]
    x = {"title": {"text": x_title}, "fixedrange": True, "nticks": 5}
    drawn = figure(traces, x=x, y=_fixed(y_axis), height=CURVE_PX)
    if present is not None:
        drawn["layout"]["shapes"] = [_upright(present) | {"line": {"color": "@quiet", "width": 1, "dash": "dot"}}]
    return drawn


def _height(names: Sequence[str]) -> int:
    """Return the height of a figure of names, some of them in several lines."""
    return height_of(len(names)) + LINE_PX * sum(name.count("<br>") for name in names)


def _fixed(axis: Mapping[str, Any]) -> Figure:
    return {"fixedrange": True, **axis}


def _upright(x: float) -> Figure:
    return {**MIDDLE, "x0": x, "x1": x, "line": {"color": "@ink", "width": 1}}


def _reach(rows: Sequence[EffectSpan]) -> Figure:
    """Return the intervals of bars as plotly takes them: from the value outwards."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [0 if row.high is None else row.high - row.value for row in rows],
        "arrayminus": [0 if row.low is None else row.value - row.low for row in rows],
        "color": "@ink",
        "thickness": 1.5,
        "width": 5,
    }
