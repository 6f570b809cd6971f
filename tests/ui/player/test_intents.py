"""Events and what they mean, without a window."""

import os
from dataclasses import replace

import pygame
import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

from sim.ui.map.camera import LADDER, Camera, plane_of
from sim.ui.player import intents
from sim.ui.window import commands

CAMERA = Camera(60.0, 50.0, 6, 1280, 756, 202, 128)


def event(kind, **values):
    return pygame.event.Event(kind, values)


def click(hex, selection=None, pointer=None, now_ms=1000):
    at = CAMERA.centre_of(hex)
    chosen = selection or intents.InputContext()
    meant, held = intents.intent(
        event(pygame.MOUSEBUTTONDOWN, pos=at, button=1), CAMERA, chosen, pointer or intents.Pointer(), now_ms
    )
    assert meant is None
    return intents.intent(event(pygame.MOUSEBUTTONUP, pos=at, button=1), CAMERA, chosen, held, now_ms)


MIDDLE = CAMERA.hex_at((640, 378))


def test_every_hex_lies_under_its_own_centre():
    for level in range(len(LADDER)):
        camera = replace(CAMERA, level=level)
        for hex in (0, 1, 201, 202, 5000, 25_855):
            assert camera.hex_at(camera.centre_of(hex)) == hex


def test_zoom_keeps_the_point_under_the_pointer():
    before = CAMERA.plane_at((900, 200))
    after = CAMERA.zoomed(2, (900, 200)).plane_at((900, 200))
    assert after == pytest.approx(before, abs=2 / LADDER[6])


def test_the_view_cannot_leave_the_map():
    far = CAMERA.panned(1e6, -1e6)
    assert far.left_px + far.width_px <= far.plane_width * far.side_px + 1
    assert far.top_px >= -1


def test_a_click_on_a_hex_selects_it():
    meant, _ = click(MIDDLE)
    assert meant == intents.Select(MIDDLE)


def test_a_click_on_a_lit_hex_marches_there():
    meant, _ = click(MIDDLE, intents.InputContext(3, frozenset({MIDDLE})))
    assert meant == intents.MoveTo(MIDDLE)


def test_a_click_on_an_enemy_in_reach_aims_before_anything_else():
    meant, _ = click(MIDDLE, intents.InputContext(3, frozenset({MIDDLE}), frozenset({MIDDLE})))
    assert meant == intents.Aim(MIDDLE)


@pytest.mark.parametrize(
    ("held", "meant"),
    [
        (0, intents.Select(MIDDLE)),
        (pygame.KMOD_LCTRL, intents.Add(MIDDLE)),
        (pygame.KMOD_RCTRL, intents.Add(MIDDLE)),
        (pygame.KMOD_LALT, intents.Select(MIDDLE)),
    ],
)
def test_ctrl_and_a_click_add_to_what_is_selected_and_a_click_alone_does_not(held, meant):
    at, chosen = CAMERA.centre_of(MIDDLE), intents.InputContext(3)
    pressed, released = (event(kind, pos=at, button=1) for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP))
    _, pointer = intents.intent(pressed, CAMERA, chosen, intents.Pointer(), 1000, modifiers=held)
    found, _ = intents.intent(released, CAMERA, chosen, pointer, 1000, modifiers=held)
    assert found == meant


def test_a_second_click_soon_after_centres():
    _, pointer = click(MIDDLE)
    meant, _ = click(MIDDLE, pointer=pointer, now_ms=1200)
    assert meant == intents.Centre(MIDDLE)


def test_a_drag_pans_and_selects_nothing():
    start, chosen = (600, 400), intents.InputContext()
    _, pointer = intents.intent(event(pygame.MOUSEBUTTONDOWN, pos=start, button=1), CAMERA, chosen, intents.Pointer())
    motion = event(pygame.MOUSEMOTION, pos=(630, 390), rel=(30, -10), buttons=(1, 0, 0))
    meant, pointer = intents.intent(motion, CAMERA, chosen, pointer)
    assert meant == intents.Pan(-30, 10)
    meant, _ = intents.intent(event(pygame.MOUSEBUTTONUP, pos=(630, 390), button=1), CAMERA, chosen, pointer)
    assert meant is None


def test_a_trembling_hand_still_clicks():
    at = CAMERA.centre_of(MIDDLE)
    _, pointer = intents.intent(
        event(pygame.MOUSEBUTTONDOWN, pos=at, button=1), CAMERA, intents.InputContext(), intents.Pointer()
    )
    motion = event(pygame.MOUSEMOTION, pos=(at[0] + 2, at[1]), rel=(2, 0), buttons=(1, 0, 0))
    meant, pointer = intents.intent(motion, CAMERA, intents.InputContext(), pointer)
    assert meant is None
    meant, _ = intents.intent(
        event(pygame.MOUSEBUTTONUP, pos=at, button=1), CAMERA, intents.InputContext(), pointer, 1000
    )
    assert meant == intents.Select(MIDDLE)


@pytest.mark.parametrize(
    ("key", "mod", "meant"),
    [
        (pygame.K_RETURN, 0, intents.GiveCommand("end_turn")),
        (pygame.K_u, 0, intents.GiveCommand("undo")),
        (pygame.K_z, pygame.KMOD_LCTRL, intents.GiveCommand("undo")),
        (pygame.K_PLUS, 0, intents.GiveCommand("zoom_in")),
        (pygame.K_z, 0, intents.GiveCommand("hold")),
        (pygame.K_ESCAPE, 0, intents.GiveCommand("drop")),
        (pygame.K_F12, 0, None),
    ],
)
def test_keys(key, mod, meant):
    pygame.display.init()
    pressed = event(pygame.KEYDOWN, key=key, mod=mod)
    usual = commands.bindings({})
    found, _ = intents.intent(pressed, CAMERA, intents.InputContext(), intents.Pointer(), 0, usual)
    assert found == meant


def test_neighbouring_hexes_are_root_three_apart():
    (x, y), (u, v) = plane_of(0, 202), plane_of(202, 202)
    assert (u - x, v - y) == pytest.approx((0, 3**0.5))


def test_keys_bound_anew_take_the_place_of_the_usual_ones():
    pygame.display.init()
    keys = commands.bindings({"undo": ("ctrl+k",)})
    pressed = event(pygame.KEYDOWN, key=pygame.K_k, mod=pygame.KMOD_LCTRL)
    assert commands.command_of(pressed, keys) == "undo"
    assert commands.command_of(event(pygame.KEYDOWN, key=pygame.K_u, mod=0), keys) is None


def test_no_two_commands_share_a_usual_key():
    pygame.display.init()
    named = [commands.key_of(key) for command in commands.COMMANDS for key in command.keys]
    assert None not in named
    assert len(named) == len(set(named))
