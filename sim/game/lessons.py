"""The tutorial: its steps, what each of them waits for, and its words.

A step is done by doing. What it waits for is read from the state of the game and of the view, never from a widget, so
that it does not matter by which key, button or click the player came there. Words in braces are names of commands; the
window puts their keys there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.kernels import codes

if TYPE_CHECKING:
    from sim.game.session import Session  # the title knows the lessons, and must not wait for the engine

SCENARIO = "muleng_road"
TARGET = "suifenho"  # the place that is attacked on the first day
TANKS = "sov_208tb"  # the unit that is marched
STEP_TO = "h134072"  # where it is marched to
HINT_AFTER_MS = 25_000
ZOOMED, PANNED, THEATRE, UNDONE = "zoomed", "panned", "theatre", "undone"  # beside names of commands


@dataclass(frozen=True)
class View:
    """What the window shows, and what the player has in hand.

    Attributes
    ----------
    zoom : int
        Step of the zoom; 0 is the whole theatre.
    middle : tuple of float
        Point of the map in the middle.
    is_near : bool
        Whether counters are single stacks.
    chosen : int
        Row of the chosen unit, -1 none.
    attack_hex : int
        Hex whose attack is being formed, -1 none.
    attack_posture : str
    layers : frozenset of str
        Commands of the layers that are on.
    """

    zoom: int = 0
    middle: tuple[float, float] = (0.0, 0.0)
    is_near: bool = False
    chosen: int = -1
    attack_hex: int = -1
    attack_posture: str = ""
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
    battles : int
        Fought so far in the campaign.
    target_hex, tanks : int
        Hex and unit row that steps speak of.
    """

    view: View = View()
    turn: int = 1
    is_over: bool = False
    can_undo: bool = False
    enemy_holds: bool = True
    marched: int = 0
    battles: int = 0
    target_hex: int = -2
    tanks: int = -2


def look(session: "Session", view: View) -> Facts:
    """Return what there is to know at this moment."""
    world, names = session.world, session.campaign.names
    own = world.units["side"] == codes.SOVIET
    target = int(world.places["hex"][names.place_rows[TARGET]])
    events = world.events[: int(world.clock["n_events"][0])]
    return Facts(
        view=view,
        turn=int(world.clock["turn"][0]),
        is_over=session.campaign.is_over and not session.is_thinking,
        can_undo=session.can_undo,
        enemy_holds=bool(world.layers["occupant"][target] == codes.JAPANESE),
        marched=int(world.units["hexes_today"][own].sum()),
        battles=int((events["kind"] == codes.EVENT_BATTLE).sum()),
        target_hex=target,
        tanks=names.unit_rows[TANKS],
    )


@dataclass(frozen=True)
class Progress:
    """What has happened since a step began."""

    begun: Facts
    now: Facts
    seen: frozenset[str]


@dataclass(frozen=True)
class Step:
    """One step of the tutorial.

    Attributes
    ----------
    title, words : str
    hint : str
        Told when the step takes long.
    done : callable or None
        Whether the player has done it; None for words that are only read.
    at : str
        Unit, place or hex that the map marks; empty none.
    button : str
        Command whose button is marked; empty none.
    by_turn : dict
        Turn -> words that follow the others on that day.
    """

    title: str
    words: str
    hint: str = ""
    done: Callable[[Progress], bool] | None = None
    at: str = ""
    button: str = ""
    by_turn: dict[int, str] = field(default_factory=dict)

    def words_on(self, turn: int) -> str:
        """Return what the step says on a day."""
        more = self.by_turn.get(turn, "")
        return f"{self.words}\n{more}" if more else self.words


