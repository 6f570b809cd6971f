"""Historical notes: what happened, to whom, and how well it is known."""

from sim import paths
from sim.ui.screens.reader import ReaderScreen
from sim.ui.widgets.blocks import Paragraph, Section, plain, read_markdown, sections


def notes_screen() -> ReaderScreen:
    """Return the notes that come with this copy."""
    file = paths.docs_root() / "notes.md"
    found = sections(read_markdown(file.read_text(encoding="utf-8"))) if file.is_file() else []
    return ReaderScreen("Historical notes", found or [Section("Notes", (Paragraph(plain(f"{file} is missing.")),))])
