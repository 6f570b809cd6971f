"""Integer codes shared by every layer, and the names that YAML uses for them.

A code is an index: tables in the rules are indexed by it. Tuples of names stand in code order, so that
``TERRAINS[HILLS] == "hills"``.
"""

from typing import NamedTuple

# Directions of a flat-top hex, clockwise bits as in the map file; the opposite of d is (d + 3) % 6.
NE, N, NW, SW, S, SE = range(6)
DIRECTIONS = ("ne", "n", "nw", "sw", "s", "se")

SEA, LAKE, PLAIN, STEPPE, DESERT, HILLS, FOREST, FOREST_HILLS, MOUNTAIN, FOREST_MOUNTAIN, MARSH = range(11)
TERRAINS = (
    "sea",
    "lake",
    "plain",
    "steppe",
    "desert",
    "hills",
    "forest",
    "forest_hills",
    "mountain",
    "forest_mountain",
    "marsh",
)

NOWHERE, USSR, MONGOLIA, MANCHUKUO, MENGJIANG, CHINA, KOREA, JAPAN_PROPER, KARAFUTO = range(9)
COUNTRIES = ("sea", "ussr", "mongolia", "manchukuo", "mengjiang", "china", "korea", "japan", "karafuto")

# Rivers keep the ranks of the source: 1 great, 2 major, 3 minor, 4 stream.
RIVER_NONE, RIVER_GREAT, RIVER_MAJOR, RIVER_MINOR, RIVER_STREAM = range(5)
RIVERS = ("none", "great", "major", "minor", "stream")

ROAD_NONE, ROAD_TRAIL, ROAD_TRACK, ROAD_DIRT, ROAD_SURFACED = range(5)
ROADS = ("none", "trail", "track", "dirt", "surfaced")

RAIL_NONE, RAIL_BROAD, RAIL_STANDARD, RAIL_CAPE, RAIL_NARROW = range(5)
GAUGES = ("none", "broad", "standard", "cape", "narrow")
GAUGE_MM = (0, 1524, 1435, 1067, 750)

BRIDGE_NONE, BRIDGE_ROAD, BRIDGE_RAIL = range(3)
BRIDGES = ("none", "road", "rail")

# Bits of HEX.features
FLAG_TOWN, FLAG_PORT, FLAG_AIRFIELD, FLAG_PASS, FLAG_FORTRESS, FLAG_COAST = 1, 2, 4, 8, 16, 32

# Ground by weather: what mud and flood do to movement. Index of the step-cost tables.
DRY, WET, FLOODED = range(3)
GROUNDS = ("dry", "wet", "flooded")
CLEAR, RAIN, HEAVY_RAIN = range(3)
SKIES = ("clear", "rain", "heavy_rain")
REGION_WEST, REGION_CENTRE, REGION_EAST, REGION_NORTH = range(4)
REGIONS = ("west", "centre", "east", "north")

FOOT, HORSE, WHEELED, MOTORISED, TRACKED, RAIL_MOBILE, RIVER_CRAFT, STATIC = range(8)
MOBILITIES = ("foot", "horse", "wheeled", "motorised", "tracked", "rail", "river", "static")

SOVIET, JAPANESE, NEITHER = 0, 1, 2
SIDES = ("soviet", "japan")
NATION_SOVIET, NATION_MONGOLIA, NATION_JAPAN, NATION_MANCHUKUO, NATION_MENGJIANG = range(5)
NATIONS = ("soviet", "mongolia", "japan", "manchukuo", "mengjiang")

# What a unit is, as far as the rules care; the order-of-battle kind maps onto these in the forces files.
(
    INFANTRY,
    TANK,
    MECHANISED,
    CAVALRY,
    ARTILLERY,
    ROCKETS,
    ASSAULT_GUNS,
    ENGINEERS,
    FORTIFIED,
    GARRISON,
    HEADQUARTERS,
    SUPPORT,
    AIR,
    RIVER_UNIT,
    MARINES,
    AIRLANDED,
) = range(16)
BRANCHES = (
    "infantry",
    "tank",
    "mechanised",
    "cavalry",
    "artillery",
    "rockets",
    "assault_guns",
    "engineers",
    "fortified",
    "garrison",
    "headquarters",
    "support",
    "air",
    "river",
    "marines",
    "airlanded",
)

