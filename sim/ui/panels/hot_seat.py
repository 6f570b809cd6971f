"""Hot seat: the map is covered as the phase passes to the other player."""

from typing import TYPE_CHECKING

from sim.game.terms import SIDE_WORDS, codes
from sim.ui.panels.part import Part
from sim.ui.screens.handover import HandOverScreen

if TYPE_CHECKING:
    from sim.ui.campaign.campaign_screen import CampaignScreen


class HotSeat(Part):
    """Covers the map each time that another player has to sit down."""

    def __init__(self, screen: "CampaignScreen") -> None:
        super().__init__(screen)
        self._seated: str | None = None

    def update(self) -> None:
        """Notice whose orders are awaited now."""
        session = self.screen.session
        side = session.side_to_move
        if len(session.sides) < 2 or side is None or side == self._seated:
            return
        is_first, self._seated = self._seated is None, side
        if not is_first:
            today = session.campaign.today
            words = SIDE_WORDS[codes.SIDES.index(side)]
            self.screen.stage.push(HandOverScreen(words, f"{today.day} {today:%B %Y}"))
