"""Going on with a game from its journal, exactly where it ended: from the newest save on the way, then by its orders.

Nothing of what was ordered before can be taken back any more.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sim import __version__
from sim.errors import SaveError, SimError
from sim.game.campaign import Campaign
from sim.game.orders import Standing
from sim.game.play.evenings import note_evening
from sim.game.play.session import Session
from sim.game.records.daily_figures import Diary
from sim.game.records.order_log import Cancel, Day, Entry, OrderLog, Phase, entry_of, order_log_of
from sim.game.saves.campaign_save import DIGESTS, ORDERS, read_save
from sim.game.saves.container import damaged
from sim.game.saves.entries import check_log
from sim.game.saves.folder import JOURNAL_SUFFIX, SUFFIX
from sim.game.saves.headers import keep_game_id, opened, peeked
from sim.game.saves.journal_file import JournalFile, KeptOrders, read_journal
from sim.game.saves.kept_games import KeptGame
from sim.game.saves.player_saves import load_session, session_of
from sim.game.saves.provenance import found_again
from sim.game.saves.replay import carry_out


def resume(path: Path, report: Callable[[str], None] | None = None) -> Session:
    """Return the game of a journal, as it stood after the last order in it.

    Parameters
    ----------
    path : Path
        Of the journal; the saves of the game stand beside it, or in the folder above.
    report : callable, optional
        Is told which day is played again.

    Raises
    ------
    SaveError
        The journal cannot be read, or its orders lead to something else than they did.
    """
    file = read_journal(path)
    if file.header["engine"] != __version__:
        raise SaveError(f"error: {path} was kept by version {file.header['engine']}; this is version {__version__}")
    base = _base(file)
    order_log = _order_log(file, base.campaign)
    try:
        for entry in order_log.entries[len(base.campaign.order_log.entries) :]:
            if report is not None and isinstance(entry, Phase | Day):
                report(f"day {base.campaign.turn}")
            base.carry_out(entry)
    except SimError as error:
        raise SaveError(f"error: {path}: an order in it is no longer legal: {error}") from error
    found = base.campaign.order_log
    if found.digests != order_log.digests or found.entries != order_log.entries:
        raise SaveError(f"error: {path}: its days do not come out as they were played")
    keep_game_id(base.campaign, file.header["game_id"])
    return base.session(_standing(order_log))


def open_game(path: Path, report: Callable[[str], None] | None = None) -> Session:
    """Return the game of a save or of a journal, as it stood.

    Raises
    ------
    SaveError
    """
    return resume(path, report) if path.suffix == JOURNAL_SUFFIX else load_session(path)


def continue_game(game: KeptGame, report: Callable[[str], None] | None = None) -> Session:
    """Return a game as it stood last: by its journal, else from the newest of its saves that can be read.

    Raises
    ------
    SaveError
        None of its files can be read; says of each why.
    """
    reasons = []
    for file in sorted(game.files, key=lambda file: file.path != game.path):
        try:
            return open_game(file.path, report)
        except SaveError as error:
            reasons.append(str(error))
    raise SaveError("\n".join(reasons))


class _Course:
    """A campaign on its way to where the game ended, with what the table around it remembers."""

    def __init__(self, campaign: Campaign, sides: tuple[str, ...], diary: Diary, began_at: int) -> None:
        self.campaign, self.sides, self.diary, self.began_at = campaign, sides, diary, began_at
        self._handed_over: dict[str | None, int] = {}
        self._goes_on = False  # whether the computer has the move, between the phases of people

    def carry_out(self, entry: Entry) -> None:
        """Let an entry take effect, and remember what a session remembers of it."""
        campaign = self.campaign
        if isinstance(entry, Phase) and not self._goes_on:
            self._note_evening()  # how it stood before the first day; later evenings are noted already
            self._hand_over()
        carry_out(campaign, entry)
        if isinstance(entry, Phase | Day):
            if campaign.phase_side is None:
                self._note_evening()
            self._goes_on = campaign.phase_side is None
            if len(self.sides) > 1 and not self._goes_on:
                self.began_at = self._handed_over.get(campaign.phase_side, self.began_at)

    def _note_evening(self) -> None:
        campaign = self.campaign
        note_evening(self.diary, campaign, campaign.world, campaign.turns_played, self.sides)

    def _hand_over(self) -> None:
        """Note what is news to whom from now on, as ``Session.advance`` does."""
        for side in self.sides:
            self._handed_over.setdefault(side, self.began_at)
        self.began_at = int(self.campaign.world.clock["n_events"][0])
        self._handed_over[self.campaign.phase_side] = self.began_at

    def session(self, standing: dict[str, Standing]) -> Session:
        """Return the game."""
        session = Session(self.campaign, self.sides)
        session.diary, session.day_began_at = self.diary, self.began_at
        session.standing.put_back(standing)
        return session


def _base(file: JournalFile) -> _Course:
    """Return the newest save whose orders a journal holds, else the first morning."""
    sides = tuple(file.header["game"].get("sides", ()))
    for path in _saves_on_the_way(file):
        try:
            session = session_of(read_save(path))
        except SaveError:
            continue
        if session.sides == sides:
            return _Course(session.campaign, sides, session.diary, session.day_began_at)
    header = file.header
    loaded = found_again(header, file.path)
    try:
        key = int(header["key"], 16)
        campaign = Campaign.start(loaded, (), header["seed"], key, header["plans"], header["fog"])
    except SimError as error:
        raise SaveError(f"error: {file.path}: its campaign cannot begin: {error}") from error
    return _Course(campaign, sides, Diary(), 0)


def _saves_on_the_way(file: JournalFile) -> Iterator[Path]:
    """Yield the saves of the game of a journal from which its orders lead on, the one with the most orders first."""
    found = []
    for folder in (file.path.parent, file.path.parent.parent):
        for path in folder.glob(f"*{SUFFIX}"):
            try:
                if peeked(path)["game_id"] == file.header["game_id"]:
                    record = _record(path)
                    if _leads_to(record, file.record):
                        found.append((len(record.entries), path))
            except Exception:  # whatever is wrong with a save, the others may do
                continue
    yield from (path for _, path in sorted(found, reverse=True))


def _record(path: Path) -> KeptOrders:
    """Return the orders in a save as a journal has them."""
    _, save = opened(path)
    entries = [json.loads(line) for line in save.member(ORDERS).decode().splitlines()]
    return KeptOrders(entries, save.member(DIGESTS).decode().splitlines())


def _leads_to(record: KeptOrders, later: KeptOrders) -> bool:
    """Return whether a record is the beginning of another."""
    entries, evenings = later.entries[: len(record.entries)], later.evenings[: len(record.evenings)]
    return record.entries == entries and record.evenings == evenings


def _order_log(file: JournalFile, campaign: Campaign) -> OrderLog:
    try:
        entries: list[Any] = [entry_of(data) for data in file.record.entries]
        order_log = order_log_of(entries, [bytes.fromhex(digest) for digest in file.record.evenings])
        check_log(order_log, campaign)
    except ValueError as error:
        raise damaged(file.path, f"its orders are inconsistent: {error}") from error
    return order_log


def _standing(order_log: OrderLog) -> dict[str, Standing]:
    """Return the standing orders of both sides after the last entry."""
    found = order_log.standing(order_log.last)
    for entry in order_log.today:
        if isinstance(entry, Standing):
            found[entry.unit] = entry
        elif isinstance(entry, Cancel):
            found.pop(entry.unit, None)
    return found
