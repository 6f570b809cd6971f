"""Runs on a dask.distributed cluster (extra ``cluster``): many machines, the same rows.

A worker needs this package installed and nothing else: the scenario travels to it. A task is a few run numbers, so a
worker that dies costs no more than those, which another one repeats.
"""

import asyncio
import logging
import pickle
import re
import signal
import threading
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np

from sim.batch.running.interrupts import Stop
from sim.batch.running.one_run import Setup, Workspace, make_setup, new_workspace
from sim.batch.running.threads import AHEAD, POLL_SECONDS, run_task
from sim.batch.storage.batch_plan import BatchPlan, engine_digest
from sim.batch.storage.chunks import RunBlock
from sim.batch.storage.tables import RunRows
from sim.errors import BatchError

LOCAL = "local:"
CONNECT_SECONDS, WORKERS_SECONDS = 10, 30
# As dask takes them; inproc is a scheduler within this process.
_ADDRESS = re.compile(r"((tcp|tls|ucx|wss?)://)?(\[[0-9a-fA-F:.%]+\]|[^\s:/@\[\]]+):(\d{1,5})/?|inproc://\S+")

Packed = tuple[list[RunRows], bytes]
_OWN = threading.local()


def run_on_cluster(
    plan: BatchPlan, setup: Setup, tasks: Iterator[Sequence[int]], scheduler: str, stop: Stop
) -> Iterator[RunBlock]:
    """Yield the results of tasks as the workers finish them; few are kept under way for each."""
    dask = _dask()
    with opened(scheduler) as address, _connected(dask, address) as client:
        load = client.submit(_keep, _packed_plan(plan), key=f"plan-{_plan_name(plan)}")
        pending: set[Any] = set()
        try:
            while True:
                width = AHEAD * max(sum(client.nthreads().values()), 1)
                while len(pending) < width and not stop.is_set() and (run_ids := next(tasks, None)) is not None:
                    pending.add(client.submit(_run_packed, load, list(run_ids), engine_digest(), pure=False))
                if not pending or stop.is_set():
                    return
                for future in _finished(dask.wait, pending):
                    pending.discard(future)
                    yield _unpacked(future.result(), setup)
        except (dask.CancelledError, OSError) as error:
            raise BatchError(f"error: lost the connection to {scheduler} ({error}); continue with --resume") from error
        finally:
            client.cancel(list(pending))


def _finished(wait: Any, pending: set[Any]) -> list[Any]:
    """Return the tasks that are finished after a moment's wait, by the number of their first run."""
    try:
        return list(wait(pending, timeout=POLL_SECONDS, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []


def check_scheduler(scheduler: str | None) -> None:
    """Refuse what is no address of a scheduler, before anything is done for it."""
    if scheduler is None:
        return
    if scheduler.startswith(LOCAL):
        _workers(scheduler)
    elif (found := _ADDRESS.fullmatch(scheduler)) is None or not 0 < int(found[4] or 1) < 2**16:
        raise BatchError(
            f"error: {scheduler!r} is no address of a scheduler; write tcp://HOST:PORT, tls://HOST:PORT or {LOCAL}N"
        )
    _dask()


def _dask() -> Any:
    try:
        import distributed
    except ImportError:
        raise BatchError("error: --scheduler needs dask: pip install 'august-storm[cluster]'") from None
    return distributed


@contextmanager
def opened(scheduler: str) -> Iterator[str]:
    """Give the address of a scheduler; ``local:N`` starts one here, with N worker processes, for this while."""
    if not scheduler.startswith(LOCAL):
        yield scheduler
        return
    dask = _dask()
    with dask.LocalCluster(
        n_workers=_workers(scheduler),
        threads_per_worker=1,
        dashboard_address=None,
        host="127.0.0.1",
        silence_logs=logging.CRITICAL,
    ) as cluster:
        with dask.Client(cluster) as client:
            client.run(_leave_interrupts_to_the_batch)
        yield str(cluster.scheduler_address)


def threads_at(address: str) -> int:
    """Return how many threads the workers of a scheduler have at this moment."""
    with _connected(_dask(), address) as client:
        return max(sum(map(int, client.nthreads().values())), 1)


@contextmanager
def _connected(dask: Any, address: str) -> Iterator[Any]:
    try:
        with _quietly():
            if not address.startswith("inproc:"):  # a client that is half made cannot be got rid of quietly
                with ThreadPoolExecutor(1) as apart:  # a notebook has a loop of its own in this thread
                    apart.submit(asyncio.run, _greet(dask, address)).result()
            client = dask.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except Exception as error:  # whatever listens there may answer anything
        why = "; a tls:// address needs certificates in dask's configuration" if address.startswith("tls:") else ""
        raise BatchError(f"error: no scheduler answers at {address}{why}") from error
    with client, client.as_current():
        try:
            client.wait_for_workers(1, timeout=WORKERS_SECONDS)
        except TimeoutError:
            raise BatchError(f"error: the scheduler at {address} has no workers; start dask worker {address}") from None
        yield client


async def _greet(dask: Any, address: str) -> None:
    """Exchange the first words with a scheduler."""
    arguments = dask.Security().get_connection_args("client")
    comm = await dask.core.connect(address, timeout=CONNECT_SECONDS, **arguments)
    await comm.close()


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep dask from telling at length what the error says in a line."""
    log = logging.getLogger("distributed")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(level)


def _workers(scheduler: str) -> int:
    count = scheduler.removeprefix(LOCAL)
    if not count.isdecimal() or int(count) < 1:
        raise BatchError(f"error: {scheduler} starts no workers; write {LOCAL}2 for two")
    return int(count)


def _plan_name(plan: BatchPlan) -> str:
    identity = plan.identity
    return f"{identity['scenario']}-{identity['scenario_digest'][:16]}-{plan.seed}-{'-'.join(plan.plans)}"


def _packed_plan(plan: BatchPlan) -> bytes:
    return zlib.compress(pickle.dumps((plan.scenario, plan.plans, plan.seed), pickle.HIGHEST_PROTOCOL), 6)


# --- on a worker


def _leave_interrupts_to_the_batch() -> None:
    """Ctrl-C reaches every process of a terminal; only the batch itself answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _keep(packed: bytes) -> bytes:
    """Hold the plan in the cluster, where it can be had again if the worker that holds it dies."""
    return packed


@lru_cache(maxsize=2)
def _setup_of(packed: bytes) -> Setup:
    return make_setup(*pickle.loads(zlib.decompress(packed)))


_SETTING_UP = threading.Lock()


def _run_packed(packed: bytes, run_ids: Sequence[int], engine: str) -> Packed:
    """Fight some campaigns on a worker."""
    if engine_digest() != engine:
        raise BatchError("error: a worker has another version of the engine: install the same version on every machine")
    with _SETTING_UP:
        setup = _setup_of(packed)
    block = run_task(setup, run_ids, _own_desk(setup), Stop())
    return block.runs, zlib.compress(block.counts.astype(np.uint8).tobytes(), 1)


def _own_desk(setup: Setup) -> Workspace:
    """Return the work space of this thread."""
    if getattr(_OWN, "setup", None) is not setup:
        _OWN.setup, _OWN.workspace = setup, new_workspace(setup)
    workspace: Workspace = _OWN.workspace
    return workspace


# --- back here


def _unpacked(packed: Packed, setup: Setup) -> RunBlock:
    runs, counts = packed
    plain = np.frombuffer(zlib.decompress(counts), np.uint8).astype(np.int32)
    return RunBlock(runs, plain.reshape(2, setup.n_turn, setup.n_hex))
