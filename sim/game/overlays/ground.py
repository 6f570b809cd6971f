"""Layers of the ground: who holds it, whose zones of control lie over it, what the weather makes of it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.maps.map_lines import front_lines
from sim.game.overlays.plane import between, centres, is_land
from sim.game.overlays.shapes import Fill, LegendKey, MapMark, Overlay, Stroke
from sim.game.wording.sentences import GROUND_WORDS, REGION_WORDS, SKY_WORDS
from sim.game.wording.unit_names import sentence_case
from sim.kernels import codes
from sim.kernels.state.layout import World

SIDE_LOOKS = ("soviet", "japan")
SIDE_WORDS = ("Soviet", "Japanese")


def first_front(world: World) -> tuple[Stroke, ...]:
    """Return the front line at the start of the campaign."""
    return tuple(Stroke("front_start", line.points) for line in front_lines(world, world.hexes["holder_start"]))


def control(world: World, first: tuple[Stroke, ...] | None = None) -> Overlay:
    """Return who holds what, the front now and at the start, and the ground that changed hands.

    Parameters
    ----------
    first : tuple of Stroke, optional
        ``first_front``, where it is at hand already.
    """
    holder, start, land = world.holder, world.hexes["holder_start"], is_land(world)
    fills = []
    for side, look in enumerate(SIDE_LOOKS):
        fills.append(Fill(f"held_{look}", np.flatnonzero(land & (holder == side) & (start == side))))
        fills.append(Fill(f"taken_{look}", np.flatnonzero(land & (holder == side) & (start != side))))
    strokes = list(first_front(world) if first is None else first)
    strokes += [Stroke("front_now", line.points) for line in front_lines(world, holder)]
    keys = [
        LegendKey("front_now", "front line now"),
        LegendKey("front_start", "front line at the start"),
        LegendKey("held_soviet", "Soviet ground"),
        LegendKey("taken_soviet", "taken by the Soviet side"),
        LegendKey("held_japan", "Japanese ground"),
    ]
    if fills[3].hexes.size:
        keys.append(LegendKey("taken_japan", "taken by the Japanese side"))
    return Overlay("Control and front line", tuple(fills), tuple(strokes), (), tuple(keys))


def zones(world: World, viewer: int = codes.NEITHER, known: NDArray[Any] | None = None) -> Overlay:
    """Return the zones of control of both sides.

    Parameters
    ----------
    viewer : int
        The side that looks; ``NEITHER`` sees all.
    known : (n_hex,) LAYER, optional
        What the viewer knows; without it, all that there is.
    """
    felt = int(world.rules["zone_felt_permille"][0])
    shuts = int(world.rules["line_zone_block_permille"][0])
    land = is_land(world)
    fills = []
    for side, look in enumerate(SIDE_LOOKS):
        layers = world.layers if known is None or side == viewer else known
        zone = layers["zone"][:, side]
        fills.append(Fill(f"zone_{look}", np.flatnonzero(land & (zone >= felt) & (zone < shuts))))
        fills.append(Fill(f"zone_{look}_strong", np.flatnonzero(land & (zone >= shuts))))
    keys = []
    for look, words in zip(SIDE_LOOKS, SIDE_WORDS, strict=True):
        keys.append(LegendKey(f"zone_{look}", f"{words} zone: slows entering units"))
        keys.append(LegendKey(f"zone_{look}_strong", f"{words}, strong: closes roads to columns"))
    note = "" if known is None else "Known enemy units only."
    return Overlay("Zones of control", tuple(fills), (), (), tuple(keys), note)


def weather(world: World) -> Overlay:
    """Return sky and ground of each region, with the bounds between them."""
    clock, region, land = world.clock[0], world.hexes["region"], is_land(world)
    fills, marks = [], []
    for row, name in enumerate(REGION_WORDS):
        here = land & (region == row)
        if not here.any():
            continue
        sky, ground = int(clock["sky"][row]), int(clock["ground"][row])
        fills.append(Fill(f"ground_{codes.GROUNDS[ground]}", np.flatnonzero(here)))
        fills.append(Fill(f"sky_{codes.SKIES[sky]}", np.flatnonzero(here)))
        spots = centres(world, np.flatnonzero(here))
        middle = spots[np.argmin(np.hypot(*(spots - spots.mean(axis=0)).T))]
        words = f"{sentence_case(name)}: {SKY_WORDS[sky]}, {GROUND_WORDS[ground]}"
        marks.append(MapMark(f"sky_{codes.SKIES[sky]}_sign", (float(middle[0]), float(middle[1])), words, above=True))
    beyond = np.maximum(world.neighbours, 0)
    parted = land[:, None] & land[beyond] & (region[:, None] != region[beyond])
    keys = [
        *(LegendKey(f"sky_{name}", f"sky: {words}") for name, words in zip(codes.SKIES, SKY_WORDS, strict=True)),
        *(LegendKey(f"ground_{name}", words) for name, words in zip(codes.GROUNDS, GROUND_WORDS, strict=True)),
        LegendKey("region", "edge of a weather region"),
    ]
    return Overlay("Weather and ground", tuple(fills), between(world, parted, "region"), tuple(marks), tuple(keys))
