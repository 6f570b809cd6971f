"""Random small worlds: any terrain, rivers, roads, railways, walls and units, every hex side alike from both hexes."""

import numpy as np

from sim.kernels import codes
from sim.kernels.control.stacks import refresh_layers
from sim.kernels.ground.hex_tags import fill_tags
from sim.kernels.movement.movement import fill_step_cost
from sim.kernels.state import layout
from tests.support.worlds import SYMBOLS, small_world


def random_world(seed: int, n_units: int = 5) -> layout.World:
    """Return a world that the seed fixes; at most one side stands in a hex."""
    draw = np.random.default_rng(seed)
    n_cols, n_rows = int(draw.integers(4, 9)), int(draw.integers(3, 8))
    symbols = np.array(list(SYMBOLS))
    chances = np.where(np.isin(symbols, ("~", "o")), 0.3, 1.0)
    picked = draw.choice(symbols, (n_rows, n_cols), p=chances / chances.sum())
    drawing = "\n".join("".join(line) for line in picked)
    world = small_world(drawing, random_units(draw, picked.ravel(), n_units))
    random_sides(draw, world)
    n_hex = n_cols * n_rows
    world.hexes.region = draw.integers(0, 4, n_hex)
    world.holder[:] = world.hexes.holder_start = draw.integers(0, 3, n_hex)
    world.hexes.features = np.where(draw.random(n_hex) < 0.2, codes.FLAG_PASS, 0)
    world.hexes.pass_limit10 = np.where(draw.random(n_hex) < 0.1, draw.integers(5, 40, n_hex), 0)
    world.pass_used10[:] = np.where(draw.random(n_hex) < 0.3, draw.integers(0, 25, n_hex), 0)
    world.clock[0].ground[:] = draw.integers(0, 3, 4)
    world.hexes.best_road = world.edges.road.max(axis=1)
    fill_tags(world)
    fill_step_cost(world)
    refresh_layers(world)
    return world


def random_units(draw: np.random.Generator, symbols: np.ndarray, n_units: int) -> list[dict[str, object]]:
    """Return units on dry land, never two sides in a hex."""
    land = [hex for hex, symbol in enumerate(symbols) if symbol not in "~o"]
    units: list[dict[str, object]] = []
    owner: dict[int, int] = {}
    for _ in range(n_units if land else 0):
        hex = int(draw.choice(land))
        side = owner.setdefault(hex, int(draw.integers(0, 2)))
        mobility = int(draw.integers(0, 8))
        units.append(
            {
                "hex": hex,
                "side": side,
                "mobility": mobility,
                "branch": int(draw.integers(0, 16)),
                "men": int(draw.integers(200, 12000)),
                "guns": int(draw.integers(0, 200)),
                "tanks": [0, int(draw.integers(0, 80)), 0, 0, 0],
                "readiness_permille": int(draw.integers(150, 1001)),
                "stack10": int(draw.integers(2, 11)),
                "carry_mp10": int(draw.integers(0, 200)),
                "mp10": int(draw.integers(0, 260)),
                "fuel10": int(draw.integers(0, 25)),
                "fatigue_permille": int(draw.integers(0, 400)),
            }
        )
    return units


def random_sides(draw: np.random.Generator, world: layout.World) -> None:
    """Lay rivers, bridges, roads, railways and walls on random hex sides."""
    for hex in range(len(world.hexes)):
        for direction in range(3):
            other = int(world.neighbours[hex, direction])
            if other < 0:
                continue
            side = (
                int(draw.choice([0, 0, 0, 1, 2, 3, 4])),
                int(draw.choice([0, 0, 1, 2])),
                int(draw.choice([0, 0, 1, 2, 3, 4])),
                int(draw.choice([0, 0, 1, 2])),
                int(draw.integers(0, 40)),
                int(draw.random() < 0.1),
            )
            world.edges[hex, direction] = side
            world.edges[other, direction + 3] = side
