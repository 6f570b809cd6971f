"""Playing on from a replay: who leads, and how well the computer does."""

import pygame

from sim.game.saves.replay_session import ReplaySession
from sim.ui.look.theme import px
from sim.ui.player.table import Table
from sim.ui.screens.menu import what_becomes_of
from sim.ui.screens.new_game import SIDES, STRENGTHS
from sim.ui.widgets.form import Form
from sim.ui.widgets.gui_screen import STRONG, GuiScreen
from sim.ui.window.navigator import NORMAL


class PlayOnScreen(GuiScreen):
    """Choose and begin a new game from the evening that a replay shows.

    Parameters
    ----------
    session : ReplaySession
    game : Table, optional
        The game over which the replay was opened: it is left.
    """

    is_overlay = True

    def __init__(self, session: ReplaySession, game: Table | None = None) -> None:
        super().__init__()
        self.session, self.game = session, game
        self.sides: tuple[str, ...] = session.led or ("soviet",)
        self.commander = NORMAL

    def build(self) -> None:
        """Lay out the choices on a sheet, the buttons below."""
        width, height = self.stage.size
        self.box = pygame.Rect(0, 0, min(px(560), width - px(20)), min(px(330), height - px(20)))
        self.box.center = (width // 2, height // 2)
        inner = self.box.inflate(-px(40), -px(30))
        date = self.session.campaign.last_day if self.session.day else self.session.campaign.today
        words = f"Play on from the {'evening' if self.session.day else 'morning'} of {date.day} {date:%B}"
        self.label(pygame.Rect(inner.x, inner.y, inner.w, px(30)), words, "#heading")
        form = Form(self, pygame.Rect(inner.x, inner.y + px(40), inner.w, inner.h - px(92)))
        form.pick("You lead", SIDES, self.sides, self._lead, "which side you lead")
        if len(self.sides) < 2:
            words = "how strong the computer plays"
            form.pick("Computer commander", STRENGTHS, self.commander, self._command, words)
        form.note("This starts a new game with the same luck; the replay is unchanged.")
        if self.game is not None:
            form.note(f"This ends the game in progress. {what_becomes_of(self.game)}")
        form.finish()
        wide = (inner.w - px(10)) // 2
        begin = pygame.Rect(inner.x, inner.bottom - px(40), wide, px(40))
        self.main = self.button(begin, "Begin", self._begin, "Play on from this evening (Return)", STRONG)
        self.button(begin.move(wide + px(10), 0), "Back", self.stage.pop, "Back to the replay (Esc)")

    def _lead(self, sides: tuple[str, ...]) -> None:
        self.sides = sides
        self.rebuild()

    def _command(self, commander: str) -> None:
        self.commander = commander
        self.rebuild()

    def _begin(self) -> None:
        self.stage.navigator.play_on(self.session, self.sides, self.commander)

    def draw_ground(self, target: pygame.Surface) -> None:
        """Dim the replay below and draw the sheet."""
        self.draw_sheet(target, self.box)
