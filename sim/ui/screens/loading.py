"""The loading screen: a campaign is prepared in a thread of its own while a line says how far it is."""

from collections.abc import Callable
from typing import Any

import pygame

from sim.task import Task
from sim.ui.look import theme
from sim.ui.look.theme import px
from sim.ui.window.stage import Screen

Report = Callable[[str], None]


class LoadingScreen(Screen):
    """Does something long and shows its progress.

    Parameters
    ----------
    work : callable
        Called in a thread of its own with a function that takes words on how far it is; its result goes to ``done``.
    done : callable
        Called in the thread of the window with the result.
    failed : callable
        Called in the thread of the window with what went wrong.
    """

    def __init__(
        self, work: Callable[[Report], Any], done: Callable[[Any], object], failed: Callable[[BaseException], object]
    ) -> None:
        self.work, self.done, self.failed = work, done, failed
        self.words = "reading the scenario"
        self.task: Task[Any] | None = None

    def enter(self) -> None:
        """Begin."""
        self.task = Task(lambda: self.work(self._say))

    def _say(self, words: str) -> None:
        self.words = words

    def update(self, elapsed_s: float) -> None:
        """Hand the result over once it is there."""
        if self.task is None or not self.task.done:
            return
        try:
            result = self.task.result()
        except BaseException as failure:
            self.failed(failure)
        else:
            self.done(result)

    def draw(self, target: pygame.Surface) -> None:
        """Draw the title, how far it is, and a light that runs along a line."""
        target.fill(theme.BAR)
        x, y = target.get_rect().center
        soft = (176, 168, 154)
        _centred(target, theme.text("August Storm", px(44), theme.BAR_TEXT, "Bold"), (x, y - px(60)))
        _centred(target, theme.text("Manchuria, August 1945", px(18), soft, "Italic"), (x, y - px(20)))
        _centred(target, theme.text(f"{self.words} …", px(15), theme.BAR_TEXT), (x, y + px(50)))
        now = pygame.time.get_ticks()
        half = px(150)
        at = now * half // 600 % (2 * half)
        pygame.draw.line(target, (74, 70, 68), (x - half, y + px(24)), (x + half, y + px(24)), 3)
        start = (x - half + max(at - px(60), 0), y + px(24))
        pygame.draw.line(target, theme.ACCENT, start, (x - half + at, y + px(24)), 3)


def _centred(target: pygame.Surface, face: pygame.Surface, at: tuple[int, int]) -> None:
    target.blit(face, face.get_rect(center=at))
