"""Values of a file that know where they stand: every node and key with its file, line and column."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

Scalar = str | int | float | bool | datetime.date | None
Plain = dict[str, "Plain"] | list["Plain"] | Scalar
Path_ = tuple[str | int, ...]


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
