"""Taking orders back and giving them again, until something was learned that cannot be unlearned."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.game.campaign import Snapshot
from sim.game.orders import Standing
from sim.game.play import knowledge
from sim.kernels import codes
from sim.kernels.state.layout import World

MOST_STEPS = 40


@dataclass(frozen=True)
class Moment:
    """A game as it stood before or after an order."""

    snapshot: Snapshot
    standing: Mapping[str, Standing]


class UndoList:
    """What can be taken back and what can be given again, one step for each command of the player."""

    def __init__(self) -> None:
        self._back: list[Moment] = []
        self._forth: list[Moment] = []

    @property
    def can_undo(self) -> bool:
        """Return whether there is a step to take back."""
        return bool(self._back)

    @property
    def can_redo(self) -> bool:
        """Return whether there is a step to give again."""
        return bool(self._forth)

    @property
    def last(self) -> Moment | None:
        """Return the moment before the last step that can be taken back; None where there is none."""
        return self._back[-1] if self._back else None

    def did(self, before: Moment) -> None:
        """Note that something was done at this moment."""
        self._back = [*self._back[1 - MOST_STEPS :], before]
        self._forth = []

    def undo(self, now: Moment) -> Moment:
        """Return the moment to go back to."""
        self._forth.append(now)
        return self._back.pop()

    def redo(self, now: Moment) -> Moment:
        """Return the moment to go forward to."""
        self._back.append(now)
        return self._forth.pop()

    def clear(self) -> None:
        """Forget everything: it cannot be taken back any more."""
        self._back, self._forth = [], []


def reveals(before: World, after: World, side: str) -> bool:
    """Return whether what happened between two moments of one phase showed a side something new: a battle, or troops.

    This is the one place that decides it.
    """
    first, last = int(before.clock["n_events"][0]), int(after.clock["n_events"][0])
    fought = bool((after.events["kind"][first:last] == codes.EVENT_BATTLE).any())
    return fought or knowledge.reveals(before, after, side)
