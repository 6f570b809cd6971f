"""Weather: dated chances, memory of the ground, days without flying."""

import numpy as np
import pytest

from sim.kernels import codes
from sim.kernels.compiler.kernel import kernel
from sim.kernels.ground.weather import draw_sky, flying_permille, update_weather
from sim.kernels.rng import uniform
from sim.kernels.state import layout
from tests.naive import weather as naive
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine
N_KEYS = 2000


@pytest.fixture
def world() -> layout.World:
    return small_world("..\n..")


@kernel
def count_skies(rule, n_keys, out_days):
    """Count how often each sky stands over each region and turn in ``n_keys`` campaigns."""
    for key in range(n_keys):
        for turn in range(1, 26):
            for region in range(4):
                out_days[region, turn, draw_sky(rule, np.uint64(key), turn, region)] += 1


def run_days(world: layout.World, n_days: int) -> tuple[np.ndarray, np.ndarray]:
    """Return sky and ground by day and region."""
    skies, grounds = [], []
    for turn in range(1, n_days + 1):
        world.clock.turn = turn
        update_weather(world)
        skies.append(world.clock[0].sky.copy())
        grounds.append(world.clock[0].ground.copy())
    return np.array(skies), np.array(grounds)


def test_sky_agrees_with_naive_reading_of_the_table(world: layout.World) -> None:
    rule = world.rules[0]
    for key in range(20):
        for turn in (1, 4, 12, 25):
            for region in range(4):
                draw = uniform(np.uint64(key), turn, region, codes.STREAM_WEATHER, 0)
                heavy, rain = rule.heavy_rain_permille[region, turn - 1], rule.rain_permille[region, turn - 1]
                assert draw_sky(rule, np.uint64(key), turn, region) == naive.sky_of(int(heavy), int(rain), draw)


def test_frequencies_follow_the_dated_tables(world: layout.World) -> None:
    days = np.zeros((4, 26, 3), np.int64)
    count_skies(world.rules[0], N_KEYS, days)
    rule = world.rules[0]
    for sky, table in ((codes.RAIN, rule.rain_permille), (codes.HEAVY_RAIN, rule.heavy_rain_permille)):
        expected = table[:, :25] / 1000
        spread = np.sqrt(expected * (1 - expected) / N_KEYS)
        assert np.all(np.abs(days[:, 1:, sky] / N_KEYS - expected) <= 5 * spread + 1e-9)


def test_ground_agrees_with_naive_bookkeeping(world: layout.World) -> None:
    for key in range(12):
        world.clock.key = key
        skies, grounds = run_days(world, 25)
        for region in range(4):
            assert list(grounds[:, region]) == naive.grounds(world, region, list(skies[:, region]))


def test_east_and_north_are_wet_on_the_first_day_and_the_west_mostly_dry_until_the_third(world: layout.World) -> None:
    wet, dry_west = np.zeros(4), 0
    for key in range(100):
        world.clock.key = key
        _, grounds = run_days(world, 3)
        wet += grounds[0] >= codes.WET
        dry_west += int(grounds[1, codes.REGION_WEST] == codes.DRY)
    assert wet[codes.REGION_EAST] >= 85
    assert wet[codes.REGION_NORTH] >= 85
    assert wet[codes.REGION_WEST] == 0
    assert dry_west >= 95


def test_the_west_is_often_and_the_centre_mostly_mud_in_mid_august(world: layout.World) -> None:
    wet = np.zeros(4)
    for key in range(100):
        world.clock.key = key
        _, grounds = run_days(world, 10)
        wet += grounds[9] != codes.DRY
    assert wet[codes.REGION_WEST] >= 45
    assert wet[codes.REGION_CENTRE] >= 70


def test_clear_days_dry_the_ground(world: layout.World) -> None:
    world.rules.rain_permille = 0
    world.rules.heavy_rain_permille = 0
    _, grounds = run_days(world, 12)
    assert np.all(grounds[-1] == codes.DRY)


def test_weather_is_told_only_when_it_changes(world: layout.World) -> None:
    skies, grounds = run_days(world, 25)
    before = np.vstack([np.zeros((1, 4), int), skies[:-1]]), np.vstack([np.zeros((1, 4), int), grounds[:-1]])
    changes = int(np.sum((skies != before[0]) | (grounds != before[1])))
    told = world.events[: world.clock[0].n_events]
    assert np.all(told.kind == codes.EVENT_WEATHER)
    assert len(told) == changes


def test_nobody_flies_in_a_downpour(world: layout.World) -> None:
    world.clock.sky[:] = (codes.CLEAR, codes.RAIN, codes.HEAVY_RAIN, codes.CLEAR)
    assert [bool(flying_permille(world, region) > 0) for region in range(4)] == [True, True, False, True]
    assert flying_permille(world, codes.REGION_CENTRE) < flying_permille(world, codes.REGION_WEST)


def test_turns_beyond_the_table_use_its_last_day(world: layout.World) -> None:
    rule = world.rules[0]
    rule.rain_permille[:, -1] = 1000
    rule.heavy_rain_permille[:, -1] = 0
    assert draw_sky(rule, np.uint64(1), 60, 0) == codes.RAIN
