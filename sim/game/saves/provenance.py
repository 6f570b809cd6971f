"""Which files a campaign was made of, as a save tells of them, and finding the same ones again."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from sim import scenario
from sim.errors import SaveError, ScenarioError
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
    chosen = _place(header["scenario"], header["scenario_folder"], "scenario", path)
    mods = [_place(mod["id"], mod["folder"], "mod", path) for mod in header["mods"]]
    try:
        loaded = scenario.load(chosen, mods)
    except ScenarioError as error:
        raise SaveError(f"error: {path}: its scenario can no longer be read: {error.problems[0]}") from error
    if scenario.digest(loaded) != header["scenario_digest"]:
        raise SaveError(
            f"error: {path} was made with other files of {header['scenario']} and its mods than those found now"
            f"{_changed(header, loaded)}"
        )
    return loaded


def _place(name: str, folder: str, what: str, path: Path) -> str:
    """Return by what to load a scenario or mod: the folder where it stood, else its id."""
    if folder and Path(folder).is_dir():
        return folder
    if name in folders.known():
        return name
    raise SaveError(f"error: {path} needs the {what} {name!r}, which is not found here")


def _changed(header: dict[str, Any], loaded: Scenario) -> str:
    """Return which mods have changed since, in brackets; the scenario itself if none has."""
    now = dict(folders.mod_digests(loaded.mods, loaded.mod_folders))
    names = [mod["id"] for mod in header["mods"] if mod["digest"] and now.get(mod["id"]) != mod["digest"]]
    return f" ({', '.join(names or [loaded.base])} changed)"
