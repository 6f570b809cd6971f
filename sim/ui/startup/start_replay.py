"""Beginning a replay, and a game that is played on from one: what is chosen, to its screen, behind the loading screen.

The engine is imported when a replay begins, not before: the title must not wait for it.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.ui.screens.loading import LoadingScreen, Report
from sim.ui.startup import start_game
from sim.ui.window.engine import ENGINE
from sim.ui.window.stage import Stage

if TYPE_CHECKING:
    from sim.game.play.session_view import SessionView
    from sim.game.saves.replay_session import ReplaySession
    from sim.ui.campaign.replay_screen import ReplayScreen


def watch_file(stage: Stage, path: Path) -> None:
    """Load a replay in the background and then show it above the present screen."""

    def open_file() -> "ReplaySession":
        from sim.game.saves.player_saves import load_replay

        return load_replay(path)

    _watch(stage, open_file)


def watch_session(stage: Stage, session: "SessionView") -> None:
    """Show what happened so far in a game above the present screen."""

    def open_session() -> "ReplaySession":
        from sim.game.saves.replay_session import watch

        return watch(session)

    _watch(stage, open_session)


def _watch(stage: Stage, open_replay: Callable[[], "ReplaySession"]) -> None:
    def work(report: Report) -> tuple["ReplaySession", Path]:
        ENGINE.wait(report)
        from sim.game.maps import basemap

        report("going through the days")
        session = open_replay()
        report("painting the map")
        return session, basemap.prepare(session.campaign.world, session.campaign.scenario.base)

    stage.push(LoadingScreen(work, lambda made: show(stage, *made), partial(start_game.fail, stage)))


def show(stage: Stage, session: "ReplaySession", ground: Path) -> "ReplayScreen":
    """Show a replay instead of the loading screen."""
    from sim.ui.campaign.replay_screen import ReplayScreen
    from sim.ui.map.map_view import MapView

    screen = ReplayScreen(session, MapView(session, ground))
    stage.replace(screen)
    return screen


def play_on(stage: Stage, session: "ReplaySession", sides: tuple[str, ...], commander: str) -> None:
    """Begin a new game from the evening that a replay shows, instead of all other screens."""

    def work(report: Report) -> start_game.Game:
        from sim.game.maps import basemap
        from sim.game.warmup.every_call import prepare

        game = session.play_on(sides, dict.fromkeys(session.campaign.side_ids, commander))
        ground = basemap.prepare(game.campaign.world, game.campaign.scenario.base)
        prepare(game.campaign, report)
        return start_game.Game(game, ground)

    stage.push(LoadingScreen(work, partial(start_game.show, stage), partial(start_game.fail, stage)))
