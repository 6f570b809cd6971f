"""Reports and comparisons of damaged folders: one line that says which file and what is wrong, never a traceback."""

import json
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sim.batch import run_batch
from sim.batch.compare import compare
from sim.batch.report import PAGE, write_report
from sim.batch.storage.chunks import CONTROL, FILES
from sim.batch.storage.folder import MANIFEST, STUDY
from sim.batch.studies.result import EFFECTS, OUTCOMES
from sim.cli import app
from sim.errors import BatchError
from tests.support.damage import damage
from tests.support.studies import GRID, HYPERCUBE, VARIANTS, fought
from tests.support.tiny import write_scenario

pytestmark = pytest.mark.slow

EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a sound batch, which tests copy."""
    folder = tmp_path_factory.mktemp("sound")
    run_batch(write_scenario(folder / "tiny"), runs=8, seed=8, out=folder / "batch", jobs=1)
    return folder / "batch"


@pytest.fixture(scope="module", params=[VARIANTS, GRID, HYPERCUBE], ids=["variants", "grid", "hypercube"])
def study(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a sound study, which tests copy."""
    return fought(tmp_path_factory.mktemp("study"), request.param).folder


def copied(sound: Path) -> Path:
    """Return a fresh copy of a folder beside it."""
    copy = sound.with_name("damaged")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(sound, copy)
    return copy


def said(act: Callable[[], object]) -> str:
    """Return the line that something is refused with; empty if it is not."""
    words = ""
    try:
        act()
    except BatchError as error:
        words = str(error)
    assert not words or words.startswith("error: ")
    assert words.isprintable()
    return words


@EXAMPLES
@given(data=st.data())
def test_a_damaged_batch_is_told_in_a_line_or_does_no_harm(batch: Path, data: st.DataObject) -> None:
    folder = copied(batch)
    name = data.draw(st.sampled_from((MANIFEST, *FILES)))
    damage(data.draw, folder / name)
    for act in (lambda: write_report(folder), lambda: compare(folder, batch)):
        words = said(act)
        assert not words or str(folder) in words


@settings(EXAMPLES, max_examples=15)
@given(data=st.data())
def test_a_damaged_study_is_told_in_a_line_or_does_no_harm(study: Path, data: st.DataObject) -> None:
    folder = copied(study)
    damage(data.draw, folder / data.draw(st.sampled_from((STUDY, OUTCOMES, EFFECTS))))
    words = said(lambda: write_report(folder))
    assert not words or str(folder) in words


@pytest.mark.parametrize("name", [MANIFEST, *FILES])
@pytest.mark.parametrize("how", ["cut", "empty", "gone", "folder"])
def test_every_file_is_named_by_every_command(batch: Path, name: str, how: str) -> None:
    folder = copied(batch)
    whole = (folder / name).read_bytes()
    (folder / name).unlink()
    if how == "folder":
        (folder / name).mkdir()
    elif how != "gone":
        (folder / name).write_bytes(whole[: len(whole) // 2] if how == "cut" else b"")
    # A comparison asks for neither evenings nor the map.
    commands = [["report", str(folder)]]
    commands += [["compare", str(batch), str(folder)]] if name not in ("daily.parquet", CONTROL) else []
    for command in commands:
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 1
        assert done.output.count("\n") == 1
        assert str(folder) in done.output
        assert name in done.output
    assert not (folder / PAGE).exists()


def change(folder: Path, **changes: object) -> None:
    """Change keys of a manifest; those that become None go."""
    facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8")) | changes
    (folder / MANIFEST).write_text(json.dumps({key: one for key, one in facts.items() if one is not None}))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seed": "1945"}, "is damaged: seed: it should be a valid integer"),
        ({"levels": "draw"}, "is damaged: levels: it should be a valid list"),
        ({"mods": [{"id": 3}]}, "is damaged: mods.0.id: it should be a valid string; mods.0.digest: missing"),
        ({"last_turn": None}, "is damaged or of an older version: last_turn: missing"),
        ({"format": 2}, "is damaged: format: it should be 1"),
        ({"first_day": "9 August"}, "is damaged: first_day:"),
        ({"scenario": "\x1b]0;title\x07"}, "is damaged: scenario: it has letters that cannot be printed"),
        ({"last_turn": 3}, "column turns goes beyond the last turn, 3"),
        ({"levels": ["victory"]}, "column level holds"),
    ],
)
def test_what_is_wrong_with_a_manifest_is_said(batch: Path, changes: dict[str, object], words: str) -> None:
    folder = copied(batch)
    change(folder, **changes)
    assert words in said(lambda: write_report(folder))


def test_a_batch_that_was_killed_while_its_files_were_moved_can_be_resumed(batch: Path) -> None:
    folder = copied(batch)
    change(folder, status="under way", levels=None, last_turn=None, first_day=None, key_places=None)
    assert "older version" in said(lambda: write_report(folder))


@pytest.mark.parametrize("name", ["runs.parquet", "daily.parquet"])
def test_a_single_wrong_byte_in_a_table_is_found(batch: Path, name: str) -> None:
    folder = copied(batch)
    whole = bytearray((folder / name).read_bytes())
    column = pq.ParquetFile(folder / name).metadata.row_group(0).column(0)
    first = column.dictionary_page_offset or column.data_page_offset
    whole[first + column.total_compressed_size - 3] ^= 0xFF
    (folder / name).write_bytes(whole)
    assert f"{name} is damaged" in said(lambda: write_report(folder))


def test_tables_of_two_batches_do_not_mix(batch: Path, tmp_path: Path) -> None:
    run_batch(batch.with_name("tiny"), runs=3, seed=9, out=tmp_path / "other", jobs=1)
    for name in ("daily.parquet", "runs.parquet"):
        folder = copied(batch)
        shutil.copy(tmp_path / "other" / name, folder / name)
        assert "daily.parquet is damaged" in said(lambda folder=folder: write_report(folder))


def test_arrays_that_promise_terabytes_are_refused(batch: Path) -> None:
    folder = copied(batch)
    with np.load(folder / CONTROL) as box:
        arrays = {name: box[name] for name in box.files}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two members of one name
        np.savez(folder / CONTROL, **arrays)
    whole = (folder / CONTROL).read_bytes()
    shape = str(arrays["soviet"].shape).encode()
    (folder / CONTROL).write_bytes(whole.replace(shape, b"(9" + b"9" * (len(shape) - 5) + b",9)"))
    assert f"{CONTROL} is damaged" in said(lambda: write_report(folder))
