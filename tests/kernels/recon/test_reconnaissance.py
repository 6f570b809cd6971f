"""Fog of war: what is seen, what is remembered, and that nobody acts on more."""

import numpy as np
import pytest

from sim.kernels import codes, orders
from sim.kernels.commander import command_side
from sim.kernels.control import stacks
from sim.kernels.events import log_event
from sim.kernels.ground.grid import distance_hexes
from sim.kernels.movement import movement
from sim.kernels.recon import reconnaissance
from sim.kernels.state import layout
from sim.kernels.turn import turn
from tests.naive import reconnaissance as naive
from tests.naive.random_worlds import random_world
from tests.support import campaigns, skirmish
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine
SOVIET, JAPANESE = codes.SOVIET, codes.JAPANESE
PLAIN = "\n".join(["." * 20] * 5)
ROW = 40  # the third row begins with this hex


def fogged(drawing: str, units: list[dict[str, object]]) -> layout.World:
    """Return a small world under fog of war in which both sides have looked round."""
    world = small_world(drawing, units)
    return looked_round(world)


def looked_round(world: layout.World) -> layout.World:
    world.rules.fog = 1
    stacks.refresh_layers(world)
    for side in (SOVIET, JAPANESE):
        reconnaissance.reconnoitre(world, side)
    return world


def scratch_for(world: layout.World) -> layout.Scratch:
    return layout.new_scratch(len(world.hexes), len(world.units))


def soviet(hex: int, **more: object) -> dict[str, object]:
    return {"side": SOVIET, "branch": codes.INFANTRY, "mobility": codes.FOOT, "hex": hex, **more}


def japanese(hex: int, **more: object) -> dict[str, object]:
    return {"side": JAPANESE, "branch": codes.INFANTRY, "mobility": codes.FOOT, "hex": hex, **more}


def put(world: layout.World, unit: int, hex: int) -> None:
    stacks.lift_unit(world, unit)
    stacks.place_unit(world, unit, hex)


@pytest.mark.parametrize("seed", range(25))
def test_sight_equals_the_naive_one(seed: int) -> None:
    world = random_world(seed, 6)
    world.units.aircraft = 5
    world.clock[0].sky[:] = np.random.default_rng(seed).integers(0, 3, 4)
    looked_round(world)
    for side in (SOVIET, JAPANESE):
        expected = [naive.sight_of(world, side, hex) for hex in range(len(world.hexes))]
        assert world.sight[side].tolist() == expected


@pytest.mark.parametrize("n_cols", [1, 2, 17, 24])
@pytest.mark.parametrize("seed", range(3))
def test_aircraft_see_what_the_naive_ones_do_over_large_maps_and_to_their_edges(seed: int, n_cols: int) -> None:
    draw, n_rows = np.random.default_rng(seed), 19
    drawing = "\n".join("".join(draw.choice(list("..shfFmMw~"), n_cols)) for _ in range(n_rows))
    stacks = sorted({0, n_cols * n_rows - 1, int(draw.integers(n_cols * n_rows))})
    fleet = {"side": SOVIET, "branch": codes.AIR, "hex": -1, "status": codes.OFF_MAP, "aircraft": 100}
    world = small_world(drawing, [*map(soviet, stacks), fleet])
    world.clock[0].sky[:] = draw.integers(0, 2, 4)
    looked_round(world)
    assert world.rules.air_hexes[0, SOVIET] > 3
    assert world.sight[SOVIET].tolist() == [naive.sight_of(world, SOVIET, hex) for hex in range(len(world.hexes))]


def assert_known_is_whole(world: layout.World) -> None:
    """Compare what each side knows with a recomputation, and what it sees with the truth."""
    placed = (world.units.status == codes.ACTIVE) & (world.units.hex >= 0)
    for viewer in (SOVIET, JAPANESE):
        layers, enemy = world.known[viewer], 1 - viewer
        found = zip(
            layers.occupant.tolist(),
            layers.stack10.tolist(),
            layers.power[:, enemy].tolist(),
            layers.zoc_strength[:, enemy].tolist(),
            layers.zone[:, enemy].tolist(),
            strict=True,
        )
        assert list(found) == naive.known(world, viewer)
        in_sight = world.sight[viewer] > codes.UNSEEN
        assert (layers.occupant[in_sight] == world.layers.occupant[in_sight]).all()
        identified = world.sight[viewer] == codes.IDENTIFIED
        for name in ("first_unit", "power"):
            assert (layers[name][identified] == world.layers[name][identified]).all()
        for unit in np.flatnonzero(placed & (world.units.side == viewer)).tolist():
            hex = int(world.units.hex[unit])
            around = [hex, *(int(near) for near in world.neighbours[hex] if near >= 0)]
            assert (world.sight[viewer, around] == codes.IDENTIFIED).all()


