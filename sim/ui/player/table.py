"""What the parts over the map know of the screen that they stand on."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

import pygame

from sim.game.play.session import Session
from sim.game.play.session_view import SessionView
from sim.game.saves.replay_session import ReplaySession
from sim.ui.map.camera import Camera
from sim.ui.map.map_view import MapView
from sim.ui.player import intents
from sim.ui.player.player_selection import PlayerSelection
from sim.ui.player.selection import Selection
from sim.ui.window.stage import Stage

SomePart = TypeVar("SomePart")


class Table(Protocol):
    """A campaign on its map, and who looks at it.

    Attributes
    ----------
    view : MapView
    camera : Camera
    stage : Stage
    size : tuple of int
        Of the window, in pixels.
    watching : bool
        Whether days are played one after the other.
    """

    view: MapView
    camera: Camera
    stage: Stage
    size: tuple[int, int]
    watching: bool

    @property
    def session(self) -> SessionView:
        """Return what is looked at."""

    @property
    def selection(self) -> Selection:
        """Return what is selected."""

    @property
    def map_top(self) -> int:
        """Return how far below the upper edge of the window the map begins, in pixels."""

    @property
    def map_foot(self) -> int:
        """Return where what stands at the lower edge of the map begins, in pixels from the upper edge of the window."""

    @property
    def parts(self) -> Sequence[object]:
        """Return what stands over the map, the uppermost last."""

    @property
    def is_uppermost(self) -> bool:
        """Return whether no other screen stands above it."""

    @property
    def is_panning(self) -> bool:
        """Return whether the map is being dragged."""

    @property
    def is_pointing(self) -> bool:
        """Return whether the pointer or the cursor is over free map, not over a panel."""

    def is_covered(self, at: tuple[int, int]) -> bool:
        """Return whether a part lies over the map at a pixel of the window."""

    def part(self, kind: type[SomePart]) -> SomePart:
        """Return the part of a kind."""

    def carry_out(self, meant: intents.Intent, pixel: tuple[int, int] | None = None) -> None:
        """Do what was meant."""

    def show_hex(self, hex: int, least_px: float = 24.0) -> None:
        """Bring a hex to the middle, near enough to be read."""


class PlayerTable(Table, Protocol):
    """A campaign on its map, and who plays it.

    Attributes
    ----------
    box : Rect or None
        A selection that is being drawn, in pixels of the map.
    listeners : list of callable
        Told the name of every command that the player gives.
    """

    box: pygame.Rect | None
    listeners: list[Callable[[str], None]]

    @property
    def session(self) -> Session:
        """Return the game."""

    @property
    def selection(self) -> PlayerSelection:
        """Return what the player has selected."""

    def end_turn(self) -> None:
        """Hand over to the other side; in a game that is watched, play one day."""


class ReplayTable(Table, Protocol):
    """A campaign on its map, and who watches its days again."""

    @property
    def session(self) -> ReplaySession:
        """Return the replay."""
