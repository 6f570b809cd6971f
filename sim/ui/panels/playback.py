"""The other side's turn, played back: what became known since the hand-over, one place after another."""

import time
from collections.abc import Callable

import pygame

from sim.game.telling.highlights import Highlight, highlights
from sim.ui.look import theme
from sim.ui.panels.part import EDGE, Part
from sim.ui.player.table import Table
from sim.ui.widgets import paper
from sim.ui.window import sounds
from sim.ui.window.commands import MODIFIERS
from sim.ui.window.settings import SPEEDS

EACH_MS = {"slow": 2000, "normal": 1000, "fast": 400, "at once": 0}

# How long an evening stands before the next day comes where days follow by themselves, once its playback has ended.
STAY_MS = dict(zip(SPEEDS, (1600, 800, 400, 250), strict=True))
MOST_FRAME_MS = 100  # a longer frame counts as one of this length: nothing is missed while the window is busy
WIDTH = 460


class Playback(Part):
    """Goes from place to place once the other side has moved; any key or click ends it.

    Attributes
    ----------
    queue : list of Highlight
        What is still to be shown, the first of them now.
    words : str
        How it is ended.
    clock : callable
        Returns the time in milliseconds.
    """

    words = "press any key to skip"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.queue: list[Highlight] = []
        self.clock: Callable[[], float] = _now_ms
        self._number = 0
        self._last_ms = 0.0
        self._shown_ms = -1.0  # how long the first of the queue has been shown; -1 before it is
        self._seen = self._moment()

    def _moment(self) -> tuple[int, str | None]:
        campaign = self.table.session.campaign
        return campaign.turns_played, campaign.phase_side

    @property
    def each_ms(self) -> int:
        """Return how long each place is shown, in milliseconds; 0 for not at all."""
        return EACH_MS[self.table.stage.settings.animation]

    @property
    def shown(self) -> Highlight | None:
        """Return what is shown now."""
        return self.queue[0] if self.queue and self._shown_ms >= 0 else None

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """End at a key or a click, which does nothing else; Esc does what it does elsewhere, too."""
        by_key = event.type == pygame.KEYDOWN and event.key not in MODIFIERS
        by_click = event.type == pygame.MOUSEBUTTONDOWN and event.button in (1, 2, 3)
        if self.shown is None or not (by_key or by_click):
            return False
        self.queue = []
        return not (by_key and event.key == pygame.K_ESCAPE)

    def update(self) -> None:
        """Begin when orders can be given again; go on while nothing lies over the map."""
        now = self.clock()
        passed, self._last_ms = min(now - self._last_ms, MOST_FRAME_MS), now
        session = self.table.session
        if session.is_thinking:
            self.queue = []
            return
        moment = self._moment()
        if moment != self._seen:
            self._seen = moment
            self._begin()
        if self.queue and self.table.is_uppermost:
            self._go_on(passed)

    def _begin(self) -> None:
        session = self.table.session
        is_told = session.side_to_move is not None or not session.sides  # a day that is watched is played back, too
        wanted = is_told and not session.campaign.is_over and self.each_ms > 0
        self.queue = highlights(session) if wanted else []
        self._number, self._shown_ms = len(self.queue), -1

    def _go_on(self, passed_ms: float) -> None:
        if self._shown_ms < 0:
            self._show()
            return
        self._shown_ms += passed_ms
        if self._shown_ms >= self.each_ms:
            self.queue = self.queue[1:]
            if self.queue:
                self._show()

    def _show(self) -> None:
        """Bring the place into view where it is not."""
        self._shown_ms = 0
        camera, first = self.table.camera, self.queue[0]
        if not camera.shows(camera.centre_of(first.hex), -theme.px(40)):
            self.table.camera = camera.centred(first.hex)
        if first.is_battle:
            sounds.play(sounds.BATTLE)

    def draw_map(self, area: pygame.Surface) -> None:
        """Draw a ring round the place."""
        shown, camera = self.shown, self.table.camera
        if shown is None:
            return
        radius = max(round(camera.side_px * 1.15), theme.px(16))
        centre = camera.centre_of(shown.hex)
        pygame.draw.circle(area, theme.HALO, centre, radius + theme.px(2), theme.px(8))
        pygame.draw.circle(area, theme.ACCENT, centre, radius, theme.px(4))

    def draw(self, target: pygame.Surface) -> None:
        """Draw the sentence near the upper edge."""
        shown = self.shown
        if shown is None:
            return
        number = self._number - len(self.queue) + 1
        wide = min(theme.px(WIDTH), self.table.size[0] - 2 * EDGE)
        face = self.kept("said", (number, shown, wide), lambda: self._sheet(shown.sentence, number, wide))
        if face is not None:
            box = face.get_rect(midtop=(self.table.size[0] // 2, self.table.map_top + EDGE))
            target.blit(face, box)

    def _sheet(self, sentence: str, number: int, wide_px: int) -> pygame.Surface:
        """Return a sheet with a sentence and how far the playback is."""
        pad, size, small = theme.px(paper.PAD), theme.px(15), theme.px(13)
        rows = theme.wrapped(sentence, size, wide_px - 2 * pad)
        step = size + theme.px(6)
        face = paper.sheet((wide_px, 2 * pad + len(rows) * step + small)).convert_alpha()
        for row, part in enumerate(rows):
            face.blit(theme.text(part, size, theme.INK), (pad, pad + row * step))
        count = theme.text(f"{number} of {self._number}   {self.words}", small, theme.QUIET)
        face.blit(count, (pad, pad + len(rows) * step))
        return face


def _now_ms() -> float:
    return time.monotonic() * 1000
