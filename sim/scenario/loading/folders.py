"""Finding scenarios and mods, and reading a folder into one marked tree."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim import paths
from sim.errors import Problem, ScenarioError, suggestion
from sim.scenario.checking.models_to_problems import describe
from sim.scenario.loading import inside
from sim.scenario.loading.keep import keep_only
from sim.scenario.models.limits import MOST_FILES, over
from sim.scenario.models.values import is_id
from sim.scenario.reading.marked_yaml import read, shown
from sim.scenario.reading.merge import overlay
from sim.scenario.reading.node import Mark, Node

HEADER_FILE = "scenario.yaml"
# Part -> where its files stand unless ``files:`` says otherwise.
PARTS = {
    "map": "map.yaml",
    "forces": "forces/*.yaml",
    "rules": "rules.yaml",
    "events": "events.yaml",
    "plans": "plans/*.yaml",
    "history": "history.yaml",
}
IDENTITY = ("id", "title", "description")  # a mod keeps these to itself when it is laid over a scenario


@dataclass(frozen=True)
class Folder:
    """One scenario or mod folder as it was read."""

    path: Path
    header: Node
    parts: dict[str, Node]

    @property
    def id(self) -> str:
        """Return the id that the header gives, or the folder's name."""
        return self.header.text("id") or self.path.name

    @property
    def extends(self) -> str | None:
        """Return the id of the scenario or mod that this one changes, None for a scenario of its own."""
        return None if self.header.get("extends") is None else self.header.text("extends") or ""


def shipped() -> dict[str, Path]:
    """Return the scenarios that come with this copy or stand in the user's folder, by id."""
    return {**_folders_in(paths.user_root() / "scenarios"), **_folders_in(paths.scenarios_root())}


def mods() -> dict[str, Path]:
    """Return the mods that come with this copy or stand in the user's folder, by id; the user's own come first."""
    return {**_folders_in(paths.scenarios_root() / "mods"), **_folders_in(paths.user_root() / "mods")}


def known() -> dict[str, Path]:
    """Return every scenario and mod that can be asked for by its id."""
    return {**mods(), **shipped()}


def _folders_in(root: Path) -> dict[str, Path]:
    return {entry.parent.name: entry.parent for entry in inside.matching(root, f"*/{HEADER_FILE}")}


def locate(name: str | Path) -> Path:
    """Return the folder of a scenario or mod given by id, folder or file.

    Raises
    ------
    ScenarioError
        There is none.
    """
    path = Path(name)
    if inside.is_file(path):
        folder = next((parent for parent in path.resolve().parents if _is_folder(parent)), None)
        if folder is not None:
            return folder
        raise ScenarioError([Problem(shown(path), 1, 1, "", f"belongs to no scenario: no {HEADER_FILE} above it")])
    if _is_folder(path):
        return path
    by_id = known()
    if str(name) in by_id:
        return by_id[str(name)]
    if inside.is_folder(path):
        raise ScenarioError([Problem(shown(path / HEADER_FILE), 1, 1, "", "missing, so this is not a scenario folder")])
    hint = suggestion(name, by_id) or f"known: {', '.join(sorted(by_id)) or 'none'}"
    raise ScenarioError([Problem(str(name), 1, 1, "", "no such scenario, mod or folder", hint)])


def _is_folder(path: Path) -> bool:
    """Return whether a scenario or mod stands there."""
    return inside.is_file(path / HEADER_FILE)


def folder_digest(folder: Path) -> str:
    """Return a hash of the files of a mod."""
    whole = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(file.relative_to(folder).as_posix().encode())
        with open(file, "rb") as content:
            whole.update(hashlib.file_digest(content, "sha256").digest())
    return whole.hexdigest()


def mod_digests(mods: Sequence[str], found_in: Sequence[Path]) -> tuple[tuple[str, str], ...]:
    """Return the id and the digest of each mod, given the folders in which they stand."""
    return tuple((mod, folder_digest(folder)) for mod, folder in zip(mods, found_in, strict=True))


def read_folder(path: Path, header: Node, roots: Sequence[Path], problems: list[Problem]) -> Folder:
    """Return what stands in a folder; files that are broken are reported and left out.

    Parameters
    ----------
    roots
        The folder and those of its bases: nothing outside them is read.
    """
    parts: dict[str, Node] = {}
    for part, usual in PARTS.items():
        files = _files_of(path, header, part, usual, roots, problems)
        nodes = [node for file in files if (node := read(file, problems)) is not None]
        if nodes:
            parts[part] = _join(part, nodes, problems)
    return Folder(path, header, parts)


def _header(path: Path, problems: list[Problem]) -> Node | None:
    """Return the header of a folder, None where it is too broken to go on."""
    file = path / HEADER_FILE
    if not inside.is_inside(file, [path]):
        problems.append(Problem(shown(file), 1, 1, "", "leads out of the folder"))
        return None
    header = read(file, problems)
    if header is None or isinstance(header.value, dict):
        return header
    problems.append(Problem(*header.mark, "", f"a mapping expected, not {describe(header.plain())}"))
    return None


