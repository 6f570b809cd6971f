"""The world as a side knows it: nothing in it tells of what the side does not know."""

import numpy as np
import pytest

from sim.game.campaign import Campaign
from sim.game.knowledge.fog_view import UNTOLD, fog_view
from sim.kernels import codes
from sim.kernels.state.layout import World
from tests.support.other_truth import hidden_changed

pytestmark = pytest.mark.engine


def seen_by(campaign, side):
    """Return the world as a side knows it."""
    return fog_view(campaign.world, side, campaign.static.template)


@pytest.fixture(scope="module")
def campaign():
    begun = Campaign.start("august_storm", seed=3)
    for _ in range(4):
        begun.step_day()
    return begun


def test_own_units_are_as_they_are(campaign):
    seen = seen_by(campaign, codes.SOVIET)
    mine = campaign.world.units["side"] == codes.SOVIET
    for name in campaign.world.units.dtype.names:
        if not name.startswith("seen_"):
            assert np.array_equal(seen.units[name][mine], campaign.world.units[name][mine])
    assert (seen.units["seen_hex"][mine] == -1).all()  # what the enemy knows of them is his own affair


@pytest.mark.parametrize("side", [codes.SOVIET, codes.JAPANESE])
def test_the_enemy_stands_where_he_was_seen_or_nowhere(campaign, side):
    seen, units = seen_by(campaign, side), campaign.world.units
    enemy = units["side"] != side
    assert np.array_equal(seen.units["hex"][enemy], np.where(units["seen_hex"] >= 0, units["seen_hex"], -1)[enemy])
    assert (units["hex"][enemy] != seen.units["hex"][enemy]).any()


@pytest.mark.parametrize("side", [codes.SOVIET, codes.JAPANESE])
def test_nothing_that_is_hidden_changes_a_byte_of_it(campaign, side):
    before = seen_by(campaign, side)
    after = fog_view(hidden_changed(campaign.world, side), side, campaign.static.template)
    for name in World._fields:
        was, now = np.asarray(getattr(before, name)), np.asarray(getattr(after, name))
        for field in was.dtype.names or ():
            if field != "key":
                assert np.array_equal(was[field], now[field]), (name, field)
        assert was.dtype.names or np.array_equal(was, now), name


def test_exact_strengths_of_the_enemy_are_not_told(campaign):
    seen, units = seen_by(campaign, codes.SOVIET), campaign.world.units
    shown = (units["side"] == codes.JAPANESE) & (units["seen_hex"] >= 0)
    named = shown & (units["seen_level"] == codes.IDENTIFIED) & (units["seen_men"] >= 1_000)
    not_whole = named & (seen.units["men"] < units["men_start"])
    assert set((seen.units["men"][not_whole] % 500).tolist()) == {0}
    far = shown & (units["seen_level"] != codes.IDENTIFIED)
    assert (seen.units["guns"][far] == 0).all()
    assert set(seen.units["men"][far].tolist()) <= {1_000, 3_000, 6_000, 10_000}


def test_events_unknown_to_a_side_are_made_untellable(campaign):
    seen = seen_by(campaign, codes.JAPANESE)
    known = (campaign.events()["known_to"] >> codes.JAPANESE) & 1 == 1
    kinds = seen.events["kind"]
    assert len(kinds) == len(known)
    assert ((kinds == UNTOLD) == ~known).all()
    assert (~known).any()


def test_who_sees_all_sees_the_world_itself(campaign):
    assert seen_by(campaign, None) is campaign.world
    clear = Campaign.start("august_storm", fog=False)
    assert seen_by(clear, codes.SOVIET) is clear.world
