"""The replay screen: the campaign on its map, day by day, with everything to read and nothing to order."""

from collections.abc import Callable
from typing import ClassVar

from sim.errors import SaveError
from sim.game.saves.replay_session import DayReporter, ReplaySession
from sim.ui.campaign.campaign_screen import PARTS, CampaignScreen
from sim.ui.map.map_view import MapView
from sim.ui.panels.hot_seat import HotSeat
from sim.ui.panels.lookahead import Prospects
from sim.ui.panels.menu_and_help import AbovePart
from sim.ui.panels.part import Part
from sim.ui.panels.playback import Playback
from sim.ui.panels.replay_bar import ReplayBar
from sim.ui.panels.replay_playback import ReplayPlayback
from sim.ui.panels.replay_tracks import Tracks
from sim.ui.panels.reports import Reporting
from sim.ui.panels.saving import Saving
from sim.ui.panels.top_bar import TopBar
from sim.ui.panels.turn_end import TurnEnd
from sim.ui.panels.tutorial import LessonPart, LessonRing
from sim.ui.player import intents
from sim.ui.player.table import Table
from sim.ui.screens.help import help_screen
from sim.ui.screens.menu import MenuEntry, MenuScreen
from sim.ui.screens.notice import NoticeScreen
from sim.ui.screens.play_on import PlayOnScreen
from sim.ui.screens.settings import SettingsScreen
from sim.ui.screens.situation import SituationScreen

ENTRIES: tuple[MenuEntry, ...] = (
    MenuEntry("Back to the replay", "Close the menu (Esc)", lambda menu, game: menu.stage.pop()),
    MenuEntry("Play from here", "Start a new game from this evening", lambda menu, game: _given(menu, game, "play_on")),
    MenuEntry("Settings", "Window, scale, colours, sound, keys", lambda menu, game: menu.stage.push(SettingsScreen())),
    MenuEntry("Help", "Keys, signs and rules", lambda menu, game: menu.stage.push(help_screen(menu.stage))),
    MenuEntry("Leave the replay", "Back to where you came from", lambda menu, game: _given(menu, game, "leave")),
)


def _given(menu: MenuScreen, game: Table, command: str) -> None:
    """Close the menu and give a command of the replay."""
    menu.stage.pop()
    game.carry_out(intents.GiveCommand(f"replay_{command}"))


class ReplayAbove(AbovePart):
    """Opens what stands above a replay: its menu, the help, the report of the day, playing on; and the way out."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the commands that open a screen above the map, or leave."""
        return {
            **super().commands(),
            "menu": lambda: self.table.stage.push(MenuScreen(self.table, ENTRIES)),
            "report": self._report,
            "replay_play_on": self._play_on,
            "replay_leave": self._leave_replay,
        }

    def _leave_replay(self) -> None:
        self.table.stage.pop()

    def _report(self) -> None:
        session = self.table.session
        assert isinstance(session, ReplaySession)
        self.table.stage.push(SituationScreen(session, DayReporter(session)))

    def _game_below(self) -> Table | None:
        """Return the game over which the replay was opened, if there is one."""
        below = [one for one in self.table.stage.screens if isinstance(one, CampaignScreen)]
        return next((one for one in below if not isinstance(one, ReplayScreen)), None)

    def _play_on(self) -> None:
        session = self.table.session
        assert isinstance(session, ReplaySession)
        if session.can_play_on:
            self.table.stage.push(PlayOnScreen(session, self._game_below()))
        else:
            words = "The campaign is over by this evening; go back to an earlier one."
            if not session.campaign.is_over:
                words = "A day is in progress here; go to an evening."
            self.table.stage.push(NoticeScreen("You cannot play on from here", words))


# What a replay has no use for, and what stands in its place.
INSTEAD: dict[type[Part], tuple[type[Part], ...]] = {
    Saving: (), HotSeat: (), TurnEnd: (), LessonPart: (), LessonRing: (), Prospects: (), Reporting: (),
    TopBar: (Tracks, ReplayBar, TopBar),
    AbovePart: (ReplayAbove,),
    Playback: (ReplayPlayback,),
}  # fmt: skip


class ReplayScreen(CampaignScreen):
    """A replay in the window.

    Parameters
    ----------
    session : ReplaySession
    view : MapView
    """

    kinds: ClassVar[tuple[type[Part], ...]] = tuple(one for kind in PARTS for one in INSTEAD.get(kind, (kind,)))

    def __init__(self, session: ReplaySession, view: MapView) -> None:
        self._shown = session.version
        super().__init__(session, view)
        self.watching = False

    @property
    def map_top(self) -> int:
        """Return how far below the upper edge of the window the map begins, in pixels."""
        return super().map_top + self.part(ReplayBar).height

    def update(self, elapsed_s: float = 0.0) -> None:
        """Go on by a frame; say so where a day does not come out as it was played."""
        try:
            super().update(elapsed_s)
        except SaveError as error:
            self.part(ReplayBar).stop()
            self.stage.push(NoticeScreen("The replay has stopped", str(error)))

    def go_on(self) -> None:
        """Look anew at what is chosen where another day is shown; the bar leads from day to day."""
        if self._shown != self.session.version:
            self._shown = self.session.version
            self.selection.look_again()