def _files_of(
    path: Path, header: Node, part: str, usual: str, roots: Sequence[Path], problems: list[Problem]
) -> tuple[Path, ...]:
    named = header.get("files")
    entry = named.get(part) if named is not None else None
    items = [Node(usual, header.mark)] if entry is None else entry.rows() or [entry]
    found: dict[Path, None] = {}
    if len(items) > MOST_FILES:
        problems.append(Problem(*items[0].mark, f"files.{part}", over(len(items), MOST_FILES, "names")))
        return ()
    for item in items:
        if not isinstance(item.value, str) or not item.value:
            continue  # the model reports it
        message, hint = inside.objection(item.value, inside.YAMLS), ""
        matches = [] if message else list(inside.matching(path, item.value))
        if message:
            message = f"{item.value!r} {message}"
        elif not matches and entry is not None:
            there = [str(file.relative_to(path).as_posix()) for file in path.rglob("*.yaml")]
            message, hint = f"no file {item.value!r} in {shown(path)}", suggestion(item.value, there)
        elif outside := next((match for match in matches if not inside.is_inside(match, roots)), None):
            message = f"{outside.relative_to(path).as_posix()!r} leads out of the folder"
        elif len(found) + len(matches) > MOST_FILES:
            message = over(len(found) + len(matches), MOST_FILES, "files")
        if message:
            problems.append(Problem(*item.mark, f"files.{part}", message, hint))
            continue
        found.update(dict.fromkeys(matches))
    return tuple(found)


def _join(part: str, nodes: list[Node], problems: list[Problem]) -> Node:
    """Return the files of one part as one tree: lists and sections of several files stand together."""
    if part == "plans":
        return Node(nodes, nodes[0].mark)
    if len(nodes) == 1:
        return nodes[0]
    children: dict[str, Node] = {}
    keys: dict[str, Mark] = {}
    for node in nodes:
        if not isinstance(node.value, dict):
            problems.append(Problem(*node.mark, part, f"a mapping expected, not {describe(node.plain())}"))
            continue
        for key, child in node.items():
            old = children.get(key)
            if old is None:
                children[key], keys[key] = child, node.key_marks[key]
            elif isinstance(old.value, list) and isinstance(child.value, list):
                children[key] = Node([*old.value, *child.value], old.mark)
            elif key != "format":
                first = keys[key]
                place = node.key_marks[key]
                problems.append(
                    Problem(*place, f"{part}.{key}", f"key {key!r} appears in two files", f"first in {first.file}")
                )
    return Node(children, nodes[0].mark, keys)


def chain(path: Path, problems: list[Problem]) -> list[Folder]:
    """Return a folder and everything that it extends, base first."""
    headers = _headers(path, problems)
    found: list[Folder] = []
    for at, (folder, header) in enumerate(headers):
        found.append(read_folder(folder, header, [root for root, _ in headers[at:]], problems))
    return found[::-1]


def _headers(path: Path, problems: list[Problem]) -> list[tuple[Path, Node]]:
    """Return the folder and the header of a scenario and of all that it extends, itself first."""
    found: list[tuple[Path, Node]] = []
    seen: set[Path] = set()
    while True:
        header = _header(path, problems)
        if header is None:
            return found
        found.append((path, header))
        seen.add(path.resolve())
        if header.get("extends") is None:
            return found
        base = _base_folder(header, path, seen, problems)
        if base is None:
            return found
        path = base


def _base_folder(header: Node, folder: Path, seen: set[Path], problems: list[Problem]) -> Path | None:
    """Return the folder of what a header extends: beside its own, above it, or among those known."""
    base, mark = header.text("extends"), header.find(("extends",))
    if base is None or not is_id(base):
        given = header.get("extends")
        value = given.plain() if given is not None else None
        problems.append(Problem(*mark, "extends", f"the id of a scenario or mod expected, not {describe(value)}"))
        return None
    near = [path for path in (folder.parent / base, folder.parent.parent / base) if _is_folder(path)]
    places = known()
    found = next((path for path in near if path.resolve() != folder.resolve()), places.get(base))
    if found is None:
        problems.append(Problem(*mark, "extends", f"no scenario or mod {base!r}", suggestion(base, places)))
    elif found.resolve() in seen:
        problems.append(Problem(*mark, "extends", f"{base!r} extends this one: a circle"))
        return None
    return found


def merged(folders: list[Folder], own: Folder, problems: list[Problem]) -> Node:
    """Return one tree of all folders in order, the header's keys at the top and each part under its name.

    Parameters
    ----------
    own
        The folder whose id, title and description the result carries.
    """
    first = folders[0]
    tree = _whole(first, keep=tuple(first.header.value) if isinstance(first.header.value, dict) else ())
    for folder in folders[1:]:
        keys = [key for key, _ in folder.header.items() if key not in ("format", "extends", "keep", "files", "credits")]
        keep = tuple(key for key in keys if folder is own or key not in IDENTITY)
        tree = overlay(tree, _whole(folder, keep), problems)
        tree = _with_credits(tree, folder)
        names = folder.header.get("keep")
        tree = keep_only(tree, names, problems) if names is not None else tree
    return tree


def _whole(folder: Folder, keep: tuple[str, ...]) -> Node:
    children = {key: child for key, child in folder.header.items() if key in keep}
    keys = {key: folder.header.key_marks[key] for key in children}
    for part, node in folder.parts.items():
        if part in children:
            continue  # the model reports a part that stands in the header
        children[part] = node
        keys[part] = node.mark
    return Node(children, folder.header.mark, keys)


def _with_credits(tree: Node, folder: Folder) -> Node:
    added = folder.header.get("credits")
    if added is None or not isinstance(tree.value, dict):
        return tree
    old = tree.get("credits")
    rows = [*(old.rows() if old is not None else ()), *added.rows()]
    return Node({**tree.value, "credits": Node(rows, added.mark)}, tree.mark, tree.key_marks)
