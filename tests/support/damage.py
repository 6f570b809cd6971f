"""Damage to files of results, as full disks, editors and strangers do it: drawn by hypothesis, carried out here."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

WRONG: tuple[Any, ...] = (
    *(None, True, -1, 0, 3, 2**31, 10**30, 1.5, float("nan"), float("inf")),
    *("", "x", "9999-99-99", "1945-08-09", "\x1b[2J", "\ud800", "x" * 5000),
    *([], [1], ["x"], [None], {}, {"a": 1}),
)
CELLS: tuple[Any, ...] = (None, -1, 0, 1, 7, 2**15 - 1, 2**31 - 1, "x", "japan", "\x1b[1m", float("nan"), float("inf"))


def damage(draw: Callable[[Any], Any], file: Path) -> None:
    """Damage a file in one way or another."""
    if draw(st.integers(0, 3)) == 0:
        damage_bytes(draw, file)
    else:
        {".json": damage_json, ".parquet": damage_table, ".npz": damage_arrays}[file.suffix](draw, file)


def damage_bytes(draw: Callable[[Any], Any], file: Path) -> None:
    """Cut a file, change some of its bytes, or put something else in its place."""
    whole = bytearray(file.read_bytes())
    way = draw(st.sampled_from(("cut", "flip", "empty", "junk", "gone", "folder")))
    if way == "cut":
        del whole[draw(st.integers(0, len(whole) - 1)) :]
    elif way == "flip":
        for at in draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
            whole[at] ^= draw(st.integers(1, 255))
    elif way in ("empty", "junk"):
        whole = bytearray(draw(st.binary(min_size=0 if way == "empty" else 1, max_size=300)))
    file.unlink()
    if way == "folder":
        file.mkdir()
    elif way != "gone":
        file.write_bytes(whole)


def damage_json(draw: Callable[[Any], Any], file: Path) -> None:
    """Take a key or an entry away, or put a wrong value in its place."""
    found = json.loads(file.read_text(encoding="utf-8"))
    node, deeper = found, True
    while deeper:
        holder, at = node, draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        node = holder[at]
        deeper = isinstance(node, dict | list) and bool(node) and draw(st.booleans())
    if draw(st.booleans()):
        holder[at] = draw(st.sampled_from(WRONG))
    else:
        del holder[at]
    file.write_text(json.dumps(found), encoding="utf-8")


def damage_table(draw: Callable[[Any], Any], file: Path) -> None:
    """Write a table anew without a column, some rows, or the values that belong there."""
    table = pq.read_table(file)
    at = draw(st.integers(0, table.num_columns - 1))
    name, column, n = table.column_names[at], table.column(at), table.num_rows
    way = draw(st.sampled_from(("column", "gaps", "rows", "type", "cell", "all", "twice", "order")))
    if way == "column":
        table = table.drop_columns([name])
    elif way == "rows":
        table = table.slice(0, draw(st.integers(0, max(n - 1, 0))))
    elif way == "twice":
        table = pa.concat_tables([table, table.slice(0, 3)])
    elif way == "order":
        table = table.take(pa.array(draw(st.permutations(range(min(n, 50)))), pa.int64()))
    else:
        values = {"gaps": [None] * n, "type": ["x"] * n, "all": [draw(st.sampled_from(CELLS))] * n}.get(way)
        if values is None:
            values = column.to_pylist() or [None]
            values[draw(st.integers(0, len(values) - 1))] = draw(st.sampled_from(CELLS))
        try:
            table = table.set_column(at, name, pa.array(values) if way == "type" else _as(values, column.type))
        except (pa.ArrowException, TypeError, OverflowError, ValueError):
            return  # no such value in such a column
    pq.write_table(table, file)


def _as(values: list[Any], kind: Any) -> Any:
    is_named = pa.types.is_dictionary(kind)
    return pa.array(values, pa.string()).dictionary_encode().cast(kind) if is_named else pa.array(values, kind)


def damage_arrays(draw: Callable[[Any], Any], file: Path) -> None:
    """Write arrays anew, one of them missing or of another shape, type or size."""
    with np.load(file) as box:
        arrays = {name: box[name] for name in box.files}
    name = draw(st.sampled_from(sorted(arrays)))
    one = arrays.pop(name)
    ways = (None, one[:-1], one.reshape(-1), one + 1000, -1 - one, one.astype(str), one.astype(float), one[..., None])
    changed = draw(st.sampled_from(range(len(ways))))
    if changed:
        arrays[name] = ways[changed]
    np.savez(file, **arrays)
