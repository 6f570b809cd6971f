"""The header of a save: what the file is, of which game, scenario and moment. It is read alone for lists of saves."""

import io
import json
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from PIL import Image

from sim.errors import SaveError
from sim.game.saves.container import DAMAGE, FORMAT, SaveFile, damaged, peek, read_file
from sim.game.saves.folder import AUTO, KINDS, PLAYER, is_kept_by_itself
from sim.printable import quoted

HEADER, PICTURE = "header.json", "picture.png"
MOST_TEXT, MOST_DAYS, MOST_PIXELS = 4000, 10_000, 2000
SIDES = ("soviet", "japan")
_GAME = re.compile(r"[0-9a-f]{16}")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MOST_TEXT


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 300 and value.isprintable()


def _is_name(value: Any) -> bool:
    return _is_line(value) and value not in ("", ".", "..") and not set(value) & set("/\\")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**64


def _is_day(value: Any) -> bool:
    return _is_whole(value) and 0 <= value <= MOST_DAYS


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool)


def _is_hex(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"(?:[0-9a-f]{2}){1,32}", value))


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_mods(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= 100 and all(_is_mod(mod) for mod in value)


def _is_mod(mod: Any) -> bool:
    if not isinstance(mod, dict) or not _is_name(mod.get("id")):
        return False
    return all(_is_text(mod.get(key)) for key in ("digest", "folder"))


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= 100 and all(_is_name(name) for name in value)


def _is_now(value: Any) -> bool:
    if not isinstance(value, dict) or not _is_day(value.get("turns_played")) or value.get("phase") not in (-1, 0, 1):
        return False
    return _is_whole(value["phase"]) and all(_is_hex(value.get(key)) for key in ("digest", "state_digest"))


def _is_kept(value: Any) -> bool:
    return isinstance(value, list) and all(_is_day(day) for day in value) and value == sorted(set(value))


def _is_table(value: Any) -> bool:
    sides = value.get("sides", []) if isinstance(value, dict) else None
    return isinstance(sides, list) and len(sides) == len(set(map(str, sides))) and all(side in SIDES for side in sides)


# What each entry has to be; whatever else stands in a header is left alone.
FIELDS: dict[str, Callable[[Any], bool]] = {
    "format": _is_whole,
    "engine": _is_line,
    "engine_digest": _is_line,
    "scenario": _is_name,
    "scenario_folder": _is_text,
    "scenario_digest": _is_line,
    "mods": _is_mods,
    "seed": _is_whole,
    "key": _is_hex,
    "plans": _is_names,
    "fog": _is_truth,
    "now": _is_now,
    "kept": _is_kept,
    "date": _is_date,
    "turn": _is_day,
    "over": _is_truth,
    "title": _is_line,
    "last_day": _is_day,
    "game": _is_table,
}
# Those that older saves lack.
LATER_FIELDS: dict[str, Callable[[Any], bool]] = {
    "kind": lambda value: isinstance(value, str) and value in KINDS,
    "game_id": lambda value: isinstance(value, str) and (value == "" or bool(_GAME.fullmatch(value))),
    "saved_at": _is_line,
}


def read_header(path: Path) -> tuple[dict[str, Any], bytes]:
    """Return the header of a save and its picture (empty if it has none); nothing else in it is unpacked.

    Raises
    ------
    SaveError
    """
    header, file = opened(path)
    return header, _sound_picture(file.members)


def opened(path: Path) -> tuple[dict[str, Any], SaveFile]:
    """Return the header of a save, and the file with all that stands in it.

    Raises
    ------
    SaveError
    """
    file = read_file(path)
    if file.format != FORMAT:
        raise SaveError(f"error: {path} has save format {file.format}; this version reads format {FORMAT}")
    return parsed(path, file.member(HEADER)), file


def peeked(path: Path) -> dict[str, Any]:
    """Return the header of a save without reading the rest of the file, so without asking for its checksum.

    Raises
    ------
    SaveError
    """
    return parsed(path, peek(path, HEADER))


def parsed(path: Path, data: bytes) -> dict[str, Any]:
    """Return a header, each entry found to be what it has to be.

    Raises
    ------
    SaveError
    """
    try:
        header = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise damaged(path, "its header cannot be read") from error
    check_fields(path, header, FIELDS)
    header.setdefault("kind", AUTO if is_kept_by_itself(path) else PLAYER)
    header.setdefault("game_id", "")
    header.setdefault("saved_at", "")
    check_fields(path, header, LATER_FIELDS)
    return dict(header)


def check_fields(path: Path, header: Any, fields: Mapping[str, Callable[[Any], bool]]) -> None:
    """Raise ``SaveError`` where an entry is missing or is not what it has to be."""
    if not isinstance(header, dict) or fields.keys() - header.keys():
        raise damaged(path, "its header is incomplete")
    for name, fits in fields.items():
        if name == "game" and not fits(header[name]):
            raise damaged(path, "its session data are inconsistent")
        if not fits(header[name]):
            raise damaged(path, f"its contents are inconsistent: {name} of its header is {quoted(header[name])}")


def as_bytes(text: str) -> bytes:
    """Return JSON as bytes; folders whose names are no text in any encoding are kept, too."""
    return text.encode("utf-8", "surrogatepass")


def _sound_picture(members: Mapping[str, bytes]) -> bytes:
    """Return the picture of a save, empty where there is none that can be shown."""
    if PICTURE not in members:
        return b""
    data = members[PICTURE]
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if max(image.size) <= MOST_PIXELS:
                image.load()
                return data
    except (*DAMAGE, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        pass
    return b""


# --- which game it is

_IDS: "WeakKeyDictionary[object, str]" = WeakKeyDictionary()


def game_id(campaign: object) -> str:
    """Return the id of the game that a campaign is; a new one is drawn when it is first asked for."""
    return _IDS.setdefault(campaign, secrets.token_hex(8))


def keep_game_id(campaign: object, kept: str) -> None:
    """Let a campaign that was loaded go on as the game that it was; without an id it is a new one."""
    if kept:
        _IDS[campaign] = kept
