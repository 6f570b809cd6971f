"""The map in the window, the parts that stand over it, and what the pointer and the keys do there."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

import pygame

from sim.game.play.session_view import SessionView
from sim.ui.map.camera import LADDER
from sim.ui.map.known_marks import knowledge_of
from sim.ui.map.map_view import MapView
from sim.ui.map.stacks import MERGED_BELOW_PX
from sim.ui.panels.layer_bar import LayerBar
from sim.ui.panels.order_of_battle import OrderOfBattle
from sim.ui.panels.part import EDGE, Part
from sim.ui.panels.stack_fan import StackFan
from sim.ui.panels.top_bar import TopBar
from sim.ui.player import intents
from sim.ui.player.selection import Selection
from sim.ui.player.table import SomePart
from sim.ui.window.commands import BY_NAME, bindings, command_of
from sim.ui.window.stage import Screen

CURSOR_STEPS = {"cursor_north": (0, -1), "cursor_south": (0, 1), "cursor_west": (-1, 0), "cursor_east": (1, 0)}
FRAMED = 0.6  # share of the window that what a scenario frames may take


class MapScreen(Screen):
    """A campaign on its map.

    Parameters
    ----------
    session : SessionView
    view : MapView
    selection : Selection

    Attributes
    ----------
    parts : list of Part
        What stands over the map, the uppermost last.
    is_pointing : bool
        Whether the pointer or the cursor is over free map, not over a panel.
    """

    kinds: ClassVar[tuple[type[Part], ...]] = ()  # drawn in this order: the last lies above, and gets events first

    def __init__(self, session: SessionView, view: MapView, selection: Selection) -> None:
        self.session, self.view, self.selection = session, view, selection
        self.size = (1280, 800)
        self.keys = bindings({})
        self.pointer = intents.Pointer()
        self.is_pointing = True
        self._known_for = -1
        self.watching = False
        self.parts = [part(self) for part in self.kinds]
        self.camera = view.theatre(self.size[0], self.size[1] - self.map_top)
        self._commands = self.commands()
        for part in self.parts:
            self._commands.update(part.commands())

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the commands that the screen carries out itself, by name."""
        found: dict[str, Callable[[], None]] = {
            "drop": self.selection.let_go,
            "choose_here": lambda: self.selection.choose_in(max(self.selection.hovered, 0)),
            "centre": self.centre,
            "theatre": self._theatre,
            "zoom_in": lambda: self._zoom(1),
            "zoom_out": lambda: self._zoom(-1),
            "pan_left": lambda: self._pan(-1, 0),
            "pan_right": lambda: self._pan(1, 0),
            "pan_up": lambda: self._pan(0, -1),
            "pan_down": lambda: self._pan(0, 1),
        }
        return found | {name: partial(self._move_cursor, *step) for name, step in CURSOR_STEPS.items()}

    def enter(self) -> None:
        """Show what the scenario frames, or the whole theatre."""
        self.resize(self.stage.size)
        self._theatre()
        names, places = self.session.campaign.names, self.session.world.places
        framed = [int(places["hex"][names.place_rows[one]]) for one in self.session.campaign.scenario.header.frame]
        if framed:
            self._show_all(framed)

    def leave(self) -> None:
        """Let the parts finish what they do."""
        for part in self.parts:
            part.leave()

    def part(self, kind: type[SomePart]) -> SomePart:
        """Return the part of a kind."""
        return next(part for part in self.parts if isinstance(part, kind))

    @property
    def map_top(self) -> int:
        """Return how far below the upper edge of the window the map begins, in pixels."""
        return self.part(TopBar).height

    @property
    def map_foot(self) -> int:
        """Return where what stands at the lower edge of the map begins, in pixels from the upper edge of the window."""
        return self.size[1] - EDGE

    # --- events

    def handle(self, event: pygame.event.Event, now_ms: int) -> None:
        """Take one event of the window: parts first, the uppermost before the others."""
        if any(part.handle(event, now_ms) for part in reversed(self.parts)):
            return
        if event.type == pygame.MOUSEMOTION:
            self.is_pointing = not self.is_covered(event.pos)
        moved = self._over_map(event)
        meant, self.pointer = intents.intent(
            moved, self.camera, self.selection.input_context, self.pointer, now_ms, self.keys, pygame.key.get_mods()
        )
        if meant is not None:
            self.carry_out(meant, getattr(moved, "pos", None))

    def is_covered(self, at: tuple[int, int]) -> bool:
        """Return whether a part lies over the map at a pixel of the window."""
        return any(part.covers(at) for part in self.parts)

    def goes_on(self, held: pygame.event.Event) -> bool:
        """Return whether a held key moves or steps on; no order is given twice by it."""
        command = command_of(held, self.keys)
        is_step = command is None or BY_NAME[command].goes_on or self.part(OrderOfBattle).is_typing
        return is_step and super().goes_on(held)

    def carry_out(self, meant: intents.Intent, pixel: tuple[int, int] | None = None) -> None:
        """Do what was meant."""
        match meant:
            case intents.Pan(dx, dy):
                self.camera = self.camera.panned(dx, dy)
            case intents.Zoom(steps, at):
                self.camera = self.camera.zoomed(steps, at)
            case intents.Centre(hex):
                self.camera = self.camera.centred(hex)
            case intents.Hover(hex):
                self.selection.hovered = hex
            case intents.Select(hex):
                self._select(hex, pixel)
            case intents.GiveCommand(name):
                if name in self._commands:
                    self._commands[name]()

    def _over_map(self, event: pygame.event.Event) -> pygame.event.Event:
        """Return an event with its position counted from the corner of the map."""
        if event.type == pygame.MOUSEWHEEL:
            x, y = getattr(event, "at", None) or pygame.mouse.get_pos()
            return pygame.event.Event(event.type, {**event.dict, "at": (x, y - self.map_top)})
        if "pos" not in event.dict:
            return event
        x, y = event.pos
        return pygame.event.Event(event.type, {**event.dict, "pos": (x, y - self.map_top)})

    def _select(self, hex: int, pixel: tuple[int, int] | None) -> None:
        if self.camera.side_px < MERGED_BELOW_PX and pixel is not None:
            piece = self.view.piece_at(self.camera, self.selection.chosen, pixel)
            if piece is not None:
                self.selection.choose(piece.units[0])
                self.show_hex(piece.hex, 13.5)
                return
        self.selection.choose_in(hex)
        self.part(StackFan).open(hex)

    @property
    def is_panning(self) -> bool:
        """Return whether the map is being dragged."""
        return self.pointer.dragging and self.pointer.drags == intents.PAN

    def _move_cursor(self, columns: int, rows: int) -> None:
        """Move the cursor by a hex; it begins at the chosen unit, or in the middle."""
        n_cols = self.camera.n_cols
        at = self.selection.hovered
        if at < 0:
            chosen = self.selection.chosen
            middle = (self.camera.width_px / 2, self.camera.height_px / 2)
            at = int(self.session.world.units["hex"][chosen]) if chosen >= 0 else self.camera.hex_at(middle)
        column = min(max(at % n_cols + columns, 0), n_cols - 1)
        row = min(max(at // n_cols + rows, 0), self.camera.n_rows - 1)
        self.selection.hovered = row * n_cols + column
        self.is_pointing = True
        if not self.camera.shows(self.camera.centre_of(self.selection.hovered), -40):
            self.camera = self.camera.centred(self.selection.hovered)

    # --- the view

    def show_hex(self, hex: int, least_px: float = 24.0) -> None:
        """Bring a hex to the middle, near enough to be read."""
        nearer = max(LADDER.index(least_px) - self.camera.level, 0)
        self._zoom(nearer)
        self.camera = self.camera.centred(hex)
        self.selection.hovered = hex  # the pointer now lies over other ground than it did

    def _show_all(self, hexes: list[int]) -> None:
        """Show some hexes as near as the window allows."""
        for level in range(len(LADDER) - 1, -1, -1):
            camera = replace(self.camera, level=level)
            points = [camera.centre_of(hex) for hex in hexes]
            wide = max(x for x, _ in points) - min(x for x, _ in points)
            high = max(y for _, y in points) - min(y for _, y in points)
            if wide <= camera.width_px * FRAMED and high <= camera.height_px * FRAMED:
                break
        x, y = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
        self.camera = camera.panned(x - camera.width_px / 2, y - camera.height_px / 2)

    def centre(self) -> None:
        """Bring the chosen unit to the middle."""
        hex = int(self.session.world.units["hex"][self.selection.chosen]) if self.selection.chosen >= 0 else -1
        if hex >= 0:
            self.show_hex(hex)

    def _zoom(self, steps: int) -> None:
        self.camera = self.camera.zoomed(steps, (self.camera.width_px / 2, self.camera.height_px / 2))

    def _pan(self, dx: int, dy: int) -> None:
        self.camera = self.camera.panned(dx * self.camera.width_px / 12, dy * self.camera.width_px / 12)

    def _theatre(self) -> None:
        self.camera = self.view.theatre(self.camera.width_px, self.camera.height_px)
        self.selection.hovered = -1

    def resize(self, size: tuple[int, int]) -> None:
        """Fit a window of another size, or other settings."""
        self.size = size
        self.keys = bindings(self.stage.settings.keys)
        for part in self.parts:
            part.resize()
        self.camera = self.camera.resized(size[0], size[1] - self.map_top)

    # --- frames

    def update(self, elapsed_s: float = 0.0) -> None:
        """Show what is known by now, and let the parts go on."""
        if self._known_for != self.session.version:
            self._known_for = self.session.version
            self.view.know(knowledge_of(self.session))
        for part in self.parts:
            part.update()

    def draw(self, target: pygame.Surface) -> None:
        """Draw the map, then what stands over it."""
        selection = self.selection
        area = target.subsurface(pygame.Rect(0, self.map_top, self.size[0], self.size[1] - self.map_top))
        self.view.modern_names = self.stage.settings.names == "today"
        self.view.draw(area, self.camera, selection.chosen, selection.march, selection.targets)
        self.view.draw_hex(area, self.camera, selection.hovered)
        self.draw_selected(area)
        for part in self.parts:
            part.draw_map(area)
        for part in self.parts:
            part.draw(target)

    def draw_selected(self, area: pygame.Surface) -> None:
        """Draw what else is selected on the map's own surface."""

    def rest(self, budget_ms: float) -> None:
        """Prepare tiles and counters that the next frames may need."""
        if self.view.finished:
            self.view.rest(self.camera, self.selection.chosen, budget_ms)
            self.part(LayerBar).rest()