@pytest.mark.parametrize("key", range(4))
def test_what_is_known_equals_a_full_recomputation_after_every_phase(key: int) -> None:
    world = skirmish.skirmish(key)
    scratch = scratch_for(world)
    while not world.clock.decided[0]:
        turn.begin_day(world, scratch)
        for side in (SOVIET, JAPANESE):
            turn.begin_phase(world, scratch, side)
            assert_known_is_whole(world)
            command_side.command_side(world, scratch, side)
            assert_known_is_whole(world)
        turn.finish_day(world, scratch)
        assert_known_is_whole(world)


def test_distant_troops_are_estimated_adjacent_ones_identified_the_rest_unseen() -> None:
    world = fogged(PLAIN, [soviet(ROW), japanese(ROW + 1), japanese(ROW + 2), japanese(ROW + 3)])
    assert world.sight[SOVIET, ROW + 1 : ROW + 4].tolist() == [codes.IDENTIFIED, codes.ESTIMATED, codes.UNSEEN]
    assert world.units.seen_hex.tolist()[1:] == [ROW + 1, ROW + 2, -1]
    known = world.known[SOVIET]
    assert known.power[ROW + 1, JAPANESE] == world.layers.power[ROW + 1, JAPANESE]
    assert known.power[ROW + 2, JAPANESE] not in (0, world.layers.power[ROW + 2, JAPANESE])
    assert known.power[ROW + 3, JAPANESE] == 0


def test_forest_hides_from_patrols_and_rain_keeps_aircraft_down() -> None:
    forest = PLAIN.replace(".", "f")
    assert fogged(forest, [soviet(ROW), japanese(ROW + 2)]).units.seen_hex[1] == -1
    fleet = {"side": SOVIET, "branch": codes.AIR, "hex": -1, "status": codes.OFF_MAP, "aircraft": 100}
    clear = small_world(PLAIN, [soviet(ROW), japanese(ROW + 6), fleet])
    rainy = layout.copy_world(clear)
    rainy.clock[0].sky[:] = codes.HEAVY_RAIN
    assert looked_round(clear).units.seen_hex[1] == ROW + 6
    assert looked_round(rainy).units.seen_hex[1] == -1


def test_who_goes_out_of_sight_is_remembered_for_some_days() -> None:
    world = fogged(PLAIN, [soviet(ROW), japanese(ROW + 2), soviet(ROW + 10)])
    put(world, 0, ROW + 19)
    reconnaissance.reconnoitre(world, SOVIET)
    put(world, 1, ROW + 5)
    days = int(world.rules.memory_days[0])
    for turns, remembered in ((1, ROW + 2), (days, ROW + 2), (days + 1, -1)):
        world.clock[0].turn = 1 + turns
        reconnaissance.reconnoitre(world, SOVIET)
        assert world.units.seen_hex[1] == remembered
        occupant = JAPANESE if remembered >= 0 else codes.NEITHER
        assert world.known[SOVIET, ROW + 2].occupant == occupant


def test_unit_seen_elsewhere_is_struck_off_its_old_place() -> None:
    world = fogged(PLAIN, [soviet(ROW), japanese(ROW + 2), soviet(ROW + 12)])
    put(world, 0, ROW + 19)
    reconnaissance.reconnoitre(world, SOVIET)
    put(world, 1, ROW + 11)
    assert world.units.seen_hex[1] == ROW + 11
    assert world.known[SOVIET, ROW + 2].occupant == codes.NEITHER
    assert_known_is_whole(world)


def test_manned_works_are_known_before_the_war_to_those_who_had_scouted_them() -> None:
    world = small_world(PLAIN, [soviet(ROW), japanese(ROW + 9), japanese(ROW + 10)])
    world.hexes.features[ROW + 9] = codes.FLAG_FORTRESS
    world.rules.fog = 1
    stacks.refresh_layers(world)
    reconnaissance.open_reconnaissance(world)
    for turns in (1, 12):  # works stay where they are, however long ago they were scouted
        world.clock[0].turn = turns
        reconnaissance.reconnoitre(world, SOVIET)
        assert world.units.seen_hex.tolist() == [-1, ROW + 9, -1]
    assert world.units.seen_level[1] == codes.ESTIMATED


