"""What a sample of runs says, with how sure it is: shares, means and differences, each with a 95 percent interval."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Z95 = 1.959963984540054  # normal quantile of a two-sided 95 percent interval


@dataclass(frozen=True)
class Proportion:
    """How often something happened in a number of trials, with Wilson's interval of 95 percent.

    Notes
    -----
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.

    Example
    -------
    >>> won = Proportion(30, 100)
    >>> round(won.low, 3), won.share, round(won.high, 3)
    (0.219, 0.3, 0.396)
    >>> str(won)
    '30 % (22-40)'
    >>> Proportion(0, 0).interval
    (0.0, 1.0)
    """

    happened: int
    trials: int

    @property
    def share(self) -> float:
        """Return the share of the trials; a half before the first one."""
        return self.happened / self.trials if self.trials else 0.5

    @property
    def low(self) -> float:
        """Return the lower end of the interval; rounding does not shut out 0 where nothing happened."""
        return max(0.0, self._middle - self._half) if self.happened else 0.0

    @property
    def high(self) -> float:
        """Return the upper end of the interval."""
        return min(1.0, self._middle + self._half) if self.happened < self.trials else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return both ends."""
        return self.low, self.high

    @property
    def _middle(self) -> float:
        return (self.happened + Z95 * Z95 / 2) / (self.trials + Z95 * Z95)

    @property
    def _half(self) -> float:
        spread = self.happened * (1 - self.share) + Z95 * Z95 / 4
        return Z95 * math.sqrt(spread) / (self.trials + Z95 * Z95)

    def __str__(self) -> str:
        """Return the share with its interval, in percent."""
        return f"{100 * self.share:.0f} % ({100 * self.low:.0f}-{100 * self.high:.0f})"


@dataclass(frozen=True)
class Mean:
    """A mean with the interval that it lies in, and the range of single outcomes.

    Attributes
    ----------
    low, high : float
        95 percent interval of the mean; infinite with fewer than four outcomes.
    p5, p50, p95 : float
        Percentiles of the outcomes themselves.
    """

    mean: float
    low: float
    high: float
    p5: float
    p50: float
    p95: float


@dataclass(frozen=True)
class Difference:
    """What an order changes, with a 95 percent interval; from runs in pairs that share their luck."""

    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Return whether the interval leaves nothing out: all of it is gain, or all of it is loss."""
        return self.low > 0 or self.high < 0


def mean_of(values: NDArray[Any]) -> Mean:
    """Return the mean of outcomes, at least one, with its interval.

    Example
    -------
    >>> one = mean_of(np.array([1, 2, 3, 4, 5]))
    >>> one.mean, round(one.low, 1), round(one.high, 1), one.p50
    (3.0, 1.0, 5.0, 3.0)
    """
    middle, half = float(values.mean()), _half_width(values)
    p5, p50, p95 = np.percentile(values, (5, 50, 95)).tolist()
    return Mean(middle, middle - half, middle + half, p5, p50, p95)


def difference_of_means(before: NDArray[Any], after: NDArray[Any]) -> Difference:
    """Return by how much paired outcomes grow."""
    change = after.astype(np.float64) - before.astype(np.float64)
    middle, half = float(change.mean()), _half_width(change)
    return Difference(middle, middle - half, middle + half)


def difference_of_shares(before: NDArray[np.bool_], after: NDArray[np.bool_]) -> Difference:
    """Return by how much something becomes likelier in paired runs.

    Notes
    -----
    Agresti and Min (2005): half a pair is added to each cell of the table, so that the interval keeps a width where no
    pair differs.

    Example
    -------
    >>> same = difference_of_shares(np.ones(98, bool), np.ones(98, bool))
    >>> same.mean, round(same.low, 3), round(same.high, 3)
    (0.0, -0.02, 0.02)
    """
    gained, lost = int((after & ~before).sum()), int((before & ~after).sum())
    n, net = len(before) + 2, gained - lost
    half = Z95 * math.sqrt(max(gained + lost + 1 - net * net / n, 0.0)) / n
    middle = net / len(before)
    return Difference(middle, max(-1.0, net / n - half), min(1.0, net / n + half))


def _half_width(values: NDArray[Any]) -> float:
    """Return half the width of the 95 percent interval of a mean."""
    if len(values) < 4:
        return math.inf
    return _student(len(values) - 1) * float(values.std(ddof=1)) / math.sqrt(len(values))


def _student(freedom: int) -> float:
    """Return Student's quantile for 95 percent (Abramowitz and Stegun 26.7.5; within 1 percent from three on)."""
    first = (Z95**3 + Z95) / 4
    second = (5 * Z95**5 + 16 * Z95**3 + 3 * Z95) / 96
    third = (3 * Z95**7 + 19 * Z95**5 + 17 * Z95**3 - 15 * Z95) / 384
    return Z95 + first / freedom + second / freedom**2 + third / freedom**3
