"""Medians and percentiles of what the runs came to, with bootstrap intervals, and the runs that stand out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.batch.reporting.samples import MISSING

LEVELS = (5, 25, 50, 75, 95)
RESAMPLES = 800
DRAWN_AT_ONCE = 2_000_000  # numbers of a resample that are held at a time
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


def fan(values: NDArray[np.int16]) -> list[list[float | None]]:
    """Return the 5th, 25th, 50th, 75th and 95th percentile of (n_run, n_turn) figures for each turn.

    Turns that no run saw are None.

    Example
    -------
    >>> fan(np.array([[10, -1], [20, -1], [30, -1]], np.int16))[2]
    [20.0, None]
    """
    known = np.where(values == MISSING, np.nan, values.astype(np.float64))
    seen = ~np.isnan(known).all(axis=0)
    bands = np.full((len(LEVELS), values.shape[1]), np.nan)
    if seen.any():
        columns = known[:, seen]
        # Without gaps the plain function does the same a hundred times as fast.
        percentile = np.nanpercentile if np.isnan(columns).any() else np.percentile
        bands[:, seen] = percentile(columns, LEVELS, axis=0)
    return [[None if np.isnan(value) else round(float(value), 1) for value in band] for band in bands]


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
