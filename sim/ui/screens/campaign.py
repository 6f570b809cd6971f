"""The campaign screen: the map with its panels, and what each intent does to the session."""

from collections.abc import Callable

import numpy as np
import pygame

from sim.game import briefing
from sim.game.lines import HEADING, QUIET, Line
from sim.game.marches import MarchRange
from sim.game.orders import Attack, Move, Posture
from sim.game.session import Session
from sim.game.terms import codes
from sim.ui import input as inputs
from sim.ui import panels, topbar
from sim.ui.camera import LADDER
from sim.ui.commands import bindings
from sim.ui.mapview import MapView
from sim.ui.parts import Part
from sim.ui.pieces import MERGED_BELOW_PX, stack_in
from sim.ui.stage import Screen

PANEL_WIDTH, EDGE = 330, 12
ATTACK_POSTURES = ("hasty", "prepared", "siege")
HELP = (
    Line("Keys", HEADING),
    Line("wheel, + and -  zoom at the pointer · drag or arrows  move the map · double click or C  centre"),
    Line("click a unit to choose it, again for the next of its stack · click a lit hex to march there"),
    Line("click a red hex for the forecast of an attack, again to attack · X changes hasty, prepared, siege"),
    Line("U or Ctrl+Z  undo · N and P  next and previous unit with movement left · Space  dig in where it stands"),
    Line("Enter  end the turn · L  log · Home  whole theatre · right click or Esc  let go · F11  full screen"),
    Line("Counters", HEADING),
    Line("number below: men in thousands, then tanks · shaded: no movement left · bracket below: dug in"),
    Line("dot: yellow strained, orange with a bar out of supply, red with a cross isolated"),
    Line("XXXX army, XX division, X brigade, II smaller; red Soviet, orange Mongolian, cream Japanese"),
)


PARTS: tuple[type[Part], ...] = ()


