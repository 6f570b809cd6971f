"""What the program keeps by itself: told by headers and by its own folder, game by game, never by a player's names."""

import json
from pathlib import Path

import pytest

from sim.game.play.session import Session
from sim.game.saves import folder, kept_games, player_saves
from sim.game.saves.campaign_save import save_campaign
from sim.game.saves.container import read_file, write_file
from sim.game.saves.headers import HEADER, game_id, peeked
from sim.game.saves.journal import GameJournal
from tests.support import sessions

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of its own for the player's files."""
    monkeypatch.setenv("AUGUST_STORM_HOME", str(tmp_path))
    return tmp_path


def autosave(session: Session) -> Path:
    """Keep a game as the window does at the beginning of a turn."""
    path = player_saves.autosave_path(session)
    player_saves.save_session(session, path)
    return path


def played(session: Session, days: int) -> None:
    for _ in range(days):
        autosave(session)
        sessions.next_phase(session)


def without(path: Path, *names: str) -> None:
    """Take entries out of the header of a save, as those of older versions lack them."""
    members = dict(read_file(path).members)
    header = {name: value for name, value in json.loads(members[HEADER]).items() if name not in names}
    write_file(path, {**members, HEADER: json.dumps(header).encode()})


def test_players_names_mean_nothing_to_the_program() -> None:
    session = sessions.opened()
    names = ["auto-tiny-turn-01", "auto-x", "quick", "autosave", "emergency-1", "autosaves"]
    for name in names:
        player_saves.save_session(session, player_saves.path_for(name))
    before = {path: path.read_bytes() for path in folder.saves_root().glob("*.save")}
    assert len(before) == len(names)
    player_saves.save_session(session, player_saves.quick_save_path(session))
    played(session, 8)
    kept_games.tidy_up()
    assert {path: path.read_bytes() for path in before} == before
    infos = player_saves.list_saves()[0]
    assert sorted(info.name for info in infos if info.kind == "player") == sorted(names)
    assert [info.name for info in infos if info.kind == "quick"] == ["Quick save"]


def test_a_players_save_in_the_programs_folder_is_still_his() -> None:
    session = sessions.opened()
    path = folder.kept_root() / "autosave-mine.save"
    path.parent.mkdir(parents=True)
    save_campaign(session.campaign, path)
    played(session, 8)
    assert path.exists()
    assert peeked(path)["kind"] == "player"


def test_every_game_keeps_its_own_last_turns() -> None:
    first, second = sessions.opened(), sessions.opened()
    assert game_id(first.campaign) != game_id(second.campaign)
    played(first, 7)
    played(second, 7)
    infos = player_saves.list_saves()[0]
    for session in (first, second):
        mine = [info for info in infos if info.game_id == game_id(session.campaign)]
        assert sorted(info.turn for info in mine) == [3, 4, 5, 6, 7]
        assert {info.kind for info in mine} == {"autosave"}


def test_a_game_that_is_loaded_is_the_same_game(home: Path) -> None:
    session = sessions.opened()
    player_saves.save_session(session, home / "x.save")
    one, other = player_saves.load_session(home / "x.save"), player_saves.load_session(home / "x.save")
    assert game_id(one.campaign) == game_id(other.campaign) == game_id(session.campaign)
    without(home / "x.save", "kind", "game_id", "saved_at")
    one, other = player_saves.load_session(home / "x.save"), player_saves.load_session(home / "x.save")
    assert len({game_id(one.campaign), game_id(other.campaign), game_id(session.campaign)}) == 3


def test_saves_without_a_kind_are_the_players_unless_they_stand_in_the_programs_folder(home: Path) -> None:
    session = sessions.opened()
    old = folder.saves_root() / "auto-tiny-turn-01.save"
    player_saves.save_session(session, old)
    without(old, "kind", "game_id", "saved_at")
    kept = autosave(session)
    without(kept, "kind", "game_id", "saved_at")
    assert (player_saves.look(old).kind, player_saves.look(kept).kind) == ("player", "autosave")


def test_only_the_last_games_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_games, "GAMES", 3)
    games = []
    for _ in range(5):
        session = sessions.opened()
        GameJournal(session).close()
        player_saves.save_session(session, player_saves.quick_save_path(session))
        autosave(session)
        games.append(game_id(session.campaign))
    assert [game.game_id for game in kept_games.games()] == games[:1:-1]
    assert {peeked(path)["game_id"] for path in folder.kept_root().glob("quick-*.save")} == set(games)


def test_a_game_that_can_be_continued_is_named() -> None:
    session = sessions.opened()
    journal = GameJournal(session)
    played(session, 2)
    journal.note()
    (game,) = kept_games.games()
    assert (game.title, game.turn, game.date) == (
        session.campaign.scenario.header.title,
        session.campaign.turn,
        session.campaign.today,
    )
    assert (game.sides, game.path) == (("soviet",), journal.path)


def test_a_kept_file_that_cannot_be_read_hides_no_other() -> None:
    session = sessions.opened()
    path = autosave(session)
    (folder.kept_root() / "autosave-x.save").write_bytes(b"x")
    (folder.kept_root() / "x.journal").write_bytes(b"x")
    assert [game.path for game in kept_games.games()] == [path]
    kept_games.prune()
    assert (folder.kept_root() / "x.journal").exists()


def test_a_campaign_that_nobody_led_is_kept_as_a_replay(home: Path) -> None:
    session = sessions.opened()
    campaign = session.campaign.afresh()
    campaign.run()
    save_campaign(campaign, home / "x.save")
    assert player_saves.look(home / "x.save").kind == "replay"


@pytest.mark.parametrize("name", ["con", "LPT1", "x" * 300, "ж" * 300, "a/b\\c:d", " . x . "])
def test_any_name_becomes_a_file(name: str) -> None:
    session = sessions.opened()
    path = player_saves.path_for(name)
    player_saves.save_session(session, path)
    assert path.parent == folder.saves_root()
    assert len(path.name.encode()) < 200
    assert path.stem.lower() not in ("con", "lpt1")
