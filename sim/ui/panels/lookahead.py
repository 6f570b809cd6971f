"""The rest of the campaign looked at beforehand, and what the last order is worth."""

import time
from collections.abc import Callable, Hashable

import pygame

from sim.game.forecasts.lookahead import LookAhead, OrderComparison
from sim.game.forecasts.lookahead_results import ComparisonView, LookAheadView
from sim.game.telling.forecast_lines import comparison_lines, look_ahead_lines
from sim.game.wording.report_lines import HEADING, LABEL, QUIET, Line
from sim.ui.panels.sheet import PaperPart
from sim.ui.player.table import PlayerTable

AGAIN, CLOSE = "again", "close"
REFRESH_MS = 300  # the chances are written anew so often at most
STAFF_WORK = "Based on what your side knows: each campaign draws the unseen enemy's positions anew."


class Prospects(PaperPart):
    """Shows the chances of the campaign from here, or what the last order changes in them.

    Attributes
    ----------
    work : LookAhead, OrderComparison or None
        What is being played, or was; None while the panel is closed.
    """

    table: PlayerTable
    keeps_scroll = True
    work: LookAhead | OrderComparison | None = None
    _seen: LookAheadView | ComparisonView | None = None
    _version = -1
    _moment: tuple[int, str | None] = (-1, None)
    _next_ms = 0.0

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the commands that look ahead and weigh the last order; each closes the panel that it has opened."""
        return {"look_ahead": self.look_ahead, "weigh_order": self.weigh_order}

    def look_ahead(self) -> None:
        """Play the campaign on from here, or close the panel."""
        if isinstance(self.work, LookAhead):
            self.close()
        elif self._can_begin():
            self._look_anew()

    def weigh_order(self) -> None:
        """Play the campaign on from before the last order and from after it, or close the panel."""
        if isinstance(self.work, OrderComparison):
            self.close()
        elif self._can_begin():
            self._weigh()

    def _weigh(self) -> None:
        session = self.table.session
        before = session.before_last_order()
        if before is None:
            self.table.selection.message = "There is no order to assess: none has been given, or it cannot be undone."
        else:
            after = session.campaign.snapshot()
            self._begin(OrderComparison(session.campaign, before, after, side=session.viewer))

    def _can_begin(self) -> bool:
        session = self.table.session
        if session.is_thinking:
            self.table.selection.message = "The computer is moving; look ahead when it has finished."
        elif session.campaign.is_over:
            self.table.selection.message = "The campaign is decided; there is nothing to look ahead to."
        else:
            return True
        return False

    def _begin(self, work: LookAhead | OrderComparison) -> None:
        self.close()
        self.work, self._version, self._moment = work, self.table.session.version, self._now()
        self._seen, self._next_ms, self._scroll = work.poll(), 0.0, 0
        work.start()

    def _now(self) -> tuple[int, str | None]:
        """Return the phase that is open: a computer that moves fast may never be seen thinking."""
        campaign = self.table.session.campaign
        return campaign.turns_played, campaign.phase_side

    def close(self) -> None:
        """Stop playing and close the panel."""
        if self.work is not None:
            self.work.cancel()
        self.work, self._seen = None, None

    def leave(self) -> None:
        """Stop, and let the campaign under way come to its end: a thread amid compiled code cannot be left behind."""
        work = self.work
        self.close()
        if work is not None:
            work.wait()

    def update(self) -> None:
        """Take what is known by now; close where the phase has ended."""
        if self.work is None:
            return
        session = self.table.session
        if session.is_thinking or session.campaign.is_over or self._moment != self._now():
            self.close()
            return
        now_ms = time.monotonic() * 1000
        if now_ms >= self._next_ms or not self.work.is_running:
            self._seen, self._next_ms = self.work.poll(), now_ms + REFRESH_MS

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Close by Esc; leave the rest to the sheet."""
        if self.work is not None and event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            self.close()
            return True
        return super().handle(event, now_ms)

    def key(self) -> Hashable:
        """Return what the panel depends on."""
        return None if self.work is None else (id(self.work), id(self._seen), self._is_old)

    @property
    def _is_old(self) -> bool:
        return self._version != self.table.session.version

    def place(self, width_px: int, height_px: int) -> pygame.Rect:
        """Stand to the left of the panels, below the bar."""
        return self.beside_the_panels(width_px, height_px)

    def follow(self, line: Line) -> None:
        """Look anew, or close."""
        again = self._weigh if isinstance(self.work, OrderComparison) else self._look_anew
        if line.action == AGAIN:
            again()
        elif line.action == CLOSE:
            self.close()

    def _look_anew(self) -> None:
        session = self.table.session
        self._begin(LookAhead(session.campaign, side=session.viewer))

    def lines(self) -> list[Line]:
        """Return the chances as far as they are known."""
        if self._seen is None:
            return []
        knows_all = self.table.session.knowledge().sees_all
        if isinstance(self._seen, ComparisonView):
            found = [Line("Effect of the last order", HEADING), *comparison_lines(self._seen)]
        else:
            found = [Line("Look ahead", HEADING), *look_ahead_lines(self._seen)]
        if not knows_all:
            found.insert(1, Line(STAFF_WORK, QUIET))
        if self._is_old:
            found.append(Line("› Orders have changed: look again", LABEL, action=AGAIN))
        return [*found, Line("› Close (Esc)", action=CLOSE)]
