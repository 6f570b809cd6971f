"""A campaign at the table: whose turn it is, orders with undo, and the computer's phases in a thread of their own.

While the computer thinks, ``world`` is the situation before it began, so whoever draws it sees no half-done day.
"""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import OrderError
from sim.game.campaign import Campaign, Snapshot
from sim.game.chronicle import sentence
from sim.game.diary import Diary
from sim.game.knowledge import Knowledge, events_known, reveals
from sim.game.lookahead import load_kernels
from sim.game.marches import MarchRange, look_around
from sim.game.orders import Attack, Order
from sim.kernels import codes
from sim.kernels.layout import World

MOST_UNDO = 40
TOLD = (
    codes.EVENT_WEATHER,
    codes.EVENT_ARRIVAL,
    codes.EVENT_CAPTURE,
    codes.EVENT_CONTACT,
    codes.EVENT_BATTLE,
    codes.EVENT_SHATTERED,
    codes.EVENT_SURRENDER,
    codes.EVENT_DISPERSED,
    codes.EVENT_OUT_OF_FUEL,
    codes.EVENT_DECIDED,
    codes.EVENT_SURPRISE,
)


class Session:
    """One game of one campaign.

    Parameters
    ----------
    campaign : Campaign
        On its first morning.
    sides : tuple of str
        The sides led by people: none to watch, both for hot seat.

    Attributes
    ----------
    world : World
        To be read only: its arrays refuse to be written.
    version : int
        Grows whenever ``world`` may have changed.
    diary : Diary
        The figures of every evening.
    """

    def __init__(self, campaign: Campaign, sides: tuple[str, ...]) -> None:
        self.campaign = campaign.lead(*sides)
        self.sides = sides
        self.version = 0
        self.day_began_at = 0
        self.diary = Diary()
        self._undo: list[Snapshot] = []
        self._thread: threading.Thread | None = None
        self._failure: BaseException | None = None
        self.world: World = read_only(self.campaign.world)

    # --- time

    @property
    def is_thinking(self) -> bool:
        """Return whether the computer has the move."""
        return self._thread is not None

    @property
    def side_to_move(self) -> str | None:
        """Return the side that may be given orders now."""
        return None if self.is_thinking else self.campaign.phase_side

    def advance(self) -> None:
        """End the open phase in the background; ``poll`` says when the next one is open, or the day watched is over."""
        if self._thread is not None or self.campaign.is_over:
            return
        self._undo.clear()
        self.world = read_only(self.campaign.snapshot().world)
        self.day_began_at = int(self.campaign.world.clock["n_events"][0])
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            side = self.campaign.next_phase()
            while side is None and self.sides and not self.campaign.is_over:
                side = self.campaign.next_phase()
        except BaseException as error:  # handed to the thread that polls
            self._failure = error

    def poll(self) -> bool:
        """Return whether the computer has just finished; never waits."""
        if self._thread is None or self._thread.is_alive():
            return False
        self._thread.join()
        self._thread = None
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure
        self.diary.note(self.campaign.world, self.campaign.views, self.campaign.turns_played)
        self._refresh()
        return True

    def wait(self) -> None:
        """Wait until the computer has finished."""
        if self._thread is not None:
            self._thread.join()
            self.poll()

    # --- who looks

    @property
    def viewer(self) -> str | None:
        """Return the side through whose eyes the map is seen: None sees all, for who only watches."""
        if not self.sides:
            return None
        return self.sides[0] if len(self.sides) == 1 else self.side_to_move or self.sides[0]

    def knowledge(self) -> Knowledge:
        """Return what the viewer knows of the enemy in ``world``."""
        return Knowledge(self.campaign, self.viewer, self.world)

    # --- orders

    def give(self, order: Order) -> str:
        """Carry out an order; return an empty string, or why it cannot be given."""
        if self.side_to_move is None:
            return "It is not your move."
        before = self.campaign.snapshot()
        try:
            self.campaign.give([order])
        except OrderError as error:
            return str(error.detail)
        if isinstance(order, Attack) or reveals(before.world, self.campaign.world, str(self.side_to_move)):
            self._undo.clear()  # the enemy has been seen: that cannot be taken back
        else:
            self._undo = [*self._undo[1 - MOST_UNDO :], before]
        self._refresh()
        return ""

    @property
    def can_undo(self) -> bool:
        """Return whether the last order can be taken back."""
        return bool(self._undo) and not self.is_thinking

    def undo(self) -> bool:
        """Take the last order back; return whether there was one."""
        if not self.can_undo:
            return False
        self.campaign.restore(self._undo.pop())
        self._refresh()
        return True

    def reach(self, unit: int) -> MarchRange:
        """Return where a unit can march today."""
        return look_around(self.campaign.world, self.campaign.scratch, unit)

    def attackers(self, target: int, posture: str) -> list[int]:
        """Return the units of the side to move that could attack a hex together now."""
        world, side = self.campaign.world, self.side_to_move
        if side is None:
            return []
        units = world.units
        around = world.neighbours[target]
        here = (units["side"] == codes.SIDES.index(side)) & (units["status"] == codes.ACTIVE)
        rows = np.flatnonzero(here & np.isin(units["hex"], around[around >= 0]))
        return [row for row in rows.tolist() if self._may_attack(row, target, posture)]

    def _may_attack(self, row: int, target: int, posture: str) -> bool:
        from sim.game.orders import Desk

        campaign = self.campaign
        side = codes.SIDES.index(str(self.side_to_move))
        desk = Desk(campaign.world, campaign.scratch, campaign.names, side)
        try:
            desk.records(Attack((campaign.names.units[row],), campaign.names.hex_label(target), posture))
        except OrderError:
            return False
        return True

    # --- what happened

    def told(self, since: int) -> list[tuple[str, int]]:
        """Return what the viewer knows of the events from number ``since`` on: sentences with their hex (-1 none)."""
        events: NDArray[Any] = events_known(self.viewer, self.campaign.events(since))
        pairs = [
            (sentence(self.campaign.views, event), int(event["hex"])) for event in events if int(event["kind"]) in TOLD
        ]
        return [pair for pair in pairs if pair[0]]

    def _refresh(self) -> None:
        self.world = read_only(self.campaign.world)
        self.version += 1


def read_only(world: World) -> World:
    """Return the same world through arrays that refuse to be written."""

    def view(array: NDArray[Any]) -> NDArray[Any]:
        looked_at = array.view()
        looked_at.flags.writeable = False
        return looked_at

    return World(*(view(array) for array in world))


def prepare(campaign: Campaign, report: Callable[[str], None]) -> None:
    """Load or compile the kernels that a game needs, so that no click waits for them; the campaign stays as it is."""
    before = campaign.snapshot()
    report("the commanders")
    first = campaign.lead(campaign.side_ids[0]).next_phase() or campaign.next_phase()
    report("marches and supply")
    units = campaign.world.units
    side = campaign.side_ids.index(str(first))
    row = int(np.flatnonzero((units["side"] == side) & (units["hex"] >= 0) & (units["mp10"] > 0))[0])
    unit = campaign.names.units[row]
    stops = list(look_around(campaign.world, campaign.scratch, row).left_mp10)
    campaign.why_supply(unit)
    if stops:
        from sim.game.orders import Move

        campaign.give([Move(unit, campaign.names.hex_label(stops[0]))])
    report("the other side and the evening")
    campaign.next_phase()
    campaign.restore(before)
    report("forecasts")
    load_kernels(campaign)
