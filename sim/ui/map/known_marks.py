"""What counters show beyond the record of a unit: how well the enemy is known, and what own units are ordered."""

from sim.game.play.session_view import SessionView
from sim.game.play.standing_orders import DIG_IN, HOLD
from sim.game.terms import codes
from sim.ui.map.stacks import Knowledge


def knowledge_of(session: SessionView) -> Knowledge:
    """Return what the viewer knows of the enemy and has ordered his own units to do."""
    known = session.knowledge()
    sightings = [] if known.sees_all else known.sightings()
    return Knowledge(
        {sighting.unit: sighting.level for sighting in sightings},
        {sighting.unit: sighting.age_days for sighting in sightings if not sighting.in_sight},
        _orders(session),
    )


def _orders(session: SessionView) -> dict[int, str]:
    if session.side_to_move is None:
        return {}
    side = codes.SIDES.index(session.side_to_move)
    units, rows = session.world.units, session.campaign.names.unit_rows
    led = (units["side"] == side) & (units["led_by"] == codes.LED_BY_COMMANDER)
    found = dict.fromkeys(led.nonzero()[0].tolist(), "computer")
    for name, order in session.standing_orders().items():
        found[rows[name]] = "hold" if order.kind in (HOLD, DIG_IN) else "plotted"
    return found
