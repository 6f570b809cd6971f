"""What a batch runs: the scenario, its mods and plans, the seed, and a key for each run."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sim import __version__, scenario
from sim.errors import BatchError, ScenarioError
from sim.kernels.jit import source_digest
from sim.scenario import Scenario, build, folders


@dataclass(frozen=True)
class BatchPlan:
    """What the rows of a batch depend on, and nothing else.

    Attributes
    ----------
    scenario : Scenario
        With its mods laid over it.
    mods : tuple of (str, str)
        Id and digest of each mod.
    plans : tuple of str
        Plans of the sides, by id, instead of the scenario's own.
    runs : int
        Runs are numbered from 0; the number of a run and the seed give its key.
    """

    scenario: Scenario
    mods: tuple[tuple[str, str], ...]
    plans: tuple[str, ...]
    seed: int
    runs: int

    def key(self, run_id: int) -> int:
        """Return the key of a run."""
        return build.run_key(self.seed, run_id)

    @cached_property
    def identity(self) -> dict[str, Any]:
        """Return what two batches must share for their rows to belong together, as plain data."""
        return {
            "scenario": self.scenario.id,
            "scenario_digest": scenario.digest(self.scenario),
            "mods": [{"id": name, "digest": digest} for name, digest in self.mods],
            "plans": list(self.plans),
            "seed": self.seed,
            "engine": __version__,
            "engine_digest": engine_digest(),
        }


def engine_digest() -> str:
    """Return a hash of the engine: its kernels and the version of their compiler."""
    return source_digest()


def make_plan(
    chosen: str | Path | Scenario, mods: Sequence[str | Path], plans: Sequence[str], seed: int, runs: int
) -> BatchPlan:
    """Return the plan of a batch, its scenario loaded and checked.

    Raises
    ------
    BatchError
        There is nothing to run, or mods are given for a scenario that is already loaded.
    ScenarioError
        The files of the scenario or of a mod are wrong.
    """
    if runs < 1:
        raise BatchError(f"error: {runs} runs are no batch; ask for 1 or more")
    if seed < 0:
        raise BatchError(f"error: seed {seed} is negative")
    if isinstance(chosen, Scenario):
        if mods:
            raise BatchError("error: lay the mods over the scenario when it is loaded: load(scenario, mods)")
        return BatchPlan(chosen, tuple((name, _known_digest(name)) for name in chosen.mods), tuple(plans), seed, runs)
    loaded = scenario.load(chosen, mods)
    digests = {folder.name: folder_digest(folder) for folder in (folders.locate(mod) for mod in mods)}
    known = tuple((name, digests.get(name) or _known_digest(name)) for name in loaded.mods)
    return BatchPlan(loaded, known, tuple(plans), seed, runs)


def folder_digest(folder: Path) -> str:
    """Return a hash of the files of a mod."""
    whole = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(file.relative_to(folder).as_posix().encode())
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def _known_digest(mod_id: str) -> str:
    """Return the hash of a mod found by its id; empty where only its effect on the scenario is known."""
    try:
        return folder_digest(folders.locate(mod_id))
    except ScenarioError:
        return ""
