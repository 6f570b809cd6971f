"""Saves as format 1 had them: a zip of a header and an ``.npy`` file for each array, without orders or checksum."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from sim import __version__, scenario
from sim.game.campaign import Campaign
from sim.game.records.digests import CHANGING, state_digest


def write_format_1(campaign: Campaign, path: Path, game: dict[str, Any]) -> None:
    """Write a campaign as it stands in format 1."""
    snapshot = campaign.snapshot()
    header = {
        "format": 1,
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
        "game": game,
        "state_digest": state_digest(snapshot.world).hex(),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("header.json", json.dumps(header, indent=1))
        for name in CHANGING:
            array = np.asarray(getattr(snapshot.world, name))
            array = array[: int(snapshot.world.clock["n_events"][0])] if name == "events" else array
            buffer = io.BytesIO()
            np.save(buffer, array.view(np.ndarray), allow_pickle=False)
            box.writestr(f"{name}.npy", buffer.getvalue())
