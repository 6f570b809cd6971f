"""Write the tables of columns in docs/batch.md anew, from the columns that a batch has."""

import re
from pathlib import Path

from sim.batch.storage.columns import TABLES

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "batch.md"
BLOCK = re.compile(r"<!-- columns:(?P<table>\w+) -->\n.*?<!-- end of columns -->\n", re.S)


def table(name: str) -> str:
    """Return the columns of a table of a batch as Markdown; those that mean the same share a row."""
    by_meaning: dict[str, list[str]] = {}
    for column in TABLES[name]:
        by_meaning.setdefault(column.meaning, []).append(f"`{column.name}`")
    rows = [f"| {', '.join(names)} | {meaning} |" for meaning, names in by_meaning.items()]
    return "\n".join(["| column | meaning |", "|---|---|", *rows]) + "\n"


def with_tables(text: str) -> str:
    """Return the document with the present tables between its marks."""
    return BLOCK.sub(
        lambda found: f"<!-- columns:{found['table']} -->\n\n{table(found['table'])}\n<!-- end of columns -->\n", text
    )


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
