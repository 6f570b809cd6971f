"""Saves of older formats, brought forward to the present one, so that there is one way to read them."""

import json
from typing import Any

from sim.game.saves.container import SaveFile, damaged, zipped

FORMAT_1_KEYS = {
    "engine", "scenario", "mods", "scenario_digest", "seed", "key", "plans", "fog", "turns_played", "phase", "digest",
    "state_digest", "date", "turn", "over", "title", "game",
}  # fmt: skip


def migrated(file: SaveFile) -> SaveFile:
    """Return a save in the present format; it stays as it is where it is of that format, or of an unknown one.

    Raises
    ------
    SaveError
        It is damaged.
    """
    step = STEPS.get(file.format)
    return file if step is None else migrated(step(file))


def _from_1(file: SaveFile) -> SaveFile:
    """Give a save of format 1 a course that begins where it was saved: it kept no orders of the days before."""
    try:
        old = json.loads(file.member("header.json"))
    except ValueError as error:
        raise damaged(file.path, "its header cannot be read") from error
    if not isinstance(old, dict) or FORMAT_1_KEYS - old.keys() or not isinstance(old["game"], dict):
        raise damaged(file.path, "its header is not whole")
    facts = {name: old[name] for name in ("turns_played", "phase", "digest", "state_digest")}
    standing = [["standing", *_in_order(order)] for order in old["game"].get("standing", [])]
    header = {
        **{name: old[name] for name in FORMAT_1_KEYS - facts.keys()},
        "format": 2,
        "engine_digest": "",
        "scenario_folder": "",
        "mods": [{"id": mod, "digest": "", "folder": ""} for mod in old["mods"]],
        "now": facts,
        "base": {**facts, "standing": standing},
        "kept": [],
        "first_day": old["turns_played"],
        "last_day": old["turns_played"],
    }
    state = zipped({name: data for name, data in file.members.items() if name.endswith(".npy")})
    members = {"header.json": json.dumps(header).encode(), "now.npz": state, "base.npz": state}
    members |= {"orders.jsonl": b"", "digests.txt": b""}
    members |= {name: data for name, data in file.members.items() if name == "picture.png"}
    return SaveFile(file.path, 2, members)


def _in_order(order: Any) -> list[Any]:
    """Return a standing order as format 1 had it, by name, as the list of its values."""
    return [order.get(name, "") for name in ("unit", "kind", "to", "barred")] if isinstance(order, dict) else [order]


STEPS = {1: _from_1}
