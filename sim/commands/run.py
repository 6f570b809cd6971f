"""``run``: one campaign, its story, its result and its map."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from sim import scenario
from sim.commands.streams import say_json
from sim.commands.telling import show, story_console, tell_days, title_lines
from sim.commands.warmup import compile_kernels
from sim.errors import SimError
from sim.game.campaign import Campaign
from sim.game.records.daily_figures import Diary
from sim.game.telling.strength_table import strength_table
from sim.game.telling.verdict import outcome_name, verdict
from sim.game.warmup.compile_all import is_warm
from sim.game.wording.report_lines import QUIET, Line
from sim.output import write_text

if TYPE_CHECKING:
    from sim.game.picture.film import Film

STANDARD_OUTPUT = "-"


@dataclass(frozen=True)
class RunOptions:
    """What was asked for on the command line."""

    scenario: str
    mods: tuple[str, ...]
    plans: tuple[str, ...]
    seed: int
    key: int | None
    until: date | None
    json: str | None
    map: Path | None
    animate: Path | None
    save: Path | None
    quiet: bool


def run_campaign(options: RunOptions) -> None:
    """Fight one campaign; tell it unless the JSON goes to standard output."""
    _check_outputs(options)
    campaign = start(options)
    film = _film(campaign) if options.animate is not None else None
    diary = Diary()
    days = _days(campaign, options, film, diary)
    if options.json == STANDARD_OUTPUT:
        for _ in days:
            pass
    else:
        _tell(campaign, options, days)
    if options.json is not None:
        _write_json(campaign, options.json)
    if options.map is not None:
        draw(campaign, options.map)
    if film is not None and options.animate is not None:
        film.save(options.animate)
    if options.save is not None:
        from sim.game.saves.campaign_save import save_campaign

        save_campaign(campaign, options.save, {"sides": [], "diary": diary.to_json()})


def _film(campaign: Campaign) -> "Film":
    from sim.game.picture.film import Film

    return Film(campaign)


def _days(campaign: Campaign, options: RunOptions, film: "Film | None", diary: Diary) -> Iterator[object]:
    """Play the days that were asked for, film their evenings, and keep their figures where they will be saved."""
    for events in campaign.days(options.until):
        if options.save is not None:
            diary.note(campaign.world, campaign.views, campaign.turns_played)
        if film is not None:
            film.add()
        yield events


def show_strengths(options: RunOptions) -> None:
    """Print the strengths of both sides on the first morning."""
    campaign = start(options)
    show(Console(highlight=False), strength_table(campaign.scenario))


def start(options: RunOptions) -> Campaign:
    """Return the campaign that was asked for, on its first morning."""
    loaded = scenario.load(options.scenario, options.mods)
    header = loaded.header
    if options.until is not None and not header.start_date <= options.until <= header.end_date:
        raise SimError(f"error: {options.until} is not a day of {header.id} ({header.start_date} to {header.end_date})")
    if not is_warm():
        compile_kernels(for_players=False)
    return Campaign.start(loaded, (), options.seed, options.key, options.plans)


def draw(campaign: Campaign, path: Path) -> None:
    """Write the situation map."""
    from sim.game.picture.situation_map import save_situation

    header = campaign.scenario.header
    day = campaign.last_day
    when = f"Evening of {day.day} {day:%B %Y}, day {campaign.turns_played}"
    if not campaign.turns_played:
        when = f"Before the attack, {header.start_date.day} {header.start_date:%B %Y}"
    save_situation(path, campaign.world, campaign.views, header.title.partition(":")[0], when)


def _tell(campaign: Campaign, options: RunOptions, days: Iterable[object]) -> None:
    console = story_console()
    header = campaign.scenario.header
    last = options.until or header.end_date
    if not options.quiet:
        show(console, title_lines(campaign))
    tell_days(console, campaign, days, (last - header.start_date).days + 1, quiet=options.quiet)
    show(console, verdict(campaign.scenario, campaign.world, campaign.names))
    if options.quiet:
        result = outcome_name(campaign.scenario, campaign.world) if campaign.is_over else "not over"
        console.print(f"{result}; digest {campaign.digest()[:16]}")
    else:
        show(console, [Line(f"digest {campaign.digest()[:16]}", QUIET)])


def _check_outputs(options: RunOptions) -> None:
    """Say before the campaign, not after it, that its result has nowhere to go."""
    json_file = None if options.json in (None, STANDARD_OUTPUT) else Path(str(options.json))
    for path in (options.map, options.animate, options.save, json_file):
        if path is not None:
            check_output(path)
    if options.map is not None:
        check_picture(options.map)
    if options.animate is not None and options.animate.suffix.lower() != ".webp":
        name = options.animate.with_suffix(".webp").name
        raise SimError(f"error: {options.animate}: the animation is written as WebP; name it {name}")


def check_output(path: Path) -> None:
    """Refuse a file that cannot be written."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise SimError(f"error: {path}: there is no folder {folder}")
    if path.is_dir():
        raise SimError(f"error: {path} is a folder; name a file in it")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise SimError(f"error: {path}: not allowed to write there")


def check_picture(path: Path) -> None:
    """Refuse a picture that could not be written, or that would not be what its name says."""
    check_output(path)
    if path.suffix.lower() != ".png":
        raise SimError(f"error: {path}: the map is drawn as PNG; name it {path.with_suffix('.png').name}")


def _write_json(campaign: Campaign, target: str) -> None:
    found = campaign.result()
    if target == STANDARD_OUTPUT:
        say_json(found)
    else:
        write_text(Path(target), json.dumps(found, indent=1, ensure_ascii=False) + "\n")