STEPS: tuple[Step, ...] = (
    Step(
        "Look around",
        "You lead the main blow of the Soviet 5th Army, 9 August 1945: red counters, east of Suifenho. Go nearer with "
        "the "
        "wheel or {zoom_in}, farther with {zoom_out}. Move the map by dragging it, or with {pan_left}, {pan_right}, "
        "{pan_up}, {pan_down}. Do both.",
        "Turn the wheel over the map, then hold the left button and drag.",
        lambda it: {ZOOMED, PANNED} <= it.seen,
    ),
    Step(
        "The whole theatre",
        "{theatre} shows the whole theatre; the ring marks where you fight. Then come back: click the small map and "
        "turn "
        "the wheel, or press {next_unit}, which goes to your next unit.",
        "Press {theatre}, then {next_unit}.",
        lambda it: THEATRE in it.seen and it.now.view.is_near,
        at=TARGET,
        button="next_unit",
    ),
    Step(
        "Choose a unit",
        "Click a counter to choose it, and again for the next of its stack; {next_unit} goes from one to the next. The "
        "panel at the right says what a unit has and what state it is in. Choose the 208th Tank Brigade, in the ring.",
        "By keys: {next_unit} until the panel names it; or lead the cursor with {cursor_north}, {cursor_south}, "
        "{cursor_west}, {cursor_east} and press {choose_here}.",
        lambda it: it.now.view.chosen == it.now.tanks,
        at=TANKS,
    ),
    Step(
        "March",
        "Lit hexes can be reached today. The pointer over one shows the way and its cost: rain has turned the tracks "
        "to "
        "mud. Click the hex in the ring, north of the works.",
        "The brigade must be chosen. By keys: lead the cursor there and press {act}.",
        lambda it: it.now.marched > it.begun.marched,
        at=STEP_TO,
    ),
    Step(
        "Take it back",
        "{undo} takes the last order back, as often as you like, until an order has shown you something of the enemy. "
        "Take the march back; give it again afterwards if you want.",
        "Press {undo}, or the button in the bar.",
        lambda it: UNDONE in it.seen or not it.now.can_undo,
        button="undo",
    ),
    Step(
        "Supply",
        "Troops live on what comes along the road. {layer_supply} shows how far it flows; a unit beyond that starves "
        "slowly. Tanks need fuel besides: the panel counts their days of it, and a march in mud burns more. Lay the "
        "supply over the map.",
        "Press {layer_supply}, or the marked button at the left.",
        lambda it: "layer_supply" in it.now.view.layers,
        button="layer_supply",
    ),
    Step(
        "Plan an attack",
        "{layers_off} puts layers away. Suifenho bars the road with works of concrete. Choose a rifle division beside "
        "it, "
        "then click the town. Nothing is fought yet: the forecast draws the battle a thousand times and names all that "
        "counts.",
        "The stack just east of the ring stands beside it. By keys: choose a unit, lead the cursor to the town, {act}.",
        lambda it: it.now.view.attack_hex == it.now.target_hex or not it.now.enemy_holds,
        at=TARGET,
    ),
    Step(
        "Who attacks, and how",
        "All who stand beside the target take part, and guns in range support them; the list can leave a unit out. "
        "{posture} changes the kind: hasty leaves time to march on, prepared hits harder, siege breaks works slowly "
        "and "
        "spares men. Change it and watch the forecast.",
        "Aim at Suifenho again if the forecast has gone, then press {posture}.",
        lambda it: (
            it.now.view.attack_posture not in ("", it.begun.view.attack_posture)
            or not it.now.enemy_holds
            or it.now.battles > it.begun.battles
        ),
        at=TARGET,
    ),
    Step(
        "Attack",
        "Choose siege, the right way against works, and click the town once more: the battle is fought, and cannot be "
        "taken back. The works may hold for two or three days; come back each day.",
        "With the forecast open, click Suifenho, or press {act} with the cursor on it.",
        lambda it: it.now.battles > it.begun.battles or not it.now.enemy_holds,
        at=TARGET,
    ),
    Step(
        "Dig in",
        "A unit that has nothing to do today can dig in with {rest}, and is harder to move every day. {hold} only lets "
        "it stay. Choose a unit and give one of the two.",
        "Choose a unit, then press {rest}.",
        lambda it: bool({"rest", "hold"} & it.seen),
        button="rest",
    ),
    Step(
        "End the turn",
        "A turn is a day. {end_turn} hands over to the enemy; units that could still act are listed first, and a "
        "second "
        "{end_turn} ends the day all the same.",
        "Press {end_turn} twice.",
        lambda it: it.now.turn > it.begun.turn,
        button="end_turn",
    ),
    Step(
        "What happened",
        "Each morning a report tells of the day, beside what happened in 1945; {report} opens it again. The log, "
        "{log}, "
        "lists what was done; a line leads to its place. Open the report once more.",
        "Press {report}, then Esc to come back.",
        lambda it: "report" in it.seen or it.now.turn > it.begun.turn,
        button="report",
    ),
    Step(
        "What counts",
        "{layer_plans} shows objectives and their dates. Suifenho (record: 11 August) and Muleng (12 August) are worth "
        "most; early gives more, late less. The enemy scores for what he still holds on the 13th, and for your dead.",
        "Press {layer_plans}.",
        lambda it: "layer_plans" in it.now.view.layers or it.now.turn > it.begun.turn,
        button="layer_plans",
    ),
    Step(
        "Now it is yours",
        "Play the five days to their end. Lead tanks past the works, as mud and room allow; a hex has only so much "
        "room, "
        "so clear the road for those behind.",
        "A unit can be sent beyond today's range: it goes on every morning.",
        lambda it: it.now.is_over,
        button="end_turn",
        by_turn={
            2: "Second day: besiege Suifenho again. Once it has fallen, the road to Suiyang is open.",
            3: "Third day: if the works still hold, they are near their end. Send the tanks down the road to Suiyang.",
            4: "Fourth day: on to Hsiachengtzu. Divisions close behind the tanks will be needed at Muleng.",
            5: "Last day: attack Muleng if you stand beside it with several units; else take what lies open.",
        },
    ),
    Step(
        "The end",
        "That is the game: the same orders lead the whole campaign of August 1945. {report} shows the result again, "
        "{help} has keys, signs and rules, {menu} leads back to the title.",
    ),
)


