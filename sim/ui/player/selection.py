"""What is selected on the map: the unit that is asked and shown, and what there is to say of it."""

from sim.game.orders.marches import MarchRange
from sim.game.play.march_routes import Route
from sim.game.play.session_view import SessionView
from sim.ui.map.stacks import stack_in
from sim.ui.player import intents


class Selection:
    """What is selected where nobody gives orders; ``PlayerSelection`` adds what the player can do.

    Parameters
    ----------
    session : SessionView

    Attributes
    ----------
    chosen : int
        Row of the unit that is asked and shown, -1 none.
    group : tuple of int
        Rows of all chosen units, ``chosen`` among them.
    march : MarchRange or None
        Where the chosen unit can go today, if it can be ordered.
    targets : frozenset of int
        Hexes that it can attack.
    hovered : int
        Hex under the pointer or the cursor, -1 none.
    message : str
        Last thing said of it.
    """

    def __init__(self, session: SessionView) -> None:
        self.session = session
        self.chosen = -1
        self.group: tuple[int, ...] = ()
        self.march: MarchRange | None = None
        self.targets: frozenset[int] = frozenset()
        self.hovered = -1
        self.message = ""

    @property
    def is_attacking(self) -> bool:
        """Return whether an attack is being formed."""
        return False

    def route(self, hex: int) -> Route | None:
        """Return the way of the chosen unit to a hex beyond today's range; None where there is nothing to plot."""
        return None

    @property
    def input_context(self) -> intents.InputContext:
        """Return what the input has to know."""
        return intents.InputContext()

    def choose(self, unit: int, group: tuple[int, ...] = ()) -> None:
        """Choose a unit, or none (-1), with others beside it."""
        self.chosen, self.message = unit, ""
        self.group = tuple(dict.fromkeys((unit, *group))) if unit >= 0 else ()

    def choose_in(self, hex: int) -> None:
        """Choose the first unit of a hex, or the one after the chosen one."""
        stack = stack_in(self.session.world, hex)
        if not stack:
            self.choose(-1)
        elif self.chosen in stack:
            self.choose(stack[(stack.index(self.chosen) + 1) % len(stack)])
        else:
            self.choose(stack[0])

    def let_go(self) -> None:
        """Let go of what is selected."""
        self.choose(-1)

    def look_again(self) -> None:
        """Choose anew what is still on the map of what was chosen."""
        hexes = self.session.world.units["hex"]
        left = tuple(unit for unit in self.group if int(hexes[unit]) >= 0)
        self.choose(left[0] if left else -1, left)
