"""Credits: what this game is made of, by whom, under which licence."""

import importlib.metadata
import re

from sim import __version__, paths
from sim.ui.screens.reader import ReaderScreen
from sim.ui.screens.scenario_shelf import SHELF
from sim.ui.widgets.blocks import Block, Heading, Paragraph, Section, TableBlock, plain, read_markdown, sections, spans

LIBRARIES = (
    "numpy", "numba", "llvmlite", "pygame-ce", "pygame_gui", "pydantic", "PyYAML", "typer", "rich", "platformdirs",
    "pyarrow", "plotly", "pillow",
)  # fmt: skip


def credits_screen() -> ReaderScreen:
    """Return the credits: the game, its sources, its ground, its fonts, its libraries."""
    found = [_game(), *_scenarios(), _assets(), _libraries(), *_document("history.md"), *_document("map.md")]
    return ReaderScreen("Credits", found)


def _game() -> Section:
    file = paths.licence_file()
    text = file.read_text(encoding="utf-8") if file.is_file() else "MIT licence"
    blocks: list[Block] = [Heading(plain(f"August Storm {__version__}"), 1)]
    blocks += [Paragraph(plain(" ".join(part.split()))) for part in text.split("\n\n") if part.strip()]
    return Section("August Storm", tuple(blocks))


def _scenarios() -> list[Section]:
    blocks: list[Block] = [Heading(plain("Scenarios"), 1)]
    for entry in SHELF.scenarios:
        if entry.credits:
            blocks.append(Heading(plain(entry.title), 3))
            blocks += [Paragraph(spans(words), "•") for words in entry.credits]
    return [Section("Scenarios", tuple(blocks))] if len(blocks) > 1 else []


def _assets() -> Section:
    """Return the table of assets/README.md, which has the fonts, the relief and the sounds with their licences."""
    file = paths.assets_root() / "README.md"
    blocks = read_markdown(file.read_text(encoding="utf-8")) if file.is_file() else []
    return Section("Fonts, pictures, sounds", tuple(blocks))


def _libraries() -> Section:
    rows = [(plain("library"), plain("version"), plain("licence"))]
    for name in LIBRARIES:
        try:
            data = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        rows.append((plain(name), plain(data["Version"]), plain(_licence(data))))
    return Section("Libraries", (Heading(plain("Libraries"), 1), TableBlock(tuple(rows))))


def _licence(data: "importlib.metadata.PackageMetadata") -> str:
    """Return the short name of a licence: its expression, its classifier, or the first words of its text."""
    if "License-Expression" in data:
        return str(data["License-Expression"])
    named = [
        line.rsplit("::", 1)[-1].strip() for line in data.get_all("Classifier") or () if line.startswith("License ::")
    ]
    if named:
        return ", ".join(named)
    told = data["License"] if "License" in data else ""  # noqa: SIM401  (a message without ``get`` in its type)
    words = re.split(r"[\n.(]", told.strip(), maxsplit=1)[0].strip()
    return words[:60] or "see its own files"


def _document(name: str) -> list[Section]:
    file = paths.docs_root() / name
    return sections(read_markdown(file.read_text(encoding="utf-8")), deepest=1) if file.is_file() else []
