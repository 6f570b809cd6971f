"""The chance that a batch is asked to settle: victory, a result level, or the fall of a place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.batch.measures import VICTOR
from sim.batch.tables import RunRows
from sim.errors import BatchError, suggestion
from sim.kernels import codes

VICTORY, TAKEN = "victory", "taken_"


@dataclass(frozen=True)
class Question:
    """Something that happens in a campaign or does not.

    Attributes
    ----------
    name : str
        ``victory`` of the Soviet side, ``taken_PLACE`` (it falls at all), or the name of a result level.
    place : int
        Row of the place among those of the scenario; -1 where none is asked about.
    """

    name: str = VICTORY
    place: int = -1

    @property
    def title(self) -> str:
        """Return what is asked about in words."""
        if self.name == VICTORY:
            return f"{VICTOR} wins"
        return f"{self.name.removeprefix(TAKEN)} taken" if self.place >= 0 else self.name

    def yes(self, runs: Iterable[RunRows]) -> set[int]:
        """Return the numbers of the runs in which it happened."""
        if self.place < 0:
            return self._yes_of(run.row for run in runs)
        return {int(run.row["run_id"]) for run in runs if _took(run, self.place)}

    def yes_in(self, folder: Path, rows: Iterable[Mapping[str, Any]]) -> set[int]:
        """Return the numbers of the runs of a chunk in which it happened; ``rows`` are those of its runs."""
        if self.place < 0:
            return self._yes_of(rows)
        wanted = (pc.field("place") == self.name.removeprefix(TAKEN)) & (pc.field("side") == VICTOR)
        table = pq.read_table(folder / "captures.parquet", columns=["run_id"], filters=wanted)
        return {int(run_id) for run_id in table["run_id"].unique().to_pylist()}

    def _yes_of(self, rows: Iterable[Mapping[str, Any]]) -> set[int]:
        column, wanted = ("winner", VICTOR) if self.name == VICTORY else ("level", self.name)
        return {int(row["run_id"]) for row in rows if row.get(column) == wanted}


def _took(run: RunRows, place: int) -> bool:
    """Return whether the victor took a place at any time of a run."""
    places, _, sides, _ = run.captures.T
    return bool(((places == place) & (sides == codes.SIDES.index(VICTOR))).any())


def question_of(name: str, places: Sequence[str], levels: Sequence[str]) -> Question:
    """Return the question of a name.

    Parameters
    ----------
    places, levels : sequence of str
        Ids of the places of the scenario in row order, and names of its result levels.

    Raises
    ------
    BatchError
        The scenario knows no such thing.

    Example
    -------
    >>> question_of("taken_mukden", ["harbin", "mukden"], ["drawn campaign"])
    Question(name='taken_mukden', place=1)
    """
    if name == VICTORY or name in levels:
        return Question(name)
    place = name.removeprefix(TAKEN)
    if name.startswith(TAKEN) and place in places:
        return Question(name, list(places).index(place))
    known = [VICTORY, *levels, *(f"{TAKEN}{one}" for one in places)]
    hint = suggestion(name, known) or f"known: {VICTORY}, {TAKEN}PLACE, and the levels, as {levels[0]!r}"
    raise BatchError(f"error: there is no chance of {name!r} to settle ({hint})")
