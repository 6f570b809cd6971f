"""Layers over the map: buttons, keys, drawing, legend, and the panel that says why."""

from collections import Counter

import numpy as np
import pygame
import pytest

from sim.game.overlays.shapes import Fill, LegendKey, MapMark, Overlay, Stroke
from sim.ui.layers.legend import legend, sample_of
from sim.ui.layers.lines import dashed
from sim.ui.layers.patterns import PATTERNS, mask
from sim.ui.layers.placed_signs import Marks
from sim.ui.layers.sources import LAYERS
from sim.ui.layers.styles import FILLS, SIGNS, STROKES
from sim.ui.layers.symbols import SHAPES, sign
from sim.ui.layers.tiles import LayerTiles, Rasters, visible
from sim.ui.panels.layer_bar import BUTTONS, FOLD, LayerBar
from sim.ui.panels.why_tooltip import REST_MS, WhyPanel
from sim.ui.window.commands import COMMANDS
from sim.ui.window.commands import LAYERS as GROUP
from tests.support.windows import opened


@pytest.fixture(scope="module")
def screen(window):
    return opened(("soviet",), fog=False)  # every layer has something to show


@pytest.fixture
def bar(screen):
    found = part(screen, LayerBar)
    found.stack.clear()
    found.shows_legend = True
    screen.selection.choose(-1)
    yield found
    found.stack.clear()


def part(screen, kind):
    return next(one for one in screen.parts if isinstance(one, kind))


def settle(screen, window, frames=60):
    for _ in range(frames):
        screen.update()
        screen.draw(window)


def picture(window):
    return pygame.surfarray.array3d(window)


def press(screen, key):
    screen.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=""), 0)


def click(screen, at, button=1):
    screen.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=button), 0)
    screen.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=button), 0)


# --- the strip


def test_every_layer_has_a_command_a_button_and_a_tooltip(bar):
    commands = {command.name for command in COMMANDS if command.group == GROUP}
    assert {spec.command for spec in LAYERS} <= commands
    assert set(BUTTONS) <= commands
    assert all(bar.hint(name) for name in BUTTONS)


def test_keys_put_layers_on_and_away(screen, bar):
    press(screen, pygame.K_2)
    press(screen, pygame.K_6)
    assert bar.stack.on == ("layer_supply", "layer_plans")
    press(screen, pygame.K_2)
    assert bar.stack.on == ("layer_plans",)
    press(screen, pygame.K_0)
    assert bar.stack.on == ()


def test_a_click_on_a_button_puts_its_layer_on_and_does_not_reach_the_map(screen, bar):
    camera = screen.camera
    click(screen, bar.boxes()["layer_zones"].center)
    assert bar.stack.on == ("layer_zones",)
    assert screen.camera == camera
    assert screen.selection.chosen < 0


@pytest.mark.parametrize(("size", "scale"), [((1024, 640), 0.8), ((1024, 640), 2.0), ((2560, 1440), 1.5)])
def test_buttons_and_legend_stay_inside_the_window_and_apart(window, size, scale):
    screen = opened(("soviet",), size, scale)
    bar = part(screen, LayerBar)
    for spec in LAYERS:
        bar.stack.toggle(spec.command)
    for _ in LAYERS:
        screen.update()
    boxes = [*bar.boxes().values(), bar.legend_box()]
    inside = pygame.Rect((0, 0), size)
    assert all(inside.contains(box) for box in boxes)
    assert all(box.collidelist(boxes[index + 1 :]) < 0 for index, box in enumerate(boxes))
    screen.stage.change(screen.stage.settings.with_(scale=1.0))


# --- drawing


@pytest.mark.parametrize("spec", LAYERS, ids=lambda spec: spec.command)
@pytest.mark.parametrize("level", [0, 4, 8])
def test_each_layer_changes_the_map_at_every_zoom(screen, bar, window, spec, level):
    unit = "sov_46gtb" if spec.command == "layer_movement" else "sov_300rd"  # room to march; enemies near
    screen.selection.choose(screen.session.campaign.unit(unit))
    where = int(screen.session.world.units["hex"][screen.selection.chosen])
    screen.camera = screen.view.theatre(1280, 756).zoomed(level, (640, 378)).centred(where)
    bar.shows_legend = False
    settle(screen, window)
    before = picture(window)[60:]
    bar.stack.toggle(spec.command)
    settle(screen, window)
    assert (picture(window)[60:] != before).any()


