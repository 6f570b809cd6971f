"""The report on a study: what its headlines, figures and tables say, and what stands in the folder of a point."""

import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from typer.testing import CliRunner

from sim import scenario
from sim.batch.report import write_report
from sim.batch.reporting.studies import figures
from sim.batch.studies.result import MOD, StudyResult
from sim.batch.studies.study import run_study
from sim.cli import app
from sim.scenario.studies.mod_writer import difference
from tests.batch.reporting.test_report import data_of
from tests.support import studies
from tests.support.studies import fought, write_study

pytestmark = pytest.mark.engine
SHIPPED = """\
format: 1
id: shipped
title: Rain
scenario: august_storm
runs: 4
outcomes: [fall_mukden, soviet_men]
design: {kind: variants}
variants:
  - {id: base, title: As it is}
  - {id: dry, title: Dry and rested, mods: [no_rain], changes: [{path: forces.units.jap_*.readiness, scale: 0.9}]}
"""


@cache
def study(body: str) -> StudyResult:
    """Return a fought study of the tiny scenario, with its report."""
    found = fought(Path(mkdtemp()), body)
    write_report(found.folder)
    return found


@cache
def shipped() -> StudyResult:
    """Return a fought study of the shipped campaign, whose points can be found by its name."""
    folder = Path(mkdtemp())
    (folder / "shipped.yaml").write_text(SHIPPED, encoding="utf-8")
    return run_study(folder / "shipped.yaml", out=folder / "out")


def page_of(body: str) -> str:
    return (study(body).folder / "report.html").read_text("utf-8")


@pytest.mark.parametrize("body", [studies.VARIANTS, studies.GRID, studies.HYPERCUBE, studies.SOBOL])
def test_every_design_has_a_tornado_for_each_outcome_that_anything_moves(body: str) -> None:
    found = study(body)
    drawn = data_of(found.folder / "report.html")["figures"]
    moved = [name for name in found.outcome_names if any(bar.at_low != bar.at_high for bar in found.tornado(name))]
    assert moved
    assert {f"tornado-{name}" for name in moved} <= set(drawn)


def test_tornado_of_variants_has_the_paired_differences_with_their_intervals() -> None:
    found = study(studies.VARIANTS)
    row = next(row for row in found.differences("japan_men") if row["input"] == "weak")
    (bars,) = data_of(found.folder / "report.html")["figures"]["tornado-japan_men"]["data"]
    assert bars["y"][0] == "Weak garrison"
    assert bars["x"][0] == pytest.approx(row["estimate"])
    assert bars["error_x"]["array"][0] == pytest.approx(row["high"] - row["estimate"])


def test_sobol_indices_are_drawn_and_told_with_their_intervals() -> None:
    found = study(studies.SOBOL)
    first, total = data_of(found.folder / "report.html")["figures"]["indices-japan_men"]["data"]
    assert [round(value, 6) for value in first["x"]] == [
        round(row["estimate"], 6) for row in found.rows("sobol_first", "japan_men")
    ]
    assert total["name"] == "Total"
    assert "Sobol&#x27; indices" in page_of(studies.SOBOL)


def test_curves_of_one_outcome_share_an_axis() -> None:
    drawn = data_of(study(studies.HYPERCUBE).folder / "report.html")["figures"]
    ranges = [
        figure["layout"]["yaxis"]["range"] for name, figure in drawn.items() if name.startswith("response-score-")
    ]
    assert len(ranges) == 2
    assert ranges[0] == ranges[1]


def test_headline_names_the_variant_that_moves_an_outcome_most() -> None:
    text = page_of(studies.VARIANTS)
    row = re.search(r'<th scope="row">Japanese men lost</th>(.*?)</tr>', text)
    assert row
    assert "Weak garrison" in row[1]


def test_outcome_that_nothing_moves_is_said_to_be_the_same() -> None:
    same = "\n".join(line for line in studies.VARIANTS.splitlines() if "id: weak" not in line) + "\n"
    assert "No variant changes it" in page_of(same)


def test_page_says_what_was_varied_with_design_seeds_and_digests() -> None:
    text = page_of(studies.HYPERCUBE)
    known = study(studies.HYPERCUBE).manifest
    for words in ("a Latin hypercube, sample seed 1", "scaled by 0.5 to 2", known["scenario_digest"][:16]):
        assert words in text


