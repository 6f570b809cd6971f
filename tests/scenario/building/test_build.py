"""Checked scenarios become arrays: the tiny one number by number, the shipped one as a whole."""

import datetime
import re
import subprocess
import sys

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.kernels import codes
from sim.kernels.state import layout
from sim.scenario import Scenario, digest, load, validate
from sim.scenario.building import build
from sim.scenario.building.rules import triangular
from sim.scenario.checking.rules import Draw
from tests.support import tiny
from tests.support.places import ROOT

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def scenario(tmp_path_factory) -> Scenario:
    return load(tiny.write_scenario(tmp_path_factory.mktemp("scenarios") / "tiny"))


@pytest.fixture(scope="module")
def static(scenario: Scenario) -> build.Static:
    return build.static(scenario)


@pytest.fixture(scope="module")
def shipped() -> Scenario:
    return load("august_storm")


@pytest.fixture(scope="module")
def shipped_static(shipped: Scenario) -> build.Static:
    return build.static(shipped)


def test_names_follow_the_rows(static):
    names = static.names
    assert names.units == ("first", "second", "rear", "brigade", "distant")
    assert names.places == ("otpor", "hailar")
    assert names.axes == ("main", "left", "hold")
    assert [names.army(row) for row in range(5)] == ["army", "army", "front", "garrison", "garrison"]
    assert names.hex_label(names.hex_of("h006002")) == "h006002"
    assert names.date_of(3) == datetime.date(1945, 8, 11)


def test_units_stand_as_the_files_say(static):
    units = static.template.units
    assert units.status.tolist() == [codes.ACTIVE, codes.PENDING, codes.OFF_MAP, codes.ACTIVE, codes.OFF_MAP]
    assert units.hex.tolist() == [10, -1, -1, 22, -1]
    assert units.arrival_hex.tolist() == [10, 9, -1, 22, -1]
    assert units.arrival_turn.tolist() == [1, 3, 1, 1, 1]
    assert units.box.tolist() == [-1, -1, -1, -1, 0]
    assert units.side.tolist() == [0, 0, 0, 1, 1]
    first = units[0]
    assert (first.men, first.men_start, first.guns, first.guns_start) == (8800, 8800, 140, 140)
    assert first.tanks.tolist() == first.tanks_start.tolist() == [3, 10, 0, 0, 0]
    assert units[3].readiness_permille == 150
    rule = static.template.rules[0]
    assert first.fuel10 == first.fuel_max10 == rule.fuel_max10[codes.FOOT]
    assert first.ammo10 == first.ammo_max10 == rule.ammo_max10[codes.INFANTRY]


