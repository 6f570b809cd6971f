"""How deep the armies of each front stand, and what they gained in the day."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.game.wording.report_lines import WIDTH
from sim.game.wording.views import Views
from sim.kernels import codes
from sim.kernels.state.layout import World


@dataclass(frozen=True)
class Advance:
    """How deep an army stands and what it gained in the day."""

    army: str
    depth_km: float
    gained_km: float


def advances(
    views: Views, world: World, yesterday_km: NDArray[np.float64], reader: int | None
) -> list[tuple[str, list[Advance]]]:
    """Return for each Soviet front, the deepest first, its armies that gained ground today.

    ``yesterday_km`` is how deep each unit stood the evening before; ``reader`` is the side that is told, None for all.
    """
    units = world.units
    fighting = (units["side"] == codes.SOVIET) & ~np.isin(
        units["branch"], (codes.HEADQUARTERS, codes.SUPPORT, codes.AIR, codes.RIVER_UNIT)
    )
    depth = np.where(fighting, views.depth_km(world), 0.0)
    old = np.where(fighting, yesterday_km, 0.0)
    fronts: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for unit in np.flatnonzero(fighting).tolist():
        if views.army_row(unit) >= 0:
            fronts[views.front_row(unit)][views.army_row(unit)].append(unit)
    told = []
    for front, groups in fronts.items():
        armies = []
        for army, members in groups.items():
            deepest, yesterday = float(depth[members].max()), float(old[members].max())
            if deepest > yesterday and (army != front or len(groups) == 1):
                found_today = reader == codes.JAPANESE and yesterday == 0  # by the enemy's reconnaissance
                gained = 0.0 if found_today else deepest - yesterday
                armies.append(Advance(views.formation(army), deepest, gained))
        if armies:
            armies.sort(key=lambda one: (-one.gained_km, -one.depth_km, one.army))
            told.append((views.formation(front), armies))
    return sorted(told, key=lambda item: -max(one.depth_km for one in item[1]))


def advance_text(label: str, armies: list[Advance]) -> str:
    """Return ``6th Guards Tank 300 km (+60), 17th 225 (+15)``: the leading armies, as many as one line holds."""
    text = ""
    for one in armies:
        gained = f" (+{one.gained_km:.0f})" if one.gained_km > 0 else ""
        own = f"{short_name(one.army)} {one.depth_km:.0f}{'' if text else ' km'}{gained}"
        more = f"{text}, {own}" if text else own
        if text and len(label) + len(more) + 3 > WIDTH:
            break
        text = more
    return f"{text}."


def short_name(army: str) -> str:
    """Return the name of an army or front as it stands in a list of them.

    Example
    -------
    >>> short_name("6th Guards Tank Army"), short_name("Soviet-Mongolian Cavalry-Mechanised Group")
    ('6th Guards Tank', 'Cavalry-Mechanised Group')
    """
    return army.removesuffix(" Army").removesuffix(" Front").removeprefix("Soviet-Mongolian ")
