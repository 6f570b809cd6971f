"""Every file that a command is asked for: through links, to devices, on a full disk."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.devices import device
from tests.support.places import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="links, devices and limits as POSIX has them"),
]

# The limit on the size of files stops a write in the middle, as a full disk does.
LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
START = "import sys; from sim.cli import main; sys.argv = ['august-storm', *sys.argv[1:]]; main()"
DAY = ("run", "--quiet", "--until", "1945-08-09")
OPTIONS = {"--json": "x.json", "--map": "x.png", "--animate": "x.webp", "--save": "x.save"}


def storm(*arguments: object, limited: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the command line, with files of at most a kilobyte if ``limited``."""
    return subprocess.run(
        [sys.executable, "-B", "-c", (LIMITED if limited else "") + START, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("option", "name"), OPTIONS.items())
def test_a_link_stays_and_what_it_names_is_written(tmp_path: Path, option: str, name: str) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / name).write_text("old")
    (tmp_path / name).symlink_to(Path("there") / name)
    done = storm(*DAY, option, tmp_path / name)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name).is_symlink()
    assert (tmp_path / "there" / name).stat().st_size > 1000
    assert [path.name for path in (tmp_path / "there").iterdir()] == [name]


@pytest.mark.parametrize(("option", "name"), OPTIONS.items())
def test_a_full_disk_leaves_the_old_file_and_names_it(tmp_path: Path, option: str, name: str) -> None:
    (tmp_path / name).write_text("old")
    done = storm(*DAY, option, tmp_path / name, limited=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"{tmp_path / name}" in done.stderr
    assert "file too large" in done.stderr.lower()
    assert (tmp_path / name).read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("option", ["--json", "--save"])
def test_devices_are_written_and_stay(tmp_path: Path, option: str) -> None:
    nowhere, full = device(tmp_path / "nowhere", 3), device(tmp_path / "full", 7)
    assert storm(*DAY, option, nowhere).returncode == 0
    done = storm(*DAY, option, full)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert str(full) in done.stderr
    assert nowhere.is_char_device()
    assert full.is_char_device()


def test_a_batch_on_a_full_disk_names_the_file(tmp_path: Path) -> None:
    done = storm("batch", "--runs", 2, "--jobs", 1, "--quiet", "--out", tmp_path / "out", limited=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"error: cannot write {tmp_path / 'out'}" in done.stderr
    assert not list(tmp_path.rglob("*.part"))
