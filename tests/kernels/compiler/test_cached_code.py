"""Compiled kernels are kept where they can be, checked when they are read, and done without where they cannot be."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numba
import pytest

from sim import cache as caches
from sim.commands.doctor import check_kernel_cache
from sim.kernels.compiler import cache_folder, cached_code
from sim.kernels.compiler.cache_folder import FINISHED, kernel_cache, mark_finished, wanted_folder
from sim.kernels.compiler.cached_code import damaged_files, forget_damaged
from sim.kernels.compiler.kernel import Kernel
from tests.support.places import ROOT

pytestmark = [pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled"), pytest.mark.slow]

SCRIPT = (
    "import numpy as np\n"
    "from tests.kernels.compiler.test_link_only import two_shares\n"
    "print(two_shares(np.arange(5), 3, 1))\n"
)


def double(number):  # type: ignore[no-untyped-def]
    """Return a number twice."""
    return number * 2


def compiled() -> int:
    """Compile, or load, a kernel as another program would, and return what it answers."""
    return int(Kernel(double, counts_references=False)(21))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the kernel cache of this test, which is not there yet."""
    monkeypatch.setenv("AUGUST_STORM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache_folder, "_said", set())
    monkeypatch.setattr(cache_folder, "_unkept", [])
    monkeypatch.setattr(caches, "session_root", lambda: tmp_path / "session")
    kernel_cache.cache_clear()
    yield wanted_folder()
    kernel_cache.cache_clear()


def files(folder: Path) -> list[Path]:
    """Return the files of compiled code."""
    return sorted(path for path in folder.rglob("*.nb?"))


@pytest.mark.parametrize("kind", ["*.nbi", "*.nbc", "*.nb?"])
@pytest.mark.parametrize("damage", [b"", b"\x80", b"junk" * 500, None])
def test_a_damaged_file_is_compiled_anew_and_said_once(
    folder: Path, kind: str, damage: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    assert compiled() == 42
    assert not caplog.messages
    chosen = sorted(folder.rglob(kind))
    assert chosen
    for path in chosen:
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert damaged_files(folder) == chosen
    healthy, words = check_kernel_cache()
    assert not healthy
    assert "damaged file" in words
    assert "august-storm warmup" in words
    assert [compiled() for _ in range(2)] == [42, 42]
    assert len(caplog.messages) == 1
    assert str(folder) in caplog.messages[0]
    assert not damaged_files(folder)
    assert check_kernel_cache()[0]


def test_a_single_wrong_byte_is_found(folder: Path) -> None:
    compiled()
    for path in files(folder):
        whole = path.read_bytes()
        for at in (0, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert damaged_files(folder) == [path]
            assert cached_code.read_checked(path) is None
        path.write_bytes(whole)
    assert not damaged_files(folder)


def test_a_folder_in_the_place_of_a_file_is_no_harm(folder: Path) -> None:
    compiled()
    for path in files(folder):
        path.unlink()
        path.mkdir()
    assert compiled() == 42


def test_warmup_removes_damaged_files_that_nobody_asks_for(folder: Path) -> None:
    compiled()
    stale = folder / "gone" / "gone.nbc"
    stale.parent.mkdir()
    stale.write_bytes(b"cut")
    forget_damaged()
    assert not stale.exists()
    assert files(folder)


def test_a_cache_that_cannot_be_written_gives_way_to_one_of_the_session(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert compiled() == 42
    assert files(tmp_path / "session")
    assert len(caplog.messages) == 1
    assert str(folder) in caplog.messages[0]
    assert "AUGUST_STORM_CACHE" in caplog.messages[0]
    healthy, words = check_kernel_cache()
    assert not healthy
    assert "AUGUST_STORM_CACHE" in words


def test_without_any_folder_the_kernels_stay_in_memory(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_room() -> Path:
        raise OSError("no usable temporary directory")

    (tmp_path / "cache").write_text("")
    monkeypatch.setattr(caches, "session_root", no_room)
    assert compiled() == 42
    mark_finished()
    assert caplog.messages


def test_what_is_compiled_is_read_from_a_folder_that_cannot_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    compiled()
    mark_finished()
    kernel_cache.cache_clear()
    monkeypatch.setattr(caches, "why_not_writable", lambda _: "read-only file system")
    assert kernel_cache() == folder
    assert compiled() == 42
    assert not caplog.messages
    assert check_kernel_cache() == (True, f"kernel cache {folder} (compiled; read-only file system)")


def test_code_that_cannot_be_kept_is_said_once_and_not_called_complete(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cached_code.CheckedFiles, "_open_for_write", full)
    assert [compiled() for _ in range(2)] == [42, 42]
    mark_finished()
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "no space left on device" in caplog.text
    assert not (folder / FINISHED).exists()


def test_nothing_is_ever_kept_beside_the_sources(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    environment = {**os.environ, "AUGUST_STORM_CACHE": str(tmp_path / "file" / "cache"), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "6\n"
    assert done.stderr.count("\n") == 1
    assert "AUGUST_STORM_CACHE" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert not files(ROOT / "sim")
    assert not files(ROOT / "tests")


def test_two_cold_starts_at_once_both_end_well(tmp_path: Path) -> None:
    environment = {**os.environ, "AUGUST_STORM_CACHE": str(tmp_path)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    started = [
        subprocess.Popen([sys.executable, "-c", SCRIPT], env=environment, cwd=ROOT, **pipes)  # type: ignore[call-overload]
        for _ in range(2)
    ]
    assert [one.communicate(timeout=120) for one in started] == [("6\n", "")] * 2
    assert not damaged_files(tmp_path)
