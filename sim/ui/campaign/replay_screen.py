"""The replay screen: the campaign on its map, day by day, with everything to read and nothing to order."""

from collections.abc import Callable
from typing import ClassVar

from sim.errors import SaveError
from sim.game.saves.replay_session import DayReporter, ReplaySession
from sim.ui.campaign.campaign_screen import CampaignScreen
from sim.ui.campaign.map_screen import MapScreen
from sim.ui.map.map_view import MapView
from sim.ui.panels.edge_pan import EdgePan
from sim.ui.panels.keyboard_walk import PanelWalk
from sim.ui.panels.layer_bar import LayerBar
from sim.ui.panels.log import LogPanel, Message
from sim.ui.panels.menu_and_help import AbovePart
from sim.ui.panels.minimap import MiniMap
from sim.ui.panels.order_of_battle import OrderOfBattle
from sim.ui.panels.overflow import MoreCommands
from sim.ui.panels.part import Part
from sim.ui.panels.replay_bar import ReplayBar
from sim.ui.panels.replay_playback import ReplayPlayback
from sim.ui.panels.replay_tracks import Tracks
from sim.ui.panels.side import SidePanel
from sim.ui.panels.stack_fan import StackFan
from sim.ui.panels.top_bar import TopBar
from sim.ui.panels.why_tooltip import WhyPanel
from sim.ui.player import intents
from sim.ui.player.selection import Selection
from sim.ui.player.table import ReplayTable, Table
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

    table: ReplayTable

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
        self.table.stage.push(SituationScreen(session, DayReporter(session)))

    def _game_below(self) -> Table | None:
        """Return the game over which the replay was opened, if there is one."""
        return next((one for one in self.table.stage.screens if isinstance(one, CampaignScreen)), None)

    def _play_on(self) -> None:
        session = self.table.session
        if session.can_play_on:
            self.table.stage.push(PlayOnScreen(session, self._game_below()))
        else:
            words = "The campaign is over by this evening; go back to an earlier one."
            if not session.campaign.is_over:
                words = "A day is in progress here; go to an evening."
            self.table.stage.push(NoticeScreen("You cannot play on from here", words))


PARTS: tuple[type[Part], ...] = (
    LayerBar, MiniMap, StackFan, SidePanel, LogPanel, Message, WhyPanel, OrderOfBattle, Tracks, ReplayBar, TopBar,
    MoreCommands, PanelWalk, ReplayAbove, ReplayPlayback, EdgePan,
)  # fmt: skip


class ReplayScreen(MapScreen):
    """A replay in the window.

    Parameters
    ----------
    session : ReplaySession
    view : MapView
    """

    session: ReplaySession
    kinds: ClassVar[tuple[type[Part], ...]] = PARTS

    def __init__(self, session: ReplaySession, view: MapView) -> None:
        self._shown = session.version
        super().__init__(session, view, Selection(session))

    @property
    def map_top(self) -> int:
        """Return how far below the upper edge of the window the map begins, in pixels."""
        return super().map_top + self.part(ReplayBar).height

    def update(self, elapsed_s: float = 0.0) -> None:
        """Go on by a frame; say so where a day does not come out as it was played."""
        try:
            self.session.poll()
            super().update(elapsed_s)
        except SaveError as error:
            self.part(ReplayBar).stop()
            self.stage.push(NoticeScreen("The replay has stopped", str(error)))
        if self._shown != self.session.version:
            self._shown = self.session.version
            self.selection.look_again()
