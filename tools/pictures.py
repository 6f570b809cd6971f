"""Draw the pictures of the README anew: ``make pictures``.

The map is the one that ``august-storm run --until 1945-08-14 --map`` draws, made smaller for the screen.
"""

from datetime import date
from pathlib import Path

from PIL import Image

from sim.game.campaign import Campaign
from sim.game.picture.situation_map import draw_situation

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
DAY = date(1945, 8, 14)
SCREEN_WIDTH_PX = 1800
QUALITY = 82


def main() -> None:
    """Write docs/pictures/situation.webp."""
    campaign = Campaign.start("august_storm").run(until=DAY)
    title = campaign.scenario.header.title.partition(":")[0]
    when = f"Evening of {DAY.day} {DAY:%B %Y}, day {campaign.turns_played}"
    picture = draw_situation(campaign.world, campaign.views, title, when)
    small = picture.resize(
        (SCREEN_WIDTH_PX, round(picture.height * SCREEN_WIDTH_PX / picture.width)), Image.Resampling.LANCZOS
    )
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / "situation.webp"
    small.save(path, quality=QUALITY, method=6)
    print(f"wrote {path.relative_to(FOLDER.parent.parent)}, {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
