"""A game at the table: attacks with reasons, warnings at the end of a turn, taking back and giving again."""

import pytest

from sim.game.orders import Attack, Move, Posture
from sim.game.play.undo import MOST_STEPS, reveals
from sim.game.records.digests import state_digest
from sim.game.warmup.every_call import prepare
from sim.kernels import codes
from tests.support.sessions import hex_of, next_phase, opened, row, where

pytestmark = pytest.mark.engine


def test_possible_attackers_say_why_they_cannot() -> None:
    session = opened(first="h005001")
    town = hex_of(session, "h006002")
    found = {one.unit: one.why_not for one in session.possible_attackers(town, "hasty")}
    assert found[row(session, "first")] == ""
    assert "supports attacks automatically" in found[row(session, "guns")]
    assert set(found) == {row(session, "first"), row(session, "guns")}
    assert session.attackers(town, "hasty") == [row(session, "first")]
    session.campaign.world.units["ammo10"][row(session, "first")] = 0
    assert session.attackers(town, "hasty") == []


def test_nobody_attacks_an_empty_hex() -> None:
    session = opened(first="h005001")
    assert {one.why_not for one in session.possible_attackers(hex_of(session, "h006001"), "hasty")} == {
        "there is no enemy there"
    }


def test_orders_are_taken_back_and_given_again() -> None:
    session = opened()
    for hex in ("h002001", "h003001"):
        assert session.give(Move("first", hex)) == ""
    assert session.undo()
    assert session.undo()
    assert (where(session, "first"), session.can_undo) == ("h001001", False)
    assert session.redo()
    assert session.redo()
    assert (where(session, "first"), session.redo()) == ("h003001", False)
    session.undo()
    session.give(Posture("first", "delay"))
    assert not session.can_redo


def test_refused_order_is_no_step() -> None:
    session = opened()
    version = session.version
    assert "the enemy holds that hex" in session.give(Move("first", "hailar"))
    assert not session.can_undo
    assert session.version > version


def test_battle_cannot_be_taken_back() -> None:
    session = opened(first="h005001")
    session.give(Posture("second", "delay"))
    before = session.campaign.snapshot().world
    assert not reveals(before, session.campaign.world, "soviet")
    assert session.give(Attack(("first",), "hailar", "hasty")) == ""
    assert reveals(before, session.campaign.world, "soviet")
    assert not session.can_undo


def test_only_so_many_steps_are_kept() -> None:
    session = opened()
    for step in range(MOST_STEPS + 3):
        session.give(Posture("first", ("delay", "defend")[step % 2]))
    steps = 0
    while session.undo():
        steps += 1
    assert steps == MOST_STEPS


def test_morning_marches_can_be_taken_back() -> None:
    session = opened()
    session.plot(row(session, "first"), hex_of(session, "h005001"))
    evening = where(session, "first")
    next_phase(session)
    assert where(session, "first") == "h005001"
    assert session.undo()
    assert where(session, "first") == evening
    assert set(session.standing_orders()) == {"first"}


def test_idle_units_are_listed_by_what_they_could_do() -> None:
    session = opened(first="h005001")
    units = session.campaign.world.units
    units["supply_state"][:] = codes.IN_SUPPLY
    units["supply_state"][row(session, "tanks")] = codes.ISOLATED
    found = {session.campaign.names.units[one.unit]: one for one in session.idle_units()}
    assert {name: one.reason for name, one in found.items()} == {
        "first": "could_attack",
        "tanks": "no_supply",
        "second": "no_orders",
        "guns": "no_orders",
        "far": "no_orders",
    }
    assert next(iter(found)) == "first"
    assert found["first"].hex == hex_of(session, "h005001")
    assert found["second"].sentence == "2nd Division, near Otpor, has no orders."


def test_units_that_cannot_go_anywhere_today_do_not_wait_for_orders() -> None:
    """No movement left, or none ever: there is nothing that they could be told."""
    session = opened()
    units = session.campaign.world.units
    units["supply_state"][:] = codes.IN_SUPPLY
    units["mp10"][row(session, "second")] = 0
    units["mobility"][row(session, "guns")] = codes.STATIC
    names = {session.campaign.names.units[one.unit] for one in session.idle_units()}
    assert "far" in names
    assert not names & {"second", "guns"}


