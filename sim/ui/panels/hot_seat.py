"""Hot seat: the map is covered as the phase passes to the other player."""

from sim.game.terms import SIDE_WORDS, codes
from sim.ui.map.camera import Camera
from sim.ui.panels.part import Part
from sim.ui.player import intents
from sim.ui.player.table import Table
from sim.ui.screens.hand_over import HandOverScreen


class HotSeat(Part):
    """Covers the map each time that another player has to sit down."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._seated: str | None = None
        self._views: dict[str, Camera] = {}  # where each player looked last

    def update(self) -> None:
        """Notice whose orders are awaited now; show each player the map as that player left it."""
        session = self.table.session
        side = session.side_to_move
        if len(session.sides) < 2 or side is None:
            return
        if side == self._seated:
            self._views[side] = self.table.camera
            return
        is_first, self._seated = self._seated is None, side
        if not is_first:
            self._sit_down(side)
            today = session.campaign.today
            words = SIDE_WORDS[codes.SIDES.index(side)]
            self.table.stage.push(HandOverScreen(words, f"{today.day} {today:%B %Y}"))

    def _sit_down(self, side: str) -> None:
        """Show a player the own last view, or the whole theatre, and nothing of what the other one had selected."""
        self.table.selection.choose(-1)
        self.table.carry_out(intents.GiveCommand("theatre"))  # the cursor is nowhere then
        self.table.camera = self._views.get(side, self.table.camera)
