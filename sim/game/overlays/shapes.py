"""What a layer is made of: hexes filled, lines drawn and marks set, each by the name of its look, and the legend."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fill:
    """Hexes of one look.

    Attributes
    ----------
    look : str
        Name by which the window finds colour and pattern.
    hexes : (n,) int
    """

    look: str
    hexes: NDArray[Any]


@dataclass(frozen=True, eq=False)
class Stroke:
    """A line of one look.

    Attributes
    ----------
    look : str
    points : (n, 2) float64
        In the plane of the map, where a hex side is 1 long and hex 0 has its centre at (1, root(3) / 2).
    """

    look: str
    points: Points


@dataclass(frozen=True)
class MapMark:
    """A sign at a point of the plane, with words beside it.

    Attributes
    ----------
    sign : str
        Name by which the window finds shape and colour.
    at : Point
    words : str
    words_from_px : float
        Length of a hex side from which the words are written.
    shown_from_px : float
        Length of a hex side from which the sign is drawn.
    above : bool
        Whether it stands over the counters rather than under them.
    """

    sign: str
    at: Point
    words: str = ""
    words_from_px: float = 0.0
    shown_from_px: float = 0.0
    above: bool = False


@dataclass(frozen=True)
class LegendKey:
    """A line of the legend: the look that it explains (a fill, a stroke or a sign), and the words."""

    look: str
    words: str


@dataclass(frozen=True, eq=False)
class Overlay:
    """All that one layer shows.

    Attributes
    ----------
    title : str
    fills : tuple of Fill
        In the order of drawing.
    strokes : tuple of Stroke
    marks : tuple of MapMark
    keys : tuple of LegendKey
        The legend.
    note : str
        What the layer rests on, or why it is empty.
    """

    title: str
    fills: tuple[Fill, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    marks: tuple[MapMark, ...] = ()
    keys: tuple[LegendKey, ...] = ()
    note: str = ""


def banded(values: NDArray[Any], wanted: NDArray[np.bool_], bands: Iterable[tuple[str, float]]) -> tuple[Fill, ...]:
    """Return a fill for each band of values.

    Parameters
    ----------
    values : (n_hex,)
    wanted : (n_hex,) bool
        Hexes outside are left out.
    bands : iterable of (look, upper bound)
        Rising; a value belongs to the first band whose bound it does not exceed.

    Example
    -------
    >>> [(fill.look, fill.hexes.tolist()) for fill in banded(
    ...     np.array([1, 5, 9]), np.array([True, True, True]), [("near", 4), ("far", 8)])]
    [('near', [0]), ('far', [1])]
    """
    below, found = -np.inf, []
    for look, bound in bands:
        found.append(Fill(look, np.flatnonzero(wanted & (values > below) & (values <= bound))))
        below = bound
    return tuple(found)
