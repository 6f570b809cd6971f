"""Paths that a scenario names: nothing outside its own folder and those of its bases is opened."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from sim import paths

PICTURES = (".png", ".jpg", ".jpeg")
YAMLS = (".yaml", ".yml")


def objection(name: str, endings: tuple[str, ...]) -> str:
    """Return why a name is no path within a folder, in words; empty where it is one.

    Example
    -------
    >>> objection("../secret.yaml", YAMLS)
    'points outside the folder'
    >>> objection("forces/a**.yaml", YAMLS)
    'has ** beside other letters'
    >>> objection("forces/*.yaml", YAMLS)
    ''
    """
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or ":" in name:
        return "points outside the folder"
    if "\\" in name:
        return "has a backslash: folders are parted by /"
    if any(part.strip(". ") == "" for part in parts):
        return "names no file"
    if any("**" in part and part != "**" for part in parts) or parts.count("**") > 1:
        return "has ** beside other letters" if parts.count("**") < 2 else "has ** twice"
    if PurePosixPath(name).suffix.lower() not in endings:
        return f"does not end in {' or '.join(endings)}"
    return ""


def is_inside(file: Path, folders: Iterable[Path]) -> bool:
    """Return whether a file lies in one of the folders once links are followed; those that are shipped are trusted."""
    try:
        real = file.resolve()
        if paths.scenarios_root() in file.absolute().parents:
            return True  # installed as links, they lead elsewhere
        return any(folder.resolve() in real.parents for folder in folders)
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def is_file(path: Path) -> bool:
    """Return whether there is a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Return whether there is a folder, likewise."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def matching(folder: Path, pattern: str) -> Iterator[Path]:
    """Yield what a pattern finds in a folder, in order."""
    try:
        yield from sorted(folder.glob(pattern))
    except (OSError, ValueError):
        return
