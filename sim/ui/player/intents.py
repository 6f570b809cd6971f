"""What an event means: pure functions from an event, the view and what can be done at it, to an intent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeAlias

import pygame

from sim.ui.map.camera import Camera, Point
from sim.ui.window.commands import command_of

DRAG_FROM_PX = 5
DOUBLE_CLICK_MS = 350
PAN, SEND, BOX = "pan", "send", "box"
NO_KEYS: Mapping[tuple[int, int], str] = MappingProxyType({})


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
class Send:
    """March or plot the chosen units to a hex, or aim at it: whatever can be done there."""

    hex: int


@dataclass(frozen=True)
class Add:
    """Add the units of a hex to the chosen ones, or take them away."""

    hex: int


@dataclass(frozen=True)
class Box:
    """A box is drawn from one corner to the other; once it is done, the units in it are chosen."""

    start: Point
    end: Point
    done: bool


@dataclass(frozen=True)
class GiveCommand:
    """Something asked for by key or button, by name."""

    name: str


Intent: TypeAlias = Pan | Zoom | Centre | Hover | Select | MoveTo | Aim | Send | Add | Box | GiveCommand


@dataclass(frozen=True)
class InputContext:
    """What the window knows when an event comes.

    Attributes
    ----------
    unit : int
        Chosen unit, -1 none.
    reachable, targets : frozenset of int
        Hexes to which the chosen unit can march, and which it can attack.
    own : frozenset of int
        Hexes of the chosen units: a drag from there sends them.
    is_group : bool
        Whether several units are chosen.
    """

    unit: int = -1
    reachable: frozenset[int] = field(default_factory=frozenset)
    targets: frozenset[int] = field(default_factory=frozenset)
    own: frozenset[int] = field(default_factory=frozenset)
    is_group: bool = False


@dataclass(frozen=True)
class Pointer:
    """The pointer between two events: where the button went down and what a drag from there does, and its last click.

    Attributes
    ----------
    drags : str
        ``PAN`` the map, ``SEND`` the chosen units, or draw a ``BOX``.
    start : tuple of float
        Where the button went down first; ``down`` goes along with a pan.
    """

    down: Point | None = None
    dragging: bool = False
    last_click_ms: int = -10_000
    last_click: Point = (-100.0, -100.0)
    drags: str = PAN
    start: Point = (0.0, 0.0)


def intent(
    event: Any,
    camera: Camera,
    context: InputContext,
    pointer: Pointer,
    now_ms: int = 0,
    keys: Mapping[tuple[int, int], str] = NO_KEYS,
    modifiers: int = 0,
) -> tuple[Intent | None, Pointer]:
    """Return what an event over the map or the keyboard means, and the pointer after it.

    Parameters
    ----------
    event : pygame.event.Event
        Positions are those of the map's own surface.
    camera : Camera
    context : InputContext
    pointer : Pointer
    now_ms : int
        For double clicks.
    keys : mapping
        (key, modifiers) -> name of a command (``sim.ui.window.commands.bindings``).
    modifiers : int
        Keys held while the mouse is used (``pygame.KMOD_*``).
    """
    if event.type == pygame.KEYDOWN:
        name = command_of(event, keys)
        return (GiveCommand(name) if name else None), pointer
    if event.type == pygame.MOUSEWHEEL:
        at = getattr(event, "at", (camera.width_px / 2, camera.height_px / 2))
        return (Zoom(1 if event.y > 0 else -1, at) if event.y else None), pointer
    if event.type == pygame.MOUSEMOTION:
        return _motion(event, camera, pointer)
    if event.type == pygame.MOUSEBUTTONDOWN and event.button in (1, 2):
        return None, _pressed(event, camera, context, pointer, modifiers)
    if event.type == pygame.MOUSEBUTTONDOWN and event.button == 3:
        hex = camera.hex_at(event.pos)
        sends = context.unit >= 0 and hex >= 0 and (context.is_group or hex not in context.own)
        return (Send(hex) if sends else GiveCommand("drop")), pointer
    if event.type == pygame.MOUSEBUTTONUP and event.button in (1, 2):
        return _release(event, camera, context, pointer, now_ms, modifiers)
    return None, pointer


def _pressed(event: Any, camera: Camera, context: InputContext, pointer: Pointer, modifiers: int) -> Pointer:
    drags = PAN
    if event.button == 1 and modifiers & pygame.KMOD_SHIFT:
        drags = BOX
    elif event.button == 1 and camera.hex_at(event.pos) in context.own:
        drags = SEND
    return Pointer(event.pos, event.button == 2, pointer.last_click_ms, pointer.last_click, drags, event.pos)


def _motion(event: Any, camera: Camera, pointer: Pointer) -> tuple[Intent | None, Pointer]:
    if pointer.down is None:
        return Hover(camera.hex_at(event.pos)), pointer
    far = max(abs(event.pos[0] - pointer.down[0]), abs(event.pos[1] - pointer.down[1])) >= DRAG_FROM_PX
    if not pointer.dragging and not far:
        return None, pointer
    after = replace(pointer, dragging=True)
    if pointer.drags == SEND:
        return Hover(camera.hex_at(event.pos)), after
    if pointer.drags == BOX:
        return Box(pointer.start, event.pos, False), after
    dx, dy = pointer.down[0] - event.pos[0], pointer.down[1] - event.pos[1]
    return Pan(dx, dy), replace(after, down=event.pos)


def _release(
    event: Any, camera: Camera, context: InputContext, pointer: Pointer, now_ms: int, modifiers: int
) -> tuple[Intent | None, Pointer]:
    up = Pointer(None, False, pointer.last_click_ms, pointer.last_click)
    hex = camera.hex_at(event.pos)
    if pointer.down is None:
        return None, up
    if pointer.dragging:
        if pointer.drags == BOX:
            return Box(pointer.start, event.pos, True), up
        return (Send(hex) if pointer.drags == SEND and hex >= 0 and hex not in context.own else None), up
    return _click(hex, event.pos, context, pointer, now_ms, modifiers)


def _click(
    hex: int, at: Point, context: InputContext, pointer: Pointer, now_ms: int, modifiers: int
) -> tuple[Intent | None, Pointer]:
    near = abs(at[0] - pointer.last_click[0]) + abs(at[1] - pointer.last_click[1]) <= 2 * DRAG_FROM_PX
    after = Pointer(None, False, now_ms, at)
    if hex < 0:
        return None, after
    if modifiers & (pygame.KMOD_CTRL | pygame.KMOD_SHIFT):
        return Add(hex), after
    if context.unit >= 0 and hex in context.targets:
        return Aim(hex), after
    if context.unit >= 0 and hex in context.reachable:
        return MoveTo(hex), after
    if near and now_ms - pointer.last_click_ms <= DOUBLE_CLICK_MS:
        return Centre(hex), Pointer()
    return Select(hex), after
