"""Where screens go for another game, replay or the title: what they ask for, not who begins it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # the title must not wait for the engine, which these need
    from sim.game.play.session_view import SessionView
    from sim.game.saves.replay_session import ReplaySession

NORMAL, WEAK = "adaptive", "baseline"  # the computer's commanders


@dataclass(frozen=True)
class GameOptions:
    """How a game is played.

    Attributes
    ----------
    scenario : str
        A shipped scenario by name, or a folder.
    mods : tuple of str
    sides : tuple of str
        Led by people: none to watch, both for hot seat.
    seed : int
    commander : str
        Of the sides that the computer leads: ``NORMAL`` or ``WEAK``.
    plans : tuple of str
        Plans of the computer, by id, instead of the scenario's own.
    fog : bool or None
        Whether each side knows only what it has seen; None as the scenario has it.
    lesson : bool
        Whether the tutorial leads through it.
    """

    scenario: str = "august_storm"
    mods: tuple[str, ...] = ()
    sides: tuple[str, ...] = ("soviet",)
    seed: int = 1945
    commander: str = NORMAL
    plans: tuple[str, ...] = ()
    fog: bool | None = None
    lesson: bool = False

    def with_(self, **changes: Any) -> "GameOptions":
        """Return the options with some of them changed."""
        return replace(self, **changes)


class Navigator(Protocol):
    """Leads from any screen to another game, replay or the title."""

    def title(self) -> None:
        """Show the title instead of all other screens."""

    def new_game(self, options: GameOptions) -> None:
        """Begin a game and show it instead of all other screens."""

    def tutorial(self) -> None:
        """Begin the tutorial."""

    def resume(self, path: Path) -> None:
        """Go on with a saved game."""

    def watch_file(self, path: Path) -> None:
        """Show a saved replay above the present screen."""

    def watch(self, session: "SessionView") -> None:
        """Show what happened so far in a game above the present screen."""

    def play_on(self, session: "ReplaySession", sides: tuple[str, ...], commander: str) -> None:
        """Begin a new game from the evening that a replay shows."""
