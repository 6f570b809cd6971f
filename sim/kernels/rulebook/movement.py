"""Coefficients of movement, zones of control, stacking, railways and the spread of control."""

from sim.kernels.rulebook.field import RuleField

MARCH = (
    RuleField("allowance_mp10", "i2", "Daily movement allowance of a fresh unit.", ("mobility",), 0, 1000),
    RuleField(
        "terrain_cost_mp10",
        "i2",
        "Cost of a hex off road in dry weather; 0: impassable.",
        ("mobility", "terrain"),
        0,
        900,
    ),
    RuleField(
        "road_cost_mp10",
        "i2",
        "Cost of a hex along a road in open country; 0: no benefit.",
        ("mobility", "road"),
        0,
        900,
    ),
    RuleField("road_grade_permille", "i2", "Multiplier of the road cost by terrain.", ("mobility", "terrain"), 0, 9000),
    RuleField(
        "rail_cost_mp10", "i2", "Cost of a hex along a railway embankment; 0: no benefit.", ("mobility",), 0, 900
    ),
    RuleField("craft_cost_mp10", "i2", "Cost of a hex along a great or major river, for river craft.", (), 1, 900),
    RuleField("mud_permille", "i2", "Cost multiplier on mud, against dry ground.", ("ground", "mobility"), 500, 9000),
    RuleField(
        "mud_terrain_permille", "i2", "Share of the mud penalty that applies, by terrain.", ("terrain",), 0, 1000
    ),
    RuleField(
        "mud_road_permille", "i2", "Share of the mud penalty that applies, by road; none: off road.", ("road",), 0, 1000
    ),
    RuleField("mud_rail_permille", "i2", "Share of the mud penalty that applies on an embankment.", (), 0, 1000),
    RuleField(
        "river_cost_mp10",
        "i2",
        "Cost of crossing a river side without a bridge; 0: none.",
        ("mobility", "river"),
        0,
        900,
    ),
    RuleField(
        "river_ground_permille", "i2", "Multiplier of the crossing cost by state of the ground.", ("ground",), 500, 5000
    ),
    RuleField("wall_cost_mp10", "i2", "Cost of crossing the Great Wall off road.", ("mobility",), 0, 900),
    RuleField("carry_max_mp10", "i2", "Maximum movement points saved towards one costly hex.", ("mobility",), 0, 1000),
    RuleField("fatigue_march_permille", "i2", "Movement lost at full fatigue.", (), 0, 1000),
    RuleField("supply_march_permille", "i2", "Movement by supply state.", ("supply",), 0, 1000),
    RuleField("march_fatigue_permille", "i2", "Fatigue from a full day's march.", ("mobility",), 0, 1000),
    RuleField("forced_march_permille", "i2", "Movement added by a forced march.", ("mobility",), 0, 1000),
    RuleField("forced_fatigue_permille", "i2", "Fatigue from a forced march.", ("mobility",), 0, 1000),
    RuleField("forced_fatigue_limit_permille", "i2", "Fatigue above which no forced march is allowed.", (), 0, 1000),
    RuleField("fuel_terrain_permille", "i2", "Fuel per movement point, relative to a road.", ("terrain",), 500, 5000),
)

ROOM = (
    RuleField(
        "stack_road10",
        "i2",
        "Stacking limit of a hex with a road or track, tenths of a division.",
        ("terrain",),
        0,
        200,
    ),
    RuleField("stack_roadless10", "i2", "Stacking limit of a hex without a road or track.", ("terrain",), 0, 200),
    RuleField("stack_town10", "i2", "Stacking limit added by a town, by size.", (6,), 0, 200),
    RuleField(
        "arrival_search_hexes", "i2", "How far from its place of arrival a reinforcement looks for room.", (), 0, 50
    ),
    RuleField("through_pass10", "i2", "Capacity of a pass, tenths of a division per day.", (), 1, 200),
    RuleField(
        "through_track10", "i2", "Capacity of any other mountain hex with no better road than a track.", (), 1, 200
    ),
)

ZONE = (
    RuleField("zone_full_power", "i4", "Power at which a zone of control is full.", (), 1, 10_000_000),
    RuleField("zone_branch_permille", "i2", "Zone-of-control strength by branch.", ("branch",), 0, 1000),
    RuleField("zone_limit_permille", "i2", "Maximum zone-of-control strength of one hex.", (), 0, 4000),
    RuleField("zone_adjacent_permille", "i2", "Zone-of-control strength exerted on an adjacent hex.", (), 0, 1000),
    RuleField(
        "zone_river_permille", "i2", "Zone-of-control strength left across a river, by rank.", ("river",), 0, 1000
    ),
    RuleField(
        "zone_terrain_permille",
        "i2",
        "Zone-of-control strength left by the terrain of the adjacent hex.",
        ("terrain",),
        0,
        1000,
    ),
    RuleField("zone_cost_mp10", "i2", "Cost of entering the zone of control of an equal force.", ("mobility",), 0, 400),
    RuleField(
        "zone_between_permille",
        "i2",
        "Multiplier of the zone cost when moving from one enemy zone of control to another.",
        (),
        1000,
        4000,
    ),
    RuleField(
        "zone_stop_permille",
        "i2",
        "Enemy share of the strength in a hex at which movement must stop.",
        ("mobility",),
        0,
        1001,
    ),
    RuleField("zone_felt_permille", "i2", "Weakest zone of control that counts as one.", (), 1, 1000),
    RuleField(
        "spread_neighbours",
        "i2",
        "Adjacent hexes that the other side must hold to take an empty hex overnight.",
        (),
        3,
        6,
    ),
    RuleField(
        "spread_neighbours_zone",
        "i2",
        "Adjacent hexes needed if the other side's zone of control reaches the hex.",
        (),
        3,
        6,
    ),
    RuleField(
        "spread_zone_permille", "i2", "Uncontested zone of control that takes an empty hex overnight.", (), 1, 4000
    ),
)

RAIL = (
    RuleField("rail_range_hexes", "i2", "Hexes that a train travels per day.", (), 1, 200),
    RuleField("rail_trains_per_division", "i2", "Trains needed to move a division.", (), 1, 100),
    RuleField("rail_captured_permille", "i2", "Capacity of a captured line, relative to normal.", (), 0, 1000),
    RuleField("rail_regauge_days", "i2", "Days until a captured line carries trains.", (), 0, 60),
    RuleField("rail_repair_days", "i2", "Days until a recaptured line of one's own carries trains.", (), 0, 60),
    RuleField("rail_load_permille", "i2", "Share of the day's movement used for loading.", (), 0, 1000),
)

FIELDS: tuple[RuleField, ...] = MARCH + ROOM + ZONE + RAIL
