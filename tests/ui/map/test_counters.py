"""Counters: what they show, what they keep to themselves, and that every eye can tell them apart."""

import itertools
import os
from dataclasses import replace

import numpy as np
import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame

from sim.errors import SimError
from sim.game.maps.map_facts import ECHELONS, echelon
from sim.game.terms import codes
from sim.ui.look import theme
from sim.ui.look.app6_symbols import draw_echelon, symbol
from sim.ui.look.counter_face import ESTIMATED, UNKNOWN, Look
from sim.ui.look.palettes import PALETTES
from sim.ui.map import counter_art
from sim.ui.map.counter_art import counter, is_ready
from sim.ui.map.sign_catalogue import SIGNS
from tests.support import windows

PLAIN = Look(codes.NATION_JAPAN, codes.INFANTRY, 56, "XX", "12", "6", band=2)
# How red-green and blue-yellow blindness see a colour: Machado, Oliveira and Fernandes (2009), severity 1.
SEEN = {
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


@pytest.fixture(scope="module", autouse=True)
def window():
    yield windows.opened_window()
    pygame.quit()


@pytest.fixture(autouse=True)
def standard_theme():
    yield
    theme.use_palette("standard")
    theme.use_scale(1.0)


def pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGBA")


@pytest.mark.parametrize("width_px", [14, 56])
def test_every_branch_has_a_symbol_of_its_own(width_px):
    drawn = {pixels(symbol(branch, width_px, (0, 0, 0))) for branch in range(len(codes.BRANCHES))}
    assert len(drawn) == len(codes.BRANCHES)


def test_a_symbol_is_drawn_in_the_ink_asked_for():
    drawn = symbol(codes.TANK, 80, (10, 200, 30))
    inked = [drawn.get_at((x, 27)) for x in range(80)]
    assert any(tuple(pixel)[:3] == (10, 200, 30) for pixel in inked if pixel.a == 255)


def test_every_mark_of_size_can_be_told_from_the_others():
    drawn = set()
    for mark in ECHELONS:
        sheet = pygame.Surface((60, 12), pygame.SRCALPHA)
        draw_echelon(sheet, mark, (30, 6), 6, (0, 0, 0))
        drawn.add(pixels(sheet))
    assert len(drawn) == len(ECHELONS)


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("guards_rifle_division", "XX"),
        ("infantry_brigade_group", "X"),
        ("fortified_region", "X"),
        ("motorcycle_regiment", "III"),
        ("border_garrison", "II"),
        ("tank_corps_hq", "XXX"),
        ("air_army", "XXXX"),
        ("front_support", ""),
    ],
)
def test_the_kind_of_a_unit_says_its_size(kind, mark):
    assert ECHELONS[echelon(kind)] == mark


@pytest.mark.parametrize(
    "change",
    [
        {"supply": codes.STRAINED},
        {"supply": codes.OUT_OF_SUPPLY},
        {"supply": codes.ISOLATED},
        {"works": 1},
        {"works": 2},
        {"fatigue": 1},
        {"fatigue": 2},
        {"order": "plotted"},
        {"order": "hold"},
        {"order": "computer"},
        {"tenths": 8},
        {"tenths": 4},
        {"spent": True},
        {"under": 2},
        {"band": 3},
        {"movement": "5"},
        {"known": ESTIMATED},
        {"age": 3},
    ],
)
def test_every_state_changes_the_counter(change):
    changed = replace(PLAIN, **change)
    assert pixels(counter(changed)) != pixels(counter(PLAIN))


def test_supply_states_differ_in_shape_and_not_in_colour_alone():
    from sim.ui.map.counter_marks import supply_mark

    grey = replace(theme.palette, supply=((90, 90, 90),) * 3)
    shapes = {pixels(supply_mark(state, grey, 16)) for state in range(codes.STRAINED, codes.ISOLATED + 1)}
    assert len(shapes) == 3


def test_an_unknown_counter_shows_nothing_of_what_the_unit_is():
    tank = replace(PLAIN, known=UNKNOWN, branch=codes.TANK, echelon="X", strength="1.4", movement="24")
    foot = replace(PLAIN, known=UNKNOWN, supply=codes.ISOLATED, fatigue=2, tenths=3, strength="", movement="")
    assert pixels(counter(tank)) == pixels(counter(foot))


def test_a_counter_is_drawn_once_for_each_palette():
    look = replace(PLAIN, strength="77")
    assert not is_ready(look)
    assert counter(look) is counter(look)
    first = pixels(counter(look))
    theme.use_palette("high contrast")
    assert not is_ready(look)
    assert pixels(counter(look)) != first


@pytest.mark.parametrize("width_px", [44, 56, 80])
def test_figures_grow_with_the_scale_and_stay_on_the_plate(width_px):
    look, heights = replace(PLAIN, strength="3.2·65", movement="24", width_px=width_px), []
    for scale in (1.0, 1.5, 2.0):
        theme.use_scale(scale)
        words, moves = counter_art._figures(look, width_px, (0, 0, 0))
        heights.append(words.get_height())
        assert words.get_width() + moves.get_width() <= width_px * 0.72
    assert heights[0] < heights[1] <= heights[2]


def test_a_palette_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(SimError, match="high contrast"):
        theme.use_palette("sepia")


def test_the_scale_stays_within_its_bounds():
    theme.use_scale(9)
    assert theme.px(10) == 20
    theme.use_scale(0.1)
    assert theme.px(10) == 8


def away(one: tuple[int, int, int], other: tuple[int, int, int], matrix: object = None) -> float:
    linear = (np.array((one, other)) / 255) ** 2.2
    if matrix is not None:
        linear = np.clip(linear @ np.array(matrix).T, 0, 1)
    return float(np.abs(np.diff(255 * linear ** (1 / 2.2), axis=0)).max())


@pytest.mark.parametrize("name", list(SEEN))
def test_nations_and_supply_states_stay_apart_for_the_eyes_that_a_palette_is_for(name):
    palette = PALETTES[name]
    for colours in (palette.nations, palette.supply):
        for one, other in itertools.combinations(colours, 2):
            assert away(one, other, SEEN[name]) >= 36, (one, other)


@pytest.mark.parametrize("name", list(PALETTES))
def test_ink_can_be_read_on_every_plate(name):
    palette = PALETTES[name]
    for plate, ink in zip(palette.nations, palette.inks, strict=True):
        light = sorted(float(np.dot((np.array(one) / 255) ** 2.2, (0.2126, 0.7152, 0.0722))) for one in (plate, ink))
        assert (light[1] + 0.05) / (light[0] + 0.05) >= 3  # the least contrast of WCAG 2 for large letters


@pytest.mark.parametrize("scale", [0.8, 2.0])
def test_the_help_has_a_picture_and_words_for_every_sign(scale):
    theme.use_scale(scale)
    for sign in SIGNS:
        picture = sign.draw()
        assert pygame.mask.from_surface(picture, 40).count() > 8, sign.words
        assert sign.words
    assert len({sign.words for sign in SIGNS}) == len(SIGNS)


def test_the_help_lists_every_branch_and_nation():
    headings = [sign.heading for sign in SIGNS]
    assert headings.count("Branch") == len(codes.BRANCHES)
    assert headings.count("Nation") == len(codes.NATIONS)