# Tank classes, in the order of UNIT.tanks
TANK_LIGHT, TANK_MEDIUM, TANK_HEAVY, TANK_JAPANESE_LIGHT, TANK_JAPANESE_MEDIUM = range(5)
TANK_CLASSES = ("light", "medium", "heavy", "japanese_light", "japanese_medium")

# Life of a unit. OFF_MAP units (boxes, air armies, rear services, navy) never occupy a hex.
PENDING, ACTIVE, OFF_MAP, SHATTERED, SURRENDERED, DISPERSED = range(6)
STATUSES = ("pending", "active", "off_map", "shattered", "surrendered", "dispersed")

HASTY, PREPARED, DEFEND, DELAY, RETREAT, MARCH, SIEGE = range(7)
POSTURES = ("hasty", "prepared", "defend", "delay", "retreat", "march", "siege")

IN_SUPPLY, STRAINED, OUT_OF_SUPPLY, ISOLATED = range(4)
SUPPLY_STATES = ("in supply", "strained", "out of supply", "isolated")

# Why a unit is in the supply state that it is in
(
    SUPPLY_OK,
    SUPPLY_LONG_LINE,
    SUPPLY_SHARED,
    SUPPLY_CUT_BY_ZONE,
    SUPPLY_CUT_BY_ENEMY,
    SUPPLY_NO_ROUTE,
    SUPPLY_SHORT_FUEL,
    SUPPLY_SHORT_AMMUNITION,
) = range(8)
SUPPLY_REASONS = ("ok", "long_line", "shared", "cut_by_zone", "cut_by_enemy", "no_route", "short_fuel", "short_ammo")

SOURCE_RAILHEAD, SOURCE_DEPOT, SOURCE_PORT = range(3)
SOURCE_KINDS = ("railhead", "depot", "port")

# Levels of a formation
LEVEL_THEATRE, LEVEL_FRONT, LEVEL_ARMY, LEVEL_CORPS = range(4)
LEVELS = ("theatre", "front", "army", "corps")

# What an axis of a plan is for
ROLE_MAIN, ROLE_SUPPORT, ROLE_SIEGE, ROLE_SCREEN, ROLE_HOLD, ROLE_FALL_BACK, ROLE_RESERVE = range(7)
ROLES = ("main", "support", "siege", "screen", "hold", "fall_back", "reserve")

# Who orders a unit (UNIT.led_by): the commander of its side, or whoever plays that side
LED_BY_COMMANDER, LED_BY_HAND = range(2)

# Why the computer commander gave the order that it gave (UNIT.reason); game/wording/sentences has the words.
(
    REASON_NONE,
    REASON_ADVANCE,
    REASON_LEAD,
    REASON_ATTACK,
    REASON_BYPASS,
    REASON_BESIEGE,
    REASON_HOLD,
    REASON_WITHDRAW,
    REASON_FALL_BACK,
    REASON_WAIT_FUEL,
    REASON_WAIT_ROAD,
    REASON_WAIT_RELEASE,
    REASON_PARALYSED,
    REASON_ENVELOP,
    REASON_COUNTER_ATTACK,
    REASON_REST,
    REASON_ON_OBJECTIVE,
) = range(17)
REASONS = (
    "none",
    "advance",
    "lead",
    "attack",
    "bypass",
    "besiege",
    "hold",
    "withdraw",
    "fall_back",
    "wait_fuel",
    "wait_road",
    "wait_release",
    "paralysed",
    "envelop",
    "counter_attack",
    "rest",
    "on_objective",
)

COMMANDER_ADAPTIVE, COMMANDER_BASELINE, COMMANDER_NONE = range(3)
COMMANDERS = ("adaptive", "baseline", "none")

# Who comes to know of an event, where there is fog of war
KNOWN_TO_BOTH, KNOWN_WHERE_SEEN, KNOWN_TO_ITS_SIDE, KNOWN_TO_PLANNER = range(4)
# What EVENT.a is of which a side can only guess, if it is about the other side
GUESSED_NOTHING, GUESSED_MEN, GUESSED_ODDS = range(3)


