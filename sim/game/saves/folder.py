"""Where saves stand; needs nothing of the engine.

A player's saves stand in ``saves``, under the names that he gives them. Whatever the program keeps by itself stands in
a folder of its own below, where it alone chooses names: what it overwrites and deletes is never a player's.
"""

from pathlib import Path

from sim import paths

SUFFIX, JOURNAL_SUFFIX = ".save", ".journal"
PLAYER, QUICK, AUTO, EMERGENCY, REPLAY = "player", "quick", "autosave", "emergency", "replay"
KINDS = (PLAYER, QUICK, AUTO, EMERGENCY, REPLAY)  # what a file is, as its header says


def saves_root() -> Path:
    """Return the folder of the player's saves."""
    return paths.user_root() / "saves"


def kept_root(root: Path | None = None) -> Path:
    """Return the folder of what the program keeps by itself, below that of the player's saves."""
    return (root or saves_root()) / "autosaves"


def is_kept_by_itself(path: Path) -> bool:
    """Return whether a file stands in the program's own folder."""
    return path.parent.name == kept_root().name


def autosaves(root: Path | None = None) -> list[Path]:
    """Return the saves that were kept by themselves, the oldest first."""
    found = []
    for path in kept_root(root).glob(f"{AUTO}-*{SUFFIX}"):
        try:
            found.append((path.stat().st_mtime_ns, path))
        except OSError:
            continue  # it has gone meanwhile
    return [path for _, path in sorted(found)]
