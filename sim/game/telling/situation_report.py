"""The situation report of a day, and the report on a whole campaign: words and figures beside the record."""

from dataclasses import dataclass

import numpy as np

from sim.game.play.session_view import SessionView
from sim.game.records.daily_figures import Diary
from sim.game.records.history import CaptureComparison, LossComparison, compare_captures, compare_losses
from sim.game.records.outcome import day_of
from sim.game.telling.story import Evening, Storyteller, remember
from sim.game.telling.verdict import result
from sim.game.wording.report_lines import HEADING, QUIET, WIDTH, Line
from sim.kernels import codes
from sim.kernels.state.layout import World

MOST_ARMIES = 8
THE_TRUTH = "The war is over: map and figures now show the true state; the reports gave your side's claims."


@dataclass(frozen=True)
class ArmyAdvance:
    """How deep an army stands beyond the frontier, and how far it came in the last day, in km."""

    name: str
    depth_km: float
    gained_km: float


def armies(session: SessionView, diary: Diary) -> list[ArmyAdvance]:
    """Return the armies that stand deepest, the deepest first."""
    if not diary.days:
        return []
    now = diary.days[-1].depth_km
    before = diary.days[-2].depth_km if len(diary.days) > 1 else {}
    found = [
        ArmyAdvance(session.campaign.views.formation(army), km, km - before.get(army, 0.0)) for army, km in now.items()
    ]
    return sorted(found, key=lambda one: (-one.depth_km, one.name))[:MOST_ARMIES]


def pace_points(session: SessionView) -> int:
    """Return what the places that the record says were taken by now would be worth to the Soviet side."""
    world = session.world
    places = world.places
    turn = session.campaign.turns_played
    taken = (places["pace_turn"] > 0) & (places["pace_turn"] <= turn)
    return int(places["points"][taken, codes.SOVIET].sum(dtype=np.int64))


def captures(session: SessionView) -> list[CaptureComparison]:
    """Return the dated places of the record beside the campaign, by the record's date."""
    campaign = session.campaign
    rows = compare_captures(campaign.scenario, session.world, campaign.names)
    return sorted(rows, key=lambda row: (row.record, row.name))


class Reporter:
    """Tells each day as it ends, to each side what it knows of it; keeps what was so the evening before.

    Parameters
    ----------
    session : SessionView
    """

    def __init__(self, session: SessionView) -> None:
        self.session = session
        campaign = session.campaign
        self._turn = campaign.turns_played
        self._readers: tuple[str | None, ...] = session.sides or (None,)
        self._tellers = {
            side: Storyteller(campaign.scenario, campaign.views, side if campaign.fog else None)
            for side in self._readers
        }
        self._evenings = {side: self._remembered(side) for side in self._readers}
        self._told: dict[str | None, list[Line]] = {}

    def go_on_with(self, session: SessionView) -> None:
        """Tell the coming days of another session of the same campaign, which has come as far."""
        self.session = session
        for teller in self._tellers.values():
            teller.go_on_with(session.campaign.views)

    @property
    def lines(self) -> list[Line]:
        """Return the day that was told last, as the side knows it that reads now."""
        return self._told.get(self.session.reader, [])

    def note(self) -> bool:
        """Tell the day that was played last; return whether there was a new one."""
        campaign = self.session.campaign
        if campaign.turns_played <= self._turn:
            return False
        self._turn = campaign.turns_played
        for side, teller in self._tellers.items():
            world = self.session.fog_view(self._evening, side)
            self._told[side] = joined(teller.day(self._turn, self._evenings[side], world))
            self._evenings[side] = self._remembered(side)
        return True

    def _remembered(self, side: str | None) -> Evening:
        campaign = self.session.campaign
        return remember(campaign.views, self.session.fog_view(self._evening, side))

    @property
    def _evening(self) -> World:
        """Return the last evening; before the first, and where it was not seen, the campaign as it stands."""
        return self.session.evening or self.session.campaign.world

    @property
    def heading(self) -> str:
        """Return the date of the day that is told."""
        day = day_of(self.session.campaign.scenario.header.start_date, max(self._turn, 1))
        return f"{day:%A}, {day.day} {day:%B %Y}"


def joined(lines: list[Line]) -> list[Line]:
    """Return lines broken at 80 columns as paragraphs that a window can wrap: broken lines go to the one before."""
    found: list[Line] = []
    before = ""
    for line in lines:
        text = line.text.strip("─ ")
        first, _, _ = text.partition(" ")
        goes_on = line.text.startswith("   ") or len(before) + 1 + len(first) > WIDTH
        if text and line.style != HEADING:
            if goes_on and found and not line.n_label:
                found[-1] = Line(f"{found[-1].text} {text}", found[-1].style)
            else:
                found.append(Line(text, line.style))
        before = line.text if line.style != HEADING else ""
    return found


def result_lines(session: SessionView) -> list[Line]:
    """Return how the campaign ended and why; after one under fog of war, that the figures are now the true ones."""
    lines = joined(result(session.campaign.scenario, session.world))
    return [*lines, Line(THE_TRUTH, QUIET)] if session.campaign.fog and session.sides else lines


def losses(session: SessionView) -> list[LossComparison]:
    """Return the losses of each nation beside the record."""
    return compare_losses(session.campaign.scenario, session.world)
