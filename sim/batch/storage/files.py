"""The files and folders of a batch: folders written whole, as ``sim.output`` writes files, and errors for people."""

import errno
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.errors import BatchError
from sim.output import DRAFT, sync_folder, write_text


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn a failure to write at ``path`` into a BatchError that names the file and says what to do."""
    try:
        yield
    except OSError as error:
        raise BatchError(f"error: cannot write {error.filename or path}: {_advice(error)}") from error


def _advice(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full; make room, then continue with --resume"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{(error.strerror or str(error)).lower()}; choose a folder that may be written to"
    return error.strerror or str(error)


def write_folder(path: Path, write: Callable[[Path], object]) -> None:
    """Fill a folder under another name, sync it, and rename it to ``path``; ``write`` syncs its own files."""
    part = path.with_name(path.name + DRAFT)
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
    write_text(path, json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def _forget(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
