"""When a batch has fought enough: a chance is known well enough, of victory, a result level or the fall of a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.batch.running.measures import VICTOR
from sim.batch.storage.reading import needed, telling
from sim.batch.storage.tables import RunRows
from sim.errors import BatchError, suggestion
from sim.kernels import codes
from sim.scenario.building.names import Names

VICTORY, TAKEN = "victory", "taken_"


@dataclass(frozen=True)
class StoppingRule:
    """Something that happens in a campaign or does not, and how sure its chance has to be.

    Attributes
    ----------
    width : float or None
        Of the interval on the chance; None asks for all runs.
    name : str
        ``victory`` of the Soviet side, ``taken_PLACE`` (it falls at all), or the name of a result level.
    title : str
        The same in words.
    place : int
        Row of the place among those of the scenario; -1 where none is asked about.
    """

    width: float | None = None
    name: str = VICTORY
    title: str = f"{VICTOR} wins"
    place: int = -1

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
        path = needed(folder / "captures.parquet")
        with telling(path):
            table = pq.read_table(path, columns=["run_id"], filters=wanted)
        return {int(run_id) for run_id in table["run_id"].unique().to_pylist()}

    def _yes_of(self, rows: Iterable[Mapping[str, Any]]) -> set[int]:
        column, wanted = ("winner", VICTOR) if self.name == VICTORY else ("level", self.name)
        return {int(row["run_id"]) for row in rows if row.get(column) == wanted}


def _took(run: RunRows, place: int) -> bool:
    """Return whether the victor took a place at any time of a run."""
    places, _, sides, _ = run.captures.T
    return bool(((places == place) & (sides == codes.SIDES.index(VICTOR))).any())


def stopping_rule(width: float | None, name: str, names: Names) -> StoppingRule:
    """Return the stopping rule on the chance of a name.

    Raises
    ------
    BatchError
        The scenario knows no such thing.
    """
    if name == VICTORY:
        return StoppingRule(width)
    if name in names.levels:
        return StoppingRule(width, name, name)
    place = name.removeprefix(TAKEN)
    if name.startswith(TAKEN) and place in names.places:
        row = names.places.index(place)
        return StoppingRule(width, name, f"{names.place_names[row]} taken", row)
    known = [VICTORY, *names.levels, *(f"{TAKEN}{one}" for one in names.places)]
    hint = suggestion(name, known) or f"known: {VICTORY}, {TAKEN}PLACE, and the levels, as {names.levels[0]!r}"
    raise BatchError(f"error: no probability is named {name!r} ({hint})")
