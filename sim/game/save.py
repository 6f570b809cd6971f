"""Saves: a campaign as it stands, in one plain file that is refused if it is not exactly what was written.

A zip of a JSON header and one ``.npy`` file for each changing array of the world; never pickle. The header names the
format, the engine, the scenario with its digest, the key, and the digest of the state.
"""

import io
import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim import __version__, scenario
from sim.errors import SaveError
from sim.game.campaign import Campaign, Snapshot
from sim.game.digests import CHANGING, state_digest
from sim.kernels.layout import World

FORMAT = 1
HEADER, PICTURE = "header.json", "picture.png"
DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError)
HEADER_KEYS = {
    "format",
    "engine",
    "scenario",
    "mods",
    "scenario_digest",
    "seed",
    "key",
    "plans",
    "fog",
    "turns_played",
    "phase",
    "digest",
    "state_digest",
    "date",
    "turn",
    "over",
    "title",
    "game",
}


def save_campaign(campaign: Campaign, path: Path, game: Mapping[str, Any] | None = None, picture: bytes = b"") -> None:
    """Write a campaign to ``path``: to a temporary file beside it first, synced and then renamed.

    Parameters
    ----------
    campaign : Campaign
    path : Path
    game : mapping, optional
        What the table around it has to remember (``Session.memo``); plain data.
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
    world: World


def prepare_save(campaign: Campaign, game: Mapping[str, Any] | None = None) -> PreparedSave:
    """Return a campaign as it stands, to be written with ``write_save``."""
    snapshot = campaign.snapshot()
    header = {
        "format": FORMAT,
        "engine": __version__,
        "scenario": campaign.scenario.id,
        "mods": list(campaign.scenario.mods),
        "scenario_digest": scenario.digest(campaign.scenario),
        "seed": campaign.seed,
        "key": f"{campaign.key:016x}",
        "plans": list(campaign.plans),
        "fog": campaign.fog,
        "turns_played": snapshot.turns_played,
        "phase": snapshot.phase,
        "digest": snapshot.digest.hex(),
        "date": campaign.today.isoformat(),
        "turn": campaign.turn,
        "over": campaign.is_over,
        "title": campaign.scenario.header.title,
        "game": dict(game or {}),
    }
    return PreparedSave(header, snapshot.world)


def write_save(prepared: PreparedSave, path: Path, picture: bytes = b"") -> None:
    """Write what was prepared to a temporary file beside ``path``, sync it, rename it.

    Raises
    ------
    SaveError
        The file cannot be written.
    """
    header = {**prepared.header, "state_digest": state_digest(prepared.world).hex()}
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as box:
                box.writestr(HEADER, json.dumps(header, indent=1))
                for name in CHANGING:
                    box.writestr(f"{name}.npy", _as_bytes(_kept(prepared.world, name)))
                if picture:
                    box.writestr(PICTURE, picture)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise SaveError(f"error: cannot save to {path}: {error.strerror}") from error


def load_campaign(path: Path) -> Campaign:
    """Return the campaign that was saved to ``path``, ready to go on.

    Raises
    ------
    SaveError
        It is no save, it is damaged, or it belongs to another engine or to other scenario files than those found now.
    """
    try:
        with zipfile.ZipFile(path) as box:
            header = _checked_header(box, path)
            arrays = {name: np.load(io.BytesIO(box.read(f"{name}.npy")), allow_pickle=False) for name in CHANGING}
    except OSError as error:
        raise SaveError(f"error: cannot read {path}: {error.strerror}") from error
    except DAMAGE as error:
        raise SaveError(f"error: {path} is not a save of this game, or it is damaged") from error
    if header["format"] != FORMAT or header["engine"] != __version__:
        raise SaveError(f"error: {path} was saved by version {header['engine']}; this is version {__version__}")
    loaded = scenario.load(header["scenario"], header["mods"])
    if scenario.digest(loaded) != header["scenario_digest"]:
        raise SaveError(
            f"error: {path} belongs to other files of {header['scenario']} and its mods than those found now"
        )
    campaign = Campaign.start(loaded, (), header["seed"], int(header["key"], 16), header["plans"], header["fog"])
    _put_back(campaign.world, arrays, path)
    if state_digest(campaign.world).hex() != header["state_digest"]:
        raise SaveError(f"error: {path} is damaged: its state has not the digest that was saved with it")
    campaign.restore(Snapshot(campaign.world, bytes.fromhex(header["digest"]), header["turns_played"], header["phase"]))
    return campaign


def read_header(path: Path) -> tuple[dict[str, Any], bytes]:
    """Return the header of a save and its picture (empty if it has none), without loading the campaign.

    Raises
    ------
    SaveError
    """
    try:
        with zipfile.ZipFile(path) as box:
            return _checked_header(box, path), box.read(PICTURE) if PICTURE in box.namelist() else b""
    except OSError as error:
        raise SaveError(f"error: cannot read {path}: {error.strerror}") from error
    except DAMAGE as error:
        raise SaveError(f"error: {path} is not a save of this game, or it is damaged") from error


def _checked_header(box: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    header = json.loads(box.read(HEADER))
    if not isinstance(header, dict) or HEADER_KEYS - header.keys():
        raise SaveError(f"error: {path} is damaged: its header is not whole")
    return header


def _kept(world: World, name: str) -> np.ndarray:
    """Return an array of the world as it is saved: plain, and of the events only those that were logged."""
    array = np.asarray(getattr(world, name))
    return array[: int(world.clock["n_events"][0])] if name == "events" else array


def _as_bytes(array: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array.view(np.ndarray), allow_pickle=False)
    return buffer.getvalue()


def _put_back(world: World, arrays: dict[str, Any], path: Path) -> None:
    """Copy saved arrays into a fresh world, field by field, so that room between fields does not matter."""
    for name, saved in arrays.items():
        target = np.asarray(getattr(world, name))
        names = target.dtype.names
        if names is None and saved.dtype == target.dtype and saved.shape == target.shape:
            target[...] = saved
            continue
        if (
            saved.dtype.names is None
            or names is None
            or set(names) - set(saved.dtype.names)
            or len(saved) > len(target)
        ):
            raise SaveError(f"error: {path} is damaged: {name} does not fit this engine")
        for field in names:
            target[field][: len(saved)] = saved[field]
