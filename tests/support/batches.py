"""Small batches for tests: a tiny scenario, and a whole run of it to compare others with."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from sim.batch.running.runner import run_batch
from sim.batch.running.tally import Tally
from sim.batch.storage.chunks import FILES

RUNS = 230  # two whole groups of rows and a part of one
SEED = 8


def contents(folder: Path) -> dict[str, bytes]:
    """Return the final files of a batch, byte by byte."""
    return {name: (folder / name).read_bytes() for name in FILES}


class After:
    """A watch that does something, once, when so many runs are done."""

    def __init__(self, runs: int, act: Callable[[], object]) -> None:
        self.runs = runs
        self.act = act
        self.acted = False

    def begin(self, total: int, tally: Tally) -> None:
        """Nothing happens yet."""

    def advance(self, tally: Tally) -> None:
        """Act if it is time."""
        if tally.runs >= self.runs and not self.acted:
            self.acted = True
            self.act()


def die() -> None:
    """End this process as ``kill -9`` does."""
    os.kill(os.getpid(), signal.SIGKILL)


def press_ctrl_c() -> None:
    """Send this process what Ctrl-C sends."""
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":  # a batch that is killed in the middle: python -m tests.support.batches SCENARIO OUT
    run_batch(sys.argv[1], runs=RUNS, seed=SEED, out=sys.argv[2], jobs=2, chunk_runs=20, watch=After(120, die))
