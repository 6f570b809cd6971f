"""What the report asks of a batch, read from its Parquet files a row group at a time so that memory stays small.

Of the evenings only counts are kept: how many runs had each figure. They take the same room for any number of runs.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.batch.storage.reading import damaged, read_groups, rows_of_runs
from sim.batch.storage.tables import DONE
from sim.game.records.outcome import MEN_FIELDS

MISSING = -1  # a day that a run did not see, a place that it did not take, tanks that a formation has not


class ReportNames:
    """Row numbers given to names in alphabetical order of a whole file."""

    def __init__(self, names: list[str]) -> None:
        self.all = tuple(sorted(names))
        self.row = {name: row for row, name in enumerate(self.all)}

    def rows_of(self, column: Any) -> NDArray[np.int64]:
        """Return the row number of each value of a dictionary column."""
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        lookup = np.array([self.row.get(name, -1) for name in whole.dictionary.to_pylist()], np.int64)
        codes = whole.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        return np.asarray(lookup[codes] if len(lookup) else codes)


@dataclass(frozen=True, eq=False)
class Days:
    """Evenings of every run that did not fail, by formation.

    Attributes
    ----------
    formations : tuple of str
    sides : dict
        Side of each formation.
    advance_hexes, fuel_permille : (n_turn, n_formation, n_value) int32
        In how many runs each figure, 0 and upwards, was seen on each evening.
    tanks : (n_formation,) float64
        Mean on the first evening.
    men_lost : dict
        By turn (0 for the end of the campaign) and formation: (n_run, 4) int32 killed, wounded, captured, deserted.
    """

    formations: tuple[str, ...]
    sides: dict[str, str]
    advance_hexes: NDArray[np.int32]
    fuel_permille: NDArray[np.int32]
    tanks: NDArray[np.float64]
    men_lost: dict[tuple[int, str], NDArray[np.int32]]


@dataclass(frozen=True, eq=False)
class Falls:
    """First capture of each place by the attacker.

    Attributes
    ----------
    places : tuple of str
    turns : (n_run, n_place) int16
        ``MISSING`` where it never fell.
    takers : tuple of str
        The army that took each place first most often.
    """

    places: tuple[str, ...]
    turns: NDArray[np.int16]
    takers: tuple[str, ...]


def run_rows(runs: Any) -> NDArray[np.int64]:
    """Return, by ``run_id``, the row of each run among those that did not fail, -1 for the others."""
    run_ids = runs["run_id"].to_numpy()
    fought = np.array([status == DONE for status in runs["status"].to_pylist()], bool)
    rows = np.full(int(run_ids.max(initial=-1)) + 1, -1, np.int64)
    rows[run_ids[fought]] = np.arange(int(fought.sum()))
    return rows


def read_days(folder: Path, rows: NDArray[np.int64], turns: NDArray[Any], wanted: set[tuple[int, str]]) -> Days:
    """Return the evenings of a batch.

    Parameters
    ----------
    rows : (n,) int64
        As ``run_rows`` gives them.
    turns : (n_run,) int
        Last turn of each run that did not fail.
    wanted : set of (int, str)
        Turn and formation whose losses are asked for, besides those of all at the end.
    """
    path = folder / "daily.parquet"
    names, sides = _formations(path)
    n_run, n_slot = len(turns), len(names.all)
    shape = (int(turns.max(initial=0)), n_slot, 1)
    advance, fuel = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    asked = [*((0, name) for name in names.all), *sorted(one for one in wanted if one[1] in names.row)]
    lost = {one: np.zeros((n_run, len(MEN_FIELDS)), np.int32) for one in asked}
    tanks = np.zeros(n_slot)
    seen = 0
    wanted_columns = ["run_id", "turn", "formation", *MEN_FIELDS, "tanks", "fuel_permille", "advance_hexes"]
    for group in read_groups(path, "daily", wanted_columns):
        run = rows_of_runs(path, rows, group["run_id"].to_numpy())
        turn = group["turn"].to_numpy().astype(np.int64)
        if (turn > turns[run]).any():
            raise damaged(path, "it has evenings after the end of a run")
        seen += group.num_rows
        slot = names.rows_of(group["formation"])
        advance = _counted(advance, turn, slot, group["advance_hexes"].to_numpy())
        fuel = _counted(fuel, turn, slot, group["fuel_permille"].fill_null(MISSING).to_numpy())
        men = np.stack([group[name].to_numpy() for name in MEN_FIELDS], axis=1)
        for (day, formation), table in lost.items():
            there = slot == names.row[formation]
            there[there] = turn[there] == (np.minimum(day, turns[run[there]]) if day else turns[run[there]])
            table[run[there]] = men[there]
        first = turn == 1
        np.add.at(tanks, slot[first], group["tanks"].to_numpy()[first])
    if seen != n_slot * int(turns.sum()):
        raise damaged(path, f"it has {seen:,} rows, not one a formation and evening ({n_slot * int(turns.sum()):,})")
    return Days(names.all, sides, advance, fuel, tanks / max(n_run, 1), lost)


def _counted(
    counts: NDArray[np.int32], turn: NDArray[np.int64], slot: NDArray[np.int64], values: NDArray[Any]
) -> NDArray[np.int32]:
    """Return counts with the figures of more evenings; there is room for the greatest of them."""
    known = values != MISSING
    more = int(values.max(initial=0)) + 1 - counts.shape[2]
    if more > 0:
        counts = np.pad(counts, ((0, 0), (0, 0), (0, more)))
    np.add.at(counts, (turn[known] - 1, slot[known], values[known]), 1)
    return counts


def read_falls(folder: Path, rows: NDArray[np.int64], n_run: int, attacker: str) -> Falls:
    """Return when each place first fell to the attacker in each run."""
    path = folder / "captures.parquet"
    places, armies = ReportNames(_values(path, "captures", "place")), ReportNames(_values(path, "captures", "by"))
    never = np.iinfo(np.int16).max
    turns = np.full((n_run, len(places.all)), never, np.int16)
    taken = np.zeros((len(places.all), len(armies.all)), np.int64)
    for group in read_groups(path, "captures", ["run_id", "place", "turn", "side", "by"]):
        own = np.array([side == attacker for side in group["side"].to_pylist()], bool)
        run, place = rows_of_runs(path, rows, group["run_id"].to_numpy()[own]), places.rows_of(group["place"])[own]
        turn, by = group["turn"].to_numpy()[own], armies.rows_of(group["by"])[own]
        np.minimum.at(turns, (run, place), turn)
        is_first = turns[run, place] == turn
        np.add.at(taken, (place[is_first], by[is_first]), 1)
    turns[turns == never] = MISSING
    takers = tuple(armies.all[int(row.argmax())] if row.any() else "" for row in taken)
    return Falls(places.all, turns, takers)


def _values(path: Path, table: str, column: str) -> list[str]:
    found: set[str] = set()
    for group in read_groups(path, table, [column]):
        found.update(str(name) for name in group[column].unique().to_pylist())
    return sorted(found)


def _formations(path: Path) -> tuple[ReportNames, dict[str, str]]:
    sides: dict[str, str] = {}
    for group in read_groups(path, "daily", ["formation", "side"]):
        for row in group.group_by(["formation", "side"]).aggregate([]).to_pylist():
            sides[row["formation"]] = row["side"]
    return ReportNames(list(sides)), sides
