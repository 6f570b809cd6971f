"""Events and reasons become sentences, days become a story of 80 columns, outcomes stand beside the record."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.game.campaign import Campaign
from sim.game.records import digests, outcome
from sim.game.telling.story import Storyteller, remember
from sim.game.telling.verdict import verdict
from sim.game.wording import sentences, unit_names
from sim.game.wording.hex_distance import spread
from sim.game.wording.report_lines import WIDTH, paragraph
from sim.game.wording.views import Views, listing
from sim.kernels import codes
from sim.kernels.ground.grid import neighbour_table
from sim.kernels.state import layout
from sim.scenario import Scenario, load
from tests.support.worlds import small_world

pytestmark = pytest.mark.slow

TOLD_KINDS = [kind for kind in range(len(codes.EVENT_KINDS)) if kind != codes.EVENT_SORTIE]


@pytest.fixture
def world() -> layout.World:
    """Return six hexes in a row, the western two Soviet, with a place at each end and a unit of either side."""
    made = small_world(
        "......",
        units=[
            {"side": codes.SOVIET, "hex": (4, 0)},
            {"side": codes.JAPANESE, "nation": codes.NATION_MANCHUKUO, "hex": (5, 0)},
        ],
        n_places=2,
    )
    made.holder[:] = made.hexes.holder_start = (0, 0, 1, 1, 1, 1)
    made.places.hex = (0, 5)
    made.formations.level = codes.LEVEL_FRONT
    return made


@pytest.fixture
def views(world: layout.World) -> Views:
    """Return the names of that world."""
    names: Any = SimpleNamespace(
        units=("sov_1rd", "mck_1"),
        unit_names=("1st Rifle Division (reserve)", "1st Manchukuo Brigade"),
        formations=("sov_1f", "jap_1a"),
        formation_names=("1st Front (Ivanov)", "1st Army"),
        places=("west", "east"),
        place_names=("Westville", "Easton"),
    )
    return Views(world, names, 15.0)


def log(world: layout.World, kind: int, *values: int) -> Any:
    """Append an event and return it."""
    event = world.events[world.clock[0].n_events]
    event.turn, event.kind = world.clock[0].turn, kind
    event.subject, event.object, event.hex, event.a, event.b = values
    world.clock[0].n_events += 1
    return event


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the shipped scenario."""
    return load("august_storm")


@pytest.mark.parametrize("kind", TOLD_KINDS, ids=[codes.EVENT_KINDS[kind] for kind in TOLD_KINDS])
def test_every_kind_of_event_has_a_sentence(views: Views, world: layout.World, kind: int) -> None:
    said = sentences.sentence(views, log(world, kind, 0, 1, 5, 1, 1))
    assert said.endswith(".")
    assert "{" not in said
    assert "  " not in said


def test_sentences_say_who_what_and_where(views: Views, world: layout.World) -> None:
    assert sentences.sentence(views, log(world, codes.EVENT_CAPTURE, 0, 1, 5, 0, 0)) == "1st Front takes Easton."
    battle = log(world, codes.EVENT_BATTLE, 0, 1, 5, 2500, codes.RESULT_ROUT)
    assert (
        sentences.sentence(views, battle) == "1st Rifle Division routs 1st Manchukuo Brigade at Easton (odds 2.5 to 1)."
    )
    gone = log(world, codes.EVENT_DISPERSED, 1, -1, 2, 1200, 0)
    assert sentences.sentence(views, gone) == "1st Manchukuo Brigade disperses 30 km from Westville: 1,200 men go home."


def test_verbs_of_the_log_agree_with_their_subjects(
    views: Views, world: layout.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "unit", lambda row: ("Seishin and Nanam garrisons", "39th Rifle Corps")[row])
    several = log(world, codes.EVENT_SURRENDER, 0, -1, 5, 300, 0)
    assert sentences.sentence(views, several) == "Seishin and Nanam garrisons surrender at Easton: 300 men."
    one = log(world, codes.EVENT_SURRENDER, 1, -1, 5, 300, 0)
    assert sentences.sentence(views, one) == "39th Rifle Corps surrenders at Easton: 300 men."


def test_what_is_only_guessed_is_said_to_be_so(views: Views, world: layout.World) -> None:
    battle = log(world, codes.EVENT_BATTLE, 0, 1, 5, 2000, codes.RESULT_HELD)
    assert sentences.sentence(views, battle, guessed=True).endswith("at Easton (odds about 2 to 1).")
    gone = log(world, codes.EVENT_DISPERSED, 1, -1, 2, 1000, 0)
    assert sentences.sentence(views, gone, guessed=True).endswith("about 1,000 men go home.")
    taken = log(world, codes.EVENT_SURRENDER, 1, -1, 2, 913, 0)
    assert sentences.sentence(views, taken, guessed=True).endswith(": 913 men.")  # prisoners are counted


