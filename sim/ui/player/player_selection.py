"""The player's selection: which units are chosen, what they can do, and the orders that go from here to the session."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.game.forecasts.battle_forecast import Forecast, Forecaster
from sim.game.orders import Attach, Attack, FollowPlan, Order, TakeCommand
from sim.game.play.attack_forming import Candidate
from sim.game.play.march_routes import Route
from sim.game.play.session import Session
from sim.game.terms import codes
from sim.ui.map.stacks import stack_in
from sim.ui.player import intents
from sim.ui.player.selection import Selection
from sim.ui.window import sounds

ATTACK_POSTURES = ("hasty", "prepared", "siege")
MARCH, RAIL = "march", "rail"


@dataclass
class AttackDraft:
    """An attack that is being formed: its target, its kind, and who is left out of it."""

    hex: int
    posture: str
    left_out: frozenset[int] = frozenset()


class PlayerSelection(Selection):
    """What the player has selected, and can do with it.

    Parameters
    ----------
    session : Session

    Attributes
    ----------
    mode : str
        ``MARCH`` or ``RAIL``: what the lit hexes are for.
    attack : AttackDraft or None
        The attack that is being formed.
    """

    session: Session

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.mode = MARCH
        self.attack: AttackDraft | None = None
        self._forecaster: Forecaster | None = None
        self._forecasts: dict[object, Forecast] = {}

    # --- choosing

    @property
    def is_attacking(self) -> bool:
        """Return whether an attack is being formed."""
        return self.attack is not None

    @property
    def input_context(self) -> intents.InputContext:
        """Return what the input has to know."""
        reachable = frozenset(self.march.left_mp10) if self.march else frozenset()
        return intents.InputContext(self.chosen, reachable, self.targets, self.own_hexes(), len(self.group) > 1)

    def own_hexes(self) -> frozenset[int]:
        """Return where the chosen units stand: a drag that begins there moves them."""
        hexes = self.session.world.units["hex"]
        return frozenset(int(hexes[unit]) for unit in self.group if self.is_mine(unit))

    def choose(self, unit: int, group: tuple[int, ...] = ()) -> None:
        """Choose a unit, or none (-1), with others beside it, and find out what it can do."""
        super().choose(unit, group)
        self.mode, self.attack = MARCH, None
        self._look()

    def _look(self) -> None:
        self.march, self.targets = None, frozenset()
        if self.chosen < 0 or not self.is_mine(self.chosen) or self._is_led(self.chosen):
            return
        reach = self.session.rail_reach if self.mode == RAIL else self.session.reach
        self.march = reach(self.chosen)
        if self.mode == RAIL:
            return
        world = self.session.world
        enemy = 1 - int(world.units["side"][self.chosen])
        around = [int(hex) for hex in world.neighbours[self.march.start] if hex >= 0]
        held = [hex for hex in around if world.layers["occupant"][hex] == enemy]
        self.targets = frozenset(hex for hex in held if self.chosen in self.session.attackers(hex, "hasty"))

    def choose_in(self, hex: int) -> None:
        """Choose in a hex; keep the player's selection where an enemy is there that it cannot attack."""
        world = self.session.world
        if self.chosen >= 0 and self.is_mine(self.chosen) and hex != int(world.units["hex"][self.chosen]):
            enemy = 1 - int(world.units["side"][self.chosen])
            if world.layers["occupant"][hex] == enemy and stack_in(world, hex):
                self.message = "No attack from here. Right-click to march there; Esc clears the selection."
                return
        super().choose_in(hex)

    def add_in(self, hex: int) -> None:
        """Add the units of a hex to the chosen ones, or take them away where all are chosen already."""
        stack = [unit for unit in stack_in(self.session.world, hex) if self.is_mine(unit)]
        kept = [unit for unit in self.group if unit not in stack]
        grown = kept if set(stack) <= set(self.group) else [*kept, *stack]
        self.choose_all(grown)

    def choose_all(self, units: list[int]) -> None:
        """Choose several of the player's units together."""
        mine = [unit for unit in dict.fromkeys(units) if self.is_mine(unit)]
        self.choose(mine[0] if mine else -1, tuple(mine))
        if len(mine) > 1:
            self.message = f"{len(mine)} units selected: your orders go to all of them."

    def choose_army(self) -> None:
        """Choose every unit of the chosen unit's army that is on the map."""
        if self.chosen >= 0:
            army = self.session.world.units["army"]
            same = (army == army[self.chosen]).nonzero()[0].tolist()
            self.choose_all([self.chosen, *same])

    def is_mine(self, unit: int) -> bool:
        """Return whether the player may order a unit now."""
        side = self.session.side_to_move
        record = self.session.world.units[unit]
        there = int(record["hex"]) >= 0 and int(record["status"]) == codes.ACTIVE
        return side is not None and codes.SIDES[int(record["side"])] == side and there

    def _is_led(self, unit: int) -> bool:
        """Return whether the computer leads a unit: it takes no orders, and no way of it is offered."""
        return int(self.session.world.units["led_by"][unit]) == codes.LED_BY_COMMANDER

    def let_go(self) -> None:
        """Let go of the attack, then of the train, then of the units."""
        if self.attack is not None:
            self.attack = None
        elif self.mode == RAIL:
            self.toggle_rail()
        else:
            super().let_go()

    def step(self, by: int) -> bool:
        """Choose the next (1) or the previous (-1) unit that waits for orders; return whether there is one."""
        waiting = sorted(idle.unit for idle in self.session.idle_units())
        if not waiting:
            self.message = "All units have orders."
            return False
        later = [row for row in waiting if (row > self.chosen if by > 0 else row < self.chosen)]
        self.choose((later or waiting)[0 if by > 0 else -1])
        return True

    # --- marches

    def route(self, hex: int) -> Route | None:
        """Return the way of the chosen unit to a hex beyond today's range; None where there is nothing to plot."""
        if self.march is None or self.mode == RAIL or hex < 0 or hex in self.march.left_mp10 or hex in self.targets:
            return None
        if hex == self.march.start or self.session.is_thinking:
            return None
        return self.session.route(self.chosen, hex)

    def go_to(self, hex: int) -> None:
        """Send the chosen units to a hex, however many days it takes."""
        if self.chosen < 0 or not self.is_mine(self.chosen):
            return
        if self.mode == RAIL:
            self._say(lambda: self.session.plot_rail(self.chosen, hex))
        elif len(self.group) > 1:
            self._say(lambda: self.session.move_group(list(self.group), hex))
        else:
            self._say(lambda: self.session.plot(self.chosen, hex))

    def act(self) -> None:
        """Do at the cursor what a click there would do: attack, march, or plot a march."""
        if self.hovered in self.targets:
            self.aim(self.hovered)
        elif self.hovered in self.own_hexes():
            if len(self.group) > 1:
                self.message = "The group is here. Right-click another hex to send it there; Esc clears the selection."
        elif self.hovered >= 0:
            self.go_to(self.hovered)

    def toggle_rail(self) -> None:
        """Light the stops that a train can reach instead of the march, or the march again."""
        if self.chosen < 0 or not self.is_mine(self.chosen):
            return
        if self.mode == MARCH:
            refusal = self.session.can_rail(self.chosen)
            if refusal:
                self.message = f"No train: {refusal}."
                return
        self.mode = MARCH if self.mode == RAIL else RAIL
        self.message = (
            "Click a highlighted station, or any place on the line, to send the train." if self.mode == RAIL else ""
        )
        self._look()

    # --- attacks

    def aim(self, hex: int) -> None:
        """Begin to form an attack on a hex; where it is being formed already, carry it out."""
        if self.attack is not None and self.attack.hex == hex:
            self.strike()
            return
        posture = next((kind for kind in ("prepared", "hasty") if self.session.attackers(hex, kind)), "hasty")
        self.attack = AttackDraft(hex, posture)
        self.message = ""

    def candidates(self) -> list[Candidate]:
        """Return who could take part in the attack that is being formed."""
        return [] if self.attack is None else self.session.possible_attackers(self.attack.hex, self.attack.posture)

    def attackers(self) -> list[int]:
        """Return who takes part in it."""
        left_out = self.attack.left_out if self.attack else frozenset()
        return [one.unit for one in self.candidates() if one.can and one.unit not in left_out]

    def toggle_attacker(self, unit: int) -> None:
        """Leave a unit out of the attack, or take it in again."""
        if self.attack is not None:
            self.attack = AttackDraft(self.attack.hex, self.attack.posture, self.attack.left_out ^ {unit})

    def next_posture(self) -> None:
        """Take the next kind of attack."""
        if self.attack is not None:
            at = ATTACK_POSTURES.index(self.attack.posture)
            self.attack = AttackDraft(self.attack.hex, ATTACK_POSTURES[(at + 1) % 3], self.attack.left_out)

    def forecast(self) -> Forecast | None:
        """Return what the attack that is being formed would come to; None where nobody would make it."""
        attackers = self.attackers()
        if self.attack is None or not attackers or self.session.is_thinking:
            return None
        key = (self.session.version, self.attack.hex, self.attack.posture, tuple(attackers))
        if key not in self._forecasts:
            if self._forecaster is None:
                self._forecaster = Forecaster(self.session.campaign)
            self._forecasts = {key: self._forecaster.forecast(
                self._label(self.attack.hex), [self._id(unit) for unit in attackers], self.attack.posture
            )}  # fmt: skip
        return self._forecasts[key]

    def strike(self) -> None:
        """Carry out the attack that is being formed."""
        attackers = self.attackers()
        if self.attack is None or not attackers:
            self.message = "No units are assigned to this attack."
            return
        order = Attack(tuple(self._id(unit) for unit in attackers), self._label(self.attack.hex), self.attack.posture)
        self.give(order)

    # --- other orders

    def hold(self) -> None:
        """Let the chosen units stay until they are told otherwise."""
        self._for_group(self.session.hold, "Holding until ordered otherwise.")

    def dig_in(self) -> None:
        """Let the chosen units dig in until they are told otherwise."""
        self._for_group(self.session.dig_in, "Digging in until ordered otherwise.")

    def cancel(self) -> None:
        """Drop the standing orders of the chosen units."""
        self._for_group(self.session.cancel, "Standing orders cancelled.")

    def order_chosen(self, order: Callable[[str], Order]) -> None:
        """Give the chosen unit an order that needs nothing but its id."""
        if self.chosen >= 0:
            self.give(order(self._id(self.chosen)))

    def follow_plan(self) -> None:
        """Hand to the computer those of the chosen units that the player leads; take them back where it leads all."""
        mine = [self._id(unit) for unit in self.group if not self._is_led(unit)]
        if mine:
            self.give(FollowPlan(tuple(mine)))
        elif self.group:
            self.give(TakeCommand(tuple(self._id(unit) for unit in self.group)))

    def attach(self, formation: str) -> None:
        """Put the chosen unit under another headquarters."""
        self.give(Attach(self._id(self.chosen), formation))

    def undo(self) -> None:
        """Take the last order back."""
        if self.session.undo():
            self.look_again()
            self.message = "Order undone."

    def redo(self) -> None:
        """Give the order again that was taken back."""
        if self.session.redo():
            self.look_again()
            self.message = "Order repeated."

    def give(self, order: Order) -> None:
        """Give an order and remember what came of it."""
        self._say(lambda: self.session.give(order))

    def _for_group(self, act: Callable[[list[int]], str], words: str) -> None:
        mine = [unit for unit in self.group if self.is_mine(unit)]
        if mine:
            self._say(lambda: act(mine), words)

    def _say(self, act: Callable[[], str], words: str = "") -> None:
        """Do something, look anew at what is chosen, and keep what there is to say of it; ``words`` if it was done."""
        sound = sounds.ORDER if self.attack is None else sounds.BATTLE
        before = int(self.session.campaign.world.clock["n_events"][0])
        said = act()
        if not said:
            sounds.play(sound)
        told = " ".join(text for text, _ in self.session.told(before))
        self.look_again()
        self.message = (said or words or told)[:400]

    def _id(self, unit: int) -> str:
        return self.session.campaign.names.units[unit]

    def _label(self, hex: int) -> str:
        return self.session.campaign.names.hex_label(hex)
