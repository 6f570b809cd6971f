"""A player who gives orders at random, some of them wrong ones, takes some back, and ends his turns."""

import random

from sim.game.orders import Attach, Attack, FollowPlan, ForcedMarch, Move, Posture, Rail, TakeCommand
from sim.game.play.session import Session
from sim.kernels import codes

POSTURES = ("defend", "delay", "retreat", "march")
ATTACKS = ("hasty", "prepared", "siege")


class RandomPlayer:
    """Plays both sides of a game, or one of them.

    Parameters
    ----------
    session : Session
    seed : int

    Attributes
    ----------
    done : dict
        How often each thing was done: the name of its method -> times that it was not refused.
    """

    def __init__(self, session: Session, seed: int) -> None:
        self.session, self.random = session, random.Random(seed)
        self.done: dict[str, int] = {}

    def play(self, days: int, commands: int) -> None:
        """Play so many days, with so many commands in each phase."""
        session = self.session
        until = session.campaign.turns_played + days
        while session.campaign.turns_played < until and not session.campaign.is_over:
            if session.side_to_move is not None:
                for _ in range(commands):
                    self.command()
            session.advance()
            session.wait()

    def command(self) -> str:
        """Do one thing at random; return the name of its method, empty if it was refused."""
        acts = (
            self.move, self.move, self.attack, self.attack, self.posture, self.force, self.rail, self.attach,
            self.follow, self.take, self.plot, self.plot, self.train, self.group, self.hold, self.dig_in, self.cancel,
            self.undo, self.undo, self.redo, self.ask,
        )  # fmt: skip
        act = self.random.choice(acts)
        if not act():
            return ""
        self.done[act.__name__] = self.done.get(act.__name__, 0) + 1
        return act.__name__

    # --- what to order whom

    def unit(self) -> int:
        """Return one of the units on the map of the side to move, rarely one of the other side."""
        units = self.session.campaign.world.units
        side = codes.SIDES.index(str(self.session.side_to_move))
        there = (units["hex"] >= 0) & (units["status"] == codes.ACTIVE)
        mine = there & (units["side"] == side)
        rows = (mine if self.random.random() < 0.97 and mine.any() else there).nonzero()[0]
        return int(self.random.choice(rows.tolist()))

    def name(self) -> str:
        """Return the id of a unit."""
        return self.session.campaign.names.units[self.unit()]

    def some(self) -> list[int]:
        """Return a few units."""
        return list({self.unit() for _ in range(self.random.randint(1, 4))})

    def label(self, unit: int, far: int) -> str:
        """Return a hex some steps away from a unit."""
        world = self.session.campaign.world
        hex = int(world.units["hex"][unit])
        for _ in range(self.random.randint(1, far)):
            around = [int(one) for one in world.neighbours[hex] if one >= 0]
            hex = self.random.choice(around)
        return self.session.campaign.names.hex_label(hex)

    def given(self, order: object) -> bool:
        """Give an order; return whether it was carried out."""
        return self.session.give(order) == ""  # type: ignore[arg-type]

    # --- orders

    def move(self) -> bool:
        unit = self.unit()
        stops = list(self.session.reach(unit).left_mp10)
        names = self.session.campaign.names
        target = names.hex_label(self.random.choice(stops)) if stops else self.label(unit, 2)
        return self.given(Move(names.units[unit], target))

    def attack(self) -> bool:
        world, names = self.session.campaign.world, self.session.campaign.names
        side = codes.SIDES.index(str(self.session.side_to_move))
        held = (world.layers["occupant"] == 1 - side).nonzero()[0].tolist()
        posture = self.random.choice(ATTACKS)
        for hex in self.random.sample(held, min(len(held), 12)):
            units = self.session.attackers(hex, posture)
            if units:
                chosen = self.random.sample(units, self.random.randint(1, len(units)))
                return self.given(Attack(tuple(names.units[one] for one in chosen), names.hex_label(hex), posture))
        return False

    def posture(self) -> bool:
        return self.given(Posture(self.name(), self.random.choice(POSTURES)))

    def force(self) -> bool:
        return self.given(ForcedMarch(self.name()))

    def rail(self) -> bool:
        unit = self.unit()
        stops = list(self.session.rail_reach(unit).left_mp10)
        names = self.session.campaign.names
        return bool(stops) and self.given(Rail(names.units[unit], names.hex_label(self.random.choice(stops))))

    def attach(self) -> bool:
        unit = self.unit()
        choices = self.session.headquarters(unit)
        name = self.session.campaign.names.units[unit]
        return bool(choices) and self.given(Attach(name, self.random.choice(choices)))

    def follow(self) -> bool:
        return self.given(FollowPlan((self.name(),)))

    def take(self) -> bool:
        return self.given(TakeCommand((self.name(),)))

    def plot(self) -> bool:
        unit = self.unit()
        hex = self.session.campaign.names.hex_of(self.label(unit, 12))
        return self.session.plot(unit, hex) == ""

    def train(self) -> bool:
        unit = self.unit()
        hex = self.session.campaign.names.hex_of(self.label(unit, 12))
        return self.session.plot_rail(unit, hex) == ""

    def group(self) -> bool:
        units = self.some()
        return self.session.move_group(units, self.session.campaign.names.hex_of(self.label(units[0], 6))) == ""

    def hold(self) -> bool:
        return self.session.hold(self.some()) == ""

    def dig_in(self) -> bool:
        return self.session.dig_in(self.some()) == ""

    def cancel(self) -> bool:
        return self.session.cancel(self.some()) == ""

    # --- taking back, and questions that must not change anything

    def undo(self) -> bool:
        return self.session.undo()

    def redo(self) -> bool:
        return self.session.redo()

    def ask(self) -> bool:
        unit = self.unit()
        self.session.reach(unit)
        self.session.route(unit, self.session.campaign.names.hex_of(self.label(unit, 20)))
        self.session.campaign.why_supply(self.session.campaign.names.units[unit])
        return True
