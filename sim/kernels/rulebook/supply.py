"""Coefficients of supply range, throughput, fuel and ammunition.

Transport cost is counted in tenths of the work of carrying a load over one hex of surfaced road (``10`` in names).
"""

from sim.kernels.rulebook.field import RuleField

LINES: tuple[RuleField, ...] = (
    RuleField("line_rail10", "int16", "Transport cost per hex by rail, by gauge.", ("gauge",), high=1000),
    RuleField(
        "line_native_gauge",
        "int8",
        "1 if the side's own rolling stock runs on this gauge, else 0.",
        ("side", "gauge"),
        high=1,
    ),
    RuleField(
        "line_captured_rail_permille",
        "int16",
        "Cost multiplier of a captured railway of foreign gauge.",
        low=1000,
        high=32000,
    ),
    RuleField(
        "line_road10",
        "int16",
        "Transport cost per hex by road, by quality and ground; 0: no road.",
        ("road", "ground"),
        high=800,
    ),
    RuleField(
        "line_terrain10",
        "int16",
        "Transport cost per hex off road, by terrain and ground; 0: impassable to supply columns.",
        ("terrain", "ground"),
        high=800,
    ),
    RuleField(
        "line_home_permille",
        "int16",
        "Off-road cost multiplier in territory that the side held at the start.",
        high=1000,
    ),
    RuleField(
        "line_river10",
        "int16",
        "Transport cost added by an unbridged river, by rank.",
        ("river",),
        high=500,
    ),
    RuleField("line_zone10", "int16", "Transport cost added by a full enemy zone of control.", high=500),
    RuleField(
        "line_zone_block_permille",
        "int16",
        "Excess of enemy over friendly zone of control that blocks supply, unless a friendly unit occupies the hex.",
        high=32000,
    ),
    RuleField(
        "line_comfort10",
        "int32",
        "Transport cost up to which columns deliver in full; beyond it, deliveries fall in inverse proportion.",
        ("side",),
        low=1,
    ),
    RuleField(
        "line_trickle_permille",
        "int16",
        "Minimum share of a load that arrives at any distance within range.",
        ("side",),
        high=1000,
    ),
    RuleField("line_range10", "int32", "Supply range: transport cost beyond which nothing arrives.", ("side",), low=1),
    RuleField("rail_ready_hexes", "int16", "Hexes of captured railway restored to service per day.", low=1, high=50),
)

STOCKS: tuple[RuleField, ...] = (
    RuleField(
        "fuel_max10", "int16", "Fuel carried by a full unit, in tenths of a day's march.", ("mobility",), high=1000
    ),
    RuleField(
        "ammo_max10",
        "int16",
        "Ammunition carried by a full unit, in tenths of a unit of fire.",
        ("branch",),
        high=1000,
    ),
    RuleField(
        "need_tons10",
        "int32",
        "Supplies that a unit of standard size (division or brigade) needs in action, in tenths of a ton per day.",
        ("branch",),
    ),
    RuleField(
        "fuel_share_permille",
        "int16",
        "Share of a unit's need that is fuel for one day's march.",
        ("mobility",),
        high=1000,
    ),
    RuleField(
        "ammo_share_permille", "int16", "Share of a unit's need that is one unit of fire.", ("branch",), high=1000
    ),
    RuleField("fuel_refill10", "int16", "Maximum fuel received per day, tenths of a day's march.", high=1000),
    RuleField("ammo_refill10", "int16", "Maximum ammunition received per day, tenths of a unit of fire.", high=1000),
)

STATES: tuple[RuleField, ...] = (
    RuleField(
        "supply_spill_permille",
        "int16",
        "Share of an overdrawn source's shortfall that other sources of its front can cover from spare tonnage.",
        high=1000,
    ),
    RuleField("supply_strained_permille", "int16", "Share of its need below which a unit is strained.", high=1000),
    RuleField("supply_out_permille", "int16", "Share of its need below which a unit is out of supply.", high=1000),
    RuleField("fuel_low_permille", "int16", "Share of full fuel below which a unit is short of fuel.", high=1000),
    RuleField(
        "fuel_dry10", "int16", "Fuel at which a motor unit is reported out of fuel, tenths of a day's march.", high=1000
    ),
    RuleField(
        "ammo_low_permille", "int16", "Share of a full load below which a unit is short of ammunition.", high=1000
    ),
    RuleField(
        "pocket_hexes",
        "int16",
        "Largest pocket, in hexes, in which a cut-off unit counts as isolated.",
        low=1,
        high=1000,
    ),
    RuleField(
        "support_bonus_permille",
        "int16",
        "Increase in the tonnage of a front's sources per 10,000 men of rear services.",
        high=1000,
    ),
    RuleField("support_bonus_max_permille", "int16", "Maximum increase from rear services.", high=1000),
)

FIELDS: tuple[RuleField, ...] = LINES + STOCKS + STATES