def test_layers_drawn_together_show_both(screen, bar, window):
    screen.camera = screen.view.theatre(1280, 756)
    bar.stack.toggle("layer_control")
    settle(screen, window)
    alone = picture(window)[330:]
    bar.stack.toggle("layer_weather")
    settle(screen, window)
    assert (picture(window)[330:] != alone).any()


def test_a_layer_is_worked_out_again_only_when_the_game_has_changed(screen, bar):
    bar.stack.toggle("layer_zones")
    screen.update()
    (first,) = bar.stack.overlays
    screen.update()
    assert bar.stack.overlays[0] is first
    screen.session.version += 1
    screen.update()
    assert bar.stack.overlays[0] is not first


def test_one_layer_a_frame_is_worked_out(screen, bar):
    screen.session.version += 1
    for name in ("layer_zones", "layer_weather"):
        bar.stack.toggle(name)
    before = bar.stack.revision
    screen.update()
    assert bar.stack.revision == before + 1


def test_threats_wait_while_the_computer_moves(screen, bar, monkeypatch):
    monkeypatch.setattr(type(screen.session), "is_thinking", property(lambda self: True))
    screen.session.version += 1
    bar.stack.toggle("layer_threats")
    revision = bar.stack.revision
    bar.stack.update()
    assert bar.stack.revision == revision


def test_only_tiles_that_show_a_change_are_drawn_anew(window, screen):
    camera = screen.view.theatre(1280, 756).zoomed(4, (640, 378))
    tiles = LayerTiles(Rasters(camera.n_cols, camera.n_rows))
    hexes = np.arange(camera.n_cols * camera.n_rows)
    tiles.see(Overlay("", (Fill("held_soviet", hexes),)))
    target = pygame.Surface((1280, 756))
    while not tiles.draw(target, camera, 1000.0):
        pass
    middle = camera.hex_at((640, 378))
    tiles.see(Overlay("", (Fill("held_soviet", hexes[hexes != middle]),)))
    stale = len(tiles._stale)
    assert 1 <= stale <= 4 < len(visible(camera))


def test_a_stroke_that_moves_makes_both_its_places_stale(window, screen):
    camera = screen.view.theatre(1280, 756).zoomed(4, (640, 378))
    tiles = LayerTiles(Rasters(camera.n_cols, camera.n_rows))
    spots = [camera.plane_at(pixel) for pixel in ((300, 200), (1000, 500))]
    lines = [Stroke("front_now", np.array((spot, (spot[0] + 1, spot[1])))) for spot in spots]
    tiles.see(Overlay("", (), (lines[0],)))
    target = pygame.Surface((1280, 756))
    while not tiles.draw(target, camera, 1000.0):
        pass
    tiles.see(Overlay("", (), (lines[1],)))
    stale = {key for key, place in visible(camera) if key in tiles._stale}
    touched = {key for key, (x, y) in visible(camera) for px, py in ((300, 200), (1000, 500))
               if x <= px < x + 256 and y <= py < y + 256}  # fmt: skip
    assert touched <= stale


def test_the_raster_knows_the_hex_under_each_pixel(screen):
    camera = screen.view.theatre(1280, 756).zoomed(5, (640, 378))
    rasters = Rasters(camera.n_cols, camera.n_rows)
    for key, (x, y) in visible(camera)[5:9]:
        hexes = rasters.of(key)
        for row, col in ((3, 7), (60, 20), (100, 127)):
            expected = camera.hex_at((x + 2 * col + 1, y + 2 * row + 1))
            assert hexes[row, col] == (expected if expected >= 0 else camera.n_cols * camera.n_rows)


# --- looks


def test_every_look_has_its_pattern_or_shape():
    assert {look.pattern for look in FILLS.values()} <= set(PATTERNS)
    assert {look.shape for look in SIGNS.values() if look.shape} <= set(SHAPES)


