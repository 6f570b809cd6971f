"""What supplies meet in a hex and pay for a step, packed into numbers and tables: the spelling that the floods use.

``step_cost`` says the same in plain words for one step at a time; a test holds the two together. What a column meets
in a hex is its *entry*: two flags, its kind of ground, and above them the toll of the enemy's zones.
"""

from sim.kernels.codes import BRIDGE_NONE, GAUGES, NEITHER, RAIL_NONE, RIVER_NONE, RIVERS, ROAD_NONE, ROADS, TERRAINS
from sim.kernels.compiler.kernel import inlined_kernel, kernel
from sim.kernels.ground.flood import RING
from sim.kernels.ground.hex_tags import OWNER_SHIFT, REGION_MASK, REGION_SHIFT, TERRAIN_MASK, fill_tags
from sim.kernels.ground.step_cost import is_land
from sim.kernels.state.layout import N_GROUND, N_SUPPLY_KIND, N_SUPPLY_WAY

TRAINS, TRAINS_ENTER = 1, 2  # own trains run in the hex; they may come in
KIND_SHIFT, KIND_MASK, TOLL_SHIFT = 2, 127, 9
HOME = len(TERRAINS) * N_GROUND  # kinds of the own country follow on those abroad
SHUT = N_SUPPLY_KIND - 1  # kind of a hex that nothing enters
UNKNOWN = -1  # entry of a hex that was not looked at yet
CLOSED = 1 << 20  # transport cost of what cannot be entered: more than any range; without toll others are at most RING

# ``world.links`` packs a hex side: its road, the river that has to be ferried, its railway's gauge, and the hex beyond.
# Off the map a hex leads back to itself, where supplies never flow: it needs no question of its own.
FERRY_SHIFT, GAUGE_SHIFT, LINK_SHIFT = 3, 6, 9
WAYS = N_SUPPLY_WAY  # 1 << GAUGE_SHIFT
WAY_MASK, RIVER_MASK, GAUGE_MASK = WAYS - 1, 7, 7
RAIL_BITS = GAUGE_MASK << GAUGE_SHIFT

# Whom a flood of supplies heeds: nobody; the enemy as he stands; nobody, within the borders of the first day; the enemy
# where ``scratch.entry`` is marked already and abroad, since nothing else at home is in his way
HEED_NOBODY, HEED_ENEMY, HEED_BORDERS, HEED_MARKED = range(4)


@kernel
def fill_links(world):
    """Fill ``world.links`` with what columns and trains with supplies meet on each hex side; once a scenario.

    Also ``world.tags``, by which floods know hexes, and ``world.borders``.
    """
    fill_tags(world)
    n_border = 0
    world.borders[:] = -1
    for hex in range(world.edges.shape[0]):
        own = world.hexes[hex]
        is_border = False
        for direction in range(6):
            edge = world.edges[hex, direction]
            ferry = int(edge.river) if edge.bridge == BRIDGE_NONE else RIVER_NONE
            way = int(edge.rail) << GAUGE_SHIFT | ferry << FERRY_SHIFT | int(edge.road)
            other = int(world.neighbours[hex, direction])
            world.links[hex, direction] = way | (other if other >= 0 else hex) << LINK_SHIFT
            if own.holder_start == NEITHER or other < 0 or not is_land(world.hexes[other].terrain):
                continue
            is_border = is_border or world.hexes[other].holder_start != own.holder_start
        if is_border:
            world.borders[n_border] = hex
            n_border += 1


@kernel
def is_open_source(world, source, side):
    """Return whether supplies of ``side`` flow from this source: its own, stocked, and in its hands."""
    origin = world.sources[source]
    if origin.side != side or origin.hex < 0 or origin.tons <= 0:
        return False
    return world.holder[origin.hex] == side and world.layers[origin.hex].occupant != 1 - side


@kernel
def source_at(world, hex, side):
    """Return the first open source of ``side`` in ``hex``, -1 if there is none."""
    for source in range(world.sources.shape[0]):
        if world.sources[source].hex == hex and is_open_source(world, source, side):
            return source
    return -1


@kernel
def trace_reach10(world, side):
    """Return how far supplies of ``side`` go at most (transport cost): its range, with the best lorries of any army."""
    longest10 = 0
    for formation in range(world.formations.shape[0]):
        parent = world.formations[formation]
        if parent.side == side:
            longest10 = max(longest10, int(parent.trucks_range))
    return int(world.rules[0].line_range10[side]) + longest10


