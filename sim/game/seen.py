"""The world as one side believes it to be: what it does not know of the enemy is not in it.

Whoever shows a side's map draws from this world alone, so nothing can leak however it is drawn.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import codes
from sim.kernels.layout import World

UNTOLD = -1  # kind of the events that a side does not know of; no sentence is made of it
# What of an enemy unit stays in its record: who it is, and what the sightings say of it.
PERMANENT = (
    "formation", "army", "side", "nation", "branch", "mobility", "axis", "stack10", "men_start", "seen_hex",
    "seen_level", "seen_turn", "seen_power", "seen_men", "killed", "wounded", "captured", "deserted", "tanks_lost",
    "guns_lost", "launchers_lost", "guns_start", "launchers_start", "aircraft_start", "status",
)  # fmt: skip
SIZES_MEN = (1_000, 3_000, 6_000, 10_000)  # what troops seen from afar are shown as: battalion to division


def as_seen(world: World, side: int | None) -> World:
    """Return the world as a side believes it to be; the world itself where it sees all.

    Parameters
    ----------
    world : World
    side : int or None
        SOVIET, JAPANESE, or None for who sees all.

    Notes
    -----
    Enemy units stand where they were seen last, or nowhere. Identified ones have men, guns and tanks rounded as a staff
    reports them; of those seen from afar only the size of the body is known. The losses of each enemy unit stay, since
    reports sum them up by nation.
    """
    if side is None or not world.rules["fog"][0]:
        return world
    cost, line = world.supply_cost.copy(), world.line_from.copy()  # the enemy's supply is not known
    cost[1 - side], line[1 - side] = codes.BLOCKED, -1
    return world._replace(
        units=_units(world.units, side),
        layers=world.known[side],
        supply_cost=cost,
        line_from=line,
        events=_events(world, side),
    )


def _units(units: NDArray[Any], side: int) -> NDArray[Any]:
    """Return the records of all units, those of the enemy as far as he is known."""
    out = units.copy()
    enemy = units["side"] != side
    blank = np.zeros_like(np.asarray(units[enemy]))
    for name in PERMANENT:
        blank[name] = units[name][enemy]
    known = units[enemy]
    shown = known["seen_hex"] >= 0
    identified = shown & (known["seen_level"] == codes.IDENTIFIED)
    blank["hex"] = np.where(shown, known["seen_hex"], -1)
    gone = known["status"] > codes.OFF_MAP
    blank["status"] = np.where(shown, codes.ACTIVE, np.where(gone, known["status"], codes.OFF_MAP))
    blank["next_in_hex"] = -1
    blank["cohesion_permille"] = 1000
    blank["posture"] = codes.DEFEND
    blank["men"] = np.where(identified, _rounded(known["seen_men"]), np.where(shown, _size(known["seen_men"]), 0))
    for name in ("guns", "launchers"):
        blank[name] = np.where(identified, _rounded(known[name]), 0)
    blank["tanks"] = np.where(identified[:, None], _rounded(known["tanks"]), 0)
    for name in ("readiness_permille", "fuel_max10", "ammo_max10", "fuel10", "ammo10", "at_guns"):
        blank[name] = np.where(identified, known[name], 0)
    blank["mobility"] = np.where(identified, known["mobility"], codes.FOOT)
    out[enemy] = blank
    return out


def _rounded(numbers: NDArray[Any]) -> NDArray[np.int64]:
    """Return numbers to two figures."""
    whole = numbers.astype(np.int64)
    step = np.where(whole >= 1000, 500, np.where(whole >= 100, 10, 1))
    found: NDArray[np.int64] = (whole + step // 2) // step * step
    return found


def _size(men: NDArray[Any]) -> NDArray[np.int64]:
    """Return the usual strength of the body for which so many men are taken."""
    sizes = np.array(SIZES_MEN)
    found: NDArray[np.int64] = sizes[np.searchsorted(np.array((1_500, 4_500, 8_000)), men)]
    return found


def _events(world: World, side: int) -> NDArray[Any]:
    """Return the log with what a side does not know of made untellable; numbers and order stay."""
    n_events = int(world.clock["n_events"][0])
    out = world.events[:n_events].copy()
    unknown = (out["known_to"] >> side) & 1 == 0
    out["kind"][unknown] = UNTOLD
    return out
