"""Another true world that looks the same to a side: everything that it cannot know of is changed, nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from sim.game.campaign import Campaign
from sim.kernels import codes
from sim.kernels.state.layout import World, copy_world

# Of an enemy unit nobody on the other side sees these; where it stands only if it is in sight.
CONDITION = (
    "guns", "launchers", "tanks", "tanks_repair", "cohesion_permille", "fatigue_permille", "fuel10", "ammo10",
    "supply_state", "supply_reason", "posture", "entrench_permille", "days_still", "mp10", "carry_mp10", "contacts",
    "target", "objective", "detour", "reason", "killed", "wounded", "deserted", "guns_lost", "tanks_lost",
    "withdrawal_ordered", "readiness_permille",
)  # fmt: skip


def hidden_changed(world: World, side: int, seed: int = 1) -> World:
    """Return a copy of a world in which all is changed that a side does not know."""
    rng, other = np.random.default_rng(seed), copy_world(world)
    enemy, units = 1 - side, other.units
    rows = np.flatnonzero(units["side"] == enemy)
    for name in CONDITION:
        top = {"supply_state": 4, "supply_reason": 8, "posture": 7, "withdrawal_ordered": 2}.get(name, 100)
        units[name][rows] = rng.integers(0, top, units[name][rows].shape)
    units["men"][rows] = rng.integers(100, 9_000, len(rows))
    _move_the_unseen(other, side, rows, rng)
    mine = units["side"] == side
    for name in ("seen_hex", "seen_turn", "seen_level", "seen_power", "seen_men"):
        units[name][mine] = rng.integers(0, 3, int(mine.sum()))
    _change_affairs(other, side, rng)
    return other


def _move_the_unseen(other: World, side: int, rows: np.ndarray, rng: np.random.Generator) -> None:
    units = other.units
    free = np.flatnonzero((other.holder == 1 - side) & (other.sight[side] == codes.UNSEEN))
    unseen = rows[(units["seen_hex"][rows] < 0) & (units["status"][rows] == codes.ACTIVE) & (units["hex"][rows] >= 0)]
    units["hex"][unseen] = rng.choice(free, len(unseen))
    told = other.events[: int(other.clock["n_events"][0])]
    ends = told[(told["known_to"] >> side) & 1 == 0]["subject"]
    units["status"][np.intersect1d(unseen[::3], np.setdiff1d(rows, ends))] = codes.SHATTERED  # ended, and nobody knows


def _change_affairs(other: World, side: int, rng: np.random.Generator) -> None:
    enemy = 1 - side
    other.clock["key"] += np.uint64(1)
    other.known[enemy] = other.known[side]
    other.sight[enemy] = rng.integers(0, 3, other.sight.shape[1])
    theirs = other.axes["side"][other.objectives["axis"]] == enemy
    other.objectives["done_turn"][theirs] = 2
    other.axes["current"][other.axes["side"] == enemy] = 0
    other.sources["used_tons10"][other.sources["side"] == enemy] += 77
    other.sides["supply_tons10"][enemy] += 999
    other.sides["loss_points"][side] += 50  # points for losses that the side can only guess
    other.sides["points"][side] += 50
    held = other.holder == enemy
    other.captured_by[held] = rng.integers(0, 5, int(held.sum()))
    hidden = held & (other.sight[side] == codes.UNSEEN)
    for name in ("power", "zoc_strength", "zone"):
        other.layers[name][hidden, enemy] += 40
    other.supply_cost[enemy], other.line_from[enemy] = 3, 2
    events = other.events[: int(other.clock["n_events"][0])]
    untold = (events["known_to"] >> side) & 1 == 0
    for name in ("subject", "object", "hex", "a", "b"):
        events[name][untold] = rng.integers(0, 50, int(untold.sum()))


def names_swapped(world: World, side: int) -> World:
    """Return a copy in which the unnamed troops on the map of a side are others, alike in all that it sees."""
    other = copy_world(world)
    units = other.units
    enemy = units["side"] != side
    unnamed = np.flatnonzero(enemy & (units["seen_hex"] >= 0) & (units["seen_level"] == codes.ESTIMATED))
    never = np.flatnonzero(enemy & (units["seen_hex"] < 0) & (units["seen_turn"] == 0))
    for here, there in zip(unnamed, never, strict=False):
        for name in ("seen_hex", "seen_turn", "seen_level", "seen_power", "seen_men"):
            units[name][there] = units[name][here]
            units[name][here] = {"seen_hex": -1}.get(name, 0)
    assert len(unnamed)
    assert len(never)
    return other


@contextmanager
def in_place_of(campaign: Campaign, world: World) -> Iterator[None]:
    """Let a campaign stand in another world of the same moment for a while."""
    before = campaign.snapshot()
    campaign.restore(replace(before, world=world))
    try:
        yield
    finally:
        campaign.restore(before)
