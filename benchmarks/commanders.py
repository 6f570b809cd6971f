"""How strong the computer commanders are, beside how fast: against the weak baseline, on either side.

``python -m benchmarks.commanders`` prints the table. Both campaigns of a pair have the same key, hence the same luck.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from benchmarks.table import Row, show
from sim.game.forecasts.intervals import Proportion, difference_of_means, mean_of
from sim.kernels import codes
from sim.kernels.state import layout
from sim.scenario import load
from sim.scenario.building import build

KEYS = 40
THREADS = 2
ADAPTIVE, BASELINE = codes.COMMANDER_ADAPTIVE, codes.COMMANDER_BASELINE


def scores(static: build.Static, soviet: int, japan: int) -> NDArray[np.int64]:
    """Return the scores (Soviet less Japanese points) of campaigns led by these commanders, by key."""
    from sim.kernels.turn.turn import run_campaign

    def score(key: int) -> int:
        world = build.start(static, build.run_key(1945, key))
        world.sides.commander = (soviet, japan)
        run_campaign(world, layout.new_scratch(len(world.hexes), len(world.units)), int(world.clock.last_turn[0]))
        return int(world.clock.score[0])

    with ThreadPoolExecutor(THREADS) as pool:
        return np.array(list(pool.map(score, range(KEYS))))


def rows() -> list[Row]:
    """Return how often the commanders of the game do better than the baseline in their place, and by how much."""
    static = build.static(load("august_storm"))
    both = scores(static, ADAPTIVE, ADAPTIVE)
    usual = mean_of(both)
    found = [
        Row("score, both adaptive, mean", usual.mean, "points", f"{usual.low:,.0f} to {usual.high:,.0f}; {KEYS} keys")
    ]
    for side, weak in (
        ("Soviet", scores(static, BASELINE, ADAPTIVE)),
        ("Japanese", scores(static, ADAPTIVE, BASELINE)),
    ):
        gain = both - weak if side == "Soviet" else weak - both
        won = Proportion(int((gain > 0).sum()), KEYS)
        worth = difference_of_means(np.zeros(KEYS), gain)
        found += [
            Row(f"{side} wins over baseline", 100 * won.share, "%", f"{100 * won.low:.0f} to {100 * won.high:.0f} %"),
            Row(f"{side} gain over baseline", worth.mean, "points", f"{worth.low:,.0f} to {worth.high:,.0f}"),
        ]
    return found


if __name__ == "__main__":
    show("Commanders against the weak baseline", rows())
