"""Situations as bytes, for saves: what changes in a campaign, packed, and put back into a world of its scenario."""

from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from sim.game.records.order_log import Situation
from sim.game.saves.container import pack, unpack
from sim.kernels.state.layout import CHANGING, World, copy_world

# An evening that is kept goes into every save from then on: it is packed once.
_PACKED: "WeakKeyDictionary[Situation, bytes]" = WeakKeyDictionary()


def packed(situation: Situation) -> bytes:
    """Return the changing arrays of a situation as the bytes of an ``.npz`` file."""
    if situation not in _PACKED:
        world = situation.world
        _PACKED[situation] = pack({name: _kept(world, name) for name in CHANGING})
    return _PACKED[situation]


def unpacked(data: bytes, template: World) -> World:
    """Return the world that was packed.

    Parameters
    ----------
    data : bytes
    template : World
        Of the same scenario; it stays as it is.

    Raises
    ------
    ValueError
        It does not fit, or one of ``container.DAMAGE``.
    """
    world, arrays = copy_world(template), unpack(data)
    for name in CHANGING:
        _put_back(np.asarray(getattr(world, name)), arrays[name], name)
    return world


def _kept(world: World, name: str) -> Any:
    """Return an array of the world as it is saved: of the events only those that were logged."""
    array = getattr(world, name)
    return array[: int(world.clock["n_events"][0])] if name == "events" else array


def _put_back(target: Any, saved: Any, name: str) -> None:
    """Copy a saved array, field by field where it has fields, so that room between them does not matter."""
    fields = target.dtype.names
    if fields is None and saved.dtype == target.dtype and saved.shape == target.shape:
        target[...] = saved
        return
    fits = fields is not None and saved.dtype.names is not None and set(fields) <= set(saved.dtype.names)
    if not fits or saved.shape[1:] != target.shape[1:] or len(saved) > len(target):
        raise ValueError(f"{name} does not fit this engine")
    for field in fields:
        target[field][: len(saved)] = saved[field]
