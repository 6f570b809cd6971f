"""One flood a side and phase: how far supplies flow from all its sources, and which captured railways run."""

import numpy as np
from numpy import uint32

from sim.kernels.codes import (
    BLOCKED,
    BRIDGE_NONE,
    EVENT_REGAUGED,
    GAUGES,
    RAIL_NONE,
    RIVER_NONE,
    RIVERS,
    ROAD_NONE,
    ROADS,
    TERRAINS,
)
from sim.kernels.events import log_event
from sim.kernels.frontier import RING, frontier_reset
from sim.kernels.jit import allocating_kernel, kernel
from sim.kernels.layout import N_GROUND
from sim.kernels.lines import has_trains

# What the survey notes of a hex, packed into one number: two flags, its kind of ground, and the toll above them.
TRAINS, TRAINS_ENTER = 1, 2
KIND_SHIFT, KIND_MASK, TOLL_SHIFT = 2, 127, 9
SHUT = 2 * len(TERRAINS) * N_GROUND  # kind of a hex that the enemy closes; the others follow from terrain and ground

# ``world.carriage`` packs a hex side: its road, the river that has to be ferried, and above them its railway's gauge.
FERRY_SHIFT, GAUGE_SHIFT = 3, 6
WAYS = 1 << GAUGE_SHIFT
WAY_MASK, RIVER_MASK = WAYS - 1, 7


@kernel
def fill_carriage(world):
    """Fill ``world.carriage`` with what columns and trains with supplies meet on each hex side; once a scenario."""
    for hex in range(world.edges.shape[0]):
        for direction in range(6):
            edge = world.edges[hex, direction]
            ferry = int(edge.river) if edge.bridge == BRIDGE_NONE else RIVER_NONE
            world.carriage[hex, direction] = int(edge.rail) << GAUGE_SHIFT | ferry << FERRY_SHIFT | int(edge.road)


@kernel
def is_open_source(world, source, side):
    """Return whether supplies of ``side`` flow from this source: its own, stocked, and in its hands."""
    origin = world.sources[source]
    if origin.side != side or origin.hex < 0 or origin.tons <= 0:
        return False
    return world.hexes[origin.hex].holder == side and world.layers[origin.hex].occupant != 1 - side


@kernel
def longest_trucks_range(world, side):
    """Return the most that the lorries of any formation of ``side`` add to its supply range (transport cost)."""
    longest10 = 0
    for formation in range(world.formations.shape[0]):
        parent = world.formations[formation]
        if parent.side == side:
            longest10 = max(longest10, int(parent.trucks_range))
    return longest10


@kernel
def survey_hexes(world, side, heed_enemy, out_entry, out_reached):
    """Note for every hex what a column of ``side`` meets on entering it, and which hexes its lines reached so far.

    Parameters
    ----------
    heed_enemy : int
        1 counts the enemy's troops, ground and zones, 0 leaves them out.
    out_entry : (n_hex or more,) int32
        Flag TRAINS where own trains run, TRAINS_ENTER where they may come in; the row of ``step_table``; the cost of
        the enemy's zones.
    out_reached : (n_hex + 1 or more,) int32
        Hexes with a ``layers.supply_cost``, closed by -1.
    """
    hexes, layers, rule, clock = world.hexes, world.layers, world.rules[0], world.clock[0]
    turn, enemy = clock.turn, 1 - side
    zone10, zone_block = int(rule.line_zone10), int(rule.line_zone_block_permille)
    n_reached = 0
    for hex in range(hexes.shape[0]):
        place, layer = hexes[hex], layers[hex]
        kind = int(place.terrain) * N_GROUND + int(clock.ground[place.region])
        if place.holder_start == side:
            kind += len(TERRAINS) * N_GROUND
        flags = TRAINS | TRAINS_ENTER if place.holder == side and turn >= place.rail_ready_turn else 0
        toll = 0
        if heed_enemy == 1 and layer.occupant != side:
            zone = int(layer.zone[enemy]) - int(layer.zone[side])  # enemy_grip
            if layer.occupant == enemy or place.holder == enemy or zone >= zone_block:
                kind, flags = SHUT, flags & TRAINS
            elif zone > 0:
                toll = zone10 * min(zone, 1000) // 1000
        out_entry[hex] = toll << TOLL_SHIFT | kind << KIND_SHIFT | flags
        out_reached[n_reached] = hex
        n_reached += int(layer.supply_cost[side] != BLOCKED)
    out_reached[n_reached] = -1


