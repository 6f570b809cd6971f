"""A campaign at the table: whose turn it is, orders with undo, and the computer's phases in a thread of their own.

While the computer thinks, ``world`` is the situation before it began, so whoever draws it sees no half-done day.
Commands take rows and hexes, as a window has them, and answer in words: an empty string says that all went well.

Example
-------
>>> session = Session(Campaign.start("august_storm"), ("soviet",))
>>> session.advance()
>>> session.wait()
>>> brigade, lupei = session.campaign.unit("sov_46gtb"), session.campaign.names.hex_of("h071072")
>>> session.route(brigade, lupei).days, session.plot(brigade, lupei), session.undo()
(4, '', True)
"""

from collections.abc import Callable

from sim.errors import OrderError
from sim.game.campaign import Campaign, Snapshot
from sim.game.orders import Order, Standing
from sim.game.orders.headquarters import choices
from sim.game.orders.marches import MarchRange, Ranges, look_along_the_line
from sim.game.play.attack_forming import Candidate, Support, candidates, supporters
from sim.game.play.groups import places_of_group
from sim.game.play.idle_units import Idle, idle_units
from sim.game.play.march_routes import Route, find_route
from sim.game.play.session_view import SessionView
from sim.game.play.standing_orders import MorningReport, StandingOrders
from sim.game.play.undo import Moment, UndoList, reveals
from sim.kernels import codes
from sim.task import Task

MOST_ROUTES = 200  # kept of those that were looked for since something changed


