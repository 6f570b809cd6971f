"""The end of a story: who won, the losses and the key captures beside the historical ones."""

from datetime import date

import numpy as np

from sim.game.records.history import CaptureComparison, LossComparison, compare_captures, compare_losses
from sim.game.records.outcome import day_of
from sim.game.wording.report_lines import LABEL, QUIET, Line, columns, heading, paragraph
from sim.game.wording.unit_names import sentence_case
from sim.game.wording.views import count, listing, plain
from sim.kernels import codes
from sim.kernels.state.layout import World
from sim.scenario import Scenario
from sim.scenario.building.names import Names

LOSS_WIDTHS = [17, 15, 10, 17, 7, 7, 7]
CAPTURE_WIDTHS = [24, -10, -10, -15, -21]
MOST_CAPTURES, MOST_MISSING, MOST_EXTREMES = 26, 8, 3
NATION_WORDS = {
    "soviet": "Soviet Union",
    "mongolia": "Mongolia",
    "japan": "Japan",
    "manchukuo": "Manchukuo",
    "mengjiang": "Mengjiang",
}


def verdict(scenario: Scenario, world: World, names: Names) -> list[Line]:
    """Return the closing pages of a campaign."""
    lines = [Line(""), heading("The outcome"), *result(scenario, world)]
    lines += [Line(""), *_losses(compare_losses(scenario, world), world)]
    lines += [Line(""), *_captures(compare_captures(scenario, world, names), names, last_day(scenario, world))]
    return lines


def last_day(scenario: Scenario, world: World) -> date:
    """Return the last day that was played."""
    turn = int(world.clock["turn"][0]) - (0 if int(world.clock["decided"][0]) else 1)
    return day_of(scenario.header.start_date, turn)


def outcome_name(scenario: Scenario, world: World) -> str:
    """Return the name of the result level."""
    return scenario.header.victory.levels[max(int(world.clock["level"][0]), 0)].name


def result(scenario: Scenario, world: World) -> list[Line]:
    """Return how the campaign ended, or stands, and why."""
    soviet, japan = (int(points) for points in world.sides["points"])
    name = outcome_name(scenario, world)
    points = f"{soviet:,} points to {japan:,}"
    if not int(world.clock["decided"][0]):
        until = last_day(scenario, world)
        text = f"The campaign is not over: {points} on the evening of {until.day} {until:%B}."
        return paragraph(text, style=LABEL, indent=0)
    lines = paragraph(f"{sentence_case(name)}: {points}.", style=LABEL, indent=0)
    return [*lines, *paragraph(_why(scenario, world), indent=0)]


def _why(scenario: Scenario, world: World) -> str:
    """Return where the points come from and how far the next better level was."""
    ours, theirs = ((int(side.objective_points), int(side.loss_points)) for side in world.sides)
    prizes = world.places[world.places["points"][:, codes.SOVIET] > 0]
    held = int((prizes["holder"] == codes.SOVIET).sum())
    text = (
        f"The Soviet side holds {held} of {len(prizes)} objectives ({ours[0]:,} points; more for those taken ahead of "
        f"the record, less for late ones) and has {ours[1]:,} points for Japanese losses. The Japanese side has "
        f"{theirs[0]:,} for objectives still held and {theirs[1]:,} for Soviet losses."
    )
    score, level = int(world.clock["score"][0]), max(int(world.clock["level"][0]), 0)
    if level > 0:
        better = scenario.header.victory.levels[level - 1]
        if better.at_least is not None:
            text += f" A lead of {better.at_least:,} rather than {score:,} would have been a {better.name}."
    return text


