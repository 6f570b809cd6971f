"""What an event means: pure functions from an event, the view and the selection to an intent."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pygame

from sim.ui.camera import Camera, Point

DRAG_FROM_PX = 5
DOUBLE_CLICK_MS = 350
PAN_KEYS = {
    pygame.K_LEFT: (-1, 0),
    pygame.K_RIGHT: (1, 0),
    pygame.K_UP: (0, -1),
    pygame.K_DOWN: (0, 1),
    pygame.K_a: (-1, 0),
    pygame.K_d: (1, 0),
    pygame.K_w: (0, -1),
    pygame.K_s: (0, 1),
}


@dataclass(frozen=True)
class Pan:
    """Move the view by pixels of the map."""

    dx_px: float
    dy_px: float


@dataclass(frozen=True)
class Zoom:
    """Go some steps nearer, keeping the point under a pixel."""

    steps: int
    at: Point


@dataclass(frozen=True)
class Centre:
    """Bring a hex to the middle."""

    hex: int


@dataclass(frozen=True)
class Hover:
    """The pointer is over a hex (-1 none)."""

    hex: int


@dataclass(frozen=True)
class Select:
    """Choose the next unit of a hex."""

    hex: int


@dataclass(frozen=True)
class MoveTo:
    """March the chosen unit to a hex."""

    hex: int


@dataclass(frozen=True)
class Aim:
    """Show the forecast of an attack on a hex; a second time, attack."""

    hex: int


@dataclass(frozen=True)
class Command:
    """Something asked for by key or button, by name."""

    name: str


Intent: TypeAlias = Pan | Zoom | Centre | Hover | Select | MoveTo | Aim | Command


@dataclass(frozen=True)
class Selection:
    """What the window knows when an event comes.

    Attributes
    ----------
    unit : int
        Chosen unit, -1 none.
    reachable, targets : frozenset of int
        Hexes to which the chosen unit can march, and which it can attack.
    """

    unit: int = -1
    reachable: frozenset[int] = field(default_factory=frozenset)
    targets: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Pointer:
    """The pointer between two events: where the button went down, whether it drags, when it last clicked."""

    down: Point | None = None
    dragging: bool = False
    last_click_ms: int = -10_000
    last_click: Point = (-100.0, -100.0)


KEY_COMMANDS = {
    pygame.K_RETURN: "end_turn",
    pygame.K_ESCAPE: "drop",
    pygame.K_u: "undo",
    pygame.K_n: "next_unit",
    pygame.K_p: "previous_unit",
    pygame.K_c: "centre",
    pygame.K_x: "posture",
    pygame.K_SPACE: "rest",
    pygame.K_h: "help",
    pygame.K_F1: "help",
    pygame.K_l: "log",
    pygame.K_HOME: "theatre",
    pygame.K_F11: "full_screen",
}


def intent(
    event: Any, camera: Camera, selection: Selection, pointer: Pointer, now_ms: int = 0
) -> tuple[Intent | None, Pointer]:
    """Return what an event over the map or the keyboard means, and the pointer after it.

    Parameters
    ----------
    event : pygame.event.Event
        Positions are those of the map's own surface.
    camera : Camera
    selection : Selection
    pointer : Pointer
    now_ms : int
        For double clicks.
    """
    if event.type == pygame.KEYDOWN:
        return _key(event, camera), pointer
    if event.type == pygame.MOUSEWHEEL:
        at = getattr(event, "at", (camera.width_px / 2, camera.height_px / 2))
        return (Zoom(1 if event.y > 0 else -1, at) if event.y else None), pointer
    if event.type == pygame.MOUSEMOTION:
        return _motion(event, camera, pointer)
    if event.type == pygame.MOUSEBUTTONDOWN and event.button in (1, 2):
        return None, Pointer(event.pos, event.button == 2, pointer.last_click_ms, pointer.last_click)
    if event.type == pygame.MOUSEBUTTONDOWN and event.button == 3:
        return Command("drop"), pointer
    if event.type == pygame.MOUSEBUTTONUP and event.button in (1, 2):
        return _release(event, camera, selection, pointer, now_ms)
    return None, pointer


def _key(event: Any, camera: Camera) -> Intent | None:
    if event.key in PAN_KEYS and not event.mod & pygame.KMOD_CTRL:
        dx, dy = PAN_KEYS[event.key]
        return Pan(dx * camera.width_px / 12, dy * camera.width_px / 12)
    if event.key in (pygame.K_PLUS, pygame.K_EQUALS, pygame.K_KP_PLUS):
        return Zoom(1, (camera.width_px / 2, camera.height_px / 2))
    if event.key in (pygame.K_MINUS, pygame.K_KP_MINUS):
        return Zoom(-1, (camera.width_px / 2, camera.height_px / 2))
    if event.key == pygame.K_z and event.mod & pygame.KMOD_CTRL:
        return Command("undo")
    name = KEY_COMMANDS.get(event.key)
    return Command(name) if name else None


def _motion(event: Any, camera: Camera, pointer: Pointer) -> tuple[Intent | None, Pointer]:
    if pointer.down is None:
        return Hover(camera.hex_at(event.pos)), pointer
    far = max(abs(event.pos[0] - pointer.down[0]), abs(event.pos[1] - pointer.down[1])) >= DRAG_FROM_PX
    if not pointer.dragging and not far:
        return None, pointer
    dx, dy = pointer.down[0] - event.pos[0], pointer.down[1] - event.pos[1]
    return Pan(dx, dy), Pointer(event.pos, True, pointer.last_click_ms, pointer.last_click)


def _release(
    event: Any, camera: Camera, selection: Selection, pointer: Pointer, now_ms: int
) -> tuple[Intent | None, Pointer]:
    if pointer.down is None or pointer.dragging:
        return None, Pointer(None, False, pointer.last_click_ms, pointer.last_click)
    hex = camera.hex_at(event.pos)
    near = abs(event.pos[0] - pointer.last_click[0]) + abs(event.pos[1] - pointer.last_click[1]) <= 2 * DRAG_FROM_PX
    after = Pointer(None, False, now_ms, event.pos)
    if hex < 0:
        return None, after
    if selection.unit >= 0 and hex in selection.targets:
        return Aim(hex), after
    if selection.unit >= 0 and hex in selection.reachable:
        return MoveTo(hex), after
    if near and now_ms - pointer.last_click_ms <= DOUBLE_CLICK_MS:
        return Centre(hex), Pointer()
    return Select(hex), after
