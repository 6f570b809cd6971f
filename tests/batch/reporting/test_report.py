"""The report on a batch: what its figures, tables and page say, and that it stands every kind of batch."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sim import scenario
from sim.batch import BatchResult, run_batch
from sim.batch.report import batch_page, write_report
from sim.batch.reporting import figures
from sim.batch.reporting.campaigns import outcomes
from sim.batch.reporting.campaigns.outcomes import ReportedBatch
from sim.batch.reporting.estimates import fan, median_of, typical_run
from sim.batch.reporting.samples import read_days
from sim.batch.reporting.setting import setting_of
from sim.batch.running import one_run
from sim.batch.storage.folder import read_manifest
from sim.cli import app
from sim.errors import BatchError
from sim.game.records.outcome import MEN_FIELDS
from tests.support.tiny import HISTORY, write_scenario

pytestmark = pytest.mark.slow

RUNS = 12


def data_of(page: Path) -> dict[str, Any]:
    """Return the data that stand in a page."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scenario(tmp_path_factory.mktemp("scenario") / "tiny")


@pytest.fixture(scope="module")
def folder(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_batch(tiny, runs=RUNS, seed=3, out=tmp_path_factory.mktemp("batch")).folder


@pytest.fixture(scope="module")
def page(tiny: Path, folder: Path) -> Path:
    return write_report(folder, scenario.load(tiny))


def test_capture_table_counts_the_first_captures(page: Path, folder: Path, tiny: Path) -> None:
    table = data_of(page)["tables"]["captures"]
    row = next(row for row in table["rows"] if row[0] == "Hailar")
    strip = row[[one["key"] for one in table["columns"]].index("strip")]
    taken = BatchResult(folder).captures.to_pylist()
    first: dict[int, int] = {}
    for one in taken:
        if one["place"] == "hailar" and one["side"] == "soviet":
            first.setdefault(one["run_id"], one["turn"])
    counts = [list(first.values()).count(turn) for turn in range(1, len(strip))]
    assert strip[1:] == counts
    assert row[1] == "1945-08-11"


def test_evenings_are_counted_as_the_table_has_them(folder: Path, tiny: Path) -> None:
    days = ReportedBatch(folder, setting_of(read_manifest(folder), scenario.load(tiny))).days
    advance, fuel = np.zeros_like(days.advance_hexes), np.zeros_like(days.fuel_permille)
    for row in BatchResult(folder).daily.to_pylist():
        at = row["turn"] - 1, days.formations.index(row["formation"])
        advance[(*at, row["advance_hexes"])] += 1
        if row["fuel_permille"] is not None:
            fuel[(*at, row["fuel_permille"])] += 1
    assert (days.advance_hexes == advance).all()
    assert (days.fuel_permille == fuel).all()


def test_losses_are_read_on_the_day_that_is_asked_for(folder: Path, tiny: Path) -> None:
    batch = ReportedBatch(folder, setting_of(read_manifest(folder), scenario.load(tiny)))
    lost = read_days(folder, batch.rows, batch.column("turns"), {(2, "garrison")}).men_lost
    for row in BatchResult(folder).daily.to_pylist():
        if row["turn"] == 2 and row["formation"] == "garrison":
            assert lost[2, "garrison"][batch.rows[row["run_id"]]].tolist() == [row[name] for name in MEN_FIELDS]


def test_table_of_runs_ends_before_the_page_grows_too_large(
    folder: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "MOST_ROWS", 5)
    text = batch_page(ReportedBatch(folder, setting_of(read_manifest(folder), scenario.load(tiny))))
    assert f"The table has the first 5 campaigns; all {RUNS} are in runs.parquet." in text


def test_same_folder_gives_the_same_page(page: Path, folder: Path, tiny: Path) -> None:
    before = page.read_bytes()
    assert write_report(folder, scenario.load(tiny)).read_bytes() == before


def test_page_is_whole_and_small(page: Path) -> None:
    text = page.read_text("utf-8")
    assert page.stat().st_size < 8_000_000
    assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="(?!data:)', text)


def test_every_run_has_the_command_that_replays_it(page: Path, folder: Path) -> None:
    table = data_of(page)["tables"]["runs"]
    assert table["commands"] == {"key": "august-storm run tiny --key "}
    assert len(table["rows"]) == RUNS
    assert all(re.fullmatch("[0-9a-f]{16}", row[-1]) for row in table["rows"])


def test_report_without_the_scenario_says_what_is_left_out(folder: Path) -> None:
    text = write_report(folder).read_text("utf-8")
    assert "was not found by its name" in text
    assert '<canvas id="control"' not in text


def test_scenario_that_changed_since_is_not_trusted(folder: Path, tmp_path: Path) -> None:
    changed = write_scenario(tmp_path / "tiny", history=HISTORY.replace("08-11", "08-12"))
    assert "have changed since" in write_report(folder, scenario.load(changed)).read_text("utf-8")


def test_one_run_has_a_report(tiny: Path, tmp_path: Path) -> None:
    result = run_batch(tiny, runs=1, out=tmp_path)
    assert len(data_of(write_report(result.folder, scenario.load(tiny)))["tables"]["runs"]["rows"]) == 1


def test_batch_in_which_every_run_failed_has_a_report(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no luck <today>")

    monkeypatch.setattr(one_run, "fight", fail)
    result = run_batch(tiny, runs=3, out=tmp_path)
    page = write_report(result.folder, scenario.load(tiny))
    assert [row[1] for row in data_of(page)["tables"]["runs"]["rows"]] == ["failed: ValueError: no luck <today>"] * 3
    assert "No campaign was completed" in page.read_text("utf-8")


def test_one_failed_run_stands_among_the_others(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fight = one_run.fight
    calls: list[int] = []

    def sometimes(setup: one_run.Setup, key: int, workspace: one_run.Workspace) -> Any:
        calls.append(key)
        if len(calls) == 2:
            raise ValueError("once")
        return fight(setup, key, workspace)

    monkeypatch.setattr(one_run, "fight", sometimes)
    result = run_batch(tiny, runs=4, out=tmp_path, jobs=1)
    rows = data_of(write_report(result.folder, scenario.load(tiny)))["tables"]["runs"]["rows"]
    assert [row[1].startswith("failed") for row in rows] == [False, True, False, False]


def test_folder_without_a_batch_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="holds no batch"):
        write_report(tmp_path)


def test_command_reports_a_wrong_folder_in_one_line(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["report", str(tmp_path)])
    assert said.exit_code == 1
    assert said.output.startswith("error: ")
    assert said.output.count("\n") == 1


def test_batch_leaves_a_report(tiny: Path, tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["batch", str(tiny), "--runs", "2", "--out", str(tmp_path / "out"), "--quiet"])
    assert said.exit_code == 0, said.output
    assert (tmp_path / "out" / "report.html").is_file()


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_fan_agrees_with_the_percentiles_of_the_runs(values: list[int]) -> None:
    found = fan(np.array([np.bincount(values)]))
    assert [band[0] for band in found] == pytest.approx(np.percentile(values, (5, 25, 50, 75, 95)), abs=0.051)


def test_median_of_nothing_is_not_known() -> None:
    assert median_of(np.zeros(0)) is None


def test_medoid_is_the_run_nearest_to_all_others() -> None:
    measures = np.random.default_rng(4).normal(size=(60, 3))
    spread = np.percentile(measures, 75, axis=0) - np.percentile(measures, 25, axis=0)
    apart = np.sqrt((((measures[:, None] - measures[None]) / spread) ** 2).mean(axis=2))
    assert typical_run(measures)[0] == int(apart.mean(axis=1).argmin())


def test_range_chart_sets_claims_beside_the_runs() -> None:
    rows = [figures.Range("front", 5, 1, 9, (3, 7), ((12, "a source"),))]
    thin, thick, middle, marks = figures.ranges(rows, "men", "claim")["data"]
    assert (thin["x"], thick["x"], middle["x"], marks["x"]) == ([1, 9, None], [3, 7, None], [5], [12])
