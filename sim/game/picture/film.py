"""The campaign as a film: the situation of every evening in one animated WebP file."""

import io
from pathlib import Path

from PIL import Image

from sim.game.campaign import Campaign
from sim.game.picture.situation_map import draw_situation, theatre
from sim.output import write_output

DRAWN_PX = 2000  # drawn large and reduced, so that lettering and counters keep their proportions
WIDTH_PX = 1200
EVENING_MS = 900
LAST_EVENING_MS = 4000
QUALITY = 80


class Film:
    """Evenings as they are added, all in the frame of the first."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._bounds = theatre(campaign.world)
        self._evenings: list[Image.Image] = []
        self.add()

    def add(self) -> None:
        """Take a picture of the situation as it stands."""
        campaign = self._campaign
        header = campaign.scenario.header
        day = campaign.last_day
        when = f"{day.day} {day:%B %Y}" if campaign.turns_played else "Before the attack"
        title = header.title.partition(":")[0]
        picture = draw_situation(campaign.world, campaign.views, title, when, DRAWN_PX, self._bounds)
        height_px = round(WIDTH_PX * picture.height / picture.width)
        self._evenings.append(picture.convert("RGB").resize((WIDTH_PX, height_px), Image.Resampling.LANCZOS))

    def save(self, path: Path) -> None:
        """Write the film; it runs in a loop and rests on its last evening."""
        file = io.BytesIO()
        first, *others = self._evenings
        lasting = [EVENING_MS] * len(others) + [LAST_EVENING_MS]
        first.save(file, format="WEBP", save_all=True, append_images=others, duration=lasting, loop=0, quality=QUALITY)
        write_output(path, file.getvalue())
