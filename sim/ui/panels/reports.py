"""Reports in the campaign: each morning, on demand, and at the end."""

from collections.abc import Callable

from sim.game.telling.situation_report import Reporter
from sim.ui.look import gui_theme
from sim.ui.panels.part import Part
from sim.ui.panels.playback import Playback
from sim.ui.panels.saving import Saving
from sim.ui.player.table import PlayerTable
from sim.ui.screens.ending import EndingScreen
from sim.ui.screens.situation import SituationScreen

# Frames after the computer has finished, a step in each: the map is drawn and the turn is kept first
TELLS_AT, PREPARES_AT, DRAWS_AT, OPENS_AT = 5, 6, 7, 9


class Reporting(Part):
    """Opens the situation report as a turn begins, and the closing pages once the campaign is decided."""

    table: PlayerTable
    _has_ended = False
    _is_new = False
    _quiet = 0  # frames since the day began
    _day: tuple[int, bool] | None = None  # days played, and whether the campaign is over
    _told: tuple[int, bool] | None = None  # the last day of which it was seen to
    _ready: SituationScreen | None = None  # the morning's report, its charts drawn

    def __init__(self, table: PlayerTable) -> None:
        super().__init__(table)
        self.reporter = Reporter(table.session)

    def recall(self, reporter: Reporter) -> None:
        """Go on with what has told the days of a game that was loaded."""
        self.reporter = reporter

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the command that opens the report."""
        return {"report": self.open}

    def open(self) -> None:
        """Show the report of the last day, or the closing pages where the campaign is over."""
        session = self.table.session
        if not session.is_thinking:
            self.reporter.note()
        if session.campaign.is_over and not session.is_thinking:
            self.table.stage.push(EndingScreen(session, self.table.part(Saving).save))
        else:
            ready, self._ready = self._ready, None
            self.table.stage.push(ready or SituationScreen(session, self.reporter))

    def update(self) -> None:
        """Show the report where a new day begins for a player, and the end where it has come."""
        session = self.table.session
        if session.is_thinking:
            return
        day = (session.campaign.turns_played, session.campaign.is_over)
        if day != self._day:
            self._day, self._quiet, self._ready = day, 0, None
        self._quiet += 1
        opens = self._is_new and bool(session.sides) and self.table.stage.settings.morning_report
        if self._quiet == TELLS_AT:
            self._is_new = self.reporter.note()
        elif self._quiet == PREPARES_AT and opens:
            gui_theme.prepare(self.table.stage.size)
        elif self._quiet == DRAWS_AT and opens and not session.campaign.is_over:
            self._ready = SituationScreen(session, self.reporter)
            self._ready.draw_ahead(self.table.stage.size)
        elif self._quiet >= OPENS_AT and self._told != day and not self._is_busy:
            self._told = day
            self._open_by_itself(opens)

    @property
    def _is_busy(self) -> bool:
        """Return whether something else comes first: the playback of the other side's turn, the picture of a save."""
        return self.table.part(Saving).is_drawing or bool(self.table.part(Playback).queue)

    def _open_by_itself(self, opens: bool) -> None:
        session = self.table.session
        if session.campaign.is_over:
            if not self._has_ended:
                self._has_ended = True
                self.open()
        elif opens:
            self.open()
