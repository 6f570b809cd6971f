"""The game whose replay is shown, and its replay."""

import pytest

from sim.game.campaign import Campaign
from sim.game.maps import basemap
from sim.game.play.session import Session
from sim.game.saves.replay_session import watch
from tests.support.replays import DAYS, GOAL, MARCHES, shown


@pytest.fixture(scope="module")
def game() -> Session:
    """Return a game of August 1945 under fog, led by the Japanese side, with four days behind it."""
    session = Session(Campaign.start("august_storm", seed=2), ("japan",))
    for _ in range(DAYS + 1):
        session.advance()
        session.wait()
        marches = session.campaign.unit(MARCHES)
        session.plot(marches, session.campaign.names.hex_of(GOAL))
    assert session.standing.get(MARCHES) is not None
    return session


@pytest.fixture(scope="module")
def ground(game):
    """Return the painted ground of the game."""
    return basemap.prepare(game.campaign.world, "august_storm")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Let saves and settings stand in a folder of the test."""
    monkeypatch.setenv("AUGUST_STORM_HOME", str(tmp_path))


@pytest.fixture
def replay_screen(window, game, ground):
    """Return the replay of the game above nothing."""
    return shown(watch(game), ground)
