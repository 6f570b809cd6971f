"""``keep:`` of a mod: a small scenario that takes only some formations of the one that it extends.

A formation is kept with all that is below it, and with the headquarters above it as bare links of the chain of command.
What speaks of the others goes with them: axes of plans, sources of supply, captures of the record.
"""

from collections.abc import Callable

from sim.errors import Problem, suggestion
from sim.scenario.models.limits import MOST_HINTS, MOST_LEVELS
from sim.scenario.reading.node import Node

Test = Callable[[Node], bool]


def keep_only(tree: Node, names: Node, problems: list[Problem]) -> Node:
    """Return a scenario's tree with only the formations named, and what belongs to them."""
    parents = {row.text("id") or "": row.text("parent") for row in _rows(tree, "forces", "formations")}
    wanted = {str(name.value): name for name in names.rows()}
    for name, node in wanted.items():
        if name not in parents:
            hint = suggestion(name, parents) if len(problems) < MOST_HINTS else ""
            problems.append(Problem(*node.mark, "keep", f"no formation {name!r}", hint))
    below = {name for name in parents if any(one in wanted for one in _line(name, parents))}
    above = {one for name in wanted for one in _line(name, parents)}
    mine = {unit.text("id") or "" for unit in _rows(tree, "forces", "units") if unit.text("parent") in below}
    known = below | above | mine
    tree = _filtered(tree, ("forces", "units"), lambda row: row.text("id") in mine)
    tree = _filtered(tree, ("forces", "formations"), lambda row: row.text("id") in below | above)
    tree = _filtered(tree, ("history", "captures"), lambda row: _is_known(row, "by", known))
    tree = _filtered(tree, ("sources",), lambda row: _is_known(row, "serves", known))
    end = tree.get("end_date")
    return _with(tree, "plans", _plans(tree.get("plans"), known, str(end.value) if end is not None else ""))


def _line(name: str, parents: dict[str, str | None]) -> list[str]:
    """Return a formation and all above it."""
    found: list[str] = []
    at: str | None = name
    while at is not None and at in parents and at not in found and len(found) <= MOST_LEVELS:
        found.append(at)
        at = parents[at]
    return found


def _is_known(row: Node, key: str, known: set[str]) -> bool:
    name = row.text(key)
    return name is None or name in known


def _rows(tree: Node, *path: str) -> list[Node]:
    at: Node | None = tree
    for key in path:
        at = at.get(key) if at is not None else None
    return list(at.rows()) if at is not None else []


def _filtered(tree: Node, path: tuple[str, ...], test: Test) -> Node:
    """Return a tree with only those rows of a list in it that pass a test."""
    child = tree.get(path[0])
    if child is None:
        return tree
    if len(path) > 1:
        return _with(tree, path[0], _filtered(child, path[1:], test))
    return _with(tree, path[0], Node([row for row in child.rows() if test(row)], child.mark))


def _with(tree: Node, key: str, child: Node | None) -> Node:
    if child is None or not isinstance(tree.value, dict):
        return tree
    return Node({**tree.value, key: child}, tree.mark, tree.key_marks)


def _plans(plans: Node | None, known: set[str], end: str) -> Node | None:
    """Return the plans with the axes of what is kept, without plans for nobody and dates after the end."""
    if plans is None:
        return None
    left = []
    for plan in plans.rows():
        axes = [_filtered(axis, ("formations",), lambda name: name.value in known) for axis in _rows(plan, "axes")]
        axes = [_dated(axis, end) for axis in axes if _rows(axis, "formations")]
        if axes:
            left.append(_with(plan, "axes", Node(axes, plan.mark)))
    return Node(left, plans.mark)


def _dated(axis: Node, end: str) -> Node:
    """Return an axis whose objectives have no dates after the last day (``end``, in ISO form)."""
    rows = _rows(axis, "objectives")
    return _with(axis, "objectives", Node([_without_late_date(row, end) for row in rows], axis.mark))


def _without_late_date(row: Node, end: str) -> Node:
    by = row.get("by")
    if by is None or not isinstance(row.value, dict) or str(by.value) <= end:
        return row
    return Node({key: child for key, child in row.value.items() if key != "by"}, row.mark, row.key_marks)
