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
        return "None of your units is selected: click one of the stacks adjacent to the town."
    if not facts.is_beside:
        return "This unit is not adjacent to the town: select one of the stacks that are."
    return "" if facts.can_attack else "This unit cannot attack today: select another adjacent one, or end the day."


def _what_of_attack(view: View) -> str:
    """Return what is unwise about the attack that is being formed."""
    if view.attack_posture and view.attack_posture != "siege":
        return f"The attack is {view.attack_posture} now: {{posture}} changes it."
    return "Only one unit takes part: click the others in the list." if view.attackers == 1 else ""


STEPS: tuple[Step, ...] = (
    Step(
        "Look around",
        "You lead the main attack of the Soviet 5th Army, 9 August 1945: red counters, east of Suifenho. Zoom in with "
        "the wheel or {zoom_in}, out with {zoom_out}. Scroll the map by dragging it, or with {pan_left}, {pan_right}, "
        "{pan_up}, {pan_down}. Try both.",
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
        "Select a unit",
        "Click a counter to select it, and again for the next unit in the stack; {next_unit} goes from one to the "
        "next. The panel on the right shows a unit's strength and state. Select the 208th Tank Brigade, in the ring.",
        "By keys: {next_unit} until the panel names it; or move the cursor with {cursor_north}, {cursor_south}, "
        "{cursor_west}, {cursor_east} and press {choose_here}.",
        lambda it: it.now.view.chosen == it.now.tanks,
        at=TANKS,
    ),
    Step(
        "March",
        "Lit hexes are in range today. Point at one to see the route and its cost: rain has turned the tracks "
        "to mud. Click the hex in the ring, north of the works.",
        "By keys: move the cursor there and press {act}.",
        lambda it: it.now.marched > it.begun.marched,
        at=STEP_TO,
        unit=TANKS,
    ),
    Step(
        "Fuel",
        "The march has burnt fuel: the panel shows what is left of three days' worth. A night in supply brings fuel "
        "for one day, a night out of supply none. Look through the tank brigades and select another, with full tanks.",
        "Click another tank counter, or press {next_unit} until the panel says: fuel 3.0 days.",
        lambda it: it.now.chosen_is_full and (it.now.chosen_is_full != it.begun.chosen_is_full or it.now.any_short),
        astray=lambda it: (
            "The march was undone, so every brigade is full: select any of them." if not it.any_short else ""
        ),
    ),
    Step(
        "Beyond today",
        "A march may take several days. Send this brigade to Muleng, in the ring: right-click there. The route shows "
        "where it halts each evening, the day of arrival and the fuel it burns; the march continues every morning "
        "until something blocks it.",
        "By keys: move the cursor to Muleng and press {act}.",
        lambda it: it.now.plotted > it.begun.plotted,
        at=GOAL,
        astray=lambda it: "" if it.chosen_is_mine else "None of your units is selected: select a tank brigade first.",
    ),
    Step(
        "Undo",
        "{undo} undoes the last order, as often as you like, unless an order has revealed something of the enemy. "
        "Undo this march: the road to Muleng is not open yet.",
        "Press {undo}, or the button in the bar.",
        lambda it: UNDONE in it.seen or not it.now.can_undo,
        button="undo",
    ),
    Step(
        "Supply",
        "Supplies come by road and rail from a depot. Beyond its range tanks run dry and units slowly waste away. "
        "{layer_supply} shows it on the map: try it.",
        "Press {layer_supply}, or the marked button on the left.",
        lambda it: "layer_supply" in it.now.view.layers,
        button="layer_supply",
    ),
    Step(
        "Where supply ends",
        "Green hexes get full supply; the legend explains the rest. Nothing gets through where the enemy holds the "
        "road: point at Suiyang, in the ring. A unit that goes there before the road is open lives on what it "
        "carries, and its tanks stop where they run dry.",
        "By keys: move the cursor there with {cursor_west} or {cursor_east}.",
        lambda it: it.now.view.hovered == it.now.unfed_hex,
        at=UNFED,
        astray=lambda it: (
            "" if "layer_supply" in it.view.layers else "The layer is hidden: {layer_supply} shows it again."
        ),
    ),
    Step(
        "Plan an attack",
        "{layers_off} hides the layers. Suifenho blocks the road with concrete works. Select a rifle division next to "
        "it, then click the town. No attack is made yet: the forecast simulates the battle a thousand times and lists "
        "the modifiers.",
        "The stack just east of the ring is adjacent. By keys: select a unit, move the cursor to the town, {act}.",
        lambda it: it.now.view.attack_hex == it.now.target_hex or not it.now.enemy_holds,
        at=TARGET,
        astray=_why_no_attack,
    ),
    Step(
        "Attackers and attack type",
        "All adjacent units take part and artillery in range supports them; the list can leave a unit out. {posture} "
        "changes the type: hasty leaves time to move on, prepared hits harder, siege wears works down and saves men. "
        "Change it and watch the forecast.",
        "Target Suifenho again if the forecast has closed, then press {posture}.",
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
        "Choose siege, the right way against works, and click the town once more: the battle is fought and cannot be "
        "undone. The works may hold for two or three days; attack again each day.",
        "With the forecast open, click Suifenho, or press {act} with the cursor on it.",
        lambda it: it.now.battles > it.begun.battles or not it.now.enemy_holds,
        at=TARGET,
        astray=lambda it: _why_no_attack(it) or _what_of_attack(it.view),
    ),
    Step(
        "Dig in",
        "A unit with nothing to do today can dig in with {rest}, and grows harder to dislodge every day. {hold} only "
        "keeps it in place. Select a unit and give one of these orders.",
        "Select a unit, then press {rest}.",
        lambda it: it.now.resting > it.begun.resting,
        button="rest",
        astray=lambda it: "" if it.chosen_is_mine else "None of your units is selected: click one first.",
    ),
    Step(
        "End the turn",
        "A turn is a day. {end_turn} hands over to the enemy; units that could still act are listed first, and a "
        "second {end_turn} ends the day anyway.",
        "Press {end_turn} twice.",
        lambda it: it.now.turn > it.begun.turn,
        button="end_turn",
    ),
    Step(
        "What happened",
        "Each morning a report sums up the day against what happened in 1945; {report} opens it again. The log, {log}, "
        "lists events; click a line to go to its place. Open the report once more.",
        "Press {report}, then Esc to come back.",
        lambda it: "report" in it.seen or it.now.turn > it.begun.turn,
        button="report",
    ),
    Step(
        "Victory points",
        "{layer_plans} shows objectives and their dates. Suifenho (record: 11 August) and Muleng (12 August) are worth "
        "most: more for each day early, less for each day late. Prisoners score for you; your dead and what the enemy "
        "still holds on the evening of the 14th score against you.",
        "Press {layer_plans}.",
        lambda it: "layer_plans" in it.now.view.layers or it.now.turn > it.begun.turn,
        button="layer_plans",
    ),
    Step(
        "Your turn",
        "Take Suifenho: besiege it each day with every adjacent unit. Meanwhile bring tanks and divisions up the "
        "road behind; mind the stacking limit.",
        "{next_unit} goes to the next unit without orders. End the day when you are done.",
        lambda it: not it.now.enemy_holds or it.now.turn >= FREE_FROM,
        at=TARGET,
        button="end_turn",
    ),
    Step(
        "Supply follows",
        "Supply follows the troops over the ground they hold. Show it again with {layer_supply}: how far down the road "
        "does it reach now? Send units with full stocks first, and let the others wait.",
        "Press {layer_supply}.",
        lambda it: "layer_supply" in it.now.view.layers or it.now.turn > it.begun.turn,
        button="layer_supply",
    ),
    Step(
        "On to Muleng",
        "Play the six days to the end: tanks first down the road to Suiyang and Machiaoho, divisions close behind "
        "them. They will be needed at Muleng.",
        "A unit can be sent beyond today's range: the march continues every morning.",
        lambda it: it.now.is_over,
        at=GOAL,
        button="end_turn",
        by_turn={
            4: "Fourth day: on to Machiaoho and Hsiachengtzu.",
            5: "Fifth day: close up to Muleng. A lone attacker loses men for nothing.",
            6: "Last day: attack Muleng with several units if it is held; otherwise take what lies open.",
        },
    ),
    Step(
        "The end",
        "That is the game: the same orders run the whole campaign of August 1945. {report} shows the result again, "
        "{help} has keys, symbols and rules, {menu} leads back to the title screen.",
    ),
)
