"""The map view on the real campaign: names, markers, fans, knowledge, lines."""

import os
from dataclasses import replace

import numpy as np
import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame

from sim.game.campaign import Campaign
from sim.game.maps import basemap
from sim.game.play.session import Session
from sim.game.terms import codes
from sim.scenario.mapmaking.projection import EqualArea
from sim.ui.look import theme
from sim.ui.look.counter_face import ESTIMATED, IDENTIFIED, UNKNOWN
from sim.ui.map.camera import LADDER, ROOT3, plane_of
from sim.ui.map.map_labels import box_of
from sim.ui.map.map_view import MapView
from sim.ui.map.sign_catalogue import line_picture
from sim.ui.map.stack_fan import draw_fan, fan_at
from sim.ui.map.stacks import HIDDEN, KNOWN, MERGED_BELOW_PX, Knowledge
from sim.ui.map.taken_ground import taken_shapes
from tests.support import windows
from tests.support.worlds import small_world

SIZE = (1280, 756)


@pytest.fixture(scope="module")
def campaign():
    window = windows.opened_window()
    assert window
    yield Campaign.start("august_storm")
    pygame.quit()


@pytest.fixture(scope="module")
def only_view(campaign):
    return MapView(Session(campaign, ()), basemap.prepare(campaign.world, "august_storm"))


@pytest.fixture
def view(only_view):
    yield only_view
    theme.use_palette("standard")
    theme.use_scale(1.0)
    only_view.know(KNOWN)
    only_view.modern_names = False


def at_level(view, level):
    camera = view.theatre(*SIZE)
    return camera.zoomed(level - camera.level, (SIZE[0] / 2, SIZE[1] / 2))


def largest_stack(view, camera):
    return max(view.shown(camera, -1), key=lambda piece: len(piece.units))


@pytest.mark.parametrize("size", [(1024, 596), (1280, 756), (1920, 1036), (2560, 1396)])
def test_the_theatre_is_all_of_the_map_as_near_as_it_fits(view, size):
    camera = view.theatre(*size)
    assert camera.plane_width * camera.side_px <= size[0]
    assert camera.plane_height * camera.side_px <= size[1]
    nearer = LADDER[camera.level + 1]
    assert camera.plane_height * nearer > size[1] or camera.plane_width * nearer > size[0]


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
@pytest.mark.parametrize("level", range(len(LADDER)))
def test_no_name_lies_under_a_counter_or_over_another_name(view, level, scale):
    theme.use_scale(scale)
    camera = at_level(view, level)
    shown = view.shown(camera, -1)
    counters = [box_of(piece, camera.side_px).inflate(-4, -4) for piece in shown]
    names = [
        label.face.get_rect(
            topleft=(
                round(label.at[0] * camera.side_px) + label.offset[0],
                round(label.at[1] * camera.side_px) + label.offset[1],
            )
        ).inflate(0, -5)
        for label in view.labels.laid_out(camera, shown, 0)
        if label.is_name
    ]
    for index, box in enumerate(names):
        assert box.collidelist(counters) < 0
        assert box.collidelist(names[:index]) < 0


def box_of_label(label, camera):
    x, y = label.at[0] * camera.side_px, label.at[1] * camera.side_px
    return label.face.get_rect(topleft=(round(x) + label.offset[0], round(y) + label.offset[1]))


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
@pytest.mark.parametrize("level", [0, 2, 4, 6])
def test_no_name_runs_over_the_edge_of_the_map(view, level, scale):
    theme.use_scale(scale)
    camera = at_level(view, level)
    whole = pygame.Rect(0, 0, round(camera.plane_width * camera.side_px), round(camera.plane_height * camera.side_px))
    names = [label for label in view.labels.laid_out(camera, view.shown(camera, -1), 0) if label.is_name]
    assert names
    assert all(whole.contains(box_of_label(label, camera).inflate(0, -5)) for label in names)


@pytest.mark.parametrize("level", range(4))
def test_no_name_of_a_country_lies_under_the_name_of_a_town(view, level):
    camera, labels = at_level(view, level), view.labels
    taken, whole = [box_of(piece, camera.side_px) for piece in view.shown(camera, -1)], pygame.Rect(0, 0, 9000, 9000)
    cities = [row for row in labels.order if labels._is_named(row, level) and labels.sizes[row] >= 4]
    towns = labels._towns(cities, camera.side_px, taken, whole)
    lands = labels._countries(camera.side_px, list(taken), taken, whole)
    assert lands
    boxes = [box_of_label(label, camera).inflate(0, -5) for label in towns]
    assert all(box_of_label(land, camera).inflate(-4, -10).collidelist(boxes) < 0 for land in lands)


