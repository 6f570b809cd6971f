"""Small countries for the tests of supply: one with a road and a depot, and random ones at war."""

import numpy as np

from sim.kernels import codes
from sim.kernels.control.stacks import refresh_layers
from sim.kernels.state import layout
from sim.kernels.supply.packed_cost import fill_links
from sim.kernels.supply.phase import update_supply
from sim.scenario.building.build import with_peace
from tests.support.worlds import small_world

COLS, ROWS = 12, 5
ROAD = 2 * COLS  # first hex of the middle row


def tank(col: int, row: int = 2, **fields: object) -> dict[str, object]:
    """Return a tank brigade of the Soviet side in a hex, half empty."""
    return {
        "side": codes.SOVIET,
        "hex": (col, row),
        "branch": codes.TANK,
        "mobility": codes.TRACKED,
        "fuel_max10": 30,
        "fuel10": 15,
        "ammo10": 20,
        "supply_need_tons10": 270,
        **fields,
    }


def corridor(units: list[dict[str, object]], terrain: str = ".", tons: int = 500) -> layout.World:
    """Return a Soviet country with a surfaced road along its middle row and a depot at the road's western end."""
    world = small_world("\n".join([terrain * COLS] * ROWS), units)
    world.holder[:] = codes.SOVIET
    for hex in range(ROAD, ROAD + COLS - 1):
        for direction in range(6):
            if world.neighbours[hex, direction] == hex + 1:
                world.edges[hex, direction].road = codes.ROAD_SURFACED
                world.edges[hex + 1, (direction + 3) % 6].road = codes.ROAD_SURFACED
    source = world.sources[0]
    source.hex, source.side, source.tons, source.formation = ROAD, codes.SOVIET, tons, -1
    return world


def scratch_for(world: layout.World) -> layout.Scratch:
    return layout.new_scratch(world.hexes.shape[0], world.units.shape[0])


def supply(world: layout.World, side: int = codes.SOVIET) -> layout.Scratch:
    scratch = scratch_for(world)
    fill_links(world)
    update_supply(world, scratch, side)
    return scratch


def events(world: layout.World, kind: int) -> list[int]:
    """Return the subjects of the events of one kind, in order."""
    told = world.events[: world.clock[0].n_events]
    return [int(event.subject) for event in told if event.kind == kind]


def at_peace(world: layout.World) -> layout.World:
    """Return a country that knows what supplies cost at home in peace, with zones that follow from its troops."""
    fill_links(world)
    refresh_layers(world)
    holder, ready = world.holder.copy(), world.rail_ready_turn.copy()
    world.holder[:], world.rail_ready_turn[:] = world.hexes.holder_start, 0
    world = with_peace(world)
    world.holder[:], world.rail_ready_turn[:] = holder, ready
    return world


def country(seed: int) -> layout.World:
    """Return a random small country at war: ground, roads, railways, rivers, two sides and their zones."""
    rng = np.random.default_rng(seed)
    n_cols, n_rows = (int(rng.integers(3, 10)) for _ in range(2))
    symbols = rng.choice(list("..sshfFmw~"), (n_rows, n_cols))
    symbols[0, 0] = "."
    n_hex = n_cols * n_rows
    land = np.flatnonzero(symbols != "~")
    units = [
        tank(
            int(hex % n_cols),
            int(hex // n_cols),
            side=int(rng.integers(0, 2)),
            branch=int(rng.choice([codes.TANK, codes.INFANTRY, codes.GARRISON])),
            fuel10=int(rng.integers(0, 31)),
            ammo10=int(rng.integers(0, 26)),
        )
        for hex in rng.choice(land, min(6, len(land)), replace=False)
    ]
    world = small_world("\n".join("".join(row) for row in symbols), units)
    for hex in range(n_hex):
        for direction in range(3):
            other = world.neighbours[hex, direction]
            if other < 0:
                continue
            edge = world.edges[hex, direction]
            dry = hex in land and other in land
            edge.road = rng.integers(0, 5) * (dry and rng.random() < 0.4)
            edge.rail = rng.integers(0, 5) * (dry and rng.random() < 0.3)
            edge.river = rng.integers(0, 5) * (rng.random() < 0.3)
            edge.bridge = rng.integers(0, 3)
            world.edges[other, direction + 3] = edge
    world.holder[:] = rng.choice([0, 0, 1, 2], n_hex)
    world.hexes.holder_start = rng.choice([0, 1, 2], n_hex)
    world.rail_ready_turn[:] = rng.integers(0, 5, n_hex)
    world.hexes.region = rng.integers(0, 4, n_hex)
    world.layers.zone = np.where(rng.random((n_hex, 2)) < 0.3, rng.integers(0, 1200, (n_hex, 2)), 0)
    world.clock.turn = int(rng.integers(1, 6))
    world.clock.ground[:] = rng.integers(0, 3, 4)
    for row in range(2):
        source = world.sources[row]
        source.hex, source.side = rng.choice(land), rng.integers(0, 2)
        source.tons, source.formation = rng.integers(0, 80), rng.integers(-1, 2)
    world.formations.support_men = rng.integers(0, 200_000, 2)
    fill_links(world)
    return world
