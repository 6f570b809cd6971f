"""When enough is known: counted over all whole groups from the first, in the order of the runs."""

from sim.batch.running.tally import Tally
from sim.batch.storage.chunks import GROUP_RUNS
from sim.game.forecasts.intervals import Proportion


def counted(groups: list[int]) -> Tally:
    """Return a tally of whole groups, in each of which so many runs say yes."""
    tally = Tally(("victory",), "asked")
    for group, happened in enumerate(groups):
        first = group * GROUP_RUNS
        rows = [
            {"run_id": first + i, "status": "done", "winner": "soviet", "level": "victory"} for i in range(GROUP_RUNS)
        ]
        tally.add(rows, range(first, first + happened))
    return tally


def width(happened: int, trials: int) -> float:
    low, high = Proportion(happened, trials).interval
    return high - low


def test_every_group_so_far_counts() -> None:
    half = GROUP_RUNS // 2
    enough = width(3 * half, 3 * GROUP_RUNS)
    assert enough < width(2 * half, 2 * GROUP_RUNS) < width(half, GROUP_RUNS)
    assert counted([half, half, half]).settled(enough) == 3 * GROUP_RUNS
    assert counted([half, half]).settled(enough) is None


def test_a_group_that_all_agree_in_does_not_settle_what_the_others_left_open() -> None:
    """By the last group alone the interval would be narrow."""
    narrow = width(GROUP_RUNS, GROUP_RUNS)
    assert counted([GROUP_RUNS // 2, GROUP_RUNS]).settled(narrow) is None
    assert counted([GROUP_RUNS]).settled(narrow) == GROUP_RUNS


def test_a_group_under_way_waits_for_its_runs() -> None:
    tally = counted([GROUP_RUNS // 2])
    row = {"run_id": GROUP_RUNS, "status": "done", "winner": "soviet", "level": "victory"}
    tally.add([row])
    assert tally.settled(1.0) == GROUP_RUNS
    assert tally.settled(width(GROUP_RUNS, 2 * GROUP_RUNS)) is None
