"""The campaign screen: the map, the parts that stand over it, and what each intent does."""

from collections.abc import Callable
from typing import TypeVar

import pygame

from sim.game.session import Session
from sim.ui import input as inputs
from sim.ui.above import AbovePart
from sim.ui.camera import LADDER
from sim.ui.commands import bindings
from sim.ui.desk import Desk
from sim.ui.layerbar import LayerBar
from sim.ui.logpanel import LogPanel, Message
from sim.ui.mapview import MapView
from sim.ui.minimap import MiniMap
from sim.ui.orderofbattle import OrderOfBattle
from sim.ui.parts import Part
from sim.ui.pieces import MERGED_BELOW_PX
from sim.ui.reporting import Reporting
from sim.ui.saving import Saving
from sim.ui.sidepanel import SidePanel
from sim.ui.stage import Screen
from sim.ui.topbar import TopBar
from sim.ui.whypanel import WhyPanel

SomePart = TypeVar("SomePart", bound=Part)
# Drawn in this order: the last one lies above the others and gets events first.
PARTS: tuple[type[Part], ...] = (
    LayerBar, MiniMap, SidePanel, LogPanel, Message, WhyPanel, OrderOfBattle, TopBar, Saving, Reporting,
    AbovePart,
)  # fmt: skip


class CampaignScreen(Screen):
    """One window's campaign.

    Parameters
    ----------
    session : Session
    view : MapView

    Attributes
    ----------
    desk : Desk
        What the player has in hand.
    parts : list of Part
        What stands over the map, the uppermost last.
    """

    def __init__(self, session: Session, view: MapView) -> None:
        self.session, self.view = session, view
        self.desk = Desk(session)
        self.size = (1280, 800)
        self.keys = bindings({})
        self.pointer = inputs.Pointer()
        self.watching = not session.sides
        self.parts = [part(self) for part in PARTS]
        self.camera = view.theatre(self.size[0], self.size[1] - self.map_top)
        self._commands: dict[str, Callable[[], None]] = {
            "end_turn": self.end_turn,
            "drop": self.desk.let_go,
            "undo": self.desk.undo,
            "next_unit": lambda: self._step_unit(1),
            "previous_unit": lambda: self._step_unit(-1),
            "posture": self.desk.next_posture,
            "rest": self.desk.dig_in,
            "pause": self._pause,
            "centre": self.centre,
            "theatre": self._theatre,
            "zoom_in": lambda: self._zoom(1),
            "zoom_out": lambda: self._zoom(-1),
            "pan_left": lambda: self._pan(-1, 0),
            "pan_right": lambda: self._pan(1, 0),
            "pan_up": lambda: self._pan(0, -1),
            "pan_down": lambda: self._pan(0, 1),
        }
        for part in self.parts:
            self._commands.update(part.commands())

    def enter(self) -> None:
        """Show the whole theatre."""
        self.resize(self.stage.size)
        self._theatre()

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

    # --- events

    def handle(self, event: pygame.event.Event, now_ms: int) -> None:
        """Take one event of the window: parts first, the uppermost before the others."""
        if any(part.handle(event, now_ms) for part in reversed(self.parts)):
            return
        moved = self._over_map(event)
        meant, self.pointer = inputs.intent(moved, self.camera, self.desk.selection, self.pointer, now_ms, self.keys)
        if meant is not None:
            self.carry_out(meant, getattr(moved, "pos", None))

    def carry_out(self, meant: inputs.Intent, pixel: tuple[int, int] | None = None) -> None:
        """Do what was meant."""
        match meant:
            case inputs.Pan(dx, dy):
                self.camera = self.camera.panned(dx, dy)
            case inputs.Zoom(steps, at):
                self.camera = self.camera.zoomed(steps, at)
            case inputs.Centre(hex):
                self.camera = self.camera.centred(hex)
            case inputs.Hover(hex):
                self.desk.hovered = hex
            case inputs.Select(hex):
                self._select(hex, pixel)
            case inputs.MoveTo(hex):
                self.desk.march_to(hex)
            case inputs.Aim(hex):
                self.desk.aim(hex)
            case inputs.Command(name):
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
            piece = self.view.piece_at(self.camera, self.desk.chosen, pixel)
            if piece is not None:
                self.desk.choose(piece.units[0])
                self.show_hex(piece.hex, 13.5)
                return
        self.desk.choose_in(hex)

    def _step_unit(self, by: int) -> None:
        if self.desk.step(by):
            self.centre()

    def end_turn(self) -> None:
        """Hand over to the other side; in a game that is watched, play one day."""
        if not self.session.is_thinking:
            self.desk.choose(-1)
            self.session.advance()

    def _pause(self) -> None:
        self.watching = not self.watching

    # --- the view

    def show_hex(self, hex: int, least_px: float = 24.0) -> None:
        """Bring a hex to the middle, near enough to be read."""
        nearer = max(LADDER.index(least_px) - self.camera.level, 0)
        self._zoom(nearer)
        self.camera = self.camera.centred(hex)
        self.desk.hovered = hex  # the pointer now lies over other ground than it did

    def centre(self) -> None:
        """Bring the chosen unit to the middle."""
        hex = int(self.session.world.units["hex"][self.desk.chosen]) if self.desk.chosen >= 0 else -1
        if hex >= 0:
            self.show_hex(hex)

    def _zoom(self, steps: int) -> None:
        self.camera = self.camera.zoomed(steps, (self.camera.width_px / 2, self.camera.height_px / 2))

    def _pan(self, dx: int, dy: int) -> None:
        self.camera = self.camera.panned(dx * self.camera.width_px / 12, dy * self.camera.width_px / 12)

    def _theatre(self) -> None:
        self.camera = self.view.theatre(self.camera.width_px, self.camera.height_px)
        self.desk.hovered = -1

    def resize(self, size: tuple[int, int]) -> None:
        """Fit a window of another size, or other settings."""
        self.size = size
        self.keys = bindings(self.stage.settings.keys)
        for part in self.parts:
            part.resize()
        self.camera = self.camera.resized(size[0], size[1] - self.map_top)

    # --- frames

    def update(self, elapsed_s: float = 0.0) -> None:
        """Notice that the computer has finished; go on by itself where the game is watched."""
        for part in self.parts:
            part.update()
        if self.session.poll():
            self.desk.choose(-1)
        if self.watching and not self.session.sides and not self.session.is_thinking:
            self.session.advance()

    def draw(self, target: pygame.Surface) -> None:
        """Draw the map, then what stands over it."""
        desk = self.desk
        area = target.subsurface(pygame.Rect(0, self.map_top, self.size[0], self.size[1] - self.map_top))
        self.view.modern_names = self.stage.settings.names == "today"
        self.view.draw(area, self.camera, desk.chosen, desk.march, desk.targets)
        self.view.draw_hex(area, self.camera, desk.hovered)
        if desk.march is not None and desk.hovered >= 0 and not self.pointer.dragging:
            self.view.draw_path(area, self.camera, desk.march, desk.hovered)
        for part in self.parts:
            part.draw_map(area)
        for part in self.parts:
            part.draw(target)

    def rest(self, budget_ms: float) -> None:
        """Prepare tiles and counters that the next frames may need."""
        if self.view.finished:
            self.view.rest(self.camera, self.desk.chosen, budget_ms)
