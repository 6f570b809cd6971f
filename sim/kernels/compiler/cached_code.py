"""The files of compiled kernels: checked when they are read, and done without where they cannot be read or written.

A file begins with a checksum: numba would load the machine code of a damaged one, and die of it. This leans on numba's
insides, as ``link_only`` does.
"""

import hashlib
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from numba.core.caching import CompileResultCacheImpl, FunctionCache, IndexDataCacheFile

from sim.kernels.compiler.cache_folder import kernel_cache, note_damage, note_unkept

CHECKSUM_BYTES = 16
KINDS = ("*.nbi", "*.nbc")  # numba's: which signatures there are, and the code of each


class CodePlace:
    """Where the code of one kernel is kept: in a folder a source file. numba asks for these names."""

    def __init__(self, line: int, source: str) -> None:
        folder = os.path.dirname(os.path.abspath(source))
        self._line, self._py_file = line, source
        self._folder = f"{os.path.basename(folder)}_{hashlib.sha256(folder.encode()).hexdigest()[:16]}"

    @classmethod
    def from_function(cls, function: Callable[..., Any], source: str) -> "CodePlace":
        """Return the place of a kernel."""
        return cls(function.__code__.co_firstlineno, source)

    def ensure_cache_path(self) -> None:
        """Make the folder."""
        os.makedirs(self.get_cache_path(), exist_ok=True)

    def get_cache_path(self) -> str:
        """Return the folder."""
        return str(kernel_cache() / self._folder)

    def get_source_stamp(self) -> str:
        """Return what makes the code stale: an edit of the file, for kernels that stand outside the engine."""
        return _content_digest(self._py_file)

    def get_disambiguator(self) -> str:
        """Return what tells kernels of one name and one file apart."""
        return str(self._line)


class KeptImpl(CompileResultCacheImpl):
    """Keeps compiled kernels in our folder and in no other."""

    _locator_classes = (CodePlace,)


class CheckedFiles(IndexDataCacheFile):
    """The files of one kernel, each with its checksum."""

    def _load_index(self) -> dict[Any, str]:
        stamp, overloads = read_checked(Path(self._index_path)) or ("", {})
        return overloads if stamp == self._source_stamp else {}

    def _save_index(self, overloads: dict[Any, str]) -> None:
        self._write(self._index_path, (self._source_stamp, overloads))

    def _load_data(self, name: str) -> Any:
        return read_checked(Path(self._data_path(name)))

    def _save_data(self, name: str, data: Any) -> None:
        self._write(self._data_path(name), data)

    def _write(self, path: str, data: Any) -> None:
        body = self._dump(data)
        with self._open_for_write(path) as file:
            file.write(_checksum(body))
            file.write(body)


class CheckedCache(FunctionCache):
    """A cache that two processes can fill at once, and that a campaign can do without.

    Each process numbers the data files of a kernel by itself, so a number can come to hold the code of another
    signature.
    """

    _impl_class = KeptImpl

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        files = self._cache_file
        self._cache_file = CheckedFiles(self._cache_path, self._impl.filename_base, files._source_stamp)

    def _load_overload(self, sig: Any, target_context: Any) -> Any:
        found = super()._load_overload(sig, target_context)
        return found if found is not None and tuple(found.signature.args) == tuple(sig) else None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep the code for a signature if that is possible."""
        try:
            super().save_overload(sig, data)
        except OSError as error:
            note_unkept(error)


def read_checked(path: Path) -> Any:
    """Return what a file of the cache holds; None if it is not there, cannot be read or is damaged."""
    try:
        whole = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        note_damage(path)
        return None
    if not _is_sound(whole):
        note_damage(path)
        return None
    return pickle.loads(whole[CHECKSUM_BYTES:])


def damaged_files(folder: Path) -> list[Path]:
    """Return the files of a folder of compiled kernels that are not what was written."""
    found = []
    for path in sorted(path for kind in KINDS for path in folder.rglob(kind)):
        try:
            is_sound = _is_sound(path.read_bytes())
        except OSError:
            is_sound = False
        if not is_sound:
            found.append(path)
    return found


def forget_damaged() -> None:
    """Remove damaged files, lest those that nobody asks for stay for ever."""
    for path in damaged_files(kernel_cache()):
        note_damage(path)
        with suppress(OSError):
            path.unlink()


@cache
def _content_digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _checksum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=CHECKSUM_BYTES).digest()


def _is_sound(whole: bytes) -> bool:
    return len(whole) > CHECKSUM_BYTES and _checksum(whole[CHECKSUM_BYTES:]) == whole[:CHECKSUM_BYTES]
