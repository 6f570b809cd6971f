"""Studies of the tiny scenario, for tests."""

from pathlib import Path

from sim.batch.studies.result import StudyResult
from sim.batch.studies.study import run_study
from tests.support.tiny import write_scenario

HEAD = "format: 1\nid: trial\ntitle: Trial\nscenario: {scenario}\nruns: 8\n"
SAME = "- {id: same, title: Same, changes: [{path: forces.units.first.men, set: 8800}]}"
VARIANTS = f"""\
design: {{kind: variants}}
variants:
  - {{id: base, title: As it is}}
  {SAME}
  - {{id: weak, title: Weak garrison, changes: [{{path: forces.units.brigade.men, scale: 0.1}}]}}
"""
INPUTS = """\
inputs:
  - {id: men, title: Men, paths: [forces.units.first.men], range: {low: 2000, high: 9000}}
  - {id: readiness, title: Readiness, paths: ["forces.units.*.readiness"], apply: scale, range: {low: 0.5, high: 2.0}}
"""
HYPERCUBE = "design: {kind: latin_hypercube, points: 8}\n" + INPUTS
SOBOL = "design: {kind: sobol, points: 4}\n" + INPUTS
GRID = """\
design: {kind: grid}
inputs:
  - {id: men, title: Men, paths: [forces.units.first.men], values: [500, 8800]}
  - {id: plan, title: Release, paths: [plans.go.axes.left.release], values: [1945-08-10, 1945-08-12]}
"""


def write_study(folder: Path, body: str, **texts: str) -> Path:
    """Write a tiny scenario and a study of it; return the file of the study."""
    scenario = write_scenario(folder / "tiny", **texts)
    file = folder / "trial.yaml"
    file.write_text(HEAD.format(scenario=scenario) + body, encoding="utf-8")
    return file


def fought(folder: Path, body: str) -> StudyResult:
    """Return the result of a study of the tiny scenario."""
    return run_study(write_study(folder, body), out=folder / "out", jobs=1)
