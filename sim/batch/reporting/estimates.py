"""Medians and percentiles of what the runs came to, with bootstrap intervals, and the runs that stand out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVELS = (5, 25, 50, 75, 95)
RESAMPLES = 800
DRAWN_AT_ONCE = 500_000  # numbers of a resample that are held at a time
CANDIDATES = 200  # runs near the medians among which the most typical one is looked for


@dataclass(frozen=True)
class Median:
    """A median with its bootstrap interval of 95 in 100, and the range of 90 in 100 of the runs."""

    value: float
    low: float
    high: float
    p5: float
    p95: float


def median_of(values: NDArray[np.float64], seed: int = 1945) -> Median | None:
    """Return the median of the runs; None without a run.

    Notes
    -----
    Percentile bootstrap (B. Efron, "Bootstrap methods: another look at the jackknife", 1979). The seed is fixed, so
    that the same batch gives the same page.

    Example
    -------
    >>> one = median_of(np.arange(101.0))
    >>> one.value, one.p5, one.p95, one.low < 50 < one.high
    (50.0, 5.0, 95.0, True)
    """
    if not len(values):
        return None
    rng = np.random.default_rng(seed)
    at_once = max(DRAWN_AT_ONCE // len(values), 1)
    medians: list[NDArray[np.float64]] = []
    for first in range(0, RESAMPLES, at_once):
        drawn = values[rng.integers(0, len(values), (min(at_once, RESAMPLES - first), len(values)))]
        medians.append(np.median(drawn, axis=1))
    low, high = np.percentile(np.concatenate(medians), (2.5, 97.5))
    p5, p50, p95 = np.percentile(values, (5, 50, 95))
    return Median(float(p50), float(low), float(high), float(p5), float(p95))


def fan(counts: NDArray[np.int32]) -> list[list[float | None]]:
    """Return the 5th, 25th, 50th, 75th and 95th percentile of the runs for each turn; None where no run saw it.

    Parameters
    ----------
    counts : (n_turn, n_value) int
        In how many runs each figure, 0 and upwards, was seen.

    Example
    -------
    >>> fan(np.array([[0, 1, 1, 2], [0, 0, 0, 0]]))[2]
    [2.5, None]
    """
    seen = counts.sum(axis=1)
    upto = counts.cumsum(axis=1)
    bands: list[list[float | None]] = []
    for level in LEVELS:
        place = level / 100 * np.maximum(seen - 1, 0)
        below, above = ((upto > np.trunc(at)[:, None]).argmax(axis=1) for at in (place, np.ceil(place)))
        between = below + (above - below) * (place - np.trunc(place))
        bands.append([round(float(value), 1) if n else None for value, n in zip(between, seen, strict=True)])
    return bands


def standardised(measures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n_run, n_measure) measures less their median, in units of their spread (interquartile range)."""
    low, middle, high = np.percentile(measures, (25, 50, 75), axis=0)
    spread = np.where(high > low, high - low, np.maximum(measures.std(axis=0), 1e-9))
    return np.asarray((measures - middle) / spread)


def typical_run(measures: NDArray[np.float64]) -> tuple[int, NDArray[np.float64]]:
    """Return the row of the medoid, and how far each run lies from the medians.

    The medoid is the run with the least mean distance to all others; it is looked for among those nearest the medians.

    Example
    -------
    >>> typical_run(np.array([[0.0], [9.0], [10.0], [11.0], [30.0]]))[0]
    2
    """
    scaled = standardised(measures)
    distance = np.sqrt((scaled**2).mean(axis=1))
    near = np.argsort(distance, kind="stable")[:CANDIDATES]
    mean_distance = [float(np.sqrt(((scaled - scaled[row]) ** 2).mean(axis=1)).mean()) for row in near]
    return int(near[int(np.argmin(mean_distance))]), distance
