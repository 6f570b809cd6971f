"""Writing files and folders whole: under another name first, synced, then renamed; and errors for people."""

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sim.errors import BatchError

PART = ".part"


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn a failure to write at ``path`` into a BatchError that says what to do."""
    try:
        yield
    except OSError as error:
        raise BatchError(f"error: cannot write {path}: {_advice(error)}") from error


def _advice(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full; make room, then continue with --resume"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{(error.strerror or str(error)).lower()}; choose a folder that may be written to"
    return error.strerror or str(error)


def write_file(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file under another name, sync it, and rename it to ``path``."""
    part = path.with_name(path.name + PART)
    try:
        with part.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        _forget(part)
        raise
    sync_folder(path.parent)


def write_folder(path: Path, write: Callable[[Path], object]) -> None:
    """Fill a folder under another name, sync it, and rename it to ``path``; ``write`` syncs its own files."""
    part = path.with_name(path.name + PART)
    _forget(part)
    try:
        part.mkdir(parents=True)
        write(part)
        sync_folder(part)
        part.rename(path)
    except OSError:
        _forget(part)
        raise
    sync_folder(path.parent)


def write_json(path: Path, data: Any) -> None:
    """Write plain data as a JSON file, whole."""
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    write_file(path, lambda file: file.write(text.encode()))


def read_json(path: Path, missing: str) -> dict[str, Any]:
    """Return the mapping that a JSON file holds.

    Raises
    ------
    BatchError
        There is no such file (``missing`` says what follows), or it is damaged.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BatchError(f"error: {missing}") from None
    except OSError as error:
        raise BatchError(f"error: cannot read {path}: {error.strerror}") from error
    except ValueError as error:
        raise BatchError(f"error: {path} is damaged: {error}") from error
    if not isinstance(found, dict):
        raise BatchError(f"error: {path} is damaged: a mapping is expected")
    return found


def sync_folder(path: Path) -> None:
    """Make renames in a folder last; systems that cannot open folders do without."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
