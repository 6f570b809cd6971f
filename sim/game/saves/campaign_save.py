"""Saves and replays: one file, from which a campaign goes on, and by which it can be gone through again from its start.

What stands in it: a header (format, engine, scenario and mods with their digests, seed), the order log, a digest for
every evening, the situation now and on every fifth evening, and a picture for lists. ``container`` packs it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sim import __version__
from sim.errors import SaveError, SimError
from sim.game.campaign import Campaign, Snapshot
from sim.game.records.digests import chain, state_digest
from sim.game.records.order_log import (
    BETWEEN_DAYS,
    NOTHING_YET,
    OrderLog,
    Phase,
    Situation,
    entry_of,
    order_log_of,
    plain,
)
from sim.game.records.outcome import day_of
from sim.game.saves.container import FORMAT, SaveFile, damaged, write_file
from sim.game.saves.entries import check_log
from sim.game.saves.folder import PLAYER, REPLAY
from sim.game.saves.headers import HEADER, PICTURE, game_id, keep_game_id, opened
from sim.game.saves.headers import read_header as read_header
from sim.game.saves.packing import packed, unpacked
from sim.game.saves.provenance import found_again, origin, recorded
from sim.kernels.compiler.kernel import source_digest

ORDERS, DIGESTS, NOW = "orders.jsonl", "digests.txt", "now.npz"
OTHER = "its engine stores the state of a campaign differently"


def save_campaign(
    campaign: Campaign, path: Path, game: Mapping[str, Any] | None = None, picture: bytes = b"", kind: str = ""
) -> None:
    """Write a campaign to ``path``: to a temporary file beside it first, synced and then renamed.

    Parameters
    ----------
    campaign : Campaign
    path : Path
    game : mapping, optional
        What the table around it has to remember (``player_saves``); plain data.
    picture : bytes
        A small PNG for lists of saves.
    kind : str
        What the file is, one of ``folder.KINDS``: unless it is said, a replay where the computer led both sides to the
        end, else a player's save.

    Raises
    ------
    SaveError
        The file cannot be written.
    """
    watched = campaign.is_over and not campaign.order_log.led_by_hand
    write_save(prepare_save(campaign, game, kind or (REPLAY if watched else PLAYER)), path, picture)


@dataclass(frozen=True)
class PreparedSave:
    """Everything that goes into a save, taken at one moment: it can be written later and in another thread."""

    header: dict[str, Any]
    now: Situation
    order_log: OrderLog


def prepare_save(campaign: Campaign, game: Mapping[str, Any] | None = None, kind: str = PLAYER) -> PreparedSave:
    """Return a campaign as it stands, to be written with ``write_save``.

    Parameters
    ----------
    kind : str
        What the file is, one of ``folder.KINDS``.
    """
    order_log = campaign.order_log
    header = {
        "format": FORMAT,
        "engine": __version__,
        "engine_digest": source_digest(),
        "kind": kind,
        "game_id": game_id(campaign),
        "saved_at": datetime.now().astimezone().isoformat(timespec="milliseconds"),
        **origin(campaign.scenario),
        "seed": campaign.seed,
        "key": f"{campaign.key:016x}",
        "plans": list(campaign.plans),
        "fog": campaign.fog,
        "kept": [situation.turns_played for situation in order_log.kept],
        "date": campaign.today.isoformat(),
        "turn": campaign.turn,
        "over": campaign.is_over,
        "title": campaign.scenario.header.title,
        "last_day": order_log.last,
        "game": dict(game or {}),
    }
    return PreparedSave(header, campaign.situation(), order_log)


def write_save(prepared: PreparedSave, path: Path, picture: bytes = b"") -> None:
    """Write what was prepared to a temporary file beside ``path``, sync it, rename it.

    Raises
    ------
    SaveError
        The file cannot be written.
    """
    order_log = prepared.order_log
    header = {**prepared.header, **recorded(prepared.header, path), "now": _facts(prepared.now)}
    members = {NOW: packed(prepared.now)}
    members |= {_evening(situation.turns_played): packed(situation) for situation in order_log.kept}
    members |= {ORDERS: _lines(json.dumps(plain(entry), ensure_ascii=False) for entry in order_log.entries)}
    members |= {DIGESTS: _lines(digest.hex() for digest in order_log.digests)}
    if picture:
        members[PICTURE] = picture
    write_file(path, {HEADER: json.dumps(header, indent=1, ensure_ascii=False).encode(), **members})


def _facts(situation: Situation) -> dict[str, Any]:
    """Return what a header says of a situation."""
    return {
        "turns_played": situation.turns_played,
        "phase": situation.phase,
        "digest": situation.digest.hex(),
        "state_digest": state_digest(situation.world).hex(),
    }


def _evening(turns_played: int) -> str:
    return f"evening-{turns_played:02}.npz"


def _lines(lines: Any) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


@dataclass(frozen=True)
class Saved:
    """What was saved.

    Attributes
    ----------
    path : Path
    header : dict
    campaign : Campaign
        The campaign on its first morning, whatever had been played.
    now : Situation
        How it stood when it was saved.
    order_log : OrderLog
        How it had come to that.
    """

    path: Path
    header: dict[str, Any]
    campaign: Campaign
    now: Situation
    order_log: OrderLog


def load_campaign(path: Path) -> Campaign:
    """Return the campaign that was saved to ``path``, ready to go on.

    Raises
    ------
    SaveError
        It is no save, it is damaged, or it belongs to another engine or to other scenario files than those found now.
    """
    return resumed(read_save(path))


def resumed(saved: Saved) -> Campaign:
    """Return the campaign of a save as it stood."""
    saved.campaign.restore(Snapshot(**vars(saved.now), order_log=saved.order_log))
    keep_game_id(saved.campaign, saved.header["game_id"])
    return saved.campaign


def read_save(path: Path) -> Saved:
    """Return what was saved to ``path``, with every digest in it found right.

    Raises
    ------
    SaveError
        As ``load_campaign``.
    """
    header, file = opened(path)
    if header["engine"] != __version__:
        raise SaveError(f"error: {path} was saved by version {header['engine']}; this is version {__version__}")
    loaded = found_again(header, path)
    try:
        key = int(header["key"], 16)
        campaign = Campaign.start(loaded, (), header["seed"], key, header["plans"], header["fog"])
        now = _situation(file, NOW, header["now"], campaign)
        order_log = _order_log(file, header, campaign)
        _check_moment(now, order_log, campaign)
        return Saved(path, header, campaign, now, order_log)
    except SaveError:
        raise
    except Exception as error:  # whatever is wrong with what a stranger made is told in a line
        if is_of_another_build(header):
            raise SaveError(f"error: {path} was saved by another build of version {__version__}: {OTHER}") from error
        which = f": {error}" if type(error) is ValueError or isinstance(error, SimError) else ""
        raise damaged(path, f"its contents are inconsistent{which}") from error


def is_of_another_build(header: dict[str, Any]) -> bool:
    """Return whether a save was made by an engine of the same version that works otherwise."""
    return bool(header["engine_digest"] != source_digest())


def _situation(file: SaveFile, name: str, facts: dict[str, Any], campaign: Campaign) -> Situation:
    """Return a situation that stands in a file, its digest found right."""
    world = unpacked(file.member(name), campaign.world)
    if state_digest(world).hex() != facts["state_digest"]:
        raise ValueError(f"the state in {name} does not match the digest saved with it")
    return Situation(world, bytes.fromhex(facts["digest"]), int(facts["turns_played"]), int(facts["phase"]))


def _order_log(file: SaveFile, header: dict[str, Any], campaign: Campaign) -> OrderLog:
    """Return the order log that stands in a file, the digests of the evenings that are kept found right."""
    entries = [entry_of(json.loads(line)) for line in file.member(ORDERS).decode().splitlines()]
    digests = [_digest(line) for line in file.member(DIGESTS).decode().splitlines()]
    order_log = order_log_of(entries, digests)
    check_log(order_log, campaign)
    if order_log.digest.hex() != header["now"]["digest"]:
        raise ValueError("its orders do not lead to the digest saved with it")
    for day in header["kept"]:
        world = unpacked(file.member(_evening(day)), campaign.world)
        if not 0 < day <= order_log.last or chain(order_log.digest_of(day - 1), world) != order_log.digest_of(day):
            raise ValueError(f"the evening of {evening_words(campaign, day)} does not match the digest saved with it")
        order_log = order_log.keeping(Situation(world, order_log.digest_of(day), day, BETWEEN_DAYS))
    return order_log


def _digest(line: str) -> bytes:
    """Return the digest of an evening."""
    digest = bytes.fromhex(line)
    if len(digest) != len(NOTHING_YET):
        raise ValueError("the digest of an evening is not as long as one")
    return digest


def _check_moment(now: Situation, order_log: OrderLog, campaign: Campaign) -> None:
    """Check that a state stands at the moment to which its orders lead."""
    clock = now.world.clock[0]
    if now.turns_played != order_log.last:
        raise ValueError(f"{now.turns_played} days were played, by its orders {order_log.last}")
    if int(clock["turn"]) != now.turns_played + (0 if clock["decided"] else 1):
        raise ValueError(f"it stands at turn {int(clock['turn'])} after {now.turns_played} days")
    open_side = next((entry.side for entry in reversed(order_log.today) if isinstance(entry, Phase)), "")
    first = int(clock["first_side"])
    sides = {BETWEEN_DAYS: "", 0: campaign.side_ids[first], 1: campaign.side_ids[1 - first]}
    if sides[now.phase] != open_side:
        raise ValueError("another phase is open than its orders opened")


def evening_words(campaign: Campaign, day: int) -> str:
    """Return a day of a campaign in words: ``day 5, 13 August``."""
    date = day_of(campaign.scenario.header.start_date, day)
    return f"day {day}, {date.day} {date:%B}"