def test_patterns_run_on_from_tile_to_tile(window):
    for name in PATTERNS:
        level = pygame.surfarray.array_alpha(mask(name, 0.0)).astype(int)
        steps = abs(np.diff(level, axis=0)).max(initial=0), abs(np.diff(level, axis=1)).max(initial=0)
        assert abs(level[0] - level[-1]).max() <= max(steps[0], 1)
        assert abs(level[:, 0] - level[:, -1]).max() <= max(steps[1], 1)


def test_colour_is_never_the_only_difference_between_looks_of_one_layer(screen, bar):
    screen.selection.choose(screen.session.campaign.unit("sov_300rd"))
    for spec in LAYERS:
        keys = spec.make(bar.stack.sources).keys
        fills = [FILLS[key.look] for key in keys if key.look in FILLS and FILLS[key.look].alpha]
        patterns = Counter((look.pattern, look.ground) for look in fills if look.pattern != "solid")
        assert all(count == 1 for count in patterns.values()), spec.command
        shapes = Counter(SIGNS[key.look].shape for key in keys if key.look in SIGNS and SIGNS[key.look].shape)
        assert all(count == 1 for count in shapes.values()), spec.command


def test_everything_drawn_stands_in_the_legend(screen, bar):
    screen.selection.choose(screen.session.campaign.unit("sov_300rd"))
    for spec in LAYERS:
        overlay = spec.make(bar.stack.sources)
        told = {key.look for key in overlay.keys}
        drawn = {fill.look for fill in overlay.fills if len(fill.hexes)} | {stroke.look for stroke in overlay.strokes}
        unsaid = drawn - told - {"threat_low", "threat_even", "threat_high", "threat_crushing"}
        assert not unsaid, spec.command


def test_a_sample_of_every_look_can_be_drawn(window):
    for look in (*FILLS, *STROKES, *SIGNS):
        assert sample_of(LegendKey(look, ""), (34, 16)).get_size() == (34, 16)


def test_the_legend_never_exceeds_the_width_it_is_given(window):
    keys = tuple(LegendKey(look, "a look of a layer with words that run on") for look in FILLS)
    for most in ((2000, 900), (700, 300), (180, 300)):
        assert legend([Overlay("All", keys=keys), Overlay("Again", keys=keys)], 240, most).get_width() <= most[0]


def test_a_legend_that_fits_in_columns_is_no_higher_than_its_room(window):
    keys = tuple(LegendKey(look, "a look") for look in list(FILLS)[:20])
    assert legend([Overlay("All", keys=keys)], 240, (960, 300)).get_height() <= 300


def test_a_legend_that_is_higher_than_its_room_scrolls_by_keys(window):
    screen = opened(("soviet",), (1024, 640), 2.0)
    bar = part(screen, LayerBar)
    for spec in LAYERS[:4]:
        bar.stack.toggle(spec.command)
    settle(screen, pygame.Surface((1024, 640)), 3)
    above = bar._scroll
    press(screen, pygame.K_PAGEDOWN)
    settle(screen, pygame.Surface((1024, 640)), 1)
    assert bar._scroll > above
    screen.stage.change(screen.stage.settings.with_(scale=1.0))


def test_buttons_fold_into_one_where_they_would_cover_the_map(window):
    screen = opened(("soviet",), (1024, 560), 2.0)
    bar = part(screen, LayerBar)
    assert list(bar.boxes()) == [FOLD]
    click(screen, bar.boxes()[FOLD].center)
    click(screen, bar.boxes()["layer_zones"].center)
    assert bar.stack.on == ("layer_zones",)
    click(screen, bar.boxes()[FOLD].center)
    assert list(bar.boxes()) == [FOLD]
    screen.stage.change(screen.stage.settings.with_(scale=1.0))


