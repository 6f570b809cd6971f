"""The sections on the course of the campaigns: captures, losses, advance, fuel, and the map."""

import re

import numpy as np

from sim.batch.reporting import figures
from sim.batch.reporting.campaigns.control_map import map_data
from sim.batch.reporting.campaigns.outcomes import ReportedBatch
from sim.batch.reporting.estimates import LEVELS, fan
from sim.batch.reporting.html_parts import HtmlColumn, HtmlTable, ReportSection, chart, paragraph, table, tile, tiles
from sim.batch.reporting.samples import MISSING
from sim.batch.running.tally import VICTOR
from sim.batch.storage.chunks import CONTROL
from sim.batch.storage.reading import damaged, read_control
from sim.game.forecasts.intervals import Proportion
from sim.kernels import codes

SHOWN_PLACES = 14


def captures(batch: ReportedBatch) -> ReportSection:
    """Return when each place fell, beside the record."""
    falls, setting, runs = batch.falls, batch.setting, batch.fought.num_rows
    last = int(batch.column("turns").max(initial=1))
    dated = {row.place: row for row in setting.scenario.history.captures} if setting.scenario else {}
    weights = setting.scenario.header.victory.objectives if setting.scenario else {}
    rows, shown = [], []
    for place in sorted({*falls.places, *(one for one in dated if one in setting.place_names)}):
        turns = falls.turns[:, falls.places.index(place)] if place in falls.places else np.zeros(0, np.int16)
        fell = turns[turns != MISSING]
        low, high = Proportion(len(fell), runs).interval
        quantiles = np.percentile(fell, LEVELS) if len(fell) else []
        days = [setting.day(round(float(turn))).isoformat() for turn in quantiles]
        record = dated[place].date if place in dated else None
        late = round(float(quantiles[2])) - setting.turn(record) if record and len(fell) else None
        strip = np.bincount(fell, minlength=last + 1)[1:].tolist()
        mark = setting.turn(record) if record else None
        taker = falls.takers[falls.places.index(place)] if place in falls.places else ""
        middle = [days[0], days[2], days[4]] if days else [None] * 3
        share = [round(len(fell) / max(runs, 1), 4), round(low, 4), round(high, 4)]
        iso = record.isoformat() if record else None
        rows.append([setting.place(place), iso, *middle, late, *share, [mark, *strip], setting.formation(taker)])
        if record and days:
            worth = weights[place].soviet if place in weights else 0
            span = figures.Range(
                setting.place(place),
                days[2],
                days[0],
                days[4],
                (days[1], days[3]),
                ((record.isoformat(), "by the record"),),
            )
            shown.append((-worth, record, span))
    chosen = sorted(sorted(shown, key=lambda one: (one[0], one[1], one[2].name))[:SHOWN_PLACES], key=lambda one: one[1])
    axis = {"type": "date", "tickformat": "%-d %b"}
    drawn = figures.ranges([span for _, _, span in chosen], "", "date of the record", axis=axis)
    words = (
        "Dates on which places first fell to the Soviet side. Sparklines have one bar per day; the line is the record."
    )
    html = paragraph(words)
    if chosen:
        html += chart("captures", "Capture dates of the most valuable places against the record")
    html += table("captures", "First capture by place")
    found = {"captures": drawn} if chosen else {}
    first = setting.first_day.isoformat()
    whole = HtmlTable("captures", _CAPTURE_COLUMNS, rows, sort="record", extra={"first": first, "turns": last})
    return ReportSection("captures", "Capture dates", html, found, {"captures": whole})


_CAPTURE_COLUMNS = (
    HtmlColumn("place", "Place"),
    HtmlColumn("record", "Record", "date", "Date in the historical record"),
    HtmlColumn("p5", "5 %", "date", "5th percentile of capture dates"),
    HtmlColumn("median", "Median", "date"),
    HtmlColumn("p95", "95 %", "date", "95th percentile of capture dates"),
    HtmlColumn("late", "Days late", "number", "Median minus the record; negative: earlier than in 1945"),
    HtmlColumn("share", "Falls in", "share", "Proportion of campaigns in which it falls"),
    HtmlColumn("low", "from", "share", "Lower bound of the 95 % Wilson interval of that proportion"),
    HtmlColumn("high", "to", "share", "Upper bound of the 95 % Wilson interval of that proportion"),
    HtmlColumn("strip", "Days of capture", "days"),
    HtmlColumn("by", "Usually by"),
)


