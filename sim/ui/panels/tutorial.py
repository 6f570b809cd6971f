"""The tutorial over the map: a sheet with the present step, and rings round what it speaks of.

It never keeps the player from doing anything else.
"""

from collections.abc import Callable, Hashable

import pygame

from sim.game.tutorial import tutorial
from sim.game.tutorial.tutorial import Tutorial, View
from sim.game.wording.report_lines import ALARM, HEADING, QUIET, Line
from sim.ui.look import theme
from sim.ui.map.stacks import MERGED_BELOW_PX
from sim.ui.panels.layer_bar import LayerBar
from sim.ui.panels.log import Message
from sim.ui.panels.minimap import MiniMap
from sim.ui.panels.order_bar import MORE_ORDERS, OrderBar
from sim.ui.panels.part import EDGE, Part
from sim.ui.panels.sheet import PaperPart
from sim.ui.panels.top_bar import MORE, TopBar
from sim.ui.player.table import PlayerTable
from sim.ui.window.commands import BY_NAME, keys_in_words

RING = (250, 206, 60)
WIDTH, LEAST_WIDTH, LEAST_HEIGHT = 400, 220, 180
LOW = 560
NEXT, BACK, LEAVE = "lesson_next", "lesson_back", "lesson_leave"


class LessonPart(PaperPart):
    """Leads through the steps of ``sim.game.tutorial``; shows nothing in a game without lessons.

    Attributes
    ----------
    course : Tutorial or None
    """

    table: PlayerTable
    course: Tutorial | None = None
    _uncovered = -1  # the step for which the map has been moved

    def __init__(self, table: PlayerTable) -> None:
        super().__init__(table)
        table.listeners.append(self._hear)

    def begin(self) -> None:
        """Begin with the first step."""
        self.course = Tutorial()

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the commands that go on, back and away."""
        return {NEXT: self._next, BACK: self._back, LEAVE: self._leave}

    def _next(self) -> None:
        if self.course is None:
            return
        if self.course.is_last:
            self.course = None
        else:
            self.course.go(1)

    def _back(self) -> None:
        if self.course is not None:
            self.course.go(-1)

    def _leave(self) -> None:
        self.course = None

    def _hear(self, command: str) -> None:
        if self.course is not None:
            self.course.hear(command)

    def update(self) -> None:
        """Go on to the next step where this one is done."""
        session = self.table.session
        if self.course is not None and not session.is_thinking:
            self.course.note(tutorial.look(session, self._view()), pygame.time.get_ticks())

    def _view(self) -> View:
        camera, selection = self.table.camera, self.table.selection
        return View(
            zoom=camera.level,
            shows_all=camera.level <= self.table.view.theatre(camera.width_px, camera.height_px).level,
            middle=(camera.x, camera.y),
            is_near=camera.side_px >= MERGED_BELOW_PX,
            chosen=selection.chosen,
            attack_hex=selection.attack.hex if selection.attack is not None else -1,
            attack_posture=selection.attack.posture if selection.attack is not None else "",
            attackers=len(selection.attackers()) if selection.attack is not None else 0,
            hovered=selection.hovered,
            layers=frozenset(self.table.part(LayerBar).stack.on),
        )

    # --- the sheet

    @property
    def _left(self) -> int:
        return max(box.right for box in self.table.part(LayerBar).boxes().values()) + EDGE

    @property
    def panel_width(self) -> int:
        """Return the width of the sheet: no more than lies free between the layers and the panels."""
        free = self.table.size[0] - super().panel_width - 2 * EDGE - self._left
        return max(min(theme.px(WIDTH), free), LEAST_WIDTH)

    def key(self) -> Hashable:
        """Return what the sheet depends on."""
        course = self.course
        if course is None:
            return None
        return course.at, course.late, course.warning, int(self.table.session.world.clock["turn"][0])

    def lines(self) -> list[Line]:
        """Return the step, its hint where it takes long, and where one can go from here."""
        course = self.course
        if course is None:
            return []
        turn = int(self.table.session.world.clock["turn"][0])
        found = [
            Line(f"{course.at + 1} of {len(tutorial.STEPS)}: {course.step.title}", HEADING),
            *(Line(part) for part in self.worded(course.step.words_on(turn)).split("\n")),
        ]
        if course.warning:
            found.append(Line(self.worded(course.warning), ALARM))
        if course.late and course.step.hint:
            found.append(Line(f"Hint: {self.worded(course.step.hint)}", QUIET))
        return [*found, *self._actions(course)]

    def _actions(self, course: Tutorial) -> list[Line]:
        """Return where one can go from here; in a low window the ways that are seldom gone share a line as keys."""
        onward = self._action("Close the tutorial" if course.is_last else "Skip this step", NEXT)
        back, leave = self._action("Back", BACK), self._action("Leave the tutorial", LEAVE)
        if self._is_low:
            return [onward, Line(self.worded(f"{{{BACK}}} back, {{{LEAVE}}} leave"), QUIET)]
        return [onward, *([back] if course.at else []), *([] if course.is_last else [leave])]

    @property
    def _is_low(self) -> bool:
        return self.table.size[1] < theme.px(LOW)

    def _action(self, words: str, command: str) -> Line:
        return Line(f"› {words} ({self._key_of(command)})", action=command)

    def worded(self, words: str) -> str:
        """Return words with the keys of commands, in brackets, in the place of their names."""
        return words.format_map({name: f"[{self._key_of(name)}]" for name in BY_NAME})

    def _key_of(self, command: str) -> str:
        return keys_in_words(command, self.table.stage.settings.keys).partition(",")[0]

    def follow(self, line: Line) -> None:
        """Go on, back or away."""
        self.commands()[line.action]()

    def place(self, width_px: int, height_px: int) -> pygame.Rect:
        """Stand beside the layers, below their legend where there is room, above the orders and the message."""
        table, message = self.table, self.table.part(Message).box
        lower = (table.part(MiniMap).box().top, table.part(OrderBar).top, message.top if message.height else 10_000)
        top, bottom = table.map_top + EDGE, min(lower) - theme.px(6)
        legend = table.part(LayerBar).legend_box()
        if legend.height and legend.bottom + EDGE + height_px <= bottom:
            top = legend.bottom + EDGE
        return pygame.Rect(self._left, top, width_px, min(height_px, max(bottom - top, theme.px(LEAST_HEIGHT))))

    # --- rings

    def draw_map(self, area: pygame.Surface) -> None:
        """Ring the unit, place or hex that the step speaks of; at the edge of the map where it lies outside."""
        hex = self._marked_hex()
        if hex < 0:
            return
        camera = self.table.camera
        at = pygame.Vector2(camera.centre_of(hex))
        radius = self._radius
        inside = area.get_rect().inflate(-2 * radius - theme.px(16), -2 * radius - theme.px(16))
        clamped = pygame.Vector2(min(max(at.x, inside.left), inside.right), min(max(at.y, inside.top), inside.bottom))
        _ring(area, clamped, radius)
        if clamped != at:
            _pointer(area, clamped, (at - clamped).normalize(), radius)

    def _marked_hex(self) -> int:
        if self.course is None or not self.course.step.at:
            return -1
        names, world = self.table.session.campaign.names, self.table.session.world
        at = self.course.step.unit if self.course.lacks_unit() else self.course.step.at
        if at in names.unit_rows:
            return int(world.units["hex"][names.unit_rows[at]])
        if at in names.place_rows:
            return int(world.places["hex"][names.place_rows[at]])
        return int(names.hex_of(at))

    def draw(self, target: pygame.Surface) -> None:
        """Draw the sheet."""
        super().draw(target)
        self._uncover()

    def draw_button_ring(self, target: pygame.Surface) -> None:
        """Draw a ring round the button that the step speaks of."""
        box = self._marked_button()
        if box is not None:
            wide = max(theme.px(3), 2)
            pygame.draw.rect(target, theme.INK, box.inflate(4 * wide, 4 * wide), wide + 2, border_radius=theme.px(8))
            pygame.draw.rect(target, RING, box.inflate(4 * wide - 2, 4 * wide - 2), wide, border_radius=theme.px(8))

    def _uncover(self) -> None:
        """Move the map, once a step, where the sheet would lie over what the step speaks of."""
        at, hex = self.course.at if self.course is not None else -1, self._marked_hex()
        if at == self._uncovered or not self.box.height:
            return
        self._uncovered = at
        x, y = self.table.camera.centre_of(hex) if hex >= 0 else (-1, -1)
        radius, sheet = self._radius + theme.px(8), self.box.move(0, -self.table.map_top)
        if hex >= 0 and sheet.inflate(2 * radius, 2 * radius).collidepoint(x, y):
            self.table.camera = self.table.camera.panned(0, y - radius - sheet.bottom)

    @property
    def _radius(self) -> int:
        """Return the radius of the ring on the map in pixels."""
        return max(round(self.table.camera.side_px * 1.05), theme.px(16))

    def _marked_button(self) -> pygame.Rect | None:
        """Return where the button of the step stands: in a bar above, below, or at the left."""
        command = self.course.step.button if self.course is not None else ""
        if not command:
            return None
        top, orders, layers = self.table.part(TopBar), self.table.part(OrderBar), self.table.part(LayerBar)
        shown = [*top.buttons(), *(orders.buttons() if orders.height else ())]
        places = {button.command: button.box for button in shown}
        for rest, more in ((top.rest, MORE), (orders.rest, MORE_ORDERS)):  # in a list: the button that opens it
            places |= {button.command: places[more] for button in rest if more in places}
        return layers.box_of(command) or places.get(command)


class LessonRing(Part):
    """The ring round the button of a step: it lies above the bars, the sheet below the questions."""

    table: PlayerTable

    def draw(self, target: pygame.Surface) -> None:
        """Draw it."""
        self.table.part(LessonPart).draw_button_ring(target)


def _ring(area: pygame.Surface, at: pygame.Vector2, radius: int) -> None:
    wide = max(theme.px(4), 3)
    pygame.draw.circle(area, theme.INK, at, radius + 2, wide + 4)
    pygame.draw.circle(area, RING, at, radius, wide)


def _pointer(area: pygame.Surface, at: pygame.Vector2, way: pygame.Vector2, radius: int) -> None:
    """Draw a tip on the ring towards what lies outside."""
    size, across = theme.px(10), pygame.Vector2(-way.y, way.x)
    base = at + way * (radius + 3)
    tip = [base + way * size, base + across * size * 0.7, base - across * size * 0.7]
    pygame.draw.polygon(area, RING, tip)
    pygame.draw.polygon(area, theme.INK, tip, 2)
