"""The folder of compiled kernels, which belongs to exactly these sources, and what is said when it fails.

numba keys its cache on the defining file only, so an edited callee in another file would go unnoticed. The cache
folder therefore carries a hash of all kernel sources, of numba's version and of the bounds-check flag. Where it cannot
be written, kernels are kept in a folder of this session, or in memory: never beside the sources, where nothing says
which sources they belong to.
"""

import hashlib
import logging
import os
from functools import cache
from pathlib import Path

import numba

from sim import cache as caches
from sim.paths import cache_root

KERNELS = Path(__file__).resolve().parent.parent  # all wings: an edit in any of them makes compiled code stale
FINISHED = "complete"  # name of the file that says so in the folder
LOG = logging.getLogger("sim.kernels")


@cache
def source_digest() -> str:
    """Return a short hash of every kernel source, numba's version and the flags that change compiled code."""
    digest = hashlib.sha256(numba.__version__.encode())
    digest.update(os.environ.get("NUMBA_BOUNDSCHECK", "0").encode())
    for source in kernel_sources():
        digest.update(source.relative_to(KERNELS).as_posix().encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def kernel_sources() -> list[Path]:
    """Return every source file of every wing of the engine, in the order of their paths."""
    return sorted(KERNELS.rglob("*.py"))


def wanted_folder() -> Path:
    """Return where the compiled kernels of these sources should be."""
    return cache_root() / "kernels" / source_digest()


@cache
def kernel_cache() -> Path:
    """Return the folder that holds the compiled kernels of these sources: one of this session if need be."""
    wanted = wanted_folder()
    why = caches.why_not_writable(wanted)
    if not why or is_finished(wanted):
        return wanted
    say_once(f"Compiled kernels cannot be kept in {wanted} ({why}) and last for this session; {caches.ADVICE}.")
    try:
        return caches.session_root() / "kernels" / source_digest()
    except OSError:
        return wanted  # they stay in memory


def is_finished(folder: Path) -> bool:
    """Return whether a folder holds the kernels of a campaign without players."""
    return os.path.exists(folder / FINISHED)


def mark_finished() -> None:
    """Note that all of them have been compiled, unless one could not be kept."""
    if not _unkept:
        try:
            (kernel_cache() / FINISHED).touch()
        except OSError as error:
            note_unkept(error)


_said: set[str] = set()
_unkept: list[OSError] = []


def say_once(words: str) -> None:
    """Log a line, once in a session; without other arrangements the log goes to standard error."""
    if words not in _said:
        _said.add(words)
        LOG.warning("%s", words)


def note_unkept(error: OSError) -> None:
    """Say that compiled code could not be kept; the campaign goes on with what stands in memory."""
    _unkept.append(error)
    why = (error.strerror or str(error)).lower()
    if len(_unkept) == 1:
        say_once(f"Compiled kernels cannot be kept in {kernel_cache()} ({why}); {caches.ADVICE}.")


def note_damage(_path: Path) -> None:
    """Say that files of the cache are damaged; whatever they held is compiled anew."""
    say_once(f"Files of the kernel cache {kernel_cache()} are damaged; what they held is compiled anew.")
