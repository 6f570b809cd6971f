"""The result levels of the campaign are tenths of the score that the record itself would have had."""

import pytest

from sim import scenario
from sim.scenario import Scenario
from sim.scenario.models.history import Loss

PRISONERS, DEAD = "captured", "killed"
ROUNDED = 5


@pytest.fixture(scope="module")
def campaign() -> Scenario:
    return scenario.load("august_storm")


def least(claims: list[Loss], kind: str) -> int:
    """Return the lowest of several claims on one figure."""
    return min(getattr(claim, kind) for claim in claims if getattr(claim, kind) is not None)


def record_score(campaign: Scenario) -> int:
    """Return the score of the record in the game's points: what it dates was taken on its day, nothing else was."""
    victory, losses = campaign.header.victory, campaign.history.losses
    ground = sum(goal.soviet if goal.pace else -goal.japan for goal in victory.objectives.values())
    army = [claim for claim in losses if claim.formation == "jap_kwantung"]
    ours = [claim for claim in losses if claim.formation in ("fe_command", "mpr_army")]
    lost_by_japan = least(army, DEAD) + least(army, PRISONERS)
    lost_by_soviets = sum(claim.killed or 0 for claim in ours)
    points = victory.losses
    return (
        ground
        + lost_by_japan * points.japan_per_1000_men // 1000
        - lost_by_soviets * points.soviet_per_1000_men // 1000
    )


def test_paces_are_the_dates_of_the_record(campaign: Scenario) -> None:
    dates = {row.place: row.date for row in campaign.history.captures}
    goals = campaign.header.victory.objectives
    assert {name: goal.pace for name, goal in goals.items() if goal.pace} == {
        name: dates[name] for name in goals if name in dates
    }


def test_levels_are_tenths_of_the_score_of_the_record(campaign: Scenario) -> None:
    whole = record_score(campaign)
    asked = [level.at_least for level in campaign.header.victory.levels if level.at_least is not None]
    assert asked == pytest.approx([whole * tenths / 10 for tenths in (11, 10, 9, 8, 7, 6, 5)], abs=ROUNDED)


def test_every_level_says_why(campaign: Scenario) -> None:
    assert all(level.note for level in campaign.header.victory.levels)


def test_levels_fall_from_the_side_that_attacks_to_the_side_that_holds(campaign: Scenario) -> None:
    order = ["soviet", "none", "japan"]
    winners = [order.index(level.winner) for level in campaign.header.victory.levels]
    assert winners == sorted(winners)
