"""The player's saves: named ones, a quick one for each game, and the last few turns kept by themselves.

What a file is stands in its header. The program overwrites and deletes only in a folder of its own (``folder``).
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sim.errors import SaveError
from sim.game.play.session import Session
from sim.game.play.standing_orders import MARCH
from sim.game.play.standing_orders import RAIL as BY_RAIL
from sim.game.records.daily_figures import PAIRS, Diary
from sim.game.saves import kept_games
from sim.game.saves.campaign_save import PreparedSave, Saved, prepare_save, read_save, resumed, write_save
from sim.game.saves.container import damaged
from sim.game.saves.folder import (
    AUTO,
    EMERGENCY,
    KINDS,
    PLAYER,
    QUICK,
    SUFFIX,
    is_kept_by_itself,
    kept_root,
    saves_root,
)
from sim.game.saves.headers import game_id, read_header
from sim.game.saves.replay import replay_from
from sim.game.saves.replay_session import ReplaySession
from sim.kernels import codes
from sim.printable import harmless, quoted

KIND_WORDS = {QUICK: "Quick save", AUTO: "Autosave", EMERGENCY: "Emergency save"}
_UNFIT = re.compile(r"[^\w\- ]+")
_RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))


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
    kind : str
        What the file is, one of ``folder.KINDS``.
    game_id : str
        Of which game; empty in older files.
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
    kind: str = PLAYER
    game_id: str = ""

    @property
    def has_replay(self) -> bool:
        """Return whether there is a day that can be watched again."""
        return self.days > 0


def list_saves(root: Path | None = None) -> tuple[list[SaveInfo], list[str]]:
    """Return the saves, the newest first, and the problems of those that cannot be read, one line each.

    Only headers and pictures are unpacked. Whatever is wrong with one file keeps no other from the list.
    """
    found: list[SaveInfo] = []
    problems: list[str] = []
    for folder in (root or saves_root(), kept_root(root)):
        try:
            paths = list(folder.glob(f"*{SUFFIX}"))
        except OSError as error:
            problems.append(f"error: cannot read {folder}: {error.strerror}")
            continue
        for path in paths:
            try:
                found.append(look(path))
            except SaveError as error:
                problems.append(harmless(str(error)))
            except Exception as error:  # unforeseen: the problem of this file alone
                problems.append(harmless(f"error: {path} cannot be read: {quoted(str(error) or type(error).__name__)}"))
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
        KIND_WORDS.get(header["kind"], harmless(path.stem)),
        header["title"],
        date.fromisoformat(header["date"]),
        header["turn"],
        tuple(header["game"].get("sides", ())),
        kept_games.saved_at(header, path),
        header["over"],
        picture,
        header["last_day"],
        header["kind"],
        header["game_id"],
    )


def name_of(path: Path) -> str:
    """Return the name of a save as the player knows it."""
    return KIND_WORDS.get(_kind_at(path), harmless(path.stem))


def _kind_at(path: Path) -> str:
    """Return what a file is that is written to a path: in the program's own folder its name says it."""
    word = path.name.partition("-")[0]
    return word if is_kept_by_itself(path) and word in KINDS else PLAYER


def path_for(name: str) -> Path:
    """Return the file for a save that a player names.

    Raises
    ------
    SaveError
        Nothing of the name is fit for a file.
    """
    fit = " ".join(_UNFIT.sub(" ", name).split())
    while len(fit.encode()) > 180:  # a file's name has at most 255 bytes
        fit = fit[:-1]
    fit = fit[:60].strip()
    if not fit:
        raise SaveError("error: a save needs a name with letters or digits")
    return saves_root() / f"{fit}{'_' if fit.lower() in _RESERVED else ''}{SUFFIX}"


def unused(path: Path) -> Path:
    """Return a file that is not there yet: this one, or one of the same name with a number."""
    numbered = (path.with_stem(f"{path.stem} {number}") for number in range(2, 10_000))
    return path if not path.exists() else next(one for one in numbered if not one.exists())


def quick_save_path(session: Session) -> Path:
    """Return the file of the quick save of a game."""
    return _kept_path(session, QUICK)


