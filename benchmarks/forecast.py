"""Looking ahead in August 1945: a forecast of an attack, campaigns in the background, and what the window notices."""

import time
from collections.abc import Callable

import numpy as np

from benchmarks.table import Row

DAYS = (1, 3, 6, 10)  # evenings on which every attack that could be made is forecast
FRAME_S = 1 / 60
FRAMES = 300


def rows() -> list[Row]:
    """Return the rows of the forecast's and the look ahead's table."""
    return [*attack_rows(), *campaign_rows()]


def attack_rows() -> list[Row]:
    """Return how long forecasts of 1,000 draws take, for every attack that touching sides could make."""
    from sim.game.campaign import Campaign
    from sim.game.forecasts.battle_forecast import DRAWS, Forecaster
    from sim.kernels import codes

    campaign = Campaign.start("august_storm", seed=1945)
    forecaster = Forecaster(campaign)
    times: list[tuple[float, int]] = []
    for day in range(1, max(DAYS) + 1):
        campaign.step_day()
        world, names = campaign.world, campaign.names
        if day not in DAYS:
            continue
        for target in np.flatnonzero(world.layers["occupant"] == codes.JAPANESE).tolist():
            around = world.neighbours[target]
            ours = (world.units["side"] == codes.SOVIET) & np.isin(world.units["hex"], around[around >= 0])
            units = [names.units[row] for row in np.flatnonzero(ours).tolist()]
            if units:
                forecaster.forecast(names.hex_label(target), units, draws=1)
                began = time.perf_counter()
                forecaster.forecast(names.hex_label(target), units)
                fighting = len(units) + int((world.units["hex"] == target).sum())
                times.append((1000 * (time.perf_counter() - began), fighting))
    spent = sorted(ms for ms, _ in times)
    largest, fighting = max(times, key=lambda one: one[1])
    return [
        Row(f"forecast, {DRAWS:,} draws, median", spent[len(spent) // 2], "ms", f"goal 50 ms; {len(spent)} attacks"),
        Row("forecast, slowest", spent[-1], "ms", "of these"),
        Row("forecast, largest stacks", largest, "ms", f"{fighting} units"),
        Row("draws a millisecond", DRAWS / spent[len(spent) // 2], "", "the battle itself and putting back"),
    ]


def campaign_rows() -> list[Row]:
    """Return how fast a look ahead from the second morning is, and the frames of a window that draws meanwhile."""
    from sim.game.campaign import Campaign
    from sim.game.forecasts.lookahead import LookAhead

    campaign = Campaign.start("august_storm", seed=1945)
    campaign.step_day()
    quiet = frames(lambda: None)
    ahead = LookAhead(campaign, runs=100_000, side="soviet")
    ahead.poll()
    ahead.start()
    while ahead.poll().done < 3:
        time.sleep(0.01)
    began, first = time.perf_counter(), ahead.poll().done
    busy = frames(ahead.poll)
    done, spent = ahead.poll().done - first, time.perf_counter() - began
    polls = []
    for _ in range(20):
        time.sleep(0.1)
        start = time.perf_counter()
        ahead.poll()
        polls.append(1000 * (time.perf_counter() - start))
    ahead.cancel()
    ahead.wait()
    return [
        Row("campaigns a second, in the background", done / spent, "", "beside a window that draws 60 frames a second"),
        Row("frame of 8 ms in Python, 99th percentile", quiet, "ms", "nothing in the background"),
        Row("the same beside a look ahead", busy, "ms", "goal under 16.7 ms"),
        Row("poll with new results, slowest", max(polls), "ms", f"{len(polls)} polls"),
    ]


def frames(each: Callable[[], object]) -> float:
    """Return the 99th percentile of what a frame takes that keeps the interpreter busy for 8 ms of its own time."""
    taken = []
    for _ in range(FRAMES):
        began = time.perf_counter()
        worked = time.thread_time()
        each()
        while time.thread_time() - worked < 0.008:
            sum(range(200))
        taken.append(time.perf_counter() - began)
        time.sleep(max(0.0, FRAME_S - taken[-1]))
    return 1000 * sorted(taken)[FRAMES * 99 // 100]


if __name__ == "__main__":
    from benchmarks.table import show

    show("Looking ahead", rows())
