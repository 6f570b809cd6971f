"""What the steps of the tutorial may ask for: the state of the game and of the view, never a widget."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.kernels import codes

if TYPE_CHECKING:
    from sim.game.play.session import Session

SCENARIO = "muleng_road"
TARGET = "suifenho"  # the place that is attacked on the first day
GOAL = "muleng"  # where the road leads
UNFED = "suiyang"  # a place on it that supply does not reach on the first day
TANKS = "sov_208tb"  # the unit that is marched
STEP_TO = "h134072"  # where it is marched to
MARCH, HOLD, DIG_IN = "march", "hold", "dig_in"  # kinds of standing orders
ZOOMED, PANNED, THEATRE, UNDONE = "zoomed", "panned", "theatre", "undone"  # beside names of commands


@dataclass(frozen=True)
class View:
    """What the window shows, and what the player has in hand.

    Attributes
    ----------
    zoom : int
        Step of the zoom.
    shows_all : bool
        Whether the whole theatre is in the window.
    middle : tuple of float
        Point of the map in the middle.
    is_near : bool
        Whether counters are single stacks.
    chosen : int
        Row of the chosen unit, -1 none.
    attack_hex : int
        Hex whose attack is being formed, -1 none.
    attack_posture : str
    attackers : int
        Units that take part in it.
    hovered : int
        Hex under the pointer or the cursor, -1 none.
    layers : frozenset of str
        Commands of the layers that are on.
    """

    zoom: int = 0
    shows_all: bool = False
    middle: tuple[float, float] = (0.0, 0.0)
    is_near: bool = False
    chosen: int = -1
    attack_hex: int = -1
    attack_posture: str = ""
    attackers: int = 0
    hovered: int = -1
    layers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Facts:
    """All that a step may ask for.

    Attributes
    ----------
    view : View
    turn : int
    is_over, can_undo, enemy_holds : bool
        ``enemy_holds``: whether the enemy stands in the place that is attacked on the first day.
    marched : int
        Hexes that the player's units have marched today.
    plotted, resting : int
        Units with a march beyond today; units told to hold or to dig in.
    battles : int
        Fought so far in the campaign.
    chosen_is_mine, chosen_is_full, any_short : bool
        Whether the chosen unit is the player's, whether it is one with full tanks, and whether any tanks are not full.
    is_beside, can_attack : bool
        Whether the chosen unit stands beside the place that is attacked, and could do so today.
    target_hex, unfed_hex, tanks : int
        Hexes and unit row that steps speak of.
    """

    view: View = View()
    turn: int = 1
    is_over: bool = False
    can_undo: bool = False
    enemy_holds: bool = True
    marched: int = 0
    plotted: int = 0
    resting: int = 0
    battles: int = 0
    chosen_is_mine: bool = False
    chosen_is_full: bool = False
    any_short: bool = False
    is_beside: bool = False
    can_attack: bool = False
    target_hex: int = -2
    unfed_hex: int = -2
    tanks: int = -2


def look(session: "Session", view: View) -> Facts:
    """Return what there is to know at this moment."""
    world, names = session.world, session.campaign.names
    units, chosen = world.units, view.chosen
    own = units["side"] == codes.SOVIET
    target = int(world.places["hex"][names.place_rows[TARGET]])
    events = world.events[: int(world.clock["n_events"][0])]
    kinds = [order.kind for order in session.standing_orders().values()]
    burns = own & (units["hex"] >= 0) & (units["branch"] == codes.TANK)
    full = units["fuel10"] >= units["fuel_max10"]
    mine = chosen >= 0 and bool(own[chosen])
    return Facts(
        view=view,
        turn=int(world.clock["turn"][0]),
        is_over=session.campaign.is_over and not session.is_thinking,
        can_undo=session.can_undo,
        enemy_holds=bool(world.layers["occupant"][target] == codes.JAPANESE),
        marched=int(units["hexes_today"][own].sum()),
        plotted=kinds.count(MARCH),
        resting=kinds.count(HOLD) + kinds.count(DIG_IN),
        battles=int((events["kind"] == codes.EVENT_BATTLE).sum()),
        chosen_is_mine=mine,
        chosen_is_full=mine and bool(burns[chosen] and full[chosen]),
        any_short=bool((burns & ~full).any()),
        is_beside=mine and int(units["hex"][chosen]) in world.neighbours[target],
        can_attack=mine and not units["attacks_today"][chosen] and int(units["mp10"][chosen]) > 0,
        target_hex=target,
        unfed_hex=int(world.places["hex"][names.place_rows[UNFED]]),
        tanks=names.unit_rows[TANKS],
    )


@dataclass(frozen=True)
class Progress:
    """What has happened since a step began."""

    begun: Facts
    now: Facts
    seen: frozenset[str]
