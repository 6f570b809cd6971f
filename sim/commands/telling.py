"""The story of a campaign on the terminal, day by day as the days are played; no wider than 80 columns in a pipe."""

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from sim.game.campaign import Campaign
from sim.game.telling.story import Storyteller, remember
from sim.game.wording.report_lines import ALARM, HEADING, LABEL, QUIET, WIDTH, Line

STYLES = {HEADING: "bold cyan", LABEL: "bold", QUIET: "dim", ALARM: "bold red"}


def story_console() -> Console:
    """Return the console that stories are told on."""
    return Console(highlight=False, markup=False, width=max(WIDTH, 80) if not sys.stdout.isatty() else None)


def title_lines(campaign: Campaign) -> list[Line]:
    """Return the title of a campaign and what it can be played again by."""
    return [
        Line(campaign.scenario.header.title, LABEL),
        Line(f"seed {campaign.seed}, key {campaign.key:016x}", QUIET),
    ]


def tell_days(console: Console, campaign: Campaign, days: Iterable[object], n_days: int, *, quiet: bool) -> None:
    """Tell each day as it is over, unless quietly; show how far it is where the console is a terminal.

    Parameters
    ----------
    console : Console
    campaign : Campaign
        Stands before the first of the days.
    days : iterable
        Plays a day of the campaign each time that it is asked for the next one.
    n_days : int
        As many as there may be.
    quiet : bool
    """
    teller = Storyteller(campaign.scenario, campaign.views)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task("Days fought", total=n_days)
        evening = remember(campaign.views, campaign.world)
        for _ in days:
            progress.advance(task)
            if not quiet:
                show(progress.console, teller.day(campaign.turns_played, evening, campaign.world))
                evening = remember(campaign.views, campaign.world)


def show(console: Console, lines: Iterable[Line]) -> None:
    """Print report lines; a console that is no terminal gets them plain."""
    for line in lines:
        text = Text(line.text, STYLES.get(line.style, ""))
        if line.n_label:
            text.stylize("bold", 0, line.n_label)
        console.print(text, soft_wrap=True)
