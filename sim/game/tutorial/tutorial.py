"""The tutorial: a player's way through its steps.

It is followed by the state of the game and of the view (``facts``), so it never keeps the player from doing
anything else; ``steps`` has the steps and their words.
"""

from sim.game.tutorial.facts import (
    PANNED,
    SCENARIO,
    STEP_TO,
    TANKS,
    THEATRE,
    UNDONE,
    ZOOMED,
    Facts,
    Progress,
    View,
    look,
)
from sim.game.tutorial.steps import STEPS, Step

HINT_AFTER_MS = 25_000
WARN_AFTER_MS = 6_000  # nobody is told to be on a wrong way while he still reads
OTHER_UNIT = "Another unit is selected, or none: select the one in the ring first."


class Tutorial:
    """A player's way through the steps.

    Attributes
    ----------
    at : int
        Number of the present step, from 0.
    late : bool
        Whether the step has taken so long that its hint is told.
    warning : str
        What the player is told who is on a wrong way; empty where he is not.
    """

    def __init__(self) -> None:
        self.at = 0
        self.late = False
        self.warning = ""
        self._begun: Facts | None = None
        self._last: Facts | None = None
        self._began_ms = self._now_ms = 0
        self._seen: set[str] = set()

    @property
    def step(self) -> Step:
        """Return the present step."""
        return STEPS[self.at]

    @property
    def is_last(self) -> bool:
        """Return whether this is the last step."""
        return self.at == len(STEPS) - 1

    def hear(self, command: str) -> None:
        """Take note that the player has given a command."""
        self._seen.add(command)

    def note(self, facts: Facts, now_ms: int) -> None:
        """Take note of how things stand; go on where the step is done."""
        if self._begun is None:
            self._begun, self._began_ms = facts, now_ms
        self._see(self._last or facts, facts)
        self._last, self._now_ms = facts, now_ms
        self.late = now_ms - self._began_ms >= HINT_AFTER_MS
        if facts.is_over:
            self.go(len(STEPS) - 1 - self.at)
        elif self.step.done is not None and self.step.done(Progress(self._begun, facts, frozenset(self._seen))):
            self.go(1)
        self.warning = self._warning(facts) if now_ms - self._began_ms >= WARN_AFTER_MS else ""

    def _warning(self, facts: Facts) -> str:
        if self.lacks_unit(facts):
            return OTHER_UNIT
        return self.step.astray(facts) if self.step.astray is not None and not facts.is_over else ""

    def lacks_unit(self, facts: Facts | None = None) -> bool:
        """Return whether the step needs a unit that is not chosen."""
        known = facts or self._last
        return bool(self.step.unit) and known is not None and known.view.chosen != known.tanks

    def _see(self, before: Facts, now: Facts) -> None:
        if now.view.zoom != before.view.zoom:
            self._seen.add(ZOOMED)
        elif now.view.middle != before.view.middle:
            self._seen.add(PANNED)
        if now.view.shows_all:
            self._seen.add(THEATRE)
        if now.turn == before.turn and (now.marched < before.marched or now.plotted < before.plotted):
            self._seen.add(UNDONE)

    def go(self, steps: int) -> None:
        """Go so many steps on, or back."""
        if steps:
            self.at = min(max(self.at + steps, 0), len(STEPS) - 1)
            self._begun, self._began_ms = self._last, self._now_ms
            self.late, self.warning, self._seen = False, "", set()


__all__ = ["SCENARIO", "STEPS", "STEP_TO", "TANKS", "Facts", "Tutorial", "View", "look"]
