"""The scenarios and mods on the disk, as the list shows them."""

import sys

import pytest
from PIL import Image

from sim.game import library
from sim.printable import objection
from sim.scenario import load
from tests.support import tiny


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("AUGUST_STORM_HOME", str(tmp_path))
    return tmp_path


def shipped_campaign():
    return next(entry for entry in library.scenarios() if entry.id == "august_storm")


def test_shipped_campaign_is_listed_with_its_dates_and_plans(home):
    entry = shipped_campaign()
    assert (entry.days, entry.problem) == (25, "")
    assert next(iter(entry.plans["soviet"])) == "soviet_august_storm"
    assert set(entry.difficulty) == {"soviet", "japan"}


def test_strengths_are_the_sums_of_the_order_of_battle(home):
    units = [unit for unit in load("august_storm").forces.units if unit.on_map and not unit.rear_services]
    soviet = [unit for unit in units if unit.nation in ("soviet", "mongolia")]
    found = shipped_campaign().forces
    assert (found["soviet"].units, found["soviet"].men) == (len(soviet), sum(unit.men for unit in soviet))
    assert found["soviet"].units + found["japan"].units == len(units)


def test_scenario_in_the_users_folder_is_listed(home):
    tiny.write_scenario(home / "scenarios" / "tiny")
    entry = next(entry for entry in library.scenarios() if entry.id == "tiny")
    assert (entry.title, entry.days, entry.lineage) == ("Tiny", 4, ("tiny",))


def test_broken_scenario_is_listed_last_with_its_problem(home):
    tiny.write_scenario(home / "scenarios" / "broken", scenario=tiny.SCENARIO.replace("title:", "titel:"))
    last = library.scenarios()[-1]
    assert last.id == "broken"
    assert "key 'title' is missing" in last.problem
    assert "and 1 more" in last.problem


def test_words_on_difficulty_and_a_picture_come_from_the_header(home):
    folder = home / "scenarios" / "tiny"
    tiny.write_scenario(folder, scenario=f"{tiny.SCENARIO}difficulty: {{japan: Hard}}\npicture: tiny.png\n")
    Image.new("RGB", (8, 6)).save(folder / "tiny.png")
    entry = next(entry for entry in library.scenarios() if entry.id == "tiny")
    assert entry.difficulty == {"japan": "Hard"}
    assert entry.picture == folder / "tiny.png"


@pytest.mark.parametrize("kind", ["empty", "text", "cut", "huge", "gif", "folder", "missing"])
def test_picture_that_cannot_be_shown_is_left_out(home, kind):
    folder = home / "scenarios" / "tiny"
    tiny.write_scenario(folder, scenario=f"{tiny.SCENARIO}picture: tiny.png\n")
    picture = folder / "tiny.png"
    if kind == "folder":
        picture.mkdir()
    elif kind == "huge":
        Image.new("1", (30_000, 30_000)).save(picture)
    elif kind == "gif":
        Image.new("RGB", (8, 6)).save(picture, format="GIF")
    elif kind != "missing":
        Image.effect_noise((64, 64), 50).save(picture)
        whole = picture.read_bytes()
        picture.write_bytes({"empty": b"", "text": b"no picture", "cut": whole[: len(whole) // 2]}[kind])
    entry = next(entry for entry in library.scenarios() if entry.id == "tiny")
    assert (entry.picture, entry.problem) == (None, "")


def test_mod_names_what_it_extends_and_fits_that_only(home):
    tiny.write_scenario(home / "scenarios" / "tiny")
    dry = next(mod for mod in library.mods() if mod.id == "no_rain")
    assert (dry.extends, dry.root, dry.problem) == ("august_storm", "august_storm", "")
    other = next(entry for entry in library.scenarios() if entry.id == "tiny")
    assert dry in library.mods_for(shipped_campaign(), library.mods())
    assert library.mods_for(other, library.mods()) == ()


def test_broken_mod_is_listed_with_its_problem(home):
    folder = home / "mods" / "lost"
    folder.mkdir(parents=True)
    (folder / "scenario.yaml").write_text("format: 1\nid: lost\ntitle: Lost\nextends: august_strom\n")
    lost = next(mod for mod in library.mods() if mod.id == "lost")
    assert "august_strom" in lost.problem


def test_file_that_is_no_yaml_is_listed_with_its_problem(home):
    folder = home / "scenarios" / "scrawl"
    folder.mkdir(parents=True)
    (folder / "scenario.yaml").write_bytes(b"\xff\xfe{[")
    assert next(entry for entry in library.scenarios() if entry.id == "scrawl").problem


def test_list_needs_no_kernel():
    import subprocess

    code = (
        "import sys; from sim.game import library; library.scenarios(); library.mods(); print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


STRANGE = {
    "bomb": "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(3)),
    "deep": "format: " + "[" * 5_000,
    "digits": f"format: {'9' * 5_000}\n",
    "escape": 'format: 1\nid: escape\ntitle: "\\e[31m"\nextends: tiny\n',
    "files": 'format: 1\nid: files\ntitle: A\nextends: tiny\nfiles: {forces: "a**b"}\n',
    "lost": f"format: 1\nid: lost\ntitle: A\nextends: {'x' * 5_000}\n",
    "list": "- 1\n",
    "null": "format: 1\nid: ~\ntitle: ~\nextends: ~\n",
    "empty": "",
}


@pytest.mark.parametrize("kind", STRANGE)
def test_strange_entry_leaves_the_others_alone(home, kind):
    tiny.write_scenario(home / "scenarios" / "tiny")
    for where in ("scenarios", "mods"):
        folder = home / where / kind
        folder.mkdir(parents=True)
        (folder / "scenario.yaml").write_text(STRANGE[kind])
    for entries in (library.scenarios(), library.mods()):
        entry = next(entry for entry in entries if entry.id == kind)
        assert entry.problem
        assert objection(entry.problem) == objection(entry.title) == ""
    assert {entry.id for entry in library.scenarios() if not entry.problem} == {"august_storm", "muleng_road", "tiny"}
    assert [mod.id for mod in library.mods() if not mod.problem] == ["no_rain"]


@pytest.mark.parametrize(
    "error", [KeyError("men"), RecursionError("too deep"), MemoryError(), OSError(5, "input"), ValueError()]
)
def test_unforeseen_error_is_that_of_its_entry_alone(home, monkeypatch, error):
    tiny.write_scenario(home / "scenarios" / "tiny")
    true_load = library.scenario.load

    def load_or_fail(folder):
        if folder.name in ("tiny", "no_rain"):
            raise error
        return true_load(folder)

    monkeypatch.setattr(library.scenario, "load", load_or_fail)
    entries = library.scenarios()
    assert [entry.id for entry in entries if entry.problem] == ["tiny"]
    assert type(error).__name__ in entries[-1].problem
    assert [bool(mod.problem) for mod in library.mods()] == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_folder_with_an_odd_name_is_listed_without_harm(home):
    folder = home / "mods" / "a\x1b[31m\u202eb"
    folder.mkdir(parents=True)
    (folder / "scenario.yaml").write_text("format: 1\n")
    broken = next(mod for mod in library.mods() if mod.problem)
    assert broken.title == "a\\x1b[31m\\u202eb"
    assert objection(broken.problem) == ""
