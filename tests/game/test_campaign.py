"""The whole campaign: invariants, determinism, and a plausible war."""

import os
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
import pytest

from sim.game.records.digests import chain, state_digest
from sim.kernels import codes
from sim.kernels.control.stacks import refresh_layers
from sim.kernels.state import layout
from tests.support import campaigns, skirmish
from tests.support.places import ROOT

pytestmark = pytest.mark.engine
SEEDS = range(10)


def _broken(world: layout.World) -> list[str]:
    """Return what is wrong in the state of ``world``, in words."""
    units, hexes, layers = world.units, world.hexes, world.layers
    wrong = []
    gone = units.men + units.killed + units.wounded + units.captured + units.deserted
    if (gone != units.men_start).any():
        wrong.append(f"men are not conserved: units {np.flatnonzero(gone != units.men_start)[:5]}")
    if (units.guns + units.guns_lost != units.guns_start).any():
        wrong.append("guns are not conserved")
    if (units.launchers + units.launchers_lost != units.launchers_start).any():
        wrong.append("launchers are not conserved")
    if (units.tanks + units.tanks_repair + units.tanks_lost != units.tanks_start).any():
        wrong.append("tanks are not conserved")
    for name in ("men", "killed", "wounded", "captured", "deserted", "guns", "launchers", "fuel10", "ammo10"):
        if (units[name] < 0).any():
            wrong.append(f"{name} is negative")
    if (units.fuel10 > units.fuel_max10).any() or (units.ammo10 > units.ammo_max10).any():
        wrong.append("more fuel or ammunition than a unit can carry")
    placed = (units.status == codes.ACTIVE) & (units.hex >= 0)
    where = units.hex[placed]
    if np.isin(hexes.terrain[where], (codes.SEA, codes.LAKE)).any():
        wrong.append("a unit stands on water")
    if (world.holder[where] != units.side[placed]).any():
        wrong.append("a unit stands in a hex that its side does not hold")
    room = np.bincount(where, weights=units.stack10[placed], minlength=len(hexes))
    if (room != layers.stack10).any():
        wrong.append("stacking is miscounted")
    for place in world.places:
        if place.hex >= 0 and place.holder != world.holder[place.hex]:
            wrong.append("a place and its hex have different holders")
            break
    rebuilt = layout.copy_world(world)
    refresh_layers(rebuilt)
    for name in ("occupant", "stack10", "power", "zone"):
        if (rebuilt.layers[name] != layers[name]).any():
            wrong.append(f"layer {name} differs from a rebuild")
    return wrong


@pytest.mark.parametrize("seed", SEEDS)
def test_campaign_ends_without_a_broken_invariant(seed: int) -> None:
    found: list[str] = []
    world = campaigns.play(
        campaigns.fresh(seed),
        lambda world: found.extend(f"turn {world.clock.turn[0]}: {text}" for text in _broken(world)),
    )
    assert not found
    assert world.clock.decided[0] == 1
    assert world.clock.lost_events[0] == 0


def _campaign_digest(seed: int) -> bytes:
    digest = [b""]
    campaigns.play(campaigns.fresh(seed), lambda world: digest.append(chain(digest[-1], world)))
    return digest[-1]


def test_same_seed_gives_same_digest_twice_and_in_two_threads() -> None:
    alone = [_campaign_digest(seed) for seed in (1945, 7)]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(_campaign_digest, (1945, 7)))
    assert alone == together
    assert alone[0] != alone[1]


