"""The file of a journal: a header, then a JSON line for each time that something was ordered or taken back.

A line holds what changed in the order log since the line before it, and a checksum that takes in the one before, so a
line that was torn as the program died, and whatever might stand after it, is dropped.
"""

import json
import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sim.errors import SaveError
from sim.game.saves.container import MIB, damaged, read_whole
from sim.game.saves.headers import FIELDS, LATER_FIELDS, check_fields

FORMAT = 1
MOST_BYTES = 64 * MIB
NAME = "August Storm journal"
_ORIGIN = ("scenario", "scenario_folder", "scenario_digest", "mods")
_OF_SAVES = ("engine", "engine_digest", *_ORIGIN, "seed", "key", "plans", "fog", "title", "game")
HEADER_FIELDS = {name: FIELDS[name] for name in _OF_SAVES} | {
    "game_id": lambda value: bool(value) and LATER_FIELDS["game_id"](value),
    "start_date": FIELDS["date"],
    "last_turn": FIELDS["turn"],
}


@dataclass
class KeptOrders:
    """The order log of a game, as plain data.

    Attributes
    ----------
    entries : list of list
        Of the days that are over and since, in their order (``order_log.plain``).
    evenings : list of str
        Digest of each evening.
    """

    entries: list[Any]
    evenings: list[str]


@dataclass(frozen=True)
class JournalFile:
    """What stands in a journal.

    Attributes
    ----------
    path : Path
    header : dict
    record : KeptOrders
    is_torn : bool
        Whether lines at its end were dropped.
    """

    path: Path
    header: dict[str, Any]
    record: KeptOrders
    is_torn: bool


def first_line(header: dict[str, Any]) -> bytes:
    """Return the line of a header."""
    return _line({NAME: FORMAT, **header}, 0)


def next_line(change: dict[str, Any], before: bytes) -> bytes:
    """Return the line of a change, after another line."""
    return _line(change, _sum_of(before))


def _line(data: dict[str, Any], before: int) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{text[:-1]},{_mark(zlib.crc32(text.encode(), before))}}}\n".encode()


def _mark(checksum: int) -> str:
    return f'"sum":"{checksum:08x}"'


def _sum_of(line: bytes) -> int:
    return int(line[-11:-3], 16)


def _is_whole(line: bytes, before: int) -> bool:
    """Return whether a line is as it was written, after one with this checksum."""
    at = line.rfind(b',"sum":"')
    return at > 0 and line[at:] == f",{_mark(zlib.crc32(line[:at] + b'}', before))}}}\n".encode()


def read_journal(path: Path) -> JournalFile:
    """Return what stands in a journal, up to the last line that is whole.

    Raises
    ------
    SaveError
        It cannot be read, is no journal, or its header is damaged.
    """
    lines = read_whole(path, MOST_BYTES).splitlines(keepends=True)
    if not lines or not lines[0].startswith(f'{{"{NAME}":'.encode()):
        raise SaveError(f"error: {path} is no journal of this game, or its first line is damaged")
    if not _is_whole(lines[0], 0):
        raise damaged(path, "its first line is not as it was written")
    header = _header(path, lines[0])
    record, before = KeptOrders([], []), lines[0]
    for number, line in enumerate(lines[1:], start=1):
        if not _is_whole(line, _sum_of(before)):
            return JournalFile(path, header, record, is_torn=True)
        try:
            _apply(json.loads(line), record)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise damaged(path, f"line {number + 1} is no line of a journal") from error
        before = line
    return JournalFile(path, header, record, is_torn=False)


def _header(path: Path, line: bytes) -> dict[str, Any]:
    try:
        header = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise damaged(path, "its first line cannot be read") from error
    if header.get(NAME) != FORMAT:
        raise SaveError(f"error: {path} is a journal of another format; this version reads format {FORMAT}")
    check_fields(path, header, HEADER_FIELDS)
    return dict(header)


def _apply(change: dict[str, Any], record: KeptOrders) -> None:
    """Let a record follow a change: so much of it stays, and this comes after."""
    entries, evenings = change["do"], change["evenings"]
    kept, kept_evenings = change.get("keep", len(record.entries)), change.get("keep_evenings", len(record.evenings))
    sound = isinstance(entries, list) and isinstance(evenings, list) and all(isinstance(one, str) for one in evenings)
    if not sound or not 0 <= kept <= len(record.entries) or not 0 <= kept_evenings <= len(record.evenings):
        raise ValueError("no change of a journal")
    record.entries[kept:] = entries
    record.evenings[kept_evenings:] = evenings


def read_head(path: Path) -> dict[str, Any]:
    """Return what a list shows of a journal: its header, with the turn and the date that it leads to.

    Raises
    ------
    SaveError
    """
    file = read_journal(path)
    header, days = file.header, len(file.record.evenings)
    turn = min(days + 1, max(header["last_turn"], 1))
    day = date.fromisoformat(header["start_date"]) + timedelta(days=turn - 1)
    return {**header, "turn": turn, "date": day.isoformat()}
