"""The documents agree with the files: tables of the rules, names in the prose, examples that a modder may copy."""

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from sim.kernels.rulebook.rules import SECTIONS
from sim.scenario import load, validate
from tests.support.places import ROOT
from tools import batch_columns, rules_tables, window_keys

DOCS = ROOT / "docs"
FENCE = re.compile(r"^```yaml\n# (?P<file>[\w/]+\.yaml)\n(?P<text>.*?)^```$", re.S | re.M)
ANSWER = re.compile(r"^```text\n(?P<text>.*?)^```$", re.S | re.M)
LINK = re.compile(r"\]\((?P<file>[\w/.]*?)(?:#(?P<anchor>[\w-]+))?\)")
AGAIN = "run: python tools/rules_tables.py"


@pytest.fixture
def examples(tmp_path, monkeypatch):
    """Write the files that docs/modding.md shows into an empty folder and go there."""
    for found in FENCE.finditer((DOCS / "modding.md").read_text(encoding="utf-8")):
        file = tmp_path / found["file"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found["text"], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_tables_of_the_rules_state_the_present_numbers():
    text = rules_tables.DOCUMENT.read_text(encoding="utf-8")
    assert text == rules_tables.with_tables(text), AGAIN


def test_the_window_is_documented_with_its_present_keys():
    text = window_keys.DOCUMENT.read_text(encoding="utf-8")
    assert text == window_keys.with_tables(text), "run: python tools/window_keys.py"


def test_the_tables_of_a_batch_are_documented_with_their_present_columns():
    text = batch_columns.DOCUMENT.read_text(encoding="utf-8")
    assert len(batch_columns.BLOCK.findall(text)) == len(batch_columns.TABLES)
    assert text == batch_columns.with_tables(text), "run: python tools/batch_columns.py"


def test_every_coefficient_stands_in_one_table():
    text = rules_tables.DOCUMENT.read_text(encoding="utf-8")
    declared = sorted(field.name for fields in SECTIONS.values() for field in fields)
    rows = re.findall(r"^\| `([a-z]\w+)` \|", text, re.M)
    grids = re.findall(r"^`(\w+)`: ", text, re.M)
    scoring = {"early_permille", "late_permille", "soviet_per_1000_men", "japan_per_1000_men", "decided_score"}
    assert sorted(name for name in rows + grids if name not in scoring) == declared, AGAIN


def test_unknown_coefficient_in_a_mark_is_named():
    with pytest.raises(KeyError, match="asks for zone_taste of movement"):
        rules_tables.with_tables("<!-- rules:movement zone_taste -->\n<!-- end -->\n")


def test_others_are_those_that_no_mark_names():
    text = "<!-- rules:weather rain_permille -->\n<!-- end -->\n<!-- rules:weather others -->\n<!-- end -->\n"
    first, second = rules_tables.with_tables(text).split("rules:weather others")
    assert "`rain_permille`" in first
    assert "`rain_permille`" not in second
    assert "`wetness_max`" in second


def test_changed_number_makes_the_tables_differ(monkeypatch):
    text = rules_tables.DOCUMENT.read_text(encoding="utf-8")
    true_read = rules_tables.read

    def changed(name):
        content = true_read(name)
        if name == "rules.yaml":
            content["command"]["lead_fuel10"]["value"] += 1
        return content

    monkeypatch.setattr(rules_tables, "read", changed)
    differing = [
        new for old, new in zip(text.split("\n"), rules_tables.with_tables(text).split("\n"), strict=True) if old != new
    ]
    assert len(differing) == 1
    assert "`lead_fuel10`" in differing[0]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1500, "1,500"),
        ({"foot": 1, "forest_hills": 2}, "foot 1, forest hills 2"),
        ([5, 6], "0: 5, 1: 6"),
        ({"low": 3, "mode": 4, "high": 5}, "3 to 5, most likely 4"),
        ({"soviet": {"low": 3, "mode": 4, "high": 5}}, "soviet 3 to 5, most likely 4"),
    ],
)
def test_one_row(value, expected):
    assert rules_tables.one_row(value) == expected


def test_long_grid_is_turned_and_equal_days_stand_together():
    lines = rules_tables.grid({"west": [1] * 13 + [2], "east": [3] * 14})
    assert lines == ["| turn | west | east |", "|---|---|---|", "| 1 to 13 | 1 | 3 |", "| 14 | 2 | 3 |"]


