"""Journals: whatever was ordered is on the disk, and a game that was killed goes on where it ended."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.errors import SaveError
from sim.game.campaign import Campaign
from sim.game.orders import Move
from sim.game.play.session import Session
from sim.game.records.digests import state_digest
from sim.game.saves import kept_games, player_saves
from sim.game.saves.headers import game_id
from sim.game.saves.journal import GameJournal
from sim.game.saves.journal_file import read_journal
from sim.game.saves.resume import continue_game, resume
from tests.support import sessions
from tests.support.places import ROOT
from tests.support.random_player import RandomPlayer

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("JOURNAL_KILLS", "20"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of its own for the player's files."""
    monkeypatch.setenv("AUGUST_STORM_HOME", str(tmp_path))
    return tmp_path


def begun(sides: tuple[str, ...] = ("soviet",), seed: int = 1, fog: bool = True) -> tuple[Session, GameJournal]:
    """Return a game on its first morning, with its journal."""
    session = Session(Campaign.start(sessions.scenario(), seed=seed, fog=fog), sides)
    journal = GameJournal(session)
    sessions.next_phase(session)
    journal.note()
    return session, journal


def assert_same(found: Session, session: Session) -> None:
    """Check that a game stands exactly as another."""
    assert state_digest(found.campaign.world) == state_digest(session.campaign.world)
    assert found.campaign.order_log.entries == session.campaign.order_log.entries
    assert found.campaign.order_log.digests == session.campaign.order_log.digests
    assert found.campaign.situation().phase == session.campaign.situation().phase
    assert list(found.standing.kept().items()) == list(session.standing.kept().items())
    assert found.sides == session.sides
    if len(session.sides) < 2:  # in a hot seat a save does not tell when the other side handed over
        assert found.day_began_at == session.day_began_at
    assert [day.turn for day in found.diary.days] == [day.turn for day in session.diary.days]
    assert game_id(found.campaign) == game_id(session.campaign)


@pytest.mark.parametrize("sides", [("soviet",), ("japan",), ("soviet", "japan")])
@pytest.mark.parametrize("seed", range(3))
def test_a_game_goes_on_where_it_ended(sides: tuple[str, ...], seed: int) -> None:
    session, journal = begun(sides, seed, fog=bool(seed % 2))
    player = RandomPlayer(session, seed)
    for day in range(4):
        for _ in range(12):
            player.command()
            journal.note()
        assert_same(resume(journal.path), session)
        sessions.next_phase(session)
        journal.note()
        if day == 1:
            player_saves.save_session(session, player_saves.autosave_path(session))
    assert player.done["undo"] > 0
    assert_same(resume(journal.path), session)


def test_orders_taken_back_and_given_again_are_followed() -> None:
    session, journal = begun()
    unit = session.campaign.unit("tanks")
    targets = sorted(session.reach(unit).left_mp10)[:2]
    for act in (
        lambda: session.give(Move("tanks", session.campaign.names.hex_label(targets[-1]))),
        lambda: session.hold([unit]),
        session.undo,
        session.undo,
        session.redo,
    ):
        act()
        journal.note()
        assert_same(resume(journal.path), session)
    lines = [json.loads(line) for line in journal.path.read_text().splitlines()]
    assert [line["keep"] for line in lines if "keep" in line] == [3, 2]


def test_a_torn_line_and_what_follows_it_are_dropped() -> None:
    session, journal = begun()
    session.hold([session.campaign.unit("tanks")])
    journal.note()
    whole = journal.path.read_bytes()
    entries = read_journal(journal.path).record.entries
    last = whole.rfind(b"\n", 0, -1) + 1
    for cut in range(last + 1, len(whole)):
        journal.path.write_bytes(whole[:cut])
        file = read_journal(journal.path)
        assert (file.record.entries, file.is_torn) == (entries[:-1], True)
    journal.path.write_bytes(whole + b"\0" * 100)
    assert read_journal(journal.path).record.entries == entries
    broken = bytearray(whole)
    broken[last + 5] ^= 1
    journal.path.write_bytes(broken + b'{"do":[],"evenings":[],"sum":"00000000"}\n')
    assert read_journal(journal.path).record.entries == entries[:-1]


def test_looking_at_an_earlier_turn_loses_nothing_until_an_order_is_given() -> None:
    session, journal = begun()
    early = player_saves.path_for("early")
    player_saves.save_session(session, early)
    sessions.next_phase(session)
    journal.note()
    journal.close()
    loaded = player_saves.load_session(early)
    other = GameJournal(loaded)
    other.note()
    assert other.path == journal.path
    assert_same(resume(journal.path), session)
    loaded.hold([loaded.campaign.unit("tanks")])
    other.note()
    assert_same(resume(journal.path), loaded)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file stays")
