"""Kernels that only kernels call: compiled to be linked in, read back from the cache, and still telling of errors.

This holds what ``link_only`` leans on: insides of numba that no promise covers. It is therefore run with the lowest and
with the highest release of the range of numba in ``pyproject.toml``; whoever moves an end of that range runs it there.
"""

import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest

from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.compiler.link_only import CalleeLibrary
from tests.support.places import ROOT

pytestmark = [pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled"), pytest.mark.slow]


@kernel
def share(array, index, parts):
    """Return a part of one number of an array."""
    return array[index] // parts


@kernel
def two_shares(array, index, parts):
    """Return two such parts."""
    return share(array, index, parts) + share(array, index, parts)


@allocating_kernel
def shares_of_a_copy(array, index, parts):
    """Return ``two_shares`` of a copy."""
    return two_shares(array.copy(), index, parts)


def test_callees_are_linked_in_and_tell_of_errors() -> None:
    array = np.arange(5)
    assert two_shares(array, 3, 1) == 6
    assert shares_of_a_copy(array, 4, 2) == 4
    for asked in (two_shares, shares_of_a_copy):
        with pytest.raises(ZeroDivisionError):
            asked(array, 3, 0)


def test_nobody_makes_machine_code_of_what_python_does_not_call() -> None:
    assert two_shares(np.arange(5), 1, 1) == 2
    assert all(isinstance(compiled.library, CalleeLibrary) for compiled in share.overloads.values())
    assert not share.entry.overloads


def test_callees_come_back_from_the_cache(tmp_path: Path) -> None:
    """The second process calls a kernel for new types: its callees are read, not compiled."""
    script = (
        "import sys, numpy as np\n"
        "from numba.core import event\n"
        "from tests.kernels.compiler.test_link_only import share, shares_of_a_copy, two_shares\n"
        "with event.install_recorder('numba:compile') as seen:\n"
        "    assert (two_shares if sys.argv[1] == '0' else shares_of_a_copy)(np.arange(5), 3, 1) == 6\n"
        "print(sorted({str(one.data['dispatcher'].py_func.__name__) for _, one in seen.buffer if one.is_start}))\n"
    )
    environment = {**os.environ, "AUGUST_STORM_CACHE": str(tmp_path)}
    told = [
        subprocess.run(
            [sys.executable, "-c", script, number],
            env=environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for number in "011"
    ]
    assert told[0] == "['share', 'two_shares']"
    assert "'shares_of_a_copy'" in told[1]
    assert "'share'" not in told[1]
    assert told[2] == "[]"
