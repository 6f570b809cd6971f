"""Base and mods in order, as overlays on marked trees: replace, patch, remove.

* Mappings merge key by key; a scalar replaces what was there.
* Lists whose items have an ``id`` merge by id: a known id is patched, a new one appended.
* ``remove: true`` inside a mapping takes away what stood under that key or id.
* ``replace: true`` inside a mapping puts it in the place of the old one instead of patching it.
* Any other list replaces the old list; so does a ``{low, mode, high}`` distribution, which is one value.

Every leaf keeps the mark of the file that it came from, so that a problem points at the line to edit.
"""

from collections.abc import Iterable

from sim.errors import Problem, suggestion
from sim.scenario.models.limits import MOST_HINTS
from sim.scenario.reading.node import Node, Path_

REMOVE, REPLACE = "remove", "replace"
DISTRIBUTION = frozenset(("low", "mode", "high"))


def overlay(base: Node, patch: Node, problems: list[Problem], path: Path_ = ()) -> Node:
    """Return ``base`` with ``patch`` laid over it; neither is changed."""
    if isinstance(base.value, dict) and isinstance(patch.value, dict):
        if is_flagged(patch, REPLACE) or is_distribution(base) or is_distribution(patch):
            return _without(patch, REPLACE)
        return _overlay_mapping(base, patch, problems, path)
    if isinstance(base.value, list) and isinstance(patch.value, list) and _has_ids(base) and _has_ids(patch):
        return _overlay_list(base, patch, problems, path)
    return _without(patch, REPLACE)


def is_flagged(node: Node, word: str) -> bool:
    """Return whether a mapping carries ``word: true``."""
    flag = node.get(word)
    return flag is not None and flag.value is True


def is_distribution(node: Node) -> bool:
    """Return whether a mapping is one value drawn between ``low`` and ``high``."""
    return isinstance(node.value, dict) and bool(node.value) and DISTRIBUTION.issuperset(node.value)


def _without(node: Node, word: str) -> Node:
    if not is_flagged(node, word) or not isinstance(node.value, dict):
        return node
    return Node({key: child for key, child in node.value.items() if key != word}, node.mark, node.key_marks)


def _has_ids(node: Node) -> bool:
    return all(isinstance(item.value, dict) and item.text("id") is not None for item in node.rows())


def _overlay_mapping(base: Node, patch: Node, problems: list[Problem], path: Path_) -> Node:
    children = dict(base.items())
    keys = dict(base.key_marks)
    for key, child in patch.items():
        here = (*path, key)
        if is_flagged(child, REMOVE):
            if children.pop(key, None) is None:
                _nothing_to_remove(child, key, children, problems, here)
            continue
        old = children.get(key)
        children[key] = _without(child, REPLACE) if old is None else overlay(old, child, problems, here)
        keys[key] = patch.key_marks.get(key, child.mark)
    return Node(children, base.mark, keys)


def _overlay_list(base: Node, patch: Node, problems: list[Problem], path: Path_) -> Node:
    items: list[Node | None] = list(base.rows())
    rows: dict[str, list[int]] = {}  # of what is there by its id, the first of several first
    for row, old in enumerate(base.rows()):
        rows.setdefault(old.text("id") or "", []).append(row)
    for item in patch.rows():
        name = item.text("id") or ""
        here = (*path, name)
        there = rows.setdefault(name, [])
        old_item = items[there[0]] if there else None
        if is_flagged(item, REMOVE):
            if there:
                items[there.pop(0)] = None
            else:
                _nothing_to_remove(item, name, (known for known, left in rows.items() if left), problems, here)
        elif old_item is None:
            there.append(len(items))
            items.append(_without(item, REPLACE))
        else:
            items[there[0]] = overlay(old_item, item, problems, here)
    return Node([item for item in items if item is not None], base.mark)


def _nothing_to_remove(node: Node, name: str, known: Iterable[str], problems: list[Problem], path: Path_) -> None:
    text = ".".join(map(str, path))
    hint = suggestion(name, known) if len(problems) < MOST_HINTS else ""
    problems.append(Problem(*node.mark, text, f"nothing to remove: no {name!r} here", hint))
