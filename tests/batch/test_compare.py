"""Two batches side by side: pairs by key, and a plain reason where there are none."""

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from typer.testing import CliRunner

from sim.batch import run_batch
from sim.batch.compare import CLEAR, OPEN, SAME, compare, compared
from sim.batch.running.measures import Measure
from sim.cli import app
from sim.errors import BatchError
from tests.support.tiny import SCENARIO, write_mod, write_scenario

pytestmark = pytest.mark.engine
FEWER = "units:\n  - {id: brigade, men: 900}\n"


@cache
def folders():
    """Return the folders of two batches: the tiny scenario, and a mod that leaves its garrison few men."""
    root = Path(mkdtemp())
    tiny = write_scenario(root / "tiny")
    mod = write_mod(root / "fewer", forces__all=FEWER)
    run_batch(tiny, runs=12, seed=5, jobs=1, out=root / "a")
    run_batch(tiny, [mod], runs=10, seed=5, jobs=1, out=root / "b")
    run_batch(tiny, runs=12, seed=6, jobs=1, out=root / "other_seed")
    short = write_scenario(root / "short", scenario=SCENARIO.replace("end_date: 1945-08-12", "end_date: 1945-08-11"))
    run_batch(short, runs=12, seed=5, jobs=1, out=root / "short_batch")
    return root


def test_runs_are_paired_by_key_and_the_rest_is_counted():
    found = compare(folders() / "a", folders() / "b")
    assert (found.pairs, found.unpaired) == (10, (2, 0))


def test_batch_against_itself_differs_in_nothing():
    found = compare(folders() / "a", folders() / "a")
    assert {(row.verdict, row.change, row.low, row.high, row.effect) for row in found.rows} == {(SAME, 0, 0, 0, 0)}


def test_difference_is_that_of_the_pairs():
    found = {row.measure.name: row for row in compare(folders() / "a", folders() / "b").rows}["japan_men"]
    assert found.verdict == CLEAR
    assert found.change == pytest.approx(found.after - found.before)
    assert found.change < 0


@pytest.mark.parametrize(
    ("other", "reason"), [("other_seed", r"seeds differ \(5 and 6\)"), ("short_batch", "other calendars")]
)
def test_folders_that_cannot_be_paired_are_refused_with_the_reason(other, reason):
    with pytest.raises(BatchError, match=reason):
        compare(folders() / "a", folders() / other)


def test_folder_without_a_batch_is_refused(tmp_path):
    with pytest.raises(BatchError, match="holds no batch"):
        compare(folders() / "a", tmp_path)


def test_open_difference_says_how_many_runs_it_takes():
    luck = np.random.default_rng(1).normal(size=40)
    row = compared(Measure("score", "score", "points"), np.zeros(40), luck - luck.mean() + 0.1)
    assert row.verdict == OPEN
    assert row.runs_needed == pytest.approx(1.229 * 7.849 / 0.1**2 * luck.var(ddof=1), rel=0.01)
    assert row.effect == pytest.approx(0.1 / luck.std(ddof=1))


def test_clear_difference_needs_no_more_runs():
    row = compared(Measure("score", "score", "points"), np.zeros(40), np.ones(40) + np.arange(40) % 2)
    assert (row.verdict, row.runs_needed) == (CLEAR, None)


def test_effect_on_a_chance_is_the_difference_of_risks():
    before, after = np.zeros(100), (np.arange(100) < 30).astype(float)
    row = compared(Measure("victory", "victory", "share"), before, after)
    assert row.effect == row.change == pytest.approx(0.3)


def test_command_is_readable_on_eighty_columns():
    done = CliRunner().invoke(app, ["compare", str(folders() / "a"), str(folders() / "b")])
    assert done.exit_code == 0, done.output
    table = [line for line in done.stdout.splitlines() if not line.startswith(("A ", "B "))]
    assert max(map(len, table)) <= 80
    assert "…" not in done.stdout


def test_command_prints_json():
    told = json.loads(CliRunner().invoke(app, ["compare", str(folders() / "a"), str(folders() / "b"), "--json"]).stdout)
    assert told["pairs"] == 10
    assert {"measure", "difference", "low", "high", "effect", "runs_needed"} < set(told["measures"][0])


def test_command_refuses_in_one_line():
    done = CliRunner().invoke(app, ["compare", str(folders() / "a"), str(folders() / "other_seed")])
    assert done.exit_code == 1
    assert done.stderr.startswith("error: ")
