"""Windows for tests: SDL's dummy driver, a stage, and the campaign at its first orders."""

import os
import time

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

from sim.game.campaign import Campaign
from sim.game.maps import basemap
from sim.game.play.session import Session
from sim.ui.campaign.campaign_screen import CampaignScreen
from sim.ui.startup import main_loop, start_game
from sim.ui.startup.navigation import new_stage
from sim.ui.window.settings import Settings
from sim.ui.window.stage import Stage

SIZE = (1280, 800)


def opened_window(settings: Settings = Settings(size_px=SIZE)):  # noqa: B008
    """Return the surface of a window that nobody sees."""
    return main_loop.open_window(settings)


def opened(
    sides: tuple[str, ...], size: tuple[int, int] = SIZE, scale: float = 1.0, fog: bool | None = None
) -> CampaignScreen:
    """Return the campaign screen of August 1945 at its first orders; its stage is ``screen.stage``."""
    campaign = Campaign.start("august_storm", fog=fog)
    stage = new_stage(Settings(size_px=size, scale=scale, turn_warning=False), size)
    game = start_game.Game(Session(campaign, sides), basemap.prepare(campaign.world, "august_storm"))
    screen = start_game.show(stage, game)
    screen.session.wait()
    screen.update()
    return screen


def settle(screen: CampaignScreen, number: int = 60) -> None:
    """Let a screen do what it does in the frames after the computer has finished: reports, saves, names on the map."""
    for _ in range(number):
        screen.update(1 / 60)


def frames(stage: Stage, target, until, most_s: float = 60.0) -> None:
    """Run frames until something holds; fail after ``most_s`` seconds."""
    began = time.monotonic()
    while not until():
        assert time.monotonic() - began < most_s, "it never happened"
        stage.update(1 / 60)
        stage.draw(target)
