"""Routes of several days: they cost what the march costs, and arrive when the march arrives."""

import pytest

from sim.game.play import march_routes
from sim.game.records.digests import state_digest
from sim.kernels import codes
from tests.support.sessions import hex_of, next_phase, opened, row, where

pytestmark = pytest.mark.engine


def test_route_costs_what_the_march_of_today_costs() -> None:
    session = opened()
    unit = row(session, "first")
    today = session.reach(unit)
    assert today.left_mp10
    for hex in today.left_mp10:
        route = session.route(unit, hex)
        assert (route.cost_mp10, route.days, route.steps[-1]) == (today.cost_mp10[hex], 1, hex)
        assert route.arrival_date == session.campaign.today


@pytest.mark.parametrize(("unit", "target"), [("first", "h004003"), ("tanks", "h004003"), ("second", "h004000")])
def test_unit_arrives_on_the_day_that_the_route_gives(unit: str, target: str) -> None:
    session = opened(brigade="h007003")
    session.campaign.world.units["mp10"][row(session, unit)] = 45
    route = session.route(row(session, unit), hex_of(session, target))
    assert route.days > 1
    assert session.plot(row(session, unit), hex_of(session, target)) == ""
    assert where(session, unit) == session.campaign.names.hex_label(route.day_ends[0])
    for _ in range(route.days - 1):
        assert where(session, unit) != target
        next_phase(session)
    assert (where(session, unit), session.campaign.today) == (target, route.arrival_date)


def test_looking_at_a_route_leaves_the_world_alone() -> None:
    session = opened()
    before = state_digest(session.campaign.world)
    session.route(row(session, "first"), hex_of(session, "h006000"))
    assert state_digest(session.campaign.world) == before


def test_route_to_the_enemy_ends_beside_him() -> None:
    session = opened()
    town = hex_of(session, "h006002")
    route = session.route(row(session, "first"), town)
    assert route.halt == march_routes.ENEMY_THERE
    assert route.arrival_date is None
    assert town in session.world.neighbours[route.steps[-1]]


def test_route_of_a_unit_without_fuel_and_supply_says_so() -> None:
    session = opened()
    unit = row(session, "tanks")
    session.campaign.world.units["fuel10"][unit] = 1
    session.campaign.world.units["supply_state"][unit] = codes.ISOLATED
    route = session.route(unit, hex_of(session, "h005003"))
    assert route.halt == march_routes.FUEL_OUT
    assert route.arrival_date is None


def test_what_cannot_move_has_no_route() -> None:
    session = opened()
    unit = row(session, "first")
    session.campaign.world.units["mobility"][unit] = codes.STATIC
    assert session.route(unit, hex_of(session, "h005001")).halt == "it cannot move at all"


def test_slow_crossing_takes_the_days_that_it_costs() -> None:
    session = opened()
    world, unit = session.campaign.world, row(session, "first")
    allowance = int(world.units["mp10"][unit])
    days, halt = march_routes.Timetable(world, unit).days_of([9, 10], [allowance + 1])
    assert (days, halt) == ([9, 10], "")
    days, halt = march_routes.Timetable(world, unit).days_of([9, 10], [1_000_000])
    assert (set(days), halt) == ({9}, march_routes.TOO_SLOW)
