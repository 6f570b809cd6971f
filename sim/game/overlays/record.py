"""The layer of the record: which places had fallen on that day of 1945, and the front where these allow one.

The record dates the capture of places and says nothing of the ground between. So places are marked, and a line is
drawn only half way between a place that had fallen and one that had not, where both lie near.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.game.overlays.plane import around, between, is_land, point
from sim.game.overlays.shapes import LegendKey, MapMark, Overlay
from sim.kernels import codes
from sim.kernels.state.layout import World
from sim.scenario.building.names import Names
from sim.scenario.models.history import Capture

FLAG_AT = (-0.4, -0.62)  # from the centre of its hex: beside the counter, if one stands there
NEAR_HEXES = 5  # a dated place vouches for the ground this far around it, and no further
KEYS = (
    LegendKey("fell", "fallen by this day in 1945"),
    LegendKey("fell_today", "fell on this day"),
    LegendKey("stood", "still held, with the date of its fall"),
    LegendKey("record_front", "halfway between fallen and unfallen places"),
)


def record(world: World, names: Names, captures: Sequence[Capture], day: date, hex_km: float) -> Overlay:
    """Return the record's places as they stood in the evening of a day.

    Parameters
    ----------
    names : Names
    captures : sequence of Capture
        The dated record.
    day : date
    hex_km : float
        For the note that says how far a place vouches.
    """
    dated = {one.place: one for one in captures if one.place in names.place_rows}
    spots = {place: int(world.places["hex"][names.place_rows[place]]) for place in dated}
    marks: list[MapMark] = []
    fallen: list[int] = []
    standing: list[int] = []
    for place, one in dated.items():
        hex = spots[place]
        if hex < 0:
            continue
        (fallen if one.date <= day else standing).append(hex)
        sign = "fell_today" if one.date == day else "fell" if one.date < day else "stood"
        doubt = "" if one.confidence == "sourced" else "?"
        words = f"{one.date.day} {one.date:%b}{doubt}"
        marks.append(MapMark(sign, point(world, hex, *FLAG_AT), words, 0.0 if sign == "fell_today" else 9.0, 0.0, True))
    strokes = between(world, _parted(world, fallen, standing), "record_front")
    reach_km = round(NEAR_HEXES * hex_km)
    about = (
        f"Evening of {day.day} {day:%B} {day.year}. The record dates places, not ground: the line is drawn only where "
        f"a place that had fallen and one that had not lie within {reach_km} km of it. A question mark: the date is "
        "recalled, not sourced."
    )
    return Overlay("Historical record", (), strokes, tuple(marks), KEYS, about)


def _parted(world: World, fallen: list[int], standing: list[int]) -> NDArray[np.bool_]:
    """Return the hex sides between ground nearest to a fallen place and ground nearest to one still held."""
    fell, stood = (_away(world, hexes) for hexes in (fallen, standing))
    vouched = is_land(world) & (world.hexes["holder_start"] == codes.JAPANESE)
    vouched &= (np.minimum(fell, stood) <= NEAR_HEXES) & (np.maximum(fell, stood) <= NEAR_HEXES + 1)
    taken = fell <= stood
    beyond = np.maximum(world.neighbours, 0)
    return np.asarray(vouched[:, None] & vouched[beyond] & (taken[:, None] != taken[beyond]))


def _away(world: World, hexes: list[int]) -> NDArray[np.int64]:
    """Return how far each hex is from the nearest of some, in hexes; what is out of reach is far away."""
    near = np.zeros(len(world.hexes), np.bool_)
    near[hexes] = True
    distance = np.where(near, 0, len(near))
    for step in range(1, NEAR_HEXES + 2):
        near = around(world, near)
        distance[near & (distance > step)] = step
    return distance
