"""Whole campaigns of the shipped scenario, played once and shared by the tests that look at them."""

from collections.abc import Callable
from functools import cache

from sim.kernels import codes
from sim.kernels.state import layout
from sim.scenario import load
from sim.scenario.building import build

SCENARIO = "august_storm"


@cache
def static() -> "build.Static":
    """Return what all campaigns of the shipped scenario share."""
    return build.static(load(SCENARIO))


def fresh(seed: int, soviet: int = codes.COMMANDER_ADAPTIVE, japan: int = codes.COMMANDER_ADAPTIVE) -> layout.World:
    """Return the world on its first morning, led by these commanders."""
    world = build.start(static(), build.run_key(seed, 0))
    world.sides.commander = (soviet, japan)
    return world


def play(world: layout.World, after_each_day: Callable[[layout.World], None] | None = None) -> layout.World:
    """Play ``world`` to its end, in place, and return it."""
    from sim.kernels.turn.turn import play_day

    scratch = layout.new_scratch(len(world.hexes), len(world.units))
    while not world.clock.decided[0]:
        play_day(world, scratch)
        if after_each_day is not None:
            after_each_day(world)
    return world


@cache
def played(seed: int, soviet: int = codes.COMMANDER_ADAPTIVE, japan: int = codes.COMMANDER_ADAPTIVE) -> layout.World:
    """Return the campaign of this seed after its last day (shared: do not change it)."""
    return play(fresh(seed, soviet, japan))


def captured_on(world: layout.World, place_id: str) -> int | None:
    """Return the turn on which the Soviet side last took the place, None if it does not hold it."""
    row = static().names.places.index(place_id)
    place = world.places[row]
    return int(place.captured_turn) if place.holder == codes.SOVIET else None
