"""The cache of compiled kernels belongs to exactly these sources: whatever changes in any wing, it is another cache."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.kernels.compiler import cache_folder


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of all kernel sources, which the digest is then asked about."""
    copy = tmp_path / "kernels"
    shutil.copytree(cache_folder.KERNELS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache_folder, "KERNELS", copy)
    cache_folder.source_digest.cache_clear()
    yield copy
    cache_folder.source_digest.cache_clear()


def digest() -> str:
    """Return the digest of the sources as they now are."""
    cache_folder.source_digest.cache_clear()
    return cache_folder.source_digest()


def test_every_wing_counts(sources: Path) -> None:
    files = cache_folder.kernel_sources()
    assert len(files) >= 85
    assert {file.parent.name for file in files} >= {"compiler", "state", "supply", "combat", "turn", "kernels"}


def test_a_new_file_in_a_new_wing_changes_the_digest(sources: Path) -> None:
    before = digest()
    (sources / "air").mkdir()
    (sources / "air" / "sorties.py").write_text("", encoding="utf-8")
    assert digest() != before


@pytest.mark.parametrize("name", ["supply/flood.py", "ground/flood.py", "combat/battle.py", "codes.py"])
def test_an_edit_anywhere_changes_the_digest(sources: Path, name: str) -> None:
    before = digest()
    with (sources / name).open("a", encoding="utf-8") as file:
        file.write("# edited\n")
    assert digest() != before


def test_files_that_change_places_change_the_digest(sources: Path) -> None:
    """Two wings have a ``flood.py``: names alone would not tell one from the other."""
    before = digest()
    one, other = sources / "supply" / "flood.py", sources / "ground" / "flood.py"
    text = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(text)
    assert digest() != before


def test_nothing_but_sources_counts(sources: Path) -> None:
    before = digest()
    (sources / "supply" / "notes.txt").write_text("", encoding="utf-8")
    assert digest() == before
