"""Values of a scenario changed by path: ``forces.units.ID.men``, ``rules.weather.rain_permille``, with ``*`` for many.

A step names a key, the id of an item of a list, or its number; ``*`` and ``?`` stand for any letters. The ``value`` of
a coefficient may be left out. A number that scales or shifts works on every number below its path.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from sim.errors import Problem, suggestion
from sim.scenario.building.rules import triangular
from sim.scenario.checking.rules import Draw
from sim.scenario.loading.load import Scenario, remade
from sim.scenario.models.limits import MOST_DIGITS
from sim.scenario.reading.merge import is_distribution
from sim.scenario.reading.node import Mark, Node, Path_, Plain

SET, ROUNDED, SCALE, ADD, QUANTILE = "set", "rounded", "scale", "add", "quantile"
GREATEST = 10.0**MOST_DIGITS
_WILD = frozenset("*?[")


@dataclass(frozen=True)
class VariedValue:
    """What is to happen to the values at a path.

    Attributes
    ----------
    how : str
        ``set``, ``scale`` or ``add``; ``rounded`` sets, to a whole number where one stood; ``quantile`` takes the value
        below which that share of the scenario's own distribution lies.
    mark, path_mark : Mark
        Where value and path stand in the study file: problems point there.
    """

    path: str
    how: str
    value: Plain
    mark: Mark
    path_mark: Mark
    at_least: float | None = None
    at_most: float | None = None


def vary(scenario: Scenario, changes: Sequence[VariedValue], problems: list[Problem]) -> Scenario | None:
    """Return ``scenario`` with values changed, in order, and checked as a whole; None if anything is wrong."""
    tree = scenario.tree
    before = len(problems)
    for change in changes:
        tree = changed(tree, change, problems)
    made = remade(scenario, tree, problems) if changes else scenario
    return None if len(problems) > before else made


def changed(tree: Node, change: VariedValue, problems: list[Problem]) -> Node:
    """Return ``tree`` with one change; ``tree`` itself stays as it is."""
    paths = resolve(tree, change, problems)
    for path in paths:
        tree = _replaced(tree, path, change, problems, path)
    return tree


def resolve(tree: Node, change: VariedValue, problems: list[Problem]) -> list[Path_]:
    """Return every path that matches; report a step at which nothing does."""
    steps = full_steps(change.path)
    found: list[tuple[Path_, Node]] = [((), tree)]
    for depth, step in enumerate(steps):
        last = depth == len(steps) - 1
        nexts = [((*path, key), child) for path, node in found for key, child in _matching(node, step)]
        if not nexts and last and change.how in (SET, ROUNDED) and not _WILD & set(step):
            owners = [path for path, node in found if isinstance(node.value, dict)]
            if owners:  # a key that the files leave out: the models say whether it may stand there
                return [(*path, step) for path in owners]
        if not nexts:
            known = sorted({name for _, node in found for name in _names(node)})
            where = ".".join(steps[:depth]) or "the scenario"
            hint = suggestion(step, known) or (f"known: {', '.join(known)}" if 0 < len(known) <= 12 else "")
            problems.append(Problem(*change.path_mark, change.path, f"nothing named {step!r} in {where}", hint))
            return []
        found = nexts
    return [path for path, _ in found]


def full_steps(path: str) -> list[str]:
    """Return the steps of a path, the ``value`` of a coefficient spelt out.

    Example
    -------
    >>> full_steps("rules.supply.pocket_hexes")
    ['rules', 'supply', 'pocket_hexes', 'value']
    """
    steps = path.split(".")
    if steps[0] == "rules" and len(steps) >= 3 and steps[3:4] not in (["value"], ["note"], ["source"]):
        steps.insert(3, "value")
    return steps


def numbers_at(tree: Node, path: Path_) -> list[float]:
    """Return every number at or below a path, a distribution by its mode."""
    node = _at(tree, path)
    return [] if node is None else [float(value) for value in _numbers(node)]


def _numbers(node: Node) -> Iterator[int | float]:
    mode = node.get("mode") if is_distribution(node) else None
    if mode is not None:
        yield from _numbers(mode)
    elif _is_number(node):
        yield node.value  # type: ignore[misc]
    else:
        for child in [*(child for _, child in node.items()), *node.rows()]:
            yield from _numbers(child)


def _matching(node: Node, step: str) -> Iterator[tuple[str | int, Node]]:
    """Yield the children that a step leads to."""
    for key, child in node.items():
        if fnmatchcase(key, step):
            yield key, child
    for row, child in enumerate(node.rows()):
        if fnmatchcase(child.text("id") or str(row), step):
            yield row, child


def _names(node: Node) -> list[str]:
    return [key for key, _ in node.items()] + [child.text("id") or str(row) for row, child in enumerate(node.rows())]


def _at(node: Node | None, path: Path_) -> Node | None:
    for step in path:
        if node is not None and isinstance(node.value, list) and isinstance(step, int):
            node = node.value[step]
        else:
            node = node.get(str(step)) if node is not None else None
    return node


def _replaced(node: Node, path: Path_, change: VariedValue, problems: list[Problem], whole: Path_) -> Node:
    """Return ``node`` with the value at the rest of ``path`` changed; only the nodes on the way are made anew."""
    if not path:
        return _new_value(node, change, problems, whole)
    step, rest = path[0], path[1:]
    if isinstance(node.value, list) and isinstance(step, int):
        rows = list(node.value)
        rows[step] = _replaced(rows[step], rest, change, problems, whole)
        return Node(rows, node.mark)
    key = str(step)
    children = dict(node.items())
    old = children.get(key, Node(None, change.mark))
    children[key] = _replaced(old, rest, change, problems, whole)
    marks = node.key_marks if rest or key in node.key_marks else {**node.key_marks, key: change.path_mark}
    return Node(children, node.mark, marks)


def _new_value(old: Node, change: VariedValue, problems: list[Problem], path: Path_) -> Node:
    if change.how == SET:
        return marked(change.value, change.mark)
    if change.how == ROUNDED:
        number = float(change.value)  # type: ignore[arg-type]
        return Node(round(number) if all(isinstance(one, int) for one in _numbers(old)) else number, change.mark)
    if change.how == QUANTILE:
        if is_distribution(old):
            return _at_quantile(old, change)
        problems.append(Problem(*change.path_mark, change.path, "no {low, mode, high} here to draw from"))
        return old
    count = sum(1 for _ in _numbers(old))
    if count == 0:
        problems.append(Problem(*change.path_mark, change.path, f"no number here to {change.how}", "use set"))
    return _moved(old, change)


def _at_quantile(old: Node, change: VariedValue) -> Node:
    low, mode, high = (old.get(name) for name in ("low", "mode", "high"))
    ends = [float(node.value) for node in (low, mode, high) if node is not None and _is_number(node)]  # type: ignore[arg-type]
    value = triangular(Draw(*ends), float(change.value))  # type: ignore[arg-type]
    whole = all(node is not None and isinstance(node.value, int) for node in (low, mode, high))
    return Node(round(value) if whole else value, change.mark)


def _moved(node: Node, change: VariedValue) -> Node:
    """Return a node with every number in it scaled or shifted, whole numbers rounded."""
    if _is_number(node):
        return Node(_moved_number(node.value, change), change.mark)  # type: ignore[arg-type]
    if isinstance(node.value, dict):
        return Node({key: _moved(child, change) for key, child in node.items()}, node.mark, node.key_marks)
    if isinstance(node.value, list):
        return Node([_moved(child, change) for child in node.rows()], node.mark)
    return node


def _moved_number(number: int | float, change: VariedValue) -> int | float:
    by = float(change.value)  # type: ignore[arg-type]
    new = number * by if change.how == SCALE else number + by
    new = min(max(new, -GREATEST), GREATEST)  # the models say what is too great
    if change.at_least is not None:
        new = max(new, change.at_least)
    if change.at_most is not None:
        new = min(new, change.at_most)
    return round(new) if isinstance(number, int) else float(new)


def _is_number(node: Node) -> bool:
    return isinstance(node.value, int | float) and not isinstance(node.value, bool)


def marked(value: Plain, mark: Mark) -> Node:
    """Return plain data as a tree that points at one place."""
    if isinstance(value, dict):
        return Node({key: marked(inner, mark) for key, inner in value.items()}, mark, dict.fromkeys(value, mark))
    if isinstance(value, list | tuple):
        return Node([marked(inner, mark) for inner in value], mark)
    return Node(value, mark)
