"""The forecast of an attack before it is ordered: odds, every factor by name, and what a thousand battles come to.

The battles are fought by the kernel that fights the real one, with keys of their own: a forecast says what may happen,
never what will. Under fog of war they are fought against the enemy as the side of the attackers knows him
(``known_world``): who is not on its map takes no part.

Example
-------
>>> from sim.game.campaign import Campaign
>>> campaign = Campaign.start("august_storm").lead("soviet")
>>> campaign.next_phase()
'soviet'
>>> forecast = Forecaster(campaign).forecast("suifenho", ["sov_97rd", "sov_277rd"])
>>> forecast.battles
1000
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import SimError
from sim.game import orders
from sim.game.campaign import Campaign
from sim.game.forecasts.intervals import Proportion
from sim.game.knowledge.scratch_world import refill, working_copy
from sim.game.orders.answers import Factor, battle_answer
from sim.game.orders.rules import hex_named
from sim.game.wording.views import count
from sim.kernels import codes
from sim.kernels.forecast import ATTACKER, DEFENDER, DRAW, forecast_attack, new_kept
from sim.kernels.state import layout
from sim.kernels.state.layout import World

DRAWS = 1000
SEED = 0x464F5245  # of the forecasts' own keys; no campaign draws its key so
RESULT_WORDS = (
    "attack repulsed",
    "defender holds",
    "defender retreats",
    "defender routed",
    "defender destroyed",
    "defender surrenders",
)  # by RESULT_*
LOSS_WORDS = (("men", "men"), ("prisoners", "of them captured"), ("guns", "guns"), ("tanks", "tanks out of action"))


@dataclass(frozen=True)
class Outcome:
    """One thing that the battle may come to."""

    result: str  # one of codes.RESULTS
    words: str
    chance: Proportion


@dataclass(frozen=True)
class LossRange:
    """What one side loses of one thing: the middle of the battles, and where 90 percent of them lie."""

    what: str
    words: str
    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Forecast:
    """What an attack promises.

    Attributes
    ----------
    odds : float
        Power of attack over defence, without luck.
    factors : tuple of Factor
        Every factor, in the order in which they are applied.
    outcomes : tuple of Outcome
        Every result, the worst for the attacker first; the chances add up to one.
    enters : Proportion
        An attacker stands in the hex afterwards.
    clears : Proportion
        No defender stands there afterwards, whether or not anyone steps in.
    attacker, defender : tuple of LossRange
    units_destroyed : float
        Defending units struck off, on average.
    battles : int
        Draws made; 0 if none of the units can assault the hex.
    sentence : str
    basis : str
        What of the enemy it rests on; empty where nothing is hidden.
    """

    odds: float
    factors: tuple[Factor, ...]
    outcomes: tuple[Outcome, ...]
    enters: Proportion
    clears: Proportion
    attacker: tuple[LossRange, ...]
    defender: tuple[LossRange, ...]
    units_destroyed: float
    battles: int
    sentence: str
    basis: str = ""

    @property
    def acting_factors(self) -> tuple[tuple[str, str], ...]:
        """Return every factor that does anything, the weightiest first, with its effect in words."""
        acting = [factor for factor in self.factors if effect_words(factor)]
        return tuple((factor.name, effect_words(factor)) for factor in sorted(acting, key=_weight, reverse=True))


class Forecaster:
    """Forecasts attacks of one campaign; make one for a game, it keeps a world to fight in.

    Parameters
    ----------
    campaign : Campaign
        Only read, and only while a forecast is made: not while the computer moves.
    """

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        # Rules of its own: the draws switch fog of war off, and a look ahead may be reading the campaign's meanwhile.
        self._work = working_copy(campaign.world, n_events=0)._replace(rules=campaign.world.rules.copy())
        self._scratch = layout.new_scratch(0, 0)  # battles need none
        self._kept = new_kept(campaign.world)
        self._keys = _own_keys(DRAWS)
        self._load()

    def forecast(
        self, target: str, attackers: Sequence[str], posture: str = "prepared", draws: int = DRAWS
    ) -> Forecast:
        """Return what an attack on a hex (label) or place by these units would come to now.

        The same draws serve every forecast, so two differ by the attack and the situation alone.
        """
        if posture not in orders.ATTACK_POSTURES:
            raise SimError(f"an attack is {', '.join(orders.ATTACK_POSTURES)}, not {posture!r}")
        rows = np.array([self.campaign.unit(name) for name in attackers], np.int32)
        hex = hex_named(self.campaign.world, self.campaign.names, target)
        if hex < 0:
            raise SimError(f"{target!r} is neither a hex nor a place on the map")
        code = codes.POSTURES.index(posture)
        world = self.campaign.world
        if rows.size:
            world = self.campaign.known_to(int(world.units["side"][rows[0]]))
        answer = battle_answer(world, self.campaign.views, hex, rows, code)
        drawn = self.draw(world, hex, rows, code, self._keys_for(draws))
        forecast = _forecast(answer.odds, answer.factors, drawn, self._sentence(answer.odds, drawn, hex))
        return replace(forecast, basis=self._basis(world, hex) if self.campaign.fog else "")

    def draw(
        self, world: World, target: int, attackers: NDArray[np.int32], posture: int, keys: NDArray[np.uint64]
    ) -> NDArray[Any]:
        """Fight an attack once for every key and return a DRAW record of each; none if nobody can attack."""
        refill(self._work, world)
        out = layout.records(len(keys), DRAW)
        fought = forecast_attack(
            self._work, self._scratch, target, attackers, len(attackers), posture, keys, self._kept, out
        )
        return np.asarray(out if fought else out[:0])

    def _sentence(self, odds: float, drawn: NDArray[Any], hex: int) -> str:
        where = self.campaign.views.where(hex)
        if not len(drawn):
            return f"None of these units can assault the hex {where}."
        enters, ours, theirs = _chance(drawn, "entered"), _losses(drawn, ATTACKER)[0], _losses(drawn, DEFENDER)[0]
        text = (
            f"Odds of {odds:.1f} to 1 {where}; the attackers take the hex in {enters} of {enters.trials:,} battles "
            f"and lose {ours.low:,}-{ours.high:,} men against {theirs.low:,}-{theirs.high:,} (90 % intervals)."
        )
        works = int(self.campaign.world.hexes["fort_permille"][hex])
        if not drawn["cleared"].any() and works > int(self.campaign.world.rules["siege_fall_permille"][0]):
            text += " The works still hold; the garrison cannot be taken until they are broken."
        return text

    def _basis(self, world: World, hex: int) -> str:
        """Return what is known of the defenders, in a sentence; ``world`` is the map of the staff."""
        there = (world.units["hex"] == hex) & (world.units["status"] == codes.ACTIVE)
        named = there & (world.units["seen_level"] == codes.IDENTIFIED)
        known = "at last known strength" if named[there].all() else "not all of them identified"
        return (
            f"Against {count(int(there.sum()), 'unit')} {known}; their readiness, entrenchment and ammunition are "
            "your staff's assumptions. Artillery and troops not on your map are left out."
        )

    def _load(self) -> None:
        """Load or compile the kernels by an attack of nobody, so that the first click need not wait for them."""
        nobody = np.zeros(0, np.int32)
        known = self.campaign.known_to(codes.SOVIET)
        battle_answer(known, self.campaign.views, 0, nobody, codes.HASTY)
        self.draw(known, 0, nobody, codes.HASTY, self._keys[:1])

    def _keys_for(self, draws: int) -> NDArray[np.uint64]:
        if draws > len(self._keys):
            self._keys = _own_keys(draws)
        return self._keys[:draws]


def _own_keys(draws: int) -> NDArray[np.uint64]:
    return np.random.SeedSequence(SEED).generate_state(draws, np.uint64).astype(np.uint64, copy=False)


def effect_words(factor: Factor) -> str:
    """Return what a factor does, empty if nothing.

    Example
    -------
    >>> effect_words(Factor("terrain", 0.85, 1.4)), effect_words(Factor("river", 1.0, 1.0))
    ('attack x 0.85, defence x 1.40', '')
    """
    sides = (("attack", factor.attack), ("defence", factor.defence))
    return ", ".join(f"{side} x {value:.2f}" for side, value in sides if abs(value - 1) >= 0.005)


def _weight(factor: Factor) -> float:
    return max(abs(math.log(max(value, 0.001))) for value in (factor.attack, factor.defence))


def _forecast(odds: float, factors: tuple[Factor, ...], drawn: NDArray[Any], sentence: str) -> Forecast:
    n = len(drawn)
    happened = np.bincount(drawn["result"], minlength=len(codes.RESULTS)).tolist()
    outcomes = tuple(
        Outcome(result, words, Proportion(times, n))
        for result, words, times in zip(codes.RESULTS, RESULT_WORDS, happened, strict=True)
    )
    return Forecast(
        odds=odds,
        factors=factors,
        outcomes=outcomes,
        enters=_chance(drawn, "entered"),
        clears=_chance(drawn, "cleared"),
        attacker=_losses(drawn, ATTACKER),
        defender=_losses(drawn, DEFENDER),
        units_destroyed=float(drawn["units_gone"].mean()) if n else 0.0,
        battles=n,
        sentence=sentence,
    )


def _losses(drawn: NDArray[Any], who: int) -> tuple[LossRange, ...]:
    ranges = []
    for what, words in LOSS_WORDS:
        values = drawn[what][:, who]
        low, middle, high = np.percentile(values, (5, 50, 95)).round().astype(int).tolist() if len(values) else (0,) * 3
        ranges.append(LossRange(what, words, low, middle, high))
    return tuple(ranges)


def _chance(drawn: NDArray[Any], what: str) -> Proportion:
    return Proportion(int(drawn[what].sum()), len(drawn))
