"""A study from a stranger: wrong values are answered at their line."""

import pytest

from sim.errors import ScenarioError
from sim.scenario.studies.study_file import load_study_file
from tests.support import tiny

HEAD = "format: 1\nid: what_if\ntitle: What if\nscenario: tiny\nruns: 4\n"
VARIANTS = f"""\
{HEAD}design: {{kind: variants}}
variants:
  - {{id: a, title: A}}
  - {{id: b, title: B, changes: [CHANGE]}}
"""
GRID = f"{HEAD}design: {{kind: grid}}\ninputs: [{{id: men, title: Men, paths: [forces.units.first.men], VALUES}}]\n"
CHANGES = {
    "{path: forces.units.first.men, scale: null}": "variants.b.changes.0.scale: a number expected, not nothing",
    "{path: forces.units.first.men, add: }": "variants.b.changes.0.add: a number expected, not nothing",
    "{path: forces.units.first.men, scale: [1]}": "a number expected, not a list of 1",
    "{path: forces.units.first.men, scale: .inf}": ".inf is not a plain number",
    "{path: forces.units.first.men, scale: 1.0e+300}": "too great a number",
    "{path: forces.units.first.men, scale: 1.0e+17}": "must be at most 1,000,000,000,000",
    "{path: forces.units.first.men, scale: 100000000000}": "forces.units.first.men: must be at most 1,000,000",
    "{path: forces.units.first.men, set: 99999999999999999999}": "a number of 20 digits",
    "{path: forces.units.first.men, set: {a: b}}": "forces.units.first.men: a whole number expected, not a mapping",
    "{path: forces.units.first.men, set: }": "forces.units.first.men: a whole number expected, not nothing",
    '{path: forces.units.first.name, set: "a\\e[31m"}': "control character U+001B in a text",
    '{path: forces.units.first.name, set: "two\\nlines"}': "one line of printable text expected, without line break",
    "{path: forces, set: null}": "forces: a mapping expected, not nothing",
    "{path: '.', set: 1}": "nothing named '' in the scenario",
    "{path: '*', set: 1}": "expected, not the number 1",
    "{path: 'forces.units.[', set: 1}": "nothing named '[' in forces.units",
    f"{{path: {'a' * 5_000}, set: 1}}": "a text of 5,000 letters, and at most 200 are read",
}


@pytest.fixture
def problems_of(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tiny.write_scenario(tmp_path / "tiny")

    def run(text: str) -> list[str]:
        (tmp_path / "study.yaml").write_text(text)
        with pytest.raises(ScenarioError) as caught:
            load_study_file("study.yaml", lambda _: ("score",))
        return [str(problem) for problem in caught.value.problems]

    return run


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_answered_at_its_line(problems_of, change):
    found = problems_of(VARIANTS.replace("CHANGE", change))
    assert any(CHANGES[change] in problem for problem in found), found
    assert all(problem.startswith("study.yaml:9:") for problem in found), found


def test_changes_that_grow_without_end_are_refused(problems_of):
    changes = ", ".join(["{path: forces.units.first.men, scale: 1000000000000}"] * 40)
    assert any("must be at most 1,000,000" in problem for problem in problems_of(VARIANTS.replace("CHANGE", changes)))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("values: [null, 5]", "a whole number expected, not nothing"),
        ("values: 5", "a list expected, not the number 5"),
        ("values: [5, 6], apply: scale, at_least: 99999999999999999", "must be at most 1,000,000,000,000"),
        ("range: {low: 1, high: }", "a number expected, not nothing"),
        ("range: {low: 1, high: 1.0e+99}", "too great a number"),
        (f"values: [{', '.join(['5'] * 500)}]", "at most 200 items expected, not a list of 500"),
    ],
)
def test_input_is_answered_at_its_line(problems_of, values, expected):
    found = problems_of(GRID.replace("VALUES", values))
    assert any(expected in problem for problem in found), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("scenario: tiny", "scenario: /etc/passwd", "belongs to no scenario"),
        ("scenario: tiny", f"scenario: {'x' * 900}", "no such scenario, mod or folder"),
        ("scenario: tiny", 'scenario: "a\\0b"', "control character U+0000"),
        ("runs: 4", f"runs: 4\nseed: {10**18 - 1}\nplans: 5", "plans: a list expected"),
        ("runs: 4", f"runs: 4\nseed: {10**20}", "a number of 21 digits"),
        ("id: what_if", "id: ../what_if", "is not an id"),
        ("title: What if", 'title: "What\\nif"', "without line break"),
    ],
)
def test_head_is_answered(problems_of, old, new, expected):
    found = problems_of(VARIANTS.replace("CHANGE", "{path: frame, set: [otpor]}").replace(old, new, 1))
    assert any(expected in problem for problem in found), found
