"""A study: the same campaigns fought at every point of a design, and what the inputs do to the outcomes.

A point is a batch of its own in ``points/ID`` (all that ``batch``, ``compare`` and ``report`` know of holds for it);
``study.json`` says what was varied, ``outcomes.parquet`` has a row a point and run, ``effects.parquet`` what follows.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.batch.running.cluster import check_scheduler
from sim.batch.running.measures import measure_names, measured, measures, places_of
from sim.batch.running.results import BatchResult
from sim.batch.running.runner import INTERRUPTED, check_wishes
from sim.batch.running.threads import usable_cores
from sim.batch.storage.chunks import WRITTEN
from sim.batch.storage.files import write_json, writing
from sim.batch.storage.folder import COMPLETE, STUDY, UNDER_WAY, holds_rows
from sim.batch.studies.fight_points import Means, StudyWatch, fight
from sim.batch.studies.points import Point, identity, points_of
from sim.batch.studies.result import EFFECTS, OUTCOMES, POINTS, StudyResult
from sim.batch.studies.study_effects import effects_of
from sim.batch.studies.study_manifest import read_study_manifest
from sim.errors import BatchError
from sim.output import write_output
from sim.scenario.studies.study_file import StudyFile, load_study_file, present_values


def open_study(name: str | Path) -> StudyFile:
    """Return a study file by path or by the id of a shipped one, checked.

    Raises
    ------
    ScenarioError
        With everything wrong in it.
    """
    return load_study_file(name, measure_names)


def run_study(
    name: str | Path | StudyFile,
    *,
    out: str | Path,
    runs: int | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    resume: bool = False,
    watch: StudyWatch | None = None,
) -> StudyResult:
    """Fight every point of a study and return what came of it.

    Parameters
    ----------
    runs : int, optional
        Campaigns a point instead of those of the file.
    jobs : int, optional
        Threads; all cores if left out.
    scheduler : str, optional
        Address of a dask.distributed scheduler, or ``local:N``, instead of threads: the same rows.
    resume : bool
        Go on with the study that ``out`` holds; points that are done are not fought again.

    Raises
    ------
    ScenarioError
        The study file is wrong.
    BatchError
        It cannot be run, resumed or written.
    KeyboardInterrupt
        It was interrupted; ``resume`` goes on with it.
    """
    file = name if isinstance(name, StudyFile) else open_study(name)
    runs = file.study.runs if runs is None else runs
    if runs < 4:
        raise BatchError(f"error: {runs} runs per point give no interval; use 4 or more")
    jobs = usable_cores() if jobs is None else jobs
    check_wishes(jobs, 1, None)
    check_scheduler(scheduler)
    points = points_of(file)
    folder = Path(out)
    manifest = _opened(folder, file, points, runs, resume)
    try:
        fight(file, points, folder, runs, Means(jobs, scheduler), watch)
    except KeyboardInterrupt:
        with writing(folder):
            write_json(folder / STUDY, {**manifest, "status": INTERRUPTED})
        raise
    return finish(folder, manifest)


def _opened(folder: Path, file: StudyFile, points: Sequence[Point], runs: int, resume: bool) -> dict[str, Any]:
    """Return the manifest of a study folder that is new, or holds this study and is to be resumed."""
    wanted = identity(file)
    if (folder / STUDY).is_file():
        found = read_study_manifest(folder)
        if not resume:
            raise BatchError(f"error: {folder} holds a study; add --resume to continue it, or choose another folder")
        for name, words in MUST_AGREE.items():
            if found.get(name) != wanted[name]:
                raise BatchError(f"error: {folder} cannot be resumed: {words} differ")
        if runs < int(found["runs"]):
            raise BatchError(f"error: {folder} has {found['runs']} runs per point; use at least as many, not {runs}")
    elif holds_rows(folder):
        raise BatchError(f"error: {folder} holds a batch, not a study; choose another folder")
    manifest = {**wanted, **_described(file, points), "runs": runs, "status": UNDER_WAY}
    with writing(folder):
        (folder / POINTS).mkdir(parents=True, exist_ok=True)
        write_json(folder / STUDY, manifest)
    return manifest


# What must agree before points are added to those that a folder holds, with words for people.
MUST_AGREE = {
    "format": "the formats of the files",
    "study": "the studies",
    "definition": "what is varied, or the seeds,",
    "scenario_digest": "the files of the scenario or its mods",
    "variant_digests": "the files of the mods",
    "engine_digest": "the rules in the engine's code",
}


def _described(file: StudyFile, points: Sequence[Point]) -> dict[str, Any]:
    """Return what the manifest tells readers of the study."""
    study, places = file.study, places_of(file.scenario)
    every = [measure.name for measure in measures(places)]
    titles = {measure.name: measure for measure in measures(places)}
    present = present_values(file)
    return {
        "title": study.title,
        "description": study.description,
        "design": study.design.model_dump(mode="json"),
        "seed": study.seed,
        "inputs": [
            {"id": spec.id, "title": spec.title, "note": spec.note, "apply": spec.apply, "present": now}
            for spec, now in zip(study.inputs, present, strict=True)
        ],
        "variants": [{"id": spec.id, "title": spec.title, "note": spec.note} for spec in study.variants],
        "outcomes": [
            {"name": name, "title": titles[name].title, "unit": titles[name].unit} for name in study.outcomes or every
        ],
        "first_day": file.scenario.header.start_date.isoformat(),
        "key_places": places,
        "points": [
            {"id": point.id, "title": point.title, "values": [_plain(value) for value in point.values]}
            for point in points
        ],
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON takes it."""
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)


def finish(folder: Path, manifest: dict[str, Any]) -> StudyResult:
    """Gather the outcomes of all points, work out the effects, and close the manifest."""
    places = manifest["key_places"]
    tables = []
    for point in manifest["points"]:
        table = measured(BatchResult(folder / POINTS / point["id"]), places)
        tables.append(table.add_column(0, "point", pa.array([point["id"]] * len(table))))
    outcomes = pa.concat_tables(tables)
    effects = effects_of(manifest, outcomes)
    with writing(folder):
        write_output(folder / OUTCOMES, lambda file: pq.write_table(outcomes, file, **WRITTEN))
        write_output(folder / EFFECTS, lambda file: pq.write_table(effects, file, **WRITTEN))
        write_json(
            folder / STUDY, {**manifest, "status": COMPLETE, "finished": datetime.now(UTC).isoformat("T", "seconds")}
        )
    return StudyResult(folder)
