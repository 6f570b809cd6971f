"""Files of the cache are written whole, whoever else writes the same one at the same moment."""

from pathlib import Path
from threading import Barrier, Thread

import pytest

from sim.paths import put_into_cache


def test_two_who_make_the_same_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    target, both_have_written, failed = tmp_path / "maps" / "one.png", Barrier(2), []

    def make(text: str) -> None:
        def write(draft: Path) -> None:
            draft.write_text(text)
            both_have_written.wait(10)

        try:
            put_into_cache(target, write)
        except OSError as error:
            failed.append(error)

    makers = [Thread(target=make, args=(text,)) for text in ("first", "second")]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert not failed
    assert target.read_text() in ("first", "second")
    assert [path.name for path in target.parent.iterdir()] == ["one.png"]


def test_a_draft_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def write(draft: Path) -> None:
        draft.write_text("half")
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        put_into_cache(tmp_path / "one.png", write)
    assert not list(tmp_path.iterdir())
