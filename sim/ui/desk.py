"""The player's hand: which unit is chosen, what it can do, and the orders that go from here to the session."""

import numpy as np

from sim.game.marches import MarchRange
from sim.game.orders import Attack, Move, Posture
from sim.game.session import Session
from sim.game.terms import codes
from sim.ui import input as inputs
from sim.ui.pieces import stack_in

ATTACK_POSTURES = ("hasty", "prepared", "siege")
AGAIN = "Click again to attack; X changes the kind of attack; Esc lets go."


class Desk:
    """What the player has in hand.

    Parameters
    ----------
    session : Session

    Attributes
    ----------
    chosen : int
        Row of the chosen unit, -1 none.
    march : MarchRange or None
        Where it can march today.
    targets : frozenset of int
        Hexes that it can attack.
    aimed : int
        Hex whose attack is forecast, -1 none.
    posture : str
        Kind of attack: one of ``ATTACK_POSTURES``.
    hovered : int
        Hex under the pointer, -1 none.
    message : str
        Last thing said to the player.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.chosen = -1
        self.march: MarchRange | None = None
        self.targets: frozenset[int] = frozenset()
        self.aimed, self.posture = -1, "prepared"
        self.hovered = -1
        self.message = ""

    # --- choosing

    @property
    def selection(self) -> inputs.Selection:
        """Return what the input has to know."""
        reachable = frozenset(self.march.left_mp10) if self.march else frozenset()
        return inputs.Selection(self.chosen, reachable, self.targets)

    def choose(self, unit: int) -> None:
        """Choose a unit, or none (-1), and find out what it can do."""
        self.chosen, self.march, self.targets, self.aimed, self.message = unit, None, frozenset(), -1, ""
        if unit < 0 or not self.is_mine(unit):
            return
        self.march = self.session.reach(unit)
        around = self.session.world.neighbours[self.march.start]
        enemy = 1 - int(self.session.world.units["side"][unit])
        held = [int(hex) for hex in around if hex >= 0 and self.session.world.layers["occupant"][hex] == enemy]
        self.targets = frozenset(hex for hex in held if unit in self.session.attackers(hex, "hasty"))

    def choose_in(self, hex: int) -> None:
        """Choose the first unit of a hex, or the one after the chosen one."""
        stack = stack_in(self.session.world, hex)
        if not stack:
            self.let_go()
        elif self.chosen in stack:
            self.choose(stack[(stack.index(self.chosen) + 1) % len(stack)])
        else:
            self.choose(stack[0])

    def is_mine(self, unit: int) -> bool:
        """Return whether the player may order a unit now."""
        side = self.session.side_to_move
        record = self.session.world.units[unit]
        return side is not None and codes.SIDES[int(record["side"])] == side and int(record["hex"]) >= 0

    def let_go(self) -> None:
        """Let go of the target, then of the unit."""
        if self.aimed >= 0:
            self.aimed = -1
        else:
            self.choose(-1)

    def step(self, by: int) -> bool:
        """Choose the next (1) or the previous (-1) unit that has not marched; return whether there is one."""
        side = self.session.side_to_move
        if side is None:
            return False
        units = self.session.world.units
        ready = (units["side"] == codes.SIDES.index(side)) & (units["mp10"] > 0) & (units["hex"] >= 0)
        rows = np.flatnonzero(ready & (units["status"] == codes.ACTIVE) & (units["hexes_today"] == 0)).tolist()
        if not rows:
            self.message = "Every unit has marched."
            return False
        later = [row for row in rows if (row > self.chosen if by > 0 else row < self.chosen)]
        self.choose((later or rows)[0 if by > 0 else -1])
        return True

    # --- orders

    def march_to(self, hex: int) -> None:
        """Send the chosen unit to a hex."""
        self.give(Move(self._id(self.chosen), self._label(hex)))

    def aim(self, hex: int) -> None:
        """Show the forecast of an attack on a hex; the second time, attack."""
        attackers = self.session.attackers(hex, self.posture)
        if self.aimed == hex and attackers:
            self.give(Attack(tuple(self._id(row) for row in attackers), self._label(hex), self.posture))
            return
        self.aimed = hex
        if not attackers:
            self.posture = "hasty"
        self.message = AGAIN

    def next_posture(self) -> None:
        """Take the next kind of attack that is possible here."""
        at = ATTACK_POSTURES.index(self.posture)
        for step in (1, 2, 3):
            posture = ATTACK_POSTURES[(at + step) % 3]
            if self.aimed < 0 or self.session.attackers(self.aimed, posture):
                self.posture = posture
                return

    def dig_in(self) -> None:
        """Have the chosen unit dig in where it stands."""
        if self.chosen >= 0 and self.is_mine(self.chosen):
            self.give(Posture(self._id(self.chosen), "defend"))

    def undo(self) -> None:
        """Take the last order back."""
        if self.session.undo():
            self.choose(self.chosen)
            self.message = "The last order is taken back."

    def give(self, order: Move | Attack | Posture) -> None:
        """Give an order and remember what came of it."""
        before = int(self.session.campaign.world.clock["n_events"][0])
        refusal = self.session.give(order)
        told = self.session.told(before)
        unit = self.chosen
        self.choose(unit if unit >= 0 and int(self.session.world.units["hex"][unit]) >= 0 else -1)
        self.message = refusal or " ".join(text for text, _ in told)[:200]

    def _id(self, unit: int) -> str:
        return self.session.campaign.names.units[unit]

    def _label(self, hex: int) -> str:
        return self.session.campaign.names.hex_label(hex)
