"""Two batches of the same luck: how they differ, how surely, and how many runs would settle what is open."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.batch.running.measures import SHARE, Measure, last_turn, measured, measures
from sim.batch.running.results import BatchResult
from sim.batch.statistics.effects import Floats, cohen_d, difference, runs_to_settle
from sim.errors import BatchError

SAME, CLEAR, OPEN = "same", "clear", "open"
FEWEST_PAIRS = 4


@dataclass(frozen=True)
class Compared:
    """How one measure differs.

    Attributes
    ----------
    before, after : float
        Mean in the first and in the second batch, over the pairs.
    change, low, high : float
        Mean difference with its 95 percent interval.
    effect : float
        Risk difference of a share; else Cohen's d of the paired differences.
    verdict : str
        ``same``: no pair differs; ``clear``: the interval leaves 0 out; ``open``.
    runs_needed : int or None
        Pairs that would settle an open difference of this size; None where it is settled, or nothing is to be seen.
    """

    measure: Measure
    before: float
    after: float
    change: float
    low: float
    high: float
    effect: float
    verdict: str
    runs_needed: int | None

    def as_dict(self) -> dict[str, Any]:
        """Return the row as plain data."""
        return {
            "measure": self.measure.name,
            "title": self.measure.title,
            "unit": self.measure.unit,
            "a": self.before,
            "b": self.after,
            "difference": self.change,
            "low": self.low,
            "high": self.high,
            "effect": self.effect if abs(self.effect) < float("inf") else None,
            "effect_size": "risk difference" if self.measure.unit == SHARE else "cohen_d_paired",
            "verdict": self.verdict,
            "runs_needed": self.runs_needed,
        }


@dataclass(frozen=True)
class Comparison:
    """Two batches side by side.

    Attributes
    ----------
    pairs : int
        Runs with the same key that failed in neither.
    unpaired : (int, int)
        Runs of each batch that have no counterpart.
    """

    first: BatchResult
    second: BatchResult
    pairs: int
    unpaired: tuple[int, int]
    notes: tuple[str, ...]
    rows: tuple[Compared, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the comparison as plain data."""
        return {
            "a": {"folder": str(self.first.folder), **_identity(self.first)},
            "b": {"folder": str(self.second.folder), **_identity(self.second)},
            "pairs": self.pairs,
            "unpaired": list(self.unpaired),
            "notes": list(self.notes),
            "measures": [row.as_dict() for row in self.rows],
        }


def compare(first: str | Path | BatchResult, second: str | Path | BatchResult) -> Comparison:
    """Return how the second batch differs from the first, run by run of the same key.

    Raises
    ------
    BatchError
        They cannot be paired, or a folder holds no finished batch.

    Example
    -------
    >>> from sim.batch import run_batch
    >>> dry = run_batch("august_storm", mods=["no_rain"], runs=4, seed=3)
    >>> found = compare(run_batch("august_storm", runs=4, seed=3), dry)
    >>> found.pairs, found.rows[0].measure.name
    (4, 'victory')
    """
    a, b = (one if isinstance(one, BatchResult) else BatchResult(one) for one in (first, second))
    if last_turn(a) != last_turn(b) or a.facts["first_day"] != b.facts["first_day"]:
        raise BatchError(
            f"error: {a.folder} and {b.folder} cannot be paired: their campaigns have other calendars "
            f"({_calendar(a)}; {_calendar(b)})"
        )
    places = {**a.facts["key_places"], **b.facts["key_places"]}
    tables = [measured(one, places) for one in (a, b)]
    rows = [{key: row for row, key in enumerate(table["key"].to_pylist())} for table in tables]
    shared = [key for key in rows[0] if key in rows[1]]
    if len(shared) < FEWEST_PAIRS:
        raise BatchError(_why_unpaired(a, b, len(shared)))
    chosen = [table.take([row[key] for key in shared]) for table, row in zip(tables, rows, strict=True)]
    is_same = bool(chosen[0]["digest"].equals(chosen[1]["digest"]))
    found = [
        compared(measure, *(table[measure.name].to_numpy().astype(float) for table in chosen), is_same=is_same)
        for measure in measures(places)
    ]
    unpaired = (len(rows[0]) - len(shared), len(rows[1]) - len(shared))
    return Comparison(a, b, len(shared), unpaired, tuple(_notes(a, b, is_same)), tuple(found))


def compared(measure: Measure, before: Floats, after: Floats, *, is_same: bool = False) -> Compared:
    """Return how one measure differs over pairs of runs."""
    is_share = measure.unit == SHARE
    found = difference(before, after, is_share=is_share, is_same=is_same)
    change = after - before
    verdict = SAME if not change.any() else CLEAR if found.is_clear else OPEN
    return Compared(
        measure,
        float(before.mean()),
        float(after.mean()),
        found.mean,
        found.low,
        found.high,
        found.mean if is_share else cohen_d(change),
        verdict,
        max(runs_to_settle(change) or 0, len(change) + 1) if verdict == OPEN and np.any(change.mean()) else None,
    )


def _identity(result: BatchResult) -> dict[str, Any]:
    facts = result.facts
    return {name: facts[name] for name in ("scenario", "scenario_digest", "mods", "plans", "seed", "runs", "failed")}


def _calendar(result: BatchResult) -> str:
    return f"{last_turn(result)} days from {result.facts['first_day']}"


def _why_unpaired(a: BatchResult, b: BatchResult, shared: int) -> str:
    words = f"error: {a.folder} and {b.folder} cannot be paired: "
    if a.facts["seed"] != b.facts["seed"]:
        return words + f"their seeds differ ({a.facts['seed']} and {b.facts['seed']}), so no run has a counterpart"
    return words + f"{shared} runs with the same key were fought in both, and at least {FEWEST_PAIRS} are needed"


def _notes(a: BatchResult, b: BatchResult, is_same: bool) -> list[str]:
    """Return what a reader should know of the pair."""
    notes = []
    if is_same:
        notes.append("every campaign is the same in both, to the last man")
    if a.facts["scenario"] != b.facts["scenario"]:
        notes.append(f"the scenarios are {a.facts['scenario']} and {b.facts['scenario']}")
    if a.facts["engine_digest"] != b.facts["engine_digest"]:
        notes.append("the engines differ: part of the difference may be theirs")
    return notes