PAGES = [*sorted(DOCS.glob("*.md")), *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))]
NAMED_FILE = re.compile(r"`((?:sim|tests|tools|docs|benchmarks|scenarios)/[\w./-]+)`")
NAMED_MODULE = re.compile(r"`(sim(?:\.\w+)+)`?")
TARGET = re.compile(r"\bmake ((?:[a-z]+ ?)+)`")


def anchors_of(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as they are made of them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_all_pages_are_looked_at():
    assert len(PAGES) >= 15
    assert sum(len(LINK.findall(page.read_text(encoding="utf-8"))) for page in PAGES) >= 50


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page):
    for link in LINK.finditer(page.read_text(encoding="utf-8")):
        target = (page.parent / link["file"]).resolve() if link["file"] else page
        assert target.exists(), link[0]
        if link["anchor"]:
            assert link["anchor"] in anchors_of(target), link[0]


def test_files_and_modules_that_pages_name_are_there():
    seen = 0
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for name in NAMED_FILE.findall(text):
            seen += 1
            assert (ROOT / name).exists(), f"{page.name}: {name}"
        for name in NAMED_MODULE.findall(text):
            seen += 1
            assert is_there(name), f"{page.name}: {name}"
    assert seen >= 90


def test_modules_that_docstrings_name_are_there():
    names = {
        (file.name, name)
        for file in (ROOT / "sim").rglob("*.py")
        for name in re.findall(r"``(sim(?:\.\w+)+)``", file.read_text(encoding="utf-8"))
    }
    assert len(names) >= 10
    assert [pair for pair in sorted(names) if not is_there(pair[1])] == []


def is_there(dotted: str) -> bool:
    """Return whether a module, or something in one, has this name."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


def test_make_targets_that_pages_name_are_there():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = {
        word for page in PAGES for words in TARGET.findall(page.read_text(encoding="utf-8")) for word in words.split()
    }
    assert len(named) >= 6
    assert named <= targets, named - targets


def test_the_picture_of_the_layers_names_their_wings_in_the_order_of_the_contracts():
    lines = re.findall(r'class="w">(.*?)<', (DOCS / "pictures/architecture.svg").read_text(encoding="utf-8"))
    drawn = re.findall(r"\w+", " ".join(lines))
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    wings = {
        contract["containers"][0].removeprefix("sim."): re.findall(r"\w+", " ".join(contract["layers"]))
        for contract in settings["contracts"]
        if "containers" in contract
    }
    assert drawn == [wing for layer in ("ui", "batch", "game", "scenario", "kernels") for wing in wings.pop(layer)]
    assert wings == {}


@pytest.mark.slow
@pytest.mark.engine
def test_the_examples_of_the_readme_run(monkeypatch, capsys):
    blocks = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.S | re.M)
    assert len(blocks) >= 2
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) >= 2


def test_example_of_a_mod_is_right(examples):
    assert [str(problem) for problem in validate(["stubborn_hailar"])] == []


def test_example_of_a_mod_does_what_the_page_says(examples):
    plain, changed = load("august_storm"), load("stubborn_hailar")
    units = {unit.id: unit for unit in changed.forces.units}
    assert units["jap_80imb"].men == 7500
    assert units["jap_80imb"].guns == next(unit.guns for unit in plain.forces.units if unit.id == "jap_80imb")
    assert "jap_hailar_guns" in units
    assert "mck_inf_w_7" not in units
    goals = changed.header.victory.objectives
    assert goals["hailar"].soviet == 40
    assert goals["hailar"].pace == plain.header.victory.objectives["hailar"].pace
    assert "gorobanera" not in goals
    foot, horse = (changed.rules["movement"]["allowance_mp10"][name] for name in ("foot", "horse"))
    assert (foot, horse) == (90, plain.rules["movement"]["allowance_mp10"]["horse"])
    axis = next(axis for axis in changed.plan("japan_tunghua").axes if axis.id == "wunuerh")
    assert [goal.place for goal in axis.objectives] == ["wunuerh", "tsitsihar"]


def test_example_of_a_slip_is_answered_as_shown(examples):
    answer = ANSWER.search((DOCS / "modding.md").read_text(encoding="utf-8"))
    assert answer is not None
    assert [str(problem) for problem in validate(["slip"])] == answer["text"].splitlines()