def test_pure_python_gives_the_same_digests_as_compiled_code() -> None:
    outputs = []
    for disabled in ("0", "1"):
        environment = {**os.environ, "NUMBA_DISABLE_JIT": disabled, "SKIRMISH_KEYS": "2"}
        run = subprocess.run(
            [sys.executable, "-m", "tests.support.skirmish"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        outputs.append(run.stdout.split())
    assert outputs[0] == outputs[1]
    assert len(set(outputs[0])) == 2


def test_skirmish_is_fought_and_won() -> None:
    world = skirmish.skirmish()
    before = state_digest(world)
    skirmish.play(world)
    kinds = set(world.events.kind[: world.clock.n_events[0]].tolist())
    assert state_digest(world) != before
    assert codes.EVENT_BATTLE in kinds
    assert codes.EVENT_CAPTURE in kinds
    assert not _broken(world)


def test_no_draw_is_made_twice_in_a_campaign() -> None:
    script = (
        "import collections, sys\n"
        "from sim.kernels import rng\n"
        "seen = collections.Counter()\n"
        "plain = rng.uniform\n"
        "def counted(key, turn, subject, stream, index):\n"
        "    seen[int(turn), int(subject), int(stream), int(index)] += 1\n"
        "    return plain(key, turn, subject, stream, index)\n"
        "rng.uniform = counted\n"
        "from tests.support import skirmish\n"
        "skirmish.play(skirmish.skirmish())\n"
        "assert len(seen) > 50, len(seen)\n"
        "print([draw for draw, times in seen.items() if times > 1][:5])\n"
    )
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_entry_kernels_are_compiled_for_one_signature() -> None:
    from sim.kernels.turn.turn import run_recorded

    campaigns.played(0)
    skirmish.play(skirmish.skirmish())
    entry = getattr(run_recorded, "entry", None)  # there is none in pure Python
    assert entry is None or len(entry.signatures) == 1


@cache
def _war(seed: int) -> tuple[float, int, int]:
    """Return the tank army's depth in km on the evening of 13 August, and Hailar's first assault and fall."""
    names = campaigns.static().names
    world = campaigns.fresh(seed)
    start = world.units.hex.copy()
    army = (world.units.army == names.formations.index("sov_6gta")) & (start >= 0)
    depth: list[float] = []

    def look(world: layout.World) -> None:
        if len(depth) < 5:
            here = army & (world.units.hex >= 0)
            depth.append(float(_km(world, start[here], world.units.hex[here]).max()))

    campaigns.play(world, look)
    hailar = world.places[names.places.index("hailar")].hex
    events = world.events[: world.clock.n_events[0]]
    assaults = events.turn[(events.kind == codes.EVENT_BATTLE) & (events.hex == hailar)]
    fall = campaigns.captured_on(world, "hailar")
    return depth[4], int(assaults.min()) if len(assaults) else 99, fall or 99


def _km(world: layout.World, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return straight-line distances on the hex lattice in km."""
    columns = int(world.clock.n_cols[0])

    def centre(hexes: np.ndarray) -> np.ndarray:
        col, row = hexes % columns, hexes // columns
        return np.stack((col * 12.990, (row + 0.5 * (col % 2)) * 15.0), axis=-1)

    return np.hypot(*(centre(start) - centre(end)).T)


def test_median_tank_army_is_250_to_450_km_deep_on_13_august() -> None:
    assert 250 <= statistics.median(_war(seed)[0] for seed in range(20)) <= 450


def test_median_fortress_of_hailar_holds_for_days_after_its_town_is_entered() -> None:
    """Town and works share a hex: the town is entered with the first assault, the place falls with the works."""
    entered = statistics.median(_war(seed)[1] for seed in range(20))
    falls = statistics.median(_war(seed)[2] for seed in range(20))
    assert 8 + entered <= 15
    assert falls - entered >= 4


def _median_turn(place_id: str, missing: float = 99.0) -> float:
    turns = [campaigns.captured_on(campaigns.played(seed), place_id) for seed in range(20)]
    return statistics.median(missing if turn is None else turn for turn in turns)


@pytest.mark.parametrize("place_id", ["harbin", "changchun", "mukden"])
def test_median_campaign_ends_with_the_great_cities_in_soviet_hands(place_id: str) -> None:
    assert _median_turn(place_id) <= 25


def test_median_mutanchiang_falls_between_13_and_19_august() -> None:
    assert 13 <= 8 + _median_turn("mutanchiang") <= 19
