"""Running a batch: from what is asked for to the finished folder."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import pyarrow as pa

from sim.batch.running.cluster import check_scheduler, run_on_cluster
from sim.batch.running.interrupts import Stop, interruptible
from sim.batch.running.measures import places_of
from sim.batch.running.one_run import Setup, make_setup
from sim.batch.running.results import BatchResult
from sim.batch.running.stopping_rule import VICTORY, StoppingRule, stopping_rule
from sim.batch.running.tally import Tally
from sim.batch.running.threads import run_on_threads, usable_cores
from sim.batch.storage.batch_plan import BatchPlan, make_plan
from sim.batch.storage.chunks import GROUP_RUNS, RunBlock
from sim.batch.storage.folder import COMPLETE, BatchFolder
from sim.batch.storage.reading import read_groups
from sim.errors import BatchError
from sim.scenario import Scenario

TASK_RUNS = 5  # runs that a thread or a worker takes at a time
INTERRUPTED = "interrupted"


class Watch(Protocol):
    """Somebody who is told how a batch goes."""

    def begin(self, total: int, tally: Tally) -> None:
        """Hear how many runs there are to be, and what is known of those that were done before."""

    def advance(self, tally: Tally) -> None:
        """Hear what the runs so far came to."""


def run_batch(
    scenario: str | Path | Scenario,
    mods: Sequence[str | Path] = (),
    *,
    runs: int,
    seed: int = 1945,
    out: str | Path | None = None,
    plans: Sequence[str] = (),
    jobs: int | None = None,
    scheduler: str | None = None,
    resume: bool = False,
    until_ci: float | None = None,
    until_ci_of: str = VICTORY,
    chunk_runs: int = GROUP_RUNS,
    watch: Watch | None = None,
    halt: Stop | None = None,
) -> BatchResult:
    """Fight many campaigns, computer against computer, and return their results.

    The rows depend on the scenario with its mods, the plans, the seed and the number of runs; not on threads, machines,
    interruptions or the size of chunks.

    Parameters
    ----------
    scenario : str, Path or Scenario
        A shipped scenario by name, a folder, or one already loaded.
    mods : sequence of str or Path
        Laid over it in this order.
    runs : int
        Campaigns; run ``n`` has the key ``run_key(seed, n)``.
    out : str or Path, optional
        Folder of the results; without it they live as long as the result that is returned.
    plans : sequence of str
        Operational plans by id, instead of the scenario's own.
    jobs : int, optional
        Threads; all cores if left out.
    scheduler : str, optional
        Address of a dask.distributed scheduler, or ``local:N`` for one with N worker processes on this machine.
    resume : bool
        Go on with the batch that ``out`` holds.
    until_ci : float, optional
        Stop when the interval of 95 in 100 on a chance is this narrow; looked at every 100 runs.
    until_ci_of : str
        The chance in question: ``victory``, ``taken_PLACE``, or the name of a result level.
    chunk_runs : int
        Most runs in a chunk that is written on the way.
    watch : Watch, optional
        Told of the progress.
    halt : Stop, optional
        Once it is set, the batch ends as if it had been interrupted.

    Raises
    ------
    BatchError
        The batch cannot be run, resumed or written.
    KeyboardInterrupt
        It was interrupted; what was done stands in ``out``, and ``resume`` goes on with it.

    Example
    -------
    >>> result = run_batch("august_storm", runs=2)
    >>> result.runs.column_names[:3], result.runs.num_rows
    (['run_id', 'key', 'status'], 2)
    """
    plan = make_plan(scenario, mods, plans, seed, runs)
    jobs = usable_cores() if jobs is None else jobs
    check_wishes(jobs, chunk_runs, until_ci)
    check_scheduler(scheduler)
    setup = make_setup(plan.scenario, plan.plans, plan.seed)  # a plan that is not there leaves no folder behind
    rule = stopping_rule(until_ci, until_ci_of, setup.static.names)
    kept = TemporaryDirectory(prefix="august-storm-") if out is None else None
    folder = BatchFolder.open(Path(out if kept is None else kept.name), plan, resume)  # type: ignore[arg-type]
    try:
        batch = Batch(plan, setup, folder, rule, chunk_runs, watch, halt)
        if scheduler is None:
            batch.run(run_on_threads(batch.setup, batch.tasks(), jobs, batch.stop), {"jobs": jobs})
        else:
            blocks = run_on_cluster(plan, batch.setup, batch.tasks(), scheduler, batch.stop)
            batch.run(blocks, {"scheduler": scheduler})
    finally:
        folder.close()
    return BatchResult(folder.path, kept)


def check_wishes(jobs: int, chunk_runs: int, until_ci: float | None) -> None:
    """Refuse what cannot be done."""
    if jobs < 1:
        raise BatchError(f"error: {jobs} jobs are too few; use 1 or more")
    if chunk_runs < 1:
        raise BatchError(f"error: chunks of {chunk_runs} runs are too small; use 1 or more")
    if until_ci is not None and not 0 < until_ci < 1:
        raise BatchError(f"error: the width {until_ci:g} of an interval on a chance is not between 0 and 1")


class Batch:
    """A batch under way."""

    def __init__(
        self,
        plan: BatchPlan,
        setup: Setup,
        folder: BatchFolder,
        rule: StoppingRule,
        chunk_runs: int,
        watch: Watch | None,
        halt: Stop | None,
    ) -> None:
        self.plan = plan
        self.folder = folder
        self.rule = rule
        self.chunk_runs = min(chunk_runs, GROUP_RUNS)
        self.watch = watch
        self.setup = setup
        self.asked = Stop(halt)  # somebody wants an end
        self.stop = Stop(self.asked)  # asks the threads to begin nothing more
        self.held = {int(run_id) for run_id in folder.run_ids()}
        self.buffer: dict[int, RunBlock] = {}  # finished runs that are not written yet, by group
        self.tally = Tally(setup.static.names.levels, rule.title)
        for chunk in folder.held:
            columns = ["run_id", "status", "winner", "level"]
            groups = read_groups(chunk.folder / "runs.parquet", "runs", columns)
            rows = [row for group in groups for row in group.to_pylist()]
            self.tally.add(rows, rule.yes_in(chunk.folder, rows))

    def tasks(self) -> Iterator[Sequence[int]]:
        """Yield the runs still to be done, few at a time, never of two groups."""
        for first in range(0, self.plan.runs, TASK_RUNS):
            missing = [run for run in range(first, min(first + TASK_RUNS, self.plan.runs)) if run not in self.held]
            if missing:
                yield missing

    def run(self, blocks: Iterator[RunBlock], how: dict[str, Any]) -> None:
        """Take in results until all are there, enough is known, or somebody interrupts; then finish the folder."""
        begun = time.perf_counter()
        if self.watch is not None:
            self.watch.begin(self.plan.runs, self.tally)
        settled = self._settled()
        with interruptible(self.asked):
            if settled is None:
                settled = self._take_in(blocks)
            blocks.close()  # type: ignore[attr-defined]
            for group in sorted(self.buffer):
                if settled is None or group * GROUP_RUNS < settled:
                    self._write(group)
            self.folder.finish(self._facts(time.perf_counter() - begun, settled, how), settled)
        if self.interrupted:
            raise KeyboardInterrupt

    @property
    def interrupted(self) -> bool:
        """Return whether an end was asked for before all was done."""
        return self.asked.is_set() and self.tally.runs < self.plan.runs

    def _take_in(self, blocks: Iterator[RunBlock]) -> int | None:
        """Take in results; return the number of runs that satisfy the stopping rule, if there is one."""
        for block in blocks:
            if not block.runs:
                continue
            group = int(block.runs[0].row["run_id"]) // GROUP_RUNS
            if group in self.buffer:
                self.buffer[group].add(block)
            else:
                self.buffer[group] = block
            self.tally.add((run.row for run in block.runs), self.rule.yes(block.runs))
            asked = min(GROUP_RUNS, self.plan.runs - group * GROUP_RUNS)
            if len(self.buffer[group].runs) >= self.chunk_runs or self.tally.groups[group]["runs"] == asked:
                self._write(group)
            if self.watch is not None:
                self.watch.advance(self.tally)
            settled = self._settled()
            if settled is not None:
                return settled
        return None

    def _settled(self) -> int | None:
        return None if self.rule.width is None else self.tally.settled(self.rule.width)

    def _write(self, group: int) -> None:
        self.folder.add(self.buffer.pop(group), self.setup.ids)

    def _answer(self, settled: int | None) -> dict[str, Any]:
        """Return what the manifest says of the chance in question, if the batch was to stop early."""
        if self.rule.width is None:
            return {"until_ci": None}
        found = self.tally.answer(settled).as_dict()
        return {
            "until_ci": self.rule.width,
            "until_ci_of": self.rule.name,
            "settled": settled,
            "answer": found,
        }

    def _facts(self, seconds: float, settled: int | None, how: dict[str, Any]) -> dict[str, Any]:
        """Return what the manifest says of the work that was done."""
        groups = [one for group, one in self.tally.groups.items() if settled is None or group * GROUP_RUNS < settled]
        runs = sum(group["runs"] for group in groups)
        whole = seconds + float(self.folder.manifest["wall_seconds"])
        return {
            "status": INTERRUPTED if self.interrupted else COMPLETE,
            "runs": runs,
            "failed": runs - sum(group["fought"] for group in groups),
            "wall_seconds": round(whole, 3),
            "campaigns_per_second": round((self.tally.runs - len(self.held)) / seconds, 3) if seconds > 0 else 0.0,
            **self._answer(settled),
            "levels": list(self.tally.levels),
            "first_day": self.plan.scenario.header.start_date.isoformat(),
            "last_turn": self.setup.n_turn,
            "key_places": places_of(self.plan.scenario),
            "pyarrow": pa.__version__,
            **how,
        }
