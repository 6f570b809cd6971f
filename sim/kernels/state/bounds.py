"""What every number of a World may be: a row of which table, a code of which list, or a count between two bounds.

Kernels trust the numbers that they are given: a row that is not there is read all the same. Whatever comes from a file
is held against these declarations first (``sim.game.saves.soundness``). A field that is not declared fails a test.
"""

from typing import NamedTuple

from sim.kernels import codes
from sim.kernels.state.dtypes import N_GROUND, N_REGION

MOST16, MOST32, MOST64 = 2**15 - 1, 2**31 - 1, 2**63 - 1
MOST_POINTS = 5 * 10**8  # four times as many still fit: the score is made of as many
LEAST16, LEAST32 = -(2**15), -(2**31)


class Bound(NamedTuple):
    """What a number may be.

    Attributes
    ----------
    low, high : int
        Its least and its greatest value; with a ``table``, ``high`` is left open.
    table : str
        The array of World of which it is a row, empty if it is none.
    is_fixed : bool
        Whether it stays for a whole campaign what it was on the first morning.
    """

    low: int = 0
    high: int = 0
    table: str = ""
    is_fixed: bool = False

    def limits(self, rows: int) -> tuple[int, int]:
        """Return the least and the greatest value, where the table has so many rows."""
        return self.low, (rows - 1 if self.table else self.high)

    def fixed(self) -> "Bound":
        """Return the same for a number that a campaign does not change."""
        return self._replace(is_fixed=True)


def row_of(table: str) -> Bound:
    """Return the bound of a row of a table; there is always one."""
    return Bound(0, table=table)


def row_or_none(table: str) -> Bound:
    """Return the bound of a row of a table, or -1."""
    return Bound(-1, table=table)


def code_of(names: tuple[str, ...]) -> Bound:
    """Return the bound of a code."""
    return Bound(0, len(names) - 1)


FLAG = Bound(0, 1)
SIDE_CODE = code_of(codes.SIDES)
OWNER = Bound(0, codes.NEITHER)
COUNT16, COUNT32, COUNT64 = Bound(0, MOST16), Bound(0, MOST32), Bound(0, MOST64)
ANY32 = Bound(LEAST32, MOST32)
PERMILLE = Bound(0, 1000)
TURN = Bound(0, MOST16)
TURN_OR_NONE = Bound(-1, MOST16)
DIRECTION = code_of(codes.DIRECTIONS)
DIRECTION_OR_NONE = Bound(-1, len(codes.DIRECTIONS) - 1)
FEATURES = Bound(0, 255)

UNIT_BOUNDS = {
    "formation": row_of("formations"),
    "army": row_or_none("formations"),
    "side": SIDE_CODE.fixed(),
    "nation": code_of(codes.NATIONS).fixed(),
    "branch": code_of(codes.BRANCHES).fixed(),
    "mobility": code_of(codes.MOBILITIES).fixed(),
    "axis": row_or_none("axes"),
    "arrival_turn": TURN_OR_NONE.fixed(),
    "arrival_hex": row_or_none("hexes").fixed(),
    "box": Bound(-1, MOST16).fixed(),
    "stack10": COUNT16.fixed(),
    "readiness_permille": COUNT16.fixed(),
    "at_guns": COUNT16,
    "assault_permille": COUNT16.fixed(),
    "fuel_max10": COUNT16.fixed(),
    "ammo_max10": COUNT16.fixed(),
    "supply_need_tons10": COUNT32.fixed(),
    "status": code_of(codes.STATUSES),
    "hex": row_or_none("hexes"),
    "next_in_hex": row_or_none("units"),
    "men": COUNT32,
    "men_start": COUNT32.fixed(),
    "killed": COUNT32,
    "wounded": COUNT32,
    "captured": COUNT32,
    "deserted": COUNT32,
    "guns": COUNT32,
    "guns_start": COUNT32.fixed(),
    "guns_lost": COUNT32,
    "launchers": COUNT32,
    "launchers_start": COUNT32.fixed(),
    "launchers_lost": COUNT32,
    "tanks": COUNT32,
    "tanks_start": COUNT32.fixed(),
    "tanks_lost": COUNT32,
    "tanks_repair": COUNT32,
    "aircraft": COUNT32.fixed(),
    "aircraft_start": COUNT32.fixed(),
    "cohesion_permille": PERMILLE,
    "fatigue_permille": PERMILLE,
    "fuel10": COUNT16,
    "ammo10": COUNT16,
    "supply_state": code_of(codes.SUPPLY_STATES),
    "supply_reason": code_of(codes.SUPPLY_REASONS),
    "supply_hex": row_or_none("hexes"),
    "supply_source": row_or_none("sources"),
    "supply_cost": Bound(0, codes.BLOCKED),
    "posture": code_of(codes.POSTURES),
    "entrench_permille": PERMILLE,
    "days_still": COUNT16,
    "mp10": COUNT16,
    "carry_mp10": COUNT16,
    "hexes_today": COUNT16,
    "attacks_today": Bound(0, 127),
    "contacts": Bound(0, 127),
    "contact_turn": TURN,
    "forced": FLAG,
    "withdrawal_ordered": FLAG,
    "led_by": FLAG,
    "target": row_or_none("hexes"),
    "objective": row_or_none("objectives"),
    "detour": row_or_none("hexes"),
    "reason": code_of(codes.REASONS),
    "reason_a": ANY32,
    "reason_b": ANY32,
    "seen_hex": row_or_none("hexes"),
    "seen_turn": TURN,
    "seen_level": code_of(codes.SIGHTS),
    "seen_power": COUNT32,
    "seen_men": COUNT32,
}

