"""The command line: exit codes, what it prints, and no traceback for wrong input."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli import app
from tests.support.places import ROOT

pytestmark = pytest.mark.slow

RUNNER = CliRunner()
NATIONS = {"soviet", "mongolia", "japan", "manchukuo", "mengjiang"}


def august_storm(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, as a user would."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    return subprocess.run(
        [sys.executable, "-m", "sim", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_python_m_sim_says_its_version() -> None:
    done = august_storm("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("august-storm ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("march",),
        ("run", "--seed", "soon"),
        ("run", "--until", "tomorrow"),
        ("run", "--key", "xyz"),
        ("run", "august_storm", "another"),
        ("map", "build"),
    ],
)
def test_wrong_calls_exit_with_2(arguments: tuple[str, ...]) -> None:
    assert RUNNER.invoke(app, list(arguments)).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "august_strom"), ("august_strom", "august_storm")),
        (("run", "august_storm", "--mod", "no_such_mod"), ("no_such_mod",)),
        (("run", "august_storm", "--until", "1946-01-01"), ("1946-01-01",)),
        (("run", "august_storm", "--json", "no/such/folder/out.json"), ("no/such/folder",)),
        (("run", "--map", "map.jpg"), ("map.jpg", "map.png")),
        (("run", "--json", "docs"), ("docs is a folder",)),
        (("map", "show", "--out", "no/such/folder/map.png"), ("no/such/folder",)),
        (("run", "NOSUCH"), ("error: NOSUCH: no such scenario",)),
        (("run", "august_storm", "--plan", "no_such_plan"), ("no_such_plan",)),
        (("validate", "no_such_folder"), ("no_such_folder",)),
        (("map", "build", "--geo", "no_such_geo", "--config", "no_such.yaml"), ("no_such",)),
    ],
)
def test_wrong_input_exits_with_1_and_no_traceback(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    done = august_storm(*arguments)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "Traceback" not in said
    assert all(word in said for word in words)


def test_validate_says_ok_for_all_that_is_shipped() -> None:
    done = august_storm("validate")
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(line.endswith("OK") for line in done.stdout.splitlines())
    assert "august_storm" in done.stdout


def test_validate_lists_every_problem_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(
        "format: 1\nid: broken\ntitle: Broken\nextends: august_storm\ncolour: red\nflavour: sweet\n", encoding="utf-8"
    )
    done = august_storm("validate", str(folder))
    assert done.returncode == 1
    assert "scenario.yaml:5:" in done.stdout
    assert "scenario.yaml:6:" in done.stdout
    report = json.loads(august_storm("validate", str(folder), "--json").stdout)
    assert not report["ok"]
    assert {problem["line"] for problems in report["scenarios"].values() for problem in problems} >= {5, 6}


def test_doctor_finds_this_installation_sound() -> None:
    done = august_storm("doctor")
    assert done.returncode == 0, done.stdout
    assert "pygame-ce" in done.stdout


def test_play_without_a_display_names_the_command_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    done = RUNNER.invoke(app, ["play"])
    assert done.exit_code == 2
    assert "august-storm run august_storm" in done.output
    assert len(done.output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("file", "words"), [("no_such.save", "cannot read no_such.save"), ("README.md", "README.md is not a save")]
)
def test_play_says_what_is_wrong_with_a_save_before_a_window_opens(
    monkeypatch: pytest.MonkeyPatch, file: str, words: str
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.chdir(ROOT)
    done = RUNNER.invoke(app, ["play", "--load", file])
    assert done.exit_code == 1
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_strength_table_has_the_published_totals() -> None:
    done = august_storm("run", "august_storm", "--table")
    assert done.returncode == 0, done.stderr
    for figure in ("654,040", "586,589", "337,096", "1,577,725", "27,086", "1,171", "5,556", "3,721", "665,500"):
        assert figure in done.stdout


def test_armies_in_the_strength_table_add_up_to_their_fronts() -> None:
    groups: list[list[list[int]]] = []
    together = None
    for line in august_storm("run", "august_storm", "--table").stdout.splitlines():
        figures = [int(cell.replace(",", "")) for cell in line.split()[-5:] if cell.replace(",", "").isdigit()]
        if len(figures) < 5:
            continue
        if line.startswith("Three fronts"):
            together = figures
        elif line.startswith("  "):
            groups[-1].append(figures)
        else:
            groups.append([figures])
    assert together == [sum(column) for column in zip(*(group[0] for group in groups[:3]), strict=True)]
    assert len(groups) >= 8
    for whole, *parts in groups:
        assert not parts or whole == [sum(column) for column in zip(*parts, strict=True)]


@pytest.fixture(scope="module")
def three_days(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], str, Path]:
    """Return result, story and folder of a campaign of three days."""
    folder = tmp_path_factory.mktemp("run")
    done = august_storm(
        "run",
        "august_storm",
        "--seed",
        "7",
        "--until",
        "1945-08-11",
        "--json",
        "out.json",
        "--map",
        "map.png",
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "out.json").read_text(encoding="utf-8")), done.stdout, folder


def test_result_keeps_the_contract(three_days: tuple[dict[str, object], str, Path]) -> None:
    result = three_days[0]
    assert list(result) == [
        "scenario",
        "mods",
        "seed",
        "key",
        "engine",
        "digest",
        "state_digest",
        "turns",
        "end_date",
        "outcome",
        "losses",
        "captures",
        "formations",
    ]
    assert (result["scenario"], result["seed"], result["turns"], result["end_date"]) == (
        "august_storm",
        7,
        3,
        "1945-08-11",
    )
    assert set(result["outcome"]) == {"winner", "level", "points"}
    assert set(result["losses"]) == NATIONS
    for counted in result["losses"].values():
        assert set(counted) == {"killed", "wounded", "captured", "deserted", "tanks", "guns", "aircraft"}
    for row in result["captures"]:
        assert set(row) == {"place", "date", "turn", "side", "by"}
        assert row["date"] == f"1945-08-{8 + row['turn']:02d}"
        assert row["side"] in ("soviet", "japan")
        assert row["by"] in result["formations"]
    assert result["captures"]
    for counted in result["formations"].values():
        gone = sum(counted[name] for name in ("killed", "wounded", "captured", "deserted"))
        assert counted["men_end"] + gone == counted["men_start"]


def test_story_is_plain_and_80_columns_wide_in_a_pipe(three_days: tuple[dict[str, object], str, Path]) -> None:
    story = three_days[1]
    assert "\x1b" not in story
    assert max(map(len, story.splitlines())) <= 80
    assert "Day 3 · Saturday, 11 August 1945" in story
    assert "\nTrans-Baikal: " in story


def test_map_is_a_picture(three_days: tuple[dict[str, object], str, Path]) -> None:
    from PIL import Image

    with Image.open(three_days[2] / "map.png") as picture:
        assert picture.format == "PNG"
        assert picture.width >= 2400


def test_map_show_draws_the_first_morning(tmp_path: Path) -> None:
    done = august_storm("map", "show", "--out", "first.png", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "first.png").read_bytes().startswith(b"\x89PNG")


def test_mod_is_named_in_the_result_and_changes_the_campaign() -> None:
    arguments = ("run", "august_storm", "--until", "1945-08-09", "--json", "-")
    plain, dry = (json.loads(august_storm(*arguments, *more).stdout) for more in ((), ("--mod", "no_rain")))
    assert (plain["mods"], dry["mods"]) == ([], ["no_rain"])
    assert plain["key"] == dry["key"]
    assert plain["digest"] != dry["digest"]


def test_json_to_standard_output_is_json_alone_and_the_same_again() -> None:
    arguments = ("run", "august_storm", "--seed", "7", "--until", "1945-08-10", "--json", "-")
    first, second = august_storm(*arguments), august_storm(*arguments)
    assert json.loads(first.stdout)["digest"] == json.loads(second.stdout)["digest"]
