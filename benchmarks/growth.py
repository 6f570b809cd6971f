"""Campaigns a second on one thread and on two, and how the cost of a campaign grows with units, map and days.

The enlarged worlds are made from the campaign of August 1945:

- units x2, x4: every unit is split into so many of equal strength, which together take as much room and supply;
- map x2, x4: the map is repeated below itself, without troops, places or depots, beyond a seam that nothing crosses, so
  that the same war is fought on a larger map;
- days x2, x4: the same war goes on past its last day.

``python -m benchmarks.growth`` prints the table; growth is linear or better where a cost is no more than its factor.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from benchmarks.table import Row, show
from sim.kernels import codes
from sim.kernels.state import layout
from sim.kernels.supply.flood_from_peace import NO_PEACE
from sim.scenario import load
from sim.scenario.building import build

FACTORS = (2, 4)
RUNS = 8  # keys of one figure
SHARED_OUT = (
    "men",
    "men_start",
    "guns",
    "guns_start",
    "launchers",
    "launchers_start",
    "tanks",
    "tanks_start",
    "aircraft",
    "aircraft_start",
    "supply_need_tons10",
    "stack10",
    "at_guns",
)

Starter = Callable[[int], layout.World]


def play(start: Starter, keys: range) -> list[float]:
    """Play a campaign for each key; return the seconds of a core that each took, its world included."""
    from sim.kernels.turn.turn import run_campaign

    times = []
    for key in keys:
        began = time.thread_time()  # what other programs do to the machine hardly counts
        world = start(key)
        scratch = layout.new_scratch(len(world.hexes), len(world.units))
        run_campaign(world, scratch, int(world.clock.last_turn[0]))
        times.append(time.thread_time() - began)
    return times


def median_seconds(start: Starter) -> float:
    """Return the median of a campaign over ``RUNS`` keys, kernels loaded beforehand."""
    play(start, range(1))
    times = sorted(play(start, range(RUNS)))
    return times[len(times) // 2]


def orders_given(start: Starter) -> int:
    """Return how often in a campaign a unit on the map gets its orders for a day."""
    from sim.kernels.turn.turn import play_day

    world = start(0)
    scratch = layout.new_scratch(len(world.hexes), len(world.units))
    orders = 0
    while not world.clock.decided[0]:
        play_day(world, scratch)
        orders += int(np.sum((world.units.status == codes.ACTIVE) & (world.units.hex >= 0)))
    return orders


def split_units(world: layout.World, factor: int) -> layout.World:
    """Return the world with every unit split into ``factor`` of equal strength, room and need in the same place."""
    from sim.kernels.control.stacks import refresh_layers

    units = np.repeat(np.asarray(world.units), factor).view(np.recarray)
    for name in SHARED_OUT:
        part = np.arange(len(units)) % factor
        shares = part[:, None] if units[name].ndim == 2 else part
        units[name][:] = (units[name] + shares) // factor  # the parts add up to the whole
    split = world._replace(units=units)
    refresh_layers(split)
    return split


def repeat_map(world: layout.World, factor: int) -> layout.World:
    """Return the world with its ground ``factor`` times below itself, all but the first empty and out of reach."""
    from sim.kernels.supply.packed_cost import fill_links

    n_hex = len(world.hexes)
    empty = np.asarray(world.hexes).copy()
    empty["place"] = -1
    bare = _without_troops(world.layers)
    unknown = _without_troops(world.known)
    below = [np.where(world.neighbours >= 0, world.neighbours + n_hex * copy, -1) for copy in range(factor)]
    world.clock.n_rows *= factor
    repeated = world._replace(
        edges=np.concatenate([world.edges] * factor).view(np.recarray),
        neighbours=np.concatenate(below).astype(np.int32),
        step_cost=np.concatenate([world.step_cost] * factor, axis=2),
        cost_to_go=np.concatenate([world.cost_to_go] * factor, axis=1),
        links=np.concatenate([world.links] * factor),
        borders=np.concatenate([world.borders] * factor),
        tags=np.concatenate([world.tags] * factor),
        peace=np.concatenate([world.peace, *[np.full_like(world.peace, NO_PEACE)] * (factor - 1)], axis=2),
        peace_from=np.concatenate([world.peace_from] * factor, axis=2),
        **{name: np.concatenate([getattr(world, name)] * factor) for name in ("holder", *layout.HEX_STATES)},
        hexes=np.concatenate([np.asarray(world.hexes), *[empty] * (factor - 1)]).view(np.recarray),
        layers=np.concatenate([np.asarray(world.layers), *[bare] * (factor - 1)]).view(np.recarray),
        known=np.concatenate([np.asarray(world.known), *[unknown] * (factor - 1)], axis=1).view(np.recarray),
        sight=np.concatenate([world.sight, *[np.zeros_like(world.sight)] * (factor - 1)], axis=1),
        supply_cost=np.concatenate([world.supply_cost] * factor, axis=1),
        line_from=np.concatenate([world.line_from] * factor, axis=1),
    )
    fill_links(repeated)
    return repeated


def _without_troops(layers: np.ndarray) -> np.ndarray:
    bare = np.asarray(layers).copy()
    for name, nothing in (("first_unit", -1), ("occupant", codes.NEITHER)):
        bare[name] = nothing
    for name in ("stack10", "zone", "zoc_strength", "power"):
        bare[name] = 0
    return bare


def lengthen(world: layout.World, factor: int) -> layout.World:
    """Return the world with ``factor`` times the days; no score ends it early."""
    world.clock.last_turn *= factor
    world.clock.decided_score = 0
    return world


def enlarged(static: build.Static, change: Callable[[layout.World, int], layout.World], factor: int) -> Starter:
    """Return what starts campaigns in the changed world; the change itself is made once."""
    template = change(layout.copy_world(static.template), factor)

    def start(key: int) -> layout.World:
        world = layout.copy_world(template)
        world.clock[0].key = build.run_key(1945, key)
        return world

    return start


def rows() -> list[Row]:
    """Return campaigns and orders a second on one thread and two, and the growth with units, map and days."""
    static = build.static(load("august_storm"))

    def start(key: int) -> layout.World:
        return build.start(static, build.run_key(1945, key))

    base = median_seconds(start)
    keys = 4 * RUNS
    one = _seconds_on(1, start, keys)
    two = _seconds_on(2, start, keys)
    found = [
        Row("one campaign with its start, median", 1000 * base, "ms", "of one core; goal 40 ms"),
        Row("campaigns on one thread", keys / one, "/s", f"{60 * keys / one:,.0f} a minute"),
        Row("campaigns on two threads", keys / two, "/s", f"{one / two:.2f} times one thread (goal 1.8)"),
        Row("orders to units, one thread", orders_given(start) * keys / one, "/s", "one for each unit, side and day"),
    ]
    plain = median_seconds(enlarged(static, lengthen, 1))
    for name, change in (("units", split_units), ("map", repeat_map), ("days", lengthen)):
        for factor in FACTORS:
            seconds = median_seconds(enlarged(static, change, factor))
            growth = seconds / plain
            verdict = "linear or better" if growth <= factor else "worse than linear"
            found.append(Row(f"{name} x{factor}", 1000 * seconds, "ms", f"{growth:.2f} times the cost, {verdict}"))
    return found


def _seconds_on(threads: int, start: Starter, keys: int) -> float:
    with ThreadPoolExecutor(threads) as pool:
        began = time.perf_counter()
        shares = [range(thread, keys, threads) for thread in range(threads)]
        list(pool.map(lambda share: play(start, share), shares))
        return time.perf_counter() - began


if __name__ == "__main__":
    show("Campaigns a second, and growth", rows())
