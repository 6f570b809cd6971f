"""Supply on random countries: agreement with slow twins, and what must hold everywhere."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels import codes
from sim.kernels.state import layout
from sim.kernels.supply.allocation import source_tons10
from sim.kernels.supply.flood import flood_supply
from sim.kernels.supply.flood_from_peace import flood_from_peace
from sim.kernels.supply.packed_cost import HEED_ENEMY, trace_reach10
from sim.kernels.supply.phase import explain_supply
from sim.kernels.supply.railheads import list_country
from sim.kernels.supply.step_cost import trace_step_cost, what_cuts
from sim.kernels.supply.trace import next_on_trace
from tests.naive import supply as naive
from tests.support.supply_worlds import at_peace, country, scratch_for, supply

pytestmark = pytest.mark.engine
SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, side=st.integers(0, 1), heed=st.integers(0, 1), limit10=st.sampled_from([0, 150, 1000]))
def test_flood_agrees_with_naive_search(seed: int, side: int, heed: int, limit10: int) -> None:
    world = country(seed)
    flood_supply(world, scratch_for(world), side, limit10, heed, world.supply_cost[side])
    assert naive.costs_of(world, side) == naive.flood_supply(world, side, limit10, heed)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, side=st.integers(0, 1), ground=st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_flood_from_peace_agrees_with_naive_search(seed: int, side: int, ground: list[int]) -> None:
    world = at_peace(country(seed))
    world.clock.ground = ground
    scratch = scratch_for(world)
    n_missing, _ = list_country(world, scratch, side)
    flood_from_peace(world, scratch, side, n_missing, world.supply_cost[side])
    assert naive.costs_of(world, side) == naive.flood_supply(world, side, trace_reach10(world, side), HEED_ENEMY)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, side=st.integers(0, 1))
def test_lines_follow_the_first_of_the_cheapest_ways(seed: int, side: int) -> None:
    world = country(seed)
    supply(world, side)
    cost = naive.costs_of(world, side)
    on_lines = np.flatnonzero(world.line_from[side] >= 0)
    assert {int(world.line_from[side, hex]) for hex in on_lines} <= set(range(6))
    for hex in on_lines.tolist():
        assert world.line_from[side, hex] == naive.direction_home(world, side, hex, cost)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, side=st.integers(0, 1))
def test_step_and_block_agree_with_naive_twins(seed: int, side: int) -> None:
    world = country(seed)
    for hex in range(world.hexes.shape[0]):
        assert (what_cuts(world, side, hex) != codes.SUPPLY_OK) == naive.is_shut(world, side, hex)
        for direction in range(6):
            target = int(world.neighbours[hex, direction])
            if target >= 0:
                expected = naive.step_cost(world, side, hex, direction, target)
                assert trace_step_cost(world, side, hex, direction, target) == expected


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, side=st.integers(0, 1))
def test_stocks_stay_within_bounds_and_sources_give_no_more_than_they_have(seed: int, side: int) -> None:
    world = country(seed)
    before = world.units.copy()
    given10 = sum(source_tons10(world, source) for source in naive.open_sources(world, side))
    supply(world, side)
    units = world.units
    assert np.all((units.fuel10 >= before.fuel10) & (units.fuel10 <= units.fuel_max10))
    assert np.all((units.ammo10 >= before.ammo10) & (units.ammo10 <= units.ammo_max10))
    assert 0 <= world.sides[side].supply_tons10 <= given10
    assert np.all(world.sources.used_tons10 <= [source_tons10(world, source) for source in range(2)])
    others = units.side != side
    assert np.array_equal(units[others], before[others])


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, side=st.integers(0, 1))
def test_lines_lead_home_and_isolation_is_a_small_pocket(seed: int, side: int) -> None:
    world = country(seed)
    supply(world, side)
    for row in world.units:
        if row.side != side:
            continue
        if row.supply_cost == codes.BLOCKED:
            room = naive.pocket(world, side, int(row.hex))
            small = len(room) <= world.rules[0].pocket_hexes
            shut = any(naive.is_shut(world, side, int(n)) for hex in room for n in world.neighbours[hex] if n >= 0)
            assert row.supply_state in (codes.OUT_OF_SUPPLY, codes.ISOLATED)
            assert row.supply_state != codes.ISOLATED or (small and shut)
            assert row.supply_hex < 0 or what_cuts(world, side, row.supply_hex) == row.supply_reason
            continue
        hex, cost = int(row.hex), int(row.supply_cost)
        while next_on_trace(world, side, hex) >= 0:
            hex = int(next_on_trace(world, side, hex))
            assert world.supply_cost[side, hex] < cost
            cost = int(world.supply_cost[side, hex])
        assert hex == world.sources[row.supply_source].hex
        assert cost == 0


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS, side=st.integers(0, 1))
def test_pocket_and_shares_do_not_depend_on_the_order_of_units(seed: int, side: int) -> None:
    world = country(seed)
    order = np.random.default_rng(seed).permutation(world.units.shape[0])
    other = layout.copy_world(world)._replace(units=world.units[order].copy())
    supply(world, side)
    supply(other, side)
    for name in ("supply_hex", "supply_cost", "supply_source"):
        assert np.array_equal(world.units[name][order], other.units[name])
    isolated = world.units.supply_state[order] == codes.ISOLATED
    assert np.array_equal(isolated, other.units.supply_state == codes.ISOLATED)
    assert world.sides[side].supply_tons10 == other.sides[side].supply_tons10


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, side=st.integers(0, 1))
def test_explaining_changes_nothing(seed: int, side: int) -> None:
    world = country(seed)
    scratch = supply(world, side)
    before = layout.copy_world(world)
    for unit in range(world.units.shape[0]):
        if world.units[unit].side == side:
            reason, hex, shortfall_tons10 = explain_supply(world, scratch, unit)
            assert hex < 0 or hex < world.hexes.shape[0]
            assert shortfall_tons10 >= 0
            assert 0 <= reason < len(codes.SUPPLY_REASONS)
    assert all(np.array_equal(mine, other) for mine, other in zip(world, before, strict=True))
