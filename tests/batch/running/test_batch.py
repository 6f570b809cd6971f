"""Batches: the same rows whatever happens on the way, and clear words when something is in the way."""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.compute as pc
import pytest
from typer.testing import CliRunner

from sim.batch import BatchResult, run_batch
from sim.batch.running.progress import ProgressWatch
from sim.batch.storage import folder
from sim.batch.storage.folder import read_manifest
from sim.cli import app
from sim.errors import BatchError, ScenarioError
from sim.kernels.state.layout import World
from sim.scenario.building import build
from tests.support.batches import RUNS, SEED, After, contents, press_ctrl_c
from tests.support.places import ROOT
from tests.support.tiny import HISTORY, write_scenario

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scenario(tmp_path_factory.mktemp("scenario") / "tiny")


@pytest.fixture(scope="module")
def whole(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of a batch that one thread ran without a break."""
    out = tmp_path_factory.mktemp("whole") / "batch"
    run_batch(tiny, runs=RUNS, seed=SEED, out=out, jobs=1)
    return contents(out)


@pytest.mark.parametrize(("jobs", "chunk_runs"), [(1, 7), (2, 100), (2, 33), (3, 1)])
def test_rows_do_not_depend_on_threads_or_chunks(
    tiny: Path, whole: dict[str, bytes], tmp_path: Path, jobs: int, chunk_runs: int
) -> None:
    run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, jobs=jobs, chunk_runs=chunk_runs)
    assert contents(tmp_path) == whole


def test_another_seed_gives_other_rows(tiny: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    run_batch(tiny, runs=RUNS, seed=SEED + 1, out=tmp_path)
    assert contents(tmp_path)["daily.parquet"] != whole["daily.parquet"]


def test_killed_batch_goes_on_to_the_same_rows(tiny: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "batch"
    killed = subprocess.run([sys.executable, "-m", "tests.support.batches", str(tiny), str(out)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert read_manifest(out)["status"] == "under way"
    assert 0 < len(list((out / "chunks").iterdir())) < RUNS / 20
    run_batch(tiny, runs=RUNS, seed=SEED, out=out, resume=True)
    assert contents(out) == whole
    assert read_manifest(out)["status"] == "complete"


def test_ctrl_c_leaves_what_is_done_and_the_rest_follows(tiny: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, jobs=2, watch=After(40, press_ctrl_c))
    done = BatchResult(tmp_path)
    assert done.manifest["status"] == "interrupted"
    assert 40 <= done.runs.num_rows == done.manifest["runs"] < RUNS
    run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, resume=True)
    assert contents(tmp_path) == whole


def test_batch_can_be_made_longer(tiny: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    run_batch(tiny, runs=130, seed=SEED, out=tmp_path)
    run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, resume=True)
    assert contents(tmp_path) == whole


def test_break_while_files_are_moved_up_loses_nothing(
    tiny: Path, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_batch(tiny, runs=130, seed=SEED, out=tmp_path)
    monkeypatch.setattr(folder, "FILES", (folder.FILES[0], "no such file", 0))
    with pytest.raises(TypeError):
        run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, resume=True)
    monkeypatch.undo()
    assert contents(tmp_path) != whole
    run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, resume=True)
    assert contents(tmp_path) == whole


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full; make room, then continue with --resume"),
        (errno.EROFS, "read-only file system; choose a folder"),
        (errno.EACCES, "permission denied; choose a folder"),
    ],
)
def test_disk_that_takes_nothing_more_is_named_and_the_batch_goes_on_later(
    tiny: Path, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    calls = 0
    sync = os.fsync

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 20:
            raise OSError(number, os.strerror(number))
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BatchError, match=words):
        run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, chunk_runs=20)
    monkeypatch.undo()
    assert not list(tmp_path.rglob("*.part"))
    run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, resume=True)
    assert contents(tmp_path) == whole


def test_folder_that_cannot_be_made_is_named(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BatchError, match="cannot write"):
        run_batch(tiny, runs=1, out=tmp_path / "file" / "batch")


def test_folder_with_a_batch_is_not_written_over(tiny: Path, tmp_path: Path) -> None:
    run_batch(tiny, runs=1, out=tmp_path)
    with pytest.raises(BatchError, match="holds a batch; add --resume"):
        run_batch(tiny, runs=1, out=tmp_path)


@pytest.mark.parametrize(("name", "words"), [("seed", "seed differ"), ("engine_digest", "the engine's code differ")])
def test_another_batch_is_not_resumed(tiny: Path, tmp_path: Path, name: str, words: str) -> None:
    run_batch(tiny, runs=1, out=tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, name: 3 if name == "seed" else "another"}))
    with pytest.raises(BatchError, match=words):
        run_batch(tiny, runs=2, out=tmp_path, resume=True)


def test_changed_scenario_is_not_resumed(tmp_path: Path) -> None:
    scenario = write_scenario(tmp_path / "tiny")
    run_batch(scenario, runs=1, out=tmp_path / "out")
    write_scenario(scenario, history=HISTORY.replace("08-11", "08-12"))
    with pytest.raises(BatchError, match="the files of the scenario or its mods differ"):
        run_batch(scenario, runs=2, out=tmp_path / "out", resume=True)


def test_run_that_fails_says_why_and_stops_no_other(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doomed = build.run_key(SEED, 3)
    start = build.start

    def fail(shared: build.Static, key: int, room: World) -> object:
        if key == doomed:
            raise ValueError("no such luck")
        return start(shared, key, room=room)

    monkeypatch.setattr(build, "start", fail)
    result = run_batch(tiny, runs=10, seed=SEED, out=tmp_path)
    rows = result.runs.to_pylist()
    assert [row["status"] for row in rows] == ["done"] * 3 + ["failed"] + ["done"] * 6
    assert (rows[3]["key"], rows[3]["reason"]) == (f"{doomed:016x}", "ValueError: no such luck")
    assert rows[3]["winner"] is None
    assert 3 not in result.daily["run_id"].to_pylist()
    assert result.control["runs"].tolist() == [9] * 4
    assert result.manifest["failed"] == 1
    assert result.victory.trials == 9


def test_full_event_log_fails_the_run(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "EVENT_CAPACITY", 1)
    row = run_batch(tiny, runs=1, seed=SEED).runs.to_pylist()[0]
    assert row["status"] == "failed"
    assert row["reason"].startswith("the event log is full")


@pytest.mark.parametrize("jobs", [1, 2])
def test_batch_stops_when_the_interval_is_narrow_enough(tiny: Path, jobs: int) -> None:
    result = run_batch(tiny, runs=RUNS, seed=SEED, jobs=jobs, until_ci=0.19, chunk_runs=30)
    low, high = result.victory.interval
    assert result.runs["run_id"].to_pylist() == list(range(result.manifest["runs"]))
    assert result.manifest["runs"] in (100, 200)
    assert high - low <= 0.19


def test_early_stop_can_be_asked_of_the_fall_of_a_place(tiny: Path) -> None:
    result = run_batch(tiny, runs=RUNS, seed=SEED, until_ci=0.19, until_ci_of="taken_hailar")
    fell = result.captures.filter((pc.field("place") == "hailar") & (pc.field("side") == "soviet"))
    answer = result.manifest["answer"]
    assert (answer["seen"], answer["of"]) == (pc.count_distinct(fell["run_id"]).as_py(), result.runs.num_rows)
    assert answer["high"] - answer["low"] <= 0.19


def test_early_stop_can_be_asked_of_a_level(tiny: Path) -> None:
    level = run_batch(tiny, runs=100, seed=SEED).runs["level"].to_pylist()[0]
    result = run_batch(tiny, runs=RUNS, seed=SEED, until_ci=0.19, until_ci_of=level)
    assert result.manifest["answer"]["seen"] == result.runs["level"].to_pylist().count(level)


def test_resumed_batch_counts_what_is_asked_in_the_runs_that_it_holds(tiny: Path, tmp_path: Path) -> None:
    wish = {"seed": SEED, "until_ci": 0.0001, "until_ci_of": "taken_hailar"}
    whole = run_batch(tiny, runs=RUNS, **wish)
    run_batch(tiny, runs=130, seed=SEED, out=tmp_path)
    resumed = run_batch(tiny, runs=RUNS, out=tmp_path, resume=True, **wish)
    assert resumed.manifest["answer"] == whole.manifest["answer"]


def test_chance_that_is_not_known_is_refused_with_the_nearest_one(tiny: Path) -> None:
    with pytest.raises(BatchError, match="did you mean 'taken_hailar'"):
        run_batch(tiny, runs=1, until_ci=0.1, until_ci_of="taken_hailer")


def test_command_says_that_nothing_varies(tiny: Path, tmp_path: Path) -> None:
    words = ["batch", str(tiny), "--runs", "300", "--out", str(tmp_path), "--until-ci", "0.1"]
    said = CliRunner().invoke(app, [*words, "--until-ci-of", "taken_otpor"])
    assert said.exit_code == 0, said.output
    assert "Stopped after 100 campaigns" in said.stdout
    assert "It happened in no campaign, so few runs were enough" in said.stdout


def test_command_prints_json_of_what_was_done(tiny: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["batch", str(tiny), "--runs", "4", "--out", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["runs"], told["failed"], told["seed"]) == (4, 0, 1945)
    assert told["estimates"][0]["of"] == 4


def test_quiet_command_prints_nothing(tiny: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["batch", str(tiny), "--runs", "4", "--out", str(tmp_path), "--quiet"])
    assert (done.exit_code, done.output) == (0, "")


def test_interrupted_command_says_how_to_go_on(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press = After(20, press_ctrl_c)
    monkeypatch.setattr(ProgressWatch, "advance", lambda _, tally: press.advance(tally))
    words = ["batch", str(tiny), "--runs", "500", "--out", str(tmp_path), "--seed", "3"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 130
    assert "Go on with:" in done.output
    assert f"--runs 500 --seed 3 --out {tmp_path} --resume" in done.output
    assert CliRunner().invoke(app, [*words, "--resume"]).exit_code == 0
    assert BatchResult(tmp_path).runs.num_rows == 500


def test_batch_that_never_began_is_not_in_the_way(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="no plan 'none'"):
        run_batch(tiny, runs=1, plans=["none"], out=tmp_path / "plan")
    with pytest.raises(BatchError, match="starts no workers"):
        run_batch(tiny, runs=1, scheduler="local:none", out=tmp_path / "cluster")
    assert not (tmp_path / "plan").exists()
    assert run_batch(tiny, runs=2, out=tmp_path / "cluster").runs.num_rows == 2


def test_two_batches_do_not_write_to_one_folder(tiny: Path, tmp_path: Path) -> None:
    refused = []

    def intrude() -> None:
        with pytest.raises(BatchError, match="another batch is writing to") as caught:
            run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, resume=True)
        refused.append(str(caught.value))

    run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, watch=After(30, intrude))
    assert len(refused) == 1
    assert BatchResult(tmp_path).runs.num_rows == RUNS


def test_results_without_a_manifest_are_left_alone(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "runs.parquet").write_bytes(b"mine")
    with pytest.raises(BatchError, match="without a manifest"):
        run_batch(tiny, runs=1, out=tmp_path)
    assert (tmp_path / "runs.parquet").read_bytes() == b"mine"


def test_folder_without_a_batch_is_named(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="holds no batch"):
        BatchResult(tmp_path)


def test_damaged_manifest_is_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(BatchError, match="is damaged"):
        BatchResult(tmp_path)
