"""A window and the campaign of August 1945 to measure in it, with its ground painted and its kernels loaded."""

import os
from pathlib import Path
from typing import Any


def opened(settings: Any) -> tuple[Any, Any, Path]:
    """Open a window that nobody sees unless told otherwise; return it, a campaign and the painted ground.

    pygame is imported here, once SDL's driver is chosen.
    """
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    from sim.game.campaign import Campaign
    from sim.game.maps import basemap
    from sim.game.warmup.every_call import prepare
    from sim.ui.startup import main_loop

    window = main_loop.open_window(settings)
    campaign = Campaign.start("august_storm")
    ground = basemap.prepare(campaign.world, "august_storm")
    prepare(campaign, lambda words: None)
    return window, campaign, ground
