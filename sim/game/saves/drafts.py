"""Drafts: files that are being written, beside their place, until they are renamed; and those of programs that died."""

import os
import re
import sys
from pathlib import Path

DRAFT = ".part"
_NAMED = re.compile(r"\.(\d{1,10})\.part$")


def draft_of(path: Path) -> Path:
    """Return where to write a file until it is whole; the name says which program writes it."""
    return path.with_name(f"{path.name}.{os.getpid()}{DRAFT}")


def sweep_drafts(*folders: Path) -> int:
    """Delete the drafts in these folders that no program is writing any more; return how many."""
    swept = 0
    for folder in folders:
        for draft in _listed(folder):
            found = _NAMED.search(draft.name)
            if found is None or not _is_alive(int(found[1])):
                try:
                    draft.unlink()
                    swept += 1
                except OSError:
                    pass  # somebody else swept it, or it is still open
    return swept


def _listed(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.glob(f"*{DRAFT}") if path.is_file() and not path.is_symlink()]
    except OSError:
        return []


def _is_alive(process: int) -> bool:
    """Return whether a program of this number runs; where that cannot be asked, an open file cannot be deleted."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
