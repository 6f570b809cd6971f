"""The one place where the tables of a result folder are read; of a file that is wrong one line says what and which.

Folders are handed on, cut by full disks and edited. What passes here has the columns, the types and the limits that the
rest of the program goes by.
"""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.batch.storage.columns import DAILY, LOSS_FIELDS, NAMED, SCHEMAS
from sim.batch.storage.tables import DONE, FAILED
from sim.errors import BatchError
from sim.kernels import codes

UNFINISHED = "the batch is not finished; continue with --resume"
NAME_LETTERS = 200
# Least and most of what is counted with or looked up by; nothing else is.
LIMITS: dict[str, tuple[int, int]] = {
    "run_id": (0, 2**31 - 1),
    "turn": (1, 2**15 - 1),
    "turns": (1, 2**15 - 1),
    "fuel_permille": (0, 1000),
    **{column.name: (0, 2**31 - 1) for column in DAILY if column.value and column.name != "fuel_permille"},
    **{f"{nation}_{kind}": (0, 2**31 - 1) for nation in codes.NATIONS for kind in LOSS_FIELDS},
}
MAY_BE_NULL = {"reason", "fuel_permille"}
OF_EVERY_RUN = ("run_id", "key", "status", "reason")  # the other columns of a failed run are null
CONTROL_BYTES = 2**30  # of one array of control.npz, unpacked


def damaged(path: Path, why: object) -> BatchError:
    """Return the error for a file that is not what was written."""
    words = "".join(letter if letter.isprintable() else " " for letter in str(why)[:200])
    return BatchError(f"error: {path} is damaged: {' '.join(words.split())}")


