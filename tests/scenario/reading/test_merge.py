"""Mods lie over a scenario: replace, patch, remove; the last one wins and every leaf keeps its file."""

import pytest

from sim.errors import Problem, ScenarioError
from sim.scenario import digest, load, validate
from sim.scenario.reading.marked_yaml import parse
from sim.scenario.reading.merge import overlay
from tests.support.tiny import write_mod, write_scenario


def merged(base: str, patch: str) -> tuple[object, list[str]]:
    problems: list[Problem] = []
    node = overlay(parse(base, "base.yaml", problems), parse(patch, "mod.yaml", problems), problems)
    return node.plain(), [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("base", "patch", "expected"),
    [
        ("{a: 1, b: {c: 2, d: 3}}", "{b: {c: 9}}", {"a": 1, "b": {"c": 9, "d": 3}}),
        ("{b: {c: 2, d: 3}}", "{b: {c: 9, replace: true}}", {"b": {"c": 9}}),
        ("{b: {c: 2}, d: 3}", "{b: {remove: true}}", {"d": 3}),
        ("{a: [1, 2, 3]}", "{a: [4]}", {"a": [4]}),
        (
            "{a: [{id: x, n: 1}, {id: y, n: 2}]}",
            "{a: [{id: y, n: 5}]}",
            {"a": [{"id": "x", "n": 1}, {"id": "y", "n": 5}]},
        ),
        ("{a: [{id: x, n: 1}, {id: y, n: 2}]}", "{a: [{id: x, remove: true}]}", {"a": [{"id": "y", "n": 2}]}),
        ("{a: [{id: x, n: 1}]}", "{a: [{id: z, n: 3}]}", {"a": [{"id": "x", "n": 1}, {"id": "z", "n": 3}]}),
        ("{a: [{id: x, n: 1, m: 2}]}", "{a: [{id: x, n: 3, replace: true}]}", {"a": [{"id": "x", "n": 3}]}),
        ("{v: {low: 1, mode: 2, high: 3}}", "{v: {foot: 4}}", {"v": {"foot": 4}}),
        ("{v: {foot: 4, horse: 5}}", "{v: {low: 1, mode: 2, high: 3}}", {"v": {"low": 1, "mode": 2, "high": 3}}),
        ("{v: {foot: 4}}", "{v: 7}", {"v": 7}),
    ],
)
def test_overlay(base, patch, expected):
    assert merged(base, patch) == (expected, [])


def test_removing_what_is_not_there_is_a_problem():
    problems = merged("{a: [{id: first}]}", "{a: [{id: frist, remove: true}]}")[1]
    assert problems == ["mod.yaml:1:6: error: a.frist: nothing to remove: no 'frist' here (did you mean 'first'?)"]


def test_leaf_keeps_the_mark_of_its_file():
    problems: list[Problem] = []
    node = overlay(parse("a: 1\nb: 2\n", "base.yaml", problems), parse("\nb: 3\n", "mod.yaml", problems), problems)
    assert node.find(("a",)).file == "base.yaml"
    assert node.find(("b",)) == ("mod.yaml", 2, 4)


def test_mods_are_laid_over_in_order(tmp_path):
    base = write_scenario(tmp_path / "tiny")
    more = write_mod(tmp_path / "more", forces__a="units:\n  - {id: first, men: 9000}\n")
    fewer = write_mod(
        tmp_path / "fewer", forces__a="units:\n  - {id: first, men: 100}\n  - {id: brigade, remove: true}\n"
    )
    plain = load(base)
    changed = load(base, [more, fewer])
    reverse = load(base, [fewer, more])
    assert [unit.men for unit in plain.forces.units if unit.id == "first"] == [8800]
    assert [unit.men for unit in changed.forces.units if unit.id == "first"] == [100]
    assert [unit.men for unit in reverse.forces.units if unit.id == "first"] == [9000]
    assert "brigade" not in {unit.id for unit in changed.forces.units}
    assert (changed.id, changed.mods, changed.header.title) == ("tiny", ("more", "fewer"), "Tiny")


def test_mod_loads_as_a_scenario_of_its_own(tmp_path):
    write_scenario(tmp_path / "tiny")
    mod = write_mod(tmp_path / "late", forces__a="units:\n  - {id: first, arrives: 1945-08-12}\n")
    scenario = load(mod)
    assert (scenario.id, scenario.header.title) == ("late", "Mod")
    assert scenario.forces.units[0].arrives.isoformat() == "1945-08-12"


def test_problems_in_a_mod_point_into_the_mod(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_scenario(tmp_path / "tiny")
    write_mod(tmp_path / "bad", forces__a="units:\n  - {id: first, parent: crops, mens: 3}\n")
    assert [str(problem) for problem in validate(["bad"])] == [
        "bad/forces/a.yaml:2:25: error: forces.units.first.parent: no formation 'crops' (did you mean 'corps'?)",
        "bad/forces/a.yaml:2:32: error: forces.units.first.mens: unknown key 'mens' (did you mean 'men'?)",
    ]


def test_mod_of_another_scenario_is_refused(tmp_path):
    base = write_scenario(tmp_path / "tiny")
    with pytest.raises(ScenarioError, match="for 'august_storm', not for 'tiny'"):
        load(base, ["no_rain"])


def test_unknown_base_and_circles_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    head = "format: 1\nid: {}\ntitle: Mod\nextends: {}\n"
    write_mod(tmp_path / "lost", scenario=head.format("lost", "august_strom"))
    assert [str(problem) for problem in validate(["lost"])] == [
        "lost/scenario.yaml:4:10: error: extends: no scenario or mod 'august_strom' (did you mean 'august_storm'?)"
    ]
    write_mod(tmp_path / "one", scenario=head.format("one", "two"))
    write_mod(tmp_path / "two", scenario=head.format("two", "one"))
    assert [str(problem) for problem in validate(["one"])] == [
        "two/scenario.yaml:4:10: error: extends: 'one' extends this one: a circle"
    ]


def test_shipped_what_if_keeps_the_sky_clear():
    scenario = load("august_storm", ["no_rain"])
    assert scenario.rules["weather"]["rain_permille"] == 0
    assert scenario.mods == ("no_rain",)
    assert digest(scenario) != digest(load("august_storm"))
