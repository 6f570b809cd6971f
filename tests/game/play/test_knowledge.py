"""What a player is shown of the enemy: no more than his side knows, in words that say how well it knows it."""

from pathlib import Path

import numpy as np
import pytest

from sim.errors import OrderError
from sim.game.campaign import Campaign
from sim.game.orders import Move
from sim.game.play.knowledge import SideKnowledge, events_known, reveals
from sim.game.play.session import Session
from sim.game.saves.campaign_save import load_campaign, save_campaign
from sim.kernels import codes
from sim.kernels.control.stacks import lift_unit, place_unit
from sim.scenario import Scenario, load
from tests.support import tiny

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Steppe on which a Soviet division stands four hexes before the brigade in Hailar, which is no fortress."""
    world_map = tiny.MAP[: tiny.MAP.index("fortresses:")].replace("kind: fortress", "kind: city")
    rows = [row if row.startswith("7,") else row.replace("manchukuo", "ussr") for row in tiny.hexes().splitlines()]
    folder = tmp_path_factory.mktemp("knowledge") / "tiny"
    return load(tiny.write_scenario(folder, map=world_map, hexes="\n".join(rows) + "\n"))


@pytest.fixture
def campaign(scenario: Scenario) -> Campaign:
    """The first morning, with the Soviet phase open."""
    begun = Campaign.start(scenario, seed=1).lead("soviet", "japan")
    assert begun.next_phase() == "soviet"
    return begun


def put(campaign: Campaign, name: str, label: str) -> None:
    row = campaign.unit(name)
    lift_unit(campaign.world, row)
    place_unit(campaign.world, row, campaign.names.hex_of(label))


def test_unseen_enemy_is_not_on_the_map(campaign: Campaign) -> None:
    knowledge = SideKnowledge(campaign, "soviet")
    assert knowledge.sightings() == []
    assert not knowledge.sees(campaign.names.hex_of("h006002"))


def test_enemy_seen_from_afar_has_no_name_and_a_size_by_class(campaign: Campaign) -> None:
    put(campaign, "brigade", "h004001")
    (sighting,) = SideKnowledge(campaign, "soviet").sightings()
    assert (sighting.name, sighting.strength, sighting.level) == ("unknown troops", "a brigade", codes.ESTIMATED)
    assert sighting.seen == "in sight"


def test_enemy_beside_ones_own_is_known_by_name_and_about_its_men(campaign: Campaign) -> None:
    put(campaign, "brigade", "h003001")
    knowledge = SideKnowledge(campaign, "soviet")
    (sighting,) = knowledge.at(campaign.names.hex_of("h003001"))
    assert sighting.is_identified
    assert (sighting.name, sighting.strength) == ("80th Brigade", "about 4,000-6,000 men")


def test_enemy_gone_out_of_sight_is_shown_with_the_age_of_the_sighting(campaign: Campaign) -> None:
    put(campaign, "brigade", "h003001")
    campaign.world.sight[...] = codes.UNSEEN
    put(campaign, "brigade", "h007000")
    campaign.world.clock["turn"] += 2
    (sighting,) = SideKnowledge(campaign, "soviet").sightings()
    assert sighting.hex == campaign.names.hex_of("h003001")
    assert sighting.seen == "last seen 2 days ago"


def test_who_watches_and_who_plays_without_fog_sees_everything(campaign: Campaign, scenario: Scenario) -> None:
    assert len(SideKnowledge(campaign, None).sightings()) == 2
    clear = Campaign.start(scenario, seed=1, fog=False)
    (sighting,) = SideKnowledge(clear, "soviet").sightings()
    assert (sighting.name, sighting.strength) == ("80th Brigade", "5,000 men")


def test_fog_switched_off_survives_a_save(tmp_path: Path) -> None:
    shipped = load("august_storm")
    for fog in (False, True):
        campaign = Campaign.start(shipped, seed=1, fog=fog)
        save_campaign(campaign, tmp_path / "game.save")
        loaded = load_campaign(tmp_path / "game.save")
        assert loaded.fog is fog
        assert loaded.world.rules["fog"][0] == fog
        assert (loaded.world.sight == campaign.world.sight).all()


def test_refusal_of_a_march_betrays_no_unseen_enemy(campaign: Campaign) -> None:
    """The same words with the brigade in that hex and without it."""
    row = campaign.unit("first")
    campaign.world.units.mp10[row] = 100
    refusals = []
    for where in ("h006001", "h007000"):
        put(campaign, "brigade", where)
        campaign.world.units.seen_hex[:] = -1
        with pytest.raises(OrderError) as refused:
            campaign.give([Move("first", "h006001")])
        refusals.append(str(refused.value.detail))
    assert refusals[0] == refusals[1]


def test_march_into_an_unseen_enemy_halts_and_is_told(campaign: Campaign) -> None:
    campaign.world.units.readiness_permille[campaign.unit("brigade")] = 1000
    put(campaign, "brigade", "h006003")
    row = campaign.unit("first")
    campaign.world.units.mp10[row] = 1000
    events = campaign.give([Move("first", "h007003")])
    assert campaign.world.units.hex[row] in campaign.world.neighbours[campaign.names.hex_of("h006003")]
    assert codes.EVENT_CONTACT in events["kind"]


def test_undo_ends_where_a_march_has_shown_the_enemy(scenario: Scenario) -> None:
    session = Session(Campaign.start(scenario, seed=1), ("soviet",))
    session.advance()
    session.wait()
    assert session.give(Move("first", "h002002")) == ""
    assert session.can_undo
    row = session.campaign.unit("first")
    session.campaign.world.units.mp10[row] = 1000
    before = session.campaign.snapshot().world
    assert session.give(Move("first", "h004002")) == ""
    assert reveals(before, session.campaign.world, "soviet")
    assert not session.can_undo


def test_log_tells_a_side_only_what_it_knows(campaign: Campaign) -> None:
    events = np.array(campaign.world.events[:3])
    events["known_to"] = (1, 2, 3)
    assert events_known("soviet", events)["known_to"].tolist() == [1, 3]
    assert events_known("japan", events)["known_to"].tolist() == [2, 3]
    assert events_known(None, events)["known_to"].tolist() == [1, 2, 3]


def test_hot_seat_looks_through_the_eyes_of_the_side_to_move(scenario: Scenario) -> None:
    session = Session(Campaign.start(scenario, seed=1), ("soviet", "japan"))
    viewers = []
    for _ in range(2):
        session.advance()
        session.wait()
        viewers.append((session.side_to_move, session.viewer))
    assert viewers == [("soviet", "soviet"), ("japan", "japan")]
    assert Session(Campaign.start(scenario, seed=1), ()).viewer is None
