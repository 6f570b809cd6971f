"""What a batch left in its folder, read when it is asked for."""

from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from numpy.typing import NDArray

from sim.batch.running.tally import Estimate, Tally
from sim.batch.storage.chunks import CONTROL
from sim.batch.storage.columns import SCHEMAS
from sim.batch.storage.folder import read_manifest
from sim.batch.storage.reading import read_control, read_runs, read_whole


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
        return read_runs(self._path("runs"), self.facts["last_turn"], self.facts["levels"])

    @cached_property
    def captures(self) -> Any:
        """Return the pyarrow table of captures: a row each time that a place changed hands, by run and time."""
        return read_whole(self._path("captures"), SCHEMAS["captures"])

    @cached_property
    def daily(self) -> Any:
        """Return the pyarrow table of evenings: a row a run, turn and formation (theatre, front or army).

        Losses are those so far; ``fuel_permille`` is in thousandths of full tanks.
        """
        return read_whole(self._path("daily"), SCHEMAS["daily"])

    @cached_property
    def control(self) -> dict[str, NDArray[Any]]:
        """Return how often each side held each hex: ``soviet`` and ``japan`` (n_turn, n_hex), of ``runs`` (n_turn,)."""
        return read_control(self.folder / CONTROL, self.facts["last_turn"])

    @cached_property
    def tally(self) -> Tally:
        """Return the counts of winners and result levels."""
        tally = Tally(tuple(self.facts["levels"]))
        tally.add(self.runs.select(["run_id", "status", "winner", "level"]).to_pylist())
        return tally

    @property
    def victory(self) -> Estimate:
        """Return the chance that the Soviet side wins, with its interval."""
        return self.tally.victory

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Return the manifest of a batch whose tables can be read, checked for that."""
        return read_manifest(self.folder, is_finished=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"
