"""What a forecast and a look ahead say in words."""

import math
from datetime import date

from sim.game.forecasts.battle_forecast import RESULT_WORDS, Forecast, LossRange, Outcome
from sim.game.forecasts.intervals import Difference, Mean, Proportion
from sim.game.forecasts.lookahead_results import (
    ComparisonView,
    LevelProspect,
    LookAheadView,
    LossProspect,
    ObjectiveChange,
    ObjectiveProspect,
)
from sim.game.orders.answers import Factor
from sim.game.telling.forecast_lines import comparison_lines, factor_lines, look_ahead_lines, promise_lines
from sim.kernels import codes

DAYS = (date(1945, 8, 10), date(1945, 8, 11), date(1945, 8, 12))


def forecast(held: int, battles: int) -> Forecast:
    """Return a forecast in which the defence holds so often, and retreats otherwise."""
    happened = [0, held, battles - held, 0, 0, 0]
    return Forecast(
        odds=2.0,
        factors=(Factor("river", 1.0, 1.0), Factor("works", 1.0, 1.1), Factor("terrain", 0.5, 1.4)),
        outcomes=tuple(
            Outcome(result, words, Proportion(times, battles))
            for result, words, times in zip(codes.RESULTS, RESULT_WORDS, happened, strict=True)
        ),
        enters=Proportion(battles - held, battles),
        clears=Proportion(battles - held, battles),
        attacker=(LossRange("men", "men", 10, 20, 30), LossRange("tanks", "tanks out of action", 0, 0, 0)),
        defender=(LossRange("men", "men", 100, 200, 1300),),
        units_destroyed=0.0,
        battles=battles,
        sentence="Odds of 2.0 to 1.",
    )


def objective(name: str, *taken_by: int) -> ObjectiveProspect:
    """Return a Soviet objective of 100 runs."""
    return ObjectiveProspect(name.lower(), name, "soviet", 10, DAYS, taken_by, Proportion(taken_by[-1], 100))


def look_ahead(done: int = 100) -> LookAheadView:
    """Return what 100 runs say of three places."""
    if not done:
        return LookAheadView(0, 300)
    return LookAheadView(
        done,
        300,
        (objective("Harbin", 0, 60, 96), objective("Kirin", 0, 0, 20), objective("Dairen", 0, 0, 0)),
        (
            LevelProspect("Soviet victory", "soviet", Proportion(100, 100)),
            LevelProspect("draw", "none", Proportion(0, 100)),
        ),
        tuple(LossProspect(side, "men", Mean(1000, 900, 1100, 500, 990, 1500)) for side in codes.SIDES),
        Mean(1500, 1400, 1600, 1200, 1500, 1800),
    )


def test_forecast_tells_what_may_happen_and_the_weightiest_modifier_first() -> None:
    promised = forecast(250, 1000)
    texts = [line.text for line in [*promise_lines(promised), *factor_lines(promised)]]
    assert texts == [
        "Odds of 2.0 to 1.",
        "defender holds: 25 % (22-28)",
        "defender retreats: 75 % (72-78)",
        "attackers take the hex: 75 % (72-78)",
        "attacker loses 20 men (10-30)",
        "defender loses 200 men (100-1,300)",
        "1,000 simulated battles: median and 90 % interval",
        "terrain: attack x 0.50, defence x 1.40",
        "works: defence x 1.10",
    ]


def test_forecast_of_nobody_is_one_line() -> None:
    assert len(promise_lines(forecast(0, 0))) == 1


def test_look_ahead_tells_dates_of_what_is_taken() -> None:
    texts = [line.text for line in look_ahead_lines(look_ahead())]
    assert texts == [
        "100 of 300 campaigns simulated from here",
        "Soviet victory: 100 % (96-100)",
        "Harbin, Soviet: 96 % (90-98), by 11 Aug (11 Aug to 12 Aug)",
        "Kirin, Soviet: 20 % (13-29), not before 12 Aug",
        "Soviet losses from here: 990 men (500-1,500)",
        "Japanese losses from here: 990 men (500-1,500)",
    ]


def test_look_ahead_without_a_run_tells_its_progress_alone() -> None:
    assert [line.text for line in look_ahead_lines(look_ahead(0))] == ["0 of 300 campaigns simulated from here"]
    nothing = ComparisonView(look_ahead(0), look_ahead(0))
    assert [line.text for line in comparison_lines(nothing)] == ["0 of 300 campaigns simulated from here"]


def test_comparison_tells_what_is_sure() -> None:
    clear, unclear = Difference(0.1, 0.02, 0.18), Difference(0.1, -0.02, 0.22)
    seen = ComparisonView(
        look_ahead(),
        look_ahead(),
        tuple(ObjectiveChange(name, name, "soviet", held) for name, held in (("Harbin", clear), ("Kirin", unclear))),
        (("Soviet victory", unclear),),
        (("soviet", "men", Difference(-300, -500, -100)),),
        Difference(40, 10, 70),
    )
    assert [line.text for line in comparison_lines(seen)][1:] == [
        "Soviet lead: +40 (+10 to +70) points",
        "Harbin, Soviet at the end: +10 % (+2 to +18)",
        "Soviet losses: -300 (-500 to -100) men",
    ]


def test_comparison_says_that_nothing_is_sure() -> None:
    seen = ComparisonView(look_ahead(), look_ahead(), score=Difference(1, -5, 7))
    assert comparison_lines(seen)[-1].text == "No clear difference yet."


def test_comparison_of_too_few_campaigns_tells_no_endless_interval() -> None:
    seen = ComparisonView(look_ahead(), look_ahead(), score=Difference(0, -math.inf, math.inf))
    told = [line.text for line in comparison_lines(seen)]
    assert told[1:] == ["Too few campaigns for an interval yet."]
    assert not any("inf" in text for text in told)
