"""The known world: one to fight ahead in that holds nothing but what one side knows of its enemy.

The kernels that fight the real battles and campaigns fight in these as well; what the side does not know is not there
for them to find. Condition is not seen, so every enemy unit is taken as a staff would take it: rested and with full
ammunition, as ready as the order of battle has it, and as shaken as its strength at the last sighting tells; who
attacks by the plan is on the march once he has left his first place, all others have dug in as long as they can have.
Supply is worked out from the ground that the enemy holds; fuel is half of what a unit can carry where it is in supply,
else a quarter (judgement: about what units on the march have left).
"""

import numpy as np
from numpy.typing import NDArray

from sim.game.knowledge.enemy_estimates import Books, open_books
from sim.game.knowledge.scratch_world import refill, working_copy
from sim.kernels import codes
from sim.kernels.control.stacks import refresh_layers
from sim.kernels.state.layout import UNIT, Scratch, World, new_scratch, records
from sim.kernels.supply.phase import update_supply
from sim.kernels.units.power import unit_power

LOG_ROOM = 1024  # events while supply is worked out; they are dropped
WHOLE = 1000  # permille
OFFENSIVE = (codes.ROLE_MAIN, codes.ROLE_SUPPORT, codes.ROLE_SIEGE, codes.ROLE_RESERVE)


class KnownWorld:
    """Keeps a world as a side knows it: its own troops, and of the enemy those on its map, as its staff estimates them.

    Parameters
    ----------
    opening : World
        The first morning by the order of battle (``Static.template``).
    world : World
        Any state of the campaign.
    """

    def __init__(self, opening: World, world: World) -> None:
        self._opening = opening
        self._work = working_copy(world, LOG_ROOM)._replace(rules=world.rules.copy())
        self._scratch = new_scratch(len(world.hexes), len(world.units))

    def of(self, world: World, side: int) -> World:
        """Return what a side knows as a world, good until the next call; enemies that are not on its map are nowhere.

        An unknown body counts as infantry of the strength that it is taken to have.
        """
        work, books = self._work, open_books(self._opening, world, side)
        refill(work, world)
        hide_enemy_affairs(work, self._opening, side)
        units = books.units.copy()
        waiting = np.flatnonzero(~books.identified & ~books.gone)
        units["status"][waiting] = codes.OFF_MAP
        for row, sighting in zip(waiting.tolist(), books.unnamed, strict=False):
            units[row] = _unknown_body(sighting, work, side)
        work.units[books.rows] = units
        take_stock(work, self._opening, self._scratch, books, side)
        return work


def hide_enemy_affairs(work: World, opening: World, side: int) -> None:
    """Take out of a working copy what only the enemy knows, the units apart.

    That is his plan as it stands, his depots, his supply lines, what he knows, who of his took a hex, and the room that
    his columns and trains used up today.
    """
    enemy = 1 - side
    for name in ("axes", "sources"):
        theirs = getattr(opening, name)["side"] == enemy
        getattr(work, name)[theirs] = getattr(opening, name)[theirs]
    theirs = opening.axes["side"][opening.objectives["axis"]] == enemy
    work.objectives[theirs] = opening.objectives[theirs]
    work.sides["supply_tons10"][enemy] = 0
    work.supply_cost[enemy], work.line_from[enemy] = codes.BLOCKED, -1
    held = work.holder == enemy
    for name, nothing in (("captured_by", -1), ("pass_used10", 0), ("trains_used", 0)):
        getattr(work, name)[held] = nothing


