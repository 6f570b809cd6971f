"""Trains of the shipped campaign: what can be reached in a day, and journeys that take longer."""

import pytest

from sim.game.campaign import Campaign
from sim.game.orders import Rail
from sim.game.play.rail_journeys import line_hexes
from sim.game.play.session import Session
from tests.support.sessions import next_phase

pytestmark = pytest.mark.engine


@pytest.fixture
def session() -> Session:
    opened = Session(Campaign.start("august_storm", seed=1), ("soviet",))
    next_phase(opened)
    return opened


def test_train_reaches_what_its_range_shows(session: Session) -> None:
    campaign = session.campaign
    guns = campaign.unit("sov_5a_spg")
    reach = session.rail_reach(guns)
    target = max(reach.left_mp10, key=lambda hex: (reach.cost_mp10[hex], hex))
    way = reach.path(target)
    assert (way[0], way[-1], len(way) - 1) == (reach.start, target, reach.cost_mp10[target])
    assert session.give(Rail("sov_5a_spg", campaign.names.hex_label(target))) == ""
    assert int(session.world.units["hex"][guns]) == target
    assert session.can_rail(guns) == "it has already marched or fought today"
    assert session.rail_reach(guns).left_mp10 == {}


def test_journey_of_several_days_goes_on_every_morning(session: Session) -> None:
    campaign = session.campaign
    guns = campaign.unit("sov_5a_spg")
    away = line_hexes(campaign.world, guns, int(session.world.units["hex"][guns]))
    target = max(away, key=lambda hex: (away[hex], hex))
    to_go = line_hexes(campaign.world, guns, target)
    assert session.plot_rail(guns, target) == ""
    left = [to_go[int(session.world.units["hex"][guns])]]
    for _ in range(2):
        next_phase(session)
        left.append(to_go[int(session.world.units["hex"][guns])])
    assert away[target] > left[0] > left[1] > left[2] > 0
    assert session.standing_orders()["sov_5a_spg"].barred == ""


def test_no_train_to_where_no_line_leads(session: Session) -> None:
    guns = session.campaign.unit("sov_5a_spg")
    lupei = int(session.world.places["hex"][session.campaign.names.place_rows["lupei"]])
    assert session.plot_rail(guns, lupei).startswith("no railway held by its side leads from here")
    assert session.standing_orders() == {}
