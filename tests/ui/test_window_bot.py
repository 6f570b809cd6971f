"""Seeded random clicks, keys, wheel, drags and resizes over all screens: two minutes in all."""

import os

import pytest

from tests.support.window_bot import WindowBot

pytestmark = [pytest.mark.window, pytest.mark.slow]
SECONDS = float(os.environ.get("AUGUST_STORM_BOT_SECONDS", "30"))


@pytest.mark.parametrize("seed", [11, 12, 13, 14])
def test_nothing_that_a_player_does_breaks_the_window(seed: int, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("AUGUST_STORM_HOME", str(tmp_path))
    bot = WindowBot(seed, tmp_path)
    bot.play(SECONDS)
    bot.finish()
    assert sum(bot.done.values()) > 20 * SECONDS  # it did something
    assert bot.done["CampaignScreen"]  # and got into a game
