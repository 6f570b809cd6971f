"""The keyboard's way through the lines of a panel: one is ringed, the arrows go on, Return does what a click does."""

from collections.abc import Callable

import pygame

from sim.ui.look import theme
from sim.ui.panels.part import Part
from sim.ui.panels.sheet import PaperPart

STEPS = {pygame.K_UP: -1, pygame.K_DOWN: 1}
ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)


class PanelWalk(Part):
    """Walks through the panels whose lines lead anywhere.

    Attributes
    ----------
    walked : PaperPart or None
        The panel that has the arrows.
    row : int
        Which of its lines that lead anywhere is ringed.
    """

    walked: PaperPart | None = None
    row = 0

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the command that gives the arrows to the next panel."""
        return {"walk_panel": self.go_on}

    def begin(self, paper: PaperPart) -> None:
        """Give the arrows to a panel."""
        self.walked, self.row = paper, 0

    def go_on(self) -> None:
        """Give the arrows to the next panel that has lines to follow; after the last, back to the map."""
        papers: list[PaperPart | None] = [
            part for part in self.table.parts if isinstance(part, PaperPart) and part.box.height and part.links
        ]
        at = papers.index(self.walked) + 1 if self.walked in papers else 0
        self.walked, self.row = ([*papers, None])[at], 0
        self._show()

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Take the arrows, Return and Esc while a panel is walked through."""
        paper = self.walked
        if paper is None or event.type != pygame.KEYDOWN or not paper.links:
            return False
        if event.key in STEPS:
            self.row = (self.row + STEPS[event.key]) % len(paper.links)
            self._show()
        elif event.key in ENTER:
            paper.follow(paper.links[min(self.row, len(paper.links) - 1)][1])
        elif event.key == pygame.K_ESCAPE:
            self.walked = None
            return not paper.is_question
        else:
            return False
        return True

    def _show(self) -> None:
        if self.walked is not None and self.walked.links:
            self.walked.bring_into_view(self.walked.links[min(self.row, len(self.walked.links) - 1)][0])

    def draw(self, target: pygame.Surface) -> None:
        """Draw a ring round the line; a panel that has gone is walked no more."""
        if self.walked is None:
            return
        if not self.walked.box.height or not self.walked.links:
            self.walked = None
            return
        row = self.walked.links[min(self.row, len(self.walked.links) - 1)][0]
        box = self.walked.on_screen(row)
        pygame.draw.rect(target, theme.FOCUS, box, max(theme.px(2), 1), border_radius=theme.px(5))
