"""Answers to "why": the supply of a unit, the odds of an attack, with the names of everything that bears on them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.wording.sentences import SUPPLY_REASON_WORDS
from sim.game.wording.views import Views
from sim.kernels import codes
from sim.kernels.combat.factor_names import FACTORS
from sim.kernels.combat.odds import explain_battle
from sim.kernels.state.layout import Scratch, World
from sim.kernels.supply.explain import explain_supply


@dataclass(frozen=True)
class SupplyAnswer:
    """Why a unit is in its state of supply."""

    state: str
    reason: str  # one of codes.SUPPLY_REASONS
    hex: int  # where its line breaks, -1 where it does not
    shortfall_tons: float  # tons a day that it asks for and does not get
    sentence: str


@dataclass(frozen=True)
class Factor:
    """What one thing does to the power of either side; 1 is nothing."""

    name: str
    attack: float
    defence: float


@dataclass(frozen=True)
class BattleAnswer:
    """The odds of an attack without luck, and the factors that make them."""

    odds: float
    factors: tuple[Factor, ...]
    sentence: str


def supply_answer(world: World, scratch: Scratch, views: Views, unit: int) -> SupplyAnswer:
    """Return why a unit is in its state of supply, as of the last phase of its side.

    Under fog of war the side knows of a line that is cut what its columns reported that morning, and no more.
    """
    reason, hex, short10 = explain_supply(world, scratch, unit)
    if world.rules["fog"][0] and reason != codes.SUPPLY_NO_ROUTE:  # that there is no way at all needs no enemy
        reason, hex = int(world.units[unit]["supply_reason"]), int(world.units[unit]["supply_hex"])
    state = codes.SUPPLY_STATES[int(world.units[unit]["supply_state"])]
    words = SUPPLY_REASON_WORDS[reason]
    because = f": {words}" if words else ""
    where = f", {views.where(hex)}" if words and hex >= 0 else ""
    lacking = f"; shortfall {short10 / 10:,.0f} t a day" if short10 >= 10 else ""
    sentence = f"{views.unit(unit)} is {state}{because}{where}{lacking}."
    return SupplyAnswer(state, codes.SUPPLY_REASONS[reason], int(hex), short10 / 10, sentence)


def battle_answer(world: World, views: Views, target: int, attackers: NDArray[np.int32], posture: int) -> BattleAnswer:
    """Return the odds of an attack and what makes them; units that cannot assault the hex count for nothing."""
    attack, defence = np.zeros((2, len(FACTORS)), np.int32)
    ratio = int(explain_battle(world, target, attackers, len(attackers), posture, attack, defence))
    factors = tuple(
        Factor(name, ours / 1000, theirs / 1000)
        for name, ours, theirs in zip(FACTORS, attack.tolist(), defence.tolist(), strict=True)
    )
    told = [text for factor in sorted(factors, key=_weight, reverse=True) for text in _words(factor)][:4]
    because = f"; main factors: {', '.join(told)}" if told else ""
    return BattleAnswer(ratio / 1000, factors, f"Odds of {ratio / 1000:.1f} to 1 {views.where(target)}{because}.")


def _weight(factor: Factor) -> float:
    return max(abs(_gain(factor.attack)), abs(_gain(factor.defence)))


def _gain(value: Any) -> float:
    """Return how far a factor is from one, halving as far as doubling."""
    return float(value) - 1 if value >= 1 else 1 - 1 / max(float(value), 0.001)


def _words(factor: Factor) -> list[str]:
    sides = (("attack", factor.attack), ("defence", factor.defence))
    return [f"{factor.name} ({side} x {value:.2f})" for side, value in sides if abs(_gain(value)) >= 0.1]