class EventKind(NamedTuple):
    """One kind of event of the log.

    Attributes
    ----------
    name : str
    means : str
        What EVENT.subject, object, hex, a and b are.
    known : int
        ``KNOWN_*``: to both sides; to the side of the unit that it is about, and to who sees the hex; to that side
        alone; to the side whose plan it is about.
    guessed : int
        ``GUESSED_*``.
    """

    name: str
    means: str
    known: int
    guessed: int


EVENTS: list[EventKind] = []  # every kind of event; its place here is its code


def _event(name: str, means: str, known: int = KNOWN_TO_BOTH, guessed: int = GUESSED_NOTHING) -> int:
    EVENTS.append(EventKind(name, means, known, guessed))
    return len(EVENTS) - 1


# Events of the log. How each is told stands in game/wording/sentences.
EVENT_WEATHER = _event("weather", "subject region, a sky, b ground")
EVENT_ARRIVAL = _event("arrival", "subject unit, hex", KNOWN_WHERE_SEEN)
EVENT_CAPTURE = _event("capture", "subject unit, object place, hex")
EVENT_BATTLE = _event(
    "battle",
    "subject lead attacker, object lead defender, hex, a odds permille, b outcome",
    guessed=GUESSED_ODDS,
)
EVENT_RETREAT = _event("retreat", "subject unit, hex left, a hex reached", KNOWN_WHERE_SEEN)
EVENT_SHATTERED = _event("shattered", "subject unit, hex, a men lost with it", KNOWN_WHERE_SEEN, GUESSED_MEN)
EVENT_SURRENDER = _event("surrender", "subject unit, hex, a men captured", KNOWN_WHERE_SEEN)
EVENT_DISPERSED = _event("dispersed", "subject unit, hex, a men deserted", KNOWN_WHERE_SEEN, GUESSED_MEN)
EVENT_SUPPLY = _event("supply", "subject unit, hex, a new state, b reason", KNOWN_TO_ITS_SIDE)
EVENT_OUT_OF_FUEL = _event("out_of_fuel", "subject unit, hex", KNOWN_TO_ITS_SIDE)
EVENT_OBJECTIVE = _event("objective", "subject axis, object place, a turns early (+) or late (-)", KNOWN_TO_PLANNER)
EVENT_BRIDGE = _event("bridge", "subject unit, hex, a direction", KNOWN_WHERE_SEEN)
EVENT_REGAUGED = _event("regauged", "hex, a place or -1")
EVENT_ENCIRCLED = _event("encircled", "subject unit, hex", KNOWN_WHERE_SEEN)
EVENT_RELIEVED = _event("relieved", "subject unit, hex", KNOWN_WHERE_SEEN)
EVENT_DECIDED = _event("decided", "subject side that won, a points soviet, b points japan")
EVENT_SURPRISE = _event("surprise", "subject side, a turns left")
EVENT_SORTIE = _event("sortie", "reserved for the air war")
EVENT_CONTACT = _event("contact", "subject unit that was halted, object enemy unit that it met, hex of the enemy")
EVENT_KINDS = tuple(kind.name for kind in EVENTS)

# What a side sees of a hex
UNSEEN, ESTIMATED, IDENTIFIED = range(3)
SIGHTS = ("unseen", "estimated", "identified")

# Outcome of a battle
RESULT_REPULSED, RESULT_HELD, RESULT_RETREAT, RESULT_ROUT, RESULT_SHATTERED, RESULT_SURRENDER = range(6)
RESULTS = ("repulsed", "held", "retreat", "rout", "shattered", "surrender")

# Streams of randomness: what a draw is for
(
    STREAM_WEATHER,
    STREAM_COMBAT,
    STREAM_RETREAT,
    STREAM_REPAIR,
    STREAM_SURRENDER,
    STREAM_DISPERSAL,
    STREAM_COMMAND,
    STREAM_ATTRITION,
    STREAM_SCENARIO,
    STREAM_ROUT,
) = range(10)

BLOCKED = 1_000_000_000  # cost of what cannot be entered
