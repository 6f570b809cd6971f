"""The coefficients of ``rules.yaml`` against their declarations in ``sim.kernels.rulebook``."""

from typing import TypeAlias

import numpy as np

from sim.errors import Problem, suggestion
from sim.kernels.rulebook.field import AXES, RuleField
from sim.kernels.rulebook.rules import SECTIONS
from sim.scenario.checking.models_to_problems import describe, number_hint
from sim.scenario.reading.merge import DISTRIBUTION, is_distribution
from sim.scenario.reading.node import Node, Path_

Value: TypeAlias = "int | float | Draw | list[Value] | dict[str, Value]"
Rules: TypeAlias = dict[str, dict[str, Value]]
ENTRY_KEYS = ("value", "source", "note")
TOP_KEYS = ("format", "note")


class Draw:
    """A coefficient drawn once per run between ``low`` and ``high``, most often near ``mode``."""

    __slots__ = ("high", "low", "mode")

    def __init__(self, low: float, mode: float, high: float) -> None:
        self.low, self.mode, self.high = low, mode, high


def check_rules(node: Node, path: Path_, root: Node, problems: list[Problem]) -> Rules:
    """Return ``{section: {name: value}}``; everything wrong goes to ``problems``."""
    return _Checker(root, problems).sections(node, path)


class _Checker:
    def __init__(self, root: Node, problems: list[Problem]) -> None:
        self.root = root
        self.problems = problems

    def error(self, path: Path_, message: str, hint: str = "", *, key: bool = False) -> None:
        place = self.root.find(path, key=key)
        self.problems.append(Problem(*place, self.root.label(path), message, hint))

    def sections(self, node: Node, path: Path_) -> Rules:
        if not isinstance(node.value, dict):
            self.error(path, f"a mapping of sections expected, not {describe(node.plain())}")
            return {}
        for name in node.value:
            if name not in SECTIONS and name not in TOP_KEYS:
                self.error((*path, name), f"unknown section {name!r}", suggestion(name, SECTIONS), key=True)
        rules: Rules = {}
        for name, fields in SECTIONS.items():
            section = node.get(name)
            if section is not None and isinstance(section.value, dict):
                rules[name] = self.section(section, fields, (*path, name))
            elif fields:
                self.error((*path, name), f"section {name!r} is missing")
        return rules

    def section(self, node: Node, fields: tuple[RuleField, ...], path: Path_) -> dict[str, Value]:
        known = {field.name: field for field in fields}
        values: dict[str, Value] = {}
        for name, entry in node.items():
            here = (*path, name)
            field = known.get(name)
            if field is None:
                self.error(here, f"unknown coefficient {name!r}", suggestion(name, known), key=True)
                continue
            value = self.entry(entry, field, here)
            if value is not None:
                values[name] = value
        for name in known:
            if node.get(name) is None:
                self.error((*path, name), f"coefficient {name!r} is missing")
        return values

    def entry(self, entry: Node, field: RuleField, path: Path_) -> "Value | None":
        if not isinstance(entry.value, dict):
            hint = f"write {field.name}: {{value: ..., source: ...}}"
            self.error(path, f"a mapping with value and source or note expected, not {describe(entry.plain())}", hint)
            return None
        for key, child in entry.items():
            if key not in ENTRY_KEYS:
                self.error((*path, key), f"unknown key {key!r}", suggestion(key, ENTRY_KEYS), key=True)
            elif key != "value" and not isinstance(child.value, str):
                self.error((*path, key), f"text expected, not {describe(child.plain())}", "quote it")
        if not (entry.text("source") or entry.text("note")):
            self.error(path, "a coefficient needs a source or a note", "add source: or note:", key=True)
        value = entry.get("value")
        if value is None:
            self.error(path, "key 'value' is missing")
            return None
        return self.value(value, field, field.axes, (*path, "value"))

    def value(self, node: Node, field: RuleField, axes: tuple[str | int, ...], path: Path_) -> "Value | None":
        if is_distribution(node):
            return self.distribution(node, field, path)
        if isinstance(node.value, dict):
            return self.named(node, field, axes, path)
        if isinstance(node.value, list):
            return self.listed(node, field, axes, path)
        return self.number(node, field, path)

    def named(self, node: Node, field: RuleField, axes: tuple[str | int, ...], path: Path_) -> "Value | None":
        if not axes or isinstance(axes[0], int):
            due = f"a list of {axes[0]} expected" if axes else "a single number expected"
            self.error(path, f"{due}, not a mapping")
            return None
        names = AXES[axes[0]]
        values: dict[str, Value] = {}
        for name, child in node.items():
            if name not in names:
                hint = suggestion(name, names) or f"one of {', '.join(names)}"
                self.error((*path, name), f"{name!r} is no {axes[0]}", hint, key=True)
                continue
            value = self.value(child, field, axes[1:], (*path, name))
            if value is not None:
                values[name] = value
        missing = [name for name in names if node.get(name) is None]
        if missing and field.low > 0:  # otherwise a name left out means 0
            self.error(path, f"no value for {', '.join(missing)}", f"every {axes[0]} needs one")
        return values

    def listed(self, node: Node, field: RuleField, axes: tuple[str | int, ...], path: Path_) -> "Value | None":
        if not axes:
            self.error(path, "a single number expected, not a list")
            return None
        due = axes[0] if isinstance(axes[0], int) else len(AXES[axes[0]])
        rows = node.rows()
        if len(rows) != due:
            self.error(path, f"a list of {due} expected, not of {len(rows)}")
            return None
        values = [self.value(child, field, axes[1:], (*path, row)) for row, child in enumerate(rows)]
        return [value for value in values if value is not None]

    def number(self, node: Node, field: RuleField, path: Path_) -> int | float | None:
        value = node.value
        whole = np.dtype(field.dtype).kind in "iu"
        if isinstance(value, bool) or not isinstance(value, int | float) or (whole and isinstance(value, float)):
            due = "a whole number" if whole else "a number"
            self.error(path, f"{due} expected, not {describe(value)}", number_hint(value))
            return None
        low, high = limits(field)
        if not low <= value <= high:
            self.error(path, f"must be between {low:g} and {high:g}, not {value}")
            return None
        return value

    def distribution(self, node: Node, field: RuleField, path: Path_) -> Draw | None:
        missing = [name for name in sorted(DISTRIBUTION) if node.get(name) is None]
        if missing:
            self.error(path, f"a distribution needs low, mode and high; {', '.join(missing)} is missing")
            return None
        numbers = {name: self.number(child, field, (*path, name)) for name, child in node.items()}
        low, mode, high = numbers["low"], numbers["mode"], numbers["high"]
        if low is None or mode is None or high is None:
            return None
        if not low <= mode <= high:
            self.error(path, f"low, mode and high must be in ascending order, not {low}, {mode}, {high}")
            return None
        return Draw(low, mode, high)


def limits(field: RuleField) -> tuple[float, float]:
    """Return the least and the greatest value that a coefficient may take, its dtype included."""
    kind = np.dtype(field.dtype)
    if kind.kind not in "iu":
        return field.low, field.high
    info = np.iinfo(kind)
    return max(field.low, int(info.min)), min(field.high, int(info.max))
