"""What a side knows of its enemy: every unit that it sees or remembers.

The engine keeps the sightings (``units.seen_*``, ``known``, ``sight``); here they become counters and words.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.campaign import Campaign
from sim.game.wording.rounded_strengths import rounded
from sim.game.wording.views import count
from sim.kernels import codes
from sim.kernels.state.layout import World

# Men up to which troops seen from afar are taken for a body of this size; readings of a staff, not rules of the game.
SIZES = ((1_500, "a battalion"), (4_500, "a regiment"), (8_000, "a brigade"))
LARGEST = "a division"
MISCOUNT = 0.2  # an identified unit's strength is known within a fifth


@dataclass(frozen=True)
class Sighting:
    """One enemy unit on the map of a side.

    Attributes
    ----------
    unit : int
        Row of the unit; only where it is identified may its name be shown.
    hex : int
        Where it stands, or was seen last.
    level : int
        ESTIMATED or IDENTIFIED.
    age_days : int
        Days since it was seen there; 0 today.
    in_sight : bool
        Whether it is seen there now.
    name : str
        ``unknown troops`` unless identified.
    strength : str
        In words: ``about 8,000-12,000 men``, ``a division``.
    """

    unit: int
    hex: int
    level: int
    age_days: int
    in_sight: bool
    name: str
    strength: str

    @property
    def is_identified(self) -> bool:
        """Return whether the unit is known by name."""
        return self.level == codes.IDENTIFIED

    @property
    def seen(self) -> str:
        """Return when it was seen: ``in sight``, ``last seen today``, ``last seen 2 days ago``."""
        if self.in_sight:
            return "in sight"
        if self.age_days == 0:
            return "last seen today"
        return f"last seen {count(self.age_days, 'day')} ago"


class SideKnowledge:
    """The enemy as one side knows him.

    Parameters
    ----------
    campaign : Campaign
    side : str or None
        ``soviet`` or ``japan``; None to see everything, as who watches does.
    world : World, optional
        A state of this campaign to look at instead of the present one.

    Attributes
    ----------
    sees_all : bool
        Whether nothing is hidden: nobody's view, or a campaign without fog of war.
    """

    def __init__(self, campaign: Campaign, side: str | None, world: World | None = None) -> None:
        self.campaign = campaign
        self.world = campaign.world if world is None else world
        self.side = None if side is None else codes.SIDES.index(side)
        self.sees_all = self.side is None or not self.world.rules["fog"][0]

    def sees(self, hex: int) -> bool:
        """Return whether the side has a hex in sight."""
        return self.sees_all or bool(self.world.sight[self.side, hex] > codes.UNSEEN)

    def sight(self) -> NDArray[np.uint8]:
        """Return UNSEEN, ESTIMATED or IDENTIFIED for every hex."""
        if self.sees_all:
            return np.full(len(self.world.hexes), codes.IDENTIFIED, np.uint8)
        return np.asarray(self.world.sight[self.side])

    def layers(self) -> NDArray[Any]:
        """Return the LAYER records as the side knows them: occupant, enemy power and zones. Supply is not in them."""
        return np.asarray(self.world.layers if self.sees_all else self.world.known[self.side])

    def sightings(self) -> list[Sighting]:
        """Return every enemy unit that the side sees or remembers, in the order of their rows."""
        units = self.world.units
        if self.sees_all:
            there = (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)
            if self.side is not None:
                there &= units["side"] != self.side
            return [self._in_full(row) for row in np.flatnonzero(there).tolist()]
        known = (units["side"] != self.side) & (units["seen_hex"] >= 0)
        return [self._as_known(row) for row in np.flatnonzero(known).tolist()]

    def of(self, unit: int) -> Sighting:
        """Return what the side knows of an enemy unit that stands on its map."""
        return self._in_full(unit) if self.sees_all else self._as_known(unit)

    def at(self, hex: int) -> list[Sighting]:
        """Return the enemy units that the side knows to stand in a hex."""
        return [sighting for sighting in self.sightings() if sighting.hex == hex]

    def _in_full(self, row: int) -> Sighting:
        record = self.world.units[row]
        name, men = self.campaign.views.unit(row), count(record["men"], "man", "men")
        return Sighting(row, int(record["hex"]), codes.IDENTIFIED, 0, True, name, men)

    def _as_known(self, row: int) -> Sighting:
        record = self.world.units[row]
        hex, level = int(record["seen_hex"]), int(record["seen_level"])
        men = int(rounded(record["seen_men"]))  # of a world made by ``fog_view`` they are so already
        identified = level == codes.IDENTIFIED
        return Sighting(
            unit=row,
            hex=hex,
            level=level,
            age_days=int(self.world.clock["turn"][0]) - int(record["seen_turn"]),
            in_sight=self.sees(hex),
            name=self.campaign.views.unit(row) if identified else "unknown troops",
            strength=men_about(men) if identified else size_about(men),
        )


def men_about(men: int) -> str:
    """Return a strength as a staff reports it.

    Example
    -------
    >>> men_about(10_000), men_about(900)
    ('about 8,000-12,000 men', 'about 700-1,100 men')
    """
    step = 1_000 if men >= 5_000 else 500 if men >= 2_000 else 100
    low = max(round(men * (1 - MISCOUNT) / step), 0) * step
    high = max(round(men * (1 + MISCOUNT) / step), 1) * step
    return f"about {low:,}-{high:,} men"


def size_about(men: int) -> str:
    """Return what troops seen from afar are taken for.

    Example
    -------
    >>> size_about(900), size_about(12_000)
    ('a battalion', 'a division')
    """
    return next((words for most, words in SIZES if men <= most), LARGEST)


def events_known(side: str | None, events: NDArray[Any]) -> NDArray[Any]:
    """Return those of some EVENT records of which a side came to know; all of them for None."""
    if side is None:
        return events
    return np.asarray(events[(events["known_to"] >> codes.SIDES.index(side)) & 1 == 1])


def reveals(before: World, after: World, side: str) -> bool:
    """Return whether a side knows something of the enemy ``after`` an order that it did not know ``before``."""
    enemy = before.units["side"] != codes.SIDES.index(side)
    return any(bool((before.units[name] != after.units[name])[enemy].any()) for name in ("seen_hex", "seen_level"))
