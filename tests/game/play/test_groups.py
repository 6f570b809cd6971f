"""Groups on the move: each unit keeps its place, or falls in behind; one step to take back."""

import pytest

from sim.game.play.groups import places_of_group
from sim.kernels import codes
from sim.kernels.units.stacking import stack_limit10
from tests.support.sessions import hex_of, opened, row, where

pytestmark = pytest.mark.engine


def test_group_keeps_its_shape() -> None:
    session = opened()
    group = [row(session, "first"), row(session, "second")]
    places = places_of_group(session.campaign, group, hex_of(session, "h003001"))
    assert places == {group[0]: hex_of(session, "h003001"), group[1]: hex_of(session, "h003002")}


def test_group_without_room_falls_in_behind_on_the_road() -> None:
    session = opened()
    world = session.campaign.world
    group = [row(session, "first"), row(session, "second")]
    target = hex_of(session, "h004001")
    for hex in range(len(world.hexes)):
        world.known["stack10"][codes.SOVIET, hex] = int(stack_limit10(world, hex)) - 10
    world.known["stack10"][codes.SOVIET, hex_of(session, "h004002")] += 10
    places = places_of_group(session.campaign, group, target)
    route = session.route(group[0], target)
    assert places == {group[0]: target, group[1]: route.steps[-2]}


def test_group_moves_as_one_step() -> None:
    session = opened()
    group = [row(session, "second"), row(session, "first")]
    assert session.move_group(group, hex_of(session, "h005001")) == ""
    assert set(session.standing_orders()) == {"first", "second"}
    assert where(session, "first") != "h001001"
    assert session.undo()
    assert (where(session, "first"), where(session, "second")) == ("h001001", "h001002")
    assert session.standing_orders() == {}
    assert not session.can_undo


def test_group_goes_without_those_who_cannot() -> None:
    session = opened()
    group = [row(session, "first"), row(session, "brigade")]
    told = session.move_group(group, hex_of(session, "h003001"))
    assert told == "80th Brigade: it is the phase of the soviet side."
    assert where(session, "first") == "h003001"


def test_group_of_which_nobody_can_go_leaves_no_step_behind() -> None:
    session = opened()
    assert session.move_group([row(session, "brigade")], hex_of(session, "h003001")).startswith("80th Brigade:")
    assert session.move_group([], hex_of(session, "h003001")) == "No units selected."
    assert not session.can_undo
