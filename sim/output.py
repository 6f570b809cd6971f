"""The one writer of every file that somebody asked for: saves, results, pictures, pages, settings.

A file appears whole or not at all: it is written as a draft beside its place, synced, and renamed. A link is followed,
so that it stays and what it names is written. What is no regular file (a device, a pipe) cannot be replaced by a
rename, and is written straight.
"""

import errno
import os
import re
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

DRAFT = ".part"
OPEN_ALREADY = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/")  # what leads to files that are open
_OURS = re.compile(rf"-(\d{{1,10}})-\d+{re.escape(DRAFT)}$")  # other programs call their drafts so too


def write_output(path: Path, content: bytes | Callable[[IO[bytes]], object]) -> None:
    """Write a file, whole.

    Parameters
    ----------
    path : Path
        As somebody named it; a file that stands there keeps its mode and its owner.
    content : bytes or callable
        What to write, or what writes it into the open file.

    Raises
    ------
    OSError
        It cannot be written. ``filename`` is ``path``; an old file is as it was, and no draft is left.
    """
    write = content if callable(content) else lambda file: file.write(content)
    with naming(path):
        there = _stat(path)
        is_special = there is not None and not stat.S_ISREG(there.st_mode)
        if is_special or str(path.absolute()).startswith(OPEN_ALREADY):
            _write_straight(path, write)
        else:
            _write_whole(Path(os.path.realpath(path)), there, write)


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, its lines ended as they are, as ``write_output`` does."""
    write_output(path, text.encode())


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let every ``OSError`` name the file that was asked for: a failed write names none, a draft another."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), str(path)) from error


def sweep_drafts(*folders: Path) -> int:
    """Remove the drafts in these folders that no program is writing any more; return how many."""
    swept = 0
    for draft in (path for folder in folders for path in _listed(folder)):
        found = _OURS.search(draft.name)
        if found is not None and not _is_running(int(found[1])):
            with suppress(OSError):  # somebody else swept it, or it is still open
                draft.unlink()
                swept += 1
    return swept


def _listed(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.glob(f"*{DRAFT}") if path.is_file() and not path.is_symlink()]
    except OSError:
        return []


def _is_running(process: int) -> bool:
    """Return whether a program of this number runs; where that cannot be asked, an open file cannot be deleted."""
    if sys.platform == "win32":
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def sync_folder(path: Path) -> None:
    """Make renames in a folder last; systems that cannot open folders do without."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        with suppress(OSError):  # some shared folders cannot be synced
            os.fsync(handle)
    finally:
        os.close(handle)


def _stat(path: Path) -> os.stat_result | None:
    """Return what stands at a path or where it leads; None if nothing does."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _write_straight(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    with path.open("wb") as file:
        write(file)


def _write_whole(target: Path, there: os.stat_result | None, write: Callable[[IO[bytes]], object]) -> None:
    if there is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    # Short whatever the name: a name may be as long as the system allows.
    draft = target.with_name(f"{target.name[:40]}-{os.getpid()}-{threading.get_ident()}{DRAFT}")
    try:
        file = draft.open("wb")
    except PermissionError:
        if there is None:
            raise
        _write_straight(target, write)  # a file of ours in a folder that is not
        return
    try:
        with file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        if there is not None:
            _give_to_the_same(draft, there)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    sync_folder(target.parent)


def _give_to_the_same(draft: Path, there: os.stat_result) -> None:
    """Give a draft the mode, and where that is allowed the owner, of the file that it replaces."""
    with suppress(OSError):
        change_owner: Any = getattr(os, "chown", None)
        if change_owner is not None:
            change_owner(draft, there.st_uid, there.st_gid)
    with suppress(OSError):
        draft.chmod(stat.S_IMODE(there.st_mode))
