"""The tables of a batch: how a run's arrays become rows; ``columns`` has their columns.

``runs``: a row a run. ``captures``: a row each time that a place changes hands. ``daily``: a row a recorded formation
(theatre, front, army, or what stands for an army) and evening; losses there are those of the campaign so far.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.batch.storage.columns import SCHEMAS, daily_values
from sim.kernels.turn import evening_record

DONE, FAILED = "done", "failed"


@dataclass(frozen=True)
class Ids:
    """Names by code or row number, as Arrow dictionaries; the same for every chunk of a batch."""

    sides: Any
    places: Any
    formations: Any
    armies: Any  # formations, then units: a unit without an army stands for itself
    n_formation: int
    recorded: NDArray[np.int16]  # (n_slot,) formation row of each recorded formation
    recorded_side: NDArray[np.int8]  # (n_slot,)
    first_day: np.datetime64


@dataclass(frozen=True)
class RunRows:
    """What one run leaves: its row of ``runs`` and the arrays of its rows of the other tables.

    Attributes
    ----------
    row : dict
        Columns of ``runs``.
    captures : (n, 4) int32
        Place row, turn, side, and row in ``Ids.armies``.
    figures : (n_turn, n_slot, N_FIGURE) int32
        See ``record.FIGURE_*``.
    """

    row: dict[str, Any]
    captures: NDArray[np.int32]
    figures: NDArray[np.int32]


def runs_table(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Return rows of ``runs`` as a table; what a failed run lacks is null."""
    schema = SCHEMAS["runs"]
    return pa.table({name: [row.get(name) for row in rows] for name in schema.names}, schema)


def captures_table(runs: Sequence[RunRows], ids: Ids) -> Any:
    """Return the captures of some runs, in the order in which they happened in each."""
    place, turn, side, by = np.concatenate([run.captures for run in runs] or [np.zeros((0, 4), np.int32)]).T
    columns = [
        _repeated([(run.row["run_id"], len(run.captures)) for run in runs]),
        _named(place, ids.places),
        turn.astype(np.int16),
        (ids.first_day + (turn - 1)).astype("datetime64[D]"),
        _named(side, ids.sides),
        _named(by, ids.armies),
    ]
    return _table("captures", columns)


def daily_table(runs: Sequence[RunRows], ids: Ids) -> Any:
    """Return the evenings of some runs: by run, turn, and formation in the order of the scenario."""
    n_slot = len(ids.recorded)
    empty = np.zeros((0, n_slot, evening_record.N_FIGURE), np.int32)
    figures = np.concatenate([run.figures for run in runs] or [empty]).reshape(-1, evening_record.N_FIGURE).T
    days = [len(run.figures) for run in runs]
    turns = np.concatenate([np.arange(1, n + 1, dtype=np.int16) for n in days] or [np.zeros(0, np.int16)])
    n_evening = sum(days)
    columns = [
        _repeated([(run.row["run_id"], n * n_slot) for run, n in zip(runs, days, strict=True)]),
        np.repeat(turns, n_slot),
        _named(np.tile(ids.recorded_side, n_evening), ids.sides),
        _named(np.tile(ids.recorded, n_evening), ids.formations),
        *daily_values(figures),
    ]
    return _table("daily", columns)


def _repeated(counts: Sequence[tuple[int, int]]) -> NDArray[np.int32]:
    run_ids = np.array([run_id for run_id, _ in counts], np.int32)
    return np.repeat(run_ids, [n for _, n in counts])


def _named(rows: NDArray[Any], names: Any) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(np.ascontiguousarray(rows, np.int16)), names)


def _table(name: str, columns: Sequence[Any]) -> Any:
    schema = SCHEMAS[name]
    arrays = [pa.array(column) if isinstance(column, np.ndarray) else column for column in columns]
    return pa.Table.from_arrays(
        [array.cast(field.type) for array, field in zip(arrays, schema, strict=True)], schema=schema
    )