def autosave_path(session: Session) -> Path:
    """Return the file that keeps the turn of a game that is open now; ``write`` then deletes what is too old."""
    return _kept_path(session, AUTO, f"turn-{session.campaign.turn:02}")


def emergency_path(session: Session) -> Path:
    """Return the file that keeps a game whose program is about to end."""
    return _kept_path(session, EMERGENCY)


def _kept_path(session: Session, kind: str, *more: str) -> Path:
    return kept_root() / f"{'-'.join((kind, game_id(session.campaign), *more))}{SUFFIX}"


def prepare(session: Session) -> PreparedSave:
    """Return a game as it stands, to be written later with ``write``.

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
    """Write what was prepared, in a folder that is made where it is missing; of autosaves the oldest then go.

    Raises
    ------
    SaveError
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(f"error: cannot save to {path}: {error.strerror}") from error
    kind = _kind_at(path)
    write_save(replace(prepared, header={**prepared.header, "kind": kind}), path, picture)
    if kind == AUTO:
        kept_games.prune(path.parent)


@dataclass(frozen=True)
class _Table:
    """What the table around a campaign remembers of it."""

    sides: tuple[str, ...]
    day_began_at: int
    diary: Diary


def _table_of(saved: Saved) -> _Table:
    game, campaign = saved.header["game"], saved.campaign
    try:
        sides, began_at = tuple(game.get("sides", ())), int(game.get("day_began_at", 0))
        diary = Diary.from_json(game.get("diary", ()))
        _check_diary(diary, saved)
        _check_standing(game.get("standing", []))
        if set(sides) <= set(campaign.side_ids) and 0 <= began_at <= int(saved.now.world.clock["n_events"][0]):
            return _Table(sides, began_at, diary)
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError):
        pass
    raise damaged(saved.path, "its session data are inconsistent")


def _check_diary(diary: Diary, saved: Saved) -> None:
    """Raise ``ValueError`` where a day of the diary was not played, or its figures are none."""
    if not set(diary.as_seen) <= set(saved.campaign.side_ids):
        raise ValueError("a side that is not there")
    for days in (diary.days, *diary.as_seen.values()):
        turns = [day.turn for day in days]
        if turns != sorted(set(turns)) or (turns and not 0 <= turns[0] <= turns[-1] <= saved.now.turns_played):
            raise ValueError("the days are not those that were played")
        for day in days:
            figures = [*(figure for name in PAIRS for figure in getattr(day, name)), *day.supply[0], *day.supply[1]]
            sound = all(abs(figure) < 2**53 for figure in (*figures, *day.depth_km.values()))
            states = {len(of_side) for of_side in day.supply}
            armies = set(day.depth_km) <= set(range(len(saved.campaign.names.formations)))
            if not sound or states != {len(codes.SUPPLY_STATES)} or not armies:
                raise ValueError("no figures of a day")


def _check_standing(kept: Any) -> None:
    """Raise an error where standing orders are not plain lines, or one that goes nowhere has a goal."""
    if not isinstance(kept, list):
        raise TypeError("no list")
    for order in kept:
        if not all(isinstance(text, str) and len(text) <= 1000 and text.isprintable() for text in order.values()):
            raise ValueError("no texts of one line")
        if order.get("to") and order["kind"] not in (MARCH, BY_RAIL):
            raise ValueError("it goes nowhere")


def load_session(path: Path) -> Session:
    """Return the game that was saved to a file, as it stood.

    Raises
    ------
    SaveError
    """
    return session_of(read_save(path))


def session_of(saved: Saved) -> Session:
    """Return the game that was read from a file, as it stood.

    Raises
    ------
    SaveError
        What the table around the campaign remembers is inconsistent.
    """
    table = _table_of(saved)
    session = Session(resumed(saved), table.sides)
    session.day_began_at, session.diary = table.day_began_at, table.diary
    try:
        session.standing.from_json(saved.header["game"].get("standing", []))
    except SaveError as error:
        raise damaged(saved.path, "its session data are inconsistent") from error
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
