"""What a YAML file asks of the machine is bounded before anything is expanded: size, values, depth, digits, letters."""

import os
import time

import pytest

from sim.errors import Problem
from sim.scenario.models.limits import MOST_BYTES
from sim.scenario.reading.marked_yaml import parse, read

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def problems_of(text: str) -> list[str]:
    problems: list[Problem] = []
    parse(text, "a.yaml", problems)
    return [str(problem) for problem in problems]


REFUSED = {
    "aliases that stand for a thousand million values": (
        BOMB,
        "error: f.1: the file holds more than 200,000 values, with what aliases stand for",
    ),
    "aliases of a long text": (
        f"a: &a '{'x' * 9_000}'\nb: [{', '.join(['*a'] * 1_500)}]\n",
        "error: b.931: the file holds more than 8,388,608 letters, with what aliases stand for",
    ),
    "aliases as values of a mapping": (
        BOMB.replace("[", "{k: [").replace("]", "]}"),
        "the file holds more than 200,000 values",
    ),
    "brackets": ("a: " + "[" * 500 + "]" * 500, "1:35: error: a: nested deeper than 32 levels"),
    "very many brackets": ("a: " + "[" * 300_000, "1:35: error: a: nested deeper than 32 levels"),
    "dashes": ("- " * 100_000 + "a", "1:65: error: 0: nested deeper than 32 levels"),
    "questions": ("? " * 100_000 + "a", "1:65: error: ?: nested deeper than 32 levels"),
    "indents": ("".join(f"{' ' * depth}k:\n" for depth in range(100)), "error: k: nested deeper than 32 levels"),
    "whole number": (f"a: {'9' * 5_000}", "1:4: error: a: a number of 5,000 digits, and at most 18 are read"),
    "negative number": (f"a: -{'9' * 19}", "1:4: error: a: a number of 19 digits, and at most 18 are read"),
    "number in a list": (f"a: [1, {'9' * 400}]", "1:8: error: a.1: a number of 400 digits, and at most 18 are read"),
    "fraction": (
        f"a: {'9' * 400}.5",
        "... is too great a number; at most 18 digits are read",
    ),
    "exponent": ("a: 1.0e+400", "1:4: error: a: 1.0e+400 is too great a number; at most 18 digits are read"),
    "octal of many digits": (f"a: 0{'7' * 5_000}", f"1:4: error: a: 0{'7' * 39}... is ambiguous in YAML"),
    "key": (f"{'k' * 500}: 1", "1:1: error: a key of 500 letters, and at most 200 are read"),
    "text": (f"a: {'t' * 30_000}", "1:4: error: a: a text of 30,000 letters, and at most 20,000 are read"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_budget_is_named_at_its_place(case):
    text, expected = REFUSED[case]
    began = time.perf_counter()
    assert [expected in problem for problem in problems_of(text)] == [True]
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a: "x\\e[31m"', "1:4: error: a: control character U+001B in a text (write plain text)"),
        ('a: "x\\0"', "1:4: error: a: control character U+0000 in a text (write plain text)"),
        ("a: x\u202ey", "1:4: error: a: U+202E (right-to-left override) in a text (write plain text)"),
        ("a: 1\nb: x\0", "2:5: error: character U+0000 in the file"),
        ("a: 1\n# \x1b[31m\n", "2:3: error: character U+001B in the file"),
        ('"k\\e": 1', "1:1: error: control character U+001B in a text (write plain text)"),
        ("a: *b", "1:4: error: a: no anchor 'b' before this alias"),
        ("a: 1\n---\nb: 2\n", "2:1: error: a second document begins here (one file is one document)"),
        ("[a]: 1", "1:1: error: this key is not text, and a key must be (quote it)"),
        ("a: !!bool perhaps", "1:4: error: a: 'perhaps' is neither true nor false"),
        ("a: !!set {x}", "1:4: error: a: unknown YAML tag 'set'"),
    ],
)
def test_odd_text_is_refused_at_its_place(text, expected):
    assert problems_of(text) == [f"a.yaml:{expected}"]


def test_refused_text_goes_on_without_harm():
    node = parse('a: "x\\e[31m"', "a.yaml", [])
    assert node.plain() == {"a": "x\\x1b[31m"}


def test_alias_is_what_it_stands_for():
    assert parse("a: &a {men: 5}\nb: [*a, *a]\n&k c: *k", "a.yaml", []).plain() == {
        "a": {"men": 5},
        "b": [{"men": 5}, {"men": 5}],
        "c": "c",
    }


def test_byte_order_mark_is_skipped(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read(tmp_path / "a.yaml", []).plain() == {"a": 1}


def test_large_file_is_not_opened(tmp_path):
    file = tmp_path / "a.yaml"
    with open(file, "wb") as large:
        large.truncate(MOST_BYTES + 1)
    problems: list[Problem] = []
    assert read(file, problems) is None
    assert problems[0].message == "8,388,609 bytes, and at most 8,388,608 are read"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "a.yaml")
    problems: list[Problem] = []
    assert read(tmp_path / "a.yaml", problems) is None
    assert problems[0].message == "this is no file"