@kernel
def step_table(world, side, out_step):
    """Fill the transport cost of entering a hex of each kind off the rails, by road or beside it, rivers included.

    Parameters
    ----------
    out_step : (SHUT + 1, WAYS) int32
        Kinds are terrain and ground abroad, the same at home, and SHUT; ways are those of ``carriage``. BLOCKED where
        nothing passes.
    """
    rule = world.rules[0]
    out_step[:] = BLOCKED
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
                    out_step[kind, way] = way_cost(abroad10, road10, ferry10)
                    out_step[kind + len(TERRAINS) * N_GROUND, way] = way_cost(home10, road10, ferry10)


@kernel
def way_cost(ground10, road10, ferry10):
    """Return the lesser of two transport costs, of which 0 means no way, and the ferry's; BLOCKED if there is none."""
    cost10 = ground10 if ground10 > 0 else BLOCKED
    if road10 > 0:
        cost10 = min(cost10, road10)
    return max(cost10 + ferry10, 1) if cost10 != BLOCKED else BLOCKED


@kernel
def rail_table(world, side, out_rail10):
    """Fill the transport cost of a hex by a railway of each gauge under the trains of ``side``, rivers included.

    Parameters
    ----------
    out_rail10 : (gauge, river) int32
        A river that no bridge crosses is ferried.
    """
    rule = world.rules[0]
    for gauge in range(len(GAUGES)):
        cost10 = int(rule.line_rail10[gauge])
        if rule.line_native_gauge[side, gauge] == 0:
            cost10 = cost10 * int(rule.line_captured_rail_permille) // 1000
        for river in range(len(RIVERS)):
            ferry10 = int(rule.line_river10[river]) if river != RIVER_NONE else 0
            out_rail10[gauge, river] = max(cost10 + ferry10, 1)


@allocating_kernel
def flood_lines(world, scratch, side, limit10, heed_enemy):
    """Carry supplies outwards from every open source of ``side``, cheapest way first.

    Parameters
    ----------
    world : World
    scratch : Scratch
        Filled: ``cost`` (transport cost, BLOCKED where not reached), ``came`` (direction by which a hex was entered,
        -1 at a source), ``found`` (hexes in the order in which they were settled).
    side : int
    limit10 : int
        Transport cost beyond which nothing flows.
    heed_enemy : int
        1 stops at the enemy and pays the toll of his zones, 0 asks for the way if he were not there.

    Returns
    -------
    int
        Number of hexes reached.

    Notes
    -----
    A step costs ``line_cost`` plus ``zone_toll`` and is closed where ``what_cuts`` says so. All three are written out
    here over tables filled beforehand, and so is the bucket queue of ``frontier``: calls with the whole world as their
    argument made this flood ten times slower. A test holds the two spellings together.
    """
    entry_of = scratch.survey[0]
    step_of = np.empty((SHUT + 1, WAYS), np.int32)
    rail10 = np.empty((len(GAUGES), len(RIVERS)), np.int32)
    survey_hexes(world, side, heed_enemy, entry_of, scratch.survey[1])
    step_table(world, side, step_of)
    rail_table(world, side, rail10)
    neighbours, carriage = world.neighbours, world.carriage
    cost, came, found = scratch.cost, scratch.came, scratch.found
    bucket, entry_hex, entry_next = scratch.bucket, scratch.entry_hex, scratch.entry_next
    frontier_reset(scratch)
    cost[:] = BLOCKED
    waiting = seed_sources(world, scratch, side)
    used, n_found = uint32(waiting), uint32(0)
    now = 0
    while waiting > 0:
        head = bucket[uint32(now & RING)]
        if head < 0:
            now += 1
            continue
        entry = uint32(head)
        bucket[uint32(now & RING)] = entry_next[entry]
        waiting -= 1
        hex = uint32(entry_hex[entry])
        if cost[hex] != now:
            continue
        found[n_found] = hex
        n_found = uint32(n_found + 1)
        here = entry_of[hex]
        for direction in range(6):
            beside = neighbours[hex, uint32(direction)]
            if beside < 0:
                continue
            target = uint32(beside)
            way = uint32(carriage[hex, uint32(direction)])
            entered = entry_of[target]
            # Nothing is asked before the cost is known: a branch guessed wrong costs more than the whole sum.
            step = step_of[uint32(entered >> KIND_SHIFT & KIND_MASK), uint32(way & WAY_MASK)]
            if way >= WAYS and here & TRAINS != 0 and entered & TRAINS_ENTER != 0:
                step = min(step, rail10[way >> GAUGE_SHIFT, way >> FERRY_SHIFT & RIVER_MASK])
            step += entered >> TOLL_SHIFT
            if step > RING:
                if step >= BLOCKED:
                    continue
                step = RING
            total = now + step
            if total < cost[target] and total <= limit10:
                cost[target] = total
                came[target] = direction
                entry_hex[used] = target
                slot = uint32(total & RING)
                entry_next[used] = bucket[slot]
                bucket[slot] = used
                used = uint32(used + 1)
                waiting += 1
    return int(n_found)


