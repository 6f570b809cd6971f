"""What a staff makes of the strengths that it sees: figures to two places by name, the size of a body from afar."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZES_MEN = (1_000, 3_000, 6_000, 10_000)  # what troops seen from afar are taken for: battalion to division
BOUNDS_MEN = (1_500, 4_500, 8_000)  # between them


def rounded(numbers: NDArray[Any]) -> NDArray[np.int64]:
    """Return numbers as a staff counts them: thousands to the next half, hundreds to the next ten.

    Example
    -------
    >>> rounded(np.array([14_380, 724, 36])).tolist()
    [14500, 720, 36]
    """
    whole = numbers.astype(np.int64)
    step = np.where(whole >= 1000, 500, np.where(whole >= 100, 10, 1))
    found: NDArray[np.int64] = (whole + step // 2) // step * step
    return found


def size_of(men: NDArray[Any]) -> NDArray[np.int64]:
    """Return the usual strength of the body for which so many men are taken.

    Example
    -------
    >>> size_of(np.array([900, 2_000, 14_000])).tolist()
    [1000, 3000, 10000]
    """
    found: NDArray[np.int64] = np.array(SIZES_MEN)[np.searchsorted(np.array(BOUNDS_MEN), men)]
    return found
