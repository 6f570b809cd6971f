"""What orders are checked by: names and hexes, ranges and trains, and who may attack.

The legality of each order stands with it (``values``); here is what several of them ask.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from sim.errors import refuse, suggestion
from sim.game.orders import headquarters
from sim.game.orders.marches import Ranges
from sim.kernels import codes
from sim.kernels.combat.odds import can_assault
from sim.kernels.commander.defence import is_paralysed
from sim.kernels.ground.grid import distance_hexes
from sim.kernels.orders import rail_stops
from sim.kernels.state import layout
from sim.kernels.state.layout import Scratch, World
from sim.kernels.units.stacking import can_stack
from sim.scenario.building.names import Names


class OrderRules:
    """What the orders of one side are checked by while its phase is open.

    Parameters
    ----------
    world : World
    scratch : Scratch
    names : Names
    side : int
        The side whose phase it is.
    ranges : Ranges, optional
        What is known already of the ranges of units as the world stands.
    """

    def __init__(self, world: World, scratch: Scratch, names: Names, side: int, ranges: Ranges | None = None) -> None:
        self.world, self.scratch, self.names, self.side = world, scratch, names, side
        self.ranges = ranges or Ranges(world, scratch)
        self.known = layout.as_known_to(world, side)  # a refusal must not betray what the side does not know

    # --- units

    def row(self, unit: int) -> Any:
        """Return the record of a unit."""
        return self.world.units[unit]

    @property
    def coefficients(self) -> Any:
        """Return the RULES record."""
        return self.world.rules[0]

    def attacker(self, name: str, target: int, posture: int) -> int:
        """Return the row of a unit that can attack a hex now; raise ``OrderError`` where it cannot."""
        unit = self.ready_unit(name)
        row = self.row(unit)
        if target not in self.world.neighbours[row["hex"]]:
            refuse("not_beside", name, "it is not adjacent to that hex")
        if not can_assault(self.world, unit, target):
            refuse(
                "cannot_assault",
                name,
                "artillery supports attacks automatically, and units that cannot move cannot attack",
            )
        if row["attacks_today"] > 0:
            refuse("fought_today", name, "it has already attacked today")
        if row["mp10"] < self.coefficients["attack_mp10"][posture]:
            refuse("no_movement", name, "not enough of the day is left for such an attack")
        if row["ammo10"] <= 0:
            refuse("no_ammunition", name, "it has no ammunition")
        return unit

    def why_not_attached(self, unit: int, formation: int) -> str:
        """Return why a unit cannot be put under a headquarters; empty if it can."""
        return headquarters.why_not(self.world, unit, formation)

    # --- ranges

    def march_stops(self, unit: int, target: int) -> set[int]:
        """Return the hexes in which a unit may end a march today; raise ``OrderError`` if ``target`` can be none."""
        return self._stops_towards(lambda: self.ranges.stops(unit), unit, target)

    def rail_stops(self, unit: int, target: int) -> set[int]:
        """Return the hexes to which a train may bring a unit today, as ``march_stops``."""
        return self._stops_towards(lambda: self._rail_stops(unit), unit, target)

    def _rail_stops(self, unit: int) -> list[int]:
        found: list[int] = self.scratch.found[: rail_stops(self.world, self.scratch, unit)].tolist()
        return found

    def check_rail(self, name: str) -> None:
        """Raise ``OrderError`` where no train can take a unit anywhere today."""
        unit = self.ready_unit(name)
        row, rule = self.row(unit), self.coefficients
        if row["hexes_today"] > 0 or row["attacks_today"] > 0:
            refuse("busy_today", name, "it has already marched or fought today")
        loading = int(rule["allowance_mp10"][row["mobility"]]) * int(rule["rail_load_permille"]) // 1000
        if row["mp10"] < loading:
            refuse("no_movement", name, "not enough of the day is left to load")
        found = rail_stops(self.world, self.scratch, unit)
        if found == 0:
            refuse("no_train", name, "no train can leave from here today")
        if found == 1:
            refuse("no_train", name, "no stop that a train reaches from here today has room for it")

    def _stops_towards(self, find: Callable[[], Iterable[int]], unit: int, target: int) -> set[int]:
        name = self.names.units[unit]
        if int(self.world.units[unit]["hex"]) == target:
            refuse("same_hex", name, "it is already there")
        if self.is_enemy_held(target):
            refuse("enemy", name, "the enemy holds that hex; attack it")
        stops = set(find())
        if stops and target not in stops and not can_stack(self.known, unit, target):
            refuse(
                "no_room",
                name,
                f"stacking limit: there is no room for it in that hex{self.nearest_stop(stops, unit, target)}",
            )
        return stops

    def nearest_stop(self, stops: set[int], unit: int, target: int) -> str:
        """Return what to add to a refusal: the stop that comes nearest, if that is nearer than the unit stands now."""
        here = int(self.world.units[unit]["hex"])
        hexes = np.array([here, *sorted(stops - {here})])
        best = int(hexes[int(np.argmin(distance_hexes(hexes, target, self.names.n_cols)))])
        return "" if best == here else f"; {self.hex_words(best)} is the nearest it can reach"

    # --- names

    def units_of(self, name: str) -> list[int]:
        """Return the units of this side that a name stands for: one, or all of a formation, those to come as well."""
        if name in self.names.formation_rows:
            below = headquarters.below(self.world, self.names.formation_rows[name])
            rows = np.flatnonzero(np.isin(self.world.units["formation"], below)).tolist()
        elif name in self.names.unit_rows:
            rows = [self.names.unit_rows[name]]
        else:
            hint = suggestion(name, (*self.names.formations, *self.names.units))
            refuse("unknown_unit", name, f"no such unit or formation {hint}".rstrip())
        own = [row for row in rows if self.world.units["side"][row] == self.side]
        if not own:
            refuse("other_side", name, f"it is the phase of the {codes.SIDES[self.side]} side")
        return own

    def unit(self, name: str) -> int:
        """Return the row of a unit that the player may order; raise ``OrderError`` where there is none."""
        if name not in self.names.unit_rows:
            refuse("unknown_unit", name, f"no such unit {suggestion(name, self.names.units)}".rstrip())
        unit = self.names.unit_rows[name]
        row = self.row(unit)
        if row["side"] != self.side:
            refuse("other_side", name, f"it is the phase of the {codes.SIDES[self.side]} side")
        if row["status"] != codes.ACTIVE or row["hex"] < 0:
            refuse("off_map", name, f"it is not on the map ({codes.STATUSES[int(row['status'])].replace('_', ' ')})")
        if row["led_by"] == codes.LED_BY_COMMANDER:
            refuse("follows_plan", name, "the computer leads it; take command of it first")
        return unit

    def ready_unit(self, name: str) -> int:
        """Return the row of a unit that can be sent anywhere now; raise ``OrderError`` where surprise keeps it."""
        unit = self.unit(name)
        if is_paralysed(self.world, unit):
            until = self.names.date_of(int(self.world.sides["surprised_until_turn"][self.side]))
            refuse(
                "surprised",
                name,
                f"its side is surprised: it has no orders to move or attack until after {until.day} {until:%B}",
            )
        return unit

    def formation(self, unit: str, name: str) -> int:
        """Return the row of a headquarters; raise ``OrderError`` where there is none."""
        if name not in self.names.formation_rows:
            hint = suggestion(name, self.names.formations)
            refuse("unknown_formation", unit, f"no such headquarters {name!r} {hint}".rstrip())
        return self.names.formation_rows[name]

    def hex(self, unit: str, text: str) -> int:
        """Return the hex of a label or place; raise ``OrderError`` where there is none."""
        hex = hex_named(self.world, self.names, text)
        if hex < 0:
            hint = suggestion(text, self.names.places)
            refuse("unknown_hex", unit, f"{text!r} is neither a hex nor a place on the map {hint}".rstrip())
        return hex

    def is_enemy_held(self, hex: int) -> bool:
        """Return whether the enemy stands in a hex, as far as the side knows."""
        return bool(self.known.layers[hex]["occupant"] == 1 - self.side)

    def hex_words(self, hex: int) -> str:
        """Return what to call a hex: its place where it has one, and its label."""
        place, label = int(self.world.hexes["place"][hex]), self.names.hex_label(hex)
        return f"{self.names.place_names[place]} ({label})" if place >= 0 else label


def hex_named(world: World, names: Names, text: str) -> int:
    """Return the hex of a label or of a place on the map, -1 if there is none."""
    if text in names.place_rows:
        return int(world.places[names.place_rows[text]]["hex"])
    try:
        return names.hex_of(text)
    except ValueError:
        return -1
