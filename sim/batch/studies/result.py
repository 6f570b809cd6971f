"""What a study left in its folder, read when it is asked for: tables, and plain data for its charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc

from sim.batch.running.results import BatchResult
from sim.batch.statistics.effects import DIFFERENCE, FIRST, FIT, MEAN, REGRESSION, RESPONSE, TOTAL
from sim.batch.storage.folder import STUDY
from sim.batch.storage.reading import needed
from sim.batch.studies.study_manifest import read_effects, read_outcomes, read_study_manifest

POINTS = "points"
MOD = "mod"  # folder of a point with the mod that makes its scenario
OUTCOMES, EFFECTS = "outcomes.parquet", "effects.parquet"


@dataclass(frozen=True)
class EffectBar:
    """A bar of a tornado chart: the mean outcome with an input at its low and at its high end.

    For a variant ``at_low`` is the outcome of the first one.
    """

    name: str
    title: str
    at_low: float
    at_high: float
    low_label: str
    high_label: str


@dataclass(frozen=True)
class ResponseCurve:
    """How an outcome follows an input, with the interval of 95 in 100 of each mean."""

    name: str
    title: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


class StudyResult:
    """The tables of a study and plain data for its charts."""

    def __init__(self, folder: str | Path) -> None:
        """Look into the folder of a study."""
        self.folder = Path(folder)
        self.manifest = read_study_manifest(self.folder)

    @property
    def kind(self) -> str:
        """Return the kind of the design: variants, grid, latin_hypercube or sobol."""
        return str(self.manifest["design"]["kind"])

    @property
    def title(self) -> str:
        """Return the title of the study."""
        return str(self.manifest["title"])

    @property
    def outcome_names(self) -> list[str]:
        """Return the measures that the study asks for, the most telling first."""
        return [row["name"] for row in self.manifest["outcomes"]]

    @cached_property
    def outcomes(self) -> Any:
        """Return the pyarrow table of outcomes: ``point``, ``run_id``, ``key``, and a column a measure."""
        return read_outcomes(self._path(OUTCOMES), self.manifest)

    @cached_property
    def effects(self) -> Any:
        """Return the pyarrow table of effects; see ``sim.batch.statistics.effects.Effect``."""
        return read_effects(self._path(EFFECTS), self.manifest)

    def point(self, point_id: str) -> BatchResult:
        """Return the batch of a point."""
        return BatchResult(self.folder / POINTS / point_id)

    def rows(self, kind: str, outcome: str) -> list[dict[str, Any]]:
        """Return the effects of one kind on one outcome, in the order of the file."""
        chosen = pc.and_(pc.equal(self.effects["kind"], kind), pc.equal(self.effects["outcome"], outcome))
        found: list[dict[str, Any]] = self.effects.filter(chosen).to_pylist()
        return found

    def base(self, outcome: str) -> float:
        """Return the outcome from which a tornado chart swings: the first variant, else the mean of all points."""
        if self.kind == "variants":
            return float(self.rows(MEAN, outcome)[0]["estimate"])
        return float(np.mean(self.outcomes[outcome].to_numpy()))

    def tornado(self, outcome: str) -> list[EffectBar]:
        """Return the bars of a tornado chart, the longest first."""
        if self.kind == "variants":
            base = self.base(outcome)
            titles = {row["id"]: row["title"] for row in self.manifest["variants"]}
            first = self.manifest["variants"][0]["title"]
            bars = [
                EffectBar(row["input"], titles[row["input"]], base, base + row["estimate"], first, titles[row["input"]])
                for row in self.rows(DIFFERENCE, outcome)
            ]
        else:
            bars = [self._bar(spec, outcome) for spec in self.manifest["inputs"]]
        return sorted(bars, key=lambda bar: -abs(bar.at_high - bar.at_low))

    def _bar(self, spec: dict[str, Any], outcome: str) -> EffectBar:
        rows = [row for row in self.rows(RESPONSE, outcome) if row["input"] == spec["id"]]
        first, last = rows[0], rows[-1]
        return EffectBar(spec["id"], spec["title"], first["estimate"], last["estimate"], _label(first), _label(last))

    def responses(self, outcome: str) -> list[ResponseCurve]:
        """Return a response curve for each input that is a number; none for variants."""
        curves = []
        for spec in self.manifest["inputs"]:
            rows = [row for row in self.rows(RESPONSE, outcome) if row["input"] == spec["id"] and row["x"] is not None]
            rows.sort(key=lambda row: float(row["x"]))
            if rows:
                columns = ([float(row[name]) for row in rows] for name in ("x", "estimate", "low", "high"))
                curves.append(ResponseCurve(spec["id"], spec["title"], *columns))
        return curves

    def differences(self, outcome: str) -> list[dict[str, Any]]:
        """Return the paired differences from the first variant, or from the first level of each input of a grid."""
        return self.rows(DIFFERENCE, outcome)

    def indices(self, outcome: str) -> dict[str, list[dict[str, Any]]]:
        """Return what a sample says of its inputs: ``sobol_first``, ``sobol_total``, ``regression``, ``fit``."""
        return {kind: found for kind in (FIRST, TOTAL, REGRESSION, FIT) if (found := self.rows(kind, outcome))}

    def _path(self, name: str) -> Path:
        return needed(self.folder / name, "the study is not finished; continue with --resume")


def load_study(folder: str | Path) -> StudyResult:
    """Return what a study left in its folder.

    Raises
    ------
    BatchError
        It holds no study.
    """
    return StudyResult(folder)


def holds_study(folder: str | Path) -> bool:
    """Return whether a folder holds a study."""
    return (Path(folder) / STUDY).is_file()


def _label(row: dict[str, Any]) -> str:
    return str(row["level"]) or f"{row['x']:.3g}"
