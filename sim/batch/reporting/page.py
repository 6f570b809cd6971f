"""One self-contained HTML page from sections: styles, scripts and data inside, nothing from the network."""

import json
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from importlib import resources
from typing import Any

from sim.batch.reporting.html_parts import ReportSection

SCRIPTS = ("draw.js", "tables.js", "map.js", "page.js")


def render(kind: str, title: str, subtitle: str, sections: Sequence[ReportSection]) -> str:
    """Return the page; ``kind`` says what it is a report on. Plotly's script is in it once."""
    data: dict[str, Any] = {"figures": {}, "tables": {}}
    for section in sections:
        data["figures"] |= section.figures
        data["tables"] |= {name: table.as_data() for name, table in section.tables.items()}
        data |= section.data
    parts = {
        "kind": escape(kind),
        "title": escape(title),
        "subtitle": escape(subtitle),
        "style": _own("page.css"),
        "contents": "".join(f'<li><a href="#{one.id}">{escape(one.title)}</a></li>' for one in sections),
        "sections": "".join(_section(one) for one in sections),
        "data": _json(data),
        "plotly": _plotly(),
        "script": "\n".join(_own(name) for name in SCRIPTS),
    }
    page = _own("page.html")
    pieces = page.split("{{")
    return pieces[0] + "".join(parts[name] + rest for name, rest in (piece.split("}}", 1) for piece in pieces[1:]))


def _section(section: ReportSection) -> str:
    heading = f'<h2 id="{section.id}-title">{escape(section.title)}</h2>'
    return f'<section id="{section.id}" aria-labelledby="{section.id}-title">{heading}{section.html}</section>'


def _json(data: Any) -> str:
    """Return data as JSON that may stand in a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@lru_cache
def _own(name: str) -> str:
    return (resources.files("sim.batch") / "page" / name).read_text(encoding="utf-8")


@lru_cache
def _plotly() -> str:
    return (resources.files("plotly") / "package_data" / "plotly.min.js").read_text(encoding="utf-8")
