"""Moving several units at once: each keeps its place beside the others, or falls in behind on the road."""

import numpy as np

from sim.game.campaign import Campaign
from sim.game.play.march_routes import find_route
from sim.kernels.ground.grid import cube_coordinates, distance_hexes
from sim.kernels.state.layout import as_known_to
from sim.kernels.units.stacking import stack_limit10


def places_of_group(campaign: Campaign, units: list[int], target: int) -> dict[int, int]:
    """Return where each unit of a group should go when the foremost goes to ``target``, the foremost first.

    Each keeps its distance and direction from the foremost one. Where that hex has no room, lies off the map or under
    the enemy, it takes the place nearest to the target that is left on the road by which the foremost one comes; the
    order of the column is the order in which they stand now. Units for which there is no place are left out.
    """
    n_cols = campaign.names.n_cols
    hexes = campaign.world.units["hex"]
    away = distance_hexes(hexes[units], target, n_cols).tolist()
    ordered = [unit for _, unit in sorted(zip(away, units, strict=True))]
    lead = ordered[0]
    room = Room(campaign, units)
    column = [target, *find_route(campaign, lead, target).steps[-2::-1]]
    shift = cube_coordinates(target, n_cols) - cube_coordinates(hexes[lead], n_cols)
    places: dict[int, int] = {}
    for unit in ordered:
        beside = hex_at(cube_coordinates(hexes[unit], n_cols) + shift, n_cols, campaign.names.n_rows)
        hex = next((hex for hex in (beside, *column) if room.has(unit, hex)), -1)
        if hex >= 0:
            room.take(unit, hex)
            places[unit] = hex
    return places


def hex_at(cube: np.ndarray, n_cols: int, n_rows: int) -> int:
    """Return the hex at cube coordinates, -1 off the map.

    Example
    -------
    >>> [hex_at(cube_coordinates(hex, 8), 8, 4) for hex in (0, 9, 31)], hex_at(np.array((-1, 0, 1)), 8, 4)
    ([0, 9, 31], -1)
    """
    col, r = int(cube[0]), int(cube[1])
    row = r + (col - (col & 1)) // 2
    return row * n_cols + col if 0 <= col < n_cols and 0 <= row < n_rows else -1


class Room:
    """The room in hexes once the units of a group have left theirs and some of them have taken new places."""

    def __init__(self, campaign: Campaign, units: list[int]) -> None:
        self.world = as_known_to(campaign.world, campaign.order_rules().side)
        self.free10: dict[int, int] = {}
        self._leaving10: dict[int, int] = {}
        for unit in units:
            hex = int(self.world.units["hex"][unit])
            self._leaving10[hex] = self._leaving10.get(hex, 0) + int(self.world.units["stack10"][unit])

    def has(self, unit: int, hex: int) -> bool:
        """Return whether a unit would have room in a hex that no enemy holds."""
        if hex < 0 or self.world.layers["occupant"][hex] == 1 - int(self.world.units["side"][unit]):
            return False
        return self._free10(hex) >= int(self.world.units["stack10"][unit])

    def take(self, unit: int, hex: int) -> None:
        """Give a unit its place in a hex."""
        self.free10[hex] = self._free10(hex) - int(self.world.units["stack10"][unit])

    def _free10(self, hex: int) -> int:
        if hex not in self.free10:
            there10 = int(self.world.layers["stack10"][hex]) - self._leaving10.get(hex, 0)
            self.free10[hex] = int(stack_limit10(self.world, hex)) - there10
        return self.free10[hex]
