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
from sim.errors import SimError
from sim.game import outcome
from sim.game.digests import chain
from sim.game.views import Views
from sim.kernels import layout
from sim.kernels.layout import World
from sim.kernels.turn import play_day
from sim.scenario import Scenario, build
from sim.scenario.names import Names


@dataclass(frozen=True)
class Snapshot:
    """A campaign as it stood one evening."""

    world: World
    digest: bytes
    turns_played: int


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
    """

    def __init__(self, loaded: Scenario, seed: int, key: int, plans: Sequence[str] = ()) -> None:
        self.scenario = loaded
        self.seed = seed
        self.key = key
        self.static = build.static(loaded, plans)
        self.names: Names = self.static.names
        self.world: World = build.start(self.static, key)
        self.views = Views(self.world, self.names, loaded.map.hex_km)
        self.scratch = layout.new_scratch(len(self.world.hexes), len(self.world.units))
        self.turns_played = 0
        self._digest = bytes(32)

    @classmethod
    def start(
        cls,
        scenario_id: str | Path | Scenario,
        mods: Sequence[str | Path] = (),
        seed: int = 1945,
        key: int | None = None,
        plans: Sequence[str] = (),
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
        """
        loaded = scenario_id if isinstance(scenario_id, Scenario) else scenario.load(scenario_id, mods)
        return cls(loaded, seed, build.run_key(seed, 0) if key is None else key, plans)

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
        before = int(self.world.clock["n_events"][0])
        play_day(self.world, self.scratch)
        self.turns_played += 1
        self._digest = chain(self._digest, self.world)
        return self.events(before)

    def days(self, until: date | None = None) -> Iterator[NDArray[Any]]:
        """Play day by day until the campaign is decided, or the day ``until`` is over; yield each day's events."""
        while not self.is_over and (until is None or self.today <= until):
            yield self.step_day()

    def run(self, until: date | None = None) -> "Campaign":
        """Play until the campaign is decided, or the day ``until`` is over."""
        for _ in self.days(until):
            pass
        return self

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
        return self._digest.hex()

    # --- the way back

    def snapshot(self) -> Snapshot:
        """Return the campaign as it stands, to come back to."""
        return Snapshot(layout.copy_world(self.world), self._digest, self.turns_played)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot; it can be used again."""
        self.world = layout.copy_world(snapshot.world)
        self._digest, self.turns_played = snapshot.digest, snapshot.turns_played

    # --- the outcome

    def result(self) -> dict[str, Any]:
        """Return the outcome as plain data: the contract of ``run --json``."""
        winner = int(self.world.clock["winner"][0])
        levels = self.scenario.header.victory.levels
        return {
            "scenario": self.scenario.id,
            "mods": list(self.scenario.mods),
            "seed": self.seed,
            "key": f"{self.key:016x}",
            "engine": __version__,
            "digest": self.digest(),
            "turns": self.turns_played,
            "end_date": self.last_day.isoformat(),
            "outcome": {
                "winner": (*self.side_ids, "none")[winner],
                "level": levels[int(self.world.clock["level"][0])].name,
                "points": {side: int(self.world.sides["points"][row]) for row, side in enumerate(self.side_ids)},
            },
            "losses": outcome.losses(self.world),
            "captures": outcome.captures(self.world, self.names, self.scenario.header.start_date),
            "formations": outcome.formations(self.world, self.names),
        }

    @property
    def side_ids(self) -> tuple[str, ...]:
        """Return the ids of both sides in the order of their codes."""
        return outcome.SIDE_IDS
