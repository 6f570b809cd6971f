"""Fighting the points of a study, a few at a time: one is prepared while another is fought."""

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sim import scenario
from sim.batch.running.interrupts import Stop, interruptible
from sim.batch.running.runner import TASK_RUNS, run_batch
from sim.batch.running.tally import Tally
from sim.batch.running.threads import AHEAD, POLL_SECONDS
from sim.batch.storage.batch_plan import engine_digest
from sim.batch.storage.files import write_folder, writing
from sim.batch.storage.folder import COMPLETE, read_manifest
from sim.batch.studies.points import Point, scenario_of
from sim.batch.studies.result import MOD, POINTS
from sim.output import write_text
from sim.scenario import Scenario
from sim.scenario.studies.mod_writer import mod_texts
from sim.scenario.studies.study_file import StudyFile

# Points under way at a time; each holds a world of its own.
HERE, ON_CLUSTER = 2, 4


class StudyWatch(Protocol):
    """Somebody who is told how a study goes."""

    def begin_study(self, points: int, runs: int, done: int) -> None:
        """Hear how many points and campaigns there are to be, and how many campaigns were fought before."""

    def advance(self, points: int, runs: int) -> None:
        """Hear how many points and campaigns are done."""


@dataclass(frozen=True)
class Means:
    """What campaigns are fought with.

    Attributes
    ----------
    jobs : int
        Threads on this machine.
    scheduler : str or None
        Address of a cluster instead of them; ``local:N`` starts one.
    """

    jobs: int
    scheduler: str | None = None

    @contextmanager
    def opened(self, runs: int) -> "Iterator[tuple[int, Means]]":
        """Give how many points of ``runs`` campaigns are fought at a time, and what each of them may use."""
        if self.scheduler is None:
            at_once = min(HERE, self.jobs)
            yield at_once, Means(min(math.ceil(self.jobs / at_once), runs))
            return
        from sim.batch.running.cluster import opened, threads_at

        with opened(self.scheduler) as address:
            tasks = AHEAD * threads_at(address)
            yield min(ON_CLUSTER, math.ceil(tasks / math.ceil(runs / TASK_RUNS))), Means(self.jobs, address)


def fight(
    file: StudyFile, points: Sequence[Point], folder: Path, runs: int, means: Means, watch: StudyWatch | None
) -> None:
    """Fight the points of a study that are not done yet.

    Raises
    ------
    KeyboardInterrupt
        It was interrupted; what is done stands in the folder.
    """
    done = [is_done(folder / POINTS / point.id, runs) for point in points]
    fought = {point.id: runs if is_fought else 0 for point, is_fought in zip(points, done, strict=True)}
    halt = Stop()
    if watch is not None:
        watch.begin_study(len(points), len(points) * runs, sum(fought.values()))
    with interruptible(halt), means.opened(runs) as (at_once, share), ThreadPoolExecutor(at_once, "point") as pool:
        work = _Work(file, folder, runs, share, fought, halt)
        pending = {pool.submit(work.fight, row, point) for row, point in enumerate(points) if not done[row]}
        try:
            _wait_for(pending, len(points), fought, halt, watch)
        finally:
            halted = halt.is_set()
            halt.set()
            pool.shutdown(cancel_futures=True)
    if halted:
        raise KeyboardInterrupt


def _wait_for(
    pending: set[Future[None]], n_point: int, fought: dict[str, int], halt: Stop, watch: StudyWatch | None
) -> None:
    """Wait for the points, and tell how they go; the first error ends it."""
    while pending and not halt.is_set():
        finished, pending = wait(pending, POLL_SECONDS, FIRST_COMPLETED)
        for future in finished:
            if not halt.is_set():
                future.result()
        if watch is not None:
            watch.advance(n_point - len(pending), sum(fought.values()))


def is_done(folder: Path, runs: int) -> bool:
    """Return whether a point has all its runs, of this engine: what else it depends on the manifest has settled."""
    if not (folder / "manifest.json").is_file() or not (folder / "runs.parquet").is_file():
        return False
    found = read_manifest(folder)
    return bool(found["status"] == COMPLETE and found["runs"] == runs and found["engine_digest"] == engine_digest())


@dataclass(frozen=True, eq=False)
class _Work:
    """What the points of a study have in common."""

    file: StudyFile
    folder: Path
    runs: int
    means: Means
    fought: dict[str, int]  # campaigns done by point
    halt: Stop

    def fight(self, row: int, point: Point) -> None:
        """Fight one point."""
        if self.halt.is_set():
            raise KeyboardInterrupt
        made, folder = scenario_of(self.file, row, point), self.folder / POINTS / point.id
        self._write_mod(row, point, made, folder)
        run_batch(
            made,
            runs=self.runs,
            seed=self.file.study.seed,
            out=folder,
            plans=point.plans,
            jobs=self.means.jobs,
            scheduler=self.means.scheduler,
            resume=True,
            watch=_PointWatch(self.fought, point.id),
            halt=self.halt,
        )

    def _write_mod(self, row: int, point: Point, made: Scenario, folder: Path) -> None:
        """Leave the mod with which ``run``, ``play`` and ``batch`` fight what this point fought."""
        if (folder / MOD).is_dir():
            return
        texts = mod_texts(f"{self.file.study.id}_{point.id}", point.title, self._base(row), made)

        def write(part: Path) -> None:
            for name, text in texts.items():
                (part / name).parent.mkdir(parents=True, exist_ok=True)
                write_text(part / name, text)

        if texts:
            with writing(folder):
                write_folder(folder / MOD, write)

    def _base(self, row: int) -> Scenario:
        """Return the scenario that a point changes, with the mods that its batch names."""
        study = self.file.study
        mods = study.variants[row].mods if study.variants else ()
        return scenario.load(study.scenario, (*study.mods, *mods)) if mods else self.file.scenario


class _PointWatch:
    """Counts the campaigns of one point."""

    def __init__(self, fought: dict[str, int], point: str) -> None:
        self.fought = fought
        self.point = point

    def begin(self, total: int, tally: Tally) -> None:
        """Hear of the runs that were done before."""
        self.fought[self.point] = tally.runs

    def advance(self, tally: Tally) -> None:
        """Hear what the runs so far came to."""
        self.fought[self.point] = tally.runs
