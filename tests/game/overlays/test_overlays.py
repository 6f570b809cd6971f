"""What the layers show, on tiny worlds: hexes, lines and marks."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from sim.game.orders.marches import look_around
from sim.game.overlays import enemy, ground, movement, plans, record
from sim.game.overlays.shapes import Overlay
from sim.game.overlays.supply import flows_tons, supply
from sim.kernels import codes
from sim.kernels.state import layout
from sim.scenario.models.history import Capture
from tests.support import supply_worlds as supplyworlds
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine

SOVIET, JAPAN = codes.SOVIET, codes.JAPANESE
FIELD = "\n".join(["." * 10] * 6)


def hexes(overlay: Overlay, look: str) -> set[int]:
    return {hex for fill in overlay.fills if fill.look == look for hex in fill.hexes.tolist()}


def signs(overlay: Overlay) -> list[str]:
    return [mark.sign for mark in overlay.marks]


def unit(side: int, col: int, row: int, **fields: object) -> dict[str, object]:
    return {"side": side, "hex": (col, row), **fields}


def divided() -> layout.World:
    world = small_world(FIELD)
    columns = np.arange(60) % 10
    world.hexes.holder_start = np.where(columns < 5, SOVIET, JAPAN)
    world.holder[:] = np.where(columns < 7, SOVIET, JAPAN)
    return world


def test_control_tells_held_ground_from_ground_that_was_taken():
    overlay = ground.control(divided())
    assert hexes(overlay, "taken_soviet") == {hex for hex in range(60) if 5 <= hex % 10 < 7}
    assert hexes(overlay, "held_japan") == {hex for hex in range(60) if hex % 10 >= 7}


def test_control_draws_the_front_now_and_at_the_start_in_different_places():
    overlay = ground.control(divided())
    middle = {look: np.vstack([s.points for s in overlay.strokes if s.look == look])[:, 0].mean() for look in
              ("front_now", "front_start")}  # fmt: skip
    assert middle["front_now"] - middle["front_start"] > 2.5


def test_zones_show_felt_and_strong_zones_of_each_side():
    world = small_world(FIELD, [unit(SOVIET, 2, 2), unit(JAPAN, 7, 3)])
    overlay = ground.zones(world)
    assert 22 in hexes(overlay, "zone_soviet") | hexes(overlay, "zone_soviet_strong")
    assert 37 in hexes(overlay, "zone_japan") | hexes(overlay, "zone_japan_strong")
    assert not hexes(overlay, "zone_soviet") & hexes(overlay, "zone_soviet_strong")


def test_zones_show_of_the_enemy_only_what_is_known():
    world = small_world(FIELD, [unit(SOVIET, 2, 2), unit(JAPAN, 7, 3)])
    known = world.layers.copy()
    known.zone[:, JAPAN] = 0
    overlay = ground.zones(world, SOVIET, known)
    assert not hexes(overlay, "zone_japan") | hexes(overlay, "zone_japan_strong")
    assert hexes(overlay, "zone_soviet") | hexes(overlay, "zone_soviet_strong")


def test_weather_shows_sky_and_ground_of_each_region():
    world = small_world(FIELD)
    world.hexes.region = np.where(np.arange(60) % 10 < 5, codes.REGION_WEST, codes.REGION_EAST)
    world.clock.sky[0, codes.REGION_EAST] = codes.HEAVY_RAIN
    world.clock.ground[0, codes.REGION_EAST] = codes.FLOODED
    overlay = ground.weather(world)
    assert hexes(overlay, "sky_heavy_rain") == hexes(overlay, "ground_flooded") == {h for h in range(60) if h % 10 >= 5}
    assert [mark.words for mark in overlay.marks] == ["West: clear, dry roads", "East: heavy rain, flooded valleys"]


def test_movement_shows_each_hex_in_reach_once_with_its_cost():
    world = small_world(FIELD, [unit(SOVIET, 4, 2)])
    march = look_around(world, supplyworlds.scratch_for(world), 0)
    overlay = movement.movement(world, march)
    shown = [hex for fill in overlay.fills if fill.look != "march_shut" for hex in fill.hexes.tolist()]
    assert sorted(shown) == sorted(march.left_mp10)
    assert sorted(mark.words for mark in overlay.marks) == sorted(
        f"{march.cost_mp10[hex] / 10:.1f}" for hex in march.left_mp10
    )


def test_movement_without_a_unit_says_what_to_do():
    assert "Select one of your units" in movement.movement(small_world(FIELD), None).note


def test_supply_lines_carry_all_that_hangs_on_them():
    world = supplyworlds.corridor([supplyworlds.tank(4), supplyworlds.tank(9)])
    supplyworlds.supply(world)
    tons = flows_tons(world, SOVIET)
    road = supplyworlds.ROAD
    assert tons[road + 2] == 2 * 27.0
    assert tons[road + 7] == 27.0


def test_supply_marks_where_a_line_is_cut_and_the_unit_behind_it():
    enemy_unit = {"side": JAPAN, "hex": (6, 2), "branch": codes.INFANTRY}
    world = supplyworlds.corridor([supplyworlds.tank(11), enemy_unit])
    for row in range(5):
        world.holder[row * supplyworlds.COLS + 6] = JAPAN
    supplyworlds.supply(world)
    overlay = supply(world, SOVIET, 0)
    assert "cut" in signs(overlay)
    assert {"supply_out", "supply_isolated"} & set(signs(overlay))
    assert "line_broken" in {stroke.look for stroke in overlay.strokes}
    assert world.units[0].hex in hexes(overlay, "supply_none")


def test_supply_range_falls_in_bands_away_from_the_source():
    world = supplyworlds.corridor([supplyworlds.tank(4)])
    supplyworlds.supply(world)
    world.rules.line_comfort10[0, SOVIET] = 30
    overlay = supply(world, SOVIET)
    cost = world.supply_cost[SOVIET]
    assert hexes(overlay, "supply_full") == set(np.flatnonzero(cost <= 30).tolist())
    assert hexes(overlay, "supply_half") == set(np.flatnonzero((cost > 30) & (cost <= 60)).tolist())


def planned(holder: int) -> Overlay:
    world = small_world(FIELD, [unit(SOVIET, 1, 2, axis=0)])
    world.axes.side, world.axes.role, world.axes["first"], world.axes["count"] = SOVIET, codes.ROLE_MAIN, 0, 1
    world.objectives.hex, world.objectives.due_turn, world.objectives.weight = 28, 4, 80
    world.places.hex, world.places.holder = 28, holder
    away = abs(np.arange(60) % 10 - 8) + abs(np.arange(60) // 10 - 2)
    world.cost_to_go[:] = away * 10
    names = SimpleNamespace(date_of=lambda turn: date(1945, 8, 8 + turn))
    return plans.plans(world, names, (SOVIET,))


def test_a_plan_is_an_arrow_from_the_troops_to_the_objective_with_its_date():
    overlay = planned(JAPAN)
    (arrow,) = overlay.strokes
    assert arrow.look == "axis_main"
    assert arrow.points[0][0] < 3
    assert arrow.points[-1][0] == 1 + 1.5 * 8
    assert [(mark.sign, mark.words) for mark in overlay.marks] == [("goal_open", "by 12 Aug")]


def test_an_objective_in_own_hands_has_another_sign():
    assert signs(planned(SOVIET)) == ["goal_held"]


def test_the_enemys_plan_is_not_shown():
    world = small_world(FIELD)
    world.axes.side, world.axes["count"] = JAPAN, 1
    names = SimpleNamespace(date_of=lambda turn: date(1945, 8, 9))
    assert plans.plans(world, names, (SOVIET,)).marks == ()


def test_strength_is_greatest_where_the_enemy_stands_and_fades_around():
    world = small_world(FIELD, [unit(JAPAN, 4, 2), unit(SOVIET, 0, 0)])
    heat = enemy.spread_out(world, world.layers.power[:, JAPAN].astype(float))
    near, far = int(world.neighbours[24, 0]), 59
    assert heat[24] > heat[near] > heat[far] == 0
    assert [mark.sign for mark in enemy.strength(world, SOVIET).marks] == ["power_known"]


def test_strength_that_is_estimated_says_so():
    world = small_world(FIELD, [unit(JAPAN, 4, 2)])
    overlay = enemy.strength(world, SOVIET, world.layers, np.ones(60, np.bool_))
    assert [mark.words.startswith("about ") for mark in overlay.marks] == [True]


def test_a_threat_names_the_odds_against_the_hex_that_can_be_struck():
    world = small_world(FIELD, [unit(SOVIET, 2, 2, men=2000, guns=0), unit(JAPAN, 4, 2), unit(SOVIET, 9, 5)])
    overlay = enemy.threats(world, enemy.work_space(world), SOVIET)
    odds = world.layers.power[24, JAPAN] / world.layers.power[22, SOVIET]
    assert [mark.words for mark in overlay.marks if mark.words][:1] == [f"{odds:.1f}"]
    assert 22 in set().union(*(hexes(overlay, look) for look, _ in enemy.ODDS))


def test_a_unit_of_which_nothing_is_known_threatens_nobody():
    world = small_world(FIELD, [unit(SOVIET, 2, 2), unit(JAPAN, 4, 2)])
    overlay = enemy.threats(world, enemy.work_space(world), SOVIET, np.zeros(2, np.bool_))
    assert overlay.marks == ()


def recorded(day: int, second_hex: int = 27) -> Overlay:
    world = small_world("\n".join(["." * 40] * 6), n_places=2)
    world.holder[:] = world.hexes.holder_start = JAPAN
    world.places.hex[:] = (122, 120 + second_hex - 20)
    names = SimpleNamespace(place_rows={"a": 0, "b": 1}, place_names=("A", "B"))
    captures = (
        Capture(place="a", date=date(1945, 8, 10), confidence="sourced"),
        Capture(place="b", date=date(1945, 8, 15), confidence="recalled"),
    )
    return record.record(world, names, captures, date(1945, 8, day), 15.0)


def test_the_record_marks_fallen_and_standing_places_with_their_dates():
    assert [(mark.sign, mark.words) for mark in recorded(12).marks] == [("fell", "10 Aug"), ("stood", "15 Aug?")]
    assert signs(recorded(10)) == ["fell_today", "stood"]


def test_the_record_draws_a_line_only_between_a_fallen_and_a_standing_place():
    assert recorded(12).strokes
    assert not recorded(9).strokes
    assert not recorded(15).strokes


def test_the_record_draws_no_line_between_places_far_apart():
    assert not recorded(12, second_hex=58).strokes
