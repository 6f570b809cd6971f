"""Coefficients of movement, zones of control, stacking, railways and the spread of control."""

from sim.kernels.rulebook.field import RuleField

MARCH = (
    RuleField("allowance_mp10", "i2", "Movement of a fresh unit in a day.", ("mobility",), 0, 1000),
    RuleField(
        "terrain_cost_mp10", "i2", "Cost of a roadless hex in dry weather; 0 no way.", ("mobility", "terrain"), 0, 900
    ),
    RuleField(
        "road_cost_mp10", "i2", "Cost of a hex of open country along a road; 0 no use.", ("mobility", "road"), 0, 900
    ),
    RuleField(
        "road_grade_permille", "i2", "What terrain makes of the cost of a road.", ("mobility", "terrain"), 0, 9000
    ),
    RuleField("rail_cost_mp10", "i2", "Cost of a hex along a railway embankment; 0 no use.", ("mobility",), 0, 900),
    RuleField("craft_cost_mp10", "i2", "Cost of a hex along a great or major river, for river craft.", (), 1, 900),
    RuleField(
        "mud_permille", "i2", "Cost on fully muddy ground against dry ground.", ("ground", "mobility"), 500, 9000
    ),
    RuleField("mud_terrain_permille", "i2", "How much of the mud a terrain feels.", ("terrain",), 0, 1000),
    RuleField(
        "mud_road_permille", "i2", "How much of the mud a road feels; none is roadless ground.", ("road",), 0, 1000
    ),
    RuleField("mud_rail_permille", "i2", "How much of the mud an embankment feels.", (), 0, 1000),
    RuleField(
        "river_cost_mp10", "i2", "Cost of crossing a river side without bridge; 0 free.", ("mobility", "river"), 0, 900
    ),
    RuleField("river_ground_permille", "i2", "What the weather makes of a crossing.", ("ground",), 500, 5000),
    RuleField("wall_cost_mp10", "i2", "Cost of crossing the Great Wall off the road.", ("mobility",), 0, 900),
    RuleField("carry_max_mp10", "i2", "Work saved up towards one slow step.", ("mobility",), 0, 1000),
    RuleField("fatigue_march_permille", "i2", "Movement lost by a wholly exhausted unit.", (), 0, 1000),
    RuleField("supply_march_permille", "i2", "Movement by supply state.", ("supply",), 0, 1000),
    RuleField("march_fatigue_permille", "i2", "Fatigue of a full day's march.", ("mobility",), 0, 1000),
    RuleField("forced_march_permille", "i2", "Movement added by a forced march.", ("mobility",), 0, 1000),
    RuleField("forced_fatigue_permille", "i2", "Fatigue of a forced march.", ("mobility",), 0, 1000),
    RuleField("forced_fatigue_limit_permille", "i2", "Fatigue above which nobody marches further.", (), 0, 1000),
    RuleField("fuel_terrain_permille", "i2", "Fuel for a movement point against the road.", ("terrain",), 500, 5000),
)

ROOM = (
    RuleField("stack_road10", "i2", "Room in a hex with a road or track, tenths of a division.", ("terrain",), 0, 200),
    RuleField("stack_roadless10", "i2", "Room in a hex without.", ("terrain",), 0, 200),
    RuleField("stack_town10", "i2", "Room that a town of each size adds.", (6,), 0, 200),
    RuleField("arrival_search_hexes", "i2", "How far from its place a reinforcement looks for room.", (), 0, 50),
    RuleField("through_pass10", "i2", "Tenths of a division that enter a pass in a day.", (), 1, 200),
    RuleField("through_track10", "i2", "The same of any other mountain hex with a track at best.", (), 1, 200),
)

ZONE = (
    RuleField("zone_full_power", "i4", "Strength whose zone of control is whole.", (), 1, 10_000_000),
    RuleField("zone_branch_permille", "i2", "Zone-of-control strength by branch.", ("branch",), 0, 1000),
    RuleField("zone_limit_permille", "i2", "Most that the units of one hex can add up to.", (), 0, 4000),
    RuleField("zone_adjacent_permille", "i2", "Share of that strength felt in the next hex.", (), 0, 1000),
    RuleField("zone_river_permille", "i2", "What a river on the side leaves of it.", ("river",), 0, 1000),
    RuleField("zone_terrain_permille", "i2", "What the terrain of the next hex leaves of it.", ("terrain",), 0, 1000),
    RuleField("zone_cost_mp10", "i2", "Cost of entering the zone of an equal.", ("mobility",), 0, 400),
    RuleField("zone_between_permille", "i2", "That cost when leaving another zone hex.", (), 1000, 4000),
    RuleField(
        "zone_stop_permille", "i2", "Share of the strength in a hex at which a mover must stop.", ("mobility",), 0, 1001
    ),
    RuleField("zone_felt_permille", "i2", "Weakest zone that counts as an enemy zone.", (), 1, 1000),
    RuleField("spread_neighbours", "i2", "Neighbours that turn an empty hex overnight.", (), 3, 6),
    RuleField("spread_neighbours_zone", "i2", "The same where its zone is felt there at all.", (), 3, 6),
    RuleField("spread_zone_permille", "i2", "Undisputed zone that turns an empty hex overnight.", (), 1, 4000),
)

RAIL = (
    RuleField("rail_range_hexes", "i2", "Hexes that a train runs in a day.", (), 1, 200),
    RuleField("rail_trains_per_division", "i2", "Trains that a division fills.", (), 1, 100),
    RuleField("rail_captured_permille", "i2", "Share of the capacity of a captured line.", (), 0, 1000),
    RuleField("rail_regauge_days", "i2", "Days until a captured line carries trains.", (), 0, 60),
    RuleField("rail_repair_days", "i2", "Days until a recaptured line of one's own does.", (), 0, 60),
    RuleField("rail_load_permille", "i2", "Share of the day's movement that loading needs.", (), 0, 1000),
)

FIELDS: tuple[RuleField, ...] = MARCH + ROOM + ZONE + RAIL