HEX_BOUNDS = {
    "terrain": code_of(codes.TERRAINS).fixed(),
    "country": code_of(codes.COUNTRIES).fixed(),
    "region": code_of(codes.REGIONS).fixed(),
    "features": FEATURES.fixed(),
    "elev_m": Bound(LEAST16, MOST16).fixed(),
    "relief_m": Bound(LEAST16, MOST16).fixed(),
    "forest_percent": Bound(0, 100).fixed(),
    "marsh_percent": Bound(0, 100).fixed(),
    "town": Bound(0, 5).fixed(),
    "best_road": code_of(codes.ROADS).fixed(),
    "fort_permille": COUNT16,
    "place": row_or_none("places").fixed(),
    "holder_start": OWNER.fixed(),
    "pass_limit10": COUNT16.fixed(),
}

EDGE_BOUNDS = {
    "river": code_of(codes.RIVERS).fixed(),
    "bridge": code_of(codes.BRIDGES).fixed(),
    "road": code_of(codes.ROADS).fixed(),
    "rail": code_of(codes.GAUGES).fixed(),
    "trains": Bound(0, 127).fixed(),
    "wall": Bound(0, 127).fixed(),
}

LAYER_BOUNDS = {
    "first_unit": row_or_none("units"),
    "stack10": COUNT16,
    "occupant": OWNER,
    "zone": COUNT16,
    "zoc_strength": COUNT16,
    "power": COUNT32,
}

SIDE_BOUNDS = {
    "points": Bound(-2 * MOST_POINTS, 2 * MOST_POINTS),
    "loss_points": Bound(-MOST_POINTS, MOST_POINTS),
    "objective_points": Bound(-MOST_POINTS, MOST_POINTS),
    "surprised_until_turn": TURN,
    "commander": code_of(codes.COMMANDERS),
    "supply_tons10": COUNT64,
}

FORMATION_BOUNDS = {
    "parent": row_or_none("formations").fixed(),
    "level": code_of(codes.LEVELS).fixed(),
    "side": SIDE_CODE.fixed(),
    "axis": row_or_none("axes").fixed(),
    "support_men": COUNT32.fixed(),
    "trucks_range": ANY32.fixed(),
}

AXIS_BOUNDS = {
    "side": SIDE_CODE.fixed(),
    "role": code_of(codes.ROLES).fixed(),
    "first": COUNT16.fixed(),
    "count": COUNT16.fixed(),
    "release_turn": TURN_OR_NONE.fixed(),
    "current": row_or_none("objectives"),
    "formation": row_or_none("formations").fixed(),
    "boldness_permille": COUNT16.fixed(),
}

OBJECTIVE_BOUNDS = {
    "axis": row_of("axes").fixed(),
    "place": row_or_none("places").fixed(),
    "hex": row_of("hexes").fixed(),
    "due_turn": TURN_OR_NONE.fixed(),
    "weight": COUNT16.fixed(),
    "field": COUNT16.fixed(),
    "strongpoint": FLAG.fixed(),
    "done_turn": TURN_OR_NONE,
}

PLACE_BOUNDS = {
    "hex": row_or_none("hexes").fixed(),
    "holder": OWNER,
    "town_size": Bound(0, 5).fixed(),
    "features": FEATURES.fixed(),
    "captured_turn": TURN,
    "points": COUNT16.fixed(),
    "pace_turn": TURN_OR_NONE.fixed(),
    "fort_permille": COUNT16.fixed(),
}

SOURCE_BOUNDS = {
    "hex": row_or_none("hexes").fixed(),
    "side": SIDE_CODE.fixed(),
    "kind": code_of(codes.SOURCE_KINDS).fixed(),
    "tons": COUNT32.fixed(),
    "used_tons10": COUNT32,
    "formation": row_or_none("formations").fixed(),
}

