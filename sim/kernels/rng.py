"""Randomness as a function of what a draw is for, not of when it is asked.

The mixer is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
generators"), applied once for each argument. Results therefore do not depend on order, threads or machines.
"""

import numpy as np

from sim.kernels.compiler.kernel import kernel

GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@kernel
def mix(word):
    """Return ``word`` (uint64) with its bits scattered."""
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return word ^ (word >> np.uint64(31))


@kernel
def uniform(key, turn, subject, stream, index):
    """Return a number in [0, 1) fixed by what it is for.

    Parameters
    ----------
    key : uint64
        Key of the run.
    turn, subject, stream, index : int
        Turn, row of the unit or region, ``STREAM_*`` code, and the number of the draw within that subject and turn.
    """
    word = mix(key + GOLDEN)
    word = mix((word ^ np.uint64(turn)) + GOLDEN)
    word = mix((word ^ np.uint64(subject)) + GOLDEN)
    word = mix((word ^ np.uint64(stream)) + GOLDEN)
    word = mix((word ^ np.uint64(index)) + GOLDEN)
    return float(word >> np.uint64(11)) * 2.0**-53
