"""``report``: the HTML page on a batch or a study, and a browser to read it in."""

import webbrowser
from pathlib import Path

from sim.batch.report import write_report
from sim.commands.streams import say


def make_report(folder: Path, show: bool) -> None:
    """Write the report on a batch or a study, say where it stands, and open it if that was asked for."""
    page = write_report(folder)
    say(f"Report in {page}")
    if show and not webbrowser.open(page.resolve().as_uri()):
        say("error: no browser was found; open the page by hand", err=True)
