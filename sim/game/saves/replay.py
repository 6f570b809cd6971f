"""A campaign gone through again: from its orders, day by day, to the same digests.

Example
-------
>>> played = Campaign.start("august_storm", seed=1945).run(date(1945, 8, 12))
>>> replay = replay_of(played)
>>> replay.last
4
>>> replay.go_to(2)
>>> replay.campaign.last_day, replay.campaign.order_log.digests == played.order_log.digests[:2]
(datetime.date(1945, 8, 10), True)
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sim.errors import SaveError, SimError
from sim.game.campaign import Campaign, Snapshot
from sim.game.orders import Standing
from sim.game.records.digests import state_digest
from sim.game.records.order_log import (
    BETWEEN_DAYS,
    NOTHING_YET,
    Cancel,
    CommandedBy,
    Day,
    Entry,
    Lead,
    OrderLog,
    Phase,
    Situation,
)
from sim.game.records.outcome import day_of
from sim.game.saves.campaign_save import Saved, is_of_another_build, read_save


class DifferentDay(SaveError):
    """A day does not come out as it was played."""


class Replay:
    """A campaign that was played, and can be seen as it stood on each of its evenings.

    Parameters
    ----------
    campaign : Campaign
        The same campaign on its first morning; the replay has it for itself.
    order_log : OrderLog
        Of the campaign that was played.
    name : str
        What to call it in errors.
    remark : str
        What else to say where a day comes out differently.

    Attributes
    ----------
    campaign : Campaign
        As it stood on the evening that was gone to last.
    day : int
        Days played by then; 0 is how it stood before the first of them.
    """

    def __init__(self, campaign: Campaign, order_log: OrderLog, name: str = "the campaign", remark: str = "") -> None:
        self.campaign, self.order_log, self.name, self.remark = campaign, order_log, name, remark
        self.start = Situation(campaign.situation().world, NOTHING_YET, 0, BETWEEN_DAYS)
        self._restore(self.start)

    @property
    def last(self) -> int:
        """Return how many days had been played on its last evening."""
        return self.order_log.last

    @property
    def day(self) -> int:
        """Return how many days had been played as the campaign stands now."""
        return self.campaign.turns_played

    def date_of(self, day: int) -> date:
        """Return the date of a day; that of the first morning for day 0."""
        return day_of(self.campaign.scenario.header.start_date, max(day, 1))

    def go_to(self, day: int) -> None:
        """Let the campaign stand as on the evening of a day, from the nearest evening that is known.

        Raises
        ------
        DifferentDay
            One of the days between does not come out as it was played.
        """
        day = min(max(day, 0), self.last)
        known = [self.start, *self.order_log.kept]
        nearest = max((one for one in known if one.turns_played <= day), key=lambda one: one.turns_played)
        if self.day > day or self.day < nearest.turns_played:
            self._restore(nearest)
        try:
            while self.day < day:
                self.play_day()
        except DifferentDay:
            self._restore(self.start)  # from where it stands now no day would come out right
            raise

    def days(self) -> Iterator[int]:
        """Play every day again from the start, whatever evenings are known; yield each as it is over.

        Raises
        ------
        DifferentDay
        """
        self._restore(self.start)
        while self.day < self.last:
            self.play_day()
            yield self.day

    def play_day(self) -> None:
        """Play the next day again.

        Raises
        ------
        DifferentDay
        """
        day = self.day + 1
        self._carry_out(day, self.order_log.days[day - 1])
        if self.day != day:
            raise self._different(day, "its orders do not complete a day")
        self._compare(day, self.campaign.order_log.digest, self.order_log.digest_of(day))

    def play_rest(self, now: Situation) -> bool:
        """Play what was ordered since the last evening, up to a situation; return whether there was anything.

        Raises
        ------
        DifferentDay
            It does not lead there.
        """
        self.go_to(self.last)
        self._carry_out(self.last + 1, self.order_log.today)
        if self.day != self.last or self.campaign.situation().phase != now.phase:
            raise self._different(self.last + 1, "another phase is open")
        self._compare(self.last + 1, state_digest(self.campaign.world), state_digest(now.world))
        return bool(self.order_log.today)

    def _carry_out(self, day: int, entries: tuple[Entry, ...]) -> None:
        try:
            for entry in entries:
                carry_out(self.campaign, entry)
        except SimError as error:
            raise self._different(day, f"an order of that day is no longer legal: {error}") from error

    def _compare(self, day: int, found: bytes, expected: bytes) -> None:
        if found != expected:
            raise self._different(day, f"digest {found.hex()[:16]}, not {expected.hex()[:16]} as it was played")

    def standing(self) -> dict[str, Standing]:
        """Return the standing orders of both sides on the evening that was gone to."""
        return self.order_log.standing(self.day)

    def _different(self, day: int, why: str) -> DifferentDay:
        date = self.date_of(day)
        when = f"day {day}, {date.day} {date:%B %Y}"
        return DifferentDay(f"error: {self.name}: {when}, turns out differently: {why}{self.remark}")

    def _restore(self, situation: Situation) -> None:
        order_log = self.order_log.until(situation.turns_played)
        self.campaign.restore(Snapshot(**vars(situation), order_log=order_log))


def carry_out(campaign: Campaign, entry: Entry) -> None:
    """Let an entry of an order log take effect.

    Raises
    ------
    SimError
        It cannot, or does something else than it did.
    """
    match entry:
        case Lead(sides):
            campaign.lead(*sides)
        case CommandedBy(side, commander):
            campaign.commanded_by(side, commander)
        case Day():
            campaign.step_day()
        case Phase(side):
            opened = campaign.next_phase() or ""
            if opened != side:
                raise SimError(f"the {opened or 'next day'} follows, not the {side or 'next day'}")
        case Standing() | Cancel():
            campaign.note(entry)
        case _:
            campaign.give([entry])


def replay_of(campaign: Campaign) -> Replay:
    """Return the replay of a campaign that is being played: of the days that are over."""
    return Replay(campaign.afresh(), campaign.order_log.until(campaign.turns_played))


def replay_in(path: Path) -> Replay:
    """Return the replay in a save.

    Raises
    ------
    SaveError
        As ``campaign_save.load_campaign``; or no day in it can be played again.
    """
    return replay_from(read_save(path))


def replay_from(saved: Saved) -> Replay:
    """Return the replay of what was read from a save.

    Raises
    ------
    SaveError
        No day of it can be played again.
    """
    if not saved.order_log.days:
        raise SaveError(f"error: {saved.path} has no replay: no day has been played yet")
    remark = "; it was saved by another build of this version" if is_of_another_build(saved.header) else ""
    return Replay(saved.campaign, saved.order_log, str(saved.path), remark)
