"""Files -> a checked scenario: read, overlay the mods, make models, lint; every problem at once."""

import gc
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from sim.errors import ERROR, Problem, ScenarioError
from sim.scenario.checking import capacity, references
from sim.scenario.checking.lint_report import Parts, ProblemReport
from sim.scenario.checking.models_to_problems import check
from sim.scenario.checking.rules import Rules, check_rules
from sim.scenario.checking.salvage import Kept, ModelType, salvage
from sim.scenario.loading import folders, inside
from sim.scenario.loading.folders import Folder
from sim.scenario.models.history import History
from sim.scenario.models.map import Map
from sim.scenario.models.scenario import Events, Forces, Header, ModHeader, Plan
from sim.scenario.reading.hex_map_file import HexMap, read_hex_map
from sim.scenario.reading.marked_yaml import shown
from sim.scenario.reading.node import Node, Path_

Both = tuple[ModelType | None, ModelType | None]
_MOD_KEYS = frozenset(("format", "id", "title", "description", "extends", "keep", "files", "credits"))


@dataclass(frozen=True, eq=False)
class Scenario:
    """A scenario with its mods, valid in itself; ``sim.scenario.building.build`` makes the world of it."""

    id: str
    folder: Path
    header: Header
    map: Map
    hexes: HexMap
    forces: Forces
    rules: Rules
    plans: tuple[Plan, ...]
    events: Events
    history: History
    mods: tuple[str, ...]
    mod_folders: tuple[Path, ...]
    base: str  # id of the scenario that all else extends; its own where it extends none
    tree: Node

    def plan(self, plan_id: str) -> Plan:
        """Return the plan of that id.

        Raises
        ------
        ScenarioError
            There is none.
        """
        for plan in self.plans:
            if plan.id == plan_id:
                return plan
        known = ", ".join(plan.id for plan in self.plans)
        raise ScenarioError([Problem(shown(self.folder), 1, 1, "plans", f"no plan {plan_id!r}", f"known: {known}")])


def load(path_or_id: str | Path, mods: Sequence[str | Path] = ()) -> Scenario:
    """Return the scenario of an id, folder or file, with ``mods`` laid over it in order.

    Raises
    ------
    ScenarioError
        With everything wrong in any of the files.
    """
    problems: list[Problem] = []
    scenario = _assemble(folders.locate(path_or_id), [folders.locate(mod) for mod in mods], problems)
    if scenario is None or any(problem.severity == ERROR for problem in problems):
        raise ScenarioError(_in_order(problems))
    return scenario


def validate(paths: Iterable[str | Path]) -> list[Problem]:
    """Return every problem of the scenarios and mods given by id, folder or file; none means that all are right."""
    problems: list[Problem] = []
    for path in paths:
        try:
            _assemble(folders.locate(path), [], problems)
        except ScenarioError as error:
            problems.extend(error.problems)
    return _in_order(problems)


@lru_cache(maxsize=8)
def digest(scenario: Scenario) -> str:
    """Return a hash of all data of a scenario: comments, order of keys and names of files do not count.

    It is kept, since every save asks for it and it takes longer than a frame.
    """
    plain = scenario.tree.plain()
    if isinstance(plain, dict):
        plain.pop("files", None)
    whole = hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str).encode())
    for name in sorted(scenario.hexes.__dataclass_fields__):
        value = getattr(scenario.hexes, name)
        whole.update(name.encode())
        whole.update(np.ascontiguousarray(value).tobytes())
    return whole.hexdigest()


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.column, problem.path))


def _assemble(path: Path, mod_paths: Sequence[Path], problems: list[Problem]) -> Scenario | None:
    """Return the scenario, or None where its files are too broken to go on."""
    with _without_garbage_collection():
        return _assembled(path, mod_paths, problems)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Hold the collector back: thousands of marked nodes, none of them in a circle, make it run in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _assembled(path: Path, mod_paths: Sequence[Path], problems: list[Problem]) -> Scenario | None:
    stack = folders.chain(path, problems)
    if not stack or stack[0].extends is not None:
        return None
    own = stack[-1]
    present = {folder.path.resolve() for folder in stack}
    for mod_path in mod_paths:
        for folder in _mod_chain(mod_path, stack[0], problems):
            if folder.path.resolve() not in present:
                present.add(folder.path.resolve())
                stack.append(folder)
    for folder in stack[1:]:
        _check_mod_header(folder, problems)
    before = len(problems)
    tree = folders.merged(stack, own, problems)
    roots = [folder.path for folder in stack]
    _check_picture(tree, roots, problems)
    mods, mod_folders = tuple(folder.id for folder in stack[1:]), tuple(roots[1:])
    origin = Origin(own.path, mods, mod_folders, stack[0].id, lambda made: _read_hexes(made, tree, roots, problems))
    return _make(tree, origin, problems, broken=before > 0)


def _mod_chain(path: Path, base: Folder, problems: list[Problem]) -> list[Folder]:
    found = folders.chain(path, problems)
    if found and found[0].path.resolve() == base.path.resolve():
        return found[1:]
    if found and found[0].extends is None:
        mark = found[-1].header.find(("extends",))
        what = found[-1].extends
        message = f"this mod is for {what!r}, not for {base.id!r}" if what else "this is a scenario, not a mod"
        problems.append(Problem(*mark, "extends", message))
    return []


