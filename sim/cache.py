"""Files that can be made again: in the cache folder, or where that cannot be written in one of this session."""

import atexit
import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sim.output import write_output
from sim.paths import APP, CACHE_VARIABLE, cache_root

ADVICE = f"set {CACHE_VARIABLE} to a folder that can be written"


def cached_file(name: str, make: Callable[[], bytes]) -> Path:
    """Return a file of the cache by its path there; ``make`` gives its content if it is not there yet.

    Raises
    ------
    OSError
        It can be kept neither in the cache nor in a temporary folder.
    """
    target = cache_root() / name
    if _is_there(target):
        return target
    content = make()
    try:
        return _kept(target, content)
    except OSError:
        return _kept(session_root() / name, content)


@cache
def session_root() -> Path:
    """Return a cache folder that ends with this program.

    Raises
    ------
    OSError
        There is no room for one.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"{APP}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def why_not_writable(folder: Path) -> str:
    """Return why files cannot be made in a folder, which is made if need be; empty if they can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        return os.strerror(error.errno or errno.EIO).lower()
    return ""


def _is_there(path: Path) -> bool:
    """Return whether there is a file with something in it; a folder that may not be looked into has none."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


def _kept(target: Path, content: bytes) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    write_output(target, content)
    return target
