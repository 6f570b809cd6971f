"""``study``: a scenario fought at many points of a design, and what its inputs are worth."""

import shlex
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from sim.batch.report import write_report
from sim.batch.reporting.studies.outcome import index_words
from sim.batch.reporting.studies.sections import measured_of
from sim.batch.reporting.studies.words import Measured
from sim.batch.running.cluster import check_scheduler
from sim.batch.running.progress import LINE_SECONDS, rate_a_minute
from sim.batch.statistics.effects import FIRST, REGRESSION, TOTAL
from sim.batch.studies.result import StudyResult
from sim.batch.studies.study import open_study, run_study
from sim.commands.streams import say_json
from sim.commands.warmup import compile_kernels
from sim.game.warmup.compile_all import is_warm

TOLD = 4  # outcomes on the terminal; the files have all
COLUMNS = 2  # of indices, as many as fit 80 columns


@dataclass(frozen=True)
class StudyOptions:
    """What was asked for on the command line."""

    study: str
    out: Path
    runs: int | None
    jobs: int | None
    scheduler: str | None
    resume: bool
    quiet: bool
    json: bool


class Progressing:
    """Shows how a study goes; a console that is no terminal gets a line every half minute."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.bar = Progress(
            TextColumn("Campaigns"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TextColumn("{task.fields[words]}"),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.points = self.runs = self.before = 0
        self.begun = self.said = time.monotonic()

    def __enter__(self) -> "Progressing":
        """Begin to show."""
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the progress off the screen."""
        self.bar.stop()

    def begin_study(self, points: int, runs: int, done: int) -> None:
        """Hear how many points and campaigns there are to be, and how many were fought before."""
        self.points, self.runs, self.before = points, runs, done
        self.begun = self.said = time.monotonic()
        self.task = self.bar.add_task("", total=runs, completed=done, words="")

    def advance(self, points: int, runs: int) -> None:
        """Hear how many points and campaigns are done."""
        now = time.monotonic()
        rate = f"{rate_a_minute(runs - self.before, now - self.begun):,.0f} a minute"
        words = f"{points} of {self.points} points, {rate}"
        self.bar.update(self.task, completed=runs, words=words)
        if not self.console.is_terminal and now - self.said >= LINE_SECONDS:
            self.said = now
            self.console.print(f"{runs:,} of {self.runs:,} campaigns, {words}")


def run(options: StudyOptions) -> bool:
    """Fight a study and say what came of it; return False if somebody interrupted."""
    errors = Console(stderr=True, highlight=False)
    check_scheduler(options.scheduler)
    file = open_study(options.study)
    if not is_warm():
        compile_kernels(errors)
    with nullcontext() if options.quiet or options.json else Progressing(errors) as watch:
        try:
            result = run_study(
                file,
                out=options.out,
                runs=options.runs,
                jobs=options.jobs,
                scheduler=options.scheduler,
                resume=options.resume,
                watch=watch,
            )
        except KeyboardInterrupt:
            result = None
    if result is None:
        errors.print("Interrupted; what is done stands in the folder. Go on with:")
        errors.print(f"  {shlex.join(command_to_resume(options))}", soft_wrap=True)
        return False
    page = write_report(options.out)
    if options.json:
        say_json(summary(result))
    elif not options.quiet:
        tell(result, page, Console(highlight=False))
    return True


def command_to_resume(options: StudyOptions) -> list[str]:
    """Return the command that goes on with a study."""
    words = ["august-storm", "study", options.study, "--out", str(options.out)]
    for name, wish in (("--runs", options.runs), ("--jobs", options.jobs), ("--scheduler", options.scheduler)):
        if wish is not None:
            words += [name, str(wish)]
    return [*words, "--resume"]


def summary(result: StudyResult) -> dict[str, object]:
    """Return the manifest of a study and its effects on the outcomes that it asks for, as plain data."""
    wanted = set(result.outcome_names)
    rows = [row for row in result.effects.to_pylist() if row["outcome"] in wanted]
    return {**result.manifest, "effects": [{name: _finite(value) for name, value in row.items()} for row in rows]}


def _finite(value: object) -> object:
    """Return a value as JSON knows it: no infinities."""
    return None if isinstance(value, float) and not abs(value) < float("inf") else value


def tell(result: StudyResult, page: Path, console: Console) -> None:
    """Print what the inputs do to the first outcomes of the study."""
    facts = result.manifest
    console.print(f"{result.title}: {len(facts['points'])} points of {facts['runs']} campaigns, seed {facts['seed']}")
    for measured in measured_of(result)[:TOLD]:
        console.print(f"\n{measured.heading}: {measured.value(result.base(measured.name))}")
        console.print((_difference_table if _is_compared(result) else _index_table)(result, measured))
    console.print(f"\nResults in {result.folder}, report in {page}", soft_wrap=True)


def _is_compared(result: StudyResult) -> bool:
    return result.kind in ("variants", "grid")


def _difference_table(result: StudyResult, measured: Measured) -> Table:
    table = Table.grid(padding=(0, 2))
    titles = {row["id"]: row["title"] for row in (*result.manifest["variants"], *result.manifest["inputs"])}
    for row in result.differences(measured.name):
        name = titles[row["input"]] + (f" at {row['level']}" if row["level"] else "")
        table.add_row(f"  {name}", measured.change(row["estimate"]), measured.between(row["low"], row["high"]))
    return table


def _index_table(result: StudyResult, measured: Measured) -> Table:
    """Return Sobol' indices by input, or standardised coefficients where the design gives none."""
    table = Table.grid(padding=(0, 2))
    found = result.indices(measured.name)
    named = [(words, kind) for words, kind in WORDS if kind in found][:COLUMNS]
    if not named:
        table.add_row("  the same at every point")
        return table
    table.add_row("", *(words for words, _ in named))
    for at, spec in enumerate(result.manifest["inputs"]):
        table.add_row(f"  {spec['id']}", *(index_words(found[kind][at]) for _, kind in named))
    return table


WORDS = (("first order", FIRST), ("total", TOTAL), ("regression", REGRESSION))
