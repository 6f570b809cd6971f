"""Write the tables of keys and mouse in docs/window.md anew, from the commands that the window has."""

from pathlib import Path

from sim.ui.screens.help import MOUSE
from sim.ui.window.commands import COMMANDS, keys_in_words

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "window.md"
BEGIN, END = "<!-- keys -->\n", "<!-- end of keys -->\n"


def tables() -> str:
    """Return the mouse, then the commands by group, as Markdown."""
    lines = ["| mouse | what it does |", "|---|---|", *(f"| {how} | {what} |" for how, what in MOUSE)]
    for group in dict.fromkeys(command.group for command in COMMANDS):
        lines += ["", f"| {group.lower()} | keys | what it does |", "|---|---|---|"]
        for command in COMMANDS:
            if command.group == group:
                keys = ", ".join(f"`{key}`" for key in keys_in_words(command.name, {}).split(", "))
                lines.append(f"| {command.words} | {keys} | {command.hint} |")
    return "\n".join(lines) + "\n"


def with_tables(text: str) -> str:
    """Return the document with the present tables between its marks."""
    head, _, rest = text.partition(BEGIN)
    return f"{head}{BEGIN}\n{tables()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
