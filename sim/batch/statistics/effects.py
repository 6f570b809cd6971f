"""What the inputs of a study do to its outcomes: paired differences, response curves, regression, Sobol' indices.

Every function takes plain arrays and returns ``Effect`` rows; nothing here asks what a campaign is.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.batch.statistics.design import needed, unit_problem
from sim.game.forecasts.intervals import Z95, Difference, difference_of_shares, mean_of
from sim.game.forecasts.intervals import difference_of_means as paired_means

MEAN, DIFFERENCE, RESPONSE = "mean", "difference", "response"
REGRESSION, FIT, FIRST, TOTAL = "regression", "fit", "sobol_first", "sobol_total"
Z_POWER_80 = 0.8416212335729143
POCOCK_5 = 1.229
BINS = 8
BIN_POINTS = 4  # fewest points in a bin of a response curve
RESAMPLES = 400
# Differences of doubles that ought to be equal: far below a man, a point or a day.
NOTHING = 1e-12

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Effect:
    """A row of ``effects.parquet``.

    Attributes
    ----------
    kind : str
        ``mean`` of a point; ``difference`` of a variant from the first, or of a level of an input from its first level;
        ``response`` at ``x``; ``regression`` coefficient (standardised), ``fit`` its R2; ``sobol_first``,
        ``sobol_total``.
    input : str
        Input or variant; empty where none is meant.
    x : float or None
        Value of the input; None where it has no number.
    level : str
        Its name where it has none.
    low, high : float
        95 percent interval; infinite where too few runs give none.
    n : int
        Runs or points that it rests on.
    """

    kind: str
    outcome: str
    input: str
    x: float | None
    level: str
    estimate: float
    low: float
    high: float
    n: int


def table_of(effects: Sequence[Effect]) -> Any:
    """Return effects as a pyarrow table."""
    kinds = {"estimate": pa.float64(), "low": pa.float64(), "high": pa.float64(), "x": pa.float64(), "n": pa.int32()}
    schema = pa.schema([(field.name, kinds.get(field.name, pa.string())) for field in fields(Effect)])
    return pa.Table.from_pylist([asdict(effect) for effect in effects], schema=schema)


def difference(before: Floats, after: Floats, *, is_share: bool, is_same: bool = False) -> Difference:
    """Return by how much a measure grows from one set of paired runs to another, with its interval.

    Parameters
    ----------
    is_share : bool
        The measure is 0 or 1: the interval keeps a width where no pair differs.
    is_same : bool
        The campaigns are the same to the last man: there is no difference, and no doubt about it.

    Example
    -------
    >>> alike = np.ones(98)
    >>> difference(alike, alike, is_share=True, is_same=True)
    Difference(mean=0.0, low=0.0, high=0.0)
    >>> round(difference(alike, alike, is_share=True).high, 3)
    0.02
    """
    if is_same:
        return Difference(0.0, 0.0, 0.0)
    if is_share:
        return difference_of_shares(before > 0.5, after > 0.5)
    return paired_means(before, after)


def mean_effect(outcome: str, name: str, values: Floats) -> Effect:
    """Return the mean of a measure at a point."""
    found = mean_of(values)
    return Effect(MEAN, outcome, name, None, "", found.mean, found.low, found.high, len(values))


def response(outcome: str, name: str, x: Floats, y: Floats) -> list[Effect]:
    """Return the mean outcome in bins of an input of a sample, equally many points in each.

    Parameters
    ----------
    x, y : (n_point,) float64
        The input at each point, and the mean outcome there.
    """
    n_bin = max(min(BINS, len(x) // BIN_POINTS), 1)
    rows = []
    for chosen in np.array_split(np.argsort(x, kind="stable"), n_bin):
        found = mean_of(y[chosen])
        middle = float(x[chosen].mean())
        rows.append(Effect(RESPONSE, outcome, name, middle, "", found.mean, found.low, found.high, len(chosen)))
    return rows


def regression(outcome: str, names: Sequence[str], x: Floats, y: Floats) -> list[Effect]:
    """Return standardised coefficients of a linear fit, and its R2: what share of the variance it explains.

    Parameters
    ----------
    x : (n_point, n_input) float64
    y : (n_point,) float64

    Notes
    -----
    Least squares with Student's interval. Squared, the coefficients of a balanced sample add up to R2 (Saltelli and
    others, "Global Sensitivity Analysis: The Primer", 2008, section 1.2.5).
    """
    n_point, n_input = x.shape
    spread_x, spread_y = x.std(axis=0, ddof=1), float(y.std(ddof=1))
    freedom = n_point - n_input - 1
    if spread_y <= NOTHING or freedom < 1 or (spread_x <= NOTHING).any():
        return []
    z = (x - x.mean(axis=0)) / spread_x
    w = (y - y.mean()) / spread_y
    found, *_ = np.linalg.lstsq(z, w, rcond=None)
    left = w - z @ found
    variance = float(left @ left) / freedom
    error = np.sqrt(variance * np.diag(np.linalg.pinv(z.T @ z)))
    reach = float(needed("scipy.stats").t.ppf(0.975, freedom)) * error
    explained = 1 - float(left @ left) / float(w @ w)
    rows = [
        Effect(REGRESSION, outcome, name, None, "", float(at), float(at - half), float(at + half), n_point)
        for name, at, half in zip(names, found, reach, strict=True)
    ]
    return [*rows, Effect(FIT, outcome, "", None, "", explained, math.nan, math.nan, n_point)]


def sobol_indices(outcome: str, names: Sequence[str], y: Floats, seed: int = 1) -> list[Effect]:
    """Return first-order and total indices with bootstrap intervals.

    Parameters
    ----------
    y : (n_base * (n_input + 2),) float64
        Mean outcome at each point of a Sobol' design, in its order.

    Notes
    -----
    Saltelli and others (2010) for the first order, Jansen (1999) for the total, as SALib computes them.
    """
    if float(y.std()) <= NOTHING:
        return []
    found = needed("SALib.analyze.sobol").analyze(
        unit_problem(len(names)),
        y,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=0.95,
        print_to_console=False,
        seed=seed,
    )
    n_base = len(y) // (len(names) + 2)
    return [
        Effect(kind, outcome, name, None, "", float(at), float(at - half), float(at + half), n_base)
        for kind, values, reach in ((FIRST, "S1", "S1_conf"), (TOTAL, "ST", "ST_conf"))
        for name, at, half in zip(names, found[values], found[reach], strict=True)
    ]


def runs_to_settle(change: Floats) -> int | None:
    """Return how many pairs show a difference as large as this one, if it is real; None where there is none to show.

    Parameters
    ----------
    change : (n,) float64
        Differences of pairs.

    Notes
    -----
    Two-sided test at 5 percent with a power of 80 percent: n = ((1.960 + 0.842) s / d)^2, times 1.229 because whoever
    adds runs until it is clear looks more than once: the inflation of Pocock's boundary for five looks (Jennison and
    Turnbull, "Group Sequential Methods", 2000, table 2.2, recalled).

    Example
    -------
    >>> runs_to_settle(np.array([-1.0, 0.0, 1.0, 2.0] * 25))
    49
    """
    middle, spread = float(change.mean()), float(change.std(ddof=1)) if len(change) > 1 else 0.0
    if abs(middle) <= NOTHING or spread <= NOTHING:
        return None
    return math.ceil(POCOCK_5 * ((Z95 + Z_POWER_80) * spread / middle) ** 2)


def cohen_d(change: Floats) -> float:
    """Return Cohen's d of paired differences: their mean in units of their own spread; 0 where nothing differs."""
    spread = float(change.std(ddof=1)) if len(change) > 1 else 0.0
    if spread <= NOTHING:
        return 0.0 if abs(float(change.mean())) <= NOTHING else math.copysign(math.inf, float(change.mean()))
    return float(change.mean()) / spread
