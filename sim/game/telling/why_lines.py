"""Answers to "why" as lines of a panel: what a march costs, how a unit is supplied, what it was ordered."""

import numpy as np

from sim.game.orders.marches import MarchRange
from sim.game.orders.step_cost_why import StepAnswer, why_step
from sim.game.play.march_routes import Route
from sim.game.play.session_view import SessionView
from sim.game.wording.report_lines import HEADING, LABEL, QUIET, Line
from sim.game.wording.views import count
from sim.kernels import codes


def step_lines(session: SessionView, march: MarchRange, hex: int) -> list[Line]:
    """Return why the step into a hex costs what it does for the unit of ``march``, or why it cannot get there today."""
    world, unit = session.known, march.unit
    before = march.came_from.get(hex, -1)
    if before < 0:
        before = _from_beside(session, march, hex)
    if before < 0:
        return []
    answer = why_step(world, unit, before, _direction(session, before, hex))
    if answer.points is None:
        return [Line("No way into this hex", HEADING), Line(f"{answer.bar[:1].upper()}{answer.bar[1:]}.")]
    lines = [Line(f"This hex: {answer.points:.1f} points", HEADING), *_parts(answer)]
    if hex in march.cost_mp10:
        way = march.cost_mp10[hex] / 10
        if abs(way - answer.points) > 0.05:
            lines.append(Line(f"Whole route: {way:.1f} points", LABEL))
    else:
        lines.append(Line("Beyond today's range.", LABEL))
    if answer.bar:
        lines.append(Line(f"{answer.bar[:1].upper()}{answer.bar[1:]}.", QUIET))
    return lines


def march_words(way: Route) -> str:
    """Return what a right click would do with a unit that can go this way."""
    when = "" if way.arrival_date is None else f", arriving on {way.arrival_date.day} {way.arrival_date:%B}"
    if way.halt:
        return f"Right-click to march towards this hex; {way.halt}."
    return f"Right-click to march here: {count(way.days, 'day')}{when}."


def unit_reasons(session: SessionView, unit: int) -> list[Line]:
    """Return why a unit is supplied as it is, and why the computer gave it its order; of the enemy nothing is told."""
    campaign, record = session.campaign, session.world.units[unit]
    side = codes.SIDES[int(record["side"])]
    if side not in session.eyes:
        return []
    if len(session.sides) > 1 and side != session.side_to_move:
        return []
    name = campaign.names.units[unit]
    lines = [Line(campaign.views.unit(unit), HEADING), Line(campaign.why_supply(name).sentence)]
    if int(record["reason"]) != codes.REASON_NONE:
        lines.append(Line(campaign.why_order(name), QUIET))
    return lines


def _parts(answer: StepAnswer) -> list[Line]:
    first, *rest = answer.parts
    return [
        Line(f"{first.points:.1f}  {first.cause}"),
        *(Line(f"{'+' if part.points > 0 else '−'}{abs(part.points):.1f}  {part.cause}") for part in rest),
    ]


def _from_beside(session: SessionView, march: MarchRange, hex: int) -> int:
    """Return the hex within today's range from which a step leads into ``hex``, the cheapest to reach; -1 if none."""
    beside = [int(one) for one in session.world.neighbours[hex] if int(one) in march.cost_mp10]
    return min(beside, key=lambda one: march.cost_mp10[one], default=-1)


def _direction(session: SessionView, start: int, hex: int) -> int:
    return int(np.flatnonzero(session.world.neighbours[start] == hex)[0])
