"""The file of a save: a line that names its format and its checksum, then a zip with everything in it.

The checksum covers whatever follows the line, so a file in which a single byte is wrong is refused. It does not say who
wrote the file: nothing is unpacked before its size is known and bounded. A file is written beside its place first,
synced, and then renamed: an interrupted save leaves the old one as it was.
"""

import hashlib
import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sim.errors import SaveError
from sim.output import write_output

FORMAT = 2
FIRST_LINE = "August Storm save {format} {checksum}\n"
_FIRST_LINE = re.compile(rb"August Storm save (\d{1,4}) ([0-9a-f]{64})\n")
LEVEL = 3  # of compression: level 6 takes three times as long and saves a sixth
PACKED = frozenset((".npz", ".png"))
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ValueError,
    OverflowError,
    EOFError,
    RuntimeError,
    MemoryError,
    OSError,
)

MIB = 2**20
MOST_BYTES = 128 * MIB  # of a file: a campaign on the shipped map takes 1.3 MB
MOST_MEMBERS = 1000
MOST_OF_MEMBER = {".json": 8 * MIB, ".jsonl": 32 * MIB, ".txt": MIB, ".png": 4 * MIB, ".npz": MOST_BYTES}
_END = struct.Struct("<4s4H2LH")  # the last record of a zip: signature, disks, members, size and place of the directory
_MOST_OF_ENTRY = 46 + 200  # bytes of one entry of the directory


@dataclass(frozen=True)
class SaveFile:
    """What a file holds, by name; nothing is unpacked before it is asked for.

    Attributes
    ----------
    path : Path
    format : int
    members : mapping
        Unpacking one raises ``SaveError`` where it is not what it says it is.
    """

    path: Path
    format: int
    members: Mapping[str, bytes]

    def member(self, name: str) -> bytes:
        """Return what stands in the file under a name.

        Raises
        ------
        SaveError
            Nothing does, or it is damaged.
        """
        if name not in self.members:
            raise damaged(self.path, f"{name} is missing")
        return self.members[name]


class Members(Mapping[str, bytes]):
    """The members of a zip, each unpacked when it is asked for, up to a size.

    Parameters
    ----------
    file : file
    most : mapping
        Suffix of a name -> bytes that such a member may have; those of other suffixes are not there.

    Raises
    ------
    One of ``DAMAGE``
        It is no zip, or one with more in it than is read.
    """

    def __init__(self, file: IO[bytes], most: Mapping[str, int] = MOST_OF_MEMBER) -> None:
        _check_directory(file)
        self._box = zipfile.ZipFile(file)
        names = self._box.namelist()
        if len(set(names)) < len(names):
            raise ValueError("it holds two members of one name")
        self._most = {name: most[Path(name).suffix] for name in names if Path(name).suffix in most}

    def __getitem__(self, name: str) -> bytes:
        """Return what stands under a name."""
        most = self._most[name]
        info = self._box.getinfo(name)
        kinds = (zipfile.ZIP_STORED,) if Path(name).suffix in PACKED else (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if info.compress_type not in kinds or info.flag_bits & 1:
            raise ValueError(f"{name} is packed in another way")
        if info.file_size > most:
            raise ValueError(f"{name} is larger than anything that is saved")
        with self._box.open(info) as member:
            data = member.read(most + 1)  # whatever it says of its size, no more is unpacked
        if len(data) != info.file_size:
            raise ValueError(f"{name} is not as long as it says")
        return data

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._most)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._most)


