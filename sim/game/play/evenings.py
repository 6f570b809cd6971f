"""The figures of an evening, as it was and as each side was told of it."""

from collections.abc import Sequence
from functools import partial

from sim.game.campaign import Campaign
from sim.game.knowledge.fog_view import fog_view
from sim.game.records.daily_figures import Diary
from sim.kernels import codes
from sim.kernels.state.layout import World


def note_evening(diary: Diary, campaign: Campaign, world: World, turn: int, sides: Sequence[str]) -> None:
    """Write the evening of a day of a campaign into a diary; nothing if it is written already.

    Parameters
    ----------
    world : World
        As it stood that evening.
    sides : sequence of str
        Those that are told of it; without fog of war all know it as it was.
    """
    opening = campaign.static.template
    told = {side: partial(fog_view, world, codes.SIDES.index(side), opening) for side in sides if campaign.fog}
    diary.note(world, campaign.views, turn, told)
