"""How a batch goes, on a terminal: rate, time left, and what is known so far."""

import time
from types import TracebackType

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from sim.batch.running.tally import Tally

REFRESH_A_SECOND = 4
LINE_SECONDS = 30  # where the console is no terminal, a line so often


class ProgressWatch:
    """Shows the progress of a batch; a console that is no terminal gets a line every half minute."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.progress = Progress(
            TextColumn("Campaigns"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(compact=True),
            console=console,
        )
        self.live = Live(console=console, refresh_per_second=REFRESH_A_SECOND, transient=True)
        self.begun = self.said = time.monotonic()
        self.before = 0
        self.total = 0

    def __enter__(self) -> "ProgressWatch":
        """Begin to show."""
        if self.console.is_terminal:
            self.live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the progress off the screen."""
        self.live.stop()

    def begin(self, total: int, tally: Tally) -> None:
        """Hear how many runs there are to be, and what is known of those that were done before."""
        self.begun = self.said = time.monotonic()
        self.before, self.total = tally.runs, total
        self.progress.add_task("", total=total, completed=tally.runs, rate="")
        self.live.update(self.progress)

    def advance(self, tally: Tally) -> None:
        """Hear what the runs so far came to."""
        now = time.monotonic()
        rate = f"{rate_a_minute(tally.runs - self.before, now - self.begun):,.0f} a minute"
        if self.console.is_terminal:
            self.progress.update(self.progress.task_ids[0], completed=tally.runs, rate=rate)
            self.live.update(Group(self.progress, estimate_table(tally)))
        elif now - self.said >= LINE_SECONDS:
            self.said = now
            self.console.print(f"{tally.runs:,} of {self.total:,} campaigns, {rate}; {victory_words(tally)}")


def rate_a_minute(runs: int, seconds: float) -> float:
    """Return campaigns a minute.

    Example
    -------
    >>> rate_a_minute(10, 4.0)
    150.0
    """
    return 60 * runs / seconds if seconds > 0 else 0.0


def victory_words(tally: Tally) -> str:
    """Return the chance of victory in words."""
    low, high = tally.victory.interval
    return f"Soviet victory {tally.victory.share:.1%} ({low:.1%} to {high:.1%})"


def estimate_table(tally: Tally) -> Table:
    """Return the headline outcomes so far with their intervals; levels that nobody has reached are left out."""
    table = Table.grid(padding=(0, 2))
    for estimate in tally.estimates():
        if estimate.happened or estimate.name in (tally.victory.name, tally.asked):
            low, high = estimate.interval
            table.add_row(f"  {estimate.name}", f"{estimate.share:.1%}", f"{low:.1%} to {high:.1%}")
    if tally.failed:
        table.add_row("  failed", f"{tally.failed:,}", "see reason in runs.parquet")
    return table