def _check_mod_header(folder: Folder, problems: list[Problem]) -> None:
    children = {key: child for key, child in folder.header.items() if key in _MOD_KEYS}
    header = Node(children, folder.header.mark, folder.header.key_marks)
    check(ModHeader, header, (), header, problems)


def remade(scenario: Scenario, tree: Node, problems: list[Problem]) -> Scenario | None:
    """Return a scenario of another tree, checked as one from files; the hex map stays that of ``scenario``."""
    before = len(problems)
    with _without_garbage_collection():
        origin = Origin(scenario.folder, scenario.mods, scenario.mod_folders, scenario.base, lambda _: scenario.hexes)
        made = _make(tree, origin, problems, broken=False)
    return None if any(problem.severity == ERROR for problem in problems[before:]) else made


@dataclass(frozen=True)
class Origin:
    """Where a tree comes from, and how its hexes are had."""

    folder: Path
    mods: tuple[str, ...]
    mod_folders: tuple[Path, ...]
    base: str
    hexes: Callable[[Map], HexMap | None]


def _make(tree: Node, origin: Origin, problems: list[Problem], *, broken: bool) -> Scenario | None:
    head = Node({key: child for key, child in tree.items() if key not in folders.PARTS}, tree.mark, tree.key_marks)
    kept: Kept = {}

    def model_of(model: type[ModelType], node: Node | None, path: Path_) -> Both[ModelType]:
        """Return the part as a model, None if it is wrong, and what can be salvaged of it."""
        if node is None:
            return None, None
        made = check(model, node, path, tree, problems)
        return made, made if made is not None else salvage(model, node, path, kept)

    header, some_header = model_of(Header, head, ())
    for part, usual in folders.PARTS.items():
        if tree.get(part) is None and not broken:
            problems.append(Problem(*tree.find(("files", part)), f"files.{part}", f"there is no {usual}"))
    map_model, some_map = model_of(Map, tree.get("map"), ("map",))
    forces, some_forces = model_of(Forces, tree.get("forces"), ("forces",))
    events, some_events = model_of(Events, tree.get("events"), ("events",))
    history, some_history = model_of(History, tree.get("history"), ("history",))
    rules_node, plans_node = tree.get("rules"), tree.get("plans")
    rules = check_rules(rules_node, ("rules",), tree, problems) if rules_node is not None else None
    rows = plans_node.rows() if plans_node is not None else []
    both_plans = [model_of(Plan, node, ("plans", row)) for row, node in enumerate(rows)]
    plans = [plan for plan, _ in both_plans]
    hexes = origin.hexes(some_map) if some_map is not None else None
    parts = Parts(
        header=some_header,
        map=some_map,
        hexes=hexes,
        forces=some_forces,
        plans=tuple(plan for _, plan in both_plans),
        events=some_events,
        history=some_history,
    )
    for rules_of in (references, capacity):
        rules_of.run(parts, ProblemReport(tree, problems, kept))
    if header is None or map_model is None or hexes is None or forces is None:
        return None
    if events is None or history is None or rules is None or None in plans:
        return None
    return Scenario(
        id=header.id,
        folder=origin.folder,
        header=header,
        map=map_model,
        hexes=hexes,
        forces=forces,
        rules=rules,
        plans=tuple(plan for plan in plans if plan is not None),
        events=events,
        history=history,
        mods=origin.mods,
        mod_folders=origin.mod_folders,
        base=origin.base,
        tree=tree,
    )


def _check_picture(tree: Node, roots: list[Path], problems: list[Problem]) -> None:
    """Report a picture that is none, or lies elsewhere; one that is missing is drawn."""
    name = tree.text("picture")
    if not name:
        return
    why = inside.objection(name, inside.PICTURES)
    files = [] if why else [root / name for root in roots if inside.is_file(root / name)]
    if not why and not all(inside.is_inside(file, roots) for file in files):
        why = "leads out of the folder"
    if why:
        problems.append(Problem(*tree.find(("picture",)), "picture", f"{name!r} {why}"))


def _read_hexes(map_model: Map, tree: Node, roots: list[Path], problems: list[Problem]) -> HexMap | None:
    """Return the hexes of the last folder that brings a hex file of its own."""
    name = map_model.layers
    why = inside.objection(name, (".csv",))
    found = None if why else next((root / name for root in reversed(roots) if inside.is_file(root / name)), None)
    if found is not None and not inside.is_inside(found, roots):
        why = "leads out of the folder"
    if why:
        problems.append(Problem(*tree.find(("map", "layers")), "map.layers", f"{name!r} {why}"))
        return None
    if found is None:
        problems.append(Problem(shown(roots[0] / name), 1, 1, "map.layers", "there is no such file"))
        return None
    status = found.stat()
    hexes, wrong = _hexes_of_version(Path(shown(found)), status.st_mtime_ns, status.st_size)
    problems.extend(wrong)
    return hexes


@lru_cache(maxsize=4)
def _hexes_of_version(path: Path, changed_ns: int, size: int) -> tuple[HexMap | None, tuple[Problem, ...]]:
    try:
        return read_hex_map(path), ()
    except ScenarioError as error:
        return None, error.problems
