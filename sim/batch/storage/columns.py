"""Every column of the tables of a batch (contract): its name, type and meaning, and how it is worked out.

Schemas, rows, the tables of docs/batch.md and what ``compare`` pairs follow from these. To add one, see
docs/architecture.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.game.records import outcome
from sim.game.records.digests import state_digest
from sim.kernels import codes
from sim.kernels.state.layout import World
from sim.kernels.turn import evening_record as record
from sim.scenario import Scenario

NAMED = pa.dictionary(pa.int16(), pa.string())  # a few names, many times
LOSS_FIELDS = (*outcome.MEN_FIELDS, "tanks", "guns", "aircraft")


@dataclass(frozen=True)
class BatchColumn:
    """One column.

    Attributes
    ----------
    name : str
    type : pyarrow.DataType
    meaning : str
        As docs/batch.md says it.
    value : callable or None
        ``runs``: of a ``Finished``, the value of the run. ``daily``: of the figures (N_FIGURE, n) int32 of all
        evenings, an array of n. None: the table writes it itself.
    compared_as : str
        Title under which ``compare`` and studies pair it; empty where they do not.
    unit : str
        Its unit of measure there: one of ``sim.batch.running.measures``.
    """

    name: str
    type: Any
    meaning: str
    value: Callable[[Any], Any] | None = None
    compared_as: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Finished:
    """A campaign that is over: its world after the last day, and the number of days."""

    scenario: Scenario
    world: World
    turns: int

    @cached_property
    def losses(self) -> dict[str, dict[str, int]]:
        """Return the losses by nation and kind, counted once for all of their columns."""
        return outcome.losses(self.world)


def _points(side: int) -> Callable[[Finished], int]:
    return lambda run: int(run.world.sides["points"][side])


def _lost(nation: str, name: str) -> Callable[[Finished], int]:
    return lambda run: run.losses[nation][name]


def _losses() -> list[BatchColumn]:
    """Return a column for each nation and each thing that it can lose."""
    words = {"tanks": "tanks lost", "guns": "guns and rocket launchers lost", "aircraft": "aircraft lost"}
    compared = {"soviet_tanks": ("Soviet tanks lost", "tanks")}
    found = []
    for nation in codes.NATIONS:
        for name in LOSS_FIELDS:
            title, unit = compared.get(f"{nation}_{name}", ("", ""))
            meaning = words.get(name, f"men {name}")
            found.append(BatchColumn(f"{nation}_{name}", pa.int32(), meaning, _lost(nation, name), title, unit))
    return found


RUNS = (
    BatchColumn("run_id", pa.int32(), "number of the run, from 0"),
    BatchColumn("key", pa.string(), "16 hexadecimal digits, as taken by `run --key`"),
    BatchColumn("status", NAMED, "*done* or *failed*"),
    BatchColumn("reason", pa.string(), "why it failed"),
    BatchColumn(
        "digest",
        pa.string(),
        "digest of the final state (`state_digest` in `run --json`)",
        lambda run: state_digest(run.world).hex(),
    ),
    BatchColumn("turns", pa.int16(), "days played", lambda run: run.turns),
    BatchColumn(
        "end_date",
        pa.date32(),
        "last day played",
        lambda run: outcome.day_of(run.scenario.header.start_date, run.turns),
    ),
    BatchColumn(
        "winner",
        NAMED,
        "*soviet*, *japan* or *none*",
        lambda run: (*codes.SIDES, "none")[int(run.world.clock["winner"][0])],
    ),
    BatchColumn(
        "level",
        NAMED,
        "victory level",
        lambda run: run.scenario.header.victory.levels[int(run.world.clock["level"][0])].name,
    ),
    *(
        BatchColumn(f"points_{side}", pa.int32(), "victory points", _points(row))
        for row, side in enumerate(codes.SIDES)
    ),
    *_losses(),
)

CAPTURES = (
    BatchColumn("run_id", pa.int32(), "number of the run"),
    BatchColumn("place", NAMED, "place that changed hands"),
    BatchColumn("turn", pa.int16(), "day of the campaign, from 1"),
    BatchColumn("date", pa.date32(), "its date"),
    BatchColumn("side", NAMED, "side that took it"),
    BatchColumn("by", NAMED, "army of the unit that took it"),
)


def _figure(number: int) -> Callable[[NDArray[np.int32]], NDArray[np.int32]]:
    return lambda figures: figures[number]


def _fuel_permille(figures: NDArray[np.int32]) -> Any:
    fuel10, most10 = figures[record.FIGURE_FUEL10], figures[record.FIGURE_FUEL_MAX10]
    permille = (fuel10.astype(np.int64) * 1000 // np.maximum(most10, 1)).astype(np.int16)
    return pa.array(permille, mask=most10 == 0)


DAILY = (
    BatchColumn("run_id", pa.int32(), "number of the run"),
    BatchColumn("turn", pa.int16(), "day of the campaign, from 1"),
    BatchColumn("side", NAMED, "side of the formation"),
    BatchColumn(
        "formation", NAMED, "theatre, front or army, or a corps directly under its front; includes all units under it"
    ),
    BatchColumn("men", pa.int32(), "men present, including those off the map", _figure(record.FIGURE_MEN)),
    BatchColumn("killed", pa.int32(), "men, since the start", _figure(record.FIGURE_KILLED)),
    BatchColumn("wounded", pa.int32(), "men, since the start", _figure(record.FIGURE_WOUNDED)),
    BatchColumn("captured", pa.int32(), "men, since the start", _figure(record.FIGURE_CAPTURED)),
    BatchColumn("deserted", pa.int32(), "men, since the start", _figure(record.FIGURE_DESERTED)),
    BatchColumn("tanks", pa.int32(), "operational tanks", _figure(record.FIGURE_TANKS)),
    BatchColumn(
        "fuel_permille",
        pa.int16(),
        "fuel of its units on the map, in thousandths of capacity; null if none uses fuel",
        _fuel_permille,
    ),
    BatchColumn(
        "hexes_held",
        pa.int32(),
        "hexes of its side that its units occupy, or took last and left empty",
        _figure(record.FIGURE_HEXES),
    ),
    BatchColumn(
        "advance_hexes",
        pa.int16(),
        "distance of its leading unit from where that unit entered the map, in hexes",
        _figure(record.FIGURE_ADVANCE),
    ),
)

TABLES: dict[str, tuple[BatchColumn, ...]] = {"runs": RUNS, "captures": CAPTURES, "daily": DAILY}
SCHEMAS: dict[str, Any] = {
    name: pa.schema([(column.name, column.type) for column in columns]) for name, columns in TABLES.items()
}


def run_values(run: Finished) -> dict[str, Any]:
    """Return the columns of ``runs`` that say what a campaign came to."""
    return {column.name: column.value(run) for column in RUNS if column.value is not None}


def daily_values(figures: NDArray[np.int32]) -> list[Any]:
    """Return the columns of ``daily`` that are figures, in their order; ``figures`` is (N_FIGURE, n)."""
    return [column.value(figures) for column in DAILY if column.value is not None]
