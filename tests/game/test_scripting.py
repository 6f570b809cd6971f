"""A campaign as a script plays it: stopped, taken back, played again to the same digest, and its result."""

from datetime import date

import pytest

from sim.errors import SimError
from sim.game.campaign import Campaign
from sim.kernels import codes

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return Campaign.start("august_storm", seed=3)


def test_restored_campaign_goes_on_as_before(campaign: Campaign) -> None:
    campaign.run(until=date(1945, 8, 10))
    evening, digest = campaign.snapshot(), campaign.digest()
    campaign.step_day()
    after, events = campaign.digest(), len(campaign.events())
    for _ in range(2):
        campaign.restore(evening)
        assert (campaign.digest(), campaign.last_day) == (digest, date(1945, 8, 10))
        campaign.step_day()
        assert (campaign.digest(), len(campaign.events())) == (after, events)


def test_run_key_makes_another_campaign_of_the_same_seed(campaign: Campaign) -> None:
    one, other = (Campaign.start(campaign.scenario, seed=3, key=key).run(date(1945, 8, 10)) for key in (1, 2))
    assert one.digest() != other.digest()


def test_unknown_unit_is_named(campaign: Campaign) -> None:
    with pytest.raises(SimError, match="no_such_unit"):
        campaign.unit("no_such_unit")
    assert campaign.names.units[campaign.unit("sov_46gtb")] == "sov_46gtb"


def test_every_capture_row_is_a_change_of_hands() -> None:
    campaign = Campaign.start("august_storm", seed=11)
    places = campaign.names.places
    holder = dict(zip(places, campaign.world.places["holder"].tolist(), strict=True))
    result = campaign.run().result()
    assert result["captures"]
    for row in result["captures"]:
        side = codes.SIDES.index(row["side"])
        assert holder[row["place"]] != side, row
        holder[row["place"]] = side
    assert holder == dict(zip(places, campaign.world.places["holder"].tolist(), strict=True))
    assert [row["turn"] for row in result["captures"]] == sorted(row["turn"] for row in result["captures"])


def test_a_decided_campaign_goes_no_further_and_names_its_outcome() -> None:
    campaign = Campaign.start("august_storm", seed=11).run()
    with pytest.raises(SimError, match="decided"):
        campaign.step_day()
    result = campaign.result()
    assert result["turns"] == campaign.turns_played <= 25
    assert result["outcome"]["winner"] in ("soviet", "japan", "none")
    assert result["outcome"]["level"]
    for nation in ("soviet", "japan"):
        units = campaign.world.units[campaign.world.units["nation"] == codes.NATIONS.index(nation)]
        assert result["losses"][nation]["killed"] == units["killed"].sum() > 0