def needed(path: Path, unfinished: str = UNFINISHED) -> Path:
    """Return the path of a file that must be there.

    Raises
    ------
    BatchError
        It is not.
    """
    if not path.is_file():
        raise BatchError(f"error: {path} is missing: {unfinished}")
    return path


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn whatever a library raises while it reads a file into a BatchError that names the file."""
    try:
        yield
    except BatchError:
        raise
    except OSError as error:
        if error.errno is None or error.strerror is None:  # pyarrow's own
            raise damaged(path, error) from error
        raise BatchError(f"error: cannot read {path}: {error.strerror.lower()}") from error
    except Exception as error:  # of pyarrow, zipfile, zlib and numpy: no list of them is complete
        raise damaged(path, error or type(error).__name__) from error


@contextmanager
def opened(path: Path, schema: Any) -> Iterator[Any]:
    """Give a Parquet file whose columns are those of a schema."""
    with telling(path), pq.ParquetFile(needed(path), page_checksum_verification=True) as file:
        found = file.schema_arrow
        for field in schema:
            at = found.get_field_index(field.name)
            if at < 0:
                raise damaged(path, f"column {field.name} is missing")
            if found.field(at).type != field.type:
                raise damaged(path, f"column {field.name} holds {found.field(at).type}, not {field.type}")
        yield file


def read_groups(path: Path, name: str, columns: Sequence[str]) -> Iterator[Any]:
    """Yield those row groups of a table that hold rows, checked."""
    with opened(path, SCHEMAS[name]) as file:
        for number in range(file.num_row_groups):
            with telling(path):
                group = file.read_row_group(number, columns=list(columns), use_threads=False)
                check_rows(path, group)
            if group.num_rows:
                yield group


def read_whole(path: Path, schema: Any, may_be_null: Sequence[str] = ()) -> Any:
    """Return a table with the columns of a schema, checked.

    Column after column, by one thread: all at once take five times the memory of the table.
    """
    with opened(path, schema) as file, telling(path):
        table = file.read(columns=schema.names, use_threads=False)
        check_rows(path, table, may_be_null)
    return table


def read_runs(path: Path, last_turn: int, levels: Sequence[str]) -> Any:
    """Return the table of the runs of a finished batch, checked."""
    schema = SCHEMAS["runs"]
    runs = read_whole(path, schema, [name for name in schema.names if name not in OF_EVERY_RUN])
    check_names(path, runs, "status", (DONE, FAILED))
    done = runs.filter(pc.equal(runs["status"].cast(pa.string()), DONE))
    check_rows(path, done)
    check_names(path, done, "winner", (*codes.SIDES, "none"))
    check_names(path, done, "level", levels)
    for name in ("run_id", "key"):
        if len(runs[name].unique()) < len(runs):
            raise damaged(path, f"column {name} holds the same value twice")
    keys = runs["key"].combine_chunks()
    if not pc.all(pc.match_substring_regex(keys, "^[0-9a-f]{16}$")).as_py() and len(keys):
        raise damaged(path, "column key holds what is no key")
    if int(done["turns"].to_numpy().max(initial=0)) > last_turn:
        raise damaged(path, f"column turns goes beyond the last turn, {last_turn}")
    # Runs are numbered from 0; a batch that was interrupted lacks some of those that were under way.
    if int(runs["run_id"].to_numpy().max(initial=0)) > 2 * len(runs) + 100_000:
        raise damaged(path, "column run_id goes far beyond the number of runs")
    return runs


def rows_of_runs(path: Path, rows: NDArray[np.int64], run_ids: NDArray[Any]) -> NDArray[np.int64]:
    """Return the rows of runs by number, each of which must be there and must not have failed."""
    known = run_ids < len(rows)
    if not known.all() or (rows[run_ids] < 0).any():
        raise damaged(path, "it has rows of runs that are not in runs.parquet")
    return np.asarray(rows[run_ids])


def read_control(path: Path, last_turn: int | None = None) -> dict[str, NDArray[np.int32]]:
    """Return the arrays of a ``control.npz``, checked: for each side (n_turn, n_hex), and ``runs`` (n_turn,)."""
    wanted = (*codes.SIDES, "runs")
    with telling(needed(path)):
        with zipfile.ZipFile(path) as box:
            too_large = [entry.filename for entry in box.infolist() if entry.file_size > CONTROL_BYTES]
        if too_large:
            raise damaged(path, f"{too_large[0]} is too large")
        with np.load(path, allow_pickle=False) as box:
            missing = [name for name in wanted if name not in box.files]
            if missing:
                raise damaged(path, f"{missing[0]} is missing")
            found = {name: np.asarray(box[name]) for name in wanted}
        runs = found["runs"]
        shape = found[codes.SIDES[0]].shape
        for name, array in found.items():
            if array.dtype != np.int32 or array.shape != (shape[:1] if name == "runs" else shape):
                raise damaged(path, f"{name} is {array.dtype} of shape {array.shape}")
        if len(shape) != 2 or (last_turn is not None and len(runs) != last_turn):
            raise damaged(path, f"it has {len(runs)} turns, not {last_turn}")
        if any((found[side] < 0).any() or (found[side] > runs[:, None]).any() for side in codes.SIDES):
            raise damaged(path, "a hex was held in more runs than there were")
    return found


def check_names(path: Path, table: Any, column: str, known: Sequence[str]) -> None:
    """Raise BatchError where a column holds another name than those that are known."""
    for name in table[column].unique().to_pylist():
        if name not in known:
            raise damaged(path, f"column {column} holds {str(name)[:40]!r}")


def check_rows(path: Path, table: Any, may_be_null: Sequence[str] = ()) -> None:
    """Raise BatchError where rows contradict each other, lack what they must have, or go beyond the limits."""
    table.validate(full=True)
    for name in table.column_names:
        column = table[name]
        if column.null_count and name not in MAY_BE_NULL and name not in may_be_null:
            raise damaged(path, f"column {name} has gaps")
        if column.type == NAMED:
            _check_texts(path, name, column.unique().to_pylist())
        elif name in LIMITS and len(column) > column.null_count:
            low, high = pc.min_max(column).as_py().values()
            least, most = LIMITS[name]
            if low < least or high > most:
                raise damaged(path, f"column {name} holds {low if low < least else high}, not {least} to {most}")


def _check_texts(path: Path, column: str, names: Sequence[str | None]) -> None:
    for name in names:
        if name is not None and not (name.isprintable() and 0 < len(name) <= NAME_LETTERS):
            raise damaged(path, f"column {column} holds {name[:40]!r}")
