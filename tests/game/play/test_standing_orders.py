"""Standing orders: carried out every morning until done, changed or barred, and kept with the game."""

import json
from pathlib import Path

import pytest

from sim.errors import SaveError
from sim.game.campaign import Campaign
from sim.game.orders import Attack, FollowPlan, Move, Posture, Standing
from sim.game.play.session import Session
from sim.game.play.standing_orders import DIG_IN, HOLD, MARCH
from sim.game.records.digests import state_digest
from sim.game.saves.player_saves import load_session, save_session
from sim.game.warmup.every_call import prepare
from sim.kernels import codes
from sim.kernels.control.stacks import lift_unit
from tests.support.sessions import hex_of, next_phase, opened, row, where

pytestmark = pytest.mark.engine


def test_march_goes_on_every_morning_until_it_arrives() -> None:
    session = opened()
    assert session.plot(row(session, "first"), hex_of(session, "h005001")) == ""
    assert session.standing_orders() == {"first": Standing("first", MARCH, "h005001")}
    assert where(session, "first") not in ("h001001", "h005001")
    next_phase(session)
    assert where(session, "first") == "h005001"
    assert session.standing_orders() == {}
    assert [(one.unit, one.barred) for one in session.morning] == [(row(session, "first"), False)]
    assert session.morning[0].sentence.startswith("1st Division has arrived")


def test_march_that_ends_today_leaves_no_standing_order() -> None:
    session = opened()
    session.plot(row(session, "first"), hex_of(session, "h002001"))
    assert (where(session, "first"), session.standing_orders()) == ("h002001", {})


def test_march_to_the_enemy_waits_beside_him_and_says_why() -> None:
    session = opened()
    session.plot(row(session, "first"), hex_of(session, "h006002"))
    for _ in range(4):
        next_phase(session)
    assert hex_of(session, "h006002") in session.world.neighbours[hex_of(session, where(session, "first"))]
    assert session.standing_orders()["first"].barred == "the enemy holds that hex"
    assert [one.barred for one in session.morning] == [True]
    assert session.morning[0].sentence.endswith("cannot go on towards Hailar: the enemy holds that hex.")


def fill_every_hex(session: Session, stack10: int) -> None:
    world = session.campaign.world
    for layers in (world.layers, world.known):
        layers["stack10"] += stack10


def test_march_without_room_ahead_is_barred_and_tried_again() -> None:
    session = opened()
    unit = row(session, "first")
    session.plot(unit, hex_of(session, "h005001"))
    fill_every_hex(session, 500)
    next_phase(session)
    assert session.standing_orders()["first"].barred == "there is no room on the road ahead"
    fill_every_hex(session, -500)
    next_phase(session)
    assert where(session, "first") == "h005001"


@pytest.mark.parametrize("target", ["h007000", "h001001"])
def test_hex_that_cannot_be_plotted_to_is_refused(target: str) -> None:
    session = opened()
    assert session.plot(row(session, "first"), hex_of(session, target)) in (
        "there is no land there",
        "it is already there",
    )
    assert (session.standing_orders(), session.can_undo) == ({}, False)


def test_dug_in_unit_takes_up_its_posture_every_morning() -> None:
    session = opened()
    assert session.dig_in([row(session, "first")]) == ""
    assert session.world.units["posture"][row(session, "first")] == codes.DEFEND
    session.campaign.world.units["posture"][row(session, "first")] = codes.RETREAT
    next_phase(session)
    assert session.world.units["posture"][row(session, "first")] == codes.DEFEND
    assert session.standing_orders() == {"first": Standing("first", DIG_IN)}
    assert session.morning == []


def test_orders_by_hand_replace_standing_ones_and_a_battle_does_not() -> None:
    session = opened(second="h005001")
    session.campaign.world.units["mp10"][row(session, "tanks")] = 40
    for unit in ("first", "tanks"):
        assert session.plot(row(session, unit), hex_of(session, "h006000")) == ""
    session.hold([row(session, "second")])
    assert session.give(Attack(("second",), "hailar", "hasty")) == ""
    assert set(session.standing_orders()) == {"first", "second", "tanks"}
    assert session.give(Posture("second", "delay")) == ""
    assert session.cancel([row(session, "first")]) == ""
    assert set(session.standing_orders()) == {"tanks"}
    assert session.give(FollowPlan(("army2",))) == ""
    assert session.standing_orders() == {}


def test_move_by_hand_replaces_a_plotted_march() -> None:
    session = opened()
    session.hold([row(session, "first")])
    assert session.standing_orders()["first"].kind == HOLD
    assert session.give(Move("first", "h002001")) == ""
    assert session.standing_orders() == {}


def test_order_of_a_lost_unit_lapses() -> None:
    session = opened()
    unit = row(session, "first")
    session.plot(unit, hex_of(session, "h005001"))
    lift_unit(session.campaign.world, unit)
    session.campaign.world.units["status"][unit] = codes.SHATTERED
    session.campaign.world.units["hex"][unit] = -1
    next_phase(session)
    assert (session.standing_orders(), session.morning) == ({}, [])


def test_orders_are_not_shown_to_the_other_side() -> None:
    session = opened(("soviet", "japan"))
    session.plot(row(session, "first"), hex_of(session, "h005001"))
    next_phase(session)
    assert session.side_to_move == "japan"
    assert session.standing_orders() == {}
    session.hold([row(session, "brigade")])
    assert set(session.standing_orders()) == {"brigade"}
    assert session.morning == []
    next_phase(session)
    assert session.side_to_move == "soviet"
    assert set(session.standing_orders()) <= {"first"}
    assert where(session, "first") == "h005001"


def test_orders_are_plain_data() -> None:
    session, again = opened(), opened()
    session.plot(row(session, "first"), hex_of(session, "h005001"))
    session.dig_in([row(session, "second")])
    again.standing.from_json(json.loads(json.dumps(session.standing.to_json())))
    assert again.standing_orders() == session.standing_orders() != {}


def test_saved_game_goes_on_with_its_standing_orders_and_its_plan(tmp_path: Path) -> None:
    session = Session(Campaign.start("august_storm", seed=3), ("soviet",))
    next_phase(session)
    lupei = int(session.world.places["hex"][session.campaign.names.place_rows["lupei"]])
    assert session.plot(row(session, "sov_46gtb"), lupei) == ""
    assert session.give(FollowPlan(("sov_36a",))) == ""
    save_session(session, tmp_path / "one.save")
    again = load_session(tmp_path / "one.save")
    prepare(again.campaign, lambda words: None)
    assert again.standing_orders() == session.standing_orders() != {}
    for game in (session, again):
        next_phase(game)
    assert state_digest(again.campaign.world) == state_digest(session.campaign.world)


@pytest.mark.parametrize(
    "data",
    [
        {},
        [{}],
        [{"unit": "nobody", "kind": "hold"}],
        [{"unit": "first", "kind": "dance"}],
        [{"unit": "first", "kind": "march", "to": "moon"}],
        [{"unit": "first", "kind": "march", "to": "h001001", "barred": 1}],
        [{"unit": "first", "kind": "hold", "more": 1}],
    ],
)
def test_damaged_orders_of_a_save_are_refused(data: object) -> None:
    with pytest.raises(SaveError, match="standing order"):
        opened().standing.from_json(data)
