"""Studies: what a file may say, what a point does to the scenario, and what is left in the folder."""

import io
import json
import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from sim.batch.compare import compare
from sim.batch.statistics.effects import DIFFERENCE, FIRST, REGRESSION, TOTAL
from sim.batch.storage.folder import read_manifest
from sim.batch.studies.points import points_of, scenario_of
from sim.batch.studies.result import EFFECTS, OUTCOMES, load_study
from sim.batch.studies.study import open_study, run_study
from sim.cli import app
from sim.commands.study import Progressing
from sim.errors import BatchError, ScenarioError
from sim.scenario.studies.study_file import shipped_studies
from tests.support import studies
from tests.support.studies import fought, write_study
from tests.support.tiny import FORCES

pytestmark = pytest.mark.engine


@cache
def variants():
    """Return a fought study of variants."""
    return fought(Path(mkdtemp()), studies.VARIANTS)


# --- files


def problems_of(tmp_path, body):
    with pytest.raises(ScenarioError) as caught:
        open_study(write_study(tmp_path, body))
    return [re.sub(r"^.*trial\.yaml", "trial.yaml", str(problem)) for problem in caught.value.problems]


def test_every_slip_is_told_at_once_with_its_place_and_the_nearest_valid_name(tmp_path):
    body = (
        "outcomes: [victry]\ndesign: {kind: variants}\nvariants:\n  - {id: base, title: As it is}\n"
        "  - {id: one, title: One, changes: [{path: rules.suply.pocket_hexes, set: 1}]}\n"
        "  - {id: two, title: Two, changes: [{path: forces.units.first.men, set: many}]}\n"
    )
    assert problems_of(tmp_path, body) == [
        "trial.yaml:6:12: error: outcomes.0: no outcome 'victry' (did you mean 'victory'?)",
        "trial.yaml:10:44: error: rules.suply.pocket_hexes: nothing named 'suply' in rules (did you mean 'supply'?)",
        "trial.yaml:11:73: error: forces.units.first.men: a whole number expected, not 'many'",
    ]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("design: {kind: variants}\nvariants: [{id: a, title: A}]\n", "at least two variants expected"),
        ("design: {kind: grid}\n", "a design of kind grid needs inputs"),
        ("design: {kind: sobol, points: 12}\n" + studies.INPUTS, "a power of two, not 12 (8 or 16)"),
        ("design: {kind: latin_hypercube}\n" + studies.INPUTS, "key 'points' is missing"),
        ("design: {kind: grid}\n" + studies.INPUTS.rsplit("  - {", 1)[0], "a grid needs values"),
        (studies.VARIANTS.replace("scale: 0.1", "scale: 0.1, set: 3"), "one of set, scale and add expected"),
        (studies.HYPERCUBE.replace("low: 2000, high: 9000", "low: 5, high: 2"), "expected in ascending order"),
        (studies.VARIANTS.replace("id: weak,", "id: weak, mods: [nowhere],"), "no such scenario, mod or folder"),
        (studies.VARIANTS.replace("id: weak,", "id: weak, plans: [stey],"), "no plan 'stey' (did you mean 'stay'?)"),
        (studies.VARIANTS.replace("id: weak", "id: base"), "id 'base' appears twice"),
        (studies.VARIANTS.replace("brigade.men, scale", "brigade.kind, scale"), "no number here to scale"),
        (studies.HYPERCUBE.replace("high: 2.0", "high: 9.0"), "a number between 0 and 1 expected"),
    ],
)
def test_slip_is_told_in_words(tmp_path, body, told):
    found = problems_of(tmp_path, body)
    assert len(found) == 1
    assert told in found[0]


def test_unknown_study_names_the_nearest_one_that_is_shipped():
    with pytest.raises(ScenarioError, match="did you mean 'airlift'"):
        open_study("airlft")


@pytest.mark.parametrize("name", sorted(shipped_studies()))
def test_shipped_study_fits_the_shipped_campaign(name):
    file = open_study(name)
    assert file.study.id == name
    assert len(points_of(file)) >= 5


# --- points


def readiness(scenario):
    return {unit.id: unit.readiness for unit in scenario.forces.units}


