"""Where bundled data, the user's own files and the cache live."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_data"
DATA_ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent
APP = "august-storm"


def scenarios_root() -> Path:
    """Return the folder of the scenarios shipped with this copy."""
    return DATA_ROOT / "scenarios"


def assets_root() -> Path:
    """Return the folder of the pictures, fonts and sounds shipped with this copy."""
    return DATA_ROOT / "assets"


def docs_root() -> Path:
    """Return the folder of the texts that the window shows: rules, glossary, notes."""
    return DATA_ROOT / "docs"


def licence_file() -> Path:
    """Return the file of this game's licence."""
    return DATA_ROOT / "LICENSE"


def cache_root() -> Path:
    """Return the folder for files that can be made again (``AUGUST_STORM_CACHE`` overrides it)."""
    override = os.environ.get("AUGUST_STORM_CACHE")
    return Path(override) if override else user_cache_path(APP)


def put_into_cache(target: Path, write: Callable[[Path], object]) -> None:
    """Write a file of the cache whole; programs and threads that make the same one at once do not disturb each other.

    ``write`` is given the name of a draft that nobody else uses.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.stem}-{os.getpid()}-{threading.get_ident()}.draft")
    try:
        write(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def user_root() -> Path:
    """Return the folder for the user's saves, mods and settings (``AUGUST_STORM_HOME`` overrides it)."""
    override = os.environ.get("AUGUST_STORM_HOME")
    return Path(override) if override else user_data_path(APP)
