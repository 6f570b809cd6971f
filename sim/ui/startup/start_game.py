"""Beginning a game: from what was chosen to the campaign screen, behind the loading screen.

The engine is imported when a game begins, not before: the title must not wait for it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import SimError
from sim.game.tutorial import tutorial
from sim.ui.screens.loading import LoadingScreen, Report
from sim.ui.screens.notice import NoticeScreen
from sim.ui.window.engine import ENGINE
from sim.ui.window.navigator import GameOptions
from sim.ui.window.stage import Stage

if TYPE_CHECKING:
    from sim.game.play.session import Session
    from sim.game.saves.kept_games import KeptGame
    from sim.game.telling.situation_report import Reporter
    from sim.ui.campaign.campaign_screen import CampaignScreen
    from sim.ui.map.map_view import MapView


@dataclass(frozen=True)
class Game:
    """A game that is ready to be shown: the session, the painted ground and the map.

    Attributes
    ----------
    view : MapView, optional
        Made behind the loading screen; without it, when the game is shown.
    reporter : Reporter, optional
        Of a game that was loaded: it has told the days so far.
    """

    session: "Session"
    ground: Path
    lesson: bool = False
    view: "MapView | None" = None
    reporter: "Reporter | None" = None


def begin(stage: Stage, options: GameOptions) -> None:
    """Load a game in the background and then show it instead of all other screens."""

    def work(report: Report) -> Game:
        ENGINE.wait(report)
        from sim.game.campaign import Campaign
        from sim.game.maps import basemap
        from sim.game.play.session import Session
        from sim.game.warmup.every_call import prepare

        campaign = Campaign.start(options.scenario, options.mods, options.seed, plans=options.plans, fog=options.fog)
        for side in campaign.side_ids:
            if side not in options.sides:
                campaign.commanded_by(side, options.commander)
        report("painting the map")
        ground = basemap.prepare(campaign.world, campaign.scenario.base)
        prepare(campaign, report)
        return _with_view(Session(campaign, options.sides), ground, options.lesson)

    stage.push(LoadingScreen(work, partial(show, stage), partial(fail, stage)))


def begin_tutorial(stage: Stage) -> None:
    """Begin the tutorial: its scenario, with its lessons."""
    begin(stage, GameOptions(tutorial.SCENARIO, lesson=True))


def resume(stage: Stage, path: Path) -> None:
    """Load a saved game in the background and then show it instead of all other screens."""

    def load(report: Report) -> "Session":
        from sim.game.saves.resume import open_game

        return open_game(path, report)

    _go_on(stage, load)


def continue_kept(stage: Stage, game: "KeptGame") -> None:
    """Go on with a game where it ended, as ``resume`` does."""

    def load(report: Report) -> "Session":
        from sim.game.saves.resume import continue_game

        return continue_game(game, report)

    _go_on(stage, load)


def _go_on(stage: Stage, load: Callable[[Report], "Session"]) -> None:
    def work(report: Report) -> Game:
        ENGINE.wait(report)
        from sim.game.maps import basemap
        from sim.game.saves.replay_session import recalled
        from sim.game.warmup.every_call import prepare

        session = load(report)
        report("reading the days so far")
        reporter = recalled(session)
        report("painting the map")
        ground = basemap.prepare(session.campaign.world, session.campaign.scenario.base)
        if not session.campaign.is_over:
            prepare(session.campaign, report)
        return replace(_with_view(session, ground), reporter=reporter)

    stage.push(LoadingScreen(work, partial(show, stage), partial(fail, stage)))


def _with_view(session: "Session", ground: Path, lesson: bool = False) -> Game:
    """Return a game with its map, which takes longer to make than a frame; the rules are read for the help, too."""
    from sim.ui.map.map_view import MapView
    from sim.ui.screens.help import documents

    documents()
    return Game(session, ground, lesson, MapView(session, ground))


def show(stage: Stage, game: Game) -> "CampaignScreen":
    """Show a game at its first orders."""
    from sim.ui.campaign.campaign_screen import CampaignScreen
    from sim.ui.map.map_view import MapView
    from sim.ui.panels.reports import Reporting
    from sim.ui.panels.tutorial import LessonPart

    screen = CampaignScreen(game.session, game.view or MapView(game.session, game.ground))
    stage.only(screen)
    if game.reporter is not None:
        screen.part(Reporting).recall(game.reporter)
    if game.lesson:
        screen.part(LessonPart).begin()
    if game.session.side_to_move is None:
        game.session.advance()
    return screen


def fail(stage: Stage, error: BaseException) -> None:
    """Say what is wrong with the input in words; anything else is a bug and keeps its traceback."""
    if not isinstance(error, SimError):
        raise error
    stage.replace(NoticeScreen("The game cannot begin", str(error)))