def take_stock(
    work: World, opening: World, scratch: Scratch, books: Books, side: int, cohesion: NDArray[np.int16] | None = None
) -> NDArray[np.int16]:
    """Give the enemy units of a working copy the condition that a staff takes them to be in, where they stand now.

    Parameters
    ----------
    cohesion : (n_enemy,) int16, optional
        What an earlier call for the same books returned: it spares the work.
    """
    rows = books.rows
    units = np.asarray(work.units[rows])
    there = (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)
    units["ammo10"], units["fuel10"] = units["ammo_max10"], units["fuel_max10"] // 2
    marching = there & _attacks(units, opening) & (units["hex"] != opening.units["hex"][rows])
    units["posture"] = np.where(marching, codes.MARCH, codes.DEFEND)
    units["entrench_permille"] = np.where(there & ~marching, _digging(units, opening, rows, work), 0)
    units["cohesion_permille"], units["fatigue_permille"] = WHOLE if cohesion is None else cohesion, 0
    work.units[rows] = units
    if cohesion is None:
        for row in rows[books.identified].tolist():
            _shake(work, row)
    refresh_layers(work)
    ready = work.rail_ready_turn.copy()
    update_supply(work, scratch, 1 - side)
    work.rail_ready_turn[:] = ready
    units = np.asarray(work.units[rows])
    parts = np.where(units["supply_state"] == codes.IN_SUPPLY, 2, 4)
    work.units["fuel10"][rows], work.units["ammo10"][rows] = units["fuel_max10"] // parts, units["ammo_max10"]
    work.clock["n_events"] = work.clock["lost_events"] = 0
    return np.asarray(work.units["cohesion_permille"][rows])


def _attacks(units: NDArray[np.void], opening: World) -> NDArray[np.bool_]:
    """Return which units stand on an axis of the plan that goes forward to its objectives."""
    roles = np.append(opening.axes["role"], -1)  # the last one is for who stands on no axis
    found: NDArray[np.bool_] = np.isin(roles[units["axis"]], OFFENSIVE)
    return found


def _digging(units: NDArray[np.void], opening: World, rows: NDArray[np.int64], work: World) -> NDArray[np.int64]:
    """Return the entrenchment (permille): since the first day where the order of battle put it, else one day's."""
    rule, hexes = work.rules[0], np.maximum(units["hex"], 0)
    a_day = np.asarray(rule["dig_permille"])[work.hexes["terrain"][hexes]].astype(np.int64)
    days = np.where(units["hex"] == opening.units["hex"][rows], int(work.clock["turn"][0]), 1)
    before = np.where(units["hex"] == opening.units["hex"][rows], opening.units["entrench_permille"][rows], 0)
    found: NDArray[np.int64] = np.minimum(before + a_day * days, int(rule["dig_limit_permille"]))
    return found


def _shake(work: World, row: int) -> None:
    """Set the cohesion of an identified unit to that with which its strength is what was seen."""
    seen = int(work.units["seen_power"][row])
    whole = int(unit_power(work, row))
    work.units["cohesion_permille"][row] = 0
    least = int(unit_power(work, row))
    share = (seen - least) / max(whole - least, 1)
    work.units["cohesion_permille"][row] = int(min(max(share, 0.0), 1.0) * WHOLE)


def _unknown_body(sighting: np.void, work: World, side: int) -> np.void:
    """Return a record for troops without a name: infantry of the strength that they are taken to have."""
    body = records(1, UNIT)
    body["side"], body["nation"] = 1 - side, main_nation(1 - side)
    body["branch"], body["mobility"], body["status"] = codes.INFANTRY, codes.FOOT, codes.ACTIVE
    for name in ("formation", "army", "axis", "box", "target", "objective", "detour", "supply_hex", "next_in_hex"):
        body[name] = -1
    body["arrival_hex"], body["supply_source"] = -1, -1
    score = int(work.rules[0]["man_score_permille"][main_nation(1 - side)])
    body["men"] = body["men_start"] = int(sighting["seen_power"]) * WHOLE // max(score, 1)
    body["readiness_permille"], body["posture"] = WHOLE, codes.DEFEND
    body["hex"] = body["seen_hex"] = sighting["seen_hex"]
    body["seen_level"], body["seen_power"] = sighting["seen_level"], sighting["seen_power"]
    body["ammo_max10"], body["stack10"] = int(work.rules[0]["ammo_full10"]), 1
    found: np.void = np.asarray(body)[0]
    return found


def main_nation(side: int) -> int:
    """Return the nation whose troops unknown ones of a side are taken to be."""
    return codes.NATION_SOVIET if side == codes.SOVIET else codes.NATION_JAPAN