def test_a_journal_that_is_gone_or_was_replaced_is_written_anew() -> None:
    session, journal = begun()
    for unit, spoil in (("tanks", Path.unlink), ("guns", lambda path: path.with_suffix(".x").rename(path))):
        journal.path.with_suffix(".x").write_bytes(b"x")
        spoil(journal.path)
        session.hold([session.campaign.unit(unit)])
        journal.note()
        assert_same(resume(journal.path), session)


def test_a_disk_that_is_full_is_told_and_made_good_later(monkeypatch: pytest.MonkeyPatch) -> None:
    session, journal = begun()

    def fails(number: int) -> None:
        raise OSError(28, "No space left on device")

    session.hold([session.campaign.unit("tanks")])
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", fails)
        for _ in range(2):
            with pytest.raises(SaveError, match="No space left on device"):
                journal.note()
    journal.note()
    assert_same(resume(journal.path), session)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (["move", "nobody", "hailar"], "no unit 'nobody'"),
        (["move", "tanks", "h999999"], "no hex or place 'h999999'"),
        (["move", "tanks", 3], "not valid in an order"),
        (["standing", "tanks", "dance", "", ""], "no kind of standing order 'dance'"),
        (["phase", "atlantis"], "no side 'atlantis'"),
        (["attach", "tanks", "x"], "no headquarters 'x'"),
        (["rail", "tanks", "hailar"], "is no longer legal"),
        ("move", "no entry of an order log"),
        (["day"], "has no digest"),
    ],
)
def test_a_journal_with_orders_that_make_no_sense_is_refused(entry: object, reason: str) -> None:
    from sim.game.saves.journal_file import next_line

    _, journal = begun()
    line = next_line({"do": [entry], "evenings": []}, journal.path.read_bytes().splitlines(keepends=True)[-1])
    journal.path.write_bytes(journal.path.read_bytes() + line)
    with pytest.raises(SaveError, match=reason):
        resume(journal.path)


def test_a_journal_of_another_version_or_none_is_refused(home: Path) -> None:
    _, journal = begun()
    for content in (b"", b"x", b"{}\n", b"\0" * 50, journal.path.read_bytes()[:40]):
        (home / "x.journal").write_bytes(content)
        with pytest.raises(SaveError, match=r"is no journal|is damaged"):
            resume(home / "x.journal")


def test_a_game_whose_journal_is_gone_goes_on_from_its_newest_autosave() -> None:
    session, journal = begun()
    sessions.next_phase(session)
    journal.note()
    player_saves.save_session(session, player_saves.autosave_path(session))
    (game,) = kept_games.games()
    assert (game.title, game.turn, game.path) == (session.campaign.scenario.header.title, 2, journal.path)
    journal.path.write_bytes(b"x")
    (game,) = kept_games.games()
    assert_same(continue_game(game), session)


# --- kill -9

PLAYER = """
import sys
from pathlib import Path
from sim.game.play.session import Session
from sim.game.campaign import Campaign
from sim.game.records.digests import state_digest
from sim.game.saves import player_saves
from sim.game.saves.journal import GameJournal
from tests.support import sessions
from tests.support.random_player import RandomPlayer

folder, path, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
from sim.scenario import load
session = Session(Campaign.start(load(folder), seed=seed), ("soviet", "japan") if seed % 2 else ("soviet",))
journal = GameJournal(session, path)
player = RandomPlayer(session, seed)


def acknowledged() -> None:
    journal.note()
    print(state_digest(session.campaign.world).hex(), flush=True)


acknowledged()
while not session.campaign.is_over:
    for _ in range(8):
        if session.side_to_move is not None:
            player.command()
            acknowledged()
    session.advance()
    session.wait()
    acknowledged()
    if session.campaign.turn % 3 == 0:
        player_saves.save_session(session, path.with_name(f"turn-{session.campaign.turn}.save"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_game_that_is_killed_loses_at_most_the_order_being_given(seed: int, tmp_path: Path) -> None:
    folder, path = sessions.scenario().folder, tmp_path / "game.journal"
    with subprocess.Popen(
        [sys.executable, "-c", PLAYER, str(folder), str(path), str(seed)], stdout=subprocess.PIPE, cwd=ROOT
    ) as game:
        assert game.stdout is not None
        told = [game.stdout.readline()]  # it has begun
        time.sleep(random.Random(seed).uniform(0, 1.5))
        os.kill(game.pid, signal.SIGKILL)
        told += game.stdout.read().splitlines(keepends=True)
    digests = [line.decode().strip() for line in told if line.endswith(b"\n")]
    found = resume(path)
    now = state_digest(found.campaign.world).hex()
    if now != digests[-1]:  # one more order was on the disk before it could be acknowledged
        entries = read_journal(path).record.entries
        assert len(entries) > 0
        lines = path.read_bytes().splitlines(keepends=True)
        whole = read_journal(path)
        path.write_bytes(b"".join(lines[: -2 if whole.is_torn else -1]))
        assert state_digest(resume(path).campaign.world).hex() == digests[-1]
