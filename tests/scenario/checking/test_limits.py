"""Limits that follow from others: the engine relies on them without asking."""

import numpy as np
import pytest

from sim.kernels.rulebook.rules import SECTIONS
from sim.kernels.state import dtypes
from sim.kernels.supply.packed_cost import CLOSED
from sim.scenario.checking.rules import limits
from sim.scenario.models import limits as files


def test_no_range_of_supplies_reaches_through_what_is_shut():
    (field,) = (field for field in SECTIONS["supply"] if field.name == "line_range10")
    assert limits(field)[1] + files.MOST_LORRIES10 < CLOSED


@pytest.mark.parametrize(
    ("most", "record", "field"),
    [
        (files.MOST_COUNT, dtypes.UNIT, "men"),
        (files.MOST_PIECES, dtypes.UNIT, "guns"),
        (files.MOST_TONS * 10, dtypes.SOURCE, "used_tons10"),
        (files.MOST_POINTS, dtypes.PLACE, "points"),
        (files.MOST_ROWS, dtypes.UNIT, "next_in_hex"),
        (files.MOST_ROWS, dtypes.HEX, "place"),
        (files.MOST_ROWS, dtypes.AXIS, "first"),
        (files.MOST_HEXES, dtypes.UNIT, "hex"),
        (files.MOST_LORRIES10, dtypes.FORMATION, "trucks_range"),
        (files.INT32, dtypes.CLOCK, "level_score"),
        (3660 + 365, dtypes.UNIT, "arrival_turn"),
    ],
)
def test_records_hold_the_most_that_files_may_say(most, record, field):
    assert most <= np.iinfo(record[field].base).max
