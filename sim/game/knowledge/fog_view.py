"""The fog view: the world as one side knows it, to be shown; what the side does not know of the enemy is not in it.

Whoever shows a side's map, its reports or its points reads them from this world alone, so nothing can leak however it
is shown. Of the same knowledge three other worlds are made: ``layout.as_known_to`` is the true world with the layers
that a side knows, on which commanders and orders plan; ``known_world`` puts the estimates of a staff into the gaps, to
fight a battle ahead in; ``determinizations`` draw whole situations that agree with it, to play a campaign ahead.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.knowledge.enemy_estimates import SIGHTING, Books, open_books
from sim.game.knowledge.known_world import hide_enemy_affairs, main_nation
from sim.game.wording.rounded_strengths import rounded, size_of
from sim.kernels import codes
from sim.kernels.state.layout import CHANGING, World, bytes_of, copied

UNTOLD = -1  # kind of the events that a side does not know of; no sentence is made of it
# What stays in the record of an enemy unit that is not on the map of the side: who it is, and what the books say.
ON_THE_BOOKS = (
    "formation", "army", "side", "nation", "branch", "mobility", "axis", "stack10", "arrival_turn", "arrival_hex",
    "men_start", "killed", "wounded", "captured", "deserted", "tanks_start", "tanks_lost", "guns_start", "guns_lost",
    "launchers_start", "launchers_lost", "aircraft", "aircraft_start", "status",
)  # fmt: skip
COUNTED = ("men", "guns", "launchers", "tanks", "readiness_permille", "fuel_max10", "ammo_max10", "at_guns")
OWN = tuple(name for name in CHANGING if name not in ("layers", "events"))  # these two are put together anew
GUESSED_MEN = [kind for kind, event in enumerate(codes.EVENTS) if event.guessed == codes.GUESSED_MEN]
GUESSED_ODDS = [kind for kind, event in enumerate(codes.EVENTS) if event.guessed == codes.GUESSED_ODDS]
# What the odds of a battle are taken to have been; judgement: nobody knows them nearer who knows one side only.
ODDS_PERMILLE = np.array((0, 500, 800, 1000, 1500, 2000, 3000, 4000, 6000, 8000, 12000, 20000, 50000, 100000))
NOWHERE = ("hex", "next_in_hex", "seen_hex", "supply_hex", "supply_source", "target", "objective", "detour")


def fog_view(world: World, side: int | None, opening: World) -> World:
    """Return the world as a side knows it; the world itself where it sees all.

    Parameters
    ----------
    world : World
    side : int or None
        SOVIET, JAPANESE, or None for who sees all.
    opening : World
        The first morning by the order of battle (``Static.template``), which both staffs know.

    Notes
    -----
    Enemy units stand where they were seen last, or nowhere. Identified ones have the men, guns and tanks at which the
    books of the side put them; of those seen from afar nothing is known but the size of the body. Losses of the enemy,
    and the points for them, are what the side claims.
    """
    if side is None or not world.rules["fog"][0]:
        return world
    books = open_books(opening, world, side)
    own = world._replace(
        events=_events(world, side),
        layers=copied(world.known[side]),
        **{name: copied(getattr(world, name)) for name in OWN},
    )
    hide_enemy_affairs(own, opening, side)
    own.units["seen_hex"][own.units["side"] == side] = -1  # what the enemy knows is his own affair
    for name in (*SIGHTING[1:], "seen_men"):
        own.units[name][own.units["side"] == side] = 0
    own.sight[1 - side] = codes.UNSEEN
    bytes_of(own.known[1 - side])[:] = 0
    own.units[books.rows] = _enemy(world, books, side)
    _count_claims(own, side)
    return own


def read_only(world: World) -> World:
    """Return the same world through arrays that refuse to be written."""

    def view(array: NDArray[Any]) -> NDArray[Any]:
        looked_at = array.view()
        looked_at.flags.writeable = False
        return looked_at

    return World(*(view(array) for array in world))


def _enemy(world: World, books: Books, side: int) -> NDArray[Any]:
    """Return the records of the enemy's units as the side shows them."""
    out = np.zeros_like(books.units)
    for name in ON_THE_BOOKS:
        out[name] = books.units[name]
    for name in NOWHERE:
        out[name] = -1
    for name in (*COUNTED, *SIGHTING, "seen_men", "hex"):
        out[name][books.identified] = books.units[name][books.identified]
    known = np.asarray(world.units[books.rows])
    afar = (known["seen_hex"] >= 0) & ~books.identified & ~books.gone
    for name in SIGHTING:
        out[name][afar] = known[name][afar]
    out["hex"][afar], out["status"][afar] = known["seen_hex"][afar], codes.ACTIVE
    out["men"][afar] = out["seen_men"][afar] = size_of(known["seen_men"][afar])
    out["nation"][afar] = main_nation(1 - side)
    out["branch"][afar], out["mobility"][afar] = codes.INFANTRY, codes.FOOT
    for name in ("formation", "army", "axis"):
        out[name][afar] = -1
    out["readiness_permille"][afar] = 1000
    lost = (out["status"] == codes.ACTIVE) & (out["hex"] < 0)  # somewhere, and nobody knows where
    out["status"][lost] = codes.OFF_MAP
    out["cohesion_permille"], out["posture"] = 1000, codes.DEFEND
    return out


def _count_claims(world: World, side: int) -> None:
    """Bring the points of the side, and the score, into line with the losses of the enemy that it claims."""
    units, mine = world.units, world.sides[side]
    enemy = units["side"] != side
    lost = sum(int(units[name][enemy].sum(dtype=np.int64)) for name in ("killed", "captured", "deserted"))
    mine["loss_points"] = lost * int(world.clock["loss_points"][0][1 - side]) // 1000
    mine["points"] = int(mine["objective_points"]) + int(mine["loss_points"])
    points = world.sides["points"]
    world.clock["score"] = int(points[codes.SOVIET]) - int(points[codes.JAPANESE])


def _events(world: World, side: int) -> NDArray[Any]:
    """Return the log as a side knows it; numbers and order stay.

    What it does not know of is made untellable; odds and the men of enemy units are what it makes of them.
    """
    n_events = int(world.clock["n_events"][0])
    out = copied(world.events[:n_events])
    unknown = (out["known_to"] >> side) & 1 == 0
    blank = np.zeros(int(unknown.sum()), out.dtype)
    blank["kind"], blank["turn"] = UNTOLD, out["turn"][unknown]
    out[unknown] = blank
    counted = np.isin(out["kind"], GUESSED_MEN) & (world.units["side"][out["subject"]] != side)
    out["a"][counted] = rounded(out["a"][counted])
    fought = np.isin(out["kind"], GUESSED_ODDS)
    out["a"][fought] = ODDS_PERMILLE[np.abs(ODDS_PERMILLE[:, None] - out["a"][fought]).argmin(axis=0)]
    return out
