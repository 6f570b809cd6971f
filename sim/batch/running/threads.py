"""Runs on the cores of this machine: threads, because the kernels let go of the interpreter's lock."""

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import numpy as np

from sim.batch.running.interrupts import Stop
from sim.batch.running.one_run import Setup, Workspace, new_workspace, run_one
from sim.batch.storage.chunks import RunBlock

AHEAD = 3  # tasks a thread that stand ready or are under way
POLL_SECONDS = 0.2


def usable_cores() -> int:
    """Return the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_task(setup: Setup, run_ids: Sequence[int], workspace: Workspace, stop: Stop) -> RunBlock:
    """Fight some campaigns one after the other; once ``stop`` is set, those that were not begun are left out."""
    counts = np.zeros((2, setup.n_turn, setup.n_hex), np.int32)
    runs = []
    for run_id in run_ids:
        if stop.is_set():
            break
        runs.append(run_one(setup, run_id, workspace, counts))
    return RunBlock(runs, counts)


def run_on_threads(setup: Setup, tasks: Iterator[Sequence[int]], jobs: int, stop: Stop) -> Iterator[RunBlock]:
    """Yield the results of tasks as they are finished; few are kept waiting, so that memory does not grow."""
    own = threading.local()

    def work(run_ids: Sequence[int]) -> RunBlock:
        if not hasattr(own, "workspace"):
            own.workspace = new_workspace(setup)
        return run_task(setup, run_ids, own.workspace, stop)

    pending: set[Future[RunBlock]] = set()
    with ThreadPoolExecutor(jobs, thread_name_prefix="campaign") as pool:
        try:
            while True:
                while len(pending) < AHEAD * jobs and not stop.is_set() and (run_ids := next(tasks, None)) is not None:
                    pending.add(pool.submit(work, run_ids))
                if not pending:
                    return
                finished, pending = wait(pending, POLL_SECONDS, FIRST_COMPLETED)
                for future in finished:
                    yield future.result()
        finally:
            stop.set()
