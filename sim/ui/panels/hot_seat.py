"""Hot seat: the map is covered as the phase passes to the other player."""

from sim.game.terms import SIDE_WORDS, codes
from sim.ui.panels.part import Part
from sim.ui.player.table import Table
from sim.ui.screens.hand_over import HandOverScreen


class HotSeat(Part):
    """Covers the map each time that another player has to sit down."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._seated: str | None = None

    def update(self) -> None:
        """Notice whose orders are awaited now."""
        session = self.table.session
        side = session.side_to_move
        if len(session.sides) < 2 or side is None or side == self._seated:
            return
        is_first, self._seated = self._seated is None, side
        if not is_first:
            today = session.campaign.today
            words = SIDE_WORDS[codes.SIDES.index(side)]
            self.table.stage.push(HandOverScreen(words, f"{today.day} {today:%B %Y}"))
