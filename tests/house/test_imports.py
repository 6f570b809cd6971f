"""The layers hold, and asking for help costs nothing heavy."""

import re
import subprocess
import sys
from pathlib import Path

import grimp
import networkx
import pytest

from tests.support.places import ROOT

HEAVY = ("numpy", "numba", "pygame", "pygame_gui", "pyarrow", "plotly", "PIL", "yaml")


def imported_by(*arguments: str) -> set[str]:
    """Return the top-level modules that a command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sim", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    assert len(lines) > 50
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize("arguments", [("--help",), ("run", "--help"), ("map", "--help"), ("--version",)])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert not imported_by(*arguments) & set(HEAVY)


def test_validate_imports_neither_numba_nor_pygame() -> None:
    assert not imported_by("validate", "august_storm") & {"numba", "pygame", "PIL", "plotly", "pyarrow"}


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports for types alone and inside functions count, too."""
    modules = grimp.build_graph("sim", cache_dir=None)
    imports = networkx.DiGraph(
        (one, other) for one in modules.modules for other in modules.find_modules_directly_imported_by(one)
    )
    assert imports.number_of_nodes() > 350
    assert [sorted(circle) for circle in networkx.strongly_connected_components(imports) if len(circle) > 1] == []


def test_layers_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_yaml_is_read_in_one_place_only():
    # What another reader would take in has none of the limits.
    reading = re.compile(r"\byaml\.(load|load_all|safe_load|safe_load_all|full_load|parse|compose|scan)\b|\w*Loader\b")
    found = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "sim").rglob("*.py"))
        if "import yaml" in (text := path.read_text(encoding="utf-8")) and reading.search(text)
    ]
    assert found == ["sim/scenario/reading/marked_yaml.py"]
