"""The event log: everything worth telling, in the order in which it happened."""

from sim.kernels.jit import kernel


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
    clock.n_events += 1
