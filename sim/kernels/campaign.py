"""The loop of turns."""

from sim.kernels.jit import kernel
from sim.kernels.turn import play_day


@kernel
def run_campaign(world, scratch, last_turn):
    """Play days until the campaign is decided or ``last_turn`` is over.

    Returns
    -------
    int
        Days played.
    """
    days = 0
    clock = world.clock[0]
    while not clock.decided and clock.turn <= last_turn:
        play_day(world, scratch)
        days += 1
    return days
