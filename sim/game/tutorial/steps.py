"""The steps of the tutorial: what each says, what it waits for, and what is said to who goes astray.

A step is done by doing, and it does not matter by which key, button or click the player came there. Words in braces are
names of commands; the window puts their keys there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sim.game.tutorial.facts import (
    GOAL,
    PANNED,
    STEP_TO,
    TANKS,
    TARGET,
    THEATRE,
    UNDONE,
    UNFED,
    ZOOMED,
    Facts,
    Progress,
    View,
)

FREE_FROM = 4  # turn from which nobody is kept at the works


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
    unit : str
        Unit that must be chosen for it: until it is, the map marks that instead, and the sheet says so.
    astray : callable or None
        What the player is told at once who is on a wrong way; returns an empty string where he is not.
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
    unit: str = ""
    button: str = ""
    astray: Callable[[Facts], str] | None = None
    by_turn: dict[int, str] = field(default_factory=dict)

    def words_on(self, turn: int) -> str:
        """Return what the step says on a day."""
        more = self.by_turn.get(turn, "")
        return f"{self.words}\n{more}" if more else self.words


def _why_no_attack(facts: Facts) -> str:
    """Return what keeps the player from aiming at the town, if something does."""
    if facts.view.attack_hex == facts.target_hex or not facts.enemy_holds:
        return ""
    if not facts.chosen_is_mine:
        return "No unit of yours is chosen: click one of the stacks that touch the town's hex."
    if not facts.is_beside:
        return "This unit does not stand beside the town: choose one of the stacks that touch its hex."
    return "" if facts.can_attack else "This unit cannot attack today: choose another beside the town, or end the day."


def _what_of_attack(view: View) -> str:
    """Return what is unwise about the attack that is being formed."""
    if view.attack_posture and view.attack_posture != "siege":
        return f"The attack is {view.attack_posture} now: {{posture}} changes it."
    return "Only one unit takes part: click the others in the list." if view.attackers == 1 else ""


STEPS: tuple[Step, ...] = (
    Step(
        "Look around",
        "You lead the main blow of the Soviet 5th Army, 9 August 1945: red counters, east of Suifenho. Go nearer with "
        "the wheel or {zoom_in}, farther with {zoom_out}. Move the map by dragging it, or with {pan_left}, "
        "{pan_right}, {pan_up}, {pan_down}. Do both.",
        "Turn the wheel over the map, then hold the left button and drag.",
        lambda it: {ZOOMED, PANNED} <= it.seen,
    ),
    Step(
        "The whole theatre",
        "Turn the wheel back as far as it goes, or press {theatre}: the whole theatre, with a ring where you fight. "
        "Then come back: {next_unit} goes to your next unit, or turn the wheel with the pointer on the ring.",
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
        "to mud. Click the hex in the ring, north of the works.",
        "By keys: lead the cursor there and press {act}.",
        lambda it: it.now.marched > it.begun.marched,
        at=STEP_TO,
        unit=TANKS,
    ),
    Step(
        "Fuel",
        "The march has burnt fuel: the panel counts what is left, of three days. A night on a line of supply brings "
        "fuel for a day, a night without one none. Look through the tank brigades and choose another, with full tanks.",
        "Click another tank counter, or press {next_unit} until the panel says: fuel 3.0 days.",
        lambda it: it.now.chosen_is_full and (it.now.chosen_is_full != it.begun.chosen_is_full or it.now.any_short),
        astray=lambda it: (
            "The march was taken back, so every brigade is full: choose any of them." if not it.any_short else ""
        ),
    ),
    Step(
        "Beyond today",
        "A march may be longer than a day. Send this brigade to Muleng, in the ring: click there with the right "
        "button. The way shows where each evening finds it, the day of arrival, and the fuel that it takes; it goes on "
        "by itself every morning, until something bars it.",
        "By keys: lead the cursor to Muleng and press {act}.",
        lambda it: it.now.plotted > it.begun.plotted,
        at=GOAL,
        astray=lambda it: "" if it.chosen_is_mine else "No unit of yours is chosen: choose a tank brigade first.",
    ),
    Step(
        "Take it back",
        "{undo} takes the last order back, as often as you like, until an order has shown you something of the enemy. "
        "Take this march back: the way to Muleng is not open yet.",
        "Press {undo}, or the button in the bar.",
        lambda it: UNDONE in it.seen or not it.now.can_undo,
        button="undo",
    ),
    Step(
        "Supply",
        "Troops live on what comes along roads and railways from a depot. Beyond its reach tanks stay dry and units "
        "starve slowly. {layer_supply} lays it over the map: do so.",
        "Press {layer_supply}, or the marked button at the left.",
        lambda it: "layer_supply" in it.now.view.layers,
        button="layer_supply",
    ),
    Step(
        "Where supply ends",
        "Green ground gets full loads, and the legend names the rest. Nothing flows where the enemy holds the road: "
        "lead the pointer onto Suiyang, in the ring. Whoever goes there before the road is open lives on what he "
        "carries, and his tanks stay where they run dry.",
        "By keys: lead the cursor there with {cursor_west} or {cursor_east}.",
        lambda it: it.now.view.hovered == it.now.unfed_hex,
        at=UNFED,
        astray=lambda it: (
            "" if "layer_supply" in it.view.layers else "The layer is put away: {layer_supply} lays it again."
        ),
    ),
    Step(
        "Plan an attack",
        "{layers_off} puts layers away. Suifenho bars the road with works of concrete. Choose a rifle division beside "
        "it, then click the town. Nothing is fought yet: the forecast draws the battle a thousand times and names all "
        "that counts.",
        "The stack just east of the ring stands beside it. By keys: choose a unit, lead the cursor to the town, {act}.",
        lambda it: it.now.view.attack_hex == it.now.target_hex or not it.now.enemy_holds,
        at=TARGET,
        astray=_why_no_attack,
    ),
    Step(
        "Who attacks, and how",
        "All who stand beside the target take part, and guns in range support them; the list can leave a unit out. "
        "{posture} changes the kind: hasty leaves time to march on, prepared hits harder, siege breaks works slowly "
        "and spares men. Change it and watch the forecast.",
        "Aim at Suifenho again if the forecast has gone, then press {posture}.",
        lambda it: (
            it.now.view.attack_posture not in ("", it.begun.view.attack_posture)
            or not it.now.enemy_holds
            or it.now.battles > it.begun.battles
        ),
        at=TARGET,
        astray=_why_no_attack,
    ),
    Step(
        "Attack",
        "Choose siege, the right way against works, and click the town once more: the battle is fought, and cannot be "
        "taken back. The works may hold for two or three days; come back each day.",
        "With the forecast open, click Suifenho, or press {act} with the cursor on it.",
        lambda it: it.now.battles > it.begun.battles or not it.now.enemy_holds,
        at=TARGET,
        astray=lambda it: _why_no_attack(it) or _what_of_attack(it.view),
    ),
    Step(
        "Dig in",
        "A unit that has nothing to do today can dig in with {rest}, and is harder to move every day. {hold} only lets "
        "it stay. Choose a unit and give one of the two.",
        "Choose a unit, then press {rest}.",
        lambda it: it.now.resting > it.begun.resting,
        button="rest",
        astray=lambda it: "" if it.chosen_is_mine else "No unit of yours is chosen: click one first.",
    ),
    Step(
        "End the turn",
        "A turn is a day. {end_turn} hands over to the enemy; units that could still act are listed first, and a "
        "second {end_turn} ends the day all the same.",
        "Press {end_turn} twice.",
        lambda it: it.now.turn > it.begun.turn,
        button="end_turn",
    ),
    Step(
        "What happened",
        "Each morning a report tells of the day, beside what happened in 1945; {report} opens it again. The log, "
        "{log}, lists what was done; a line leads to its place. Open the report once more.",
        "Press {report}, then Esc to come back.",
        lambda it: "report" in it.seen or it.now.turn > it.begun.turn,
        button="report",
    ),
    Step(
        "What counts",
        "{layer_plans} shows objectives and their dates. Suifenho (record: 11 August) and Muleng (12 August) are worth "
        "most; each day early gives more, each day late less. Prisoners count for you, your dead and what the enemy "
        "still holds on the evening of the 14th against you.",
        "Press {layer_plans}.",
        lambda it: "layer_plans" in it.now.view.layers or it.now.turn > it.begun.turn,
        button="layer_plans",
    ),
    Step(
        "Now it is yours",
        "Take Suifenho: besiege it each day with all who stand beside it. Meanwhile bring tanks and divisions up to "
        "the road behind; a hex has only so much room.",
        "{next_unit} goes to whoever has no orders. End the day when you have done what you want.",
        lambda it: not it.now.enemy_holds or it.now.turn >= FREE_FROM,
        at=TARGET,
        button="end_turn",
    ),
    Step(
        "The line follows",
        "Supply follows the troops along the ground that they hold. Lay it over the map again with {layer_supply}: how "
        "far down the road does it reach now? Send on first whoever is full, and let those wait who are not.",
        "Press {layer_supply}.",
        lambda it: "layer_supply" in it.now.view.layers or it.now.turn > it.begun.turn,
        button="layer_supply",
    ),
    Step(
        "On to Muleng",
        "Play the six days to their end. Tanks first down the road to Suiyang and Machiaoho, divisions close behind "
        "them: they will be needed at Muleng.",
        "A unit can be sent beyond today's range: it goes on every morning.",
        lambda it: it.now.is_over,
        at=GOAL,
        button="end_turn",
        by_turn={
            4: "Fourth day: on to Machiaoho and Hsiachengtzu.",
            5: "Fifth day: close up to Muleng. Who attacks it alone loses men for nothing.",
            6: "Last day: attack Muleng with several units if it is held; else take what lies open.",
        },
    ),
    Step(
        "The end",
        "That is the game: the same orders lead the whole campaign of August 1945. {report} shows the result again, "
        "{help} has keys, signs and rules, {menu} leads back to the title.",
    ),
)
