"""The world as a side believes it to be: nothing in it tells of what the side does not know."""

import numpy as np
import pytest

from sim.game.campaign import Campaign
from sim.game.seen import UNTOLD, as_seen
from sim.kernels import codes


@pytest.fixture(scope="module")
def campaign():
    begun = Campaign.start("august_storm", seed=3)
    for _ in range(4):
        begun.step_day()
    return begun


def test_own_units_are_as_they_are(campaign):
    seen = as_seen(campaign.world, codes.SOVIET)
    mine = campaign.world.units["side"] == codes.SOVIET
    assert np.array_equal(np.asarray(seen.units[mine]), np.asarray(campaign.world.units[mine]))


@pytest.mark.parametrize("side", [codes.SOVIET, codes.JAPANESE])
def test_the_enemy_stands_where_he_was_seen_or_nowhere(campaign, side):
    seen, units = as_seen(campaign.world, side), campaign.world.units
    enemy = units["side"] != side
    assert np.array_equal(seen.units["hex"][enemy], np.where(units["seen_hex"] >= 0, units["seen_hex"], -1)[enemy])
    assert (units["hex"][enemy] != seen.units["hex"][enemy]).any()


def test_what_an_unseen_enemy_does_changes_nothing(campaign):
    world = campaign.snapshot().world
    before = as_seen(world, codes.SOVIET)
    hidden = np.flatnonzero((world.units["side"] == codes.JAPANESE) & (world.units["seen_hex"] < 0))
    there = hidden[(world.units["status"][hidden] == codes.ACTIVE) & (world.units["hex"][hidden] >= 0)]
    assert len(there) > 10
    for name in ("hex", "men", "guns", "fuel10", "posture", "mp10", "entrench_permille", "supply_state"):
        world.units[name][there] += 1
    after = as_seen(world, codes.SOVIET)
    for name in ("units", "layers", "events"):
        assert np.array_equal(np.asarray(getattr(before, name)), np.asarray(getattr(after, name)))


def test_exact_strengths_of_the_enemy_are_not_told(campaign):
    seen, units = as_seen(campaign.world, codes.SOVIET), campaign.world.units
    shown = (units["side"] == codes.JAPANESE) & (units["seen_hex"] >= 0)
    large = shown & (units["seen_men"] >= 1_000)
    assert set((seen.units["men"][large] % 500).tolist()) == {0}
    far = shown & (units["seen_level"] != codes.IDENTIFIED)
    assert (seen.units["guns"][far] == 0).all()
    assert set(seen.units["men"][far].tolist()) <= {1_000, 3_000, 6_000, 10_000}


def test_events_unknown_to_a_side_are_made_untellable(campaign):
    seen = as_seen(campaign.world, codes.JAPANESE)
    known = (campaign.events()["known_to"] >> codes.JAPANESE) & 1 == 1
    kinds = seen.events["kind"]
    assert len(kinds) == len(known)
    assert ((kinds == UNTOLD) == ~known).all()
    assert (~known).any()


def test_who_sees_all_sees_the_world_itself(campaign):
    assert as_seen(campaign.world, None) is campaign.world
    clear = Campaign.start("august_storm", fog=False)
    assert as_seen(clear.world, codes.SOVIET) is clear.world
