"""What a study says of itself in ``study.json``, and what its tables must have to agree with that."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Field

from sim.batch.running.measures import DAY, MEN, POINTS, SHARE, TANKS, measures
from sim.batch.statistics import effects
from sim.batch.statistics.effects import DIFFERENCE, FIRST, FIT, MEAN, REGRESSION, RESPONSE, TOTAL
from sim.batch.storage.folder import STUDY
from sim.batch.storage.manifest import Count, Day, Line, ManifestPart, Name, check_told, read_json
from sim.batch.storage.reading import check_names, damaged, read_whole

MOST = {DAY: 100_000.0, SHARE: 10.0}  # of a figure in these units; a date must be made of a day
MOST_OF_OTHERS = 1e12

Note = Annotated[str, Field(max_length=100_000)]
Seed = Annotated[int, Field(ge=0)]


class ToldChange(ManifestPart):
    """A value that a variant changes."""

    path: Line
    set: Any
    scale: float | None
    add: float | None


class ToldVariant(ManifestPart):
    """A variant as the study file has it."""

    id: Name
    mods: list[Line]
    plans: list[Line]
    changes: list[ToldChange]


class ToldRange(ManifestPart):
    """A range from which values were drawn."""

    low: float
    mode: float | None
    high: float


class ToldInput(ManifestPart):
    """An input as the study file has it."""

    id: Name
    paths: list[Line]
    apply: Literal["set", "scale", "add"]
    values: list[Any] | None
    range: ToldRange | None


class ToldDefinition(ManifestPart):
    """The study file, as far as a report tells of it."""

    mods: list[Line]
    plans: list[Line]
    variants: list[ToldVariant]
    inputs: list[ToldInput]


class ToldDesign(ManifestPart):
    """How the points were chosen."""

    kind: Literal["variants", "grid", "latin_hypercube", "sobol"]
    points: Count | None
    seed: Seed


class Titled(ManifestPart):
    """What has an id, a title and a note."""

    id: Name
    title: Line
    note: Note


class ShownInput(Titled):
    """An input, with the value that the scenario has."""

    present: float | None


class ShownOutcome(ManifestPart):
    """An outcome that the study asks for."""

    name: Name
    title: Line
    unit: Literal["share", "points", "men", "tanks", "day"]


class ShownPoint(ManifestPart):
    """A point of the design."""

    id: Name
    title: Line
    values: list[Any]


class StudyTold(ManifestPart):
    """The manifest of a study."""

    format: Literal[1]
    study: Name
    definition: ToldDefinition
    scenario: Name
    scenario_digest: Name
    variant_digests: list[Name]
    engine_digest: Name
    title: Line
    description: Note
    design: ToldDesign
    seed: Seed
    inputs: list[ShownInput]
    variants: list[Titled]
    outcomes: Annotated[list[ShownOutcome], Field(min_length=1)]
    first_day: Day
    key_places: dict[Name, Name]
    points: Annotated[list[ShownPoint], Field(min_length=1)]
    runs: Count
    status: Literal["complete", "under way", "interrupted"]


def read_study_manifest(folder: Path) -> dict[str, Any]:
    """Return ``study.json`` of a folder.

    Raises
    ------
    BatchError
        There is none, or it is damaged.
    """
    path = folder / STUDY
    found = read_json(path, f"{folder} holds no study: no {STUDY}")
    check_told(path, found, StudyTold)
    for name in ("inputs", "variants"):
        if _ids(found[name]) != _ids(found["definition"][name]):
            raise damaged(path, f"{name} are not those of definition")
    points = _ids(found["points"])
    if len(set(points)) < len(points):
        raise damaged(path, "points: an id is used twice")
    if found["design"]["kind"] == "variants":
        if points != _ids(found["variants"]):
            raise damaged(path, "points are not the variants")
    elif not found["inputs"] or found["variants"]:
        raise damaged(path, "inputs and variants are not those of its design")
    if any(len(point["values"]) != len(found["inputs"]) for point in found["points"]):
        raise damaged(path, "points: not one value for each input")
    units = {measure.name: measure.unit for measure in measures(found["key_places"])}
    for row in found["outcomes"]:
        if units.get(row["name"]) != row["unit"]:
            raise damaged(path, f"outcomes: there is no {row['name']} in {row['unit']}")
    return found


def _ids(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def read_outcomes(path: Path, manifest: dict[str, Any]) -> Any:
    """Return the table of outcomes, checked: every point of the study, and a sound figure of every measure."""
    every = measures(manifest["key_places"])
    texts = [pa.field(name, pa.string()) for name in ("point", "key", "digest")]
    figures = [pa.field(measure.name, pa.float64()) for measure in every]
    table = read_whole(path, pa.schema([*texts, pa.field("run_id", pa.int32()), *figures]))
    ids = _ids(manifest["points"])
    check_names(path, table, "point", ids)
    if len(table["point"].unique()) != len(ids):
        raise damaged(path, "a point of the study is missing")
    for measure in every:
        _check_figures(path, measure.name, table[measure.name].to_numpy(), measure.unit)
    return table


def read_effects(path: Path, manifest: dict[str, Any]) -> Any:
    """Return the table of effects, checked: what the design of the study allows for every outcome, and nothing else."""
    units = {measure.name: measure.unit for measure in measures(manifest["key_places"])}
    table = read_whole(path, effects.table_of([]).schema, ["x"])
    check_names(path, table, "kind", (MEAN, DIFFERENCE, RESPONSE, REGRESSION, FIT, FIRST, TOTAL))
    check_names(path, table, "outcome", list(units))
    if not np.isfinite(table["x"].drop_null().to_numpy()).all():
        raise damaged(path, "column x holds what is no number")
    for outcome, unit in units.items():
        rows = table.filter(pc.equal(table["outcome"], outcome))
        for name in ("estimate", "low", "high"):
            # Too few runs give no interval, and the fit of a regression has none.
            _check_figures(path, name, rows[name].to_numpy(), unit, is_bounded=name == "estimate")
        _check_inputs(path, manifest, outcome, rows.to_pylist())
    return table


def _check_figures(path: Path, name: str, values: Any, unit: str, *, is_bounded: bool = True) -> None:
    known = np.isfinite(values)
    if (is_bounded and not known.all()) or (np.abs(values[known]) > MOST.get(unit, MOST_OF_OTHERS)).any():
        raise damaged(path, f"column {name} holds what is no figure of {_UNIT_WORDS[unit]}")


_UNIT_WORDS = {SHARE: "a chance", POINTS: "points", MEN: "men", TANKS: "tanks", DAY: "days"}


def _check_inputs(path: Path, manifest: dict[str, Any], outcome: str, rows: Sequence[dict[str, Any]]) -> None:
    """Raise BatchError where an outcome lacks the effect of an input or variant, or has one of another."""
    kind, inputs, variants = manifest["design"]["kind"], _ids(manifest["inputs"]), _ids(manifest["variants"])
    of: dict[str, list[str]] = {name: [] for name in (MEAN, DIFFERENCE, RESPONSE, REGRESSION, FIT, FIRST, TOTAL)}
    for row in rows:
        of[row["kind"]].append(row["input"])
        if row["kind"] == RESPONSE and row["x"] is None and not row["level"]:
            raise damaged(path, f"a level of {row['input']} has neither name nor number")
    if kind == "variants":
        is_whole = of[MEAN] == variants and of[DIFFERENCE] == variants[1:]
    else:
        is_whole = set(of[RESPONSE]) == set(inputs) and set(of[DIFFERENCE]) <= set(inputs)
        is_whole &= all(of[name] in ([], inputs) for name in (REGRESSION, FIRST, TOTAL)) and len(of[FIT]) <= 1
    if not is_whole:
        raise damaged(path, f"the effects on {outcome} are not those of the inputs and variants of the study")