def _losses(rows: list[LossComparison], world: World) -> list[Line]:
    lines = [columns(["Losses", "killed", "wounded", "prisoners", "tanks", "guns", "planes"], LOSS_WIDTHS, LABEL)]
    for nation in NATION_WORDS:
        mine = [row for row in rows if row.nation == nation]
        lines.append(columns([NATION_WORDS[nation], *(f"{row.campaign:,}" for row in mine)], LOSS_WIDTHS))
        if any(row.record_low is not None for row in mine):
            lines.append(columns(["  in the record", *map(range_words, mine)], LOSS_WIDTHS, QUIET))
    puppets = np.isin(world.units["nation"], (codes.NATION_MANCHUKUO, codes.NATION_MENGJIANG))
    deserted = world.units["deserted"].astype(np.int64)
    lines += paragraph(
        f"{count(deserted[puppets].sum(), 'man', 'men')} of the Manchukuo and Mengjiang forces went home; "
        f"{int(deserted[~puppets].sum()):,} others are missing. The historical record covers the whole war, "
        "the fleet and the Kurils included, and its claims differ; prisoners were mostly taken after the "
        "cease-fire. Both columns count soldiers only.",
        style=QUIET,
        indent=0,
    )
    return lines


def range_words(row: LossComparison) -> str:
    """Return the figures of the record for one kind of loss; ``-`` where it has none."""
    if row.record_low is None or row.record_high is None:
        return "-"
    if row.record_low == row.record_high:
        return f"{row.record_low:,}"
    return f"{row.record_low:,}-{row.record_high:,}"


def _captures(every: list[CaptureComparison], names: Names, today: date) -> list[Line]:
    rows = [row for row in every if row.campaign is not None or row.record <= today]
    shown = sorted(rows[:MOST_CAPTURES], key=lambda row: (row.record, row.name))
    lines = [columns(["Key captures", "campaign", "record", "", "by"], CAPTURE_WIDTHS, LABEL)]
    armies = dict(zip(names.formations, names.formation_names, strict=True))
    for row in shown:
        by = _army(armies.get(row.by, row.by))
        lines.append(
            columns(
                [plain(row.name), _day(row.campaign), _day(row.record), _difference(row.days_early), by], CAPTURE_WIDTHS
            )
        )
    fell = [row.days_early for row in rows if row.days_early is not None]
    if fell:
        close = sum(abs(days) <= 1 for days in fell)
        middle = float(np.median(fell))
        pace = "on time" if middle == 0 else f"{abs(middle):g} days {'early' if middle > 0 else 'late'}"
        text = f"Of {len(every)} dated places {len(fell)} fell, {close} within a day of the record; median {pace}."
        missing = [plain(row.name) for row in rows if row.days_early is None]
        text += _extremes(rows)
        if missing:
            text += f" Not taken: {listing(missing, MOST_MISSING)}."
        lines += paragraph(text, indent=0)
    return lines


def _extremes(rows: list[CaptureComparison]) -> str:
    """Return where the campaign differs most from the record, among the places that matter."""
    weighty = [row for row in rows[:MOST_CAPTURES] if row.days_early is not None]
    late = sorted((row for row in weighty if (row.days_early or 0) < -1), key=lambda row: row.days_early or 0)
    early = sorted((row for row in weighty if (row.days_early or 0) > 1), key=lambda row: -(row.days_early or 0))
    text = ""
    for word, found in (("Latest", late), ("Earliest", early)):
        if found:
            names = (f"{plain(row.name)} ({count(abs(row.days_early or 0), 'day')})" for row in found[:MOST_EXTREMES])
            text += f" {word} against the record: {listing(names)}."
    return text


def _army(name: str) -> str:
    """Return the name of an army cut to its column."""
    for long, brief in (("Soviet-Mongolian ", ""), ("Cavalry-Mechanised", "Cav-Mech"), ("Independent", "Indep.")):
        name = name.replace(long, brief)
    return name if len(name) <= abs(CAPTURE_WIDTHS[-1]) else f"{name[: abs(CAPTURE_WIDTHS[-1]) - 1]}…"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b}" if day else "-"


def _difference(days_early: int | None) -> str:
    if days_early is None:
        return "not taken"
    if days_early == 0:
        return "on time"
    return f"{count(abs(days_early), 'day')} {'early' if days_early > 0 else 'late'}"
