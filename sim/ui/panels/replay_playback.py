"""How a day of a replay came: its places one after another."""

from collections.abc import Callable

import pygame

from sim.game.telling.highlights import highlights
from sim.ui.panels.playback import EACH_MS, Playback
from sim.ui.player.table import ReplayTable
from sim.ui.window.settings import SPEEDS


class ReplayPlayback(Playback):
    """Plays back the day that a replay has come to, where it came there from the day before.

    Attributes
    ----------
    is_held : bool
        Whether it stands still where it is.
    speed : str
    """

    table: ReplayTable

    words = "Esc: to the evening"
    is_held = False
    speed = "normal"

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the command that goes to the next speed."""
        return {"replay_speed": self._faster}

    def _faster(self) -> None:
        self.speed = SPEEDS[(SPEEDS.index(self.speed) + 1) % len(SPEEDS)]

    @property
    def each_ms(self) -> int:
        """Return how long each place is shown at the speed of the replay, in milliseconds; 0 for not at all."""
        return EACH_MS[self.speed]

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """End at Esc; other keys and clicks do what they do elsewhere."""
        if self.shown is None or event.type != pygame.KEYDOWN or event.key != pygame.K_ESCAPE:
            return False
        self.queue = []
        return True

    def _begin(self) -> None:
        session = self.table.session
        self.queue = highlights(session) if session.came_forward and self.each_ms > 0 else []
        self._number, self._shown_ms = len(self.queue), -1

    def _go_on(self, passed_ms: float) -> None:
        if not self.is_held:
            super()._go_on(passed_ms)