@pytest.mark.parametrize("code", range(len(codes.REASONS)), ids=codes.REASONS)
def test_every_reason_has_a_sentence(views: Views, world: layout.World, code: int) -> None:
    world.units[0].reason = code
    said = sentences.reason(views, world, 0)
    assert said.startswith("1st Rifle Division ")
    assert said.endswith(".")
    assert "{" not in said


def test_every_result_and_supply_reason_has_words() -> None:
    assert set(sentences.BATTLE_WORDS) == set(range(len(codes.RESULTS)))
    assert len(sentences.SUPPLY_REASON_WORDS) == len(codes.SUPPLY_REASONS)
    assert len(sentences.SKY_WORDS) == len(codes.SKIES)
    assert len(sentences.GROUND_WORDS) == len(codes.GROUNDS)


def test_depth_is_measured_from_the_frontier_of_the_first_morning(views: Views, world: layout.World) -> None:
    assert views.depth_km(world).tolist() == [45.0, 60.0]
    world.units[0].status = codes.SHATTERED
    assert views.depth_km(world)[0] == 0


def test_spread_counts_steps_from_the_nearest_source() -> None:
    neighbours = neighbour_table(5, 1)
    assert spread(np.array([True, False, False, False, False]), neighbours).tolist() == [0, 1, 2, 3, 4]
    assert spread(np.zeros(5, bool), neighbours).tolist() == [-1] * 5


def test_a_day_tells_its_captures_its_fights_and_its_losses(
    views: Views, world: layout.World, scenario: Scenario
) -> None:
    teller = Storyteller(scenario, views)
    evening = remember(views, world)
    log(world, codes.EVENT_CAPTURE, 0, 1, 5, 0, 0)
    log(world, codes.EVENT_BATTLE, 0, 1, 5, 2500, codes.RESULT_RETREAT)
    log(world, codes.EVENT_OUT_OF_FUEL, 0, -1, 4, 0, 0)
    log(world, codes.EVENT_SURRENDER, 1, -1, 5, 700, 0)
    log(world, codes.EVENT_DISPERSED, 1, -1, 5, 900, 0)
    world.units[0].killed, world.units[1].captured = 12, 700
    told = [line.text for line in teller.day(4, evening, world)]
    text = " ".join(" ".join(told).split())
    assert max(map(len, told)) <= WIDTH
    for words in (
        "Day 4 · Sunday, 12 August 1945",
        "Taken: Easton (1st).",
        "At Easton the 1st Rifle Division drives back the 1st Manchukuo Brigade.",
        "The 1st Rifle Division (1st Front) is out of fuel.",
        "At Easton 700 men of the 1st Manchukuo Brigade lay down their arms.",
        "Desertion: 1 Manchukuo unit (900 men) disperses.",
        "Casualties: Soviet 12; Japanese 0, 700 captured.",
    ):
        assert words in text, words


def test_a_siege_is_told_once_and_then_goes_on(views: Views, world: layout.World, scenario: Scenario) -> None:
    teller = Storyteller(scenario, views)
    days = []
    for turn in (1, 2, 3):
        evening = remember(views, world)
        log(world, codes.EVENT_BATTLE, 0, 1, 5, 900, codes.RESULT_HELD)
        told = " ".join(line.text for line in teller.day(turn, evening, world))
        days.append(" ".join(told.split()))
    assert "At Easton the 1st Manchukuo Brigade holds out against the 1st Rifle Division." in days[0]
    assert "The fighting goes on at Easton." in days[1]
    assert "Easton" not in days[2]


def test_the_weightiest_event_leads_the_day_and_is_not_told_twice(
    views: Views, world: layout.World, scenario: Scenario
) -> None:
    teller = Storyteller(scenario, views)
    evening = remember(views, world)
    world.places.town_size = (1, 4)
    log(world, codes.EVENT_CAPTURE, 0, 1, 5, 0, 0)
    log(world, codes.EVENT_SURRENDER, 1, -1, 5, 3200, 0)
    told = [line.text for line in teller.day(4, evening, world)]
    assert told[2] == "At Easton 3,200 men of the 1st Manchukuo Brigade lay down their arms."
    assert "Taken: Easton (1st)." in told
    assert sum("3,200" in line for line in told) == 1
    told = [line.text for line in Storyteller(scenario, views).day(1, evening, world)]
    assert told[2] == "The offensive begins."


def test_an_army_that_gains_ground_is_told_with_its_depth(
    views: Views, world: layout.World, scenario: Scenario
) -> None:
    world.units[0].hex = 2
    evening = remember(views, world)
    world.units[0].hex = 4
    told = [line.text for line in Storyteller(scenario, views).day(4, evening, world)]
    assert "1st: 1st 45 km (+30)." in told


