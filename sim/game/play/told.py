"""What a side is told of an event: the chronicle's sentence, with its own guess where it cannot know the figures."""

from typing import Any

from sim.game.campaign import Campaign
from sim.game.wording.sentences import sentence
from sim.kernels import codes


def told_sentence(campaign: Campaign, reader: str | None, event: Any) -> str:
    """Return a sentence about one EVENT record of ``fog_view.fog_view``; empty if the side does not know of it.

    Parameters
    ----------
    reader : str or None
        The side that is told; None is told everything as it was.
    """
    hidden = campaign.fog and reader is not None
    return sentence(campaign.views, event, guessed=hidden and _is_guessed(campaign, reader, event))


def _is_guessed(campaign: Campaign, reader: str | None, event: Any) -> bool:
    """Return whether the figures of an event are what one side makes of the other: odds, and the enemy's men."""
    whose = int(campaign.world.units["side"][int(event["subject"])])
    return codes.EVENTS[int(event["kind"])].guessed == codes.GUESSED_ODDS or codes.SIDES[whose] != reader
