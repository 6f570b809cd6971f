"""What ``validate`` and ``run`` say of strangers' scenarios and mods: exit code 1 and clear lines, no traceback."""

import pytest
from typer.testing import CliRunner

from sim import scenario
from sim.cli import app
from sim.errors import ScenarioError
from sim.printable import objection
from tests.support import tiny
from tests.support.tiny import FORCES, HISTORY, MAP, SCENARIO

TITLE = 'title: "Tiny"'
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"b{n}: &b{n} [{', '.join([f'*b{n - 1}' if n else '*a'] * 9)}]\n" for n in range(8)
)
STRANGE: dict[str, tuple[dict[str, str], str]] = {
    "aliases": ({"events": BOMB}, "events.yaml:6:15: error: b4.1: the file holds more than 200,000 values"),
    "digits": (
        {"forces": FORCES.replace("8800", "9" * 5_000)},
        "forces/all.yaml:15:10: error: units.0.men: a number",
    ),
    "nesting": ({"events": "x: " + "[" * 500 + "]" * 500}, "events.yaml:1:35: error: x: nested deeper than 32 levels"),
    "height": ({"hexes": tiny.hexes().replace("500", "9" * 23, 1)}, f"map.csv:2:6: error: elev_m: {'9' * 23} is not"),
    "point": (
        {"map": f"{MAP}roads: [{{id: r, name: R, quality: track, path: [otpor, [{'4' * 400}, 118.5]]}}]\n"},
        "map.yaml:15:57: error: roads.0.path.1.0: a number of 400 digits, and at most 18 are read",
    ),
    "score": (
        {"scenario": SCENARIO.replace("at_least: 10", "at_least: 2147483648")},
        "scenario.yaml:14:51: error: victory.levels.0.at_least: must be at most 2,147,483,647",
    ),
    "pattern": (
        {"scenario": f'{SCENARIO}files: {{events: "**.yaml"}}\n'},
        "scenario.yaml:18:17: error: files.events: '**.yaml' has ** beside other letters",
    ),
    "layers": (
        {"map": f"{MAP}layers: /etc/passwd\n"},
        "map.yaml:15:9: error: map.layers: '/etc/passwd' points",
    ),
    "escape": (
        {"scenario": SCENARIO.replace(TITLE, 'title: "A \\e[31mred\\e[0m \\e]0;owned\\a title"')},
        "scenario.yaml:3:8: error: title: control character U+001B in a text",
    ),
    "nul": (
        {"scenario": SCENARIO.replace(TITLE, 'title: "A \\0 title"')},
        "scenario.yaml:3:8: error: title: control character U+0000 in a text",
    ),
    "names": (
        {"history": HISTORY.replace("hailar", "x" * 5_000)},
        "history.yaml:2:13: error: history.captures.0.place: a text of 5,000 letters",
    ),
}


@pytest.mark.parametrize("command", ["validate", "run"])
@pytest.mark.parametrize("kind", STRANGE)
def test_strange_scenario_is_answered_in_lines(tmp_path, monkeypatch, kind, command):
    monkeypatch.chdir(tmp_path)
    files, expected = STRANGE[kind]
    tiny.write_scenario(tmp_path / "tiny", **files)
    done = CliRunner().invoke(app, [command, "tiny"])
    assert done.exit_code == 1
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert f"tiny/{expected}" in done.output.replace("\\", "/")
    assert objection(done.output, prose=True) == ""


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ("{id: secondd, men: 900}", "forces.units.secondd"),
        ("{id: first, remove: true}", "no formation or unit 'first'"),
    ],
)
def test_mod_that_misses_its_unit_is_answered(tmp_path, monkeypatch, units, expected):
    monkeypatch.chdir(tmp_path)
    tiny.write_scenario(tmp_path / "tiny")
    tiny.write_mod(tmp_path / "laid", forces__c=f"units:\n  - {units}\n")
    done = CliRunner().invoke(app, ["validate", "laid"])
    assert done.exit_code == 1
    assert expected in done.output


def test_mods_that_quarrel_are_answered_in_either_order(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tiny.write_scenario(tmp_path / "tiny")
    tiny.write_mod(tmp_path / "patches", forces__c="units:\n  - {id: second, men: 900}\n")
    tiny.write_mod(tmp_path / "removes", forces__c="units:\n  - {id: second, remove: true}\n")
    laid = scenario.load("tiny", ("patches", "removes"))
    assert "second" not in {unit.id for unit in laid.forces.units}
    with pytest.raises(ScenarioError, match=r"forces\.units\.second"):
        scenario.load("tiny", ("removes", "patches"))
