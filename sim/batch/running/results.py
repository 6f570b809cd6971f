"""What a batch left in its folder, read when it is asked for."""

from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.batch.running.tally import Estimate, Tally
from sim.batch.storage.chunks import CONTROL, read_control
from sim.batch.storage.folder import read_manifest
from sim.errors import BatchError


class BatchResult:
    """The tables of a batch, each read from its file when it is first asked for.

    Example
    -------
    >>> from sim.batch import run_batch
    >>> result = run_batch("august_storm", runs=2, seed=7)
    >>> result.runs.num_rows, result.runs["status"].to_pylist()
    (2, ['done', 'done'])
    >>> result.victory.trials
    2
    >>> BatchResult(result.folder).captures.equals(result.captures)
    True
    """

    def __init__(self, folder: str | Path, kept: "TemporaryDirectory[str] | None" = None) -> None:
        """Look into the folder of a batch; ``kept`` is removed with the result."""
        self.folder = Path(folder)
        self._kept = kept
        self.manifest: dict[str, Any] = read_manifest(self.folder)

    @cached_property
    def runs(self) -> Any:
        """Return the pyarrow table of the runs, a row each, by ``run_id``.

        ``key`` is what ``run --key`` takes; a run with ``status`` failed has a ``reason`` and no outcome; losses are
        men, tanks, guns and aircraft of each of the five nations at the end.
        """
        return self._table("runs")

    @cached_property
    def captures(self) -> Any:
        """Return the pyarrow table of captures: a row each time that a place changed hands, by run and time."""
        return self._table("captures")

    @cached_property
    def daily(self) -> Any:
        """Return the pyarrow table of evenings: a row a run, turn and formation (theatre, front or army).

        Losses are those so far; ``fuel_permille`` is in thousandths of full tanks.
        """
        return self._table("daily")

    @cached_property
    def control(self) -> dict[str, NDArray[Any]]:
        """Return how often each side held each hex: ``soviet`` and ``japan`` (n_turn, n_hex), of ``runs`` (n_turn,)."""
        path = self.folder / CONTROL
        if not path.is_file():
            raise BatchError(f"error: {path} is missing: the batch is not finished; continue with --resume")
        return read_control(path)

    @cached_property
    def tally(self) -> Tally:
        """Return the counts of winners and result levels."""
        tally = Tally(tuple(self.manifest["levels"]))
        tally.add(self.runs.select(["run_id", "status", "winner", "level"]).to_pylist())
        return tally

    @property
    def victory(self) -> Estimate:
        """Return the chance that the Soviet side wins, with its interval."""
        return self.tally.victory

    def _table(self, name: str) -> Any:
        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            raise BatchError(f"error: {path} is missing: the batch is not finished; continue with --resume")
        return pq.read_table(path)
