"""What a batch runs: the scenario, its mods and plans, the seed, and a key for each run."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sim import __version__, scenario
from sim.errors import BatchError
from sim.kernels.compiler.cache_folder import source_digest
from sim.scenario import Scenario
from sim.scenario.building import build
from sim.scenario.loading import folders


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
        raise BatchError(f"error: {runs} runs make no batch; use 1 or more")
    if seed < 0:
        raise BatchError(f"error: seed {seed} is negative")
    if isinstance(chosen, Scenario) and mods:
        raise BatchError("error: apply the mods when loading the scenario: load(scenario, mods)")
    loaded = chosen if isinstance(chosen, Scenario) else scenario.load(chosen, mods)
    return BatchPlan(loaded, folders.mod_digests(loaded.mods, loaded.mod_folders), tuple(plans), seed, runs)
