"""A campaign as somebody looks at it: the world through the eyes of a side, what happened, and what is known of it.

Whoever only looks needs no more than this; ``Session`` adds the orders of a player, ``ReplaySession`` the days that
were played.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.campaign import Campaign
from sim.game.knowledge.fog_view import fog_view, read_only
from sim.game.orders import Standing
from sim.game.play.evenings import note_evening
from sim.game.play.knowledge import SideKnowledge
from sim.game.play.told import told_sentence
from sim.game.records.daily_figures import Diary
from sim.game.wording.sentences import TELLINGS
from sim.kernels import codes
from sim.kernels.state.layout import World


class SessionView(ABC):
    """What is looked at of one campaign. Whoever derives from it ends its own ``__init__`` with ``_look``.

    Parameters
    ----------
    campaign : Campaign
    sides : tuple of str
        The sides led by people here: none where all only watch.

    Attributes
    ----------
    world : World
        As the viewer knows it (``fog_view``), to be read only: its arrays refuse to be written.
    known : World
        The same for kernels, which are compiled for arrays that may be written; nobody writes to it.
    version : int
        Grows whenever ``world`` may have changed.
    day_began_at : int
        Number of the first event that is news to the viewer.
    diary : Diary
        The figures of every evening.
    evening : World or None
        The last evening as it was; None where it has not been seen here.
    """

    def __init__(self, campaign: Campaign, sides: tuple[str, ...] = ()) -> None:
        self.campaign = campaign
        self.sides = sides
        self.version = 0
        self.day_began_at = 0
        self.diary = Diary()
        self.evening: World | None = None
        self.known: World = campaign.world
        self.world: World = campaign.world

    # --- who looks

    @property
    @abstractmethod
    def viewer(self) -> str | None:
        """Return the side through whose eyes the map is seen; None sees all."""

    @property
    @abstractmethod
    def reader(self) -> str | None:
        """Return the side for which reports are written; None for who only watches."""

    @property
    @abstractmethod
    def eyes(self) -> tuple[str, ...]:
        """Return the sides whose affairs are shown."""

    @property
    @abstractmethod
    def evening_words(self) -> str:
        """Return what the top bar says while nobody has the move."""

    # --- the moment

    @property
    def is_thinking(self) -> bool:
        """Return whether the computer has the move."""
        return False

    @property
    def side_to_move(self) -> str | None:
        """Return the side that may be given orders now."""
        return None

    @property
    def can_undo(self) -> bool:
        """Return whether there is an order that can be taken back."""
        return False

    @property
    def turn_shown(self) -> int:
        """Return the turn whose date stands over the map: in the evening, the one that is over."""
        is_evening = self.side_to_move is None and not self.is_thinking and self.campaign.turns_played > 0
        return self.campaign.turns_played if is_evening else int(self.world.clock["turn"][0])

    def standing_orders(self) -> Mapping[str, Standing]:
        """Return the standing orders of the side to move by unit id."""
        return {}

    # --- what is known

    def knowledge(self) -> SideKnowledge:
        """Return what the viewer knows of the enemy in ``world``."""
        return SideKnowledge(self.campaign, self.viewer, self.world)

    def told(self, since: int) -> list[tuple[str, int]]:
        """Return what the viewer knows of the events from number ``since`` on: sentences with their hex (-1 none)."""
        told = [event for event in self.events_known(since) if self._is_told_at_once(event)]
        pairs = [(self.sentence(event), int(event["hex"])) for event in told]
        return [pair for pair in pairs if pair[0]]

    @staticmethod
    def _is_told_at_once(event: Any) -> bool:
        telling = TELLINGS.get(int(event["kind"]))
        return telling is not None and telling.at_once

    def events_known(self, since: int) -> NDArray[Any]:
        """Return the events from number ``since`` on as the viewer knows of them."""
        return np.asarray(self.world.events[since : int(self.world.clock["n_events"][0])])

    def sentence(self, event: Any) -> str:
        """Return an event as the viewer is told of it; empty if it is not."""
        return told_sentence(self.campaign, self.viewer, event)

    def note_evening(self, world: World, turn: int) -> None:
        """Keep the evening of a day, and write its figures into the diary, for both sides as of the same hour."""
        self.evening = world
        note_evening(self.diary, self.campaign, world, turn, self.sides)

    def fog_view(self, world: World, side: str | None) -> World:
        """Return a state of the campaign as a side knows it; None sees all."""
        return fog_view(world, None if side is None else codes.SIDES.index(side), self.campaign.static.template)

    def _refresh(self) -> None:
        self._look(self.campaign.world)
        self.version += 1

    def _look(self, world: World) -> None:
        """Show a world as the viewer knows it."""
        self.known = self.fog_view(world, self.viewer)
        self.world = read_only(self.known)
