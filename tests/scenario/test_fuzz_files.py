"""Files made wrong at random: whatever they are, they are answered with problems, and what passes can be played.

For an hour by hand: ``AUGUST_STORM_FUZZ=100000 python -m pytest tests/scenario/test_fuzz_files.py``.
"""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim import scenario
from sim.errors import Problem, ScenarioError
from sim.printable import objection
from sim.scenario.studies.study_file import load_study_file
from tests.support.fuzzed import SHIPPED, STUDIES, Folder

EXAMPLES = int(os.environ.get("AUGUST_STORM_FUZZ", "100"))
FUZZED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
REDRAWN = "format: 1\nid: redrawn\ntitle: Drawn anew\nextends: august_storm\n"
RANDOM = st.randoms(use_true_random=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return Folder(tmp_path_factory.mktemp("strangers"))


@pytest.fixture(autouse=True)
def _in_folder(folder, monkeypatch):
    monkeypatch.chdir(folder.root)


def assert_told(problems: list[Problem]) -> None:
    """Every problem is one line that can be shown, and has a place."""
    for problem in problems:
        assert objection(str(problem)) == ""
        assert len(str(problem)) < 3_000
        assert min(problem.line, problem.column) >= 1
        assert problem.file


def assert_study_told(file: str) -> None:
    try:
        load_study_file(file, lambda _: ("score",))
    except ScenarioError as error:
        assert_told(list(error.problems))


def test_files_are_right_before_anything_is_changed(folder):
    assert scenario.validate(["tiny", "laid"]) == []
    for study in STUDIES:
        assert load_study_file(f"{study}.yaml", lambda _: ("score",)).scenario.id == "tiny"


@FUZZED
@given(random=RANDOM)
def test_wrong_scenario_is_answered(folder, random):
    folder.write(random, "tiny/")
    assert_told(scenario.validate(["tiny"]))


@FUZZED
@given(random=RANDOM)
def test_wrong_mod_is_answered(folder, random):
    folder.write(random, "laid/")
    assert_told(scenario.validate(["laid"]))


@FUZZED
@given(random=RANDOM)
def test_wrong_map_file_is_answered(folder, random):
    folder.write(random, "tiny/map.csv")
    assert_told(scenario.validate(["tiny"]))


@FUZZED
@given(random=RANDOM, study=st.sampled_from(sorted(STUDIES)))
def test_wrong_study_is_answered(folder, random, study):
    folder.write(random, f"{study}.yaml")
    assert_study_told(f"{study}.yaml")


@pytest.mark.slow
@settings(FUZZED, max_examples=max(EXAMPLES // 5, 1))
@given(random=RANDOM, name=st.sampled_from((*SHIPPED, "map.csv", "study")))
def test_wrong_copy_of_what_is_shipped_is_answered(folder, random, name):
    known = {"map.csv": "august_storm/map.csv", "study": "studies/surprise.yaml"}
    folder.write(random, f"shipped/{known.get(name, name)}")
    if name == "study":
        return assert_study_told("shipped/studies/surprise.yaml")
    if name == "map.csv":
        (folder.root / "shipped/august_storm/scenario.yaml").write_text(REDRAWN)
    return assert_told(scenario.validate([f"shipped/{name if name in SHIPPED else 'august_storm'}"]))


@pytest.mark.engine
@pytest.mark.slow
@settings(FUZZED, max_examples=max(EXAMPLES // 2, 1))
@given(random=RANDOM, start=st.sampled_from(("tiny/", "laid/")))
def test_what_passes_can_be_played(folder, random, start):
    from sim.game.saves.soundness import check_world
    from sim.kernels.state import layout
    from sim.kernels.turn.turn import play_day
    from sim.scenario.building import build

    folder.write(random, start, gently=True)
    chosen = start.rstrip("/")
    if scenario.validate([chosen]):
        return
    shared = build.static(scenario.load(chosen))
    world, first = (build.start(shared, build.run_key(1945)) for _ in range(2))
    play_day(world, layout.new_scratch(len(world.hexes), len(world.units)))
    check_world(world, first)  # a save of it can be loaded
