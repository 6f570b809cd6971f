"""Merged trees -> models, every objection of pydantic turned into a problem with its place and a hint."""

import datetime
import re
import types
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.errors import Problem, suggestion
from sim.printable import quoted
from sim.scenario.models.limits import over
from sim.scenario.models.values import Model
from sim.scenario.reading.node import Node, Path_

ModelType = TypeVar("ModelType", bound=Model)
_NUMBER = re.compile(r"[-+]?[0-9.]+([eE][-+]?[0-9]+)?\Z")
_TEXT_ERRORS = frozenset(("string_type", "string_sub_type"))
_NUMBER_ERRORS = frozenset(("int_type", "int_from_float", "float_type", "int_parsing", "float_parsing"))
_LIMITS = {
    "greater_than_equal": ("ge", "must be at least {}"),
    "greater_than": ("gt", "must be more than {}"),
    "less_than_equal": ("le", "must be at most {}"),
    "less_than": ("lt", "must be less than {}"),
    "too_short": ("min_length", "at least {} item(s) expected"),
    "too_long": ("max_length", "at most {} items expected"),
}


def check(model: type[ModelType], node: Node, path: Path_, root: Node, problems: list[Problem]) -> ModelType | None:
    """Return ``node`` as a model, or None with everything wrong with it added to ``problems``.

    Parameters
    ----------
    path
        Where ``node`` stands in ``root``; problems are named and marked from there.
    """
    try:
        return model.model_validate(node.plain())
    except ValidationError as error:
        seen: set[Path_] = set()
        for detail in error.errors(include_url=False):
            if is_echo(detail):
                continue
            problem, where = _problem(model, detail, path, root)
            if where not in seen:
                seen.add(where)
                problems.append(problem)
        return None


def is_echo(detail: ErrorDetails) -> bool:
    """Return whether a list is called too short only because items of it are wrong, which is reported already."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail.get("ctx", {}).get("min_length", 0)


def _problem(model: type[Model], detail: ErrorDetails, path: Path_, root: Node) -> tuple[Problem, Path_]:
    where = _path_in_tree(root, path + detail["loc"])
    kind, value = detail["type"], detail["input"]
    last = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "extra_forbidden":
        known = _keys_at(model, detail["loc"][:-1])
        place = root.find(where, key=True)
        return Problem(*place, root.label(where), f"unknown key {last!r}", suggestion(last, known)), where
    if kind == "missing":
        return Problem(*root.find(where), root.label((*where, last)), f"key {last!r} is missing"), (*where, last)
    message, hint = _words(detail, kind, value)
    return Problem(*root.find(where), root.label(where), message, hint), where


def _words(detail: ErrorDetails, kind: str, value: Any) -> tuple[str, str]:
    context = detail.get("ctx", {})
    if kind in _TEXT_ERRORS:
        return f"text expected, not {describe(value)}", "" if isinstance(value, dict | list) else "quote it"
    if kind in _NUMBER_ERRORS:
        due = "a whole number" if kind.startswith("int") else "a number"
        return f"{due} expected, not {describe(value)}", number_hint(value)
    if kind == "bool_type":
        return f"true or false expected, not {describe(value)}", ""
    if kind == "literal_error":
        expected = str(context.get("expected", ""))
        names = re.findall(r"'([^']*)'", expected)
        if not names:
            return f"{describe(value)} is not one of {expected}", number_hint(value)
        if not isinstance(value, str):
            return f"one of {', '.join(names)} expected, not {describe(value)}", "quote it"
        return f"{describe(value)} is not one of {', '.join(names)}", suggestion(value, names)
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        limit = f"{context.get(name):,}".removesuffix(".0")
        return f"{words.format(limit)}, not {describe(value)}", ""
    if kind == "string_pattern_mismatch":
        if "h[0-9]" in str(context.get("pattern")):
            return f"{describe(value)} is not a hex label", "h, three digits of the column, three of the row: h071054"
        return f"{describe(value)} is not an id", "lower-case letters, digits, _ and -"
    if kind == "string_too_short":
        return "text expected, but this is empty", ""
    if kind == "string_too_long":
        return f"a text of {over(len(value), context['max_length'], 'letters')}", ""
    if kind in ("model_type", "dict_type"):
        return f"a mapping expected, not {describe(value)}", ""
    if kind in ("tuple_type", "list_type"):
        return f"a list expected, not {describe(value)}", ""
    if kind == "value_error":
        return f"{context.get('error', detail['msg'])}, not {describe(value)}", ""
    return detail["msg"], ""


def number_hint(value: object) -> str:
    """Return what to do about a ``value`` that stands where a number is due."""
    if isinstance(value, str) and _NUMBER.match(value):
        return "take the quotes off" if "e" not in value.lower() else "write it in plain digits"
    return ""


def describe(value: object) -> str:
    """Return what a value of a file is, in words for a message."""
    if isinstance(value, bool):
        return f"the true/false value {str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, datetime.date):
        return f"the date {value}"
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    return quoted(value)


def _path_in_tree(root: Node, loc: tuple[str | int, ...]) -> Path_:
    """Return the steps of ``loc`` that exist in the tree; pydantic mixes in names of its own (union branches)."""
    steps: list[str | int] = []
    node = root
    for step in loc:
        child: Node | None = None
        if isinstance(node.value, dict):
            child = node.value.get(str(step))
        elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
            child = node.value[step]
        if child is not None:
            node = child
            steps.append(step)
    return tuple(steps)


def _keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the model at ``loc`` knows."""
    found: list[type[BaseModel]] = [model]
    for step in loc:
        if isinstance(step, str) and any(step in inner.model_fields for inner in found):
            annotations = [inner.model_fields[step].annotation for inner in found if step in inner.model_fields]
            found = [inner for annotation in annotations for inner in _models_in(annotation)]
    return [name for inner in found for name in inner.model_fields]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """Return the models that stand in a type annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    origin = get_origin(annotation)
    if origin is None or origin is Literal:
        return []
    if origin in (Union, types.UnionType, tuple, list, dict, Annotated):
        return [inner for argument in get_args(annotation) for inner in _models_in(argument)]
    return []
