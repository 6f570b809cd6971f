"""The counters of a view: those of before are drawn, grown or shrunk, until every new one is ready."""

import time
from collections.abc import Sequence

import pygame

from sim.ui.look import theme
from sim.ui.look.counter_face import Look
from sim.ui.map.camera import Camera
from sim.ui.map.counter_art import counter, is_ready
from sim.ui.map.stacks import Piece

MARGIN_PX = 80  # beyond the edge of the view, within which a counter is drawn


def map_pixel(camera: Camera, at: tuple[float, float]) -> tuple[int, int]:
    """Return where a point of the plane lies on the map's own surface."""
    side = camera.side_px
    return round(at[0] * side) - camera.left_px, round(at[1] * side) - camera.top_px


class CounterLayer:
    """Draws the counters, and remembers which were drawn whole last."""

    def __init__(self) -> None:
        self._last: Sequence[Piece] = ()
        self._grown: dict[tuple[Look, int], pygame.Surface] = {}

    def forget(self) -> None:
        """Draw nothing again of what was drawn before."""
        self._last = ()

    def draw(self, target: pygame.Surface, camera: Camera, shown: Sequence[Piece], until: float) -> bool:
        """Draw the counters of a view; return whether they are those asked for, and not those of before.

        Parameters
        ----------
        until : float
            ``time.perf_counter()`` after which no new face is drawn; where nothing was drawn before, all are.
        """
        visible = _visible(camera, shown)
        for piece, _ in visible:
            if not is_ready(piece.look) and (time.perf_counter() < until or not self._last):
                counter(piece.look)
        if all(is_ready(piece.look) for piece, _ in visible):
            self._last = shown
            self._grown.clear()
            _draw(target, camera, [(piece, at, counter(piece.look)) for piece, at in visible])
            return True
        width = max(piece.look.width_px for piece in shown)
        before = _visible(camera, self._last)
        _draw(target, camera, [(piece, at, self._grown_to(piece.look, width)) for piece, at in before])
        return False

    def _grown_to(self, look: Look, width_px: int) -> pygame.Surface:
        """Return a face that was drawn before, at another width."""
        key = look, width_px
        if key not in self._grown:
            face, share = counter(look), width_px / look.width_px
            size = max(round(face.get_width() * share), 1), max(round(face.get_height() * share), 1)
            self._grown[key] = face if share == 1 else pygame.transform.smoothscale(face, size)
        return self._grown[key]


def _visible(camera: Camera, shown: Sequence[Piece]) -> list[tuple[Piece, tuple[int, int]]]:
    places = [(piece, map_pixel(camera, piece.at)) for piece in shown]
    return [(piece, at) for piece, at in places if camera.shows(at, MARGIN_PX)]


def _draw(
    target: pygame.Surface, camera: Camera, faces: Sequence[tuple[Piece, tuple[int, int], pygame.Surface]]
) -> None:
    for piece, at, _ in faces:
        if piece.home is not None:
            pygame.draw.aaline(target, theme.INK, map_pixel(camera, piece.home), at)
    target.fblits([(face, face.get_rect(center=at)) for _, at, face in faces])