CLOCK_BOUNDS = {
    "key": Bound(0, 2**64 - 1).fixed(),
    "turn": Bound(1, MOST16),
    "last_turn": Bound(1, MOST16).fixed(),
    "phase_side": SIDE_CODE,
    "first_side": SIDE_CODE.fixed(),
    "decided": FLAG,
    "winner": OWNER,
    "level": Bound(-1, 7),
    "n_events": COUNT32,
    "lost_events": COUNT32,
    "sky": code_of(codes.SKIES),
    "ground": Bound(0, N_GROUND - 1),
    "rain_days": COUNT16,
    "n_cols": COUNT32.fixed(),
    "n_rows": COUNT32.fixed(),
    "score": ANY32,
    "n_levels": Bound(0, 8).fixed(),
    "level_score": ANY32.fixed(),
    "level_winner": OWNER.fixed(),
    "loss_points": ANY32.fixed(),
    "early_permille": COUNT16.fixed(),
    "late_permille": COUNT16.fixed(),
    "decided_score": ANY32.fixed(),
}

EVENT_BOUNDS = {
    "turn": TURN,
    "side": SIDE_CODE,
    "kind": code_of(codes.EVENT_KINDS),
    "subject": ANY32,  # what these are follows from the kind: EVENT_KIND_BOUNDS
    "object": ANY32,
    "hex": row_or_none("hexes"),
    "a": ANY32,
    "b": ANY32,
    "known_to": Bound(0, 3),
}

_UNIT, _AT = {"subject": row_of("units")}, {"hex": row_of("hexes")}
_UNIT_AT = {**_UNIT, **_AT}

# What the numbers of an event are, by its kind; those that are not named may be any.
EVENT_KIND_BOUNDS: dict[int, dict[str, Bound]] = {
    codes.EVENT_WEATHER: {
        "subject": Bound(0, N_REGION - 1),
        "a": code_of(codes.SKIES),
        "b": code_of(codes.GROUNDS),
    },
    codes.EVENT_ARRIVAL: _UNIT_AT,
    codes.EVENT_CAPTURE: {**_UNIT_AT, "object": row_of("places")},
    codes.EVENT_BATTLE: {**_UNIT_AT, "object": row_of("units"), "a": COUNT32, "b": code_of(codes.RESULTS)},
    codes.EVENT_RETREAT: {**_UNIT_AT, "a": row_or_none("hexes")},
    codes.EVENT_SHATTERED: {**_UNIT_AT, "a": COUNT32},
    codes.EVENT_SURRENDER: {**_UNIT_AT, "a": COUNT32},
    codes.EVENT_DISPERSED: {**_UNIT_AT, "a": COUNT32},
    codes.EVENT_SUPPLY: {**_UNIT_AT, "a": code_of(codes.SUPPLY_STATES), "b": code_of(codes.SUPPLY_REASONS)},
    codes.EVENT_OUT_OF_FUEL: _UNIT_AT,
    codes.EVENT_OBJECTIVE: {"subject": row_of("axes"), "object": row_of("places"), "hex": row_of("hexes")},
    codes.EVENT_BRIDGE: {**_UNIT_AT, "a": DIRECTION},
    codes.EVENT_REGAUGED: {**_AT, "a": row_or_none("places")},
    codes.EVENT_ENCIRCLED: _UNIT_AT,
    codes.EVENT_RELIEVED: _UNIT_AT,
    codes.EVENT_DECIDED: {"subject": OWNER},
    codes.EVENT_SURPRISE: {"subject": SIDE_CODE},
    codes.EVENT_SORTIE: _UNIT,
    codes.EVENT_CONTACT: {**_UNIT_AT, "object": row_or_none("units")},
}

# The arrays of World: a bound of their numbers, or of the fields of their records.
WORLD_BOUNDS: dict[str, Bound | dict[str, Bound]] = {
    "edges": EDGE_BOUNDS,
    "neighbours": row_or_none("hexes").fixed(),
    "step_cost": Bound(LEAST16, MOST16).fixed(),
    "descent_permille": ANY32.fixed(),
    "cost_to_go": ANY32.fixed(),
    "links": ANY32.fixed(),
    "borders": row_or_none("hexes").fixed(),
    "tags": Bound(0, 255).fixed(),
    "peace": Bound(0, 2**16 - 1).fixed(),
    "peace_from": DIRECTION_OR_NONE.fixed(),
    "formations": FORMATION_BOUNDS,
    "rules": {},  # their bounds are those of the rulebook
    "units": UNIT_BOUNDS,
    "hexes": HEX_BOUNDS,
    "holder": OWNER,
    "held_since_turn": TURN,
    "captured_by": row_or_none("units"),
    "rail_ready_turn": TURN,
    "battles_today": COUNT16,
    "pass_used10": COUNT16,
    "trains_used": COUNT16,
    "layers": LAYER_BOUNDS,
    "known": LAYER_BOUNDS,
    "sight": code_of(codes.SIGHTS),
    "supply_cost": Bound(0, codes.BLOCKED),
    "line_from": DIRECTION_OR_NONE,
    "sides": SIDE_BOUNDS,
    "axes": AXIS_BOUNDS,
    "objectives": OBJECTIVE_BOUNDS,
    "places": PLACE_BOUNDS,
    "sources": SOURCE_BOUNDS,
    "clock": CLOCK_BOUNDS,
    "events": EVENT_BOUNDS,
}
