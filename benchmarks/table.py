"""A benchmark's result as a row of a table."""

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, its value in ``unit_of_measure``, and what it is compared with."""

    what: str
    value: float
    unit_of_measure: str
    note: str = ""


def show(title: str, rows: list[Row]) -> None:
    """Print a table that fits 80 columns on a terminal and in a log."""
    table = Table(title=title, title_justify="left")
    table.add_column("what")
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("note")
    for row in rows:
        figure = f"{row.value:,.0f}" if row.value >= 100 else f"{row.value:.3g}"
        table.add_row(row.what, f"{figure} {row.unit_of_measure}", row.note)
    Console().print(table)
