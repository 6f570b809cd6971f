"""The end of a story: who won, the losses and the key captures beside the historical ones."""

from datetime import date

import numpy as np

from sim.game.history import CaptureComparison, LossComparison, compare_captures, compare_losses
from sim.game.lines import LABEL, QUIET, Line, columns, heading, paragraph
from sim.game.views import count, listing
from sim.kernels.layout import World
from sim.scenario import Scenario
from sim.scenario.names import Names

LOSS_WIDTHS = [17, 15, 10, 17, 7, 7, 7]
CAPTURE_WIDTHS = [26, -13, -13, -16, -12]
MOST_CAPTURES = 26
NATION_WORDS = {
    "soviet": "Soviet Union",
    "mongolia": "Mongolia",
    "japan": "Japan",
    "manchukuo": "Manchukuo",
    "mengjiang": "Mengjiang",
}


def verdict(scenario: Scenario, world: World, names: Names) -> list[Line]:
    """Return the closing pages of a campaign."""
    lines = [Line(""), heading("The outcome"), *_result(scenario, world)]
    lines += [Line(""), *_losses(compare_losses(scenario, world), world)]
    lines += [Line(""), *_captures(compare_captures(scenario, world, names), names)]
    return lines


def outcome_name(scenario: Scenario, world: World) -> str:
    """Return the name of the result level."""
    return scenario.header.victory.levels[max(int(world.clock["level"][0]), 0)].name


def _result(scenario: Scenario, world: World) -> list[Line]:
    soviet, japan = (int(points) for points in world.sides["points"])
    name = outcome_name(scenario, world)
    state = "" if int(world.clock["decided"][0]) else " as things stand"
    return paragraph(f"{name[:1].upper()}{name[1:]}{state}: {soviet:,} points to {japan:,}.", style=LABEL, indent=0)


def _losses(rows: list[LossComparison], world: World) -> list[Line]:
    lines = [columns(["Losses", "killed", "wounded", "prisoners", "tanks", "guns", "planes"], LOSS_WIDTHS, LABEL)]
    for nation in NATION_WORDS:
        mine = [row for row in rows if row.nation == nation]
        lines.append(columns([NATION_WORDS[nation], *(f"{row.campaign:,}" for row in mine)], LOSS_WIDTHS))
        if any(row.record_low is not None for row in mine):
            lines.append(columns(["  in the record", *map(_range, mine)], LOSS_WIDTHS, QUIET))
    deserted = int(world.units["deserted"].sum(dtype=np.int64))
    gone = count(deserted, "man", "men")
    lines += paragraph(
        f"{gone} gone home, of the puppet forces above all. The record counts the whole war, the fleet and the Kurils "
        "included, and its claims differ; prisoners were mostly taken after the cease-fire. Both columns count "
        "soldiers only.",
        style=QUIET,
        indent=0,
    )
    return lines


def _range(row: LossComparison) -> str:
    if row.record_low is None or row.record_high is None:
        return "-"
    if row.record_low == row.record_high:
        return f"{row.record_low:,}"
    return f"{row.record_low:,}-{row.record_high:,}"


def _captures(rows: list[CaptureComparison], names: Names) -> list[Line]:
    shown = sorted(rows[:MOST_CAPTURES], key=lambda row: (row.record, row.name))
    lines = [columns(["Key captures", "campaign", "record", "", "by"], CAPTURE_WIDTHS, LABEL)]
    armies = dict(zip(names.formations, names.formation_names, strict=True))
    for row in shown:
        by = armies.get(row.by, row.by).replace("Guards", "Gds").replace("Cavalry-Mechanised Group", "Cav-Mech Group")
        lines.append(
            columns([row.name, _day(row.campaign), _day(row.record), _difference(row.days_early), by], CAPTURE_WIDTHS)
        )
    fell = [row.days_early for row in rows if row.days_early is not None]
    if fell:
        close = sum(abs(days) <= 1 for days in fell)
        middle = float(np.median(fell))
        pace = "on the day" if middle == 0 else f"{abs(middle):g} days {'early' if middle > 0 else 'late'}"
        text = (
            f"Of {len(rows)} dated places {len(fell)} fell, {close} within a day of the record; the middle one {pace}."
        )
        missing = [row.name for row in rows if row.days_early is None]
        if missing:
            text += f" Not taken: {listing(missing, 8)}."
        lines += paragraph(text, indent=0)
    return lines


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b}" if day else "-"


def _difference(days_early: int | None) -> str:
    if days_early is None:
        return "not taken"
    if days_early == 0:
        return "on the day"
    return f"{count(abs(days_early), 'day')} {'early' if days_early > 0 else 'late'}"
