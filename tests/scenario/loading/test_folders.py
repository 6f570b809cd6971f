"""Where scenarios and mods are looked for, and how they are laid together."""

import shutil

import pytest

from sim.errors import Problem
from sim.scenario.loading import folders
from sim.scenario.reading.marked_yaml import parse
from sim.scenario.reading.merge import overlay
from tests.support import tiny


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("AUGUST_STORM_HOME", str(tmp_path / "home"))
    return tmp_path


def test_mod_that_moved_with_a_file_is_found_beside_it(home):
    mod = tiny.write_mod(home / "old" / "laid")
    file = home / "old" / "a.save"
    assert folders.find_near("laid", file) == mod
    shutil.move(home / "old", home / "new")
    assert folders.find_near("laid", home / "new" / "a.save") == home / "new" / "laid"


@pytest.mark.parametrize("place", ["mods", "scenarios", "../mods", ".."])
def test_folders_near_a_file_are_looked_into(home, place):
    (home / "saves").mkdir()
    tiny.write_mod(home / "saves" / place / "laid")
    found = folders.find_near("laid", home / "saves" / "a.save")
    assert found is not None
    assert found.resolve() == (home / "saves" / place / "laid").resolve()


def test_folder_may_be_named_otherwise_than_its_id(home):
    mod = tiny.write_mod(home / "laid")
    mod.rename(home / "laid-main")
    assert folders.find_near("laid", home / "a.save") == home / "laid-main"


def test_those_known_come_after(home):
    assert folders.find_near("no_rain", home / "a.save") == folders.known()["no_rain"]
    own = tiny.write_mod(home / "no_rain")
    assert folders.find_near("no_rain", home / "a.save") == own


@pytest.mark.parametrize("name", ["nowhere", "", "..", "/etc", "a\0b", "x" * 5_000])
def test_what_is_nowhere_is_not_found(home, name):
    assert folders.find_near(name, home / "a.save") is None


def test_long_lists_are_laid_over_fast():
    # One look through the whole list for each item would take minutes.
    base = "\n".join(f"- {{id: a{n}, men: 1}}" for n in range(20_000))
    patch = "\n".join(f"- {{id: a{n + 10_000}, men: 2}}" for n in range(20_000))
    problems: list[Problem] = []
    rows = overlay(parse(base, "a", problems), parse(patch, "b", problems), problems).rows()
    assert len(rows) == 30_000
    assert [rows[at].get("men").value for at in (0, 9_999, 10_000, 29_999)] == [1, 1, 2, 2]
