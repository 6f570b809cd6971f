"""What is wrong with a tiny scenario of which some files are changed."""

import pytest

from sim.scenario import validate
from tests.support import tiny


@pytest.fixture
def problems_of(tmp_path, monkeypatch):
    """Write the tiny scenario with changed files; return its problems without the folder's name."""
    monkeypatch.chdir(tmp_path)

    def run(**changed: str) -> list[str]:
        tiny.write_scenario(tmp_path / "tiny", **changed)
        return [str(problem).removeprefix("tiny/") for problem in validate(["tiny"])]

    return run