def test_table_of_points_has_values_means_and_commands() -> None:
    found = study(studies.GRID)
    table = data_of(found.folder / "report.html")["tables"]["points"]
    assert len(table["rows"]) == len(found.manifest["points"]) == 4
    heads = [column["key"] for column in table["columns"]]
    assert heads[:3] == ["point", "x-men", "x-plan"]
    mean = float(found.point("p00001").runs["japan_killed"].to_numpy().mean())
    assert table["rows"][1][heads.index("y-japan_killed")] == round(mean)
    command = table["commands"]["report"] + table["rows"][1][heads.index("report")]
    assert command == f"august-storm report {found.folder}/points/p00001 --open"


def test_same_study_gives_the_same_page() -> None:
    folder = study(studies.VARIANTS).folder
    before = (folder / "report.html").read_bytes()
    assert write_report(folder).read_bytes() == before


def test_page_is_whole_and_small() -> None:
    page = study(studies.SOBOL).folder / "report.html"
    assert page.stat().st_size < 8_000_000
    assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="(?!data:)', page.read_text("utf-8"))


def test_study_that_is_not_finished_has_no_report_and_says_why(tmp_path: Path) -> None:
    folder = study(studies.VARIANTS).folder
    (tmp_path / "study.json").write_text((folder / "study.json").read_text())
    said = CliRunner().invoke(app, ["report", str(tmp_path)])
    assert said.exit_code == 1
    assert "the study is not finished; continue with --resume" in said.stderr


def test_study_command_leaves_a_report(tmp_path: Path) -> None:
    file = write_study(tmp_path, studies.VARIANTS)
    out = tmp_path / "out"
    said = CliRunner().invoke(app, ["study", str(file), "--out", str(out), "--runs", "4", "--jobs", "1"])
    assert said.exit_code == 0, said.output
    assert f"report in {out / 'report.html'}" in said.stdout.replace("\n", "")
    assert (out / "report.html").is_file()


# --- points


def test_mod_of_a_point_makes_the_scenario_that_was_fought() -> None:
    folder = shipped().folder / "points" / "dry"
    made = scenario.load("august_storm", ["no_rain", folder / MOD])
    assert scenario.digest(made) == shipped().point("dry").manifest["scenario_digest"]


def test_point_that_changes_nothing_needs_no_mod() -> None:
    assert not (shipped().folder / "points" / "base" / MOD).exists()


def test_report_on_a_point_knows_its_scenario_and_how_to_replay_it() -> None:
    folder = shipped().folder / "points" / "dry"
    page = write_report(folder)
    assert "have changed since" not in page.read_text("utf-8")
    replay = f"august-storm run august_storm --mod no_rain --mod {folder / MOD} --key "
    assert data_of(page)["tables"]["runs"]["commands"] == {"key": replay}


@pytest.mark.parametrize(
    ("base", "made", "patch"),
    [
        ({"a": 1}, {"a": 1}, {}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, {"a": {"c": 3}}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1}}, {"a": {"b": 1, "replace": True}}),
        ({"a": {"low": 1, "mode": 2, "high": 3}}, {"a": {"low": 1, "mode": 2, "high": 4}}, None),
        ({"a": [1, 2]}, {"a": [1, 3]}, {"a": [1, 3]}),
        ([{"id": "x", "n": 1}], [{"id": "x", "n": 1}, {"id": "y", "n": 2}], [{"id": "y", "n": 2}]),
    ],
)
def test_difference_is_what_a_mod_says(base: object, made: object, patch: object) -> None:
    assert difference(base, made) == (made if patch is None else patch)  # type: ignore[arg-type]


def test_command_that_fights_a_point_names_its_plans() -> None:
    body = studies.VARIANTS.replace("id: same,", "id: same, plans: [stay],")
    rows = data_of(study(body).folder / "report.html")["tables"]["points"]["rows"]
    assert [row[-1] for row in rows][1].endswith(" --plan stay")
    assert rows[0][-1] == ""


# --- figures


def test_tornado_has_the_strongest_input_on_top() -> None:
    swings = [figures.Swing(*row) for row in (("rain", 9.0, 11.0), ("fuel", 16.0, 4.0), ("luck", 10.0, 10.5))]
    chart = figures.tornado(swings, 10.0, {})
    low, high = chart["data"]
    assert low["y"] == ["fuel", "rain", "luck"]
    assert [value + 10.0 for value in low["x"]] == [16.0, 9.0, 10.0]
    assert [value + 10.0 for value in high["x"]] == [4.0, 11.0, 10.5]
    assert chart["layout"]["yaxis"]["autorange"] == "reversed"


def test_interval_without_an_end_is_not_drawn() -> None:
    chart = figures.differences([figures.EffectSpan("one", 2.0, None, None)], {})
    assert chart["data"][0]["error_x"]["array"] == [0]
