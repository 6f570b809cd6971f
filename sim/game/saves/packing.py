"""Situations as bytes, for saves: what changes in a campaign, packed, and put back into a world of its scenario."""

import io
import warnings
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.lib import format as npy

from sim.game.records.order_log import Situation
from sim.game.saves.container import Members, zipped
from sim.game.saves.soundness import check_world
from sim.kernels.state.layout import CHANGING, World, copy_world

# An evening that is kept goes into every save from then on: it is packed once.
_PACKED: "WeakKeyDictionary[Situation, bytes]" = WeakKeyDictionary()
SPARE = 2**14  # bytes that an array may have beside its numbers: what it is, in words


def packed(situation: Situation) -> bytes:
    """Return the changing arrays of a situation as the bytes of an ``.npz`` file."""
    if situation not in _PACKED:
        world = situation.world
        _PACKED[situation] = pack({name: _kept(world, name) for name in CHANGING})
    return _PACKED[situation]


def pack(arrays: Mapping[str, Any]) -> bytes:
    """Return arrays as the bytes of an ``.npz`` file; never as pickle."""
    members = {}
    for name, array in arrays.items():
        buffer = io.BytesIO()
        np.save(buffer, np.asarray(array).view(np.ndarray), allow_pickle=False)
        members[f"{name}.npy"] = buffer.getvalue()
    return zipped(members)


def unpacked(data: bytes, template: World) -> World:
    """Return the world that was packed, sound in every number.

    Parameters
    ----------
    data : bytes
    template : World
        Of the same scenario on its first morning; it stays as it is.

    Raises
    ------
    ValueError
        It does not fit or is not sound, or one of ``container.DAMAGE``.
    """
    world = copy_world(template)
    largest = max(np.asarray(getattr(world, name)).nbytes for name in CHANGING)
    arrays = Members(io.BytesIO(data), {".npy": 2 * largest + SPARE})  # twice: an older build may have kept more fields
    for name in CHANGING:
        target = np.asarray(getattr(world, name))
        n = _put_back(target, _array(arrays[f"{name}.npy"], target, name), name)
        if name == "events" and n != int(world.clock["n_events"][0]):
            raise ValueError(f"{n} events are kept, not {int(world.clock['n_events'][0])}")
    check_world(world, template)
    return world


def _kept(world: World, name: str) -> Any:
    """Return an array of the world as it is saved: of the events only those that were logged."""
    array = getattr(world, name)
    return array[: int(world.clock["n_events"][0])] if name == "events" else array


def _array(member: bytes, target: Any, name: str) -> Any:
    """Return the array in the bytes of an ``.npy`` file; no room is taken for more than there is in it."""
    file = io.BytesIO(member)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what is odd in a header is wrong
        version = npy.read_magic(file)
        if version != (1, 0):
            raise ValueError(f"{name} is no array that was saved here")
        try:
            shape, by_columns, dtype = npy.read_array_header_1_0(file)
        except (SyntaxError, RecursionError, TypeError, UserWarning) as error:
            raise ValueError(f"{name} does not say what it is") from error
    rows = shape[0] if shape else -1
    if by_columns or dtype.hasobject or shape[1:] != target.shape[1:] or not 0 <= rows <= target.shape[0]:
        raise ValueError(f"{name} does not fit this engine")
    if len(member) - file.tell() != dtype.itemsize * int(np.prod(shape, dtype=np.int64)):
        raise ValueError(f"{name} is not as long as it says")
    return np.frombuffer(member, dtype, offset=file.tell()).reshape(shape) if rows else np.empty(shape, dtype)


def _put_back(target: Any, saved: Any, name: str) -> int:
    """Copy a saved array, field by field where it has fields, so that room between them does not matter.

    Returns
    -------
    int
        Rows that were copied: all of them, but for the events.
    """
    fields = target.dtype.names
    if len(saved) != len(target) and name != "events":
        raise ValueError(f"{name} has {len(saved)} rows, not {len(target)}")
    if fields is None:
        if saved.dtype != target.dtype:
            raise ValueError(f"{name} does not fit this engine")
        target[...] = saved
        return len(saved)
    if saved.dtype.names is None or not set(fields) <= set(saved.dtype.names):
        raise ValueError(f"{name} does not fit this engine")
    for field in fields:
        if saved.dtype[field] != target.dtype[field]:
            raise ValueError(f"{name}.{field} does not fit this engine")
        target[field][: len(saved)] = saved[field]
    return len(saved)
