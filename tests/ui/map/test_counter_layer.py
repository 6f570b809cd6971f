"""Counters while the zoom changes: those of before, grown or shrunk, and no blank plates."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest

from sim.ui.look.counter_face import Look
from sim.ui.map import counter_art
from sim.ui.map.camera import Camera, plane_of
from sim.ui.map.counter_layer import CounterLayer
from sim.ui.map.stacks import Piece
from tests.support import windows

pytestmark = pytest.mark.window
NEAR = Camera(20, 20, 7, 900, 600, 40, 40)
FAR = replace(NEAR, level=4)
GROUND = (10, 200, 10)


@pytest.fixture(scope="module", autouse=True)
def window() -> Iterator[None]:
    assert windows.opened_window()
    yield
    pygame.quit()


@pytest.fixture(autouse=True)
def no_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter_art, "_kept", {})


def pieces(width_px: int, strength: str = "11") -> list[Piece]:
    """Return counters of a width in the middle of the map, each with a look of its own."""
    hexes = [row * 40 + column for row in range(8, 14) for column in range(10, 16)]
    return [
        Piece((unit,), plane_of(hex, 40), Look(0, unit % 4, width_px, strength=f"{strength}{unit}"), hex)
        for unit, hex in enumerate(hexes)
    ]


def drawn(layer: CounterLayer, camera: Camera, shown: list[Piece], until: float) -> tuple[bool, pygame.Surface]:
    target = pygame.Surface((camera.width_px, camera.height_px))
    target.fill(GROUND)
    return layer.draw(target, camera, shown, until), target


def test_the_first_counters_are_drawn_at_once() -> None:
    finished, target = drawn(CounterLayer(), NEAR, pieces(44), until=0)
    assert finished
    assert pygame.mask.from_threshold(target, GROUND, (1, 1, 1)).count() < 900 * 600


def test_until_the_new_ones_are_ready_those_of_before_are_drawn_in_the_new_size() -> None:
    layer, near, far = CounterLayer(), pieces(44), pieces(22)
    drawn(layer, NEAR, near, until=0)
    finished, target = drawn(layer, FAR, far, until=0)
    assert not finished
    assert not any(counter_art.is_ready(piece.look) for piece in far)
    wanted = drawn(CounterLayer(), FAR, far, until=0)[1]
    masks = [pygame.mask.from_threshold(one, GROUND, (1, 1, 1)) for one in (target, wanted)]
    for mask in masks:
        mask.invert()
    assert masks[0].overlap_area(masks[1], (0, 0)) > 0.8 * masks[1].count()  # in the same places, about as large


def test_a_frame_with_time_makes_them_ready() -> None:
    layer, near, far = CounterLayer(), pieces(44), pieces(22)
    drawn(layer, NEAR, near, until=0)
    finished, target = drawn(layer, FAR, far, until=time.perf_counter() + 60)
    assert finished
    assert pygame.image.tobytes(target, "RGB") == pygame.image.tobytes(
        drawn(CounterLayer(), FAR, far, until=0)[1], "RGB"
    )


def test_what_another_player_saw_is_not_drawn_again() -> None:
    layer, theirs, mine = CounterLayer(), pieces(44, "theirs"), pieces(44, "mine")[:1]
    drawn(layer, NEAR, theirs, until=0)
    layer.forget()
    finished, target = drawn(layer, NEAR, mine, until=0)
    assert finished
    assert pygame.image.tobytes(target, "RGB") == pygame.image.tobytes(
        drawn(CounterLayer(), NEAR, mine, until=0)[1], "RGB"
    )