def test_units_with_orders_are_not_idle() -> None:
    session = opened(first="h005001")
    session.campaign.world.units["supply_state"][:] = codes.IN_SUPPLY
    session.hold([row(session, "first")])
    session.plot(row(session, "second"), hex_of(session, "h005000"))
    session.give(Move("far", "h001003"))
    names = [session.campaign.names.units[one.unit] for one in session.idle_units()]
    assert names == ["guns", "tanks"]


def test_barred_march_is_a_reason_to_look() -> None:
    session = opened()
    session.plot(row(session, "first"), hex_of(session, "h006002"))
    for _ in range(4):
        next_phase(session)
    first = session.idle_units()[0]
    assert (first.unit, first.reason) == (row(session, "first"), "barred")


def test_no_train_without_a_line() -> None:
    session = opened()
    unit = row(session, "first")
    assert session.can_rail(unit) == "no train can leave from here today"
    assert session.rail_reach(unit).left_mp10 == {}
    assert session.plot_rail(unit, hex_of(session, "h005001")) == "no train can leave from here today"


def test_nobody_is_ordered_between_the_phases() -> None:
    session = opened()
    session.advance()
    session.wait()
    while not session.campaign.is_over:
        next_phase(session)
    assert session.plot(row(session, "first"), hex_of(session, "h005001")) == "It is not your move."
    assert session.idle_units() == []
    assert session.possible_attackers(hex_of(session, "h006002"), "hasty") == []
    assert session.can_rail(row(session, "first")) == "it is not your move"


def test_preparing_leaves_the_campaign_as_it_was() -> None:
    session = opened()
    fresh = session.campaign.start(session.campaign.scenario, seed=1)
    before = state_digest(fresh.world)
    prepare(fresh, lambda words: None)
    assert state_digest(fresh.world) == before
    assert (fresh.phase_side, fresh.turns_played) == (None, 0)


def test_a_units_range_and_its_way_are_looked_for_once() -> None:
    session = opened()
    unit, scratch = row(session, "first"), session.campaign.scratch

    def floods() -> int:
        return int(scratch.serial[0])

    before = floods()
    target = max(session.reach(unit).left_mp10)  # selected: its range is lit
    assert floods() == before + 1
    session.route(unit, target)  # pointed at: its way is drawn
    assert floods() == before + 2
    session.reach(unit)
    session.route(unit, target)
    assert floods() == before + 2
    assert session.plot(unit, target) == ""
    assert floods() == before + 3  # the march itself
    session.reach(unit)  # it stands elsewhere now
    assert floods() == before + 4
    assert where(session, "first") == session.campaign.names.hex_label(target)


def test_a_range_is_looked_for_anew_once_another_unit_has_moved() -> None:
    session = opened()
    first, second = row(session, "first"), row(session, "second")
    full = session.reach(first).left_mp10
    session.plot(second, max(session.reach(second).left_mp10))
    assert session.reach(first) is not full
    before = int(session.campaign.scratch.serial[0])
    session.undo()
    assert session.reach(first).left_mp10 == full
    assert int(session.campaign.scratch.serial[0]) == before + 1


def test_a_phase_that_fails_leaves_the_game_as_it_was_before(monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened()
    session.plot(row(session, "first"), hex_of(session, "h003001"))
    before, log = state_digest(session.campaign.world), session.campaign.order_log
    real = session.campaign.next_phase

    def fail() -> str | None:
        real()
        raise ZeroDivisionError("amid the phase")

    monkeypatch.setattr(session.campaign, "next_phase", fail)
    session.advance()
    with pytest.raises(ZeroDivisionError):
        session.wait()
    monkeypatch.undo()
    assert state_digest(session.campaign.world) == before
    assert session.campaign.order_log == log
    assert (session.side_to_move, session.is_thinking) == ("soviet", False)
    next_phase(session)  # it can be ended again
    assert session.campaign.turns_played == 1