def test_names_that_the_small_map_would_cut_are_left_out(view):
    camera, target = view.theatre(*SIZE), pygame.Surface(SIZE)
    labels = [one for one in view.labels.laid_out(camera, view.shown(camera, -1), 0) if one.is_name]
    name = box_of_label(labels[0], camera).move(-camera.left_px, -camera.top_px)

    def drawn():
        target.fill((0, 0, 0))
        view.labels.draw(target, camera, view.shown(camera, -1), 0)
        return target.subsurface(name).copy().get_buffer().raw

    before = drawn()
    view.labels.covered = [name.inflate(-10, -4).move(5, 0)]
    assert drawn() != before
    view.labels.covered = []


def test_markers_of_the_theatre_do_not_hide_each_other(view):
    camera = view.theatre(1920, 1036)
    boxes = [box_of(piece, camera.side_px).inflate(-8, -8) for piece in view.shown(camera, -1)]
    hidden = sum(box.collidelist(boxes[:index]) >= 0 for index, box in enumerate(boxes))
    assert hidden == 0


def test_far_away_armies_stand_for_their_units_and_near_by_stacks_do(view):
    far, near = view.theatre(*SIZE), at_level(view, LADDER.index(32.0))
    assert far.side_px < MERGED_BELOW_PX < near.side_px
    assert len(view.shown(far, -1)) < len(view.shown(near, -1)) / 2
    for piece in view.shown(near, -1):
        assert {int(view.session.world.units["hex"][unit]) for unit in piece.units} == {piece.hex}


@pytest.mark.parametrize("level", [LADDER.index(13.5), LADDER.index(64.0)])
@pytest.mark.parametrize("scale", [0.8, 2.0])
def test_a_fan_lies_in_the_view_and_every_unit_of_it_can_be_pointed_at(view, level, scale):
    theme.use_scale(scale)
    camera = at_level(view, level)
    stack = largest_stack(view, camera)
    for x, y in ((0, 0), (1, 1), (-1, 0)):
        moved = camera.centred(stack.hex).panned(x * SIZE[0] / 2.2, y * SIZE[1] / 2.2)
        fan = view.fan_of(moved, -1, stack.hex)
        assert pygame.Rect(0, 0, *SIZE).contains(fan.box)
        assert [fan_at(fan, slot.box.center) for slot in fan.slots] == list(stack.units)
        assert fan_at(fan, (fan.box.right + 5, 0)) == -1


def test_a_fan_is_drawn_and_sets_off_what_is_pointed_at(view):
    camera = at_level(view, 8)
    stack = largest_stack(view, camera)
    fan = view.fan_of(camera.centred(stack.hex), -1, stack.hex)
    plain, lit = pygame.Surface(SIZE), pygame.Surface(SIZE)
    draw_fan(plain, fan, camera.centred(stack.hex), -1)
    draw_fan(lit, fan, camera.centred(stack.hex), -1, fan.slots[1].box.center)
    assert plain.get_buffer().raw != lit.get_buffer().raw


def test_a_single_unit_has_no_fan(view):
    camera = at_level(view, 8)
    single = next(piece for piece in view.shown(camera, -1) if len(piece.units) == 1)
    assert view.fan_of(camera, -1, single.hex) is None


def test_what_is_hidden_is_not_shown_near_or_far(view):
    units = view.session.world.units
    enemies = np.flatnonzero(units["side"] == codes.JAPANESE).tolist()
    view.know(Knowledge(levels=dict.fromkeys(enemies, HIDDEN)))
    for level in (0, 8):
        shown = [unit for piece in view.shown(at_level(view, level), -1) for unit in piece.units]
        assert not set(shown) & set(enemies)
        assert shown


def test_an_estimated_enemy_tells_a_round_strength_and_no_state(view):
    units = view.session.world.units
    enemies = np.flatnonzero(units["side"] == codes.JAPANESE).tolist()
    view.know(Knowledge(levels=dict.fromkeys(enemies, ESTIMATED)))
    for level in (0, 8):
        looks = [p.look for p in view.shown(at_level(view, level), -1) if p.units[0] in set(enemies)]
        assert {look.known for look in looks} == {ESTIMATED}
        assert all(look.strength.startswith("~") and not look.movement and not look.works for look in looks)


def test_an_unknown_enemy_is_a_question_mark_near_and_far(view):
    units = view.session.world.units
    enemies = np.flatnonzero(units["side"] == codes.JAPANESE).tolist()
    view.know(Knowledge(levels=dict.fromkeys(enemies, UNKNOWN)))
    for level in (0, 8):
        looks = [p.look for p in view.shown(at_level(view, level), -1) if p.units[0] in set(enemies)]
        assert {look.known for look in looks} == {UNKNOWN}
        assert {look.strength for look in looks} == {""}
    fan = view.fan_of(at_level(view, 8), -1, largest_enemy(view, enemies).hex)
    assert {slot.name for slot in fan.slots} == {"Not identified"}


def largest_enemy(view, enemies):
    shown = [p for p in view.shown(at_level(view, 8), -1) if p.units[0] in set(enemies)]
    return max(shown, key=lambda piece: len(piece.units))


