"""Forming an attack: who could take part and why the others cannot, and which guns would support it."""

from dataclasses import dataclass

import numpy as np

from sim.errors import OrderError
from sim.game.campaign import Campaign
from sim.kernels import codes
from sim.kernels.combat.factor_names import FACTOR_SUPPORT
from sim.kernels.combat.factors import N_PART, N_TOTAL, works_of
from sim.kernels.combat.odds import Battle, tally_battle
from sim.kernels.combat.support import MAX_SUPPORT, support_power


@dataclass(frozen=True)
class Candidate:
    """A unit beside a hex that is to be attacked, and why it cannot take part (empty where it can)."""

    unit: int
    why_not: str

    @property
    def can(self) -> bool:
        """Return whether it can take part."""
        return not self.why_not


@dataclass(frozen=True)
class Support:
    """A gun unit that fires for an attack by itself.

    Attributes
    ----------
    unit : int
    adds_permille : int
        What it adds to the power of the attackers; all together add no more than the rules allow.
    """

    unit: int
    adds_permille: int


def candidates(campaign: Campaign, target: int, posture: str) -> list[Candidate]:
    """Return every unit of the side to move that stands beside a hex, with why it cannot attack it in this posture."""
    world, rules = campaign.world, campaign.order_rules()
    units, around = world.units, world.neighbours[target]
    here = (units["side"] == rules.side) & (units["status"] == codes.ACTIVE)
    rows = np.flatnonzero(here & np.isin(units["hex"], around[around >= 0])).tolist()
    if rules.known.layers["occupant"][target] != 1 - rules.side:
        return [Candidate(row, "there is no enemy there") for row in rows]
    found = []
    for row in rows:
        try:
            rules.attacker(campaign.names.units[row], target, codes.POSTURES.index(posture))
            found.append(Candidate(row, ""))
        except OrderError as error:
            found.append(Candidate(row, error.detail))
    return found


def supporters(campaign: Campaign, target: int, units: list[int], posture: str) -> list[Support]:
    """Return the guns that would fire for these attackers, the first of whom leads, the greatest share first."""
    if not units:
        return []
    world = campaign.known_to(int(campaign.world.units["side"][units[0]]))
    battle = Battle(
        np.zeros(N_TOTAL, np.float64),
        np.zeros(N_TOTAL, np.float64),
        np.zeros(N_PART, np.float64),
        np.zeros(N_PART, np.float64),
        np.zeros((2, MAX_SUPPORT), np.int32),
        np.zeros(4, np.int32),
    )
    rows = np.array(units, np.int32)
    tally_battle(world, target, rows, len(rows), codes.POSTURES.index(posture), battle)
    guns = battle.gunners[0, : battle.count[0]].tolist()
    works = works_of(world.hexes[target])
    power = {gun: float(support_power(world.rules[0], world.units[gun], works)) for gun in guns}
    before, after = battle.attack[FACTOR_SUPPORT], battle.attack[FACTOR_SUPPORT + 1]
    if before <= 0 or sum(power.values()) <= 0:
        return []
    share = (after / before - 1) * 1000 / sum(power.values())
    found = [Support(gun, round(power[gun] * share)) for gun in guns]
    return sorted(found, key=lambda one: (-one.adds_permille, one.unit))