@kernel
def seed_sources(world, scratch, side):
    """Put the hex of every open source of ``side`` into the empty queue at no cost; return how many."""
    n_seed = 0
    for source in range(world.sources.shape[0]):
        hex = world.sources[source].hex
        if is_open_source(world, source, side) and scratch.cost[hex] != 0:
            scratch.cost[hex] = 0
            scratch.came[hex] = -1
            scratch.entry_hex[n_seed] = hex
            scratch.entry_next[n_seed] = scratch.bucket[0]
            scratch.bucket[0] = n_seed
            n_seed += 1
    return n_seed


@kernel
def write_lines(world, scratch, side, n_found):
    """Copy the flood of ``flood_lines`` into ``layers.supply_*`` of ``side``; the rest of the map is unreached."""
    layers, cost = world.layers, scratch.cost
    index = 0
    while scratch.survey[1, index] >= 0:  # the hexes that were reached when the flood began
        hex = uint32(scratch.survey[1, index])
        if cost[hex] == BLOCKED:
            layers[hex].supply_cost[side] = BLOCKED
            layers[hex].supply_from[side] = -1
            layers[hex].supply_source[side] = -1
        index += 1
    for index in range(n_found):
        hex = uint32(scratch.found[index])
        layer = layers[hex]
        layer.supply_cost[side] = cost[hex]
        if scratch.came[hex] < 0:
            layer.supply_from[side] = -1
            layer.supply_source[side] = source_at(world, hex, side)
        else:
            before = world.neighbours[hex, (scratch.came[hex] + 3) % 6]
            layer.supply_from[side] = before
            layer.supply_source[side] = layers[before].supply_source[side]


@kernel
def source_at(world, hex, side):
    """Return the first open source of ``side`` in ``hex``, -1 if there is none."""
    for source in range(world.sources.shape[0]):
        if world.sources[source].hex == hex and is_open_source(world, source, side):
            return source
    return -1


@kernel
def touches_working_line(world, side, hex):
    """Return whether a railway leads from ``hex`` to a hex where ``side`` has run trains since before today."""
    for direction in range(6):
        if world.edges[hex, direction].rail == RAIL_NONE:
            continue
        other = world.neighbours[hex, direction]
        if other >= 0 and has_trains(world, side, other) and world.hexes[other].rail_ready_turn < world.clock[0].turn:
            return True
    return False


@kernel
def has_railway(world, hex):
    """Return whether any railway runs through ``hex``."""
    for direction in range(6):
        if world.edges[hex, direction].rail != RAIL_NONE:
            return True
    return False


@kernel
def advance_railheads(world, scratch, side):
    """Bring captured railways into use that are due today and join a line already working; the others wait a day.

    Changes ``hexes.rail_ready_turn``: a hex in use counts as ready since yesterday, one that waits becomes due
    tomorrow. Logs EVENT_REGAUGED where a place gets its trains.

    Notes
    -----
    The working line grows by at most ``rail_ready_hexes`` hexes a day, all along its ends at once, so the order of
    hexes does not matter.
    """
    turn = world.clock[0].turn
    if turn <= 1:
        return  # the lines of the start work
    due = scratch.path
    n_due = 0
    for hex in range(world.hexes.shape[0]):
        place = world.hexes[hex]
        if place.rail_ready_turn == turn and place.holder == side and has_railway(world, hex):
            due[n_due] = hex
            n_due += 1
    for _ in range(world.rules[0].rail_ready_hexes):
        n_joined = 0
        for index in range(n_due):  # look first, change afterwards: a chain grows by one hex in each round
            hex = due[index]
            scratch.found[index] = 1 if hex >= 0 and touches_working_line(world, side, hex) else 0
        for index in range(n_due):
            if scratch.found[index] == 0:
                continue
            n_joined += 1
            place = world.hexes[due[index]]
            place.rail_ready_turn = turn - 1
            if place.place >= 0:
                log_event(world, EVENT_REGAUGED, -1, place.place, due[index], place.place, 0)
            due[index] = -1
        if n_joined == 0:
            break
    for index in range(n_due):
        if due[index] >= 0:
            world.hexes[due[index]].rail_ready_turn = turn + 1
