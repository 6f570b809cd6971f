"""A row of the table is all that a column needs: schema, values, documents and comparisons follow from it."""

import numpy as np
import pyarrow as pa
import pytest

from sim.batch.running import measures
from sim.batch.storage import columns
from sim.batch.storage.columns import Finished, run_values
from sim.game.campaign import Campaign
from sim.kernels import codes
from sim.kernels.turn.evening_record import N_FIGURE
from tests.support.tiny import write_scenario
from tools import batch_columns

pytestmark = pytest.mark.engine


@pytest.fixture
def finished(tmp_path) -> Finished:
    """Return a campaign of the tiny scenario before its first day."""
    campaign = Campaign.start(write_scenario(tmp_path))
    return Finished(campaign.scenario, campaign.world, 3)


def test_a_new_column_of_runs_is_one_row(finished: Finished, monkeypatch: pytest.MonkeyPatch) -> None:
    fuel = columns.Column("fuel_left", pa.int32(), "fuel left, tons", lambda run: run.turns * 7, "fuel left", "men")
    monkeypatch.setattr(columns, "RUNS", (*columns.RUNS, fuel))
    monkeypatch.setitem(columns.TABLES, "runs", columns.RUNS)
    assert run_values(finished)["fuel_left"] == 21
    assert "| `fuel_left` | fuel left, tons |" in batch_columns.table("runs")


def test_columns_that_are_compared_become_measures() -> None:
    compared = [column for column in columns.RUNS if column.compared_as]
    found = {one.name: one for one in measures.measures({})}
    assert [column.name for column in compared] == ["soviet_tanks"]
    for column in compared:
        assert (found[column.name].title, found[column.name].unit) == (column.compared_as, column.unit)


def test_losses_of_every_nation_are_those_of_its_units(finished: Finished) -> None:
    finished.world.units["killed"][0] = 11
    nation = codes.NATIONS[int(finished.world.units["nation"][0])]
    values = run_values(finished)
    assert values[f"{nation}_killed"] == 11
    assert sum(values[f"{name}_killed"] for name in codes.NATIONS) == int(finished.world.units["killed"].sum())


def test_fuel_is_null_where_nothing_burns_it() -> None:
    figures = np.zeros((N_FIGURE, 2), np.int32)
    figures[columns.record.FIGURE_FUEL10], figures[columns.record.FIGURE_FUEL_MAX10] = (0, 250), (0, 1000)
    at = [column.name for column in columns.DAILY if column.value is not None].index("fuel_permille")
    assert columns.daily_values(figures)[at].to_pylist() == [None, 250]


def test_no_column_stands_twice() -> None:
    for table in columns.TABLES.values():
        names = [column.name for column in table]
        assert len(names) == len(set(names)) >= 6
