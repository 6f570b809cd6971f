"""The journal of a game that is being played: every order on the disk as soon as it is given, until the next one.

It follows the order log of the campaign. ``note`` writes what has changed in it since the last call, be it an order,
one that was taken back or given again, the end of a phase or a standing order, and returns when the disk has it. A
program that is killed loses the order that it was just carrying out, and no other; ``resume`` brings the game back.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from sim import __version__
from sim.errors import SaveError
from sim.game.play.session import Session
from sim.game.records.order_log import Entry, plain
from sim.game.saves.container import write_whole
from sim.game.saves.folder import JOURNAL_SUFFIX, kept_root
from sim.game.saves.headers import game_id
from sim.game.saves.journal_file import first_line, next_line
from sim.game.saves.provenance import origin, recorded
from sim.kernels.compiler.kernel import source_digest


def journal_path(session: Session) -> Path:
    """Return the journal of a game: it has one, beside its autosaves."""
    return kept_root() / f"{game_id(session.campaign)}{JOURNAL_SUFFIX}"


class GameJournal:
    """Writes down what is ordered in a game, as it is ordered.

    A journal of the same game that is there already, from before it was loaded, is replaced by the first order that is
    given now, not before: whoever only looks at an earlier turn loses nothing.

    Parameters
    ----------
    session : Session
    path : Path, optional
        Instead of ``journal_path``.

    Raises
    ------
    SaveError
        It cannot be written.
    """

    def __init__(self, session: Session, path: Path | None = None) -> None:
        self.session = session
        self.path = journal_path(session) if path is None else path
        self._file: IO[bytes] | None = None
        self._line = b""
        self._order_log = session.campaign.order_log
        self._entries: tuple[Entry, ...] = self._order_log.entries
        self._digests = self._order_log.digests
        if not self.path.exists():
            self._begin(self._entries, self._digests)

    def note(self) -> None:
        """Write down what was ordered or taken back since the last call; nothing while the computer has the move.

        Where nothing was, it costs nothing: whoever draws may call it for every frame.

        Raises
        ------
        SaveError
            It cannot be written. The game can go on, and the next call tries to write all of it.
        """
        if self.session.is_thinking:
            return
        order_log = self.session.campaign.order_log
        if order_log is self._order_log:
            return
        entries, digests = order_log.entries, order_log.digests
        if entries == self._entries and digests == self._digests:
            return
        if self._file is None or os.fstat(self._file.fileno()).st_nlink == 0:  # another window replaced it
            self._begin(entries, digests)
        else:
            self._append(_change(self._entries, entries, self._digests, digests))
        self._order_log, self._entries, self._digests = order_log, entries, digests

    def close(self) -> None:
        """Let go of the file; ``note`` begins it anew."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self, entries: tuple[Entry, ...], digests: tuple[bytes, ...]) -> None:
        """Write the file whole: the header, and what was ordered so far."""
        self.close()
        head = first_line(_header(self.session, self.path))
        body = next_line(_change((), entries, (), digests), head)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, head + body)
            self._file = self.path.open("ab", buffering=0)
        except OSError as error:
            raise self._failed(error) from error
        self._line = body

    def _append(self, change: dict[str, Any]) -> None:
        assert self._file is not None
        line = next_line(change, self._line)
        try:
            if self._file.write(line) != len(line):
                raise OSError(28, "No space left on device")
            os.fsync(self._file.fileno())
        except OSError as error:
            self.close()  # the line may stand there in part: what is written next replaces the file
            raise self._failed(error) from error
        self._line = line

    def _failed(self, error: OSError) -> SaveError:
        return SaveError(f"error: cannot keep the orders in {self.path}: {error.strerror}")


def _header(session: Session, path: Path) -> dict[str, Any]:
    campaign = session.campaign
    header = campaign.scenario.header
    known = origin(campaign.scenario)
    return {
        "engine": __version__,
        "engine_digest": source_digest(),
        "game_id": game_id(campaign),
        **known,
        **recorded(known, path),
        "seed": campaign.seed,
        "key": f"{campaign.key:016x}",
        "plans": list(campaign.plans),
        "fog": campaign.fog,
        "title": header.title,
        "start_date": header.start_date.isoformat(),
        "last_turn": int(campaign.world.clock["last_turn"][0]),
        "game": {"sides": list(session.sides)},
    }


def _change(
    before: tuple[Entry, ...], after: tuple[Entry, ...], evenings_before: tuple[bytes, ...], evenings: tuple[bytes, ...]
) -> dict[str, Any]:
    """Return what a journal writes down: how much of what it knows stays, and what comes after."""
    kept, kept_evenings = _common(before, after), _common(evenings_before, evenings)
    change: dict[str, Any] = {}
    if kept < len(before):
        change["keep"] = kept
    if kept_evenings < len(evenings_before):
        change["keep_evenings"] = kept_evenings
    change["do"] = [plain(entry) for entry in after[kept:]]
    change["evenings"] = [digest.hex() for digest in evenings[kept_evenings:]]
    return change


def _common(before: Sequence[Any], after: Sequence[Any]) -> int:
    """Return how many values at their beginnings are the same."""
    same = 0
    for one, other in zip(before, after, strict=False):
        if one is not other and one != other:
            break
        same += 1
    return same
