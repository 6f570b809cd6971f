"""Signs and words of layers, laid out once for each zoom so that words do not lie over each other."""

from dataclasses import dataclass

import numpy as np
import pygame

from sim.game.overlays.shapes import MapMark, Overlay
from sim.ui.layers.styles import SIGNS, SignLook
from sim.ui.layers.symbols import sign
from sim.ui.look import theme
from sim.ui.map.camera import LADDER, Camera

MOST_NEW_WORDS = 10  # written in one frame; the others follow in the next
GAP_PX = 2


@dataclass
class Placed:
    """Something at a place of the whole map in pixels of one zoom: a sign, or words still to be written."""

    left: int
    top: int
    wide: int
    high: int
    above: bool
    face: pygame.Surface | None
    words: tuple[str, int, theme.Colour, str] | None = None


class Marks:
    """The marks of one layer.

    Parameters
    ----------
    overlay : Overlay
    """

    def __init__(self, overlay: Overlay) -> None:
        self.marks = overlay.marks
        self._laid: dict[int, tuple[list[Placed], np.ndarray]] = {}

    def draw(self, target: pygame.Surface, camera: Camera, *, above: bool) -> bool:
        """Draw the marks in view that stand above the counters, or those below; return whether all are written."""
        if not self.marks:
            return True
        if camera.level not in self._laid:
            self._laid[camera.level] = self._lay_out(camera.level)
        placed, boxes = self._laid[camera.level]
        left, top = camera.left_px, camera.top_px
        inside = (boxes[:, 0] < left + camera.width_px) & (boxes[:, 0] + boxes[:, 2] > left)
        inside &= (boxes[:, 1] < top + camera.height_px) & (boxes[:, 1] + boxes[:, 3] > top)
        inside &= boxes[:, 4] == above
        faces, written = [], 0
        for row in np.flatnonzero(inside).tolist():
            one = placed[row]
            if one.face is None and one.words is not None and written < MOST_NEW_WORDS:
                one.face = theme.haloed(*one.words)
                written += 1
            if one.face is not None:
                faces.append((one.face, (one.left - left, one.top - top)))
        target.fblits(faces)
        return written < MOST_NEW_WORDS

    def _lay_out(self, level: int) -> tuple[list[Placed], np.ndarray]:
        side = LADDER[level]
        base = sign_px(side)
        found: list[Placed] = []
        taken: list[pygame.Rect] = []
        words: list[tuple[MapMark, pygame.Rect]] = []
        for mark in self.marks:
            if side < mark.shown_from_px:
                continue
            look = SIGNS[mark.sign]
            x, y = round(mark.at[0] * side), round(mark.at[1] * side)
            box = pygame.Rect(x, y, 0, 0)
            if look.shape:
                face = sign(mark.sign, base)
                box = face.get_rect(center=(x, y))
                found.append(Placed(*box.topleft, *box.size, mark.above, face))
                taken.append(box)
            if mark.words and side >= mark.words_from_px:
                words.append((mark, box))
        for mark, box in words:
            one = _written(mark, box, SIGNS[mark.sign], side, taken)
            if one is not None:
                found.append(one)
        sizes = [(one.left, one.top, one.wide, one.high, one.above) for one in found]
        return found, np.array(sizes, np.int64).reshape(-1, 5)


def sign_px(side: float) -> int:
    """Return the size of a usual sign at a zoom."""
    return round(min(max(side * 0.46, 9), 22))


def _written(mark: MapMark, box: pygame.Rect, look: SignLook, side: float, taken: list[pygame.Rect]) -> Placed | None:
    """Return the words of a mark where there is room: beside the sign, above, below; None where there is none."""
    size = round(min(max(side * 0.36, 11), 15))
    style = "Bold" if look.is_bold else "Regular"
    wide, high = theme.font(size, style).size(mark.words)
    wide, high = wide + 4, high + 4
    places = [box.center]
    if look.shape:
        places = [
            (box.right + GAP_PX + wide // 2, box.centery),
            (box.centerx, box.top - high // 2 + 2),
            (box.centerx, box.bottom + high // 2 - 2),
            (box.left - GAP_PX - wide // 2, box.centery),
        ]
    for place in places:
        room = pygame.Rect(0, 0, wide, high)
        room.center = place
        if room.inflate(-2, -6).collidelist(taken) < 0:
            taken.append(room)
            return Placed(*room.topleft, wide, high, mark.above, None, (mark.words, size, look.ink, style))
    return None
