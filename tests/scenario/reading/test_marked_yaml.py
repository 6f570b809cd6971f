"""YAML with marks: every node knows its place, and what YAML would misread is refused."""

import datetime

import pytest

from sim.errors import Problem, ScenarioError, nearest, suggestion
from sim.scenario.reading.marked_yaml import parse
from sim.scenario.reading.node import Node


def parsed(text: str) -> tuple[Node | None, list[str]]:
    problems: list[Problem] = []
    return parse(text, "a.yaml", problems), [str(problem) for problem in problems]


def test_values_come_out_plain():
    node, problems = parsed('a: 1\nb: [1.5, "x", yes, ~, 1945-08-09]\nc: {d: text}\n')
    assert problems == []
    assert node.plain() == {"a": 1, "b": [1.5, "x", True, None, datetime.date(1945, 8, 9)], "c": {"d": "text"}}


def test_every_node_and_key_has_its_mark():
    node, _ = parsed("a:\n  - {id: one, men: 5}\n")
    assert node.find(("a", 0, "men")) == ("a.yaml", 2, 20)
    assert node.find(("a", 0, "men"), key=True) == ("a.yaml", 2, 15)
    assert node.find(("a", 0, "nothing")) == ("a.yaml", 2, 5)
    assert node.label(("a", 0, "men")) == "a.one.men"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3:1: error: a: key 'a' appears twice (first in line 1)"),
        (
            "a: 0777\n",
            "a.yaml:1:4: error: a: 0777 is ambiguous in YAML (quote a text, write a number in plain digits)",
        ),
        (
            "a: 1:30\n",
            "a.yaml:1:4: error: a: 1:30 is ambiguous in YAML (quote a text, write a number in plain digits)",
        ),
        (
            "a: .inf\n",
            "a.yaml:1:4: error: a: .inf is not a plain number (quote a text, write a number in plain digits)",
        ),
        (
            "a: 1945-13-01\n",
            "a.yaml:1:4: error: a: 1945-13-01 is not a date (write year-month-day as 1945-08-09, or quote a text)",
        ),
        ("1945: x\n", "a.yaml:1:1: error: '1945' is not text, and a key must be (quote it)"),
        ("a: !odd x\n", "a.yaml:1:4: error: a: unknown YAML tag '!odd'"),
        ("a: &loop [*loop]\n", "a.yaml:1:10: error: a.0: an alias that contains itself"),
        ("", "a.yaml:1:1: error: the file is empty"),
    ],
)
def test_trap_is_reported_where_it_stands(text, expected):
    problems = parsed(text)[1]
    if "loop" in text:
        assert len(problems) == 1
        assert problems[0].endswith("an alias that contains itself")
    else:
        assert problems == [expected]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [1, 2\nb: 3\n", "a.yaml:2:"),
        ("a: b: c\n", "a.yaml:1:5"),
        ("a:\n\t- b\n", "a.yaml:2:1"),
        ("a: 'x\n", "a.yaml:2:"),
    ],
)
def test_broken_syntax_is_reported_with_its_place(text, place):
    node, problems = parsed(text)
    assert node is None
    assert len(problems) == 1
    assert problems[0].startswith(place)
    assert "YAML syntax" in problems[0]


def test_nearest_name_is_offered_only_when_it_is_near():
    assert nearest("harbinn", ["harbin", "mukden"]) == "harbin"
    assert nearest("xyz", ["harbin", "mukden"]) == ""
    assert suggestion("mukdn", ["harbin", "mukden"]) == "did you mean 'mukden'?"


def test_scenario_error_lists_every_problem():
    problems = [Problem("a.yaml", 1, 2, "x.y", "wrong", "so"), Problem("b.yaml", 3, 4, "", "also wrong")]
    text = str(ScenarioError(problems))
    assert text == "a.yaml:1:2: error: x.y: wrong (so)\nb.yaml:3:4: error: also wrong"
