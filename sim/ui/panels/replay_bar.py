"""The bar of a replay: back and forward, the days to choose from, the speed, whose eyes, and the way out."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pygame

from sim.game.saves.replay_session import ReplaySession
from sim.game.terms import SIDE_WORDS, codes
from sim.ui.look import theme
from sim.ui.panels.part import Part
from sim.ui.panels.playback import STAY_MS
from sim.ui.panels.replay_playback import ReplayPlayback
from sim.ui.panels.replay_tracks import Tracks
from sim.ui.panels.top_bar import TopBar
from sim.ui.player import intents
from sim.ui.player.table import ReplayTable
from sim.ui.screens.notice import NoticeScreen
from sim.ui.widgets.paper import Button, draw_button, draw_hint
from sim.ui.window.commands import BY_NAME, keys_in_words

STEPS = ("replay_first", "replay_back", "pause", "replay_forward", "replay_last")
WORDS = ("replay_speed", "replay_eyes", "replay_moves", "replay_play_on", "replay_leave")
ROW, STEP, PAD, GAP, EDGE, LEAST_SLIDER = 34, 38, 22, 6, 10, 200
TRACK = (96, 92, 88)
MOST_TICKS = 4  # a day has its tick where it is at least so many pixels wide


@dataclass(frozen=True)
class _Laid:
    """Where the parts of the bar stand."""

    buttons: dict[str, pygame.Rect]
    slider: pygame.Rect
    height: int


class ReplayBar(Part):
    """Leads through a replay.

    Attributes
    ----------
    playing : bool
        Whether one day follows another by itself.
    clock : callable
        Returns the time in milliseconds.
    """

    table: ReplayTable

    def __init__(self, table: ReplayTable) -> None:
        super().__init__(table)
        self.playing = False
        self.clock: Callable[[], float] = lambda: time.monotonic() * 1000
        self._since_ms = 0.0
        self._dragged = False
        self._sees_through_fog = False

    @property
    def session(self) -> ReplaySession:
        """Return the replay."""
        return self.table.session

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the commands of the replay; the keys of a game's turn do here what is nearest to it."""
        return {
            "pause": self.toggle,
            "rest": self.toggle,
            "end_turn": lambda: self.step(1),
            "replay_forward": lambda: self.step(1),
            "replay_back": lambda: self.step(-1),
            "replay_first": lambda: self.go_to(self.session.first),
            "replay_last": lambda: self.go_to(self.session.last),
            "replay_eyes": self._next_eyes,
        }

    # --- days

    def toggle(self) -> None:
        """Play or pause; from the last evening play from the start."""
        self.playing = not self.playing
        if self.playing and self.session.wanted == self.session.last and not self.playback.queue:
            self.session.go_to(self.session.first)
        self._since_ms = self.clock()
        self.playback.is_held = not self.playing

    def step(self, days: int) -> None:
        """Go some days forward or back, and pause there."""
        self.go_to(self.session.wanted + days)

    def go_to(self, day: int) -> None:
        """Show a day, and pause there."""
        self.stop()
        self.session.go_to(day)

    def stop(self) -> None:
        """Pause, and end what is being played back."""
        self.playing, self.playback.is_held = False, False
        self.playback.queue = []

    @property
    def playback(self) -> ReplayPlayback:
        """Return what plays back how a day came."""
        return self.table.part(ReplayPlayback)

    def update(self) -> None:
        """Show the next day when its time has come."""
        session, now = self.session, self.clock()
        self.table.watching = self.playing
        if not self.playing or session.is_busy or self.playback.queue or not self.table.is_uppermost:
            self._since_ms = now
        elif now - self._since_ms >= STAY_MS[self.playback.speed]:
            self._since_ms = now
            if session.day < session.last:
                session.advance()
            else:
                self.playing = False

    # --- how it is seen

    def _next_eyes(self) -> None:
        """Look through the next eyes; ask first where that shows what the fog of war still hides from a player."""
        order: tuple[str | None, ...] = (None, *codes.SIDES)
        side = order[(order.index(self.session.viewer) + 1) % len(order)]
        if side == self.session.own_eyes or not self.session.hides_something or self._sees_through_fog:
            self.look_as(side)
            return

        def see() -> None:
            self._sees_through_fog = True
            self.look_as(side)

        words = "The game is not over: another point of view shows what the fog of war hides from you."
        self.table.stage.push(NoticeScreen("Lift the fog of war?", words, {"Look": see, "Keep the fog": lambda: None}))

    def look_as(self, side: str | None) -> None:
        """See the days through the eyes of a side; None sees all."""
        self.playback.queue = []
        self.session.look_as(side)

    # --- the bar

    @property
    def top(self) -> int:
        """Return where the bar begins, in pixels of the window."""
        return self.table.part(TopBar).height

    @property
    def height(self) -> int:
        """Return the height of the bar in pixels."""
        return self._laid().height

    def buttons(self) -> tuple[Button, ...]:
        """Return the buttons."""
        return tuple(self._button(name, box) for name, box in self._laid().buttons.items())

    def slider(self) -> pygame.Rect:
        """Return where the days stand, from the first to the last."""
        return self._laid().slider

    def _laid(self) -> _Laid:
        """Lay out one row, or two where the window is narrow."""
        edge, gap, row, step = theme.px(EDGE), theme.px(GAP), theme.px(ROW), theme.px(STEP)
        width, top = self.table.size[0], self.top + gap
        boxes = {name: pygame.Rect(edge + i * (step + gap), top, step, row) for i, name in enumerate(STEPS)}
        wide = {name: theme.font(theme.px(14)).size(self._words(name))[0] + theme.px(PAD) for name in WORDS}
        whole = sum(wide.values()) + gap * (len(WORDS) - 1)
        left = edge + len(STEPS) * (step + gap) + edge
        one_row = width - left - whole - 3 * edge >= theme.px(LEAST_SLIDER)
        right = width - 2 * edge - (whole + edge if one_row else 0)
        x, y = (width - edge - whole, top) if one_row else (edge, top + row + gap)
        for name in WORDS:
            boxes[name] = pygame.Rect(x, y, wide[name], row)
            x += wide[name] + gap
        return _Laid(boxes, pygame.Rect(left, top, max(right - left, 1), row), y + row + gap - self.top)

    def _button(self, name: str, box: pygame.Rect) -> Button:
        session = self.session
        can = {
            "replay_first": session.wanted > session.first,
            "replay_back": session.wanted > session.first,
            "replay_forward": session.wanted < session.last,
            "replay_last": session.wanted < session.last,
            "replay_play_on": session.can_play_on,
        }
        strong = name == "pause" or (name == "replay_moves" and self.table.part(Tracks).is_shown)
        keys = keys_in_words(name, self.table.stage.settings.keys)
        hint = f"{BY_NAME[name].hint} ({keys}{', Space' if name == 'pause' else ''})"
        words = "" if name in STEPS else self._words(name)
        return Button(box, words, name, hint, can.get(name, True), strong)

    def _words(self, name: str) -> str:
        if name == "replay_speed":
            return f"Speed: {self.playback.speed}"
        if name == "replay_eyes":
            viewer = self.session.viewer
            return f"Eyes: {'all' if viewer is None else SIDE_WORDS[codes.SIDES.index(viewer)]}"
        return BY_NAME[name].words

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Press a button, or drag along the days; keep what happens over the bar from the map."""
        if event.type == pygame.MOUSEMOTION and self._dragged:
            self._drag(event.pos[0])
            return True
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1 and self._dragged:
            self._dragged = False
            return True
        if event.type != pygame.MOUSEBUTTONDOWN or not self.top <= event.pos[1] < self.top + self.height:
            return False
        if event.button == 1 and self.slider().collidepoint(event.pos):
            self._dragged = True
            self._drag(event.pos[0])
        for button in self.buttons():
            if event.button == 1 and button.enabled and button.box.collidepoint(event.pos):
                self.table.carry_out(intents.GiveCommand(button.command))
        return True

    def _drag(self, x: int) -> None:
        self.go_to(self.day_at(x))

    def day_at(self, x: int) -> int:
        """Return the day that stands at a pixel of the window."""
        slider, session = self.slider(), self.session
        share = (x - slider.left) / max(slider.width - 1, 1)
        return session.first + round(min(max(share, 0.0), 1.0) * (session.last - session.first))

    def x_of(self, day: int) -> int:
        """Return where a day stands, in pixels of the window."""
        slider, session = self.slider(), self.session
        return slider.left + round((day - session.first) / max(session.last - session.first, 1) * (slider.width - 1))

    def draw(self, target: pygame.Surface) -> None:
        """Draw the bar, and the tooltip of what is under the pointer."""
        laid, mouse = self._laid(), pygame.mouse.get_pos()
        box = pygame.Rect(0, self.top, self.table.size[0], laid.height)
        pygame.draw.rect(target, theme.BAR, box)
        pygame.draw.line(target, theme.ACCENT, (0, box.bottom - 1), (box.right, box.bottom - 1))
        shown = self.buttons()
        for button in shown:
            draw_button(target, button, button.box.collidepoint(mouse))
            if button.command in STEPS:
                self._draw_sign(target, button)
        self._draw_days(target, laid.slider)
        for button in shown:
            if button.box.collidepoint(mouse):
                draw_hint(target, button.hint, mouse)
        if laid.slider.collidepoint(mouse):
            draw_hint(target, self._day_words(self.day_at(mouse[0])), mouse)

    def _day_words(self, day: int) -> str:
        date = self.session.replay.date_of(day)
        if day == self.session.first:
            return f"Before the first day, {date.day} {date:%B}" if not day else f"Where it begins: day {day + 1}"
        return f"Evening of {date.day} {date:%B}, day {day}"

    def _draw_days(self, target: pygame.Surface, box: pygame.Rect) -> None:
        session, middle = self.session, box.centery
        track = pygame.Rect(box.left, middle - theme.px(2), box.width, theme.px(4))
        pygame.draw.rect(target, TRACK, track, border_radius=theme.px(2))
        at, shown = self.x_of(session.wanted), self.x_of(session.day)
        pygame.draw.rect(target, theme.ACCENT, (*track.topleft, at - box.left, track.height), border_radius=theme.px(2))
        if box.width >= MOST_TICKS * (session.last - session.first):
            for day in range(session.first, session.last + 1):
                high = theme.px(7 if (day - session.first) % 5 == 0 else 4)
                x = self.x_of(day)
                pygame.draw.line(target, (176, 168, 154), (x, middle - high), (x, middle + high))
        if shown != at:
            pygame.draw.aacircle(target, TRACK, (shown, middle), theme.px(6))
        pygame.draw.aacircle(target, theme.BAR_TEXT, (at, middle), theme.px(8))
        pygame.draw.aacircle(target, theme.ACCENT, (at, middle), theme.px(8), max(theme.px(2), 1))

    def _draw_sign(self, target: pygame.Surface, button: Button) -> None:
        """Draw the sign of a button that goes through the days: triangles, bars."""
        colour = theme.BAR_TEXT if button.enabled else (122, 116, 110)
        (x, y), half = button.box.center, theme.px(7)
        bar = max(theme.px(3), 2)
        if button.command == "pause" and self.playing:
            for side in (-1, 1):
                pygame.draw.rect(target, colour, (x + side * half // 2 - bar // 2 - 1, y - half, bar + 1, 2 * half))
            return
        way = -1 if button.command in ("replay_first", "replay_back") else 1
        pygame.draw.polygon(
            target, colour, [(x - way * half, y - half), (x - way * half, y + half), (x + way * half, y)]
        )
        if button.command != "pause":
            pygame.draw.rect(target, colour, (x + way * (half + bar) - bar // 2, y - half, bar, 2 * half))
        if button.command in ("replay_first", "replay_last"):
            pygame.draw.rect(target, colour, (x - way * (half + bar) - bar // 2, y - half, bar, 2 * half))
