"""A stack spread out beside its hex: every unit with its name, to be chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from sim.ui.look import theme
from sim.ui.look.counter_face import Look
from sim.ui.map.camera import Camera, Point
from sim.ui.map.counter_art import counter

COUNTER_PX, GAP_PX, NAME_PX = 54, 7, 172
LETTERS_PX = 13


@dataclass(frozen=True)
class Slot:
    """One unit of a fan: its counter, its name, and where they stand."""

    unit: int
    look: Look
    name: str
    left: int
    top: int
    width: int
    height: int

    @property
    def box(self) -> pygame.Rect:
        """Return where the slot stands."""
        return pygame.Rect(self.left, self.top, self.width, self.height)


@dataclass(frozen=True)
class Fan:
    """A stack spread out."""

    hex: int
    slots: tuple[Slot, ...]

    @property
    def box(self) -> pygame.Rect:
        """Return the sheet on which the slots stand."""
        boxes = [slot.box for slot in self.slots]
        return boxes[0].unionall(boxes[1:]).inflate(2 * GAP_PX, 2 * GAP_PX)


def fan(
    units: Sequence[int], hex: int, camera: Camera, look_of: Callable[[int, int], Look], name_of: Callable[[int], str]
) -> Fan:
    """Return the fan of a stack, inside the view, to the right of its hex or where there is room.

    Parameters
    ----------
    units : sequence of int
        The one on top first.
    look_of : callable
        From a unit and a width in pixels to its look.
    name_of : callable
        From a unit to its name.
    """
    wide = theme.px(COUNTER_PX)
    high = look_of(units[0], wide).height_px + theme.px(GAP_PX)
    slot_wide = wide + theme.px(NAME_PX)
    rows = max((camera.height_px - 4 * GAP_PX) // high, 1)
    columns = -(-len(units) // rows)
    rows = -(-len(units) // columns)
    x, y = camera.centre_of(hex)
    reach = round(camera.side_px) + 2 * GAP_PX
    left = x + reach if x + reach + columns * slot_wide <= camera.width_px else x - reach - columns * slot_wide
    left = min(max(left, 2 * GAP_PX), max(camera.width_px - columns * slot_wide - 2 * GAP_PX, 0))
    top = min(max(y - rows * high // 2, 2 * GAP_PX), max(camera.height_px - rows * high - 2 * GAP_PX, 0))
    slots = [
        Slot(
            unit, look_of(unit, wide), name_of(unit),
            left + index // rows * slot_wide, top + index % rows * high, slot_wide, high,
        )
        for index, unit in enumerate(units)
    ]  # fmt: skip
    return Fan(hex, tuple(slots))


def fan_at(fan: Fan, pixel: Point) -> int:
    """Return the unit of a fan under a pixel, -1 none."""
    return next((slot.unit for slot in fan.slots if slot.box.collidepoint(pixel)), -1)


def draw_fan(target: pygame.Surface, fan: Fan, camera: Camera, chosen: int, pixel: Point | None = None) -> None:
    """Draw a fan with a line to its hex; the chosen unit and the one under the pointer are set off."""
    sheet = fan.box
    near = (sheet.left if camera.centre_of(fan.hex)[0] < sheet.left else sheet.right, sheet.centery)
    pygame.draw.aaline(target, theme.INK, camera.centre_of(fan.hex), near)
    pygame.draw.rect(target, theme.PAPER, sheet, border_radius=6)
    pygame.draw.rect(target, theme.PAPER_EDGE, sheet, 2, border_radius=6)
    under = fan_at(fan, pixel) if pixel is not None else -1
    for slot in fan.slots:
        if slot.unit in (under, chosen):
            fill = theme.palette.chosen if slot.unit == chosen else theme.PAPER_EDGE
            pygame.draw.rect(target, fill, slot.box.inflate(0, -2), border_radius=4)
        face = counter(slot.look)
        target.blit(face, face.get_rect(center=(slot.left + 4 + slot.look.width_px // 2, slot.box.centery)))
        room = slot.width - slot.look.width_px - theme.px(16)
        lines = theme.wrapped(slot.name, theme.px(LETTERS_PX), room)[:2]
        line_high = theme.px(LETTERS_PX) + 4
        for index, line in enumerate(lines):
            words = theme.text(line, theme.px(LETTERS_PX), theme.INK)
            y = slot.box.centery + round((index - (len(lines) - 1) / 2) * line_high)
            target.blit(words, words.get_rect(midleft=(slot.left + slot.look.width_px + theme.px(12), y)))