def advance(batch: ReportedBatch) -> ReportSection:
    """Return how far the furthest unit of each army stands from where it came onto the map, by day."""
    setting = batch.setting
    km = setting.scenario.map.hex_km if setting.scenario else 1.0
    unit = "km" if setting.scenario else "hexes"
    drawn, inner = {}, []
    for formation in _armies(batch, VICTOR):
        counts = batch.days.advance_hexes[:, batch.days.formations.index(formation)]
        bands = [[None if one is None else one * km for one in band] for band in fan(counts)]
        name = setting.formation(formation)
        drawn[f"advance-{formation}"] = figures.fan_chart(_dates(batch), bands, unit, _milestones(batch, formation))
        inner.append(tile(name, f"advance-{formation}", f"Advance of {name}"))
    words = (
        "Distance of each army's leading unit from where it entered the map. The line is the median, the "
        "dark band the 50 % interval, the pale band the 90 % interval; diamonds are distances given by the record."
    )
    return ReportSection("advance", "Advance by day", paragraph(words) + tiles(inner), drawn)


def fuel(batch: ReportedBatch) -> ReportSection:
    """Return the fuel in the tanks of the army with most tanks, and of the next ones."""
    days = batch.days
    armies = sorted(_armies(batch, VICTOR), key=lambda one: (-days.tanks[days.formations.index(one)], one))[:4]
    drawn, inner = {}, []
    for formation in armies:
        counts = days.fuel_permille[:, days.formations.index(formation)]
        bands = [[None if one is None else one / 10 for one in band] for band in fan(counts)]
        name = batch.setting.formation(formation)
        drawn[f"fuel-{formation}"] = figures.fan_chart(_dates(batch), bands, "percent of full", highest=100)
        inner.append(tile(name, f"fuel-{formation}", f"Fuel of {name}"))
    words = "Fuel in the tanks of vehicles of the armies that have most tanks on the first evening, in percent of full."
    return ReportSection("fuel", "Fuel of the tank army", paragraph(words) + tiles(inner), drawn)


def control(batch: ReportedBatch) -> ReportSection:
    """Return the map of the chance of control by day."""
    path = batch.folder / CONTROL
    counts = read_control(path, batch.manifest["last_turn"])
    static = batch.setting.static
    if static is not None and counts[VICTOR].shape[1] != len(static.template.hexes):
        raise damaged(path, f"it has {counts[VICTOR].shape[1]:,} hexes, not {len(static.template.hexes):,}")
    packed = map_data(batch.setting, counts)
    if packed is None:
        return ReportSection("map", "Probability of control", paragraph("There is no map to draw.", "note"))
    last = len(packed["dates"]) - 1
    html = paragraph("The chance that the Soviet side holds each hex in the evening; point at a hex for its value.")
    html += (
        '<div class="map"><div class="mapbar"><button type="button" id="play" aria-pressed="false">Play</button>'
        f'<input type="range" id="day" min="0" max="{last}" value="{last}" step="1" aria-label="Evening">'
        '<output id="dayname" for="day"></output></div>'
        '<canvas id="control" role="img" tabindex="0" aria-label="Map of the chance of Soviet control"></canvas>'
        '<p class="mapfoot"><span class="scale" aria-hidden="true"></span><span>0 to 100 % Soviet control</span>'
        '<span class="homekey">Soviet from the first morning</span>'
        '<span class="frontkey">front of the first morning</span>'
        '<output id="hexname" aria-live="polite"></output></p></div>'
    )
    return ReportSection("map", "Probability of control", html, data={"map": packed})


def _armies(batch: ReportedBatch, side: str) -> list[str]:
    """Return the recorded formations of a side below its fronts, those that move, in the order of their names."""
    levels, days = batch.setting.levels, batch.days
    fronts = codes.LEVELS.index("front")
    found = []
    for slot, formation in enumerate(days.formations):
        is_army = levels.get(formation, fronts + 1) > fronts and days.sides[formation] == side
        if is_army and days.advance_hexes[:, slot, 1:].any():
            found.append(formation)
    return sorted(found, key=lambda one: _numbered(batch.setting.formation(one)))


def _numbered(name: str) -> tuple[int, str]:
    """Return what puts the 5th Army before the 10th, and what has no number last."""
    number = re.match(r"\d+", name)
    return (int(number[0]) if number else 1000, name)


def _dates(batch: ReportedBatch) -> list[str]:
    return [batch.setting.day(turn).isoformat() for turn in range(1, batch.days.advance_hexes.shape[0] + 1)]


def _milestones(batch: ReportedBatch, formation: str) -> list[tuple[str, float, str]]:
    rows = batch.setting.scenario.history.milestones if batch.setting.scenario else ()
    return [
        (row.date.isoformat(), float(row.distance_km), row.source or "record")
        for row in rows
        if row.formation == formation and row.distance_km is not None
    ]
