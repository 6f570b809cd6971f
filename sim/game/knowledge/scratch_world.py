"""Worlds to play ahead in: made once, filled again from the campaign as often as needed.

Filling one takes a third of a millisecond on the map of August 1945, where a fresh copy takes four.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.records.digests import CHANGING
from sim.kernels.state.layout import EVENT, World, records

_FILLED = tuple(name for name in CHANGING if name != "events")


def working_copy(world: World, n_events: int) -> World:
    """Return a world that shares the static arrays and has an empty log with room for ``n_events``.

    Parameters
    ----------
    world : World
        Its static arrays must not be read-only views: kernels would be compiled again for those.
    n_events : int
        With 0 every event is dropped.
    """
    own = {name: np.empty_like(getattr(world, name)) for name in _FILLED}
    work = world._replace(**own, events=records(n_events, EVENT))
    refill(work, world)
    return work


def refill(work: World, world: World) -> None:
    """Bring a working copy to the state of a world of the same campaign, with an empty log."""
    for name in _FILLED:
        _raw(getattr(work, name))[...] = _raw(getattr(world, name))
    work.clock["n_events"] = 0
    work.clock["lost_events"] = 0


def copied(array: NDArray[Any]) -> NDArray[Any]:
    """Return a copy of an array of records, made byte by byte."""
    fresh = np.empty_like(array)
    _raw(fresh)[...] = _raw(array)
    return fresh


def wipe(array: NDArray[Any]) -> None:
    """Set every byte of an array of records to zero."""
    _raw(array)[...] = 0


def _raw(array: NDArray[np.void]) -> NDArray[np.uint8]:
    """Return records as bytes: numpy copies those at once, records field by field."""
    return np.asarray(array).view(np.uint8)
