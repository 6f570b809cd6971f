"""Situations to play ahead from that agree with everything that one side knows.

Its own troops stand as they do. The enemy is as its staff estimates him (``enemy_estimates``): identified units where
they were seen last, unknown bodies given the names that fit them best, all others drawn to where the plan may have
brought them (``placement``). What he knows himself is what his troops see from there.
"""

import numpy as np
from numpy.typing import NDArray

from sim.game.knowledge.enemy_estimates import SIGHTING, open_books
from sim.game.knowledge.known_world import hide_enemy_affairs, take_stock
from sim.game.knowledge.placement import Whereabouts, scaled
from sim.game.wording.rounded_strengths import size_of
from sim.kernels import codes
from sim.kernels.recon.reconnaissance import open_reconnaissance, reconnoitre
from sim.kernels.state.layout import Scratch, World

SEED = 0x57484552  # of the draws of where the enemy is; no campaign draws its key so


class Situations:
    """Draws situations of one campaign as one side may believe it to stand.

    Parameters
    ----------
    opening : World
        The first morning by the order of battle (``Static.template``).
    world : World
        The campaign as it stands.
    side : int
        Who looks ahead.
    """

    def __init__(self, opening: World, world: World, side: int) -> None:
        self._opening, self._side = opening, side
        self._books = open_books(opening, world, side)
        self._whereabouts = Whereabouts(opening, world, side, self._books)
        self._cohesion: NDArray[np.int16] | None = None

    def fill(self, work: World, scratch: Scratch, run: int) -> None:
        """Turn a fresh copy of the campaign (``refill``) into the situation of a run, the same for each number.

        The copy may be of an earlier moment of the same phase than that of which the situations are drawn, as long as
        the side knew the same of its enemy.
        """
        known, sight = work.known[self._side].copy(), work.sight[self._side].copy()
        hide_enemy_affairs(work, self._opening, self._side)
        luck = np.random.default_rng(np.random.SeedSequence(SEED, spawn_key=(run,))).random((2, len(work.units)))
        units = self._drawn(luck[0])
        standing = int(work.rules[0]["standing_withdrawal_permille"])
        units["withdrawal_ordered"] = luck[1][self._books.rows] * 1000 < standing
        work.units[self._books.rows] = units
        self._cohesion = take_stock(work, self._opening, scratch, self._books, self._side, self._cohesion)
        open_reconnaissance(work)
        reconnoitre(work, 1 - self._side)
        for name in (*SIGHTING, "seen_men"):
            work.units[name][self._books.rows] = units[name]
        work.known[self._side], work.sight[self._side] = known, sight
        work.clock["n_events"] = work.clock["lost_events"] = 0

    def _drawn(self, luck: NDArray[np.float64]) -> NDArray[np.void]:
        """Return the enemy's units, everyone where he is in this draw."""
        units, loose = self._books.units.copy(), self._whereabouts.loose
        hexes = self._whereabouts.drawn(luck[self._books.rows[loose]])
        for sighting, number in self._whereabouts.named(hexes):
            seen, unit = self._books.unnamed[sighting], units[loose[number]]
            hexes[number] = seen["hex"]
            if int(size_of(unit["men"])) != int(seen["men"]):
                scaled(unit, int(seen["men"]))
            for name in (*SIGHTING, "seen_men"):
                unit[name] = seen[name]
        units["hex"][loose] = hexes
        units["status"][loose] = np.where(hexes >= 0, codes.ACTIVE, codes.OFF_MAP)
        return units
