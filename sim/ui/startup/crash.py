"""What is done where the program fails in the window: the game is kept, a report is written, and the title comes back.

The orders of the game are on the disk already (``GameJournal``); the save beside them keeps what a save has more.
"""

import platform
import sys
import traceback
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import pygame

from sim import __version__, paths
from sim.output import write_text
from sim.ui.screens.notice import NoticeScreen
from sim.ui.screens.title import TitleScreen
from sim.ui.window.navigator import GameOptions
from sim.ui.window.stage import Stage

LIBRARIES = ("pygame-ce", "pygame-gui", "numpy", "numba", "pillow")
ORDERS_TOLD = 20
HEADING = "The game has run into an error"


def recover(stage: Stage, error: Exception, folder: Path | None = None) -> None:
    """Keep the game that was on the stage, write down what happened, and show the title with where both are.

    Parameters
    ----------
    folder : Path, optional
        Of the reports; usually ``crashes`` in the user's folder.
    """
    kept = _keep_game(stage)
    told = _write_report(stage, error, folder or paths.user_root() / "crashes")
    while stage.screens:
        _without_failing(stage)
    stage.push(TitleScreen(GameOptions()))
    stage.push(NoticeScreen(HEADING, f"{kept}\n\n{told}\n\n{type(error).__name__}: {error}"[:1200]))


def _without_failing(stage: Stage) -> None:
    """Take a screen away whatever it does as it leaves."""
    screen = stage.screens.pop()
    try:
        screen.leave()
    except Exception:
        traceback.print_exc()


def _keep_game(stage: Stage) -> str:
    """Save the game on the stage; return what to say of it."""
    try:
        from sim.game.saves import player_saves  # the title may stand without the engine
        from sim.ui.campaign.campaign_screen import CampaignScreen

        session = next((one.session for one in stage.screens if isinstance(one, CampaignScreen)), None)
        if session is None or not session.sides:
            return "No game was in progress."
        if session.is_thinking:
            return "The computer was moving. Every order you gave is kept: choose Continue on the title."
        path = player_saves.emergency_path(session)
        player_saves.save_session(session, path)
        return f"Your game is kept: choose Continue on the title, or load\n{path}"
    except Exception as error:
        traceback.print_exc()
        return f"The game could not be saved ({error}). Every order up to the last one is in its journal: try Continue."


def _write_report(stage: Stage, error: Exception, folder: Path) -> str:
    """Write the report; return where it is."""
    traceback.print_exception(error)
    path = folder / f"crash-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_text(path, report_of(stage, error))
    except OSError as failed:
        return f"The report of the error could not be written: {failed.strerror}."
    return f"A report of the error is in\n{path}"


def report_of(stage: Stage, error: Exception) -> str:
    """Return what a developer needs: versions, the screens, the last orders, and the traceback."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    orders = _last_orders(stage)
    lines = [
        f"August Storm {__version__}, Python {platform.python_version()}, {platform.platform()}",
        libraries,
        f"display {pygame.display.get_driver() if pygame.display.get_init() else 'closed'}, window {stage.size}",
        f"screens: {', '.join(type(screen).__name__ for screen in stage.screens)}",
        f"command line: {' '.join(sys.argv[1:])}",
        "",
        f"last orders ({len(orders)}):",
        *orders,
        "",
        *traceback.format_exception(error),
    ]
    return "\n".join(lines) + "\n"


def _last_orders(stage: Stage) -> list[str]:
    for screen in stage.screens:
        session = getattr(screen, "session", None)
        if session is not None:
            return [str(entry) for entry in session.campaign.order_log.entries[-ORDERS_TOLD:]]
    return []
