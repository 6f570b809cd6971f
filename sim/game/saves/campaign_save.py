"""Saves and replays: one file, from which a campaign goes on, and by which it can be gone through again from its start.

What stands in it: a header (format, engine, scenario and mods with their digests, seed), the order log, a digest for
every evening, the situation now and on every fifth evening, and a picture for lists. ``container`` packs it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim import __version__
from sim.errors import SaveError
from sim.game.campaign import Campaign, Snapshot
from sim.game.records.digests import chain, state_digest
from sim.game.records.order_log import BETWEEN_DAYS, OrderLog, Situation, entry_of, order_log_of, plain
from sim.game.records.outcome import day_of
from sim.game.saves.container import DAMAGE, FORMAT, SaveFile, damaged, read_file, write_file
from sim.game.saves.packing import packed, unpacked
from sim.game.saves.provenance import found_again, origin
from sim.kernels.compiler.kernel import source_digest

HEADER, ORDERS, DIGESTS, PICTURE = "header.json", "orders.jsonl", "digests.txt", "picture.png"
NOW = "now.npz"
OTHER = "its engine stores the state of a campaign differently"
HEADER_KEYS = {
    "format",
    "engine",
    "engine_digest",
    "scenario",
    "scenario_folder",
    "scenario_digest",
    "mods",
    "seed",
    "key",
    "plans",
    "fog",
    "now",
    "kept",
    "date",
    "turn",
    "over",
    "title",
    "last_day",
    "game",
}


def save_campaign(campaign: Campaign, path: Path, game: Mapping[str, Any] | None = None, picture: bytes = b"") -> None:
    """Write a campaign to ``path``: to a temporary file beside it first, synced and then renamed.

    Parameters
    ----------
    campaign : Campaign
    path : Path
    game : mapping, optional
        What the table around it has to remember (``player_saves``); plain data.
    picture : bytes
        A small PNG for lists of saves.

    Raises
    ------
    SaveError
        The file cannot be written.
    """
    write_save(prepare_save(campaign, game), path, picture)


@dataclass(frozen=True)
class PreparedSave:
    """Everything that goes into a save, taken at one moment: it can be written later and in another thread."""

    header: dict[str, Any]
    now: Situation
    order_log: OrderLog


def prepare_save(campaign: Campaign, game: Mapping[str, Any] | None = None) -> PreparedSave:
    """Return a campaign as it stands, to be written with ``write_save``."""
    order_log = campaign.order_log
    header = {
        "format": FORMAT,
        "engine": __version__,
        "engine_digest": source_digest(),
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
    header = {**prepared.header, "now": _facts(prepared.now)}
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
    return saved.campaign


def read_save(path: Path) -> Saved:
    """Return what was saved to ``path``, with every digest in it found right.

    Raises
    ------
    SaveError
        As ``load_campaign``.
    """
    header, file = _opened(path)
    if header["engine"] != __version__:
        raise SaveError(f"error: {path} was saved by version {header['engine']}; this is version {__version__}")
    try:
        loaded = found_again(header, path)
        key = int(header["key"], 16)
        campaign = Campaign.start(loaded, (), header["seed"], key, header["plans"], header["fog"])
        now = _situation(file, NOW, header["now"], campaign)
        return Saved(path, header, campaign, now, _order_log(file, header, campaign))
    except (*DAMAGE, TypeError, AttributeError, IndexError) as error:
        if is_of_another_build(header):
            raise SaveError(f"error: {path} was saved by another build of version {__version__}: {OTHER}") from error
        which = f": {error}" if type(error) is ValueError else ""
        raise damaged(path, f"its contents are inconsistent{which}") from error


def is_of_another_build(header: dict[str, Any]) -> bool:
    """Return whether a save was made by an engine of the same version that works otherwise."""
    return bool(header["engine_digest"] != source_digest())


def read_header(path: Path) -> tuple[dict[str, Any], bytes]:
    """Return the header of a save and its picture (empty if it has none), without loading the campaign.

    Raises
    ------
    SaveError
    """
    header, file = _opened(path)
    return header, file.members.get(PICTURE, b"")


def _opened(path: Path) -> tuple[dict[str, Any], SaveFile]:
    """Return the header of a save and all that stands in it."""
    file = read_file(path)
    if file.format != FORMAT:
        raise SaveError(f"error: {path} has save format {file.format}; this version reads format {FORMAT}")
    try:
        header = json.loads(file.member(HEADER))
    except ValueError as error:
        raise damaged(path, "its header cannot be read") from error
    if not isinstance(header, dict) or HEADER_KEYS - header.keys():
        raise damaged(path, "its header is incomplete")
    return header, file


def _situation(file: SaveFile, name: str, facts: dict[str, Any], campaign: Campaign) -> Situation:
    """Return a situation that stands in a file, its digest found right."""
    world = unpacked(file.member(name), campaign.world)
    if state_digest(world).hex() != facts["state_digest"]:
        raise ValueError(f"the state in {name} does not match the digest saved with it")
    return Situation(world, bytes.fromhex(facts["digest"]), int(facts["turns_played"]), int(facts["phase"]))


def _order_log(file: SaveFile, header: dict[str, Any], campaign: Campaign) -> OrderLog:
    """Return the order log that stands in a file, the digests of the evenings that are kept found right."""
    entries = [entry_of(json.loads(line)) for line in file.member(ORDERS).decode().splitlines()]
    digests = [bytes.fromhex(line) for line in file.member(DIGESTS).decode().splitlines()]
    order_log = order_log_of(entries, digests)
    if order_log.digest.hex() != header["now"]["digest"]:
        raise ValueError("its orders do not lead to the digest saved with it")
    for day in header["kept"]:
        world = unpacked(file.member(_evening(day)), campaign.world)
        if not 0 < day <= order_log.last or chain(order_log.digest_of(day - 1), world) != order_log.digest_of(day):
            raise ValueError(f"the evening of {evening_words(campaign, day)} does not match the digest saved with it")
        order_log = order_log.keeping(Situation(world, order_log.digest_of(day), day, BETWEEN_DAYS))
    return order_log


def evening_words(campaign: Campaign, day: int) -> str:
    """Return a day of a campaign in words: ``day 5, 13 August``."""
    date = day_of(campaign.scenario.header.start_date, day)
    return f"day {day}, {date.day} {date:%B}"
