"""Who is under which headquarters, and to which one a unit can be attached."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import codes
from sim.kernels.state.layout import World


def below(world: World, formation: int) -> NDArray[Any]:
    """Return the rows of a formation and of all that are under it."""
    found = [formation]
    for row in found:
        found += np.flatnonzero(world.formations["parent"] == row).tolist()
    return np.array(found)


def front_above(world: World, formation: int) -> int:
    """Return the row of the front that a formation is under (or is), else the highest below the theatre command."""
    row = formation
    while True:
        parent = int(world.formations["parent"][row])
        if world.formations["level"][row] == codes.LEVEL_FRONT or parent < 0:
            return row
        if world.formations["level"][parent] == codes.LEVEL_THEATRE:
            return row
        row = parent


def why_not(world: World, unit: int, formation: int) -> str:
    """Return why a unit cannot be attached to a headquarters, empty where it can.

    Notes
    -----
    Armies and corps changed hands within a front at its commander's word; between fronts only the theatre command moved
    divisions, and no staff takes over troops without any of its own in the field.
    """
    record, headquarters = world.units[unit], world.formations[formation]
    if headquarters["side"] != record["side"]:
        return "that is an enemy headquarters"
    if record["formation"] == formation:
        return "it is already attached to that headquarters"
    if headquarters["level"] == codes.LEVEL_THEATRE:
        return "the theatre command does not command divisions directly"
    if front_above(world, formation) != front_above(world, int(record["formation"])):
        return "that headquarters belongs to another front"
    units = world.units
    there = (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)
    if not (there & np.isin(units["formation"], below(world, formation))).any():
        return "that headquarters has no troops in the field"
    return ""


def choices(world: World, unit: int) -> list[int]:
    """Return the rows of the headquarters to which a unit can be attached, in the order of the scenario."""
    return [row for row in range(len(world.formations)) if not why_not(world, unit, row)]