def test_need_follows_the_men(static):
    units, rule = static.template.units, static.template.rules[0]
    usual = int(rule.need_tons10[codes.INFANTRY])
    assert units.supply_need_tons10[:2].tolist() == [usual * 8800 // 6600, usual * 4400 // 6600]
    assert units.supply_need_tons10[3] == usual


def test_chain_of_command(static):
    formations, units = static.template.formations, static.template.units
    assert formations.parent.tolist() == [-1, 0, 1, -1]
    assert formations.support_men.tolist() == [30000, 0, 0, 0]
    assert units.formation.tolist() == [2, 1, 0, 3, 3]
    assert units.army.tolist() == [1, 1, 0, 3, 3]


def test_unit_follows_its_own_axis_before_that_of_its_army(static):
    assert static.template.units.axis.tolist() == [1, 0, -1, 2, 2]
    axes, objectives = static.template.axes, static.template.objectives
    assert axes.role.tolist() == [codes.ROLE_MAIN, codes.ROLE_SUPPORT, codes.ROLE_HOLD]
    assert axes.release_turn.tolist() == [1, 2, 1]
    assert axes.formation.tolist() == [1, -1, 3]
    assert objectives.due_turn.tolist() == [3, -1, -1]
    assert objectives.weight.tolist() == [90, 20, 10]


def test_objectives_in_one_hex_share_a_field(static):
    template = static.template
    assert [int(row.field) for row in template.objectives] == [0, 0, 0]
    assert template.cost_to_go.shape == (2, 32)
    assert template.cost_to_go[0, 22] == 0
    assert 0 < template.cost_to_go[0, 21] < template.cost_to_go[0, 20] < codes.BLOCKED
    assert template.cost_to_go[1, 7] == codes.BLOCKED  # the sea


def test_ground_and_holders(static):
    hexes = static.template.hexes
    assert static.template.holder[:8].tolist() == [0, 0, 0, 1, 1, 1, 1, codes.NEITHER]
    assert hexes[22].features & codes.FLAG_FORTRESS
    assert (hexes[22].fort_permille, hexes[22].town, hexes[22].place) == (900, 3, 1)
    assert hexes[6].features & codes.FLAG_COAST
    assert not hexes[4].features & codes.FLAG_COAST
    assert static.template.layers.occupant[22] == codes.JAPANESE


def test_places_points_and_pace(static):
    place = static.template.places[1]
    assert (place.hex, place.holder, place.points.tolist(), place.pace_turn) == (22, codes.JAPANESE, [20, 7], 3)


def test_clock_and_levels(static):
    clock = static.template.clock[0]
    assert (clock.turn, clock.last_turn, clock.first_side, clock.winner) == (1, 4, codes.SOVIET, codes.NEITHER)
    assert clock.n_levels == 2
    assert clock.level_score[0] == 10
    assert clock.level_winner[:2].tolist() == [codes.SOVIET, codes.JAPANESE]


def test_run_key_is_that_of_the_seed_sequence():
    expected = np.random.SeedSequence(7, spawn_key=(3,)).generate_state(1, np.uint64)[0]
    assert build.run_key(7, 3) == int(expected)
    assert build.run_key(7, 3) != build.run_key(7, 4)


def test_runs_share_what_is_static_and_own_the_rest(static):
    one, two = build.start(static, 1), build.start(static, 2)
    for name, first, second, shared in zip(layout.World._fields, one, two, static.template, strict=True):
        assert type(first) is type(shared)
        assert np.shares_memory(first, second) == (name in layout.STATIC), name
    assert (one.clock.key[0], two.clock.key[0]) == (1, 2)
    assert static.template.clock.key[0] == 0


def test_distribution_is_drawn_once_per_run_and_play_uses_the_mode(tmp_path):
    tiny.write_scenario(tmp_path / "tiny")
    patch = "movement:\n  {}: {{value: {{low: {}, mode: {}, high: {}}}, note: test}}\n"
    for name, low, mode, high in (("rail_repair_days", 0, 30, 60), ("craft_cost_mp10", 10, 400, 900)):
        mod = tiny.write_mod(tmp_path / name, rules=patch.format(name, low, mode, high))
        shared = build.static(load(mod))
        values = [int(build.start(shared, key).rules[0][name]) for key in range(30)]
        again = [int(build.start(shared, key).rules[0][name]) for key in range(30)]
        assert values == again
        assert len(set(values)) > 5
        assert all(low <= value <= high for value in values)
        assert build.start(shared, 5, draw=False).rules[0][name] == mode


def test_supply_of_a_source_may_be_drawn(tmp_path):
    text = tiny.SCENARIO.replace("tons_per_day: 900", "tons_per_day: {low: 100, mode: 500, high: 900}")
    shared = build.static(load(tiny.write_scenario(tmp_path / "tiny", scenario=text)))
    assert shared.template.sources.tons[0] == 500
    assert len({int(build.start(shared, key).sources.tons[0]) for key in range(20)}) > 5


def test_readiness_of_a_unit_may_be_drawn(tmp_path):
    text = tiny.FORCES.replace("readiness: 0.15", "readiness: {low: 0.1, mode: 0.15, high: 0.6}")
    shared = build.static(load(tiny.write_scenario(tmp_path / "tiny", forces=text)))
    row = shared.names.units.index("brigade")
    assert shared.template.units.readiness_permille[row] == 150
    worlds = [build.start(shared, key) for key in range(20)]
    drawn = [int(world.units.readiness_permille[row]) for world in worlds]
    assert len(set(drawn)) > 5
    assert all(100 <= value <= 600 for value in drawn)
    powers = [int(world.layers.power[world.units.hex[row], codes.JAPANESE]) for world in worlds]
    assert sorted(powers) == [power for _, power in sorted(zip(drawn, powers, strict=True))]
    assert build.start(shared, 5, draw=False).units.readiness_permille[row] == 150


@pytest.mark.parametrize(
    "wrong", ["1.5", "true", "{low: 0.5, mode: 0.2, high: 0.9}", "{low: 0.5, mode: 0.6, high: 1.9}"]
)
def test_readiness_beyond_reason_is_refused(tmp_path, wrong):
    text = tiny.FORCES.replace("readiness: 0.15", f"readiness: {wrong}")
    with pytest.raises(ScenarioError, match="between 0 and 1"):
        load(tiny.write_scenario(tmp_path / "tiny", forces=text))


def test_pass_has_the_throughput_of_the_map(tmp_path):
    text = tiny.MAP + 'passes:\n  - {place: otpor, throughput_divisions: 1.5, note: "test"}\n'
    hexes = build.static(load(tiny.write_scenario(tmp_path / "tiny", map=text))).template.hexes
    assert np.flatnonzero(hexes.pass_limit10).tolist() == [9]
    assert hexes.pass_limit10[9] == 15


def test_triangular_draw_has_the_right_ends_and_middle():
    draw = Draw(2.0, 3.0, 6.0)
    assert triangular(draw, 0.0) == 2.0
    assert triangular(draw, 0.25) == 3.0
    assert triangular(draw, 1.0) == 6.0
    assert triangular(Draw(4, 4, 4), 0.7) == 4


def test_rules_that_shape_step_costs_are_all_known_to_the_builder():
    source = (ROOT / "sim" / "kernels" / "ground" / "step_cost.py").read_text(encoding="utf-8")
    assert set(re.findall(r"rule\.(\w+)", source)) == build.STEP_COST_RULES


def test_unknown_plan_is_refused(scenario):
    with pytest.raises(ScenarioError, match="no plan 'gone'"):
        build.static(scenario, ["gone"])


def test_digest_knows_data_from_comments(tmp_path):
    one = load(tiny.write_scenario(tmp_path / "one"))
    two = load(
        tiny.write_scenario(
            tmp_path / "two", scenario="# a comment\n" + tiny.SCENARIO.replace("1945-08-09", '"1945-08-09"')
        )
    )
    three = load(tiny.write_scenario(tmp_path / "three", hexes=tiny.hexes().replace("plain,500", "plain,501", 1)))
    assert digest(one) == digest(two)
    assert digest(one) != digest(three)


def test_shipped_scenario_and_mods_are_right():
    assert validate(["august_storm", "no_rain"]) == []


def test_validate_needs_no_numba():
    code = (
        "import sys; from sim.scenario import validate; found = validate(['august_storm']);"
        "assert not found, found; assert 'numba' not in sys.modules; assert 'numpy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_validate_takes_less_than_a_second():
    code = "import time; from sim.scenario import validate; validate(['august_storm']); print(time.process_time())"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT) for _ in range(3)]
    assert min(float(run.stdout) for run in runs) < 1.0


