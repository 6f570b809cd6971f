"""Batches on a dask cluster: real schedulers and workers on this machine, one of them killed."""

import contextlib
import os
import signal
import socket
import threading
from pathlib import Path

import pytest
from distributed import Client, LocalCluster
from typer.testing import CliRunner

from sim.batch import run_batch
from sim.batch.running import cluster
from sim.batch.storage.batch_plan import make_plan
from sim.batch.studies.result import EFFECTS, OUTCOMES, load_study
from sim.batch.studies.study import run_study
from sim.cli import app
from sim.errors import BatchError
from tests.support.batches import RUNS, SEED, After, contents
from tests.support.studies import HYPERCUBE, write_study
from tests.support.tiny import write_scenario

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


def test_threads_of_dask_give_the_same_rows(tiny: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as threads:
        run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, scheduler=threads.scheduler_address)
    assert contents(tmp_path) == whole


def test_worker_that_is_killed_costs_no_row(tiny: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as processes:
        with Client(processes) as client:
            workers = client.run(os.getpid)
        assert len(workers) == 2
        address, process = sorted(workers.items())[0]
        kill = After(30, lambda: os.kill(process, signal.SIGKILL))
        run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, scheduler=processes.scheduler_address, watch=kill)
        with Client(processes) as client:
            assert address not in client.scheduler_info(n_workers=-1)["workers"]
    assert kill.acted
    assert contents(tmp_path) == whole


def test_cluster_can_be_started_with_the_batch(tiny: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    run_batch(tiny, runs=RUNS, seed=SEED, out=tmp_path, scheduler="local:2")
    assert contents(tmp_path) == whole


def test_study_on_a_cluster_has_the_rows_of_one_on_threads(tmp_path: Path) -> None:
    file = write_study(tmp_path, HYPERCUBE)
    here = run_study(file, out=tmp_path / "threads", jobs=1).folder
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as processes:
        there = run_study(file, out=tmp_path / "cluster", scheduler=processes.scheduler_address).folder
    own = run_study(file, out=tmp_path / "own", scheduler="local:2").folder
    for name in (OUTCOMES, EFFECTS):
        assert (here / name).read_bytes() == (there / name).read_bytes() == (own / name).read_bytes()
    for point in load_study(here).manifest["points"]:
        place = Path("points") / point["id"]
        assert contents(here / place) == contents(there / place) == contents(own / place)


@pytest.mark.parametrize("words", ["local:none", "local:0"])
def test_number_of_workers_that_is_none_is_refused(tiny: Path, tmp_path: Path, words: str) -> None:
    with pytest.raises(BatchError, match="write local:2 for two"):
        run_batch(tiny, runs=1, out=tmp_path, scheduler=words)


def test_scheduler_that_does_not_answer_is_named(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    with pytest.raises(BatchError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        run_batch(tiny, runs=1, out=tmp_path, scheduler="tcp://127.0.0.1:9")


def test_another_server_is_no_scheduler(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of another kind: the bytes that it sends are no lengths of messages."""
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 3)

    def answer(server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                with server.accept()[0] as caller:
                    caller.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n" * 4)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer, args=(server,), daemon=True).start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(BatchError, match=f"no scheduler answers at {address}"):
            run_batch(tiny, runs=1, out=tmp_path, scheduler=address)


@pytest.mark.parametrize(
    "words", ["", "bogus", "http://x", "http://x:80", "tcp://", "tcp://h", "tcp://h:99999", "tcp://h:0", "tcp://a b:1"]
)
def test_what_is_no_address_is_refused_before_anything_is_done(tmp_path: Path, words: str) -> None:
    with pytest.raises(BatchError, match=r"is no address of a scheduler; write tcp://HOST:PORT") as refused:
        cluster.check_scheduler(words)
    assert "\n" not in str(refused.value)
    told = CliRunner().invoke(app, ["batch", "--runs", "1", "--out", str(tmp_path / "out"), "--scheduler", words])
    assert told.exit_code == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    ["tcp://h:8786", "tls://h.example:8786", "127.0.0.1:8786", "tcp://[::1]:8786", "ws://h:80", "inproc://1/2/3"],
)
def test_what_dask_takes_is_an_address(words: str) -> None:
    cluster.check_scheduler(words)


def test_worker_with_another_engine_is_refused(tiny: Path) -> None:
    plan = make_plan(tiny, (), (), SEED, 1)
    with pytest.raises(BatchError, match="another version of the engine"):
        cluster._run_packed(cluster._packed_plan(plan), [0], "another")
