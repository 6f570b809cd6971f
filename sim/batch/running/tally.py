"""Running estimates: who wins how often, and when enough is known."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.batch.storage.chunks import GROUP_RUNS
from sim.batch.storage.tables import FAILED
from sim.game.forecasts.intervals import Proportion
from sim.kernels import codes

VICTOR = codes.SIDES[0]  # the side whose chance of victory is in question


@dataclass(frozen=True)
class Estimate(Proportion):
    """How often an outcome was seen among the runs that did not fail."""

    name: str

    def as_dict(self) -> dict[str, Any]:
        """Return the estimate as plain data."""
        share = self.share if self.trials else 0.0
        counted = {"outcome": self.name, "seen": self.happened, "of": self.trials}
        return counted | {"share": share, "low": self.low, "high": self.high}


@dataclass
class Tally:
    """What the runs so far came to.

    Attributes
    ----------
    levels : tuple of str
        Names of the result levels, the highest first.
    asked : str
        What a batch that stops early asks about, in words.
    """

    levels: tuple[str, ...]
    asked: str = ""
    runs: int = 0
    failed: int = 0
    winners: Counter[str] = field(default_factory=Counter)
    by_level: Counter[str] = field(default_factory=Counter)
    groups: dict[int, Counter[str]] = field(default_factory=dict)

    def add(self, rows: Iterable[Mapping[str, Any]], yes: Collection[int] = ()) -> None:
        """Count rows of ``runs``; ``yes`` are the numbers of those in which what is asked about happened."""
        for row in rows:
            group = self.groups.setdefault(int(row["run_id"]) // GROUP_RUNS, Counter())
            group["runs"] += 1
            self.runs += 1
            if row["status"] == FAILED:
                self.failed += 1
                continue
            group["fought"] += 1
            group["yes"] += row["run_id"] in yes
            self.winners[row["winner"]] += 1
            self.by_level[row["level"]] += 1

    @property
    def victory(self) -> Estimate:
        """Return the chance that the Soviet side wins."""
        return Estimate(self.winners[VICTOR], self.runs - self.failed, f"{VICTOR} wins")

    def estimates(self) -> list[Estimate]:
        """Return the headline outcomes: victory, every result level, and what is asked about if it is none of them."""
        fought = self.runs - self.failed
        found = [self.victory, *(Estimate(self.by_level[name], fought, name) for name in self.levels)]
        return [*found, self.answer()] if self.asked and self.asked not in [one.name for one in found] else found

    def answer(self, before: int | None = None) -> Estimate:
        """Return the chance of what is asked about; ``before`` leaves out runs from this number on."""
        groups = [one for group, one in self.groups.items() if before is None or group * GROUP_RUNS < before]
        return Estimate(sum(one["yes"] for one in groups), sum(one["fought"] for one in groups), self.asked)

    def settled(self, width: float) -> int | None:
        """Return how many runs, counted from the first, make the interval on what is asked as narrow as ``width``.

        Looks at whole groups in the order of the runs, not of their completion: the answer is the same however many
        threads or machines there are.
        """
        happened = fought = 0
        group = 0
        while self.groups.get(group, Counter())["runs"] == GROUP_RUNS:
            happened += self.groups[group]["yes"]
            fought += self.groups[group]["fought"]
            low, high = Proportion(happened, fought).interval
            group += 1
            if high - low <= width:
                return group * GROUP_RUNS
        return None