def test_every_unit_of_the_shipped_scenario_belongs_to_an_army_or_a_higher_formation(shipped, shipped_static):
    formations = {formation.id for formation in shipped.forces.formations}
    names = shipped_static.names
    assert [unit for row, unit in enumerate(names.units) if names.army(row) not in formations] == []


def test_shipped_scenario_builds(shipped, shipped_static):
    world = build.start(shipped_static, build.run_key(1945))
    assert len(world.hexes) == 202 * 128
    assert set(shipped_static.names.places) >= {"hailar", "harbin", "mukden", "changchun", "mutanchiang"}
    on_map = world.units[world.units.status == codes.ACTIVE]
    assert len(on_map) > 200
    assert np.all(world.holder[on_map.hex] == on_map.side)
    assert np.all(world.step_cost[0, codes.FOOT, on_map.hex].max(axis=1) > 0)
    assert not np.any(world.holder[world.sources.hex] == codes.NEITHER)
    assert np.array_equal(world.holder[world.sources.hex], world.sources.side)


def test_every_objective_of_the_shipped_plans_can_be_reached(shipped_static):
    world, names = shipped_static.template, shipped_static.names
    stuck = []
    for unit in world.units[world.units.status == codes.ACTIVE]:
        if unit.axis < 0 or unit.mobility == codes.STATIC:
            continue
        axis = world.axes[unit.axis]
        motor = int(unit.mobility in (codes.WHEELED, codes.MOTORISED, codes.TRACKED))
        for row in range(axis.first, axis.first + axis.count):
            objective = world.objectives[row]
            if world.cost_to_go[2 * int(objective["field"]) + motor, unit.hex] >= codes.BLOCKED:
                stuck.append((names.axes[unit.axis], names.places[objective.place], names.hex_label(unit.hex)))
    assert stuck == []


def test_distinct_objective_hexes_have_distinct_fields(shipped_static):
    objectives = shipped_static.template.objectives
    pairs = {(int(hex), int(field)) for hex, field in zip(objectives["hex"], objectives["field"], strict=True)}
    assert len(pairs) == len({hex for hex, _ in pairs}) == len(shipped_static.field_hexes)


def test_a_world_is_small(shipped_static):
    assert sum(array.nbytes for array in shipped_static.template) < 100_000_000