def test_path_with_a_star_moves_every_value_that_it_matches(tmp_path):
    body = studies.VARIANTS.replace("forces.units.brigade.men, scale: 0.1", "'forces.units.*.men', scale: 0.5")
    file = open_study(write_study(tmp_path, body))
    before, after = (
        {unit.id: unit.men for unit in scenario_of(file, row, points_of(file)[row]).forces.units} for row in (0, 2)
    )
    assert after == {name: round(men * 0.5) for name, men in before.items()}


def test_limit_holds_a_scaled_value_back(tmp_path):
    body = studies.VARIANTS.replace("brigade.men, scale: 0.1", "brigade.readiness, scale: 20, at_most: 1.0")
    file = open_study(write_study(tmp_path, body))
    assert readiness(file.variants[2])["brigade"] == 1.0


def test_range_sets_whole_numbers_where_whole_numbers_stood(tmp_path):
    file = open_study(write_study(tmp_path, studies.HYPERCUBE))
    for row, point in enumerate(points_of(file)):
        men = next(unit.men for unit in scenario_of(file, row, point).forces.units if unit.id == "first")
        assert men == round(point.values[0])


def test_draw_takes_quantiles_of_the_scenarios_own_distribution(tmp_path):
    drawn = "{id: r, title: R, paths: [forces.units.brigade.readiness], draw: scenario}"
    body = f"design: {{kind: latin_hypercube, points: 8}}\ninputs: [{drawn}]\n"
    forces = FORCES.replace("readiness: 0.15", "readiness: {low: 0.1, mode: 0.2, high: 0.5}")
    file = open_study(write_study(tmp_path, body, forces=forces))
    points = points_of(file)
    found = {point.values[0]: readiness(scenario_of(file, row, point))["brigade"] for row, point in enumerate(points)}
    rising = [found[level] for level in sorted(found)]
    assert rising == sorted(rising)
    assert 0.1 < rising[0] < 0.2 < rising[-1] < 0.5


def test_points_leave_the_scenario_as_it_was(tmp_path):
    file = open_study(write_study(tmp_path, studies.HYPERCUBE))
    before = file.scenario.tree.plain()
    scenario_of(file, 0, points_of(file)[0])
    assert file.scenario.tree.plain() == before


def test_grid_is_every_combination(tmp_path):
    points = points_of(open_study(write_study(tmp_path, studies.GRID)))
    assert len({(point.values[0], str(point.values[1])) for point in points}) == 4


# --- what is left


def test_every_point_fights_the_same_keys():
    keys = [variants().point(name).runs["key"].to_pylist() for name in ("base", "same", "weak")]
    assert keys[0] == keys[1] == keys[2]


def test_change_that_changes_nothing_gives_a_difference_of_exactly_nothing():
    rows = [row for row in variants().effects.to_pylist() if row["kind"] == DIFFERENCE and row["input"] == "same"]
    assert len(rows) > 10
    assert {(row["estimate"], row["low"], row["high"]) for row in rows} == {(0.0, 0.0, 0.0)}


def test_difference_is_that_of_the_runs_themselves():
    base, weak = (variants().point(name).runs for name in ("base", "weak"))
    lost = [
        sum(table[f"japan_{kind}"].to_numpy() for kind in ("killed", "wounded", "captured", "deserted"))
        for table in (base, weak)
    ]
    row = next(row for row in variants().differences("japan_men") if row["input"] == "weak")
    assert row["estimate"] == pytest.approx(np.mean(lost[1] - lost[0]))
    assert row["estimate"] < 0


def test_points_are_batches_that_compare_takes():
    folder = variants().folder / "points"
    assert compare(folder / "base", folder / "weak").pairs == 8


def test_tornado_has_the_longest_bar_first():
    bars = variants().tornado("japan_men")
    lengths = [abs(bar.at_high - bar.at_low) for bar in bars]
    assert [bar.name for bar in bars] == ["weak", "same"]
    assert lengths == sorted(lengths, reverse=True)


def test_sample_gives_curves_and_indices(tmp_path):
    result = fought(tmp_path, studies.SOBOL)
    curve = next(curve for curve in result.responses("japan_men") if curve.name == "men")
    assert list(curve.x) == sorted(curve.x)
    found = result.indices("japan_men")
    assert {FIRST, TOTAL, REGRESSION} <= set(found)
    assert [row["input"] for row in found[FIRST]] == ["men", "readiness"]


