"""A claim beside the runs: on which side of it they lie."""

import numpy as np
import pytest

from sim.batch.reporting.campaigns.losses_and_claims import COLUMNS, Counted
from sim.scenario.models.history import Loss

BELOW = [column.key for column in COLUMNS].index("below")


@pytest.mark.parametrize(("claimed", "share"), [(0, 0.0), (150, 0.25), (200, 0.25), (350, 0.75), (1000, 1.0)])
def test_runs_below_are_those_that_lost_less_than_the_claim(claimed: int, share: float) -> None:
    runs = np.array([100, 200, 300, 400])
    claim = Loss.model_construct(killed=claimed, until=None, source="", confidence="", note="")
    assert Counted("Soviet", "killed", runs, claim).row()[BELOW] == share


def test_without_a_claim_no_run_lies_below_it() -> None:
    assert Counted("Soviet", "killed", np.array([100, 200])).row()[BELOW] is None
