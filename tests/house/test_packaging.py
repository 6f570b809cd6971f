"""The wheel carries its data and works from any folder."""

import json
import os
import site
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

from sim import paths
from tests.support.places import ROOT

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Return what a command prints; fail with what it said if it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the scripts folder of an environment that holds the wheel; its dependencies are borrowed from this one."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    wheel = next(folder.glob("august_storm-*.whl"))
    environment = folder / "environment"
    venv.EnvBuilder(with_pip=False).create(environment)
    packages = next(environment.glob("lib*/python*/site-packages"), environment / "Lib" / "site-packages")
    run(sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", packages, wheel, cwd=folder)
    # The wheel stands before the borrowed folder on the path, and that folder's own .pth files are not read.
    borrowed = [entry for entry in site.getsitepackages() if entry.endswith("site-packages")]
    (packages / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return environment / ("Scripts" if os.name == "nt" else "bin")


def test_wheel_finds_its_data_from_another_folder(installed: Path, tmp_path: Path) -> None:
    code = "import sim.paths as p; print(p.DATA_ROOT); print(any(p.assets_root().glob('fonts/*.ttf')))"
    root, fonts = run(installed / "python", "-c", code, cwd=tmp_path).splitlines()
    assert "environment" in root
    assert root.endswith("_data")
    assert fonts == "True"


def test_wheel_brings_the_texts_of_the_window(installed: Path, tmp_path: Path) -> None:
    code = "import sim.paths as p; print(*sorted(f.name for f in p.docs_root().iterdir()), p.licence_file().is_file())"
    said = run(installed / "python", "-c", code, cwd=tmp_path)
    assert said.split() == ["glossary.md", "history.md", "map.md", "notes.md", "rules.md", "True"]


def test_wheel_validates_and_plays_a_turn_from_another_folder(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "python", "-m", "sim", "validate", "august_storm", cwd=tmp_path)
    assert said.strip().endswith("OK")
    said = run(installed / "python", "-m", "sim", "run", "--until", "1945-08-09", "--json", "-", cwd=tmp_path)
    assert json.loads(said)["turns"] == 1


def test_this_copy_finds_its_data_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (paths.scenarios_root() / "august_storm" / "scenario.yaml").is_file()
    assert (paths.assets_root() / "fonts").is_dir()


def test_constraints_pin_every_direct_dependency_and_hold_no_address() -> None:
    pinned = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, version = line.split("==")
            pinned[_normal(name)] = version
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    for requirement in wanted:
        assert _normal(requirement.partition(">=")[0].partition("[")[0]) in pinned, requirement


def _normal(name: str) -> str:
    return name.strip().lower().replace("_", "-")


def test_every_source_folder_is_in_the_manifest_of_the_sdist() -> None:
    included = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert {"/sim", "/scenarios", "/assets", "/tests", "/tools"} <= set(included["targets"]["sdist"]["include"])
