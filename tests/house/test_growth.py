"""The enlarged worlds whose cost `make bench` measures: the same war on more ground, or by more and smaller units."""

import numpy as np
import pytest

from benchmarks.growth import enlarged, lengthen, repeat_map, split_units
from sim.kernels.state import layout
from sim.kernels.turn.turn import play_day
from tests.support import campaigns

pytestmark = pytest.mark.engine
DAYS = 3


def played(world: layout.World) -> layout.World:
    scratch = layout.new_scratch(len(world.hexes), len(world.units))
    for _ in range(DAYS):
        play_day(world, scratch)
    return world


def test_the_same_war_is_fought_on_a_map_twice_as_large() -> None:
    plain = played(enlarged(campaigns.static(), lengthen, 1)(0))
    large = played(enlarged(campaigns.static(), repeat_map, 2)(0))
    n_hex = len(plain.hexes)
    assert len(large.hexes) == 2 * n_hex
    for name in ("hex", "men", "killed", "supply_cost", "fuel10", "seen_hex"):
        assert np.array_equal(plain.units[name], large.units[name]), name
    assert np.array_equal(plain.holder, large.holder[:n_hex])
    assert np.array_equal(plain.supply_cost, large.supply_cost[:, :n_hex])


def test_split_units_are_as_strong_together() -> None:
    plain, split = enlarged(campaigns.static(), split_units, 1)(0), enlarged(campaigns.static(), split_units, 2)(0)
    assert len(split.units) == 2 * len(plain.units)
    for name in ("men", "guns", "stack10"):
        assert plain.units[name].sum() == split.units[name].sum()
    played(split)
    assert split.units.men.sum() < split.units.men_start.sum()
