"""``doctor``: does this installation have what it needs?"""

import importlib.metadata
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from sim import __version__, paths

PACKAGES = ("numpy", "numba", "llvmlite", "pygame-ce", "pygame_gui", "PyYAML", "pydantic", "typer", "rich")
MORE_PACKAGES = ("platformdirs", "pyarrow", "plotly", "pillow")
REINSTALL_PYGAME = "python -m pip install --force-reinstall --no-deps pygame-ce"


def examine() -> bool:
    """Print one line for each check and return whether all of them passed."""
    console = Console(highlight=False, soft_wrap=True)
    checks: tuple[Callable[[], tuple[bool, str]], ...] = (
        check_python,
        check_packages,
        check_pygame,
        check_scenarios,
        check_assets,
        check_kernel_cache,
        check_user_folder,
    )
    console.print(f"August Storm {__version__} on {platform.system()} {platform.machine()}")
    healthy = True
    for check in checks:
        passed, message = check()
        healthy = healthy and passed
        console.print(f"[{'green' if passed else 'red'}]{'ok   ' if passed else 'wrong'}[/] {message}")
    console.print("All is well." if healthy else "Fix the lines marked wrong.")
    return healthy


def check_python() -> tuple[bool, str]:
    """Python is new enough."""
    return sys.version_info >= (3, 11), f"Python {platform.python_version()} (3.11 or newer is needed)"


def check_packages() -> tuple[bool, str]:
    """Every package of the core is installed."""
    found, missing = [], []
    for name in (*PACKAGES, *MORE_PACKAGES):
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return False, f"packages missing: {', '.join(missing)}"
    return True, f"packages: {', '.join(found)}"


def check_pygame() -> tuple[bool, str]:
    """The ``pygame`` module is the maintained edition; read from its files, so that no window or sound is opened."""
    upstream = _installed("pygame")
    maintained = _installed("pygame-ce")
    if maintained and not upstream:
        return True, "the pygame module is pygame-ce"
    reason = "upstream pygame shadows pygame-ce" if maintained else "pygame-ce is not installed"
    return False, f"{reason}; fix it with: python -m pip uninstall pygame; {REINSTALL_PYGAME}"


def _installed(distribution: str) -> bool:
    try:
        importlib.metadata.distribution(distribution)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def check_scenarios() -> tuple[bool, str]:
    """The shipped scenarios are found."""
    root = paths.scenarios_root()
    names = sorted(entry.parent.name for entry in root.glob("*/scenario.yaml"))
    return bool(names), f"scenarios in {root}: {', '.join(names) or 'none'}"


def check_assets() -> tuple[bool, str]:
    """The shipped fonts are found."""
    root = paths.assets_root()
    return any(root.glob("fonts/*.ttf")), f"fonts and pictures in {root}"


def check_kernel_cache() -> tuple[bool, str]:
    """Compiled kernels can be kept and are what was written; says whether those of these sources are there."""
    from sim.cache import ADVICE, why_not_writable
    from sim.kernels.compiler.cache_folder import is_finished, wanted_folder
    from sim.kernels.compiler.cached_code import damaged_files

    cache = wanted_folder()
    damaged = len(damaged_files(cache))
    if damaged:
        files = f"{damaged} damaged file{'s' * (damaged != 1)}"
        return False, f"kernel cache {cache}: {files}; compile anew: august-storm warmup"
    why = why_not_writable(cache)
    if is_finished(cache):
        return True, f"kernel cache {cache} (compiled{f'; {why}' if why else ''})"
    if why:
        return False, f"kernel cache {cache}: {why}; kernels are compiled in every session; {ADVICE}"
    return True, f"kernel cache {cache} (not compiled yet: august-storm warmup)"


def check_user_folder() -> tuple[bool, str]:
    """Saves and settings can be written."""
    root = paths.user_root()
    if _writable(root):
        return True, f"saves and mods in {root}"
    return False, f"saves and mods in {root}: it cannot be written; set {paths.HOME_VARIABLE} to a folder that can be"


def _writable(folder: Path) -> bool:
    """Return whether files can be made in ``folder``, or in the nearest parent that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
