"""The player's saves: named ones, a quick one, and the last few turns kept by themselves."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sim.errors import SaveError
from sim.game.play.session import Session
from sim.game.records.daily_figures import Diary
from sim.game.saves.campaign_save import PreparedSave, Saved, prepare_save, read_header, read_save, resumed, write_save
from sim.game.saves.folder import AUTO, QUICK, SUFFIX, autosaves, saves_root
from sim.game.saves.replay import replay_from
from sim.game.saves.replay_session import ReplaySession

AUTOSAVES_KEPT = 5
_UNFIT = re.compile(r"[^\w\- ]+")


@dataclass(frozen=True)
class SaveInfo:
    """One save in a list.

    Attributes
    ----------
    path : Path
    name : str
        As the player knows it.
    title : str
        Of the scenario.
    date : date
        Of the turn that is played next.
    turn : int
    sides : tuple of str
        Led by people.
    saved_at : datetime
    is_over : bool
    picture : bytes
        A PNG; empty if there is none.
    days : int
        Days that can be gone through again.
    """

    path: Path
    name: str
    title: str
    date: date
    turn: int
    sides: tuple[str, ...]
    saved_at: datetime
    is_over: bool
    picture: bytes
    days: int

    @property
    def has_replay(self) -> bool:
        """Return whether there is a day that can be watched again."""
        return self.days > 0


def list_saves(root: Path | None = None) -> tuple[list[SaveInfo], list[str]]:
    """Return the saves, the newest first, and the problems of those that cannot be read."""
    found, problems = [], []
    for path in (root or saves_root()).glob(f"*{SUFFIX}"):
        try:
            found.append(look(path))
        except SaveError as error:
            problems.append(str(error))
    return sorted(found, key=lambda info: info.saved_at, reverse=True), sorted(problems)


def look(path: Path) -> SaveInfo:
    """Return what a list shows of a save.

    Raises
    ------
    SaveError
    """
    header, picture = read_header(path)
    return SaveInfo(
        path,
        name_of(path),
        str(header["title"]),
        date.fromisoformat(header["date"]),
        int(header["turn"]),
        tuple(header["game"].get("sides", ())),
        datetime.fromtimestamp(path.stat().st_mtime),
        bool(header["over"]),
        picture,
        int(header["last_day"]),
    )


def name_of(path: Path) -> str:
    """Return the name of a save as the player knows it."""
    stem = path.stem
    if stem == QUICK:
        return "Quick save"
    return "Autosave" if stem.startswith(f"{AUTO}-") else stem


def path_for(name: str) -> Path:
    """Return the file for a save that a player names.

    Raises
    ------
    SaveError
        Nothing of the name is fit for a file.
    """
    fit = " ".join(_UNFIT.sub(" ", name).split())[:60]
    if not fit:
        raise SaveError("error: a save needs a name with letters or digits")
    return saves_root() / f"{fit}{SUFFIX}"


def unused(path: Path) -> Path:
    """Return a file that is not there yet: this one, or one of the same name with a number."""
    numbered = (path.with_stem(f"{path.stem} {number}") for number in range(2, 10_000))
    return path if not path.exists() else next(one for one in numbered if not one.exists())


def quick_save_path() -> Path:
    """Return the file of the quick save."""
    return saves_root() / f"{QUICK}{SUFFIX}"


def autosave_path(session: Session) -> Path:
    """Return the file that keeps the turn that is open now: the oldest of the last few, once there are enough."""
    kept = autosaves()
    for path in kept[: max(len(kept) - AUTOSAVES_KEPT + 1, 0)]:
        path.unlink(missing_ok=True)
    return saves_root() / f"{AUTO}-{session.campaign.scenario.id}-turn-{session.campaign.turn:02}{SUFFIX}"


def prepare(session: Session) -> PreparedSave:
    """Return a game as it stands, to be written later with ``write_save``.

    Raises
    ------
    SaveError
        The computer has the move.
    """
    if session.is_thinking:
        raise SaveError("error: the computer is moving; save when it has finished")
    memo = {
        "sides": list(session.sides),
        "day_began_at": session.day_began_at,
        "diary": session.diary.to_json(),
        "standing": session.standing.to_json(),
    }
    return prepare_save(session.campaign, memo)


def save_session(session: Session, path: Path, picture: bytes = b"") -> None:
    """Write a game to a file.

    Raises
    ------
    SaveError
        It cannot be written, or the computer has the move.
    """
    write(prepare(session), path, picture)


def write(prepared: PreparedSave, path: Path, picture: bytes = b"") -> None:
    """Write what was prepared, in a folder that is made where it is missing.

    Raises
    ------
    SaveError
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(f"error: cannot save to {path}: {error.strerror}") from error
    write_save(prepared, path, picture)


@dataclass(frozen=True)
class _Table:
    """What the table around a campaign remembers of it."""

    sides: tuple[str, ...]
    day_began_at: int
    diary: Diary


def _table_of(saved: Saved) -> _Table:
    game = saved.header["game"]
    try:
        sides, began_at = tuple(game.get("sides", ())), int(game.get("day_began_at", 0))
        if set(sides) <= set(saved.campaign.side_ids):
            return _Table(sides, began_at, Diary.from_json(game.get("diary", ())))
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        pass
    raise SaveError(f"error: {saved.path} is damaged: its session data are inconsistent")


def load_session(path: Path) -> Session:
    """Return the game that was saved to a file, as it stood.

    Raises
    ------
    SaveError
    """
    saved = read_save(path)
    table = _table_of(saved)
    session = Session(resumed(saved), table.sides)
    session.day_began_at, session.diary = table.day_began_at, table.diary
    session.standing.from_json(saved.header["game"].get("standing", []))
    return session


def load_replay(path: Path) -> ReplaySession:
    """Return the replay in a save; where the game is not over, as its player sees it.

    Raises
    ------
    SaveError
    """
    saved = read_save(path)
    table = _table_of(saved)
    hides = saved.campaign.fog and bool(table.sides) and not saved.now.world.clock["decided"][0]
    eyes = table.sides[0] if hides else None
    return ReplaySession(replay_from(saved), table.diary, eyes, hides_something=hides)
