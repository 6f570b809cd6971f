"""The event log: everything worth telling, in the order in which it happened, and who came to know of it."""

from sim.kernels.codes import (
    EVENT_ARRIVAL,
    EVENT_BRIDGE,
    EVENT_DISPERSED,
    EVENT_ENCIRCLED,
    EVENT_OBJECTIVE,
    EVENT_OUT_OF_FUEL,
    EVENT_RELIEVED,
    EVENT_RETREAT,
    EVENT_SHATTERED,
    EVENT_SUPPLY,
    EVENT_SURRENDER,
    UNSEEN,
)
from sim.kernels.compiler.kernel import kernel

BOTH_SIDES = 3


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
def is_seen_from_outside(kind):
    """Return whether an enemy who sees the hex learns of an event of this kind."""
    return (
        kind == EVENT_ARRIVAL
        or kind == EVENT_RETREAT
        or kind == EVENT_SHATTERED
        or kind == EVENT_SURRENDER
        or kind == EVENT_DISPERSED
        or kind == EVENT_BRIDGE
        or kind == EVENT_ENCIRCLED
        or kind == EVENT_RELIEVED
    )


@kernel
def who_knows(world, kind, subject, hex):
    """Return the sides that come to know of an event, a bit each.

    A side knows what its own units go through; of the enemy it learns what happens before its eyes. Battles, contacts
    and the fall of places are known to both.
    """
    if world.rules[0].fog == 0:
        return BOTH_SIDES
    if kind == EVENT_OBJECTIVE:
        return 1 << int(world.axes[subject].side)
    inward = kind == EVENT_SUPPLY or kind == EVENT_OUT_OF_FUEL
    if not inward and not is_seen_from_outside(kind):
        return BOTH_SIDES
    side = int(world.units[subject].side)
    if not inward and hex >= 0 and world.sight[1 - side, hex] > UNSEEN:
        return BOTH_SIDES
    return 1 << side
