"""The effects of a study by its design: which comparisons, curves and indices its points allow."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.batch.running.measures import SHARE, measures
from sim.batch.statistics import effects
from sim.batch.statistics.design import SOBOL, independent_rows
from sim.batch.statistics.effects import Effect, Floats
from sim.errors import BatchError
from sim.game.forecasts.intervals import mean_of


def effects_of(manifest: dict[str, Any], outcomes: Any) -> Any:
    """Return the pyarrow table of effects, a row an ``Effect``.

    Parameters
    ----------
    outcomes
        pyarrow table with ``point``, ``run_id`` and a column a measure.
    """
    paired = Paired(manifest, outcomes)
    kind = manifest["design"]["kind"]
    work = {"variants": _of_variants, "grid": _of_grid}.get(kind, _of_sample)
    return effects.table_of(
        [
            row
            for measure in measures(manifest["key_places"])
            for row in work(paired, measure.name, measure.unit == SHARE)
        ]
    )


class Paired:
    """The outcomes of a study, point by point, of the runs that failed at no point."""

    def __init__(self, manifest: dict[str, Any], outcomes: Any) -> None:
        self.manifest = manifest
        self.points: list[dict[str, Any]] = manifest["points"]
        n_point = len(self.points)
        runs, counts = np.unique(outcomes["run_id"].to_numpy(), return_counts=True)
        whole = runs[counts == n_point]
        if len(whole) < 2:
            raise BatchError(
                "error: fewer than two runs were completed at every point; see reason in runs.parquet there"
            )
        self.table = outcomes.filter(pc.is_in(outcomes["run_id"], value_set=pa.array(whole)))
        self.shape = (n_point, len(whole))

    def values(self, outcome: str) -> Floats:
        """Return (n_point, n_run) values of a measure, the same run in the same column everywhere."""
        found: Floats = self.table[outcome].to_numpy().astype(float)
        return found.reshape(self.shape)

    @cached_property
    def is_same(self) -> list[bool]:
        """Return whether the campaigns of each point are, to the last man, those of the first."""
        digests = np.array(self.table["digest"].to_pylist()).reshape(self.shape)
        return [bool((row == digests[0]).all()) for row in digests]


def _of_variants(paired: Paired, outcome: str, is_share: bool) -> Iterator[Effect]:
    """Yield the mean of every variant, and its difference from the first one."""
    values = paired.values(outcome)
    for point, of in zip(paired.points, values, strict=True):
        yield effects.mean_effect(outcome, point["id"], of)
    for point, of, is_same in list(zip(paired.points, values, paired.is_same, strict=True))[1:]:
        found = effects.difference(values[0], of, is_share=is_share, is_same=is_same)
        yield Effect(effects.DIFFERENCE, outcome, point["id"], None, "", found.mean, found.low, found.high, len(of))


def _of_grid(paired: Paired, outcome: str, is_share: bool) -> Iterator[Effect]:
    """Yield the response at every level of each input over all others, and the difference from its first level.

    Runs stay paired: what is averaged over the other inputs is one number a run.
    """
    values = paired.values(outcome)
    for at, spec in enumerate(paired.manifest["inputs"]):
        levels = [str(point["values"][at]) for point in paired.points]
        numbers = {str(point["values"][at]): _number(point["values"][at]) for point in paired.points}
        of_level = {level: values[[one == level for one in levels]] for level in dict.fromkeys(levels)}
        first = next(iter(of_level.values()))
        for level, of in of_level.items():
            found = mean_of(of.mean(axis=0))
            x = numbers[level]
            yield Effect(effects.RESPONSE, outcome, spec["id"], x, level, found.mean, found.low, found.high, of.size)
            if of is not first:
                change = effects.difference(first.mean(axis=0), of.mean(axis=0), is_share=len(of) == 1 and is_share)
                yield Effect(
                    effects.DIFFERENCE, outcome, spec["id"], x, level, change.mean, change.low, change.high, of.size
                )


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _of_sample(paired: Paired, outcome: str, is_share: bool) -> Iterator[Effect]:
    """Yield response curves and regression, and Sobol' indices where the design is one."""
    kind = paired.manifest["design"]["kind"]
    names = [spec["id"] for spec in paired.manifest["inputs"]]
    x = np.array([point["values"] for point in paired.points], float)
    y = paired.values(outcome).mean(axis=1)
    own = independent_rows(kind, len(x), len(names))
    for at, name in enumerate(names):
        yield from effects.response(outcome, name, x[own, at], y[own])
    yield from effects.regression(outcome, names, x[own], y[own])
    if kind == SOBOL:
        yield from effects.sobol_indices(outcome, names, y)
