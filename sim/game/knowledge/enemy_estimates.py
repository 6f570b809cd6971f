"""What the staff of a side has in its books of every enemy unit: the order of battle, less what it has seen and heard.

Both staffs of 1945 knew the other's order of battle in outline, so the books begin with the scenario's own: every unit
at its opening strength, on its day. From then on they change by what the side knows, and by nothing else: by the last
count of a unit that was identified, by the end of a unit that it came to know of, by the prisoners that it took.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.wording.rounded_strengths import rounded, size_of
from sim.kernels import codes
from sim.kernels.state.layout import UNIT, World, records

ENDS = {
    codes.EVENT_SHATTERED: codes.SHATTERED,
    codes.EVENT_SURRENDER: codes.SURRENDERED,
    codes.EVENT_DISPERSED: codes.DISPERSED,
}
SIGHTING = ("seen_hex", "seen_turn", "seen_level", "seen_power")


@dataclass(frozen=True)
class Books:
    """The enemy of one side as its staff has him in its books.

    Attributes
    ----------
    rows : (n,) int64
        Rows of the enemy's units.
    units : (n,) UNIT
        Each as it is taken to be. Who is identified stands where he was seen last; everyone else stands nowhere
        (``hex`` -1), whatever his ``status``. Losses are what the side claims.
    identified : (n,) bool
        On the map of the side, by name.
    gone : (n,) bool
        Known to have ended.
    unnamed : (m,) UNIT
        Troops on the map of the side of whom it knows place, age and rough strength, not the name: the sighting, and
        ``men`` by size. They stand in the order of these figures, so that not even the order tells who they are.
    """

    rows: NDArray[np.int64]
    units: NDArray[Any]
    identified: NDArray[np.bool_]
    gone: NDArray[np.bool_]
    unnamed: NDArray[Any]


def open_books(opening: World, world: World, side: int) -> Books:
    """Return the books of a side.

    Parameters
    ----------
    opening : World
        The first morning by the order of battle, before anything was drawn: what both staffs know beforehand.
    world : World
        The campaign as it stands. Of the enemy only the sightings, the events known to ``side`` and the prisoners
        that it took are read.
    side : int
    """
    rows = np.flatnonzero(world.units["side"] != side)
    units = np.asarray(opening.units[rows]).copy()
    known = np.asarray(world.units[rows])
    ends, men_at_end = _ends(world, rows, side)
    gone = ends >= 0
    named = (known["seen_level"] == codes.IDENTIFIED) & ~gone
    shown = (known["seen_hex"] >= 0) & ~gone
    counted = named & (shown | (known["seen_turn"] > 0))
    men = np.where(counted, np.minimum(rounded(known["seen_men"]), units["men_start"]), units["men"])
    _set_strength(units, np.where(gone, 0, men))
    _set_losses(units, known["captured"], np.where(gone, men_at_end, men), world.rules[0])
    units["deserted"][gone] = np.maximum(men_at_end - units["captured"], 0)[gone]
    units["status"] = np.where(gone, ends, units["status"])
    for name in ("hex", "next_in_hex", "seen_hex"):
        units[name] = -1
    identified = shown & named
    for name in SIGHTING:
        units[name][identified] = known[name][identified]
    units["seen_men"][identified] = men[identified]
    units["hex"][identified] = known["seen_hex"][identified]
    units["status"][identified] = codes.ACTIVE
    return Books(rows, units, identified, gone, _unnamed(known[shown & ~named]))


def _ends(world: World, rows: NDArray[np.int64], side: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the status in which the side knows each unit to have ended, -1 if it does not, and its men before that."""
    status, men = np.full(len(world.units), -1), np.zeros(len(world.units), np.int64)
    events = np.asarray(world.events[: int(world.clock["n_events"][0])])
    known = events[(events["known_to"] >> side) & 1 == 1]
    for kind, end in ENDS.items():
        ended = known[known["kind"] == kind]
        status[ended["subject"]] = end
        men[ended["subject"]] = rounded(ended["a"])
    return status[rows], np.minimum(men[rows], world.units["men_start"][rows])


def _set_strength(units: NDArray[Any], men: NDArray[np.int64]) -> None:
    """Set men, and guns and tanks in proportion to them; what is gone of those counts as lost."""
    left = men / np.maximum(units["men"], 1)
    units["men"] = men
    for name in ("guns", "launchers", "tanks"):
        before = units[name]
        units[name] = np.rint(before * (left if before.ndim == 1 else left[:, None]))
        units[f"{name}_lost"] = units[f"{name}_start"] - units[name]


def _set_losses(units: NDArray[Any], captured: NDArray[Any], men: NDArray[Any], rule: Any) -> None:
    """Set the losses that are claimed of units that still had so many men: prisoners are counted, the rest is shared.

    Of the others so many are taken for killed as the rules have it for their nation, and the rest for wounded.
    """
    units["captured"] = captured
    missing = np.maximum(units["men_start"].astype(np.int64) - men - captured, 0)
    units["killed"] = missing * np.asarray(rule["killed_permille"])[units["nation"]] // 1000
    units["wounded"] = missing - units["killed"]


def _unnamed(known: NDArray[Any]) -> NDArray[Any]:
    """Return the sightings of troops without a name, in the order of what is known of them."""
    found = np.asarray(records(len(known), UNIT))
    for name in SIGHTING:
        found[name] = known[name]
    found["hex"] = known["seen_hex"]
    found["men"] = found["seen_men"] = size_of(known["seen_men"])
    order = np.lexsort((found["men"], found["seen_power"], found["seen_turn"], found["seen_hex"]))
    return found[order]
