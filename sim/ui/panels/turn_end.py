"""The end of a turn: who still waits for orders is listed first, to be jumped through."""

from collections.abc import Callable, Hashable

import pygame

from sim.game.play.idle_units import BARRED, COULD_ATTACK, NO_ORDERS, NO_SUPPLY, Idle
from sim.game.wording.report_lines import HEADING, LABEL, QUIET, Line
from sim.game.wording.views import count
from sim.ui.panels.keyboard_walk import PanelWalk
from sim.ui.panels.sheet import PaperPart
from sim.ui.player.table import PlayerTable

END, BACK = "end", "back"
HEADINGS = {
    BARRED: "Held up",
    COULD_ATTACK: "Could attack",
    NO_SUPPLY: "Out of supply and standing still",
    NO_ORDERS: "No orders",
}
MOST = 60


class TurnEnd(PaperPart):
    """Asks before a turn ends while units wait for orders; a second time, or where none waits, it ends.

    Attributes
    ----------
    waiting : list of Idle or None
        Who waits while the question is open.
    """

    table: PlayerTable
    waiting: list[Idle] | None = None
    _listed_for = -1  # the version of the session
    is_question = True

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the command that ends the turn."""
        return {"end_turn": self.ask}

    def ask(self) -> None:
        """List who waits for orders; end the turn where nobody does, or where it was asked already."""
        session = self.table.session
        if session.is_thinking or session.campaign.is_over:
            return
        waiting = session.idle_units() if self.waiting is None and self.table.stage.settings.turn_warning else []
        if waiting:
            self.waiting, self._listed_for = waiting, session.version
            self.table.part(PanelWalk).begin(self)
        else:
            self.waiting = None
            self.table.end_turn()

    def update(self) -> None:
        """List anew who still waits once an order was given beside the open list; close it where nobody does."""
        session = self.table.session
        if self.waiting is not None and session.version != self._listed_for:
            self.waiting, self._listed_for = session.idle_units() or None, session.version

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Close the list by Esc; leave the rest to the sheet."""
        if self.waiting is not None and event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            self.waiting = None
            return True
        return super().handle(event, now_ms)

    def key(self) -> Hashable:
        """Return what the list depends on."""
        return None if self.waiting is None else (id(self.waiting), self.table.session.version)

    def place(self, width_px: int, height_px: int) -> pygame.Rect:
        """Stand to the left of the panels, below the bar."""
        return self.beside_the_panels(width_px, height_px)

    def follow(self, line: Line) -> None:
        """End the turn, go back, or jump to a unit."""
        if line.action == END:
            self.ask()
        elif line.action == BACK:
            self.waiting = None
        elif line.action:
            self.table.selection.choose(int(line.action))
            self.table.show_hex(line.hex)

    def lines(self) -> list[Line]:
        """Return who waits, by reason."""
        if self.waiting is None:
            return []
        found = [
            Line(f"{count(len(self.waiting), 'unit')} could still act", HEADING),
            Line("› End the turn anyway (Return)", LABEL, action=END),
            Line("› Go back (Esc)", action=BACK),
        ]
        for reason, words in HEADINGS.items():
            some = [one for one in self.waiting if one.reason == reason]
            if some:
                found.append(Line(f"{words}: {len(some)}", HEADING))
                found += [Line(one.sentence, hex=one.hex, action=str(one.unit)) for one in some[:MOST]]
            if len(some) > MOST:
                found.append(Line(f"and {len(some) - MOST} more", QUIET))
        return found
