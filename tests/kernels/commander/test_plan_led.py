"""Following the plan: the computer orders the units handed to it in the player's phase, and none of the others."""

import numpy as np
import pytest

from sim.game.campaign import Campaign
from sim.game.orders import FollowPlan, Move, TakeCommand
from sim.game.records.digests import state_digest
from sim.kernels import codes
from sim.kernels.commander.command_side import command_side
from sim.kernels.state import layout
from sim.kernels.turn.turn import begin_day, begin_phase
from tests.support.sessions import next_phase, opened, row, scenario, where
from tests.support.skirmish import skirmish

pytestmark = pytest.mark.engine

TOLD = ("hex", "mp10", "posture", "objective", "target", "detour", "reason", "attacks_today", "ammo10", "fuel10")


@pytest.mark.parametrize("commander", [codes.COMMANDER_ADAPTIVE, codes.COMMANDER_BASELINE])
def test_commanders_leave_units_led_by_hand_alone(commander: int) -> None:
    world = skirmish()
    scratch = layout.new_scratch(len(world.hexes), len(world.units))
    world.sides["commander"][codes.SOVIET] = commander
    by_hand = np.flatnonzero(world.units["side"] == codes.SOVIET)[::2]
    world.units["led_by"][by_hand] = codes.LED_BY_HAND
    others = np.flatnonzero((world.units["side"] == codes.SOVIET) & (world.units["led_by"] == 0))
    moved = 0
    for _ in range(3):
        begin_day(world, scratch)
        begin_phase(world, scratch, codes.SOVIET)
        before = world.units.copy()
        command_side(world, scratch, codes.SOVIET)
        for field in TOLD:
            assert world.units[field][by_hand].tolist() == before[field][by_hand].tolist(), field
        moved += int((world.units["hex"][others] != before["hex"][others]).sum())
    assert moved > 0


def test_side_handed_over_whole_is_led_as_by_the_computer() -> None:
    handed = Campaign.start(scenario(), seed=1).lead("soviet")
    left = Campaign.start(scenario(), seed=1)
    for _ in range(3):
        assert handed.next_phase() == "soviet"
        handed.give([FollowPlan(("front", "front2"))])
        assert handed.next_phase() is None
        left.step_day()
        twin = layout.copy_world(handed.world)
        twin.sides["commander"][:] = left.world.sides["commander"]
        assert state_digest(twin) == state_digest(left.world)


def test_unit_that_follows_the_plan_is_ordered_by_nobody_else_until_taken_back() -> None:
    session = opened()
    assert session.give(FollowPlan(("first",))) == ""
    assert session.give(Move("first", "h002001")) == "the computer leads it; take command of it first"
    assert session.give(TakeCommand(("army",))) == ""
    assert session.give(Move("first", "h002001")) == ""


def test_only_the_units_handed_over_march() -> None:
    session = opened()
    session.give(FollowPlan(("second",)))
    next_phase(session)
    assert where(session, "second") != "h001002"
    assert (where(session, "first"), where(session, "tanks")) == ("h001001", "h000000")
    assert session.world.units["led_by"][row(session, "second")] == codes.LED_BY_COMMANDER


def test_others_units_cannot_be_handed_over() -> None:
    session = opened()
    assert session.give(FollowPlan(("garrison",))) == "it is the phase of the soviet side"
    assert session.give(FollowPlan(("armmy",))) == "no such unit or formation did you mean 'army'?"
    assert session.give(FollowPlan(())) == "name units or formations"


def test_mark_of_units_led_by_hand_is_hashed_only_where_there_is_one() -> None:
    world = skirmish()
    before = state_digest(world)
    world.units["led_by"][0] = codes.LED_BY_HAND
    assert state_digest(world) != before
    world.units["led_by"][0] = codes.LED_BY_COMMANDER
    assert state_digest(world) == before
