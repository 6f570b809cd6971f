"""The state of a campaign, the World, and the Scratch that floods work in; ``dtypes`` describes its rows."""

from typing import Any, NamedTuple, TypeAlias

import numpy as np

from sim.kernels.codes import GAUGES, NEITHER, RIVERS
from sim.kernels.rulebook.rules import RULES
from sim.kernels.state.dtypes import (
    AXIS,
    CLOCK,
    EDGE,
    EVENT,
    FORMATION,
    HEX,
    LAYER,
    N_GROUND,
    N_MOBILITY,
    N_REGION,
    N_SUPPLY_KIND,
    N_SUPPLY_WAY,
    N_TANK,
    N_WEATHER,
    OBJECTIVE,
    ORDER,
    PLACE,
    SIDE,
    SOURCE,
    UNIT,
)

Records: TypeAlias = Any  # a record array: its fields are those of a dtype, which types do not know


class World(NamedTuple):
    """Everything that a campaign is. Static arrays are shared between runs, the others copied (``copy_world``)."""

    # static per scenario
    edges: Records  # (n_hex, 6) EDGE
    neighbours: np.ndarray  # (n_hex, 6) int32, -1 off the map
    step_cost: np.ndarray  # (N_GROUND, N_MOBILITY, n_hex, 6) int16: mp10 to leave hex in a direction, <0 impassable
    descent_permille: np.ndarray  # (N_MOBILITY,) int32: cost-to-go that a step makes good at most, of its own cost
    cost_to_go: np.ndarray  # (2 * n_field, n_hex) int32: mp10 to each objective, foot and motor
    links: np.ndarray  # (n_hex, 6) int32: what supplies meet on each hex side, and what is beyond, see ``packed_cost``
    borders: np.ndarray  # (n_hex,) int32: land hexes at home beside another's land on the first day, then -1
    tags: np.ndarray  # (n_hex,) uint8: terrain, region and first owner of each hex, see ``hex_tags``
    peace: np.ndarray  # (2, n_weather, n_hex) uint16: transport cost at home without enemy, see ``flood_from_peace``
    peace_from: np.ndarray  # (2, n_weather, n_hex) int8: direction from which they come then, -1 at sources
    formations: Records
    rules: Records  # (1,) RULES
    # changing
    units: Records
    hexes: Records
    holder: np.ndarray  # (n_hex,) int8: SOVIET, JAPANESE, NEITHER
    held_since_turn: np.ndarray  # (n_hex,) int16
    captured_by: np.ndarray  # (n_hex,) int16: unit that took the hex, -1
    rail_ready_turn: np.ndarray  # (n_hex,) int16: first turn on which the holder can run trains here
    battles_today: np.ndarray  # (n_hex,) int16: attacks on the hex today; numbers the draws of each
    pass_used10: np.ndarray  # (n_hex,) int16: tenths of a division that entered today, for passes and one-way tracks
    trains_used: np.ndarray  # (n_hex,) int16: trains with troops that ran here today
    layers: Records
    known: Records  # (2, n_hex) LAYER: the stacks, power and zones that each side knows, see ``as_known_to``
    sight: np.ndarray  # (2, n_hex) uint8: what each side sees: UNSEEN, ESTIMATED or IDENTIFIED
    supply_cost: np.ndarray  # (2, n_hex) int32: transport cost of each side's supplies to a hex, BLOCKED out of range
    line_from: np.ndarray  # (2, n_hex) int8: direction towards the source on lines of communication in use, -1
    sides: Records
    axes: Records
    objectives: Records
    places: Records
    sources: Records
    clock: Records
    events: Records


STATIC = (
    "edges",
    "neighbours",
    "step_cost",
    "descent_permille",
    "cost_to_go",
    "links",
    "borders",
    "tags",
    "peace",
    "peace_from",
    "formations",
    "rules",
)

CHANGING = tuple(name for name in World._fields if name not in STATIC)
FILLED = tuple(name for name in CHANGING if name != "events")  # of these all is copied, of the log what was logged

HEX_STATES = ("held_since_turn", "captured_by", "rail_ready_turn", "battles_today", "pass_used10", "trains_used")

FRONTIER_BUCKETS = 1024  # ring of the bucket queue; a single step must cost less
DEEP_BUCKETS = 65_536  # ring of the queue of supplies, which begins with hexes of any cost


