"""YAML text -> a tree of data in which every node and key knows its file, line and column.

PyYAML composes the nodes (with libyaml where it is available); this module turns them into plain values, refuses
what YAML 1.1 would silently read as something else, and reports duplicate keys, which PyYAML drops in silence.
"""

import datetime
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from sim.errors import Problem

Scalar = str | int | float | bool | datetime.date | None
Plain = dict[str, "Plain"] | list["Plain"] | Scalar
Path_ = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?\Z")
_TRUE = frozenset(("yes", "true", "on"))
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mark(NamedTuple):
    """A place in a file; ``line`` and ``column`` count from 1."""

    file: str
    line: int
    column: int


class Node:
    """One value with its mark; mappings also keep the marks of their keys."""

    __slots__ = ("key_marks", "mark", "value")

    def __init__(
        self, value: "dict[str, Node] | list[Node] | Scalar", mark: Mark, key_marks: dict[str, Mark] | None = None
    ) -> None:
        self.value = value
        self.mark = mark
        self.key_marks: dict[str, Mark] = key_marks if key_marks is not None else {}

    def get(self, key: str) -> "Node | None":
        """Return the child under ``key``, or None (also where this is no mapping)."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def items(self) -> "Iterator[tuple[str, Node]]":
        """Yield the pairs of a mapping; nothing for other values."""
        if isinstance(self.value, dict):
            yield from self.value.items()

    def rows(self) -> "list[Node]":
        """Return the items of a list; none for other values."""
        return self.value if isinstance(self.value, list) else []

    def text(self, key: str) -> str | None:
        """Return the text under ``key``, or None if there is none."""
        child = self.get(key)
        return child.value if child is not None and isinstance(child.value, str) else None

    def plain(self) -> Plain:
        """Return the same data without marks."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def find(self, path: Path_, *, key: bool = False) -> Mark:
        """Return the mark of what ``path`` leads to, as deep as it exists; ``key`` asks for the last key itself."""
        node = self
        for depth, step in enumerate(path):
            last = depth == len(path) - 1
            if isinstance(node.value, dict) and step in node.value:
                if last and key:
                    return node.key_marks.get(str(step), node.mark)
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and 0 <= step < len(node.value):
                node = node.value[step]
        return node.mark

    def label(self, path: Path_) -> str:
        """Return ``path`` as text; an item that has an id is named by it rather than by its number."""
        names: list[str] = []
        node: Node | None = self
        for step in path:
            child: Node | None = None
            if node is not None and isinstance(node.value, dict):
                child = node.value.get(str(step))
            elif node is not None and isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                child = node.value[step]
            name = child.text("id") if child is not None and isinstance(step, int) else None
            names.append(name or str(step))
            node = child
        return ".".join(names)


def shown(path: Path) -> str:
    """Return ``path`` as people write it: relative where it lies below the working directory."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.startswith("..") else relative


def read(path: Path, problems: list[Problem]) -> Node | None:
    """Return the tree of a YAML file; what is wrong with it goes to ``problems``.

    A file that has not changed since is not read again: a scenario and its mods share their base.
    """
    name = shown(path)
    try:
        status = path.stat()
    except OSError as error:
        problems.append(Problem(name, 1, 1, "", f"cannot be read: {error.strerror or error}"))
        return None
    root, found = _read_version(path.resolve(), name, status.st_mtime_ns, status.st_size)
    problems.extend(found)
    return root


@lru_cache(maxsize=256)
def _read_version(path: Path, name: str, changed_ns: int, size: int) -> tuple[Node | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, (Problem(name, line, 1, "", "not UTF-8 text", "save the file as UTF-8"),)
    except OSError as error:
        return None, (Problem(name, 1, 1, "", f"cannot be read: {error.strerror or error}"),)
    return parse(text, name, problems), tuple(problems)


def parse(text: str, file: str, problems: list[Problem]) -> Node | None:
    """Return the tree of a YAML text; what is wrong with it goes to ``problems``."""
    loader = None
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
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
    if root is None:
        problems.append(Problem(file, 1, 1, "", "the file is empty"))
        return None
    return _Converter(file, problems).node(root, ())


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
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


class _Converter:
    """Turns composed YAML nodes of one file into ours."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.open: set[int] = set()  # collections being converted: an alias to one of them is a loop

    def node(self, source: yaml.Node, path: Path_) -> Node:
        start = source.start_mark
        mark = Mark(self.file, start.line + 1, start.column + 1)
        if isinstance(source, yaml.ScalarNode):
            return Node(self.scalar(source, mark, path), mark)
        if id(source) in self.open:
            self.report(mark, path, "an alias that contains itself")
            return Node(None, mark)
        self.open.add(id(source))
        if isinstance(source, yaml.MappingNode):
            made = self.mapping(source, mark, path)
        else:
            made = Node([self.node(child, (*path, row)) for row, child in enumerate(source.value)], mark)
        self.open.discard(id(source))
        return made

    def mapping(self, source: yaml.MappingNode, mark: Mark, path: Path_) -> Node:
        children: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        for key_node, child in source.value:
            start = key_node.start_mark
            key_mark = Mark(self.file, start.line + 1, start.column + 1)
            key = key_node.value
            if not isinstance(key, str) or key_node.tag != _TAG + "str":
                shown_key = repr(key) if isinstance(key, str) else "this key"
                hint = "merge keys are not supported, use extends" if key == "<<" else "quote it"
                self.report(key_mark, path, f"{shown_key} is not text, and a key must be", hint)
                key = str(key)
            if key in keys:
                first = keys[key]
                self.report(key_mark, (*path, key), f"key {key!r} appears twice", f"first in line {first.line}")
                continue
            keys[key] = key_mark
            children[key] = self.node(child, (*path, key))
        return Node(children, mark, keys)

    def scalar(self, source: yaml.ScalarNode, mark: Mark, path: Path_) -> Scalar:
        text: str = source.value
        tag = source.tag
        if tag == _TAG + "str":
            return text
        if tag == _TAG + "null":
            return None
        if tag == _TAG + "bool":
            return text.lower() in _TRUE
        if tag == _TAG + "int":
            if _DECIMAL.match(text):
                return int(text)
            self.report(
                mark,
                path,
                f"{text} is ambiguous in YAML",
                "quote a text, write a number in plain digits",
            )
            return 0
        if tag == _TAG + "float":
            if _FLOAT.match(text):
                return float(text)
            self.report(mark, path, f"{text} is not a plain number", "quote a text, write a number in plain digits")
            return 0.0
        if tag == _TAG + "timestamp":
            return self.date(text, mark, path)
        self.report(mark, path, f"unknown YAML tag {tag.removeprefix(_TAG)!r}")
        return text

    def date(self, text: str, mark: Mark, path: Path_) -> Scalar:
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            self.report(mark, path, f"{text} is not a date", "write year-month-day as 1945-08-09, or quote a text")
            return None

    def report(self, mark: Mark, path: Path_, message: str, hint: str = "") -> None:
        self.problems.append(Problem(*mark, ".".join(map(str, path)), message, hint))
