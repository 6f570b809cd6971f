"""Chunks: the rows of some finished runs in a folder of their own, written whole; merged into the final files.

A chunk holds the same four files as the batch itself, so that a finished batch is a chunk of a longer one.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.batch.storage.columns import NAMED, SCHEMAS, TABLES
from sim.batch.storage.files import write_folder
from sim.batch.storage.reading import read_control, read_groups, telling
from sim.batch.storage.tables import DONE, Ids, RunRows, captures_table, daily_table, runs_table
from sim.kernels import codes
from sim.output import write_output

CONTROL = "control.npz"
FILES = (*(f"{name}.parquet" for name in TABLES), CONTROL)
GROUP_RUNS = 100  # runs in a row group of the final files; no chunk of an unfinished batch holds runs of two groups
WRITTEN = {"compression": "zstd", "write_page_checksum": True}  # how Parquet files are written


@dataclass(eq=False)
class RunBlock:
    """Some finished runs of one group.

    Attributes
    ----------
    runs : sequence of RunRows
    counts : (2, n_turn, n_hex) int32
        How often each side held each hex on each evening.
    """

    runs: list[RunRows]
    counts: NDArray[np.int32]

    def add(self, other: "RunBlock") -> None:
        """Take in the runs of another block."""
        self.runs += other.runs
        self.counts = self.counts + other.counts


@dataclass(frozen=True, eq=False)
class Chunk:
    """A folder with rows of some runs."""

    folder: Path
    run_ids: NDArray[np.int32]  # rising


def write_chunk(folder: Path, block: RunBlock, ids: Ids) -> Chunk:
    """Write the rows of some runs as a new chunk ``folder``, whole."""
    runs = sorted(block.runs, key=lambda run: int(run.row["run_id"]))
    tables = {
        "runs": runs_table([run.row for run in runs]),
        "captures": captures_table(runs, ids),
        "daily": daily_table(runs, ids),
    }
    fought = evenings(tables["runs"], block.counts.shape[1])

    def write(part: Path) -> None:
        for name, table in tables.items():
            write_output(part / f"{name}.parquet", lambda file, table=table: _write_table(file, table))  # type: ignore[misc]
        write_control(part / CONTROL, block.counts, fought)

    write_folder(folder, write)
    return Chunk(folder, np.array([run.row["run_id"] for run in runs], np.int32))


def read_chunk(folder: Path) -> Chunk:
    """Return the chunk that a folder holds."""
    groups = read_groups(folder / "runs.parquet", "runs", ["run_id"])
    run_ids = np.concatenate([np.zeros(0, np.int32), *(group["run_id"].to_numpy() for group in groups)])
    return Chunk(folder, np.sort(run_ids))


def evenings(runs: Any, n_turn: int) -> NDArray[np.int32]:
    """Return (n_turn,) runs that fought on each day: those that did not fail, and were not decided before."""
    turns = runs.filter(pc.equal(runs["status"].cast(pa.string()), DONE))["turns"].to_numpy()
    return np.array([(turns >= turn).sum() for turn in range(1, n_turn + 1)], np.int32)


def write_control(path: Path, counts: NDArray[np.int32], runs: NDArray[np.int32]) -> None:
    """Write ``control.npz``: for each side (n_turn, n_hex) int32, and ``runs`` (n_turn,) that they are counts of."""
    arrays = {**dict(zip(codes.SIDES, counts, strict=True)), "runs": runs}

    def write(file: IO[bytes]) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box:
            for name, array in arrays.items():
                with box.open(f"{name}.npy", "w", force_zip64=True) as entry:
                    np.lib.format.write_array(entry, np.ascontiguousarray(array), allow_pickle=False)

    write_output(path, write)


def merge(chunks: Sequence[Chunk], folder: Path, metadata: dict[str, str]) -> None:
    """Write the rows of all chunks into ``folder``, whole: by run, in row groups that do not depend on the chunks."""

    def write(part: Path) -> None:
        for name in TABLES:
            write_output(
                part / f"{name}.parquet",
                lambda file, name=name: _merge_table(file, chunks, name, metadata),  # type: ignore[misc]
            )
        sums: dict[str, NDArray[np.int32]] = {}
        for chunk in chunks:
            for name, counted in read_control(chunk.folder / CONTROL).items():
                sums[name] = sums[name] + counted if name in sums else counted
        write_control(part / CONTROL, np.stack([sums[side] for side in codes.SIDES]), sums["runs"])

    write_folder(folder, write)


def _merge_table(file: IO[bytes], chunks: Sequence[Chunk], name: str, metadata: dict[str, str]) -> None:
    schema = SCHEMAS[name].with_metadata(metadata)
    groups = sorted({int(group) for chunk in chunks for group in np.unique(chunk.run_ids // GROUP_RUNS)})
    with pq.ParquetWriter(file, schema, **WRITTEN) as writer:
        for group in groups:
            first, after = group * GROUP_RUNS, (group + 1) * GROUP_RUNS
            held = [chunk for chunk in chunks if _overlaps(chunk, first, after)]
            tables = [_read_runs(chunk.folder / f"{name}.parquet", name, first, after) for chunk in held]
            whole = pa.concat_tables([_spelt_out(table) for table in tables])
            if len(tables) > 1:
                whole = whole.take(pc.sort_indices(whole["run_id"]))  # stable: rows of a run keep their order
            writer.write_table(_named_anew(whole, schema), row_group_size=max(len(whole), 1))


def _overlaps(chunk: Chunk, first: int, after: int) -> bool:
    at = int(np.searchsorted(chunk.run_ids, first))
    return at < len(chunk.run_ids) and int(chunk.run_ids[at]) < after


def _read_runs(path: Path, name: str, first: int, after: int) -> Any:
    """Return the rows of some runs of one file; row groups without any are not read."""
    wanted = [("run_id", ">=", first), ("run_id", "<", after)]
    with telling(path):
        return pq.read_table(path, schema=SCHEMAS[name], filters=wanted)


def _spelt_out(table: Any) -> Any:
    """Return a table with strings for dictionary codes."""
    plain = [pa.field(field.name, pa.string() if field.type == NAMED else field.type) for field in table.schema]
    return table.cast(pa.schema(plain))


def _named_anew(table: Any, schema: Any) -> Any:
    """Return a table with codes in the order in which names appear: the same bytes from any chunks."""
    columns = [
        table[field.name].combine_chunks().dictionary_encode().cast(NAMED) if field.type == NAMED else table[field.name]
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _write_table(file: IO[bytes], table: Any) -> None:
    pq.write_table(table, file, **WRITTEN)