class Scratch(NamedTuple):
    """Work space of floods, allocated once a thread; never cleared as a whole (``stamp`` says what is fresh)."""

    cost: np.ndarray  # (n_hex,) int32
    stamp: np.ndarray  # (n_hex,) int32: cost is valid where stamp == serial[0]
    came: np.ndarray  # (n_hex,) int8: direction by which the hex was entered
    found: np.ndarray  # (n_hex,) int32: hexes in the order in which they were settled
    path: np.ndarray  # (n_hex,) int32
    bucket: np.ndarray  # (FRONTIER_BUCKETS,) int32: head of each bucket's list
    filled: np.ndarray  # (FRONTIER_BUCKETS / 64,) uint64: which buckets of a unit's range hold anything, a bit each
    entry_hex: np.ndarray  # (8 * n_hex,) int32: entries of the bucket queue
    entry_next: np.ndarray  # (8 * n_hex,) int32
    serial: np.ndarray  # (6,) int32: [stamp, entries used, ...], see ``ground.flood``
    unit_lists: np.ndarray  # (4, n_unit + 1) int32: for the callers
    deep: np.ndarray  # (DEEP_BUCKETS,) int32: head of each bucket's list in the flood of supplies
    entry: np.ndarray  # (n_hex,) int32: what supplies meet in each hex, see ``packed_cost``
    origin: np.ndarray  # (n_hex,) int16: source of the line of communication that passes
    flags: np.ndarray  # (n_hex and up to 7 more,) uint8: which hexes a sweep of the map has to look at
    flags8: np.ndarray  # the same bytes as uint64: a sweep passes over eight hexes at once
    step: np.ndarray  # (kind, way) int32: transport cost of a step, see ``packed_cost``
    rail: np.ndarray  # (gauge, river) int32: the same by railway


def records(shape: int | tuple[int, ...], dtype: np.dtype) -> np.recarray:
    """Return zeroed records whose fields read as attributes in compiled and in pure-Python mode alike."""
    return np.zeros(shape, dtype).view(np.recarray)


