"""Whatever the program writes appears whole or not at all, where it was asked for, and says which file failed."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path
from threading import Barrier, Thread
from typing import IO

import pytest

from sim import output
from sim.output import sweep_drafts, write_output
from tests.support.devices import device
from tests.support.places import ROOT

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and limits as POSIX has them")


def names(folder: Path) -> list[str]:
    """Return what stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    write_output(tmp_path / "one", b"first")
    write_output(tmp_path / "one", lambda file: file.write(b"second"))
    assert (tmp_path / "one").read_bytes() == b"second"
    assert names(tmp_path) == ["one"]


def test_two_who_write_the_same_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    target, both_have_written, failed = tmp_path / "one", Barrier(2), []

    def make(content: bytes) -> None:
        def write(file: IO[bytes]) -> None:
            file.write(content)
            both_have_written.wait(10)

        try:
            write_output(target, write)
        except OSError as error:
            failed.append(error)

    makers = [Thread(target=make, args=(content,)) for content in (b"first", b"second")]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert not failed
    assert target.read_bytes() in (b"first", b"second")
    assert names(tmp_path) == ["one"]


@posix
def test_a_link_stays_and_what_it_names_is_written(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_text("old")
    (tmp_path / "link").symlink_to(Path("elsewhere") / "kept")
    (tmp_path / "chain").symlink_to("link")
    (tmp_path / "empty").symlink_to(Path("elsewhere") / "to_come")
    for name in ("link", "chain", "empty"):
        write_output(tmp_path / name, name.encode())
        assert (tmp_path / name).is_symlink()
    assert (tmp_path / "elsewhere" / "kept").read_text() == "chain"
    assert (tmp_path / "elsewhere" / "to_come").read_text() == "empty"
    assert names(tmp_path / "elsewhere") == ["kept", "to_come"]


@posix
def test_a_pipe_is_written_straight(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    got = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write_output(tmp_path / "link", b"through")
    reader.join(10)
    assert got == [b"through"]
    assert (tmp_path / "pipe").is_fifo()


@posix
def test_standard_output_by_its_name_is_written_straight(tmp_path: Path) -> None:
    script = "from pathlib import Path; from sim.output import write_output; write_output(Path('/dev/stdout'), b'told')"
    with (tmp_path / "out").open("wb") as out:
        out.write(b"before ")
        out.flush()
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, stdout=out, check=True)
    assert (tmp_path / "out").stat().st_size
    assert names(tmp_path) == ["out"]


@posix
def test_devices_are_written_straight_and_named(tmp_path: Path) -> None:
    nowhere, full = device(tmp_path / "nowhere", 3), device(tmp_path / "full", 7)
    write_output(nowhere, b"away")
    with pytest.raises(OSError, match=f"No space left on device: '{full}'"):
        write_output(full, b"x" * 100_000)
    assert nowhere.is_char_device()
    assert full.is_char_device()


@posix
def test_a_write_that_fails_in_the_middle_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    """The limit on the size of files fails as a full disk does: after some of it was written."""
    (tmp_path / "kept").write_text("old")
    script = (
        "import resource, sys; from pathlib import Path; from sim.output import write_output\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "try:\n    write_output(Path(sys.argv[1]), b'x' * 100_000)\n"
        "except OSError as error:\n    print(error.filename)\n"
    )
    for name in ("kept", "new"):
        command = [sys.executable, "-c", script, str(tmp_path / name)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == str(tmp_path / name)
    assert names(tmp_path) == ["kept"]
    assert (tmp_path / "kept").read_text() == "old"


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No room"), OSError("no number"), KeyboardInterrupt(), ValueError()]
)
def test_whatever_stops_the_writing_leaves_no_draft(tmp_path: Path, error: BaseException) -> None:
    def write(file: IO[bytes]) -> None:
        file.write(b"half")
        raise error

    with pytest.raises(type(error)) as caught:
        write_output(tmp_path / "one", write)
    assert not names(tmp_path)
    if isinstance(caught.value, OSError):
        assert caught.value.filename == str(tmp_path / "one")
        assert caught.value.errno
        assert caught.value.strerror


def test_a_failing_rename_or_sync_leaves_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(output.os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output error"):
        write_output(tmp_path / "one", b"content")
    assert not names(tmp_path)


@posix
def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("old")
    (tmp_path / "secret").chmod(0o600)
    write_output(tmp_path / "secret", b"new")
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "theirs").write_text("old")
    monkeypatch.setattr(output.os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match="theirs"):
        write_output(tmp_path / "theirs", b"new")
    assert (tmp_path / "theirs").read_text() == "old"


def test_a_file_of_ours_in_a_folder_of_others_is_written_straight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ours").write_text("old")
    real = Path.open

    def guarded(path: Path, *arguments: object, **named: object) -> object:
        if path.name.endswith(output.DRAFT):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", guarded)
    write_output(tmp_path / "ours", b"new")
    assert (tmp_path / "ours").read_bytes() == b"new"
    with pytest.raises(PermissionError, match="another"):
        write_output(tmp_path / "another", b"new")


@pytest.mark.parametrize("name", ["x" * 255, "奉" * 85])
def test_the_longest_name_can_be_written(tmp_path: Path, name: str) -> None:
    write_output(tmp_path / name, b"content")
    assert names(tmp_path) == [name]


@pytest.mark.parametrize("name", ["no_folder/one", "file/one", "folder", "x" * 256])
def test_what_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match=name) as caught:
        write_output(tmp_path / name, b"content")
    assert caught.value.filename == str(tmp_path / name)
    assert names(tmp_path) == ["file", "folder"]


def test_drafts_of_killed_programs_are_swept_and_no_others(tmp_path: Path) -> None:
    dead, mine = "one.save-2147483000-34.part", f"two.save-{os.getpid()}-34.part"
    for name in (dead, mine, "mine.save", "download.zip.part"):
        (tmp_path / name).write_text("half")
    (tmp_path / "folder-2147483000-1.part").mkdir()
    assert sweep_drafts(tmp_path, tmp_path / "no_such_folder") == 1
    assert names(tmp_path) == ["download.zip.part", "folder-2147483000-1.part", "mine.save", mine]