class CampaignScreen(Screen):
    """One window's campaign.

    Parameters
    ----------
    session : Session
    view : MapView

    Attributes
    ----------
    parts : list of Part
        What stands over the map, the uppermost last.
    """

    def __init__(self, session: Session, view: MapView) -> None:
        self.session, self.view = session, view
        self.size = (1280, 800)
        self.keys = bindings({})
        self.camera = view.theatre(self.size[0], self.size[1] - topbar.HEIGHT)
        self.pointer = inputs.Pointer()
        self.chosen = -1
        self.march: MarchRange | None = None
        self.targets: frozenset[int] = frozenset()
        self.aimed, self.posture = -1, "prepared"
        self.hovered = -1
        self.message = ""
        self.show_log, self.show_help, self.watching = True, False, not session.sides
        self._panels: dict[str, tuple[object, pygame.Surface]] = {}
        self._surface: pygame.Surface | None = None
        self._commands: dict[str, Callable[[], None]] = {
            "end_turn": self.end_turn,
            "drop": self._drop,
            "undo": self._undo,
            "next_unit": lambda: self._step_unit(1),
            "previous_unit": lambda: self._step_unit(-1),
            "centre": self._centre,
            "posture": self._next_posture,
            "rest": self._rest,
            "help": self._toggle_help,
            "log": self._toggle_log,
            "theatre": self._theatre,
            "pause": self._pause,
            "zoom_in": lambda: self._zoom(1),
            "zoom_out": lambda: self._zoom(-1),
            "pan_left": lambda: self._pan(-1, 0),
            "pan_right": lambda: self._pan(1, 0),
            "pan_up": lambda: self._pan(0, -1),
            "pan_down": lambda: self._pan(0, 1),
        }
        self.parts = [part(self) for part in PARTS]
        for part in self.parts:
            self._commands.update(part.commands())

    def enter(self) -> None:
        """Show the whole theatre."""
        self.resize(self.stage.size)
        self._theatre()

    # --- events

    def handle(self, event: pygame.event.Event, now_ms: int) -> None:
        """Take one event of the window: parts first, the uppermost before the others."""
        if any(part.handle(event, now_ms) for part in reversed(self.parts)):
            return
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self._press(event.pos):
            return
        selection = inputs.Selection(
            self.chosen, frozenset(self.march.left_mp10) if self.march else frozenset(), self.targets
        )
        moved = _over_map(event)
        meant, self.pointer = inputs.intent(moved, self.camera, selection, self.pointer, now_ms, self.keys)
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
                self.hovered = hex
            case inputs.Select(hex):
                self._select(hex, pixel)
            case inputs.MoveTo(hex):
                self._order(Move(self._id(self.chosen), self._label(hex)))
            case inputs.Aim(hex):
                self._aim(hex)
            case inputs.Command(name):
                if name in self._commands:
                    self._commands[name]()

    def _press(self, pos: tuple[int, int]) -> bool:
        for button in topbar.buttons(self):
            if button.box.collidepoint(pos) and button.enabled:
                self.carry_out(inputs.Command(button.command))
                return True
        if self.minimap_box().collidepoint(pos):
            box = self.minimap_box()
            scale = self.camera.plane_width / box.width
            self.camera = self.camera.at_plane((pos[0] - box.left) * scale, (pos[1] - box.top) * scale)
            return True
        return pos[1] < topbar.HEIGHT

    # --- choosing

    def _select(self, hex: int, pixel: tuple[int, int] | None) -> None:
        if self.camera.side_px < MERGED_BELOW_PX and pixel is not None:
            piece = self.view.piece_at(self.camera, self.chosen, pixel)
            if piece is not None:
                nearer = LADDER.index(13.5) - self.camera.level
                middle = (self.camera.width_px / 2, self.camera.height_px / 2)
                self.camera = self.camera.zoomed(nearer, middle).centred(piece.hex)
                self.choose(piece.units[0])
            return
        stack = stack_in(self.session.world, hex)
        if not stack:
            self._drop()
        elif self.chosen in stack:
            self.choose(stack[(stack.index(self.chosen) + 1) % len(stack)])
        else:
            self.choose(stack[0])

    def choose(self, unit: int) -> None:
        """Choose a unit, or none (-1), and find out what it can do."""
        self.chosen, self.march, self.targets, self.aimed, self.message = unit, None, frozenset(), -1, ""
        if unit < 0 or not self._is_mine(unit):
            return
        self.march = self.session.reach(unit)
        around = self.session.world.neighbours[self.march.start]
        enemy = 1 - int(self.session.world.units["side"][unit])
        held = [int(hex) for hex in around if hex >= 0 and self.session.world.layers["occupant"][hex] == enemy]
        self.targets = frozenset(hex for hex in held if unit in self._attackers(hex))

    def _attackers(self, hex: int) -> list[int]:
        return self.session.attackers(hex, "hasty")

    def _is_mine(self, unit: int) -> bool:
        side = self.session.side_to_move
        record = self.session.world.units[unit]
        return side is not None and codes.SIDES[int(record["side"])] == side and int(record["hex"]) >= 0

    def _drop(self) -> None:
        if self.show_help:
            self.show_help = False
        elif self.aimed >= 0:
            self.aimed = -1
        else:
            self.choose(-1)

    def _step_unit(self, step: int) -> None:
        side = self.session.side_to_move
        if side is None:
            return
        units = self.session.world.units
        ready = (units["side"] == codes.SIDES.index(side)) & (units["mp10"] > 0) & (units["hex"] >= 0)
        rows = np.flatnonzero(ready & (units["status"] == codes.ACTIVE) & (units["hexes_today"] == 0)).tolist()
        if not rows:
            self.message = "Every unit has marched."
            return
        later = [row for row in rows if (row > self.chosen if step > 0 else row < self.chosen)]
        self.choose((later or rows)[0 if step > 0 else -1])
        self._centre()

    def _centre(self) -> None:
        if self.chosen >= 0:
            hex = int(self.session.world.units["hex"][self.chosen])
            if hex >= 0:
                near = max(LADDER.index(24.0) - self.camera.level, 0)
                middle = (self.camera.width_px / 2, self.camera.height_px / 2)
                self.camera = self.camera.zoomed(near, middle).centred(hex)
                self.hovered = hex  # the pointer now lies over other ground than it did

    # --- orders

    def _order(self, order: Move | Attack | Posture) -> None:
        before = int(self.session.campaign.world.clock["n_events"][0])
        self.message = self.session.give(order)
        told = self.session.told(before)
        self.aimed = -1
        refusal = self.message
        unit = self.chosen
        self.choose(unit if unit >= 0 and int(self.session.world.units["hex"][unit]) >= 0 else -1)
        self.message = refusal or " ".join(text for text, _ in told)[:200]

    def _aim(self, hex: int) -> None:
        attackers = self.session.attackers(hex, self.posture)
        if self.aimed == hex and attackers:
            self._order(Attack(tuple(self._id(row) for row in attackers), self._label(hex), self.posture))
            return
        self.aimed = hex
        if not attackers:
            self.posture = "hasty"
        self.message = "Click again to attack; X changes the kind of attack; Esc lets go."

    def _next_posture(self) -> None:
        at = ATTACK_POSTURES.index(self.posture)
        for step in (1, 2, 3):
            posture = ATTACK_POSTURES[(at + step) % 3]
            if self.aimed < 0 or self.session.attackers(self.aimed, posture):
                self.posture = posture
                return

    def _rest(self) -> None:
        if self.chosen >= 0 and self._is_mine(self.chosen):
            self._order(Posture(self._id(self.chosen), "defend"))

    def _undo(self) -> None:
        if self.session.undo():
            self.choose(self.chosen)
            self.message = "The last order is taken back."

    def end_turn(self) -> None:
        """Hand over to the other side; in a game that is watched, play one day."""
        if not self.session.is_thinking:
            self.choose(-1)
            self.session.advance()

    def _pause(self) -> None:
        self.watching = not self.watching

    # --- looks

    def _toggle_help(self) -> None:
        self.show_help = not self.show_help

    def _toggle_log(self) -> None:
        self.show_log = not self.show_log

    def _zoom(self, steps: int) -> None:
        self.camera = self.camera.zoomed(steps, (self.camera.width_px / 2, self.camera.height_px / 2))

    def _pan(self, dx: int, dy: int) -> None:
        self.camera = self.camera.panned(dx * self.camera.width_px / 12, dy * self.camera.width_px / 12)

    def _theatre(self) -> None:
        self.camera = self.view.theatre(self.camera.width_px, self.camera.height_px)
        self.hovered = -1

    def resize(self, size: tuple[int, int]) -> None:
        """Fit a window of another size, or other settings."""
        self.size = size
        self.keys = bindings(self.stage.settings.keys)
        for part in self.parts:
            part.resize()
        self.camera = self.camera.resized(size[0], size[1] - topbar.HEIGHT)
        self._surface = None
        self._panels.clear()

    def minimap_box(self) -> pygame.Rect:
        """Return where the minimap stands."""
        wide, high = self.view.minimap_size
        return pygame.Rect(EDGE, self.size[1] - high - EDGE, wide, high)

    def update(self, elapsed_s: float = 0.0) -> None:
        """Notice that the computer has finished; go on by itself where the game is watched."""
        for part in self.parts:
            part.update()
        if self.session.poll():
            self.choose(-1)
        if self.watching and not self.session.sides and not self.session.is_thinking:
            self.session.advance()

    def draw(self, target: pygame.Surface) -> None:
        """Draw the whole screen."""
        below = pygame.Rect(0, topbar.HEIGHT, self.size[0], self.size[1] - topbar.HEIGHT)
        area = target.subsurface(below)
        self.view.draw(area, self.camera, self.chosen, self.march, self.targets)
        self.view.draw_hex(area, self.camera, self.hovered)
        if self.march is not None and self.hovered >= 0 and not self.pointer.dragging:
            self.view.draw_path(area, self.camera, self.march, self.hovered)
        for part in self.parts:
            part.draw_map(area)
        self.view.draw_minimap(target, self.camera, self.minimap_box())
        self._draw_panels(target)
        topbar.draw(target, self)
        for part in self.parts:
            part.draw(target)

    def rest(self, budget_ms: float) -> None:
        """Prepare tiles and counters that the next frames may need."""
        if self.view.finished:
            self.view.rest(self.camera, self.chosen, budget_ms)

    def _draw_panels(self, target: pygame.Surface) -> None:
        right = self.size[0] - PANEL_WIDTH - EDGE
        top, room = topbar.HEIGHT + EDGE, self.size[1] - topbar.HEIGHT - 2 * EDGE
        lines = self._side_lines()
        if lines:
            key = (self.session.version, self.chosen, self.hovered, self.aimed, self.posture, self.session.is_thinking)
            sheet = self._cached("side", key, lambda: panels.column(self._side_lines(), PANEL_WIDTH, room * 2 // 3))
            target.blit(sheet, (right, top))
            top += sheet.get_height() + EDGE
        if self.show_log and not self.session.is_thinking:
            most = min(self.size[1] - top - EDGE, 300)
            if most > 80:
                sheet = self._cached(
                    "log", (self.session.version, most), lambda: panels.column(self._log_lines(), PANEL_WIDTH, most)
                )
                target.blit(sheet, (right, self.size[1] - EDGE - sheet.get_height()))
        if self.message:
            note = self._cached("note", self.message, lambda: panels.column([Line(self.message)], 460, 120))
            target.blit(note, note.get_rect(midbottom=(self.size[0] // 2 - 40, self.size[1] - EDGE)))
        if self.show_help:
            sheet = self._cached("help", self.size, lambda: panels.column(HELP, min(760, self.size[0] - 40), 600))
            target.blit(sheet, sheet.get_rect(center=(self.size[0] // 2, self.size[1] // 2)))

    def _cached(self, name: str, key: object, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        kept = self._panels.get(name)
        if kept is None or kept[0] != key:
            kept = (key, make())
            self._panels[name] = kept
        return kept[1]

    def _side_lines(self) -> list[Line]:
        session = self.session
        lines: list[Line] = []
        if self.aimed >= 0 and not session.is_thinking:
            attackers = session.attackers(self.aimed, self.posture)
            if attackers:
                lines += briefing.forecast_lines(session, self.aimed, attackers, self.posture)
        if self.chosen >= 0:
            lines += briefing.unit_lines(session, self.chosen)
        hex = self.hovered
        if hex >= 0 and self.camera.side_px >= MERGED_BELOW_PX:
            lines += briefing.hex_lines(session, hex)
            stack = [row for row in stack_in(session.world, hex) if row != self.chosen]
            lines += [Line(briefing.stack_line(session, row), QUIET if row != stack[0] else "") for row in stack[:6]]
            if len(stack) > 6:
                lines.append(Line(f"and {len(stack) - 6} more", QUIET))
        return lines

    def _log_lines(self) -> list[Line]:
        told = self.session.told(self.session.day_began_at)
        lines = [Line("Log of the day", HEADING), *(Line(text) for text, _ in told[:40])]
        return lines if told else [*lines, Line("Nothing has been reported yet.", QUIET)]

    # --- names

    def _id(self, unit: int) -> str:
        return self.session.campaign.names.units[unit]

    def _label(self, hex: int) -> str:
        return self.session.campaign.names.hex_label(hex)


def _over_map(event: pygame.event.Event) -> pygame.event.Event:
    """Return an event with its position counted from the corner of the map."""
    if event.type == pygame.MOUSEWHEEL:
        x, y = getattr(event, "at", None) or pygame.mouse.get_pos()
        return pygame.event.Event(event.type, {**event.dict, "at": (x, y - topbar.HEIGHT)})
    if "pos" not in event.dict:
        return event
    x, y = event.pos
    return pygame.event.Event(event.type, {**event.dict, "pos": (x, y - topbar.HEIGHT)})
