"""Worlds to play ahead in: made once, filled again from the campaign as often as needed.

Filling one again takes a tenth of a millisecond on the map of August 1945, and no memory.
"""

from sim.kernels.state.layout import World, fill, room_for


def working_copy(world: World, n_events: int) -> World:
    """Return a world that shares the static arrays and has an empty log with room for ``n_events``.

    Parameters
    ----------
    world : World
        Its static arrays must not be read-only views: kernels would be compiled again for those.
    n_events : int
        With 0 every event is dropped.
    """
    work = room_for(world, n_events)
    refill(work, world)
    return work


def refill(work: World, world: World) -> None:
    """Bring a working copy to the state of a world of the same campaign, with an empty log."""
    fill(work, world)
    work.clock["n_events"] = 0
    work.clock["lost_events"] = 0
