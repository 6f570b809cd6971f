"""The log of the day, and the last thing said to the player."""

from collections.abc import Callable

import pygame

from sim.game.lines import HEADING, QUIET, Line
from sim.ui import panels
from sim.ui.parts import EDGE, PANEL_WIDTH, Part
from sim.ui.sidepanel import SidePanel

LEAST_PX, MOST_PX, MOST_LINES = 80, 300, 40


class LogPanel(Part):
    """Tells what happened since the player's last orders."""

    is_open = True

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the command that opens and closes the log."""
        return {"log": self._toggle}

    def _toggle(self) -> None:
        self.is_open = not self.is_open

    def draw(self, target: pygame.Surface) -> None:
        """Draw the log below the side panel, where there is room."""
        screen = self.screen
        room = min(screen.size[1] - screen.part(SidePanel).bottom - EDGE, MOST_PX)
        if not self.is_open or screen.session.is_thinking or room <= LEAST_PX:
            return
        sheet = self.kept(
            "log", (screen.session.version, room), lambda: panels.column(self._lines(), PANEL_WIDTH, room)
        )
        if sheet is not None:
            target.blit(sheet, (screen.size[0] - PANEL_WIDTH - EDGE, screen.size[1] - EDGE - sheet.get_height()))

    def _lines(self) -> list[Line]:
        session = self.screen.session
        told = session.told(session.day_began_at)
        lines = [Line("Log of the day", HEADING), *(Line(text) for text, _ in told[:MOST_LINES])]
        return lines if told else [*lines, Line("Nothing has been reported yet.", QUIET)]


class Message(Part):
    """Shows what the desk says, at the lower edge."""

    def draw(self, target: pygame.Surface) -> None:
        """Draw the message, if there is one."""
        words = self.screen.desk.message
        note = self.kept("note", words, lambda: panels.column([Line(words)], 460, 120) if words else None)
        if note is not None:
            middle = (self.screen.size[0] // 2 - 40, self.screen.size[1] - EDGE)
            target.blit(note, note.get_rect(midbottom=middle))