def test_words_of_marks_do_not_lie_over_each_other(window, screen):
    marks = tuple(MapMark("fell", (50.0 + step * 0.4, 40.0), "15 Aug") for step in range(12))
    laid, boxes = Marks(Overlay("", marks=marks))._lay_out(6)
    words = [pygame.Rect(*box[:4]).inflate(-2, -6) for one, box in zip(laid, boxes.tolist(), strict=True) if one.words]
    assert words
    assert all(box.collidelist(words[index + 1 :]) < 0 for index, box in enumerate(words))


def test_a_dashed_line_keeps_its_pattern():
    pieces = dashed(np.array(((0.0, 0.0), (3.0, 0.0), (3.0, 4.0))), (2.0, 1.0))
    lengths = [np.hypot(*np.diff(piece, axis=0).T).sum() for piece in pieces]
    assert lengths == pytest.approx([2.0, 2.0, 1.0])


def test_signs_of_a_size_are_made_once(window):
    assert sign("supply_out", 14) is sign("supply_out", 14)


# --- why


@pytest.fixture
def why(screen):
    panel = part(screen, WhyPanel)
    screen.camera = screen.camera.zoomed(8, (640, 378))
    return panel


def rest_on(screen, hex, now_ms=1000):
    screen.camera = screen.camera.centred(hex)
    x, y = screen.camera.centre_of(hex)
    screen.handle(
        pygame.event.Event(pygame.MOUSEMOTION, pos=(int(x), int(y) + 44), rel=(0, 0), buttons=(0, 0, 0)), now_ms
    )


def test_a_hex_in_reach_tells_the_parts_of_its_cost(screen, why):
    screen.selection.choose(screen.session.campaign.unit("sov_46gtb"))
    target = max(screen.selection.march.left_mp10, key=lambda hex: screen.selection.march.cost_mp10[hex])
    rest_on(screen, target)
    words = [line.text for line in why.lines()]
    assert words[0].startswith("This hex: ")
    assert any("off the roads" in text or "road" in text for text in words)


def test_a_hex_beyond_reach_says_so_or_tells_nothing(screen, why):
    screen.selection.choose(screen.session.campaign.unit("sov_46gtb"))
    reached = screen.selection.march.cost_mp10
    beside = {int(one) for hex in reached for one in screen.session.world.neighbours[hex] if one >= 0} - set(reached)
    rest_on(screen, min(beside))
    text = " ".join(line.text for line in why.lines())
    assert text.startswith("Right-click to march") or "No way" in text


def test_an_own_unit_tells_its_supply(screen, why):
    screen.selection.choose(-1)
    unit = screen.session.campaign.unit("sov_46gtb")
    rest_on(screen, int(screen.session.world.units["hex"][unit]))
    assert any("supply" in line.text for line in why.lines())


def test_an_enemy_unit_tells_nothing(screen, why):
    screen.selection.choose(-1)
    units = screen.session.world.units
    unit = int(np.flatnonzero((units["side"] == 1) & (units["hex"] >= 0))[0])
    rest_on(screen, int(units["hex"][unit]))
    assert why.lines() == []


def test_the_panel_comes_only_after_the_pointer_has_rested(screen, why, window):
    unit = screen.session.campaign.unit("sov_46gtb")
    screen.selection.choose(-1)
    rest_on(screen, int(screen.session.world.units["hex"][unit]), now_ms=1000)
    shown = []
    for now in (1000 + REST_MS - 1, 1000 + REST_MS):
        why.clock = lambda now=now: now
        why._kept.clear()
        screen.draw(window)
        before = picture(window)
        why.draw(window)
        shown.append((picture(window) != before).any() or why._kept.get("why") is not None)
    why.clock = pygame.time.get_ticks
    assert shown == [False, True]


def test_strength_in_fog_is_what_reconnaissance_has_found(screen):
    strength = next(spec for spec in LAYERS if spec.command == "layer_strength")
    foggy, clear = opened(("soviet",), fog=True), opened(("soviet",), fog=False)
    seen = strength.make(foggy.part(LayerBar).stack.sources)
    assert seen.note == "Only what reconnaissance has found."
    assert {mark.sign for mark in seen.marks} & {"power_estimated"}
    assert strength.make(clear.part(LayerBar).stack.sources).note == "Exact: there is no fog of war."