def test_range_ignores_an_enemy_of_whom_nothing_is_known_and_the_march_halts_beside_him() -> None:
    units = [soviet(ROW, mp10=400), japanese(ROW + 6)]
    alone, met = fogged(PLAIN, units[:1]), fogged(PLAIN, units)
    ranges = []
    for world in (alone, met):
        scratch = scratch_for(world)
        ranges.append(scratch.found[: orders.march_stops(world, scratch, 0)].tolist())
    assert ranges[0] == ranges[1]
    assert ROW + 6 in ranges[1]
    moved = movement.move_unit(met, scratch_for(met), 0, ROW + 8)
    assert moved == 5
    assert met.units.hex[1] in met.neighbours[met.units.hex[0]]
    assert met.units.seen_hex[1] == ROW + 6
    event = met.events[met.clock.n_events[0] - 1]
    assert (event.kind, event.subject, event.object, event.hex) == (codes.EVENT_CONTACT, 0, 1, ROW + 6)
    assert_known_is_whole(met)


def test_march_through_known_enemy_zones_tells_of_no_contact() -> None:
    world = fogged(PLAIN, [soviet(ROW, mp10=400), japanese(ROW + 2)])
    movement.move_unit(world, scratch_for(world), 0, ROW + 1)
    assert world.clock.n_events[0] == 0


def test_side_learns_of_the_enemy_only_what_happens_before_its_eyes() -> None:
    world = fogged(PLAIN, [soviet(ROW), japanese(ROW + 2), japanese(ROW + 9)])
    for kind, unit in (
        (codes.EVENT_ARRIVAL, 1),
        (codes.EVENT_ARRIVAL, 2),
        (codes.EVENT_OUT_OF_FUEL, 1),
        (codes.EVENT_BATTLE, 2),
    ):
        log_event(world, kind, unit, -1, int(world.units.hex[unit]), 0, 0)
    assert world.events.known_to[:4].tolist() == [3, 2, 2, 3]


def test_without_fog_the_commanders_plan_on_the_true_layers() -> None:
    """Knowledge spoilt on purpose changes nothing."""
    worlds = [skirmish.skirmish(5) for _ in range(2)]
    for world in worlds:
        world.rules.fog = 0
    worlds[1].known.occupant = SOVIET
    worlds[1].known.power = 9999
    assert skirmish.play(worlds[0]) == skirmish.play(worlds[1])


def far_and_unseen(world: layout.World) -> np.ndarray:
    """Return the hexes of Japanese land that are far from everything Soviet, and empty."""
    free = (world.layers.occupant == codes.NEITHER) & (world.holder == JAPANESE) & (world.hexes.place < 0)
    free &= (world.hexes.terrain == codes.PLAIN) & (world.sight[SOVIET] == codes.UNSEEN)
    hexes = np.flatnonzero(free)
    placed = (world.units.status == codes.ACTIVE) & (world.units.hex >= 0) & (world.units.side == SOVIET)
    for hex in np.unique(world.units.hex[placed]).tolist():
        hexes = hexes[distance_hexes(hexes, hex, int(world.clock.n_cols[0])) > 15]
    return hexes


@pytest.mark.parametrize("seed", [1, 7])
def test_computer_gives_the_same_orders_wherever_unseen_enemies_stand(seed: int) -> None:
    plain = campaigns.fresh(seed)
    scratch = scratch_for(plain)
    for _ in range(3):
        turn.play_day(plain, scratch)
    turn.begin_day(plain, scratch)
    turn.begin_phase(plain, scratch, SOVIET)
    altered = layout.copy_world(plain)
    far = far_and_unseen(altered)
    draw = np.random.default_rng(seed)
    units = altered.units
    hidden = np.flatnonzero((units.side == JAPANESE) & (units.status == codes.ACTIVE) & (units.seen_hex < 0))
    moved = [unit for unit in hidden.tolist() if units.hex[unit] >= 0 and units.mobility[unit] != codes.STATIC]
    soviets = units.hex[(units.side == SOVIET) & (units.status == codes.ACTIVE) & (units.hex >= 0)]
    columns = int(altered.clock.n_cols[0])
    moved = [unit for unit in moved if distance_hexes(soviets, int(units.hex[unit]), columns).min() > 15]
    assert len(moved) >= 10
    for unit, hex in zip(moved, draw.choice(far, len(moved), replace=False).tolist(), strict=True):
        units.men[unit] = units.men[unit] // 2
        put(altered, unit, hex)
    for world in (plain, altered):
        command_side.command_side(world, scratch, SOVIET)
    own = plain.units.side == SOVIET
    for name in ("hex", "target", "objective", "detour", "reason", "posture", "mp10", "attacks_today", "men"):
        assert (plain.units[name][own] == altered.units[name][own]).all(), name
