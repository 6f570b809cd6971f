"""``compare``: two batches side by side, paired by key."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from sim.batch.compare import CLEAR, OPEN, SAME, Compared, Comparison, compare
from sim.batch.running.measures import SHARE
from sim.commands.streams import say_json

WIDTH = 80
MANY = 999_999


def show(first: Path, second: Path, *, as_json: bool) -> None:
    """Print how the second batch differs from the first."""
    found = compare(first, second)
    if as_json:
        say_json(found.as_dict())
        return
    console = Console(highlight=False, width=WIDTH)
    _head(found, console)
    told = [row for row in found.rows if row.verdict != SAME]
    if told:
        console.print(_table(told))
    _foot(found, console)


def _head(found: Comparison, console: Console) -> None:
    for name, one in (("A", found.first), ("B", found.second)):
        facts = one.manifest
        mods = "".join(f" + {mod['id']}" for mod in facts["mods"])
        plans = f", plans {', '.join(facts['plans'])}" if facts["plans"] else ""
        console.print(f"{name}  {one.folder}: {facts['scenario']}{mods}{plans}", soft_wrap=True)
    alone = f"; without a counterpart: {found.unpaired[0]} and {found.unpaired[1]}" if any(found.unpaired) else ""
    console.print(f"{found.pairs:,} pairs of the same key, seed {found.first.manifest['seed']}{alone}")
    for note in found.notes:
        console.print(f"Note: {note}.")


def _table(rows: list[Compared]) -> Table:
    table = Table.grid(padding=(0, 1))
    for column in range(7):
        table.add_column(justify="left" if column == 0 else "right", no_wrap=True, overflow="ellipsis")
    table.add_row("", "A", "B", "B - A", "95 in 100", "effect", "runs")
    for row in rows:
        scale = 100 if row.measure.unit == SHARE else 1
        table.add_row(
            f"{_title(row)}{' *' if row.verdict == CLEAR else ''}",
            *(_number(value * scale) for value in (row.before, row.after)),
            f"{row.change * scale:+,.{_places(row.change * scale)}f}",
            f"{_signed(row.low * scale)} to {_signed(row.high * scale)}",
            "" if row.measure.unit == SHARE else f"{row.effect:+.2f}",
            _runs(row),
        )
    return table


def _title(row: Compared) -> str:
    return f"{row.measure.title}, %" if row.measure.unit == SHARE else row.measure.title


def _runs(row: Compared) -> str:
    if row.verdict != OPEN or row.runs_needed is None:
        return "-"
    return f"{row.runs_needed:,}" if row.runs_needed <= MANY else "many"


def _places(value: float) -> int:
    return 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2


def _number(value: float) -> str:
    return f"{value:,.{0 if abs(value) >= 1000 else 1}f}"


def _signed(value: float) -> str:
    return f"{value:+,.{_places(value)}f}"


def _foot(found: Comparison, console: Console) -> None:
    same = [row.measure.title for row in found.rows if row.verdict == SAME]
    console.print()
    if same:
        console.print(f"The same in every pair: {', '.join(same)}.")
    if len(same) < len(found.rows):
        console.print(
            "* clear: the interval excludes 0. effect: Cohen's d of the pairs; for a proportion the "
            "difference itself. runs: pairs needed to make an open difference of this size clear."
        )
