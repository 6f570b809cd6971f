"""What a page is made of: sections with words, figures and tables; and the small pieces of HTML that they share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from sim.batch.reporting.figures import Figure


@dataclass(frozen=True)
class HtmlColumn:
    """A column of a table.

    Attributes
    ----------
    kind : str
        ``text``, ``number``, ``share`` (0 to 1), ``date``, ``days`` (a strip of counts by day), ``note``, ``value``
        (a number or a word), or ``command`` (what follows the words that ``commands`` of the table has for the key).
    """

    key: str
    label: str
    kind: str = "text"
    hint: str = ""


@dataclass(frozen=True)
class HtmlTable:
    """A table that the page sorts, searches, turns over in pages and hands out as CSV; ``rows`` by column.

    Attributes
    ----------
    extra : dict
        What kinds of columns need to know, such as the days of a strip.
    """

    name: str
    columns: Sequence[HtmlColumn]
    rows: Sequence[Sequence[Any]]
    page_rows: int = 25
    sort: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Return the table as the script of the page takes it."""
        columns = [{"key": one.key, "label": one.label, "kind": one.kind, "hint": one.hint} for one in self.columns]
        return {
            "name": self.name,
            "columns": columns,
            "rows": self.rows,
            "page": self.page_rows,
            "sort": self.sort,
            **self.extra,
        }


@dataclass(frozen=True)
class ReportSection:
    """A part of the page; ``html`` says with ``chart`` and ``table`` where its figures and tables stand."""

    id: str
    title: str
    html: str
    figures: dict[str, Figure] = field(default_factory=dict)
    tables: dict[str, HtmlTable] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)


def chart(name: str, words: str, small: bool = False) -> str:
    """Return the place of a figure; ``words`` say to those who do not see it what it shows."""
    kind = "chart small" if small else "chart"
    return f'<div class="{kind}" data-figure="{escape(name)}" role="img" aria-label="{escape(words)}"></div>'


def table(name: str, caption: str) -> str:
    """Return the place of a table."""
    return f'<div class="table" data-table="{escape(name)}" data-caption="{escape(caption)}"></div>'


def paragraph(words: str, kind: str = "") -> str:
    """Return a paragraph of plain words."""
    mark = f' class="{kind}"' if kind else ""
    return f"<p{mark}>{escape(words)}</p>"


def facts(rows: Sequence[tuple[str, str]]) -> str:
    """Return a list of names and what they are."""
    inner = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows)
    return f'<dl class="facts">{inner}</dl>'


def tile(name: str, figure: str, words: str) -> str:
    """Return a small figure with its name above it, for ``tiles``."""
    return f"<figure><figcaption>{escape(name)}</figcaption>{chart(figure, words, small=True)}</figure>"


def tiles(inner: Sequence[str], kind: str = "") -> str:
    """Return small figures side by side."""
    return f'<div class="{f"tiles {kind}".strip()}">{"".join(inner)}</div>'


def plain_table(heads: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "figures") -> str:
    """Return a short table that needs no search; its first column names the rows.

    Parameters
    ----------
    kind : str
        What stands in the other columns: ``figures`` (and words in the last one: ``figures told``), ``words``, or
        ``commands`` in the last one.
    """
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    inner = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="scroll"><table class="plain {kind}">{inner}</table></div>'
