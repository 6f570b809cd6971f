"""YAML text -> a tree of data in which every node and key knows its file, line and column.

The one reader of every YAML file, ours or a stranger's. PyYAML reads the events (with libyaml where it is available);
what YAML 1.1 would silently read as something else is refused, and so are a key that appears twice, which PyYAML drops
in silence, and a file that asks for too much.
"""

import os
import re
import stat
from functools import lru_cache
from pathlib import Path

import yaml

from sim.errors import Problem
from sim.scenario.models.limits import MOST_BYTES, over
from sim.scenario.reading.compose import Composer, Refused
from sim.scenario.reading.node import Node

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


def shown(path: Path) -> str:
    """Return ``path`` as people write it: relative where it lies below the working directory."""
    try:
        relative = os.path.relpath(path)
    except (ValueError, OSError):  # another drive, or no working directory any more
        return str(path)
    return str(path) if relative.startswith("..") else relative


def read(path: Path, problems: list[Problem], *, numbered: bool = False) -> Node | None:
    """Return the tree of a YAML file; what is wrong with it goes to ``problems``.

    With ``numbered`` whole numbers may be keys; they come out as text. A file that has not changed since is not read
    again: a scenario and its mods share their base.
    """
    name = shown(path)
    try:
        status = path.stat()
    except OSError as error:
        problems.append(Problem(name, 1, 1, "", f"cannot be read: {error.strerror or error}"))
        return None
    why = unreadable(status, MOST_BYTES)
    if why:
        problems.append(Problem(name, 1, 1, "", why))
        return None
    root, found = _read_version(path.resolve(), name, status.st_mtime_ns, status.st_size, numbered)
    problems.extend(found)
    return root


def unreadable(status: os.stat_result, most_bytes: int) -> str:
    """Return why a file is not even opened: it is none (but a pipe, a device), or too large; else an empty text."""
    if not stat.S_ISREG(status.st_mode):
        return "this is no file"
    return over(status.st_size, most_bytes, "bytes") if status.st_size > most_bytes else ""


@lru_cache(maxsize=256)
def _read_version(
    path: Path, name: str, changed_ns: int, size: int, numbered: bool
) -> tuple[Node | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, (Problem(name, line, 1, "", "not UTF-8 text", "save the file as UTF-8"),)
    except OSError as error:
        return None, (Problem(name, 1, 1, "", f"cannot be read: {error.strerror or error}"),)
    return parse(text, name, problems, numbered=numbered), tuple(problems)


def parse(text: str, file: str, problems: list[Problem], *, numbered: bool = False) -> Node | None:
    """Return the tree of a YAML text; what is wrong with it goes to ``problems``."""
    odd = _CONTROL.search(text)
    if odd is not None:
        line, column = _place(text, odd.start())
        problems.append(Problem(file, line, column, "", f"character U+{ord(odd.group()):04X} in the file"))
        return None
    loader = None
    try:
        loader = _Loader(text)
        return Composer(loader, file, problems, numbered=numbered).document()
    except Refused:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        context = f" {error.context}" if error.context else ""
        problems.append(Problem(file, line, column, "", f"YAML syntax: {error.problem}{context}", _syntax_hint(error)))
        return None
    except yaml.YAMLError as error:
        problems.append(Problem(file, *_reader_place(text, error), "", f"YAML syntax: {_first_line(error)}"))
        return None
    finally:
        if loader is not None:
            loader.dispose()


def _syntax_hint(error: yaml.MarkedYAMLError) -> str:
    words = f"{error.problem} {error.context}"
    if "\\t" in words or "tab" in words:
        return "indent with spaces, not tabs"
    if "mapping values are not allowed" in words:
        return "quote a text that contains ': '"
    return ""


def _reader_place(text: str, error: yaml.YAMLError) -> tuple[int, int]:
    position = getattr(error, "position", None)
    if not isinstance(position, int) or not 0 <= position <= len(text):
        return 1, 1
    return _place(text, position)


def _place(text: str, position: int) -> tuple[int, int]:
    """Return line and column, both from 1, of a position in a text."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
