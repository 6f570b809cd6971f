"""Names are one line of printable text; what is none is shown without harm."""

import pytest

from sim.errors import Problem
from sim.printable import harmless, is_blank, objection

ODD = {
    "escape": ("A \x1b[31mred", "control character U+001B"),
    "nul": ("A \0", "control character U+0000"),
    "bell": ("A \a", "control character U+0007"),
    "delete": ("A \x7f", "control character U+007F"),
    "C1": ("A \x9b31m", "control character U+009B"),
    "override": ("A \u202eeman", "U+202E (right-to-left override)"),
    "isolate": ("A \u2066b", "U+2066 (left-to-right isolate)"),
    "zero width": ("A\u200bb", "U+200B (zero width space)"),
    "joiner": ("A\u200db", "U+200D (zero width joiner)"),
    "mark": ("\ufeffA", "U+FEFF (zero width no-break space)"),
    "soft hyphen": ("A\u00adb", "U+00AD (soft hyphen)"),
    "filler": ("A\u3164", "U+3164 (hangul filler)"),
    "paragraph": ("A\u2029b", "U+2029 (paragraph separator)"),
    "private": ("A\ue000", "character U+E000"),
    "surrogate": ("A\ud800", "character U+D800"),
    "no character": ("A\uffff", "character U+FFFF"),
    "tag": ("A\U000e0041", "U+E0041 (tag latin capital letter a)"),
    "lone selector": ("\ufe0fA", "U+FE0F (variation selector-16)"),
}
GOOD = (
    "Hailar", "Цзямусы", "第124師団 (清水規矩)", "만주", "Świnoujście", "e\u0301tape", "葛\U000e0100飾", "５　軍",
    "ภาษาไทย", "5 < 7 & %s {0}",
)  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_odd_characters_are_refused_by_name(kind):
    text, why = ODD[kind]
    assert objection(text) == why
    assert objection(text, prose=True) == why


@pytest.mark.parametrize("text", GOOD)
def test_names_of_every_script_pass(text):
    assert objection(text) == ""
    assert harmless(text) == text
    assert not is_blank(text)


def test_lines_and_tabs_are_for_prose_only():
    assert objection("two\nlines\tand a tab", prose=True) == ""
    assert objection("two\nlines") == "line break"
    assert objection("a\ttab") == "control character U+0009"


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0 ", "\u2800", "\u0301", "\u3164"])
def test_what_shows_nothing_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("kind", ODD)
def test_harmless_text_has_nothing_odd(kind):
    shown = harmless(ODD[kind][0])
    assert objection(shown) == "" or kind == "lone selector"  # an odd selector is unsightly only


def test_harmless_text_is_short():
    assert harmless("x" * 5_000, 10) == "xxxxxxxxxx..."


def test_problem_quotes_without_harm():
    problem = Problem("a\x1b.yaml", 1, 1, "x\n.y", f"no {'z' * 5_000}", "or \u202e")
    assert objection(str(problem)) == ""
    assert len(str(problem)) < 1_200
    assert problem.as_dict()["file"] == "a\\x1b.yaml"
