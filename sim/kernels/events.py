"""The event log: everything worth telling, in the order in which it happened, and who came to know of it."""

import numpy as np

from sim.kernels.codes import EVENTS, KNOWN_TO_BOTH, KNOWN_TO_PLANNER, KNOWN_WHERE_SEEN, UNSEEN
from sim.kernels.compiler.kernel import kernel

BOTH_SIDES = 3
KNOWN = np.array([kind.known for kind in EVENTS], np.int64)  # KNOWN_* of each kind


@kernel
def log_event(world, kind, subject, other, hex, a, b):
    """Append one EVENT row; ``codes.EVENT_*`` says what each argument means for its kind.

    A full log drops the event and counts it in ``clock.lost_events``.
    """
    clock = world.clock[0]
    if clock.n_events >= world.events.shape[0]:
        clock.lost_events += 1
        return
    event = world.events[clock.n_events]
    event.turn = clock.turn
    event.side = clock.phase_side
    event.kind = kind
    event.subject = subject
    event.object = other
    event.hex = hex
    event.a = a
    event.b = b
    event.known_to = who_knows(world, kind, subject, hex)
    clock.n_events += 1


@kernel
def who_knows(world, kind, subject, hex):
    """Return the sides that come to know of an event, a bit each.

    A side knows what its own units go through; of the enemy it learns what happens before its eyes. Battles, contacts
    and the fall of places are known to both: ``codes.EVENTS`` says it for each kind.
    """
    known = KNOWN[kind]
    if world.rules[0].fog == 0 or known == KNOWN_TO_BOTH:
        return BOTH_SIDES
    if known == KNOWN_TO_PLANNER:
        return 1 << int(world.axes[subject].side)
    side = int(world.units[subject].side)
    if known == KNOWN_WHERE_SEEN and hex >= 0 and world.sight[1 - side, hex] > UNSEEN:
        return BOTH_SIDES
    return 1 << side
