"""Whether a state that comes from a file can be played on with: kernels trust every number that they are given.

A checksum only says that a file is as somebody wrote it. ``check_world`` holds every number against what it may be
(``sim.kernels.state.bounds``), then what hangs together: stacks, lines of communication, and the invariants.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import codes
from sim.kernels.control.stacks import refresh_layers
from sim.kernels.invariants import BREACHES, N_BREACHES, first_breach
from sim.kernels.state.bounds import EVENT_KIND_BOUNDS, WORLD_BOUNDS, Bound
from sim.kernels.state.layout import CHANGING, World, copy_world


def check_world(world: World, template: World) -> None:
    """Check a state before anything reckons with it.

    Parameters
    ----------
    world : World
    template : World
        The same campaign on its first morning.

    Raises
    ------
    ValueError
        Something in it cannot be; says what.
    """
    for name in CHANGING:
        for field, bound, values in _declared(world, name):
            if bound.is_fixed:
                _check_same(world, template, name, field)
            else:
                _check(world, field, bound, values)
    _check_clock(world)
    _check_events(world)
    _check_stacks(world)
    _check_lines(world)
    _check_axes(world)
    _check_units(world)
    _check_layers(world)


def _declared(world: World, name: str) -> Iterator[tuple[str, Bound, NDArray[Any]]]:
    """Yield the name, the bound and the values of each field of an array of the world."""
    array, bounds = np.asarray(getattr(world, name)), WORLD_BOUNDS[name]
    if name == "events":
        array = array[: int(world.clock["n_events"][0])]
    if isinstance(bounds, Bound):
        yield name, bounds, array
        return
    for field, bound in bounds.items():
        yield f"{name}.{field}", bound, array[field]


def _check(world: World, field: str, bound: Bound, values: NDArray[Any]) -> None:
    rows = len(getattr(world, bound.table)) if bound.table else 0
    low, high = bound.limits(rows)
    if values.size and (int(values.min()) < low or int(values.max()) > high):
        wrong = int(values[(values < low) | (values > high)].flat[0])
        what = f"no row of {bound.table}" if bound.table else f"not between {low} and {high}"
        raise ValueError(f"{field} is {wrong}, {what}")


def _check_same(world: World, template: World, name: str, field: str) -> None:
    part = field.partition(".")[2]
    now, start = np.asarray(getattr(world, name)), np.asarray(getattr(template, name))
    if not np.array_equal(now[part] if part else now, start[part] if part else start):
        raise ValueError(f"{field} is not that of the scenario")


def _check_clock(world: World) -> None:
    clock = world.clock[0]
    if not 1 <= int(clock["turn"]) <= int(clock["last_turn"]):
        raise ValueError(f"turn {int(clock['turn'])} is after the last, {int(clock['last_turn'])}")
    if int(clock["level"]) >= max(int(clock["n_levels"]), 1):
        raise ValueError(f"clock.level is {int(clock['level'])} of {int(clock['n_levels'])}")


def _check_events(world: World) -> None:
    """Check what the numbers of each event mean for its kind."""
    events = np.asarray(world.events[: int(world.clock["n_events"][0])])
    for kind in np.unique(events["kind"]).tolist():
        of_kind = events[events["kind"] == kind]
        for field, bound in EVENT_KIND_BOUNDS[kind].items():
            _check(world, f"{field} of the {codes.EVENT_KINDS[kind]} events", bound, of_kind[field])
    if events.size and (np.any(np.diff(events["turn"]) < 0) or int(events["turn"][-1]) > int(world.clock["turn"][0])):
        raise ValueError("the events are not in the order of their turns")


def _check_stacks(world: World) -> None:
    """Check that the list of each hex holds the units in it in the order of their rows, so that it has no loop."""
    units, hexes = world.units, np.asarray(world.units["hex"])
    on_map = np.flatnonzero((units["status"] == codes.ACTIVE) & (hexes >= 0))
    if np.any((hexes >= 0) != (units["status"] == codes.ACTIVE)):
        raise ValueError("a unit is on the map and gone, or active and on no hex")
    order = on_map[np.argsort(hexes[on_map], kind="stable")]
    next_in_hex = np.full(len(units), -1)
    first_unit = np.full(len(world.hexes), -1)
    same = hexes[order[1:]] == hexes[order[:-1]]
    next_in_hex[order[:-1][same]] = order[1:][same]
    heads = order[np.concatenate(([True], ~same))] if order.size else order
    first_unit[hexes[heads]] = heads
    if not np.array_equal(units["next_in_hex"], next_in_hex):
        raise ValueError("the list of units of a hex is not that of the units in it")
    if not np.array_equal(world.layers["first_unit"], first_unit):
        raise ValueError("the list of units of a hex does not begin with the first unit in it")


def _check_lines(world: World) -> None:
    """Check that every line of communication comes to an end: whoever follows it step by step must arrive."""
    hexes = np.arange(len(world.hexes))
    for side in range(len(codes.SIDES)):
        direction = np.asarray(world.line_from[side])
        onward = np.where(direction >= 0, world.neighbours[hexes, direction], -1)
        ahead = np.append(np.where(onward >= 0, onward, len(hexes)), len(hexes))  # the last stands for the end
        for _ in range(len(hexes).bit_length()):
            ahead = ahead[ahead]
        if np.any(ahead != len(hexes)):
            raise ValueError("a line of communication leads back into itself")


def _check_axes(world: World) -> None:
    axes = world.axes
    current, first = axes["current"].astype(int), axes["first"].astype(int)
    if np.any((current >= 0) & ((current < first) | (current >= first + axes["count"]))):
        raise ValueError("axes.current is an objective of another axis")


def _check_layers(world: World) -> None:
    """Check that the layers of every hex are those that follow from the units in it."""
    again = copy_world(world)
    refresh_layers(again)
    for field in world.layers.dtype.names:
        if not np.array_equal(world.layers[field], again.layers[field]):
            raise ValueError(f"layers.{field} does not follow from the units")


def _check_units(world: World) -> None:
    found = int(first_breach(world))
    if found >= 0:
        unit, breach = divmod(found, N_BREACHES)
        raise ValueError(f"unit {unit}: {BREACHES[breach]}")
