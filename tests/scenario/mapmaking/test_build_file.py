"""The build file of a map is read as every other YAML file, but that its keys may be numbers."""

import pytest

from sim.errors import ScenarioError
from sim.scenario.mapmaking.build_map import read_build_file


def test_keys_may_be_numbers(tmp_path):
    (tmp_path / "build.yaml").write_text("weights: {7: 0.5, 16: 1}\n")
    assert read_build_file(tmp_path / "build.yaml") == {"weights": {"7": 0.5, "16": 1}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: " + "[" * 5_000, "build.yaml:1:35: error: a: nested deeper than 32 levels"),
        (f"a: {'9' * 5_000}", "build.yaml:1:4: error: a: a number of 5,000 digits"),
        ("a: 1\na: 2", "build.yaml:2:1: error: a: key 'a' appears twice"),
        ("a: [", "build.yaml:2:1: error: YAML syntax"),
        ("", "build.yaml:1:1: error: the file is empty"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, monkeypatch, text, expected):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "build.yaml").write_text(text)
    with pytest.raises(ScenarioError) as caught:
        read_build_file(tmp_path / "build.yaml")
    assert str(caught.value).startswith(expected)


def test_file_that_is_missing_is_told(tmp_path):
    with pytest.raises(ScenarioError, match="cannot be read: No such file"):
        read_build_file(tmp_path / "build.yaml")
