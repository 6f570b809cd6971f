"""The file of a save: a line that names its format and its checksum, then a zip with everything in it.

The checksum covers whatever follows the line, so a file in which a single byte is wrong is refused. A file is written
beside its place first, synced, and then renamed: an interrupted save leaves the old one as it was.
"""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import SaveError
from sim.output import write_output

FORMAT = 2
FIRST_LINE = "August Storm save {format} {checksum}\n"
_FIRST_LINE = re.compile(rb"August Storm save (\d{1,4}) ([0-9a-f]{64})\n")
LEVEL = 3  # of compression: level 6 takes three times as long and saves a sixth
PACKED = frozenset((".npz", ".png"))
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, EOFError, RuntimeError)


@dataclass(frozen=True)
class SaveFile:
    """What a file holds, by name.

    Attributes
    ----------
    path : Path
    format : int
    members : dict
    """

    path: Path
    format: int
    members: Mapping[str, bytes]

    def member(self, name: str) -> bytes:
        """Return what stands in the file under a name.

        Raises
        ------
        SaveError
            Nothing does.
        """
        if name not in self.members:
            raise damaged(self.path, f"{name} is missing")
        return self.members[name]


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
    try:
        write_output(path, line.encode() + body)
    except OSError as error:
        raise SaveError(f"error: cannot save to {path}: {error.strerror}") from error


def read_file(path: Path) -> SaveFile:
    """Return what a save holds, of whatever format, once its checksum is found right.

    Raises
    ------
    SaveError
        It cannot be read, is no save, or is not what was written.
    """
    try:
        whole = path.read_bytes()
    except OSError as error:
        raise SaveError(f"error: cannot read {path}: {error.strerror}") from error
    found = _FIRST_LINE.match(whole)
    if found is None:
        raise SaveError(f"error: {path} is not a save of this game, or its header is damaged")
    body = whole[found.end() :]
    if hashlib.sha256(body).hexdigest() != found[2].decode():
        raise damaged(path, "its checksum does not match its contents; it may have been cut short")
    try:
        return SaveFile(path, int(found[1]), unzipped(body))
    except DAMAGE as error:
        raise damaged(path, "its contents cannot be unpacked") from error


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of members; those that are packed already are stored as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as box:
        for name, data in members.items():
            kind = zipfile.ZIP_STORED if Path(name).suffix in PACKED else zipfile.ZIP_DEFLATED
            box.writestr(name, data, kind)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return {name: box.read(name) for name in box.namelist()}


def pack(arrays: Mapping[str, Any]) -> bytes:
    """Return arrays as the bytes of an ``.npz`` file; never as pickle."""
    members = {}
    for name, array in arrays.items():
        buffer = io.BytesIO()
        np.save(buffer, np.asarray(array).view(np.ndarray), allow_pickle=False)
        members[f"{name}.npy"] = buffer.getvalue()
    return zipped(members)


def unpack(data: bytes) -> dict[str, Any]:
    """Return the arrays of an ``.npz`` file.

    Raises
    ------
    One of ``DAMAGE``
        It is none.
    """
    return {
        name.removesuffix(".npy"): np.load(io.BytesIO(member), allow_pickle=False)
        for name, member in unzipped(data).items()
    }
