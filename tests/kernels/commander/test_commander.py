"""The computer commanders: strength against the weak baseline, and reasons that can be asked for."""

import statistics

import numpy as np
import pytest

from sim.kernels import codes
from tests.support import campaigns

pytestmark = pytest.mark.engine
SEEDS = range(6)


def _scores(soviet: int, japan: int) -> list[int]:
    return [int(campaigns.played(seed, soviet, japan).clock.score[0]) for seed in SEEDS]


def test_adaptive_commander_beats_the_baseline_from_either_side() -> None:
    adaptive, baseline = codes.COMMANDER_ADAPTIVE, codes.COMMANDER_BASELINE
    both = _scores(adaptive, adaptive)
    weak_soviet = _scores(baseline, adaptive)
    weak_japan = _scores(adaptive, baseline)
    assert min(both) > max(weak_soviet)
    assert statistics.mean(weak_japan) > statistics.mean(both)
    assert sum(weak > usual for weak, usual in zip(weak_japan, both, strict=True)) >= 5


def test_every_unit_on_the_map_has_a_reason_for_its_order() -> None:
    world = campaigns.played(0)
    placed = (world.units.status == codes.ACTIVE) & (world.units.hex >= 0)
    assert (world.units.reason[placed] != codes.REASON_NONE).all()


def test_nobody_runs_dry_by_accident() -> None:
    dry: list[int] = []

    def look(world):  # type: ignore[no-untyped-def]
        motor = np.isin(world.units.mobility, (codes.WHEELED, codes.MOTORISED, codes.TRACKED))
        placed = (world.units.status == codes.ACTIVE) & (world.units.hex >= 0) & (world.units.side == codes.SOVIET)
        dry.append(int((placed & motor & (world.units.fuel10 == 0)).sum()))

    campaigns.play(campaigns.fresh(3), look)
    assert max(dry) <= 2