def test_orders_show_on_own_counters(view):
    own = int(np.flatnonzero((view.session.world.units["side"] == 0) & (view.session.world.units["hex"] >= 0))[0])
    view.know(Knowledge(orders={own: "hold"}))
    piece = next(p for p in view.shown(at_level(view, 8), own) if p.units[0] == own)
    assert (piece.look.order, piece.look.known) == ("hold", IDENTIFIED)


def test_modern_names_are_written_when_asked_for(view):
    rows = {name: row for row, name in enumerate(view.facts.names)}
    assert view.facts.modern_names[rows["Mukden"]] == "Shenyang"
    camera = at_level(view, 8)
    before = view.labels.laid_out(camera, view.shown(camera, -1), 7)
    view.modern_names = True
    after = view.labels.laid_out(camera, view.shown(camera, -1), 7)
    assert before is not after


def test_the_38th_parallel_runs_where_the_projection_puts_it(campaign, view):
    line = next(line for line in view.facts.lines)
    spec = campaign.scenario.map.projection
    side_km = campaign.scenario.map.hex_km / ROOT3
    lat, lon = campaign.scenario.hexes.lat, campaign.scenario.hexes.lon
    projection = EqualArea(spec.lon, spec.lat, spec.radius_km)
    first = projection.forward(lon[:1], lat[:1])
    x = first[0][0] + (line.points[:, 0] - 1) * side_km
    y = first[1][0] - (line.points[:, 1] - ROOT3 / 2) * side_km
    _, found = projection.inverse(x, y)
    assert np.abs(found - 38).max() < 0.01
    nearest = int(np.argmin(np.abs(lat - 38) + np.abs(lon - 127)))
    beside = np.hypot(*(line.points - plane_of(nearest, campaign.names.n_cols)).T).min()
    assert beside < 1.2


def test_gauges_and_roads_can_be_told_apart():
    for kind, ranks in (("rail", (1, 2, 3, 4)), ("road", (2, 3, 4)), ("river", (1, 2, 3, 4))):
        drawn = {pygame.image.tobytes(line_picture(kind, rank), "RGBA") for rank in ranks}
        assert len(drawn) == len(ranks)


def test_a_palette_draws_the_map_anew(view):
    camera = at_level(view, 6)
    first, second = pygame.Surface(SIZE), pygame.Surface(SIZE)
    for sheet, palette in ((first, "standard"), (second, "high contrast")):
        theme.use_palette(palette)
        for _ in range(200):
            view.draw(sheet, camera, -1, None, frozenset())
            if view.finished:
                break
    assert view.finished
    assert first.get_buffer().raw != second.get_buffer().raw


def area(shape):
    x, y = shape.T
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def test_taken_ground_is_bounded_by_the_middles_of_its_outer_sides():
    world = small_world("\n".join(["." * 12] * 12))
    plane = np.array([plane_of(hex, 12) for hex in range(144)])
    taken = np.zeros(144, np.bool_)
    taken[5 * 12 + 5] = True
    alone = sum(area(shape) for shape in taken_shapes(world, taken, np.arange(144), plane))
    assert alone == pytest.approx(0.75 * 1.5 * ROOT3, rel=0.2)  # a hexagon through the middles of the sides of a hex
    ring = world.neighbours[5 * 12 + 5]
    taken[:] = False
    taken[ring] = True
    shapes = list(taken_shapes(world, taken, np.arange(144), plane))
    # Six hexes without their outer teeth, with the notches between them and those of the hex in their middle filled.
    assert len(shapes) == 6 + 6 + 6
    assert {len(shape) for shape in shapes} == {3, 10}


@pytest.mark.parametrize("level", [0, 3, 6, 9, len(LADDER) - 1])
def test_no_zoom_or_jump_shows_blank_ground(view, campaign, level):
    never = (255, 0, 255)
    fresh = MapView(view.session, basemap.prepare(campaign.world, "august_storm"))
    theatre = fresh.theatre(*SIZE)
    for _ in fresh.made_ready(theatre):
        pass
    target = pygame.Surface(SIZE)
    camera = replace(theatre, level=level).at_plane(theatre.plane_width * 0.6, theatre.plane_height * 0.4)
    target.fill(never)
    fresh.tiles.draw(target, camera, budget_ms=0)
    first = pygame.surfarray.array3d(target).astype(int)
    assert not (first == never).all(axis=2).any()
    while not fresh.tiles.draw(target, camera):
        pass
    finished = pygame.surfarray.array3d(target).astype(int)
    blocks = [one[:1280, :752].reshape(80, 16, 47, 16, 3).mean(axis=(1, 3)) for one in (first, finished)]
    other = (np.abs(blocks[0] - blocks[1]).max(axis=2) > 70).mean()
    assert other < 0.05, other  # the same ground, if blurred: only lines and signs are missing here and there