class Course:
    """A player's way through the steps.

    Attributes
    ----------
    at : int
        Number of the present step, from 0.
    late : bool
        Whether the step has taken so long that its hint is told.
    """

    def __init__(self) -> None:
        self.at = 0
        self.late = False
        self._begun: Facts | None = None
        self._last: Facts | None = None
        self._began_ms = self._now_ms = 0
        self._seen: set[str] = set()

    @property
    def step(self) -> Step:
        """Return the present step."""
        return STEPS[self.at]

    @property
    def is_last(self) -> bool:
        """Return whether this is the last step."""
        return self.at == len(STEPS) - 1

    def hear(self, command: str) -> None:
        """Take note that the player has given a command."""
        self._seen.add(command)

    def note(self, facts: Facts, now_ms: int) -> None:
        """Take note of how things stand; go on where the step is done."""
        if self._begun is None:
            self._begun, self._began_ms = facts, now_ms
        self._see(self._last or facts, facts)
        self._last, self._now_ms = facts, now_ms
        self.late = now_ms - self._began_ms >= HINT_AFTER_MS
        if facts.is_over:
            self.go(len(STEPS) - 1 - self.at)
        elif self.step.done is not None and self.step.done(Progress(self._begun, facts, frozenset(self._seen))):
            self.go(1)

    def _see(self, before: Facts, now: Facts) -> None:
        if now.view.zoom != before.view.zoom:
            self._seen.add(ZOOMED)
        elif now.view.middle != before.view.middle:
            self._seen.add(PANNED)
        if now.view.zoom == 0:
            self._seen.add(THEATRE)
        if now.turn == before.turn and now.marched < before.marched:
            self._seen.add(UNDONE)

    def go(self, steps: int) -> None:
        """Go so many steps on, or back."""
        if steps:
            self.at = min(max(self.at + steps, 0), len(STEPS) - 1)
            self._begun, self._began_ms = self._last, self._now_ms
            self.late, self._seen = False, set()