def test_grid_gives_a_response_at_every_level(tmp_path):
    result = fought(tmp_path, studies.GRID)
    assert [curve.name for curve in result.responses("japan_men")] == ["men"]
    assert {bar.name for bar in result.tornado("japan_men")} == {"men", "plan"}


def test_resumed_study_has_the_rows_of_one_in_a_single_sitting(tmp_path):
    file = write_study(tmp_path, studies.HYPERCUBE)

    class Stop:
        def begin_study(self, points, runs, done):
            assert (points, runs, done) == (8, 64, 0)

        def advance(self, points, runs):
            if points >= 3:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_study(file, out=tmp_path / "broken", jobs=2, watch=Stop())
    assert load_study(tmp_path / "broken").manifest["status"] == "interrupted"
    untouched = (tmp_path / "broken/points/p00000/manifest.json").stat().st_mtime_ns
    resumed = run_study(file, out=tmp_path / "broken", jobs=1, resume=True)
    whole = run_study(file, out=tmp_path / "whole", jobs=1)
    assert (tmp_path / "broken/points/p00000/manifest.json").stat().st_mtime_ns == untouched
    for name in (OUTCOMES, EFFECTS):
        assert (resumed.folder / name).read_bytes() == (whole.folder / name).read_bytes()


def test_study_grows_by_more_runs(tmp_path):
    file = write_study(tmp_path, studies.VARIANTS)
    run_study(file, out=tmp_path / "out", runs=4, jobs=1)
    grown = run_study(file, out=tmp_path / "out", runs=8, jobs=1, resume=True)
    assert grown.outcomes.equals(variants().outcomes)
    assert read_manifest(tmp_path / "out/points/base")["runs"] == 8


def test_other_study_is_not_mixed_in(tmp_path):
    run_study(write_study(tmp_path, studies.VARIANTS), out=tmp_path / "out", runs=4, jobs=1)
    other = write_study(tmp_path, studies.VARIANTS.replace("scale: 0.1", "scale: 0.2"))
    with pytest.raises(BatchError, match="what is varied"):
        run_study(other, out=tmp_path / "out", runs=4, resume=True)
    with pytest.raises(BatchError, match="--resume"):
        run_study(other, out=tmp_path / "out", runs=4)


def test_folder_of_a_study_is_no_batch_and_its_points_are_named():
    with pytest.raises(BatchError, match="holds a study; name one of its points"):
        compare(variants().folder, variants().folder)


def test_progress_that_no_terminal_shows_is_told_in_lines(monkeypatch):
    monkeypatch.setattr("sim.commands.study.LINE_SECONDS", 0)
    text = io.StringIO()
    with Progressing(Console(file=text, width=80)) as watch:
        watch.begin_study(6, 24, 4)
        watch.advance(2, 9)
    assert re.fullmatch(r"9 of 24 campaigns, 2 of 6 points, [\d,]+ a minute\n", text.getvalue())


def test_folder_without_a_study_is_told(tmp_path):
    with pytest.raises(BatchError, match="holds no study"):
        load_study(tmp_path)


def test_command_prints_the_differences(tmp_path):
    file = write_study(tmp_path, studies.VARIANTS)
    done = CliRunner().invoke(app, ["study", str(file), "--out", str(tmp_path / "out"), "--runs", "4", "--jobs", "1"])
    assert done.exit_code == 0, done.output
    assert "Weak garrison" in done.output


def test_command_prints_json(tmp_path):
    file = write_study(tmp_path, studies.VARIANTS)
    words = ["study", str(file), "--out", str(tmp_path / "out"), "--runs", "4", "--jobs", "1", "--json"]
    told = json.loads(CliRunner().invoke(app, words).stdout)
    assert told["status"] == "complete"
    assert {row["input"] for row in told["effects"]} == {"base", "same", "weak"}


def test_command_lists_problems_and_leaves_with_one(tmp_path):
    file = write_study(tmp_path, "design: {kind: grid}\n")
    done = CliRunner().invoke(app, ["study", str(file), "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "trial.yaml" in done.stderr
    assert not (tmp_path / "out").exists()
