"""Which files a campaign was made of, as a save tells of them, and finding the same ones again."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim import scenario
from sim.errors import SaveError, ScenarioError
from sim.printable import harmless
from sim.scenario import Scenario
from sim.scenario.loading import folders


@lru_cache(maxsize=4)
def origin(loaded: Scenario) -> dict[str, Any]:
    """Return the scenario and its mods as plain data: ids and digests, and folders where an id alone does not do."""
    mods = zip(folders.mod_digests(loaded.mods, loaded.mod_folders), loaded.mod_folders, strict=True)
    return {
        "scenario": loaded.id,
        "scenario_folder": _folder_unless_known(loaded.id, loaded.folder),
        "scenario_digest": scenario.digest(loaded),
        "mods": [
            {"id": name, "digest": digest, "folder": _folder_unless_known(name, folder)}
            for (name, digest), folder in mods
        ],
    }


def recorded(header: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return the mods of a header as they are written to a file: with the way from there to their folders, too."""
    return {
        "scenario_beside": _way(header["scenario_folder"], path),
        "mods": [{**mod, "beside": _way(mod["folder"], path)} for mod in header["mods"]],
    }


def _way(folder: str, path: Path) -> str:
    """Return the way from the folder of a file to another folder, empty where there is none or it leads far away."""
    try:
        way = Path(os.path.relpath(folder, path.resolve().parent)).as_posix() if folder else ""
    except (ValueError, OSError, RuntimeError):  # another drive
        return ""
    return way if way.split("/").count("..") <= 2 else ""


def _folder_unless_known(name: str, folder: Path) -> str:
    known = folders.known().get(name)
    return "" if known is not None and known.resolve() == folder.resolve() else str(folder.resolve())


def found_again(header: dict[str, Any], path: Path) -> Scenario:
    """Return the scenario with its mods that the header of a save names.

    Raises
    ------
    SaveError
        It is not there any more, or it has been changed.
    """
    entry = {
        "id": header["scenario"],
        "folder": header["scenario_folder"],
        "beside": header.get("scenario_beside", ""),
        "digest": "",
    }
    chosen = _place(entry, "scenario", path)
    mods = [_place(mod, "mod", path) for mod in header["mods"]]
    try:
        loaded = scenario.load(chosen, mods)
        now = scenario.digest(loaded)
    except ScenarioError as error:
        raise SaveError(f"error: {path}: its scenario can no longer be read: {error.problems[0]}") from error
    except Exception as error:  # in files that have changed since, anything may be wrong
        raise SaveError(f"error: {path}: its scenario can no longer be read: {error}") from error
    if now != header["scenario_digest"]:
        raise SaveError(
            f"error: {path} was made with other files of {header['scenario']} and its mods than those found now"
            f"{_changed(header, loaded)}"
        )
    return loaded


def _place(entry: dict[str, Any], what: str, path: Path) -> Path:
    """Return the folder of a scenario or mod: where it stood, else the first that is as it was, else the first.

    Raises
    ------
    SaveError
        It is in none of them.
    """
    looked = _places(entry, path)
    there = [folder for folder in looked if _is_scenario(folder)]
    if entry["folder"] and there[:1] == looked[:1]:
        return there[0]
    known = folders.known().get(entry["id"])
    if known is not None:
        there.insert(len(there) if entry["folder"] else 0, known)
    if not there:
        places = ", ".join(harmless(str(folder)) for folder in looked)
        needed = f"needs the {what} {entry['id']!r}, which is not found here"
        raise SaveError(f"error: {path} {needed}: it is neither installed nor in {places}")
    if len(there) > 1 and entry["digest"]:
        return next((folder for folder in there if _is_as_it_was(folder, entry["digest"])), there[0])
    return there[0]


def _places(entry: dict[str, Any], path: Path) -> list[Path]:
    """Return where a scenario or mod may stand: where it stood, and beside the save, with which it may have moved."""
    beside = path.resolve().parent
    last = entry["folder"].replace("\\", "/").rstrip("/").rpartition("/")[2]
    names = [name for name in dict.fromkeys((last, entry["id"])) if name not in ("", ".", "..")]
    way = entry.get("beside", "")
    found = [Path(entry["folder"])] if entry["folder"] else []
    found += [beside / way] if isinstance(way, str) and way and not Path(way).is_absolute() else []
    for above in (beside, beside / "mods", beside / "scenarios"):
        found += [above / name for name in names]
    return list(dict.fromkeys(Path(os.path.normpath(folder)) for folder in found))


def _is_scenario(folder: Path) -> bool:
    try:
        return (folder / folders.HEADER_FILE).is_file()
    except (OSError, ValueError):
        return False


def _is_as_it_was(folder: Path, digest: str) -> bool:
    try:
        return folders.folder_digest(folder) == digest
    except OSError:
        return False


def _changed(header: dict[str, Any], loaded: Scenario) -> str:
    """Return which mods have changed since, in brackets; the scenario itself if none has."""
    now = dict(folders.mod_digests(loaded.mods, loaded.mod_folders))
    names = [mod["id"] for mod in header["mods"] if mod["digest"] and now.get(mod["id"]) != mod["digest"]]
    return f" ({', '.join(names or [loaded.base])} changed)"
