"""The points of a study: what is varied at each, and the scenario that comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim import scenario
from sim.batch.statistics.design import grid_values, sampled_values, unit_sample
from sim.batch.storage.batch_plan import engine_digest
from sim.errors import ScenarioError
from sim.scenario import Scenario
from sim.scenario.models.study import SAMPLED
from sim.scenario.studies.study_file import StudyFile
from sim.scenario.studies.vary import vary

FORMAT = 1


@dataclass(frozen=True)
class Point:
    """One combination of values, fought with the same keys as every other.

    Attributes
    ----------
    values : tuple
        One for each input; a share between 0 and 1 where the scenario's own distribution is drawn from.
    plans : tuple of str
        Operational plans instead of the scenario's own.
    """

    id: str
    title: str
    values: tuple[Any, ...]
    plans: tuple[str, ...]


def points_of(file: StudyFile) -> list[Point]:
    """Return the points of a study in the order of its design."""
    study = file.study
    if study.design.kind == "variants":
        return [Point(one.id, one.title, (), (*study.plans, *one.plans)) for one in study.variants]
    values: Sequence[tuple[Any, ...]]
    if study.design.kind in SAMPLED:
        sample = unit_sample(study.design.kind, len(study.inputs), study.design.points or 0, study.design.seed)
        values = sampled_values(study.inputs, sample)
    else:
        values = grid_values(study.inputs)
    return [Point(f"p{row:05}", _title(file, value), value, study.plans) for row, value in enumerate(values)]


def _title(file: StudyFile, values: Sequence[Any]) -> str:
    named = zip(file.study.inputs, values, strict=True)
    return ", ".join(
        f"{spec.id} {value:.4g}" if isinstance(value, float) else f"{spec.id} {value}" for spec, value in named
    )


def scenario_of(file: StudyFile, row: int, point: Point) -> Scenario:
    """Return the scenario of a point.

    Raises
    ------
    ScenarioError
        Values that are right one by one are wrong together.
    """
    if file.variants:
        return file.variants[row]
    problems: list[Any] = []
    made = vary(file.scenario, file.changes(point.values), problems)
    if made is None:
        raise ScenarioError(problems)
    return made


def identity(file: StudyFile) -> dict[str, Any]:
    """Return what must agree before a study is gone on with, as plain data; runs a point may grow."""
    study = file.study.model_dump(mode="json", exclude={"runs", "outcomes", "title", "description"})
    return {
        "format": FORMAT,
        "study": file.study.id,
        "definition": study,
        "scenario": file.scenario.id,
        "scenario_digest": scenario.digest(file.scenario),
        "variant_digests": [scenario.digest(one) for one in file.variants],
        "engine_digest": engine_digest(),
    }