@kernel
def fill_step_tables(world, scratch, side):
    """Fill ``scratch.step`` and ``scratch.rail`` for a side under today's rules.

    ``step[kind, way]`` is the transport cost of entering a hex of a kind off the rails, by road or beside it, rivers
    included; kinds are terrain and ground abroad, the same at home, and SHUT, ways those of ``links``.
    ``rail[gauge, river]`` is that of a hex by railway under the trains of the side, CLOSED without a railway.
    """
    rule, step_of = world.rules[0], scratch.step
    step_of[:] = CLOSED
    scratch.rail[:] = CLOSED
    for terrain in range(len(TERRAINS)):
        for ground in range(N_GROUND):
            kind = terrain * N_GROUND + ground
            abroad10 = int(rule.line_terrain10[terrain, ground])
            home10 = (abroad10 * int(rule.line_home_permille) + 999) // 1000
            for road in range(len(ROADS)):
                road10 = int(rule.line_road10[road, ground]) if road != ROAD_NONE else 0
                for river in range(len(RIVERS)):
                    ferry10 = int(rule.line_river10[river]) if river != RIVER_NONE else 0
                    way = river << FERRY_SHIFT | road
                    step_of[kind, way] = way_cost(abroad10, road10, ferry10)
                    step_of[kind + HOME, way] = way_cost(home10, road10, ferry10)
    for gauge in range(RAIL_NONE + 1, len(GAUGES)):
        cost10 = int(rule.line_rail10[gauge])
        if rule.line_native_gauge[side, gauge] == 0:
            cost10 = cost10 * int(rule.line_captured_rail_permille) // 1000
        for river in range(len(RIVERS)):
            ferry10 = int(rule.line_river10[river]) if river != RIVER_NONE else 0
            scratch.rail[gauge, river] = min(max(cost10 + ferry10, 1), RING)


@kernel
def way_cost(ground10, road10, ferry10):
    """Return the lesser of two transport costs, of which 0 means no way, and the ferry's; CLOSED if there is none."""
    if ground10 <= 0 and road10 <= 0:
        return CLOSED
    cost10 = ground10 if road10 <= 0 or 0 < ground10 < road10 else road10
    return min(max(cost10 + ferry10, 1), RING)


@inlined_kernel
def entry_in_peace(tag, grounds, side):
    """Return the entry of a hex of the own country without enemy and with trains; one abroad is SHUT."""
    if tag >> OWNER_SHIFT != side:
        return SHUT << KIND_SHIFT
    kind = HOME + (tag & TERRAIN_MASK) * N_GROUND + int(grounds[tag >> REGION_SHIFT & REGION_MASK])
    return kind << KIND_SHIFT | TRAINS | TRAINS_ENTER


@inlined_kernel
def entry_in_war(rule, place, layer, holder, has_trains, ground, side, heed):
    """Return the entry of a hex for columns of ``side``.

    Parameters
    ----------
    place, layer : HEX and LAYER record
    holder : int
        Who holds it.
    has_trains : bool
        Whether its holder runs trains in it today.
    ground : int
        Ground of its region today.
    heed : int
        HEED_NOBODY leaves the enemy out.
    """
    kind = int(place.terrain) * N_GROUND + ground
    if place.holder_start == side:
        kind += HOME
    flags = TRAINS | TRAINS_ENTER if holder == side and has_trains else 0
    if heed == HEED_NOBODY or layer.occupant == side:
        return kind << KIND_SHIFT | flags
    enemy = 1 - side
    zone = int(layer.zone[enemy]) - int(layer.zone[side])  # enemy_zoc_surplus
    if layer.occupant == enemy or holder == enemy or zone >= rule.line_zone_block_permille:
        return SHUT << KIND_SHIFT | flags & TRAINS
    toll = int(rule.line_zone10) * min(max(zone, 0), 1000) // 1000
    return toll << TOLL_SHIFT | kind << KIND_SHIFT | flags


@inlined_kernel
def entry_at(world, scratch, hex, side, heed):
    """Return the entry of a hex, looked up only once in a flood (``scratch.entry``)."""
    entry = int(scratch.entry[hex])
    if entry == UNKNOWN:
        clock, tag = world.clock[0], int(world.tags[hex])
        if heed == HEED_BORDERS or (heed == HEED_MARKED and tag >> OWNER_SHIFT == side):
            entry = entry_in_peace(tag, clock.ground, side)
        else:
            place = world.hexes[hex]
            ground = int(clock.ground[place.region])
            holder, has_trains = world.holder[hex], clock.turn >= world.rail_ready_turn[hex]
            entry = entry_in_war(world.rules[0], place, world.layers[hex], holder, has_trains, ground, side, heed)
        scratch.entry[hex] = entry
    return entry


@inlined_kernel
def step_over(step_of, rail_of, link, left, entered):
    """Return the transport cost of a step over a hex side (``links``) between two entries; CLOSED or more if closed."""
    step = int(step_of[entered >> KIND_SHIFT & KIND_MASK, link & WAY_MASK])
    if link & RAIL_BITS != 0 and left & TRAINS != 0 and entered & TRAINS_ENTER != 0:
        step = min(step, int(rail_of[link >> GAUGE_SHIFT & GAUGE_MASK, link >> FERRY_SHIFT & RIVER_MASK]))
    return step + (entered >> TOLL_SHIFT)
