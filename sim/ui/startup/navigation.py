"""The one place that knows how games, replays and the title are begun."""

from pathlib import Path
from typing import TYPE_CHECKING

from sim.ui.screens.title import TitleScreen
from sim.ui.startup import start_game, start_replay
from sim.ui.window.navigator import GameOptions
from sim.ui.window.settings import Settings
from sim.ui.window.stage import Stage

if TYPE_CHECKING:  # the title must not wait for the engine, which these need
    from sim.game.play.session_view import SessionView
    from sim.game.saves.replay_session import ReplaySession


class Navigation:
    """The ``Navigator`` of a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def title(self) -> None:
        """Show the title instead of all other screens."""
        self.stage.only(TitleScreen(GameOptions()))

    def new_game(self, options: GameOptions) -> None:
        """Begin a game and show it instead of all other screens."""
        start_game.begin(self.stage, options)

    def tutorial(self) -> None:
        """Begin the tutorial."""
        start_game.begin_tutorial(self.stage)

    def resume(self, path: Path) -> None:
        """Go on with a saved game."""
        start_game.resume(self.stage, path)

    def watch_file(self, path: Path) -> None:
        """Show a saved replay above the present screen."""
        start_replay.watch_file(self.stage, path)

    def watch(self, session: "SessionView") -> None:
        """Show what happened so far in a game above the present screen."""
        start_replay.watch_session(self.stage, session)

    def play_on(self, session: "ReplaySession", sides: tuple[str, ...], commander: str) -> None:
        """Begin a new game from the evening that a replay shows."""
        start_replay.play_on(self.stage, session, sides, commander)


def new_stage(settings: Settings, size: tuple[int, int]) -> Stage:
    """Return an empty stage whose screens find their way."""
    stage = Stage(settings, size)
    stage.navigator = Navigation(stage)
    return stage
