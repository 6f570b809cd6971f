"""What is worth being shown on the map of the time since a hand-over, as far as the viewer knows of it.

Example
-------
>>> from sim.game.campaign import Campaign
>>> from sim.game.play.session import Session
>>> session = Session(Campaign.start("august_storm"), ("japan",))
>>> session.advance()
>>> session.wait()
>>> shown = highlights(session)
>>> 0 < len(shown) <= MOST and all(one.hex >= 0 for one in shown)
True
"""

from dataclasses import dataclass

from sim.game.play.session_view import SessionView
from sim.game.wording.sentences import TELLINGS
from sim.kernels import codes

MOST = 12
# The lower, the sooner it is shown where there is not room for all; what is not here stays in the log.
RANKS = {kind: telling.rank for kind, telling in TELLINGS.items() if telling.rank is not None}


@dataclass(frozen=True)
class Highlight:
    """Something that happened at a place."""

    sentence: str
    hex: int
    is_battle: bool


def highlights(session: SessionView, most: int = MOST) -> list[Highlight]:
    """Return what happened since the hand-over, as far as the viewer knows it, in the order in which it happened."""
    told: list[tuple[int, int, Highlight]] = []
    for event in session.events_known(session.day_began_at):
        kind, hex = int(event["kind"]), int(event["hex"])
        words = session.sentence(event) if kind in RANKS and hex >= 0 else ""
        if words:
            told.append((RANKS[kind], len(told), Highlight(words, hex, kind == codes.EVENT_BATTLE)))
    chosen = sorted(told, key=lambda one: one[:2])[:most]
    return [highlight for _, _, highlight in sorted(chosen, key=lambda one: one[1])]
