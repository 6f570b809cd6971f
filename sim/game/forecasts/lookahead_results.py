"""What many campaigns played ahead say: objectives by date, result levels and losses, each with its interval."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.game.forecasts.intervals import (
    Difference,
    Mean,
    Proportion,
    difference_of_means,
    difference_of_shares,
    mean_of,
)
from sim.game.records.outcome import MEN_FIELDS, day_of
from sim.kernels import codes
from sim.kernels.state.layout import World
from sim.scenario import Scenario
from sim.scenario.building.names import Names

LOSS_FIGURES = ("men", "tanks", "guns")
NEVER = 10_000  # turn of what does not happen


@dataclass(frozen=True)
class Stake:
    """A place with points, and the side that does not hold it when the look ahead begins."""

    row: int
    place: str
    name: str
    side: str
    points: int


@dataclass(frozen=True)
class Terms:
    """What every look ahead from one moment is about."""

    stakes: tuple[Stake, ...]
    scenario: Scenario
    first_turn: int
    last_turn: int


class LookAheadTally:
    """The results of runs from one situation, a row a run.

    Attributes
    ----------
    taken_turn : (n_run, n_stake) int16
        Turn on which the stake's side first took it, NEVER if it did not.
    held : (n_run, n_stake) bool
        The stake's side holds it at the end.
    level : (n_run,) int8
    score : (n_run,) int64
    losses : (n_run, 2, 3) int64
        Of each side from now on, by LOSS_FIGURES; men are those lost for good and the wounded.
    """

    def __init__(self, n_run: int, terms: Terms) -> None:
        self.rows = np.array([stake.row for stake in terms.stakes], np.int64)
        self.takers = np.array([codes.SIDES.index(stake.side) for stake in terms.stakes], np.int64)
        self.taken_turn = np.full((n_run, len(terms.stakes)), NEVER, np.int16)
        self.held = np.zeros((n_run, len(terms.stakes)), bool)
        self.level = np.zeros(n_run, np.int8)
        self.score = np.zeros(n_run, np.int64)
        self.losses = np.zeros((n_run, 2, len(LOSS_FIGURES)), np.int64)

    def note(
        self,
        run: int,
        world: World,
        held_from: int,
        held_at_first: NDArray[np.bool_],
        lost_before: NDArray[np.int64],
    ) -> None:
        """Enter a finished run.

        Parameters
        ----------
        held_at_first : (n_stake,) bool
            In the taker's hands on turn ``held_from``.
        lost_before : (2, 3) int64
            What ``losses_of`` said then.
        """
        first = np.full((2, len(world.places)), NEVER, np.int16)
        events = world.events[: int(world.clock["n_events"][0])]
        captures = events[events["kind"] == codes.EVENT_CAPTURE]
        by = world.units["side"][captures["subject"]]
        np.minimum.at(first, (by, captures["object"]), captures["turn"])
        self.taken_turn[run] = np.where(held_at_first, held_from, first[self.takers, self.rows])
        self.held[run] = world.places["holder"][self.rows] == self.takers
        self.level[run] = max(int(world.clock["level"][0]), 0)
        self.score[run] = int(world.clock["score"][0])
        self.losses[run] = losses_of(world) - lost_before


@dataclass(frozen=True)
class ObjectiveProspect:
    """The chances that a side takes a place that it does not hold.

    Attributes
    ----------
    side : str
        Who would take it.
    taken_by : tuple of int
        Runs in which it has been taken by the evening of each day of ``days``, lost again or not.
    held : Proportion
        Held by that side when the campaign ends.
    """

    place: str
    name: str
    side: str
    points: int
    days: tuple[date, ...]
    taken_by: tuple[int, ...]
    held: Proportion

    def by(self, day: date) -> Proportion:
        """Return the chance that it has been taken by the evening of a day."""
        reached = [count for when, count in zip(self.days, self.taken_by, strict=True) if when <= day]
        return Proportion(reached[-1] if reached else 0, self.held.trials)

    @property
    def taken(self) -> Proportion:
        """Return the chance that it is taken at all."""
        return self.by(self.days[-1])

    def day_of_share(self, share: float) -> date | None:
        """Return the day by which it has been taken in that share of all runs; None if it is not in so many."""
        for when, count in zip(self.days, self.taken_by, strict=True):
            if count and count >= share * self.held.trials:
                return when
        return None

    @property
    def expected(self) -> date | None:
        """Return the day by which it has been taken in half of the runs."""
        return self.day_of_share(0.5)


@dataclass(frozen=True)
class LevelProspect:
    """The chance of one result of the campaign."""

    name: str
    winner: str
    chance: Proportion


@dataclass(frozen=True)
class LossProspect:
    """What one side still loses; ``what`` is one of LOSS_FIGURES."""

    side: str
    what: str
    number: Mean


@dataclass(frozen=True)
class LookAheadView:
    """What is known so far; without any run yet, the tuples are empty and ``score`` is None."""

    done: int
    total: int
    objectives: tuple[ObjectiveProspect, ...] = ()
    levels: tuple[LevelProspect, ...] = ()
    losses: tuple[LossProspect, ...] = ()
    score: Mean | None = None

    @property
    def likeliest(self) -> LevelProspect | None:
        """Return the likeliest result."""
        return max(self.levels, key=lambda level: level.chance.happened, default=None)


@dataclass(frozen=True)
class ObjectiveChange:
    """What an order does to the chance that a side holds a place at the end."""

    place: str
    name: str
    side: str
    held: Difference


@dataclass(frozen=True)
class ComparisonView:
    """The look ahead before and after an order, and what the order changes."""

    before: LookAheadView
    after: LookAheadView
    objectives: tuple[ObjectiveChange, ...] = ()  # the largest change first
    levels: tuple[tuple[str, Difference], ...] = ()
    losses: tuple[tuple[str, str, Difference], ...] = ()  # side, one of LOSS_FIGURES
    score: Difference | None = None


def stakes_of(world: World, names: Names) -> tuple[Stake, ...]:
    """Return every place on the map that is worth points, the weightiest first."""
    rows = np.flatnonzero((world.places["hex"] >= 0) & world.places["points"].any(axis=1))
    points = world.places["points"][rows].max(axis=1)
    stakes = []
    for row in rows[np.argsort(-points, kind="stable")].tolist():
        side = codes.JAPANESE if int(world.places["holder"][row]) == codes.SOVIET else codes.SOVIET
        worth = int(world.places["points"][row].max())
        stakes.append(Stake(row, names.places[row], names.place_names[row], codes.SIDES[side], worth))
    return tuple(stakes)


def losses_of(world: World) -> NDArray[np.int64]:
    """Return (2, 3) what each side has lost so far, by LOSS_FIGURES."""
    units = world.units
    men = np.stack([units[name] for name in MEN_FIELDS]).sum(axis=0, dtype=np.int64)
    tanks = units["tanks_lost"].sum(axis=1, dtype=np.int64)
    guns = units["guns_lost"].astype(np.int64) + units["launchers_lost"]
    return np.array([[column[units["side"] == side].sum() for column in (men, tanks, guns)] for side in range(2)])


def view(tally: LookAheadTally, done: int, terms: Terms) -> LookAheadView:
    """Return what the first ``done`` runs say."""
    total = len(tally.level)
    if done == 0:
        return LookAheadView(0, total)
    start = terms.scenario.header.start_date
    turns = np.arange(terms.first_turn, terms.last_turn + 1)
    days = tuple(day_of(start, turn) for turn in turns.tolist())
    taken_by = (tally.taken_turn[:done, :, None] <= turns).sum(axis=0).tolist()
    held = tally.held[:done].sum(axis=0).tolist()
    return LookAheadView(
        done,
        total,
        tuple(
            ObjectiveProspect(
                stake.place, stake.name, stake.side, stake.points, days, tuple(counts), Proportion(happened, done)
            )
            for stake, counts, happened in zip(terms.stakes, taken_by, held, strict=True)
        ),
        tuple(
            LevelProspect(level.name, level.winner, Proportion(int((tally.level[:done] == row).sum()), done))
            for row, level in enumerate(terms.scenario.header.victory.levels)
        ),
        tuple(
            LossProspect(name, what, mean_of(tally.losses[:done, side, column]))
            for side, name in enumerate(codes.SIDES)
            for column, what in enumerate(LOSS_FIGURES)
        ),
        mean_of(tally.score[:done]),
    )


def comparison(before: LookAheadTally, after: LookAheadTally, done: int, terms: Terms) -> ComparisonView:
    """Return what the first ``done`` pairs of runs say."""
    seen_before, seen_after = view(before, done, terms), view(after, done, terms)
    if done == 0:
        return ComparisonView(seen_before, seen_after)
    changes = [
        ObjectiveChange(
            stake.place,
            stake.name,
            stake.side,
            difference_of_shares(before.held[:done, column], after.held[:done, column]),
        )
        for column, stake in enumerate(terms.stakes)
    ]
    return ComparisonView(
        seen_before,
        seen_after,
        tuple(sorted(changes, key=lambda change: -abs(change.held.mean))),
        tuple(
            (level.name, difference_of_shares(before.level[:done] == row, after.level[:done] == row))
            for row, level in enumerate(terms.scenario.header.victory.levels)
        ),
        tuple(
            (name, what, difference_of_means(before.losses[:done, side, column], after.losses[:done, side, column]))
            for side, name in enumerate(codes.SIDES)
            for column, what in enumerate(LOSS_FIGURES)
        ),
        difference_of_means(before.score[:done], after.score[:done]),
    )