class Session(SessionView):
    """One game of one campaign.

    Parameters
    ----------
    campaign : Campaign
        On its first morning.
    sides : tuple of str
        The sides led by people: none to watch, both for hot seat.

    Attributes
    ----------
    standing : StandingOrders
        Those of both sides; ``standing_orders`` shows those of the side to move.
    morning : list of MorningReport
        What became of the standing orders of the side to move as its phase began.
    listeners : list of callable
        Called once an order was given or taken back, or the computer has finished.
    """

    def __init__(self, campaign: Campaign, sides: tuple[str, ...]) -> None:
        super().__init__(campaign.lead(*sides), sides)
        self._handed_over: dict[str | None, int] = {}  # side -> number of events as it last ended its phase
        self.standing = StandingOrders(self.campaign)
        self.morning: list[MorningReport] = []
        self._undo = UndoList()
        self._evenings: list[Snapshot] = []  # those of the computer's phases that just go on
        self._before_phase = self._moment()
        self._phase: Task[list[MorningReport]] | None = None  # the computer's, while it goes on
        self.listeners: list[Callable[[], None]] = []
        self._forget()
        self._look(campaign.world)

    def _forget(self) -> None:
        """Forget what was looked for as the world stood before."""
        self._ranges = Ranges(self.campaign.world, self.campaign.scratch)
        self._routes: dict[tuple[int, int], Route] = {}

    def _refresh(self) -> None:
        self._forget()
        super()._refresh()
        for told in self.listeners:
            told()

    # --- time

    @property
    def is_thinking(self) -> bool:
        """Return whether the computer has the move."""
        return self._phase is not None

    @property
    def side_to_move(self) -> str | None:
        """Return the side that may be given orders now."""
        return None if self.is_thinking else self.campaign.phase_side

    def advance(self) -> None:
        """End the open phase in the background; ``poll`` says when the next one is open, or the day watched is over."""
        if self._phase is not None or self.campaign.is_over:
            return
        self._undo.clear()
        self._before_phase = self._moment()
        self._look(self._before_phase.snapshot.world)
        for side in self.sides:
            self._handed_over.setdefault(side, self.day_began_at)
        if not self.diary.days and self.campaign.turns_played == 0:  # how it stood before the first day
            self.note_evening(self.campaign.snapshot().world, 0)
        self.day_began_at = int(self.campaign.world.clock["n_events"][0])
        self._handed_over[self.campaign.phase_side] = self.day_began_at
        self._phase = Task(self._play_phase)

    def _play_phase(self) -> list[MorningReport]:
        """Play until somebody has the move; return what became of the standing orders of that side."""
        side = self.campaign.next_phase()
        while side is None:
            self._evenings.append(self.campaign.snapshot())
            if not self.sides or self.campaign.is_over:
                break
            side = self.campaign.next_phase()
        return self._carry_out(side)

    def _carry_out(self, side: str | None) -> list[MorningReport]:
        """Go on with the standing orders of a side whose phase begins, as one step that it can take back."""
        if side is None or not self.standing.of(side):
            return []
        before = self._moment()
        reports = self.standing.carry_out()
        if not reveals(before.snapshot.world, self.campaign.world, side):
            self._undo.did(before)
        return reports

    def poll(self) -> bool:
        """Return whether the computer has just finished; never waits."""
        if self._phase is None or not self._phase.done:
            return False
        phase, self._phase = self._phase, None
        evenings, self._evenings = self._evenings, []
        try:
            self.morning = phase.result()
        except BaseException:
            self._go_to(self._before_phase)  # what is half done must not be saved
            raise
        for evening in evenings:
            self.note_evening(evening.world, evening.turns_played)
        if len(self.sides) > 1:  # the other player's orders, too, are news to whoever sits down
            self.day_began_at = self._handed_over.get(self.campaign.phase_side, self.day_began_at)
        self._refresh()
        return True

    def wait(self) -> None:
        """Wait until the computer has finished."""
        if self._phase is not None:
            self._phase.wait()
            self.poll()

    # --- who looks

    @property
    def viewer(self) -> str | None:
        """Return the side through whose eyes the map is seen; None sees all: who only watches, or whose war is over."""
        return None if self.campaign.is_over and not self.is_thinking else self.reader

    @property
    def reader(self) -> str | None:
        """Return the side for which reports are written, the last one too; None for who only watches."""
        if not self.sides:
            return None
        return self.sides[0] if len(self.sides) == 1 else self.side_to_move or self.sides[0]

    @property
    def eyes(self) -> tuple[str, ...]:
        """Return the sides whose affairs are shown: in fog of war the viewer's, else those led by people, or both."""
        if self.campaign.fog and self.viewer is not None:
            return (self.viewer,)
        return self.sides or codes.SIDES

    @property
    def evening_words(self) -> str:
        """Return what the top bar says while nobody has the move."""
        return "evening"

    # --- orders

    def give(self, order: Order) -> str:
        """Carry out an order; return an empty string, or why it cannot be given."""

        def act() -> str:
            self.campaign.give([order], self._ranges)
            self.standing.heed(order)
            return ""

        return self._command(act)

    def plot(self, unit: int, target: int) -> str:
        """Send a unit to a hex, however many days it takes; return an empty string, or what keeps it from going.

        It marches as far as today allows; the rest is a standing order, carried out every morning.
        """
        return self._command(lambda: self._plotted(unit, target, self.route(unit, target), self._ranges))

    def plot_rail(self, unit: int, target: int) -> str:
        """Send a unit to a hex by train, however many days it takes; return an empty string, or why it cannot go."""

        def act() -> str:
            self.standing.plot_rail(self._id(unit), self._label(target))
            return ""

        return self._command(act)

    def move_group(self, units: list[int], target: int) -> str:
        """Send units to a hex together, as ``places_of_group`` places them; return what keeps some of them back.

        It is one step to take back. Nothing happens if none of them can go.
        """

        def act() -> str:
            places = places_of_group(self.campaign, units, target)
            refused = {unit: "stacking limit: there is no room for it" for unit in units if unit not in places}
            waiting: dict[int, str] = {}
            for unit, hex in places.items():
                if int(self.campaign.world.units["hex"][unit]) != hex:
                    try:
                        waiting[unit] = self._plotted(unit, hex)
                    except OrderError as error:
                        refused[unit] = error.detail
            told = {**refused, **{unit: why for unit, why in waiting.items() if why}}
            sentence = " ".join(f"{self.campaign.views.unit(unit)}: {why}." for unit, why in told.items())
            if len(refused) == len(units):
                raise OrderError("nobody", "", sentence)
            return sentence

        return self._command(act) if units else "No units selected."

    def _plotted(self, unit: int, target: int, route: Route | None = None, ranges: Ranges | None = None) -> str:
        self.standing.plot(self._id(unit), self._label(target), route, ranges)
        order = self.standing.get(self._id(unit))
        return order.barred if order is not None else ""

    def hold(self, units: list[int]) -> str:
        """Let units stay where they are until they are told otherwise."""
        return self._command(lambda: self._each(self.standing.hold, units))

    def dig_in(self, units: list[int]) -> str:
        """Let units defend where they are, and entrench, until they are told otherwise."""
        return self._command(lambda: self._each(self.standing.dig_in, units))

    def cancel(self, units: list[int]) -> str:
        """Drop the standing orders of units."""
        return self._command(lambda: self._each(self.standing.cancel, units))

    def _each(self, act: Callable[[str], None], units: list[int]) -> str:
        for unit in units:
            act(self._id(unit))
        return ""

    def _command(self, act: Callable[[], str]) -> str:
        """Do something as one step that can be taken back; return what it has to say, or why it cannot be done."""
        if self.side_to_move is None:
            return "It is not your move."
        before = self._moment()
        try:
            told = act()
        except OrderError as error:
            self._go_to(before)
            return error.detail
        self._undo.did(before)
        if reveals(before.snapshot.world, self.campaign.world, str(self.side_to_move)):
            self._undo.clear()
        self._refresh()
        return told

    # --- taking back

    @property
    def can_undo(self) -> bool:
        """Return whether the last order can be taken back."""
        return self._undo.can_undo and not self.is_thinking

    @property
    def can_redo(self) -> bool:
        """Return whether an order that was taken back can be given again."""
        return self._undo.can_redo and not self.is_thinking

    def undo(self) -> bool:
        """Take the last order back; return whether there was one."""
        if self.can_undo:
            self._go_to(self._undo.undo(self._moment()))
            return True
        return False

    def redo(self) -> bool:
        """Give the order again that was taken back last; return whether there was one."""
        if self.can_redo:
            self._go_to(self._undo.redo(self._moment()))
            return True
        return False

    def before_last_order(self) -> Snapshot | None:
        """Return the campaign as it stood before the last order that can be taken back; None without such an order."""
        last = self._undo.last if self.can_undo else None
        return None if last is None else last.snapshot

    def _moment(self) -> Moment:
        return Moment(self.campaign.snapshot(), self.standing.kept())

    def _go_to(self, moment: Moment) -> None:
        self.campaign.restore(moment.snapshot)
        self.standing.put_back(moment.standing)
        self._refresh()

    # --- what could be ordered

    def reach(self, unit: int) -> MarchRange:
        """Return where a unit can march today."""
        if self.is_thinking:
            return MarchRange(unit, int(self.world.units["hex"][unit]), {})
        return self._ranges.march(unit)

    def route(self, unit: int, target: int) -> Route:
        """Return the way of a unit to a hex, however many days it takes, or as near as it can come."""
        if self.is_thinking:
            return Route(unit, halt="it is not your move")
        if (unit, target) not in self._routes:
            if len(self._routes) >= MOST_ROUTES:
                self._routes.clear()
            self._routes[unit, target] = find_route(self.campaign, unit, target)
        return self._routes[unit, target]

    def can_rail(self, unit: int) -> str:
        """Return why no train can take a unit anywhere today, empty if one can."""
        if self.side_to_move is None:
            return "it is not your move"
        try:
            self.campaign.order_rules().check_rail(self._id(unit))
        except OrderError as error:
            return error.detail
        return ""

    def rail_reach(self, unit: int) -> MarchRange:
        """Return where a train can bring a unit today; nowhere where ``can_rail`` says why."""
        if self.can_rail(unit):
            return MarchRange(unit, int(self.world.units["hex"][unit]), {})
        return look_along_the_line(self.campaign.world, self.campaign.scratch, unit)

    def possible_attackers(self, target: int, posture: str) -> list[Candidate]:
        """Return the units of the side to move beside a hex, each with why it cannot attack it now (empty: it can)."""
        return [] if self.side_to_move is None else candidates(self.campaign, target, posture)

    def attackers(self, target: int, posture: str) -> list[int]:
        """Return the units of the side to move that could attack a hex together now."""
        return [one.unit for one in self.possible_attackers(target, posture) if one.can]

    def supporters(self, target: int, units: list[int], posture: str) -> list[Support]:
        """Return the guns that would fire for these attackers, the first of whom leads, with what each adds."""
        return [] if self.side_to_move is None else supporters(self.campaign, target, units, posture)

    def headquarters(self, unit: int) -> list[str]:
        """Return the ids of the headquarters to which a unit can be attached (``Attach``)."""
        return [self.campaign.names.formations[row] for row in choices(self.campaign.world, unit)]

    def standing_orders(self) -> dict[str, Standing]:
        """Return the standing orders of the side to move by unit id; those of the other side are its own affair."""
        side = self.side_to_move
        return {} if side is None else self.standing.of(side)

    def idle_units(self) -> list[Idle]:
        """Return the units of the side to move that wait for orders, each with the reason."""
        return [] if self.side_to_move is None else idle_units(self.campaign, self.standing)

    def _id(self, unit: int) -> str:
        return self.campaign.names.units[unit]

    def _label(self, hex: int) -> str:
        return self.campaign.names.hex_label(hex)
