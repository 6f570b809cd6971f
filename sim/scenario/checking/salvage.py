"""What is left of a broken part once its wrong values are taken out, so that its references can still be checked.

Nothing is played from it: it only lets one run of ``validate`` list every problem.
"""

from typing import Any, TypeVar

from pydantic import ValidationError

from sim.scenario.checking.models_to_problems import is_echo
from sim.scenario.models.values import Model
from sim.scenario.reading.node import Node, Path_

ModelType = TypeVar("ModelType", bound=Model)
Kept = dict[Path_, list[int]]  # list in the tree -> the rows of it that were kept
# Problems with names and dates: rules about references would only find fault with the hole that they leave.
NAMES = frozenset(("string_pattern_mismatch", "string_type", "string_too_short", "string_too_long", "value_error"))
ENDS = frozenset(("less_than_equal", "less_than", "greater_than_equal", "greater_than"))
ROUNDS = 6  # a wrong value goes, then what cannot be without it, then what holds that


def salvage(model: type[ModelType], node: Node, path: Path_, kept: Kept) -> ModelType | None:
    """Return ``node`` as a model without what is wrong in it, or None if too little is left.

    Parameters
    ----------
    path
        Where ``node`` stands in the whole tree.
    kept
        Gets the original rows of every list from which items were taken.
    """
    data: Any = node.plain()
    rows: dict[int, list[int]] = {}
    for _ in range(ROUNDS):
        try:
            made = model.model_validate(data)
        except ValidationError as error:
            wrong = [detail for detail in error.errors(include_url=False) if not is_echo(detail)]
            places = [_place(data, detail["loc"], detail["type"]) for detail in wrong]
            if None in places:
                return None
            _take_out([place for place in places if place is not None], rows)
        else:
            _note_rows(data, path, rows, kept)
            return made
    return None


def original(path: Path_, kept: Kept) -> Path_:
    """Return where ``path``, which counts the rows that were kept, leads in the whole tree."""
    steps: list[str | int] = []
    for step in path:
        rows = kept.get(tuple(steps))
        steps.append(rows[step] if rows is not None and isinstance(step, int) and step < len(rows) else step)
    return tuple(steps)


def _place(data: Any, loc: tuple[str | int, ...], kind: str) -> tuple[Any, str | int] | None:
    """Return the container and key of what has to go for the problem at ``loc``; None where that is everything.

    That is the value itself; for a name the list item or mapping that it stands in; for a number beyond its limits the
    list item.
    """
    found: list[tuple[Any, str | int]] = []
    here = data
    for step in loc:
        inside = (isinstance(here, dict) and step in here) or (
            isinstance(here, list) and isinstance(step, int) and step < len(here)
        )
        if inside:
            found.append((here, step))
            here = here[step]
    if not found:
        return None
    items = [place for place in found if isinstance(place[0], list)]
    if items and kind in NAMES | ENDS:
        return items[-1]
    return found[max(0, len(found) - 2)] if kind in NAMES else found[-1]


def _take_out(places: list[tuple[Any, str | int]], rows: dict[int, list[int]]) -> None:
    lists: dict[int, tuple[list[Any], set[int]]] = {}
    for container, key in places:
        if isinstance(container, dict):
            container.pop(key, None)
        else:
            lists.setdefault(id(container), (container, set()))[1].add(int(key))
    for name, (container, wrong) in lists.items():
        numbers = rows.setdefault(name, list(range(len(container))))
        for row in sorted(wrong, reverse=True):
            del container[row]
            del numbers[row]


def _note_rows(data: Any, path: Path_, rows: dict[int, list[int]], kept: Kept) -> None:
    if isinstance(data, dict):
        for key, child in data.items():
            _note_rows(child, (*path, key), rows, kept)
    elif isinstance(data, list):
        numbers = rows.get(id(data), list(range(len(data))))
        if id(data) in rows:
            kept[path] = numbers
        for number, child in zip(numbers, data, strict=True):
            _note_rows(child, (*path, number), rows, kept)
