"""Layers of the enemy: how strong he is where, and what he could do to us on his next turn."""

from collections import defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.overlays.plane import along, is_land, point
from sim.game.overlays.shapes import Fill, LegendKey, MapMark, Overlay, banded
from sim.kernels import codes
from sim.kernels.movement.allowance import day_allowance_mp10
from sim.kernels.movement.movement import reach
from sim.kernels.state.layout import Scratch, World, new_scratch

SHARES = (1.0, 0.6, 0.35, 0.15)  # what a stack weighs in its own hex, beside it, two and three hexes away
HEAT = (("heat_1", 1_500.0), ("heat_2", 4_000.0), ("heat_3", 9_000.0), ("heat_4", np.inf))
LEAST_HEAT = 300.0
BOUNDS = (1.0, 2.0, 4.0)  # odds between the classes
ODDS = tuple(zip(("threat_low", "threat_even", "threat_high", "threat_crushing"), (*BOUNDS, np.inf), strict=True))
SIGNS = ("chevron_1", "chevron_2", "chevron_3", "chevron_4")
SIGN_AT = (-0.62, 0.52)  # from the centre of its hex: at the lower left of the counter
HEAT_KEYS = (
    LegendKey("heat_1", "up to 1,500 men equivalent in and around the hex"),
    LegendKey("heat_2", "up to 4,000"),
    LegendKey("heat_3", "up to 9,000"),
    LegendKey("heat_4", "more"),
    LegendKey("power_known", "strength of a stack, thousands of men equivalent"),
)
ESTIMATE_KEY = LegendKey("power_estimated", "estimated")
THREAT_KEYS = (
    LegendKey("chevron_1", "can be attacked, odds below 1 to 1"),
    LegendKey("chevron_2", "1 to 2"),
    LegendKey("chevron_3", "2 to 4"),
    LegendKey("chevron_4", "4 to 1 and more"),
    LegendKey("threat_open", "empty hex it can enter"),
    LegendKey("threat_way", "where it would come from"),
)


def strength(
    world: World, side: int, known: NDArray[Any] | None = None, estimated: NDArray[np.bool_] | None = None
) -> Overlay:
    """Return the strength of the enemy of ``side`` by hex, in man equivalents, spread over the hexes around.

    Parameters
    ----------
    side : int
        Who looks.
    known : (n_hex,) LAYER, optional
        What that side knows; without it, all that there is.
    estimated : (n_hex,) bool, optional
        Where the strength is an estimate.
    """
    power = (world.layers if known is None else known)["power"][:, 1 - side].astype(np.float64)
    heat = spread_out(world, power)
    fills = banded(heat, is_land(world) & (heat >= LEAST_HEAT), HEAT)
    marks = []
    for hex in np.flatnonzero(power > 0).tolist():
        is_guess = estimated is not None and bool(estimated[hex])
        words = f"{'about ' if is_guess else ''}{power[hex] / 1000:.1f}"
        sign = "power_estimated" if is_guess else "power_known"
        marks.append(MapMark(sign, point(world, hex, 0.0, 0.66), words, 18.0, 18.0, True))
    keys = HEAT_KEYS if estimated is None else (*HEAT_KEYS, ESTIMATE_KEY)
    note = "Exact: there is no fog of war." if known is None else "Only what reconnaissance has found."
    return Overlay("Enemy strength", fills, (), tuple(marks), keys, note)


def spread_out(world: World, power: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what stands in and around each hex, nearer stacks counting more (``SHARES``)."""
    total = np.zeros_like(power)
    for hex in np.flatnonzero(power > 0).tolist():
        ring = within = np.array([hex])
        for share in SHARES:
            total[ring] += share * power[hex]
            beside = np.unique(world.neighbours[ring])
            ring = beside[(beside >= 0) & ~np.isin(beside, within)]
            within = np.concatenate((within, ring))
    return total


def work_space(world: World) -> Scratch:
    """Return work space for ``threats``."""
    return new_scratch(len(world.hexes), len(world.units))


def threats(world: World, scratch: Scratch, side: int, known_units: NDArray[np.bool_] | None = None) -> Overlay:
    """Return what the enemy of ``side`` could attack or enter on his next turn.

    Parameters
    ----------
    world : World
        Writable arrays: kernels are compiled for these. Nothing is written.
    scratch : Scratch
        Work space of its own.
    side : int
        Who is threatened.
    known_units : (n_unit,) bool, optional
        Enemy units of which ``side`` knows; without it, all.

    Notes
    -----
    Every enemy unit marches as far as its allowance for a day lets it, and strikes at what lies beside; the odds are
    the sum of the power that could strike a hex against the power in it, terrain and works left out.
    """
    units, layers = world.units, world.layers
    there = (units["side"] == 1 - side) & (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)
    there &= units["mobility"] != codes.STATIC
    if known_units is not None:
        there &= known_units
    striking = np.zeros(len(layers), np.int64)
    entered = np.zeros(len(layers), np.bool_)
    from_where: dict[int, set[int]] = defaultdict(set)
    own = layers["occupant"] == side
    for unit in np.flatnonzero(there).tolist():
        found = scratch.found[: reach(world, scratch, unit, day_allowance_mp10(world, unit))]
        entered[found] = True
        beside = np.unique(world.neighbours[found])
        struck = beside[(beside >= 0) & own[np.maximum(beside, 0)]]
        if struck.size:
            striking[struck] += _power(world, unit)
            for hex in struck.tolist():
                from_where[hex].add(int(units["hex"][unit]))
    odds = striking / np.maximum(layers["power"][:, side], 1)
    fills = [Fill("threat_open", np.flatnonzero(entered & (world.holder == side) & ~own))]
    fills += banded(odds, own & (striking > 0), ODDS)
    marks = tuple(
        MapMark(
            SIGNS[int(np.searchsorted(BOUNDS, odds[hex]))],
            point(world, hex, *SIGN_AT),
            f"{min(odds[hex], 99):.1f}",
            13.0,
            0.0,
            True,
        )
        for hex in np.flatnonzero(striking > 0).tolist()
    )
    pairs = [(start, hex) for hex, starts in from_where.items() for start in starts if start in world.neighbours[hex]]
    strokes = along(world, [a for a, _ in pairs], [b for _, b in pairs], "threat_way")
    note = "Numbers: enemy power that could hit the hex against yours in it, terrain and works left out."
    return Overlay("Threats", tuple(fills), strokes, marks, THREAT_KEYS, note)


def _power(world: World, unit: int) -> int:
    """Return a unit's part of the power of its stack, by men."""
    hex = int(world.units["hex"][unit])
    stack = (world.units["hex"] == hex) & (world.units["status"] == codes.ACTIVE)
    men = int(world.units["men"][stack].sum())
    power = int(world.layers["power"][hex, int(world.units["side"][unit])])
    return power * int(world.units["men"][unit]) // max(men, 1)
