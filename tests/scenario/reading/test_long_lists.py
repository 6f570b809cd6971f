"""How scenarios and mods are laid together."""

from sim.errors import Problem
from sim.scenario.reading.marked_yaml import parse
from sim.scenario.reading.merge import overlay


def test_long_lists_are_laid_over_fast():
    # One look through the whole list for each item would take minutes.
    base = "\n".join(f"- {{id: a{n}, men: 1}}" for n in range(20_000))
    patch = "\n".join(f"- {{id: a{n + 10_000}, men: 2}}" for n in range(20_000))
    problems: list[Problem] = []
    rows = overlay(parse(base, "a", problems), parse(patch, "b", problems), problems).rows()
    assert len(rows) == 30_000
    assert [rows[at].get("men").value for at in (0, 9_999, 10_000, 29_999)] == [1, 1, 2, 2]
