"""YAML events -> marked nodes, within the budgets of a file.

PyYAML's own composer would copy aliases and go as deep as a file asks for; here an alias is the node that it stands
for, counted as often as it stands.
"""

from functools import lru_cache
from typing import Any, NoReturn

import yaml

from sim.errors import Problem
from sim.printable import harmless, quoted
from sim.scenario.models.limits import LONGEST_KEY, MOST_DEPTH, MOST_LETTERS, MOST_NODES, over
from sim.scenario.reading.node import Mark, Node, Path_
from sim.scenario.reading.scalars import TAG, Unreadable, value_of

TEXT, NUMBER = f"{TAG}str", f"{TAG}int"
_KNOWN_COLLECTIONS = frozenset((None, "!", f"{TAG}map", f"{TAG}seq"))
SHORT = 40  # letters of a text that may well stand there again
_resolver: Any = yaml.resolver.Resolver()


def _resolved(text: str) -> str:
    """Return what YAML takes a text for that has neither quotes nor a tag."""
    return str(_resolver.resolve(yaml.ScalarNode, text, (True, False)))


_plain_tag = lru_cache(maxsize=8192)(_resolved)


class Refused(Exception):
    """Reading a file ends here; the problem is reported."""


class Composer:
    """Makes the tree of one file.

    Parameters
    ----------
    loader
        A PyYAML loader on the text.
    file : str
        Its name in problems.
    problems
        Gets everything wrong in it.
    numbered
        Whether whole numbers may be keys; they come out as text.
    """

    def __init__(self, loader: Any, file: str, problems: list[Problem], *, numbered: bool) -> None:
        self.loader = loader
        self.file = file
        self.problems = problems
        self.key_tags = (TEXT, NUMBER) if numbered else (TEXT,)
        # Name -> node, its nodes and letters; None while it is being made: an alias to it is a loop.
        self.anchors: dict[str, tuple[Node, int, int] | None] = {}
        self.nodes = self.letters = 0

    def document(self) -> Node | None:
        """Return the tree of the file's only document, None where there is none.

        Raises
        ------
        Refused
            It asks for too much.
        """
        self.loader.get_event()
        first = self.loader.get_event()
        if isinstance(first, yaml.StreamEndEvent):
            self.problems.append(Problem(self.file, 1, 1, "", "the file is empty"))
            return None
        root = self.node(self.loader.get_event(), (), 1)
        self.loader.get_event()
        following = self.loader.get_event()
        if not isinstance(following, yaml.StreamEndEvent):
            self.report(self.mark(following), (), "a second document begins here", "one file is one document")
        return root

    def node(self, event: Any, path: Path_, depth: int) -> Node:
        """Return the node that begins with an event."""
        mark = self.mark(event)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event.anchor, mark, path)
        if depth > MOST_DEPTH:
            self.refuse(mark, path[:1], f"nested deeper than {MOST_DEPTH} levels")
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        nodes, letters = self.nodes, self.letters
        self.count(1, 0, mark, path)
        if isinstance(event, yaml.ScalarEvent):
            self.count(0, len(event.value), mark, path)
            made = Node(self.scalar(self.tag(event), event.value, mark, path), mark)
        else:
            if event.tag not in _KNOWN_COLLECTIONS:
                self.report(mark, path, f"unknown YAML tag {event.tag.removeprefix(TAG)!r}")
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            made = self.mapping(mark, path, depth) if is_mapping else self.sequence(mark, path, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = made, self.nodes - nodes, self.letters - letters
        return made

    def alias(self, name: str | None, mark: Mark, path: Path_) -> Node:
        if name is None or name not in self.anchors:
            self.report(mark, path, f"no anchor {name!r} before this alias")
            return Node(None, mark)
        found = self.anchors[name]
        if found is None:
            self.report(mark, path, "an alias that contains itself")
            return Node(None, mark)
        made, nodes, letters = found
        self.count(nodes, letters, mark, path)
        return made

    def sequence(self, mark: Mark, path: Path_, depth: int) -> Node:
        items: list[Node] = []
        while not isinstance(event := self.loader.get_event(), yaml.SequenceEndEvent):
            items.append(self.node(event, (*path, len(items)), depth + 1))
        return Node(items, mark)

    def mapping(self, mark: Mark, path: Path_, depth: int) -> Node:
        children: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        while not isinstance(event := self.loader.get_event(), yaml.MappingEndEvent):
            place = self.mark(event)
            key = self.key(event, place, path, depth)
            child = self.node(self.loader.get_event(), (*path, key if key is not None else "?"), depth + 1)
            if key is None:
                continue
            if key in keys:
                self.report(place, (*path, key), f"key {key!r} appears twice", f"first in line {keys[key].line}")
                continue
            keys[key] = place
            children[key] = child
        return Node(children, mark, keys)

    def key(self, event: Any, mark: Mark, path: Path_, depth: int) -> str | None:
        """Return the key that begins with an event; None where it is nothing that can be one."""
        if not isinstance(event, yaml.ScalarEvent):
            made = self.node(event, (*path, "?"), depth + 1)
            if isinstance(event, yaml.AliasEvent) and isinstance(made.value, str):
                return self.short_key(made.value, mark, path)
            self.report(mark, path, "this key is not text, and a key must be", "quote it")
            return None
        if self.tag(event) not in self.key_tags:
            hint = "merge keys are not supported, use extends" if event.value == "<<" else "quote it"
            self.report(mark, path, f"{quoted(event.value)} is not text, and a key must be", hint)
            return harmless(event.value, LONGEST_KEY)
        self.count(1, len(event.value), mark, path)
        key = str(self.scalar(TEXT, event.value, mark, path))
        if event.anchor is not None:
            self.anchors[event.anchor] = Node(key, mark), 1, len(key)
        return self.short_key(key, mark, path)

    def short_key(self, key: str, mark: Mark, path: Path_) -> str:
        if len(key) > LONGEST_KEY:
            self.report(mark, path, f"a key of {over(len(key), LONGEST_KEY, 'letters')}")
        return harmless(key, LONGEST_KEY)

    def tag(self, event: Any) -> str:
        """Return the tag of a scalar, as YAML takes it where none is written."""
        if event.tag not in (None, "!"):
            return str(event.tag)
        if not event.implicit[0]:
            return TEXT
        text: str = event.value
        return _plain_tag(text) if len(text) <= SHORT else _resolved(text)

    def scalar(self, tag: str, text: str, mark: Mark, path: Path_) -> Any:
        try:
            return value_of(tag, text)
        except Unreadable as refused:
            self.report(mark, path, refused.message, refused.hint)
            return refused.instead

    def count(self, nodes: int, letters: int, mark: Mark, path: Path_) -> None:
        """Take nodes and letters from the budgets of the file."""
        self.nodes += nodes
        self.letters += letters
        if self.nodes > MOST_NODES:
            self.refuse(mark, path, f"the file holds more than {MOST_NODES:,} values, with what aliases stand for")
        if self.letters > MOST_LETTERS:
            self.refuse(mark, path, f"the file holds more than {MOST_LETTERS:,} letters, with what aliases stand for")

    def mark(self, event: Any) -> Mark:
        start = event.start_mark
        return Mark(self.file, start.line + 1, start.column + 1)

    def report(self, mark: Mark, path: Path_, message: str, hint: str = "") -> None:
        self.problems.append(Problem(*mark, ".".join(map(str, path)), message, hint))

    def refuse(self, mark: Mark, path: Path_, message: str) -> NoReturn:
        self.report(mark, path, message)
        raise Refused
