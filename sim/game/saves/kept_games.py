"""What the program keeps by itself: of each game the last autosaves and its journal, and of all games the last few."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sim.game.saves.folder import AUTO, EMERGENCY, JOURNAL_SUFFIX, SUFFIX, kept_root, saves_root
from sim.game.saves.headers import peeked
from sim.game.saves.journal_file import read_head
from sim.output import sweep_drafts

SAVES_OF_A_GAME, GAMES = 5, 20


@dataclass(frozen=True)
class KeptFile:
    """One file that the program keeps.

    Attributes
    ----------
    path : Path
    kind : str
        One of ``folder.KINDS``, empty for a journal.
    game_id : str
    at : datetime
        When it was written last.
    header : mapping
    """

    path: Path
    kind: str
    game_id: str
    at: datetime
    header: Mapping[str, Any]


@dataclass(frozen=True)
class KeptGame:
    """A game that can be continued.

    Attributes
    ----------
    game_id : str
    title : str
        Of the scenario.
    date : date
        Of the turn that is played next, as the newest file says; a journal may lead further.
    turn : int
    sides : tuple of str
        Led by people.
    at : datetime
        When it was played last.
    files : tuple of KeptFile
        The newest first.
    """

    game_id: str
    title: str
    date: date
    turn: int
    sides: tuple[str, ...]
    at: datetime
    files: tuple[KeptFile, ...]

    @property
    def path(self) -> Path:
        """Return the file from which to go on: its journal, else its newest save."""
        return next((file.path for file in self.files if not file.kind), self.files[0].path)


def games(root: Path | None = None) -> list[KeptGame]:
    """Return the games that can be continued, the one played last first; files that cannot be read are left out."""
    by_game: dict[str, list[KeptFile]] = defaultdict(list)
    for file in _files(kept_root(root)):
        if file.kind in (AUTO, EMERGENCY, ""):
            by_game[file.game_id or file.path.stem].append(file)
    found = [_game(name, sorted(files, key=_age, reverse=True)) for name, files in by_game.items()]
    return sorted(found, key=lambda game: game.at, reverse=True)


def _age(file: KeptFile) -> datetime:
    return file.at


def _game(name: str, files: list[KeptFile]) -> KeptGame:
    header = files[0].header
    return KeptGame(
        name,
        header["title"],
        date.fromisoformat(header["date"]),
        header["turn"],
        tuple(header["game"].get("sides", ())),
        files[0].at,
        tuple(files),
    )


def _files(folder: Path) -> Iterator[KeptFile]:
    """Yield what stands in the program's own folder, as far as it can be read."""
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return
    for path in paths:
        try:
            if path.suffix == SUFFIX:
                header = peeked(path)
                yield KeptFile(path, header["kind"], header["game_id"], saved_at(header, path), header)
            elif path.suffix == JOURNAL_SUFFIX:
                header = read_head(path)
                yield KeptFile(path, "", header["game_id"], _written(path), header)
        except Exception:  # unforeseen or not: it is the problem of this file alone, and ``list_saves`` tells it
            continue


def saved_at(header: Mapping[str, Any], path: Path) -> datetime:
    """Return when a save was written: as its header says, else as its file does."""
    try:
        said = datetime.fromisoformat(header["saved_at"])
        return said.astimezone().replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return _written(path)


def _written(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime)
    except OSError:
        return datetime.min  # it has gone meanwhile


def prune(folder: Path | None = None) -> None:
    """Delete all but the last few autosaves of each game, and what was kept of all but the last few games.

    What a player saved stays, also in this folder: by its header it is his.
    """
    by_game: dict[str, list[KeptFile]] = defaultdict(list)
    for file in _files(folder or kept_root()):
        if file.kind in (AUTO, EMERGENCY, ""):
            by_game[file.game_id].append(file)
    kept = sorted(by_game.values(), key=lambda files: max(file.at for file in files), reverse=True)
    for number, files in enumerate(kept):
        autosaves = sorted((file for file in files if file.kind == AUTO), key=_age, reverse=True)
        for file in files if number >= GAMES else autosaves[SAVES_OF_A_GAME:]:
            try:
                file.path.unlink(missing_ok=True)
            except OSError:
                continue  # open in another program: next time


def tidy_up() -> None:
    """Sweep the drafts of programs that died, and delete what is old: at the start of the program."""
    sweep_drafts(saves_root(), kept_root())
    prune()
