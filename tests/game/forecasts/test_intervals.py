"""Shares, means and differences with their intervals."""

import math

import numpy as np
import pytest

from sim.game.forecasts.intervals import Proportion, difference_of_means, difference_of_shares, mean_of


@pytest.mark.parametrize(
    ("happened", "trials", "low", "high"),
    # Computed by hand from Wilson's formula with z = 1.959964.
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (1, 2, 0.0945, 0.9055)],
)
def test_interval_of_a_share_is_wilsons(happened: int, trials: int, low: float, high: float) -> None:
    chance = Proportion(happened, trials)
    assert (chance.low, chance.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_before_the_first_trial_everything_is_possible() -> None:
    chance = Proportion(0, 0)
    assert (chance.low, chance.high) == (0, 1)


def test_few_outcomes_have_no_interval() -> None:
    one = mean_of(np.array([3, 4]))
    assert one.mean == 3.5
    assert math.isinf(one.high)


@pytest.mark.parametrize("n", [4, 12, 200])
def test_interval_of_a_mean_covers_it_as_often_as_it_says(n: int) -> None:
    rng = np.random.default_rng(1)
    samples = rng.normal(0, 10_000, (4000, n)).round().astype(np.int64)
    covered = np.mean([one.low <= 0 <= one.high for one in map(mean_of, samples)])
    assert 0.935 < covered < 0.965


def test_interval_of_a_paired_difference_covers_it_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    covered = 0
    for _ in range(2000):
        luck = rng.random(150)
        one = difference_of_shares(luck < 0.5, luck < 0.6)
        covered += one.low <= 0.1 <= one.high
    assert 0.93 < covered / 2000 < 0.98


def test_pairs_that_share_their_luck_show_small_differences() -> None:
    luck = np.random.default_rng(3).integers(0, 100_000, 50)
    change = difference_of_means(luck, luck + np.arange(50) % 3)
    assert change.is_clear
    assert not difference_of_means(luck, luck[::-1] + 1).is_clear
