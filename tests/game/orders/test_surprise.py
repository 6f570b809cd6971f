"""Surprise binds people as it binds the computer, and says so at the order."""

import pytest

from sim.errors import OrderError
from sim.game.campaign import Campaign
from sim.game.orders import Attack, ForcedMarch, Move, Posture, Rail
from sim.game.play.session import Session
from sim.kernels import codes
from sim.kernels.commander.defence import is_paralysed

pytestmark = pytest.mark.engine
SURPRISED = "its side is surprised: it has no orders to move or attack until after 10 August"


def at_first_orders(side: str) -> Session:
    session = Session(Campaign.start("august_storm", seed=1), (side,))
    session.advance()
    session.wait()
    return session


def mine(session: Session, *, paralysed: bool) -> list[int]:
    units = session.campaign.world.units
    side = codes.SIDES.index(str(session.side_to_move))
    active = [row for row in range(len(units)) if units["side"][row] == side and units["hex"][row] >= 0]
    return [row for row in active if is_paralysed(session.campaign.world, row) == paralysed and units["mp10"][row] > 0]


def test_a_surprised_formation_is_refused_whatever_would_send_it_anywhere() -> None:
    session = at_first_orders("japan")
    campaign = session.campaign
    kept = mine(session, paralysed=True)
    assert kept
    unit = campaign.names.units[kept[0]]
    beside = campaign.names.hex_label(int(campaign.world.neighbours[int(campaign.world.units["hex"][kept[0]])].max()))
    for order in (Move(unit, beside), Rail(unit, beside), ForcedMarch(unit), Attack((unit,), beside)):
        with pytest.raises(OrderError, match=r"its side is surprised|there is no enemy"):
            campaign.give([order])
    with pytest.raises(OrderError) as caught:
        campaign.give([Move(unit, beside)])
    assert caught.value.detail == SURPRISED
    campaign.give([Posture(unit, "defend")])  # it can hold where it is
    assert session.give(Move(unit, beside)) == SURPRISED


def test_small_units_and_those_with_orders_from_before_can_move() -> None:
    session = at_first_orders("japan")
    for row in mine(session, paralysed=False):
        left = session.reach(row).left_mp10
        if left:
            assert (
                session.give(Move(session.campaign.names.units[row], session.campaign.names.hex_label(max(left)))) == ""
            )
            return
    raise AssertionError("nobody can move")


def test_surprise_ends_and_binds_no_attacker() -> None:
    session = at_first_orders("japan")
    for _ in range(2):
        session.advance()
        session.wait()
    assert session.campaign.turn == 3
    assert mine(session, paralysed=True) == []
    assert mine(at_first_orders("soviet"), paralysed=True) == []


def test_a_plotted_march_waits_for_the_end_of_surprise() -> None:
    session = at_first_orders("japan")
    for row in mine(session, paralysed=True):
        left = session.reach(row).left_mp10
        if left:
            break
    told = session.plot(row, max(left))
    assert told == SURPRISED
    start = int(session.campaign.world.units["hex"][row])
    for _ in range(2):
        session.advance()
        session.wait()
    record = session.campaign.world.units[row]
    assert int(record["hex"]) != start or int(record["status"]) != codes.ACTIVE


def test_who_is_surprised_is_not_asked_for_orders() -> None:
    session = at_first_orders("japan")
    assert not {idle.unit for idle in session.idle_units()} & set(mine(session, paralysed=True))


@pytest.mark.parametrize("side", ["soviet", "japan"])
def test_one_loop_leads_either_side(side: str) -> None:
    campaign = Campaign.start("muleng_road", seed=1).lead(side)
    phases = []
    while not campaign.is_over:
        if campaign.next_phase() == side:
            phases.append(campaign.turn)
    assert phases == sorted(set(phases))
    assert len(phases) == campaign.turns_played