class _SaveMembers(Members):
    """The members of a save, whose damage is told with its path."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self.path = path
        try:
            super().__init__(file)
        except DAMAGE as error:
            raise damaged(path, "its contents cannot be unpacked") from error

    def __getitem__(self, name: str) -> bytes:
        """Return what stands under a name."""
        if name not in self._most:
            raise KeyError(name)
        try:
            return super().__getitem__(name)
        except DAMAGE as error:
            raise damaged(self.path, f"{name} in it cannot be unpacked: {error}") from error


def damaged(path: Path, why: str) -> SaveError:
    """Return the error for a save that is not what was written."""
    return SaveError(f"error: {path} is damaged: {why}")


def write_file(path: Path, members: Mapping[str, bytes]) -> None:
    """Write a save, whole.

    Raises
    ------
    SaveError
        It cannot be written.
    """
    body = zipped(members)
    line = FIRST_LINE.format(format=FORMAT, checksum=hashlib.sha256(body).hexdigest())
    write_whole(path, line.encode() + body)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file as ``write_output`` does.

    Raises
    ------
    SaveError
        It cannot be written; what was there before is as it was.
    """
    try:
        write_output(path, data)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise SaveError(f"error: cannot save to {path}: {getattr(error, 'strerror', None) or error}") from error


def read_file(path: Path) -> SaveFile:
    """Return what a save holds, of whatever format, once its checksum is found right.

    Raises
    ------
    SaveError
        It cannot be read, is no save, or is not what was written.
    """
    whole = read_whole(path)
    found = _FIRST_LINE.match(whole)
    if found is None:
        raise not_a_save(path)
    body = memoryview(whole)[found.end() :]
    if hashlib.sha256(body).hexdigest() != found[2].decode():
        raise damaged(path, "its checksum does not match its contents; it may have been cut short")
    return SaveFile(path, int(found[1]), _SaveMembers(path, io.BytesIO(body)))


def peek(path: Path, name: str) -> bytes:
    """Return one small member of a save of this format without reading the rest; its checksum is not asked for.

    Raises
    ------
    SaveError
        It is no save, or there is nothing of that name.
    """
    with open_regular(path) as file:
        found = _FIRST_LINE.match(file.read(100))
        if found is None or int(found[1]) != FORMAT:
            raise not_a_save(path)
        return SaveFile(path, FORMAT, _SaveMembers(path, file)).member(name)


def not_a_save(path: Path) -> SaveError:
    """Return the error for a file that is something else."""
    return SaveError(f"error: {path} is not a save of this game, or its header is damaged")


def read_whole(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    SaveError
        It cannot be read, is no plain file, or has more than ``most`` bytes.
    """
    with open_regular(path) as file:
        try:
            size = os.fstat(file.fileno()).st_size
            data = file.read(size) if size <= most else b""
        except OSError as error:
            raise SaveError(f"error: cannot read {path}: {error.strerror}") from error
    if size > most:
        raise SaveError(f"error: {path} is no save: no save is larger than {most // MIB} MB")
    return data


def open_regular(path: Path) -> IO[bytes]:
    """Return a file opened to be read; never waits for a pipe or reads from a device.

    Raises
    ------
    SaveError
        It cannot be opened, or is no plain file.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SaveError(f"error: {path} is not a file")
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise SaveError(f"error: cannot read {path}: {getattr(error, 'strerror', None) or error}") from error


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of members; those that are packed already are stored as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as box:
        for name, data in members.items():
            kind = zipfile.ZIP_STORED if Path(name).suffix in PACKED else zipfile.ZIP_DEFLATED
            box.writestr(name, data, kind)
    return buffer.getvalue()


def _check_directory(file: IO[bytes]) -> None:
    """Look at the end of a zip before its directory is read, which takes a hundred times the room that it has there."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - _END.size - 20, 0))
    tail = file.read()
    file.seek(0)
    signature, *_, members, directory, _place, comment = _END.unpack(tail[-_END.size :])
    if signature != b"PK\x05\x06" or comment or tail[: -_END.size].startswith(b"PK\x06\x07"):
        raise ValueError("a zip in it is cut short, or goes on after its end")
    if members > MOST_MEMBERS or directory > members * _MOST_OF_ENTRY:
        raise ValueError("a zip in it holds more than is saved")
