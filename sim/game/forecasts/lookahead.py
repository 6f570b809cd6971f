"""The rest of the campaign, played a few hundred times from the present moment while the window stays smooth.

One thread of low priority does it. It spends its time in kernels, which leave the interpreter free, and between two
campaigns a few milliseconds in Python at most. Both sides are led by the engine's commanders, with keys of their own: a
look ahead says what may happen, never what will. A side that does not see everything looks ahead from what it knows:
each campaign begins from a situation of its own that agrees with that (``determinizations``).

Example
-------
>>> from sim.game.campaign import Campaign
>>> campaign = Campaign.start("august_storm", seed=1945)
>>> ahead = LookAhead(campaign, runs=2)
>>> ahead.start()
>>> ahead.wait()
>>> seen = ahead.poll()
>>> seen.done, sum(level.chance.happened for level in seen.levels)
(2, 2)
"""

import os
import sys
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import SimError
from sim.game.campaign import Campaign, Snapshot
from sim.game.forecasts.battle_forecast import Forecaster
from sim.game.forecasts.lookahead_results import (
    ComparisonView,
    LookAheadTally,
    LookAheadView,
    Terms,
    comparison,
    losses_of,
    stakes_of,
    view,
)
from sim.game.knowledge.determinizations import Situations
from sim.game.knowledge.scratch_world import refill, working_copy
from sim.game.records.order_log import BETWEEN_DAYS
from sim.kernels import codes
from sim.kernels.commander.command_side import command_side
from sim.kernels.state import layout
from sim.kernels.state.layout import Scratch, World
from sim.kernels.turn.turn import begin_phase, finish_day, run_campaign
from sim.task import Task

RUNS = 300
SEED = 0x4C4F4F4B  # of the look ahead's own keys; no campaign draws its key so
NICENESS = 5  # added to the thread's own, so that the window always comes first


def finish_campaign(world: World, scratch: Scratch, phase: int) -> None:
    """Play a campaign to its end, with the commanders of both sides, from anywhere within a day.

    Parameters
    ----------
    phase : int
        BETWEEN_DAYS, or the open phase (0, 1): its side's commander orders what can still act.
    """
    clock = world.clock
    if phase != BETWEEN_DAYS and not clock["decided"][0]:
        first = int(clock["first_side"][0])
        for number in range(phase, 2):
            side = first if number == 0 else 1 - first
            if number > phase:
                begin_phase(world, scratch, side)
            command_side(world, scratch, side)
        finish_day(world, scratch)
    run_campaign(world, scratch, int(clock["last_turn"][0]))


def hand_to_commanders(world: World) -> None:
    """Let the engine's commanders lead the sides that people lead, with all of their units."""
    commanders: NDArray[Any] = world.sides["commander"]
    commanders[commanders == codes.COMMANDER_NONE] = codes.COMMANDER_ADAPTIVE
    world.units["led_by"] = codes.LED_BY_COMMANDER


def own_key(run: int) -> int:
    """Return the key of a run: the same for every look ahead, so that two of them share their luck."""
    return int(np.random.SeedSequence(SEED, spawn_key=(run,)).generate_state(1, np.uint64)[0])


