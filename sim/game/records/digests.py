"""Digests of the state, so that two campaigns can be compared in one line."""

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels.state.layout import CHANGING, World

# The ground does not change in a campaign, and hashing it daily would cost more than fighting it.
GROUND = frozenset(
    (
        "terrain",
        "country",
        "region",
        "features",
        "elev_m",
        "relief_m",
        "forest_percent",
        "marsh_percent",
        "town",
        "place",
        "holder_start",
        "best_road",
        "pass_limit10",
    )
)
# Marks of a game that people play: hashed only where there are any.
OPTIONAL = frozenset(("led_by",))


def state_digest(world: World) -> bytes:
    """Return the SHA-256 of every changing array, in the order of ``World``; only the events logged so far count.

    ``known`` follows from the units, what was seen of them, and sight, so it is left out.
    """
    digest = hashlib.sha256()
    for name in CHANGING:
        if name == "known":
            continue
        array = getattr(world, name)
        if name == "events":
            array = array[: int(world.clock["n_events"][0])]
        digest.update(name.encode())
        _update(digest, array, GROUND if name == "hexes" else frozenset())
    return digest.digest()


def chain(previous: bytes, world: World) -> bytes:
    """Return the digest of a campaign: the digest before this turn joined with the state after it."""
    return hashlib.sha256(previous + state_digest(world)).digest()


def _update(digest: "hashlib._Hash", array: NDArray[Any], without: frozenset[str]) -> None:
    """Hash records field by field: the room that the compiler leaves between fields is not state."""
    plain = np.asarray(array)
    if plain.dtype.names is None:
        digest.update(np.ascontiguousarray(plain).data)
        return
    for field in plain.dtype.names:
        if field not in without and not (field in OPTIONAL and not plain[field].any()):
            digest.update(np.ascontiguousarray(plain[field]).data)
