"""A replay at the table: the days of a campaign that was played, seen through the eyes of either side or of both.

Nothing can be ordered. Another day is fetched in a thread of its own, in a campaign of its own, so that whoever draws
sees the day before it until it is there.

Example
-------
>>> from datetime import date
>>> played = Campaign.start("august_storm").run(date(1945, 8, 11))
>>> session = ReplaySession(replay_of(played), Diary())
>>> session.go_to(2)
>>> session.wait()
>>> session.day, session.campaign.last_day, session.side_to_move
(2, datetime.date(1945, 8, 10), None)
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.game.campaign import Campaign, Snapshot
from sim.game.play.evenings import note_evening
from sim.game.play.session import Session
from sim.game.play.session_view import SessionView
from sim.game.records.daily_figures import Diary
from sim.game.saves.replay import DifferentDay, Replay, replay_of
from sim.game.telling.situation_report import Reporter, joined
from sim.game.telling.story import Evening, Storyteller, remember
from sim.game.wording.report_lines import Line
from sim.kernels import codes
from sim.kernels.state.layout import World
from sim.task import Task


@dataclass(frozen=True)
class _Shown:
    """What was fetched of a day: how it stood on its evening, and on the one before."""

    now: Snapshot
    before: World
    memory: Evening


class ReplaySession(SessionView):
    """Shows days that were played.

    Parameters
    ----------
    replay : Replay
        The session has it for itself.
    diary : Diary
        The figures of its evenings, as far as they were kept; those that are missing are worked out.
    eyes : str, optional
        Side through whose eyes it is seen at first; None sees all.
    hides_something : bool
        Whether other eyes see what fog of war still hides from a player.

    Attributes
    ----------
    own_eyes : str or None
    day : int
        The day whose evening is shown; ``first`` is how it stood before.
    came_forward : bool
        Whether the day that is shown follows on the one shown before it.
    """

    def __init__(self, replay: Replay, diary: Diary, eyes: str | None = None, *, hides_something: bool = False) -> None:
        self.replay, self.hides_something = replay, hides_something
        self.own_eyes = self._eyes = eyes
        self._fetching: Task[_Shown] | None = None
        self._wanted: int | None = None
        self._figures = _complete(replay, diary)
        super().__init__(replay.campaign.afresh())
        self._show(self._fetch(0))
        self.came_forward = False

    # --- days

    @property
    def first(self) -> int:
        """Return how many days had been played where it begins."""
        return 0

    @property
    def last(self) -> int:
        """Return the last day that can be shown."""
        return self.replay.last

    @property
    def day(self) -> int:
        """Return the day whose evening is shown."""
        return self.campaign.turns_played

    @property
    def wanted(self) -> int:
        """Return the day that is shown, or will be as soon as it is fetched."""
        return self.day if self._wanted is None else self._wanted

    @property
    def is_busy(self) -> bool:
        """Return whether a day is being fetched."""
        return self._fetching is not None

    def advance(self) -> None:
        """Show the next day, if there is one."""
        self.go_to(self.wanted + 1)

    def go_to(self, day: int) -> None:
        """Begin to fetch a day, which ``poll`` shows; of several that are asked for meanwhile the last is shown."""
        day = min(max(day, self.first), self.last)
        if day == self.wanted:
            return
        self._wanted = day
        if self._fetching is None:
            self._begin(day)

    def _begin(self, day: int) -> None:
        self._fetching = Task(lambda: self._fetch(day))

    def _fetch(self, day: int) -> _Shown:
        replay = self.replay
        replay.go_to(day - 1)
        before, memory = replay.campaign.situation().world, remember(replay.campaign.views, replay.campaign.world)
        replay.go_to(day)
        return _Shown(replay.campaign.snapshot(), before, memory)

    def poll(self) -> bool:
        """Show a day that has been fetched; return False, for nobody can be given orders by it."""
        if self._fetching is None or not self._fetching.done:
            return False
        fetching, self._fetching = self._fetching, None
        wanted, self._wanted = self._wanted, None
        shown = fetching.result()
        if wanted is not None and wanted != shown.now.turns_played:
            self._wanted = wanted
            self._begin(wanted)
        else:
            self._show(shown)
        return False

    def wait(self) -> None:
        """Wait until the day that was asked for is shown."""
        while self._fetching is not None:
            self._fetching.wait()
            self.poll()

    def remembered(self) -> Evening:
        """Return the evening before, as the viewer knew it."""
        if self._eyes is None or not self.campaign.fog:
            return self.memory
        return remember(self.campaign.views, self.fog_view(self._before, self._eyes))

    def _show(self, shown: _Shown) -> None:
        self.came_forward = shown.now.turns_played == self.day + 1
        self.campaign.restore(shown.now)
        self._before, self.memory = shown.before, shown.memory
        self.diary = self._figures.until(self.day)
        events = self.campaign.events()
        self.day_began_at = int(np.searchsorted(events["turn"], self.day)) if self.day > self.first else len(events)
        self._refresh()

    # --- who looks

    @property
    def viewer(self) -> str | None:
        """Return the side through whose eyes the days are seen: None sees all."""
        return self._eyes

    @property
    def reader(self) -> str | None:
        """Return the side for which reports are written."""
        return self._eyes

    @property
    def eyes(self) -> tuple[str, ...]:
        """Return the sides whose affairs are shown."""
        return codes.SIDES if self._eyes is None else (self._eyes,)

    def look_as(self, side: str | None) -> None:
        """See the days through the eyes of a side from now on; None sees all."""
        self._eyes = side
        self._refresh()

    def hexes_before(self) -> NDArray[np.int32]:
        """Return where the viewer knew each unit to stand on the evening before, -1 off the map."""
        return np.asarray(self.fog_view(self._before, self._eyes).units["hex"])

    @property
    def evening_words(self) -> str:
        """Return what the top bar says of the moment."""
        return "replay, evening" if self.day > self.first else "replay, the start"

    # --- playing on

    @property
    def led(self) -> tuple[str, ...]:
        """Return the sides that people led at some time."""
        return tuple(side for side in codes.SIDES if side in self.replay.order_log.led_by_hand)

    @property
    def can_play_on(self) -> bool:
        """Return whether a game can be played on from the day that is shown."""
        return not self.campaign.is_over and self.campaign.phase_side is None and not self.is_busy

    def play_on(self, sides: tuple[str, ...], commanders: Mapping[str, str]) -> Session:
        """Return a new game that goes on from the evening that is shown.

        Parameters
        ----------
        sides : tuple of str
            Led by people.
        commanders : mapping
            Side -> commander of the computer, where it leads that side.
        """
        campaign: Campaign = self.campaign.afresh()
        campaign.restore(self.campaign.snapshot())
        session = Session(campaign, sides)
        for side, commander in commanders.items():
            if side not in sides:
                campaign.commanded_by(side, commander)
        units, rows = campaign.world.units["side"], campaign.names.unit_rows
        kept = campaign.order_log.standing(self.day)
        led = [codes.SIDES.index(side) for side in sides]
        session.standing.put_back({name: order for name, order in kept.items() if units[rows[name]] in led})
        session.diary = self.diary.until(self.day)
        session.day_began_at = self.day_began_at
        return session


class DayReporter:
    """Tells the day that a replay shows.

    Parameters
    ----------
    session : ReplaySession

    Attributes
    ----------
    heading : str
        The date of the day.
    lines : list of Line
    """

    def __init__(self, session: ReplaySession) -> None:
        campaign, date = session.campaign, session.replay.date_of(session.day)
        self.heading = f"{date:%A}, {date.day} {date:%B %Y}"
        self.lines: list[Line] = []
        if session.day > session.first:
            teller = Storyteller(campaign.scenario, campaign.views, session.viewer if campaign.fog else None)
            self.lines = joined(teller.day(session.day, session.remembered(), session.world))


def watch(session: SessionView) -> ReplaySession:
    """Return what happened so far in a game that is being played, as the player at the table saw it."""
    campaign = session.campaign
    hides = campaign.fog and bool(session.sides) and not campaign.is_over
    return ReplaySession(replay_of(campaign), session.diary, session.viewer if hides else None, hides_something=hides)


class _Recalled(SessionView):
    """The days of a game, as they are told again."""

    viewer, reader, eyes, evening_words = None, None, codes.SIDES, ""


def recalled(session: SessionView) -> Reporter:
    """Return what tells the days of a game that was loaded: it has told those before, which are played again for it."""
    replay = replay_of(session.campaign)
    reporter = Reporter(_Recalled(replay.campaign, session.sides))
    try:
        for _ in replay.days():
            reporter.note()
    except DifferentDay:
        return Reporter(session)  # of another build: the game can be played on, its days so far cannot be told
    reporter.go_on_with(session)
    return reporter


def _complete(replay: Replay, diary: Diary) -> Diary:
    """Return the figures of every evening of a replay; where some were not kept, all days are played again."""
    known = {day.turn: day for day in diary.days}
    if all(day in known for day in range(1, replay.last + 1)):
        return diary
    campaign = replay.campaign
    whole = Diary()
    for day in replay.days():
        note_evening(whole, campaign, campaign.world, day, codes.SIDES)
    return whole