class LookAheadThread:
    """Plays the rest of a campaign from one situation or from several in turn, in a thread of its own.

    Parameters
    ----------
    campaign : Campaign
    situations : sequence of Snapshot
        Of the same day, in the order in which they came about.
    runs : int
    side : str or None
        The side that looks ahead, by what it knows; None starts from the situations as they are.

    Attributes
    ----------
    runs : int
        Campaigns to play from each situation.
    done : int
        Those that are played from all of them.
    terms : Terms
        What is looked at.
    tallies : tuple of LookAheadTally
        The results so far, one tally for each situation.
    """

    def __init__(self, campaign: Campaign, situations: Sequence[Snapshot], runs: int, side: str | None) -> None:
        if any(situation.world.clock["decided"][0] for situation in situations):
            raise SimError("the campaign is decided: there is nothing left to forecast")
        begin = situations[0].world
        self.runs = runs
        self.done = 0
        first_turn, last_turn = int(begin.clock["turn"][0]), int(begin.clock["last_turn"][0])
        self.terms = Terms(stakes_of(begin, campaign.names), campaign.scenario, first_turn, last_turn)
        self.tallies = tuple(LookAheadTally(runs, self.terms) for _ in situations)
        self._situations = tuple(situations)
        self._opening = campaign.static.template
        self._side = codes.SIDES.index(side) if side is not None and campaign.fog else None
        self._stop = threading.Event()
        self._task: Task[None] | None = None

    def start(self) -> None:
        """Begin to play; nothing happens if it has begun before."""
        if self._task is None:
            self._task = Task(self._work, "look ahead")

    def cancel(self) -> None:
        """Stop after the campaign that is being played, without waiting for it; what is known stays."""
        self._stop.set()

    def wait(self) -> None:
        """Wait until all is played, or what was under way when it was cancelled."""
        if self._task is not None:
            self._task.wait()

    @property
    def is_running(self) -> bool:
        """Return whether campaigns are being played."""
        return self._task is not None and not self._task.done

    def known(self) -> int:
        """Return how many runs are done; a failure of the thread is raised here."""
        if self._task is not None and self._task.done:
            self._task.result()
        return self.done

    def _work(self) -> None:
        yield_to_others()
        world = working_copy(self._situations[0].world, len(self._situations[0].world.events))
        scratch = layout.new_scratch(len(world.hexes), len(world.units))
        drawn = None
        if self._side is not None:
            drawn = Situations(self._opening, self._situations[-1].world, self._side)
        for run in range(self.runs):
            for number, tally in enumerate(self.tallies):
                if self._stop.is_set():
                    return
                refill(world, self._situations[number].world)
                if drawn is not None:
                    drawn.fill(world, scratch, run)
                self._play(world, scratch, number, tally, run)
            self.done = run + 1

    def _play(self, world: World, scratch: Scratch, number: int, tally: LookAheadTally, run: int) -> None:
        world.clock["key"] = own_key(run)
        hand_to_commanders(world)
        held = world.places["holder"][tally.rows] == tally.takers
        if number == 0:
            self._lost_before = losses_of(world)
        finish_campaign(world, scratch, self._situations[number].phase)
        tally.note(run, world, self.terms.first_turn, held, self._lost_before)


class LookAhead(LookAheadThread):
    """The chances of the campaign from where it stands.

    Parameters
    ----------
    campaign : Campaign
        It goes on as if nothing were looked at.
    situation : Snapshot, optional
        Another moment of it than the present one.
    runs : int
        Campaigns to play.
    side : str, optional
        The side that looks ahead; without it, the look ahead is from the situation as it is.
    """

    def __init__(
        self, campaign: Campaign, situation: Snapshot | None = None, runs: int = RUNS, side: str | None = None
    ) -> None:
        super().__init__(campaign, [situation or campaign.snapshot()], runs, side)
        self._seen = LookAheadView(0, runs)

    def poll(self) -> LookAheadView:
        """Return what is known by now; never waits."""
        done = self.known()
        if done != self._seen.done:
            self._seen = view(self.tallies[0], done, self.terms)
        return self._seen


class OrderComparison(LookAheadThread):
    """What an order changes: the campaign played from before and from after it, in pairs that share their luck.

    Parameters
    ----------
    campaign : Campaign
    before, after : Snapshot
        Of the same day, in this order.
    runs : int
        Pairs of campaigns to play.
    side : str, optional
        The side that gave the order, if it is weighed by what that side knows. The order must have revealed nothing.
    """

    def __init__(
        self, campaign: Campaign, before: Snapshot, after: Snapshot, runs: int = RUNS, side: str | None = None
    ) -> None:
        super().__init__(campaign, [before, after], runs, side)
        self._seen = ComparisonView(LookAheadView(0, runs), LookAheadView(0, runs))

    def poll(self) -> ComparisonView:
        """Return what is known by now; never waits."""
        done = self.known()
        if done != self._seen.before.done:
            before, after = self.tallies
            self._seen = comparison(before, after, done, self.terms)
        return self._seen


def load_kernels(campaign: Campaign) -> None:
    """Load or compile what forecasts and looks ahead need, so that neither halts a window; the campaign stays as it is.

    The kernels of a side's phase are those that a game plays with anyhow.
    """
    Forecaster(campaign)
    over = campaign.snapshot().world
    Situations(campaign.static.template, over, codes.SOVIET).fill(over, campaign.scratch, 0)
    over.clock["decided"] = 1
    run_campaign(over, campaign.scratch, 0)


def yield_to_others() -> None:
    """Lower the priority of the calling thread where the system can do so for one thread alone."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