def new_scratch(n_hex: int, n_unit: int) -> Scratch:
    """Return fresh work space for a map of ``n_hex`` hexes and ``n_unit`` units."""
    flags8 = np.zeros(-(-n_hex // 8), np.uint64)
    return Scratch(
        cost=np.zeros(n_hex, np.int32),
        stamp=np.zeros(n_hex, np.int32),
        came=np.zeros(n_hex, np.int8),
        found=np.zeros(n_hex, np.int32),
        path=np.zeros(n_hex, np.int32),
        bucket=np.full(FRONTIER_BUCKETS, -1, np.int32),
        filled=np.zeros(FRONTIER_BUCKETS // 64, np.uint64),
        entry_hex=np.zeros(8 * n_hex, np.int32),
        entry_next=np.zeros(8 * n_hex, np.int32),
        serial=np.zeros(6, np.int32),
        unit_lists=np.zeros((4, n_unit + 1), np.int32),
        deep=np.full(DEEP_BUCKETS, -1, np.int32),
        entry=np.zeros(n_hex, np.int32),
        origin=np.zeros(n_hex, np.int16),
        flags=flags8.view(np.uint8),
        flags8=flags8,
        step=np.zeros((N_SUPPLY_KIND, N_SUPPLY_WAY), np.int32),
        rail=np.zeros((len(GAUGES), len(RIVERS)), np.int32),
    )


def hex_states(n_hex: int) -> dict[str, np.ndarray]:
    """Return the changing arrays of ``n_hex`` hexes on the first morning, held by nobody."""
    states = {name: np.zeros(n_hex, np.int16) for name in HEX_STATES}
    states["captured_by"][:] = -1
    return {"holder": np.full(n_hex, NEITHER, np.int8), **states}


def empty_world() -> World:
    """Return a world without ground or units: it has the types by which kernels are compiled, and nothing else."""
    return World(
        edges=records((0, 6), EDGE),
        neighbours=np.zeros((0, 6), np.int32),
        step_cost=np.zeros((N_GROUND, N_MOBILITY, 0, 6), np.int16),
        descent_permille=np.zeros(N_MOBILITY, np.int32),
        cost_to_go=np.zeros((0, 0), np.int32),
        links=np.zeros((0, 6), np.int32),
        borders=np.zeros(0, np.int32),
        tags=np.zeros(0, np.uint8),
        peace=np.zeros((2, 0, 0), np.uint16),
        peace_from=np.zeros((2, 0, 0), np.int8),
        formations=records(0, FORMATION),
        rules=records(1, RULES),
        units=records(0, UNIT),
        hexes=records(0, HEX),
        **hex_states(0),
        layers=records(0, LAYER),
        known=records((2, 0), LAYER),
        sight=np.zeros((2, 0), np.uint8),
        supply_cost=np.zeros((2, 0), np.int32),
        line_from=np.zeros((2, 0), np.int8),
        sides=records(2, SIDE),
        axes=records(0, AXIS),
        objectives=records(0, OBJECTIVE),
        places=records(0, PLACE),
        sources=records(0, SOURCE),
        clock=records(1, CLOCK),
        events=records(0, EVENT),
    )


def with_known_layers(world: World, side: int) -> World:
    """Return the world with the stacks, power and zones that a side knows in place of the true ones."""
    return world._replace(layers=world.known[side])


def as_known_to(world: World, side: int) -> World:
    """Return the world as a side knows it: its own troops, and of the enemy what stands on its map.

    Commanders and orders plan on it, under the name of ``known``; kernels call the compiled one of ``recon.sight``.
    Only the layers are the known ones: whoever reads units, holders or supply reads the true ones, and nothing may be
    moved on it. Without fog of war it is the true world.
    """
    return with_known_layers(world, side) if world.rules[0].fog != 0 else world


def copy_world(world: World, room: World | None = None) -> World:
    """Return a world that shares the static arrays and owns the changing ones.

    Parameters
    ----------
    room : World, optional
        A world of the same sizes that nobody needs any more: its changing arrays are used again.
    """
    if room is None:
        room = room_for(world, len(world.events))
    fill(room, world)
    n_events = int(world.clock["n_events"][0])
    room.events[:n_events] = world.events[:n_events]  # the rest of the log, most of it, is never touched
    return world._replace(**{name: getattr(room, name) for name in CHANGING})


def room_for(world: World, n_events: int) -> World:
    """Return a world that shares the static arrays; what its own hold is left to chance, its log is empty."""
    own = {name: np.empty_like(getattr(world, name)) for name in FILLED}
    return world._replace(**own, events=records(n_events, EVENT))


def fill(room: World, world: World) -> None:
    """Copy all that changes but the log into a world of the same sizes."""
    for name in FILLED:
        _copy_into(getattr(room, name), getattr(world, name))


def copied(array: np.ndarray) -> np.ndarray:
    """Return a copy of an array of records."""
    fresh = np.empty_like(array)
    _copy_into(fresh, array)
    return fresh


def _copy_into(target: np.ndarray, array: np.ndarray) -> None:
    """Copy byte by byte: numpy copies records field by field, which takes forty times as long."""
    if array.flags.c_contiguous and target.flags.c_contiguous:
        bytes_of(target)[:] = bytes_of(array)
    else:
        target[...] = array


def bytes_of(array: np.ndarray) -> np.ndarray:
    """Return the bytes of a contiguous array, to be read and written."""
    return np.ndarray(array.nbytes, np.uint8, buffer=array)


__all__ = [
    "AXIS",
    "CHANGING",
    "CLOCK",
    "DEEP_BUCKETS",
    "EDGE",
    "EVENT",
    "FORMATION",
    "FRONTIER_BUCKETS",
    "HEX",
    "HEX_STATES",
    "LAYER",
    "N_GROUND",
    "N_MOBILITY",
    "N_REGION",
    "N_SUPPLY_KIND",
    "N_SUPPLY_WAY",
    "N_TANK",
    "N_WEATHER",
    "OBJECTIVE",
    "ORDER",
    "PLACE",
    "RULES",
    "SIDE",
    "SOURCE",
    "STATIC",
    "UNIT",
    "Scratch",
    "World",
    "as_known_to",
    "bytes_of",
    "copied",
    "copy_world",
    "empty_world",
    "fill",
    "hex_states",
    "new_scratch",
    "records",
    "room_for",
    "with_known_layers",
]
