"""Lines of a report for a terminal of 80 columns: text and how it is stressed."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 80
PLAIN, HEADING, LABEL, QUIET, ALARM = "", "heading", "label", "quiet", "alarm"


@dataclass(frozen=True)
class Line:
    """One line of a report or a panel.

    Attributes
    ----------
    text, style : str
    n_label : int
        The first so many characters are its label.
    hex : int
        The place that it speaks of, -1 none.
    action : str
        What a click on it does in a panel, empty nothing.
    share : float
        Drawn as a bar under it in a panel, 0 to 1; less than 0 draws none.
    """

    text: str
    style: str = PLAIN
    n_label: int = 0
    hex: int = -1
    action: str = ""
    share: float = -1.0


def heading(text: str) -> Line:
    """Return a heading that fills the line.

    Example
    -------
    >>> heading("Day 1").text[:14]
    '── Day 1 ─────'
    """
    return Line(f"── {text} ".ljust(WIDTH, "─"), HEADING)


def paragraph(text: str, label: str = "", style: str = PLAIN, indent: int = 3) -> list[Line]:
    """Return a wrapped paragraph; a label stands before its first line, further lines are indented."""
    whole = f"{label}: {text}" if label else text
    wrapped = textwrap.wrap(
        whole, WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )
    return [Line(line, style, len(label) + 1 if label and row == 0 else 0) for row, line in enumerate(wrapped)]


def columns(cells: list[str], widths: list[int], style: str = PLAIN) -> Line:
    """Return a row of a table: the first cell to the left, the others to the right; negative widths to the left too."""
    text = "".join(
        cell.ljust(abs(width)) if width < 0 or row == 0 else cell.rjust(width)
        for row, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return Line(text.rstrip(), style)


def fitted(paragraphs: dict[str, list[Line]], most: int, spare: Sequence[str]) -> list[Line]:
    """Return the lines of labelled paragraphs; while they are more than ``most``, ``spare`` ones go in their order."""
    kept = dict(paragraphs)
    for label in spare:
        if sum(map(len, kept.values())) > most:
            kept.pop(label, None)
    return [line for lines in kept.values() for line in lines]
