"""A campaign that can be played a day at a time, told, compared, taken back.

Example
-------
>>> campaign = Campaign.start("august_storm", seed=1945)
>>> campaign.today
datetime.date(1945, 8, 9)
>>> campaign.run(until=date(1945, 8, 9)).turns_played
1
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import __version__, scenario
from sim.errors import OrderError, SimError, refuse
from sim.game import orders
from sim.game.knowledge.known_world import KnownWorld
from sim.game.orders import leading
from sim.game.orders.answers import BattleAnswer, SupplyAnswer, battle_answer, supply_answer
from sim.game.orders.execution import carry_out
from sim.game.orders.marches import Ranges, march_range
from sim.game.orders.rules import OrderRules, hex_named
from sim.game.records import outcome
from sim.game.records.digests import chain, state_digest
from sim.game.records.order_log import (
    BETWEEN_DAYS,
    KEPT_EVERY,
    CommandedBy,
    Day,
    Entry,
    Lead,
    OrderLog,
    Phase,
    Situation,
)
from sim.game.wording import sentences
from sim.game.wording.views import Views
from sim.kernels import codes
from sim.kernels.commander.command_side import command_side
from sim.kernels.state import layout
from sim.kernels.state.layout import World
from sim.kernels.turn.turn import begin_day, begin_phase, finish_day, play_day
from sim.scenario import Scenario
from sim.scenario.building import build
from sim.scenario.building.names import Names


@dataclass(frozen=True, eq=False)
class Snapshot(Situation):
    """A campaign as it stood at one moment, with its order log up to then."""

    order_log: OrderLog


class Campaign:
    """One campaign: the scenario, the world as it stands, and the way back.

    Attributes
    ----------
    scenario : Scenario
    names : Names
        Ids and names by row number.
    views : Views
        Names, places and distances for people.
    world : World
        Only kernels write to it.
    turns_played : int
    plans : tuple of str
        Plans chosen instead of the scenario's own.
    fog : bool
        Whether each side, and its computer commander, knows only what it has seen.
    order_log : OrderLog
        Every order given so far, and the digest of every evening.
    """

    def __init__(
        self,
        loaded: Scenario,
        seed: int,
        key: int,
        plans: Sequence[str] = (),
        fog: bool | None = None,
        static: build.Static | None = None,
    ) -> None:
        self.scenario = loaded
        self.seed = seed
        self.key = key
        self.plans = tuple(plans)
        self.static = build.static(loaded, plans) if static is None else static
        self.names: Names = self.static.names
        self.world: World = build.start(self.static, key, fog=fog)
        self.fog = bool(self.world.rules["fog"][0])
        self.views = Views(self.world, self.names, loaded.map.hex_km)
        self.scratch = layout.new_scratch(len(self.world.hexes), len(self.world.units))
        self.turns_played = 0
        self._phase = BETWEEN_DAYS
        self.order_log = OrderLog()
        self._known_world: KnownWorld | None = None

    @classmethod
    def start(
        cls,
        scenario_id: str | Path | Scenario,
        mods: Sequence[str | Path] = (),
        seed: int = 1945,
        key: int | None = None,
        plans: Sequence[str] = (),
        fog: bool | None = None,
    ) -> "Campaign":
        """Return a campaign on the first morning.

        Parameters
        ----------
        scenario_id : str, Path or Scenario
            A shipped scenario by name, a folder, or one already loaded.
        mods : sequence of str or Path
            Laid over it in this order.
        seed : int
            The same seed gives the same campaign.
        key : int, optional
            Key of one run of a batch, instead of what ``seed`` gives.
        plans : sequence of str
            Operational plans by id, instead of the scenario's own.
        fog : bool, optional
            Fog of war on or off, instead of what the scenario's rules say.
        """
        loaded = scenario_id if isinstance(scenario_id, Scenario) else scenario.load(scenario_id, mods)
        return cls(loaded, seed, build.run_key(seed, 0) if key is None else key, plans, fog)

    def afresh(self) -> "Campaign":
        """Return this campaign once more, on its first morning and led by the computer."""
        return Campaign(self.scenario, self.seed, self.key, self.plans, self.fog, self.static)

    # --- time

    @property
    def turn(self) -> int:
        """Return the turn that is played next; the last one once the campaign is decided."""
        return int(self.world.clock["turn"][0])

    @property
    def today(self) -> date:
        """Return the date of ``turn``."""
        return outcome.day_of(self.scenario.header.start_date, self.turn)

    @property
    def last_day(self) -> date:
        """Return the date of the last day played; the day before the campaign if there is none."""
        return outcome.day_of(self.scenario.header.start_date, self.turns_played)

    @property
    def is_over(self) -> bool:
        """Return whether the campaign is decided."""
        return bool(self.world.clock["decided"][0])

    def step_day(self) -> NDArray[Any]:
        """Play one day with the commanders of both sides and return the events of that day."""
        if self.is_over:
            raise SimError(f"the campaign was decided on {self.last_day}")
        if self._phase != BETWEEN_DAYS:
            raise SimError(f"the {self.phase_side} phase is not over: end it with next_phase()")
        before = int(self.world.clock["n_events"][0])
        play_day(self.world, self.scratch)
        self._close_day(Day())
        return self.events(before)

    def _close_day(self, entry: Entry) -> None:
        self._phase = BETWEEN_DAYS
        self.turns_played += 1
        self.note(entry)
        self.order_log = self.order_log.closed(chain(self.order_log.digest, self.world))
        if self.turns_played % KEPT_EVERY == 0:
            self.order_log = self.order_log.keeping(self.situation())

    def note(self, entry: Entry) -> None:
        """Write an entry of the order log down: what was done here, or what whoever leads a side has to remember."""
        self.order_log = self.order_log.with_(entry)

    def days(self, until: date | None = None) -> Iterator[NDArray[Any]]:
        """Play day by day until the campaign is decided, or the day ``until`` is over; yield each day's events."""
        while not self.is_over and (until is None or self.today <= until):
            yield self.step_day()

    def run(self, until: date | None = None) -> "Campaign":
        """Play until the campaign is decided, or the day ``until`` is over."""
        for _ in self.days(until):
            pass
        return self

    # --- a side led by hand

    def lead(self, *sides: str) -> "Campaign":
        """Take over these sides (``soviet``, ``japan``) from the computer, and leave the others to it.

        A side that was led by hand before keeps the units that follow the plan.
        """
        for side in sides:
            if side not in self.side_ids:
                raise SimError(f"no side {side!r}; there are {', '.join(self.side_ids)}")
        if sorted(sides) != sorted(self.led_by_hand):
            self.note(Lead(sides))
        for row, side in enumerate(self.side_ids):
            by_hand = side in self.led_by_hand
            if side in sides and not by_hand:
                leading.take_over(self.world, row)
            elif side not in sides and by_hand:
                leading.leave_to_computer(self.world, row)
        return self

    @property
    def led_by_hand(self) -> tuple[str, ...]:
        """Return the sides that are not led by the computer."""
        return tuple(side for row, side in enumerate(self.side_ids) if leading.is_led_by_hand(self.world, row))

    def commanded_by(self, side: str, commander: str) -> "Campaign":
        """Give a side that the computer leads another commander: ``adaptive``, or the weaker ``baseline``."""
        if side not in self.side_ids:
            raise SimError(f"no side {side!r}; there are {', '.join(self.side_ids)}")
        if commander not in codes.COMMANDERS:
            raise SimError(f"no commander {commander!r}; there are {', '.join(codes.COMMANDERS)}")
        if self.world.sides["commander"][self.side_ids.index(side)] != codes.COMMANDERS.index(commander):
            self.note(CommandedBy(side, commander))
            self.world.sides["commander"][self.side_ids.index(side)] = codes.COMMANDERS.index(commander)
        return self

    @property
    def phase_side(self) -> str | None:
        """Return the side whose phase is open for orders, if one is."""
        return None if self._phase == BETWEEN_DAYS else self.side_ids[self._phase_row()]

    def _phase_row(self) -> int:
        first = int(self.world.clock["first_side"][0])
        return first if self._phase == 0 else 1 - first

    def next_phase(self) -> str | None:
        """End the open phase and begin the next one of a side led by hand; the computer plays what lies between.

        Returns
        -------
        str or None
            The side that may now be given orders; None when the day is over.

        Example
        -------
        A whole campaign with the Soviet side led by a script::

            campaign = Campaign.start("august_storm").lead("soviet")
            while not campaign.is_over:
                while campaign.next_phase():
                    campaign.give([Move("sov_46gtb", "lupei")])
        """
        if self.is_over:
            raise SimError(f"the campaign was decided on {self.last_day}")
        if self._phase == BETWEEN_DAYS:
            begin_day(self.world, self.scratch)
        else:
            leading.let_plan_be_followed(self.world, self.scratch, self._phase_row())
        for phase in range(self._phase + 1, 2):
            self._phase = phase
            side = self._phase_row()
            begin_phase(self.world, self.scratch, side)
            if leading.is_led_by_hand(self.world, side):
                self.note(Phase(self.side_ids[side]))
                return self.phase_side
            command_side(self.world, self.scratch, side)
        finish_day(self.world, self.scratch)
        self._close_day(Phase(""))
        return None

    def give(self, given: Sequence[orders.Order], ranges: Ranges | None = None) -> NDArray[Any]:
        """Carry out orders of the side whose phase is open, one after the other, and return the events that follow.

        ``ranges`` may tell what is known already of the ranges of units as the world stands.

        Raises
        ------
        OrderError
            One of them cannot be carried out, with the reason; then none is.
        """
        if not isinstance(given, Sequence):
            refuse("type", type(given).__name__, "give takes a list of orders")
        rules = self.order_rules(ranges)
        before = int(self.world.clock["n_events"][0])
        fallback = layout.copy_world(self.world) if len(given) > 1 else self.world  # a refusal by itself spoils nothing
        try:
            carry_out(rules, given)
        except OrderError:
            self.world = fallback
            raise
        finally:
            self.views.follow(self.world)
        for order in given:
            self.note(order)
        return self.events(before)

    def order_rules(self, ranges: Ranges | None = None) -> OrderRules:
        """Return what orders of the side whose phase is open are checked by."""
        if self._phase == BETWEEN_DAYS:
            raise SimError("no phase is open: start one with next_phase()")
        return OrderRules(self.world, self.scratch, self.names, self._phase_row(), ranges)

    def reach(self, unit_id: str) -> dict[str, float]:
        """Return the hexes in which a unit may end a march today, with the movement points left there."""
        found = march_range(self.world, self.scratch, self.unit(unit_id))
        return {self.names.hex_label(hex): left / 10 for hex, left in found.items()}

    # --- why

    def why_supply(self, unit_id: str) -> SupplyAnswer:
        """Return why a unit is in its state of supply, where its line breaks and what it goes without."""
        return supply_answer(self.world, self.scratch, self.views, self.unit(unit_id))

    def why_order(self, unit_id: str) -> str:
        """Return why the computer commander gave a unit the order that it has, in a sentence."""
        return sentences.reason(self.views, self.world, self.unit(unit_id))

    def why_battle(self, target: str, attackers: Sequence[str], posture: str = "prepared") -> BattleAnswer:
        """Return the odds of an attack on a hex (label) or place by these units, and every factor with its name.

        They are those that the side of the attackers can know of.
        """
        if posture not in orders.ATTACK_POSTURES:
            raise SimError(f"an attack is {', '.join(orders.ATTACK_POSTURES)}, not {posture!r}")
        rows = np.array([self.unit(name) for name in attackers], np.int32)
        hex = hex_named(self.world, self.names, target)
        if hex < 0:
            raise SimError(f"{target!r} is neither a hex nor a place on the map")
        world = self.known_to(int(self.world.units["side"][rows[0]])) if rows.size else self.world
        return battle_answer(world, self.views, hex, rows, codes.POSTURES.index(posture))

    def known_to(self, side: int) -> World:
        """Return the world with the enemies that a side knows of, as its staff takes them to be, and no others.

        It is to be read only, until the next call. Without fog of war it is the world itself.
        """
        if not self.fog:
            return self.world
        if self._known_world is None:
            self._known_world = KnownWorld(self.static.template, self.world)
        return self._known_world.of(self.world, side)

    # --- what there is to know

    def events(self, since: int = 0) -> NDArray[Any]:
        """Return the events logged from number ``since`` on."""
        return np.asarray(self.world.events[since : int(self.world.clock["n_events"][0])])

    def unit(self, unit_id: str) -> int:
        """Return the row of a unit by its id."""
        try:
            return self.names.units.index(unit_id)
        except ValueError:
            raise SimError(f"no unit {unit_id!r} in {self.scenario.id}") from None

    def digest(self) -> str:
        """Return the digest of all days played so far, each with the whole state at its end."""
        return self.order_log.digest.hex()

    # --- the way back

    def snapshot(self) -> Snapshot:
        """Return the campaign as it stands, to come back to."""
        return Snapshot(**vars(self.situation()), order_log=self.order_log)

    def situation(self) -> Situation:
        """Return the campaign as it stands, without its order log."""
        return Situation(layout.copy_world(self.world), self.order_log.digest, self.turns_played, self._phase)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot; it can be used again."""
        self.world = layout.copy_world(snapshot.world)
        self.order_log, self.turns_played, self._phase = snapshot.order_log, snapshot.turns_played, snapshot.phase
        self.views.follow(self.world)

    # --- the outcome

    def result(self) -> dict[str, Any]:
        """Return the outcome as plain data: the contract of ``run --json``."""
        return {
            "scenario": self.scenario.id,
            "mods": list(self.scenario.mods),
            "seed": self.seed,
            "key": f"{self.key:016x}",
            "engine": __version__,
            "digest": self.digest(),
            "state_digest": state_digest(self.world).hex(),
            "turns": self.turns_played,
            "end_date": self.last_day.isoformat(),
            **outcome.result(self.world, self.names, self.scenario.header),
        }

    @property
    def side_ids(self) -> tuple[str, ...]:
        """Return the ids of both sides in the order of their codes."""
        return outcome.SIDE_IDS