@pytest.mark.parametrize("turn", [5, 9])
def test_a_siege_ends_with_its_length(views: Views, world: layout.World, scenario: Scenario, turn: int) -> None:
    teller = Storyteller(scenario, views)
    evening = remember(views, world)
    log(world, codes.EVENT_BATTLE, 0, 1, 5, 900, codes.RESULT_HELD)
    teller.day(1, evening, world)
    evening = remember(views, world)
    log(world, codes.EVENT_SURRENDER, 1, -1, 5, 700, 0)
    told = " ".join(" ".join(line.text for line in teller.day(turn, evening, world)).split())
    assert f"lay down their arms after {turn - 1} days." in told


def test_missing_soldiers_are_not_said_to_have_gone_home(views: Views, world: layout.World, scenario: Scenario) -> None:
    evening = remember(views, world)
    world.units[0].deserted, world.units[1].deserted = 80, 700
    told = [line.text for line in Storyteller(scenario, views).day(4, evening, world)]
    assert "Casualties: Soviet 0, 80 missing; Japanese 0, 700 gone home." in told


def test_whole_campaign_fits_the_terminal_and_the_evening(scenario: Scenario) -> None:
    campaign = Campaign.start(scenario, seed=3)
    teller, days = Storyteller(scenario, campaign.views), []
    evening = remember(campaign.views, campaign.world)
    for _ in campaign.days():
        days.append([line.text for line in teller.day(campaign.turns_played, evening, campaign.world)])
        evening = remember(campaign.views, campaign.world)
    days.append([line.text for line in verdict(scenario, campaign.world, campaign.names)])
    said = [line for day in days for line in day]
    assert max(map(len, said)) <= WIDTH
    assert max(map(len, days[:-1])) <= 24
    ids = {name for name in (*campaign.names.units, *campaign.names.formations) if "_" in name}
    assert not ids.intersection(" ".join(said).replace(",", " ").split())
    assert any(line.startswith("The Soviet side holds ") for line in days[-1])


def test_losses_are_counted_by_nation(world: layout.World) -> None:
    world.units[1].deserted, world.units[1].guns_lost, world.units[1].launchers_lost = 40, 3, 1
    counted = outcome.losses(world)
    assert tuple(counted) == codes.NATIONS
    assert counted["manchukuo"]["deserted"] == 40
    assert counted["manchukuo"]["guns"] == 4
    assert not any(counted["japan"].values())


def test_membership_follows_the_chain_of_command() -> None:
    belongs = outcome.membership(np.array([2, 1, 0]), np.array([-1, 0, 1]))
    assert belongs.tolist() == [[1, 1, 1], [1, 1, 0], [1, 0, 0]]


def test_digest_sees_state_and_events_but_not_what_lies_beyond_the_log(world: layout.World) -> None:
    before = digests.state_digest(world)
    world.events[world.clock[0].n_events].a = 9
    assert digests.state_digest(world) == before
    world.units[0].men -= 1
    changed = digests.state_digest(world)
    assert changed != before
    world.units[0].men += 1
    world.held_since_turn[3] = 7
    assert digests.state_digest(world) not in (before, changed)


def test_listing_and_paragraph_read_well() -> None:
    assert listing([]) == ""
    assert listing(["Poli"]) == "Poli"
    assert listing(["a", "b", "c", "d"], most=2) == "a, b and 2 more"
    lines = paragraph("word " * 40, "Label")
    assert lines[0].n_label == len("Label:")
    assert all(len(line.text) <= WIDTH for line in lines)
    assert all(line.text.startswith("   ") for line in lines[1:])


@pytest.mark.parametrize(
    ("name", "short", "plural"),
    [
        ("39th Rifle Corps", "39th Rifle Corps", False),
        ("7th Mechanised Corps troops", "7th Mechanised Corps troops", True),
        ("48th Tank Regiment, heavy SPG regiments 335th, 338th", "48th Tank Regiment", False),
        ("Tank school, tankette companies and depot vehicles", "tank school", False),
        (
            "39th Army self-propelled regiments and divisional SPG battalions",
            "39th Army self-propelled regiments",
            True,
        ),
        ("70th and 82nd Separate Tank Battalions", "70th and 82nd Separate Tank Battalions", True),
    ],
)
def test_names_are_short_and_verbs_agree(name: str, short: str, plural: bool) -> None:
    assert unit_names.brief(name) == short
    assert unit_names.is_plural(short) == plural
    assert unit_names.verb(("waits", "wait"), short) == ("wait" if plural else "waits")


def test_a_campaign_that_is_not_over_is_not_judged(scenario: Scenario) -> None:
    campaign = Campaign.start(scenario, seed=3).run(until=scenario.header.start_date + timedelta(days=1))
    said = [line.text for line in verdict(scenario, campaign.world, campaign.names)]
    assert any(line.startswith("The campaign is not over:") and "10 August" in line for line in said)
    assert not any("Mukden" in line for line in said)
