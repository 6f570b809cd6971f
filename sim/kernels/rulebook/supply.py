"""Coefficients of supply range, throughput, fuel and ammunition.

Transport cost is counted in tenths of the work of carrying a load over one hex of surfaced road (``10`` in names).
"""

from sim.kernels.rulebook.field import RuleField

LINES: tuple[RuleField, ...] = (
    RuleField("line_rail10", "int16", "Transport cost of a hex by a railway of each gauge.", ("gauge",), high=1000),
    RuleField(
        "line_native_gauge",
        "int8",
        "1 where a side's own rolling stock runs on that gauge.",
        ("side", "gauge"),
        high=1,
    ),
    RuleField(
        "line_captured_rail_permille",
        "int16",
        "Cost of a captured railway of foreign gauge against a native one.",
        low=1000,
        high=32000,
    ),
    RuleField(
        "line_road10",
        "int16",
        "Transport cost of a hex by a road of each quality on each ground; 0 where there is none.",
        ("road", "ground"),
        high=800,
    ),
    RuleField(
        "line_terrain10",
        "int16",
        "Transport cost of a hex off the roads on each ground; 0 where nothing on wheels or hooves passes.",
        ("terrain", "ground"),
        high=800,
    ),
    RuleField(
        "line_home_permille",
        "int16",
        "What of that cost off the roads is left in country that a side held from the start.",
        high=1000,
    ),
    RuleField(
        "line_river10",
        "int16",
        "Transport cost that a river of each rank adds where no bridge stands.",
        ("river",),
        high=500,
    ),
    RuleField("line_zone10", "int16", "Transport cost that a full enemy zone of control adds.", high=500),
    RuleField(
        "line_zone_block_permille",
        "int16",
        "Surplus of the enemy's zone over the own from which no column passes, unless own troops stand in the hex.",
        high=32000,
    ),
    RuleField(
        "line_comfort10",
        "int32",
        "Transport cost up to which a side's columns deliver in full; beyond it they deliver in inverse proportion.",
        ("side",),
        low=1,
    ),
    RuleField(
        "line_trickle_permille",
        "int16",
        "Part of a load that arrives however long the line is, within the range.",
        ("side",),
        high=1000,
    ),
    RuleField("line_range10", "int32", "Transport cost beyond which nothing arrives.", ("side",), low=1),
    RuleField(
        "rail_ready_hexes", "int16", "Hexes a day by which a captured railway is brought into use.", low=1, high=50
    ),
)

STOCKS: tuple[RuleField, ...] = (
    RuleField(
        "fuel_max10", "int16", "Fuel that a full unit carries, in tenths of a day of march.", ("mobility",), high=1000
    ),
    RuleField(
        "ammo_max10",
        "int16",
        "Ammunition that a full unit carries, in tenths of a unit of fire.",
        ("branch",),
        high=1000,
    ),
    RuleField(
        "need_tons10",
        "int32",
        "Supplies that a unit of the usual size (division or brigade) draws in action, in tenths of a ton a day.",
        ("branch",),
    ),
    RuleField(
        "fuel_share_permille", "int16", "Share of fuel for a day of march in that need.", ("mobility",), high=1000
    ),
    RuleField("ammo_share_permille", "int16", "Share of one unit of fire in that need.", ("branch",), high=1000),
    RuleField(
        "fuel_refill10", "int16", "Most fuel that a unit takes on in a day, tenths of a day of march.", high=1000
    ),
    RuleField(
        "ammo_refill10", "int16", "Most ammunition that a unit takes on in a day, tenths of a unit of fire.", high=1000
    ),
)

STATES: tuple[RuleField, ...] = (
    RuleField(
        "supply_spill_permille",
        "int16",
        "Part of what an overdrawn source lacks that spare tonnage elsewhere on its front makes good.",
        high=1000,
    ),
    RuleField("supply_strained_permille", "int16", "Share of its need below which a unit is strained.", high=1000),
    RuleField("supply_out_permille", "int16", "Share of its need below which a unit is out of supply.", high=1000),
    RuleField("fuel_low_permille", "int16", "Share of its full tanks below which a unit is short of fuel.", high=1000),
    RuleField(
        "fuel_dry10", "int16", "Fuel at which a motor unit is reported dry, tenths of a day of march.", high=1000
    ),
    RuleField(
        "ammo_low_permille", "int16", "Share of its full load below which a unit is short of ammunition.", high=1000
    ),
    RuleField(
        "pocket_hexes", "int16", "A unit shut in with no more than this many hexes is isolated.", low=1, high=1000
    ),
    RuleField(
        "support_bonus_permille",
        "int16",
        "What 10,000 men of rear services add to the tonnage of their front's sources.",
        high=1000,
    ),
    RuleField("support_bonus_max_permille", "int16", "The most that rear services add.", high=1000),
)

FIELDS: tuple[RuleField, ...] = LINES + STOCKS + STATES
