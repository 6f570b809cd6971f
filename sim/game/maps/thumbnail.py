"""The picture of a scenario for the list: the situation on its first morning, drawn once and kept in the cache."""

import io
from pathlib import Path

from PIL import Image

from sim import scenario
from sim.cache import cached_file
from sim.game.campaign import Campaign
from sim.game.library import ScenarioEntry
from sim.game.picture.legend import FOOTER_PX, HEADER_PX, MARGIN_PX
from sim.game.picture.situation_map import draw_situation

DRAWN_PX, KEPT_PX = 2000, 1000  # drawn larger and reduced, so that counters and names do not crowd
STYLE = 3  # raised when the drawing changes


def portrait(entry: ScenarioEntry) -> Path:
    """Return the file of a scenario's picture: its own, or one that is drawn now if it is not in the cache."""
    if entry.picture is not None:
        return entry.picture
    loaded = scenario.load(entry.folder)
    name = f"portraits/{entry.id}-{STYLE}-{scenario.digest(loaded)[:16]}.png"
    return cached_file(name, lambda: _drawn(loaded))


def _drawn(loaded: scenario.Scenario) -> bytes:
    """Return the picture of a scenario as a PNG file."""
    campaign = Campaign.start(loaded)
    drawn = _map_of(draw_situation(campaign.world, campaign.views, "", "", DRAWN_PX))
    file = io.BytesIO()
    size = (KEPT_PX, round(drawn.height * KEPT_PX / drawn.width))
    drawn.resize(size, Image.Resampling.LANCZOS).save(file, format="PNG")
    return file.getvalue()


def _map_of(page: Image.Image) -> Image.Image:
    """Return the map without the title, legend and margins of its page."""
    top, bottom = MARGIN_PX + HEADER_PX, page.height - MARGIN_PX - FOOTER_PX
    return page.crop((MARGIN_PX, top, page.width - MARGIN_PX, bottom))
