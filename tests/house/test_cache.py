"""Files of the cache are made once, and where the cache cannot be written they last for the session."""

from pathlib import Path

import pytest

from sim import cache
from sim.cache import cached_file, session_root


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the cache folder, which is not there yet."""
    monkeypatch.setenv("AUGUST_STORM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "session_root", lambda: tmp_path / "session")
    return tmp_path / "cache"


def test_a_file_is_made_once(root: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"picture"

    assert [cached_file("maps/one.png", make) for _ in range(2)] == [root / "maps" / "one.png"] * 2
    assert made == [1]


def test_an_empty_file_is_made_anew(root: Path) -> None:
    (root / "maps").mkdir(parents=True)
    (root / "maps" / "one.png").write_bytes(b"")
    assert cached_file("maps/one.png", lambda: b"picture").read_bytes() == b"picture"


def test_without_a_cache_folder_the_file_lasts_for_the_session(root: Path, tmp_path: Path) -> None:
    root.write_text("a file where the folder should be")
    found = cached_file("maps/one.png", lambda: b"picture")
    assert found == tmp_path / "session" / "maps" / "one.png"
    assert found.read_bytes() == b"picture"


def test_the_folder_of_the_session_is_one() -> None:
    assert session_root() is session_root()
    assert session_root().is_dir()
