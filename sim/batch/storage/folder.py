"""The folder of a batch: its manifest, the chunks of what is under way, and the final files.

Until the end each chunk of rows stands in ``chunks/``. Merging writes ``chunks/merged`` whole, and only then moves its
files up: whatever moment an interruption chooses, nothing that was written is lost or counted twice.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.batch.storage.batch_plan import BatchPlan
from sim.batch.storage.chunks import FILES, Chunk, RunBlock, merge, read_chunk, write_chunk
from sim.batch.storage.files import write_json, writing
from sim.batch.storage.manifest import FORMAT, BatchFacts, BatchIdentity, check_manifest, read_json
from sim.batch.storage.reading import needed
from sim.batch.storage.tables import Ids
from sim.errors import BatchError
from sim.output import DRAFT, sweep_drafts

MANIFEST, STUDY = "manifest.json", "study.json"
COMPLETE, UNDER_WAY = "complete", "under way"
# What must agree before runs are added to those that a folder holds, with words for people.
MUST_AGREE = {
    "format": "the format of its files",
    "scenario": "scenario",
    "scenario_digest": "the files of the scenario or its mods",
    "plans": "plans",
    "seed": "seed",
    "engine": "engine version",
    "engine_digest": "the rules in the engine's code",
}


class BatchFolder:
    """The folder that a batch writes to."""

    def __init__(self, path: Path, manifest: dict[str, Any]) -> None:
        self.path = path
        self.manifest = manifest
        self.held: list[Chunk] = []
        self._lock: int | None = None

    @classmethod
    def open(cls, path: Path, plan: BatchPlan, resume: bool) -> "BatchFolder":
        """Return the folder of a batch, made if need be, with the chunks that it holds.

        Raises
        ------
        BatchError
            It holds a batch and none is to be resumed, or another batch, or it cannot be written.
        """
        wanted = {"format": FORMAT, **plan.identity}
        has_manifest = (path / MANIFEST).is_file()
        if not has_manifest and holds_rows(path):
            raise BatchError(f"error: {path} holds results without a manifest; choose another folder")
        found = read_manifest(path) if has_manifest and holds_rows(path) else None
        if found is not None and not resume:
            raise BatchError(f"error: {path} holds a batch; add --resume to continue it, or choose another folder")
        if found is not None:
            check_agreement(path, found, wanted)
        before = found or {"wall_seconds": 0.0, "runs": 0, "failed": 0}
        folder = cls(path, {**before, **wanted, "status": UNDER_WAY, "runs_asked": plan.runs})
        with writing(path):
            path.mkdir(parents=True, exist_ok=True)
            folder.chunks_path.mkdir(exist_ok=True)
            folder._lock = locked(folder.chunks_path)
            try:
                sweep_drafts(path)
                write_json(path / MANIFEST, folder.manifest)
                folder._move_up()
                folder.held = folder._read_chunks()
            except BaseException:
                folder.close()
                raise
        return folder

    def close(self) -> None:
        """Let others write to the folder."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def chunks_path(self) -> Path:
        """Return where the chunks of an unfinished batch stand."""
        return self.path / "chunks"

    def run_ids(self) -> NDArray[np.int32]:
        """Return the runs that the folder holds, rising."""
        every = [chunk.run_ids for chunk in self.held]
        return np.sort(np.concatenate(every)) if every else np.zeros(0, np.int32)

    def add(self, block: RunBlock, ids: Ids) -> None:
        """Write the rows of some runs as a chunk."""
        first = min(int(run.row["run_id"]) for run in block.runs)
        with writing(self.path):
            self.held.append(write_chunk(self.chunks_path / f"{first:08}", block, ids))

    def finish(self, facts: dict[str, Any], before: int | None = None) -> None:
        """Merge the chunks into the final files, and say in the manifest what was done.

        Parameters
        ----------
        facts : dict
            For the manifest.
        before : int, optional
            Only runs with a smaller number count; a multiple of ``GROUP_RUNS``.
        """
        chosen = [chunk for chunk in self.held if before is None or chunk.run_ids[0] < before]
        with writing(self.path):
            if chosen and [chunk.folder for chunk in chosen] != [self.path]:
                merge(chosen, self.chunks_path / "merged", self._metadata())
                self._move_up()
            self.manifest |= facts
            write_json(self.path / MANIFEST, self.manifest)
            shutil.rmtree(self.chunks_path)

    def _metadata(self) -> dict[str, str]:
        """Return what the Parquet files say about themselves."""
        return {name: json.dumps(self.manifest[name]) for name in (*MUST_AGREE, "mods")}

    def _move_up(self) -> None:
        """Put merged files in their place; the chunks they were made of go first, lest they count twice."""
        merged = self.chunks_path / "merged"
        if not merged.is_dir():
            return
        for chunk in self.chunks_path.iterdir():
            if chunk != merged:
                shutil.rmtree(chunk)
        for name in FILES:
            if (merged / name).exists():
                (merged / name).replace(self.path / name)
        merged.rmdir()

    def _read_chunks(self) -> list[Chunk]:
        folders = [self.path] if (self.path / FILES[0]).is_file() else []
        for folder in sorted(self.chunks_path.iterdir()):
            if folder.name.endswith(DRAFT):
                shutil.rmtree(folder)
            else:
                folders.append(folder)
        return [read_chunk(folder) for folder in folders]


def holds_rows(path: Path) -> bool:
    """Return whether a folder holds rows of a batch, finished or under way."""
    return any((path / name).exists() for name in FILES) or any((path / "chunks").glob("*"))


def locked(path: Path) -> int | None:
    """Return a handle on a folder that keeps other batches out until it is closed, however this process ends.

    Raises
    ------
    BatchError
        Another batch writes to it.
    """
    try:
        import fcntl
    except ImportError:  # a system without such locks
        return None
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise BatchError(
            f"error: another batch is writing to {path.parent}; wait for it or choose another folder"
        ) from None
    return handle


def read_manifest(path: Path, *, is_finished: bool = False) -> dict[str, Any]:
    """Return the manifest of a batch folder, with all that goes with its tables if ``is_finished``.

    Raises
    ------
    BatchError
        There is none, or it is damaged.
    """
    missing = f"{path} holds no batch: no {MANIFEST}"
    if (path / STUDY).is_file():
        missing = f"{path} holds a study; name one of its points, a folder in {path}/points"
    found = read_json(path / MANIFEST, missing)
    check_manifest(path / MANIFEST, found, BatchIdentity)
    if is_finished:
        if found["status"] == UNDER_WAY:
            needed(path / FILES[0])
        check_manifest(path / MANIFEST, found, BatchFacts)
    return found


def check_agreement(path: Path, found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Refuse to add runs to those of another batch."""
    for name, words in MUST_AGREE.items():
        if found.get(name) != wanted[name]:
            raise BatchError(
                f"error: {path} cannot be resumed: {words} differ: it has {_shown(found.get(name))}, "
                f"this batch {_shown(wanted[name])}"
            )


def _shown(value: Any) -> str:
    text = str(value)
    return f"{text[:12]}…" if len(text) > 40 else text
