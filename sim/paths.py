"""Where bundled data, the user's own files and the cache live."""

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_data"
DATA_ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent
APP = "august-storm"
CACHE_VARIABLE, HOME_VARIABLE = "AUGUST_STORM_CACHE", "AUGUST_STORM_HOME"


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
    override = os.environ.get(CACHE_VARIABLE)
    return Path(override) if override else user_cache_path(APP)


def user_root() -> Path:
    """Return the folder for the user's saves, mods and settings (``AUGUST_STORM_HOME`` overrides it)."""
    override = os.environ.get(HOME_VARIABLE)
    return Path(override) if override else user_data_path(APP)
