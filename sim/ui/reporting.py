"""Reports in the campaign: each morning, on demand, and at the end."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.game.report import Reporter
from sim.ui.parts import Part
from sim.ui.saving import Saving
from sim.ui.screens.ending import EndingScreen
from sim.ui.screens.situation import SituationScreen

if TYPE_CHECKING:
    from sim.ui.screens.campaign import CampaignScreen

TELLS_AT, OPENS_AT = 5, 9  # frames after the computer has finished: the map is drawn and the turn is kept first


class Reporting(Part):
    """Opens the situation report as a turn begins, and the closing pages once the campaign is decided."""

    _has_ended = False
    _is_new = False
    _quiet = 0  # frames since the day began
    _day: tuple[int, bool] | None = None  # days played, and whether the campaign is over
    _told: tuple[int, bool] | None = None  # the last day of which it was seen to

    def __init__(self, screen: "CampaignScreen") -> None:
        super().__init__(screen)
        self.reporter = Reporter(screen.session)

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the command that opens the report."""
        return {"report": self.open}

    def open(self) -> None:
        """Show the report of the last day, or the closing pages where the campaign is over."""
        session = self.screen.session
        if not session.is_thinking:
            self.reporter.note()
        if session.campaign.is_over and not session.is_thinking:
            self.screen.stage.push(EndingScreen(session, self.screen.part(Saving).save))
        else:
            self.screen.stage.push(SituationScreen(session, self.reporter))

    def update(self) -> None:
        """Show the report where a new day begins for a player, and the end where it has come."""
        session = self.screen.session
        if session.is_thinking:
            return
        day = (session.campaign.turns_played, session.campaign.is_over)
        if day != self._day:
            self._day, self._quiet = day, 0
        self._quiet += 1
        if self._quiet == TELLS_AT:
            self._is_new = self.reporter.note()
        elif self._quiet >= OPENS_AT and self._told != day and not self.screen.part(Saving).is_drawing:
            self._told = day
            self._open_by_itself()

    def _open_by_itself(self) -> None:
        session = self.screen.session
        if session.campaign.is_over:
            if not self._has_ended:
                self._has_ended = True
                self.open()
        elif self._is_new and session.sides and self.screen.stage.settings.morning_report:
            self.open()
