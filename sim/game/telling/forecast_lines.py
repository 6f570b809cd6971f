"""A forecast, a look ahead and the worth of an order in short lines with names and units of measure."""

import math
from datetime import date

from sim.game.forecasts.battle_forecast import Forecast, LossRange
from sim.game.forecasts.intervals import Difference
from sim.game.forecasts.lookahead_results import ComparisonView, LookAheadView, ObjectiveProspect
from sim.game.wording.report_lines import HEADING, LABEL, QUIET, Line
from sim.game.wording.unit_names import sentence_case
from sim.game.wording.views import plain
from sim.kernels import codes

MOST_OBJECTIVES = 12
ONE_OF = {"men": "man", "guns": "gun", "tanks out of action": "tank out of action"}
SIDE_NAMES = dict(zip(codes.SIDES, ("Soviet", "Japanese"), strict=True))


def promise_lines(forecast: Forecast) -> list[Line]:
    """Return the odds, what the battle may come to with a bar for each chance, and what it costs both sides."""
    lines = [Line(forecast.sentence, LABEL)]
    if not forecast.battles:
        return lines
    happened = [outcome for outcome in forecast.outcomes if outcome.chance.happened]
    lines += [Line(f"{outcome.words}: {outcome.chance}", share=outcome.chance.share) for outcome in happened]
    lines.append(Line(f"attackers take the hex: {forecast.enters}", LABEL, share=forecast.enters.share))
    lines.append(Line(f"attacker loses {costs_words(forecast.attacker)}"))
    lines.append(Line(f"defender loses {costs_words(forecast.defender)}"))
    words = f"{forecast.battles:,} simulated battles: median and 90 % interval"
    lines.append(Line(words, QUIET))
    return [*lines, Line(forecast.basis, QUIET)] if forecast.basis else lines


def factor_lines(forecast: Forecast) -> list[Line]:
    """Return every factor that acts, the weightiest first."""
    return [Line(f"{name}: {effect}") for name, effect in forecast.acting_factors]


def look_ahead_lines(view: LookAheadView, most: int = MOST_OBJECTIVES) -> list[Line]:
    """Return the chances of each result, of the weightiest objectives in doubt by date, and the losses to come."""
    lines = [_progress(view)]
    if not view.done:
        return lines
    lines += [
        Line(f"{sentence_case(level.name)}: {level.chance}", LABEL, share=level.chance.share)
        for level in view.levels
        if level.chance.happened
    ]
    told = [row for row in view.objectives if row.taken.happened][:most]
    lines += [Line(f"{plain(row.name)}, {SIDE_NAMES[row.side]}: {row.taken}, {_dates(row)}") for row in told]
    for side in codes.SIDES:
        costs = ", ".join(
            f"{loss.number.p50:,.0f} {loss.what} ({loss.number.p5:,.0f}-{loss.number.p95:,.0f})"
            for loss in view.losses
            if loss.side == side
        )
        lines.append(Line(f"{SIDE_NAMES[side]} losses from here: {costs}", QUIET))
    return lines


def comparison_lines(view: ComparisonView, most: int = MOST_OBJECTIVES) -> list[Line]:
    """Return what an order changes, what is sure of it first."""
    lines = [_progress(view.after)]
    if view.score is None:
        return lines
    if math.isinf(view.score.high):
        return [*lines, Line("Too few campaigns for an interval yet.", QUIET)]
    lines.append(Line(f"Soviet lead: {_change(view.score)} points", LABEL))
    places = [change for change in view.objectives if change.held.is_clear][:most]
    for change in places:
        lines.append(Line(f"{plain(change.name)}, {SIDE_NAMES[change.side]} at the end: {_percent(change.held)}"))
    for name, level in view.levels:
        if level.is_clear:
            lines.append(Line(f"{sentence_case(name)}: {_percent(level)}"))
    for side, what, loss in view.losses:
        if loss.is_clear:
            lines.append(Line(f"{SIDE_NAMES[side]} losses: {_change(loss)} {what}", QUIET))
    if len(lines) == 2 and not view.score.is_clear:
        lines.append(Line("No clear difference yet.", QUIET))
    return lines


def _progress(view: LookAheadView) -> Line:
    return Line(f"{view.done:,} of {view.total:,} campaigns simulated from here", HEADING, share=view.done / view.total)


def costs_words(losses: tuple[LossRange, ...]) -> str:
    """Return losses as ``120 men (80-190), 3 guns (0-6)``; ``nothing`` where there are none."""
    told = [
        f"{loss.middle:,} {ONE_OF.get(loss.words, loss.words) if loss.middle == 1 else loss.words} "
        f"({loss.low:,}-{loss.high:,})"
        for loss in losses
        if loss.high > 0
    ]
    return ", ".join(told) or "nothing"


def _dates(row: ObjectiveProspect) -> str:
    """Return by when a place is taken in half of the runs, and in one and in nineteen of twenty."""
    early, middle, late = (row.day_of_share(share) for share in (0.05, 0.5, 0.95))
    first = _day(early or row.day_of_share(0.0))
    if middle is None:
        return f"not before {first}"
    return f"by {_day(middle)} ({first} to {_day(late) if late else 'never'})"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b}" if day else "never"


def _change(difference: Difference) -> str:
    return f"{difference.mean:+,.0f} ({difference.low:+,.0f} to {difference.high:+,.0f})"


def _percent(difference: Difference) -> str:
    return f"{100 * difference.mean:+.0f} % ({100 * difference.low:+.0f} to {100 * difference.high:+.0f})"
