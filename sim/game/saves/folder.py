"""Where saves stand and what their files are called; needs nothing of the engine."""

from pathlib import Path

from sim import paths

SUFFIX = ".save"
QUICK, AUTO = "quick", "auto"


def saves_root() -> Path:
    """Return the folder of the player's saves."""
    return paths.user_root() / "saves"


def autosaves(root: Path | None = None) -> list[Path]:
    """Return the files that were kept by themselves, the oldest first."""
    return sorted((root or saves_root()).glob(f"{AUTO}-*{SUFFIX}"), key=lambda path: path.stat().st_mtime)
