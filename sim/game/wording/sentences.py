"""Event records and commanders' reasons as sentences.

One sentence for each kind of event (``codes.EVENTS``); ``sim.game.telling.story`` groups them into days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sim.game.wording.unit_names import DESTROYS, DRIVES_BACK, ROUTS, brief, sentence_case, verb
from sim.game.wording.views import Views, count
from sim.kernels import codes
from sim.kernels.state.layout import World

SKY_WORDS = ("clear", "rain", "heavy rain")
GROUND_WORDS = ("dry roads", "mud", "flooded valleys")
REGION_WORDS = ("west", "centre", "east", "north")
SUPPLY_REASON_WORDS = (
    "",
    "long line of communication",
    "too many units draw on the same line",
    "line cut by enemy zones of control",
    "line blocked by the enemy",
    "no supply line",
    "short of fuel",
    "short of ammunition",
)
SIDE_WORDS = ("Soviet", "Japanese")

BATTLE_WORDS = {  # one, several
    codes.RESULT_REPULSED: ("is repulsed by", "are repulsed by"),
    codes.RESULT_HELD: ("cannot dislodge", "cannot dislodge"),
    codes.RESULT_RETREAT: DRIVES_BACK,
    codes.RESULT_ROUT: ROUTS,
    codes.RESULT_SHATTERED: DESTROYS,
    codes.RESULT_SURRENDER: ("forces the surrender of", "force the surrender of"),
}

Teller = Callable[..., str]  # of the views, an EVENT record, and where a figure may be guessed "about " or nothing


@dataclass(frozen=True)
class Telling:
    """How one kind of event is told.

    Attributes
    ----------
    sentence : callable
    at_once : bool
        Whether the player is told as soon as it happens; the rest waits for the log and the morning.
    rank : int or None
        Its place among what the playback of a turn shows on the map, the lower the sooner; None if it is not shown.
    """

    sentence: Teller
    at_once: bool
    rank: int | None


TELLINGS: dict[int, Telling] = {}


def tells(kind: int, at_once: bool = False, rank: int | None = None) -> Callable[[Teller], Teller]:
    """Make a function the sentence of a kind of event; see ``Telling``."""

    def remembered(sentence: Teller) -> Teller:
        TELLINGS[kind] = Telling(sentence, at_once, rank)
        return sentence

    return remembered


def sentence(views: Views, event: Any, guessed: bool = False) -> str:
    """Return one EVENT record as a sentence; an empty string for kinds that no rule logs yet.

    Parameters
    ----------
    guessed : bool
        Whether its figures are what one side makes of the other: they are then said to be so.
    """
    kind = int(event["kind"])
    if kind not in TELLINGS:
        return ""
    teller = TELLINGS[kind].sentence
    if codes.EVENTS[kind].guessed == codes.GUESSED_NOTHING:
        return teller(views, event)
    return teller(views, event, "about " if guessed else "")


def days(number: int) -> str:
    """Return ``2 days early``, ``3 days late`` or ``on the day``; positive is early."""
    if number == 0:
        return "on the day"
    return f"{count(abs(number), 'day')} {'early' if number > 0 else 'late'}"


def _does(views: Views, event: Any, one: str, several: str) -> str:
    """Return the unit that an event is about, with a verb that fits it."""
    name = brief(views.unit(int(event["subject"])))
    return sentence_case(f"{name} {verb((one, several), name)}")


@tells(codes.EVENT_WEATHER, at_once=True)
def _weather(views: Views, event: Any) -> str:
    sky, ground = SKY_WORDS[int(event["a"])], GROUND_WORDS[int(event["b"])]
    return f"In the {REGION_WORDS[int(event['subject'])]}: {sky}, {ground}."


@tells(codes.EVENT_ARRIVAL, at_once=True)
def _arrival(views: Views, event: Any) -> str:
    return f"{_does(views, event, 'arrives', 'arrive')} {views.where(int(event['hex']))}."


@tells(codes.EVENT_CAPTURE, at_once=True, rank=0)
def _capture(views: Views, event: Any) -> str:
    return f"{views.army(int(event['subject']))} takes {views.place(int(event['object']))}."


@tells(codes.EVENT_BATTLE, at_once=True, rank=0)
def _battle(views: Views, event: Any, about: str) -> str:
    attack, defender = _does(views, event, *BATTLE_WORDS[int(event["b"])]), brief(views.unit(int(event["object"])))
    where, odds = views.where(int(event["hex"])), _odds_words(int(event["a"]))
    return f"{attack} {defender} {where} (odds {about}{odds} to 1)."


def _odds_words(permille: int) -> str:
    """Return odds with as many figures as they deserve: ``0.8``, ``2.3``, ``6``, ``14``."""
    odds = permille / 1000
    return f"{round(odds, 1):g}" if odds < 9.95 else f"{odds:.0f}"


@tells(codes.EVENT_RETREAT)
def _retreat(views: Views, event: Any) -> str:
    back = _does(views, event, "retreats from its position", "retreat from their position")
    return f"{back} {views.where(int(event['hex']))}."


@tells(codes.EVENT_SHATTERED, at_once=True, rank=1)
def _shattered(views: Views, event: Any, about: str) -> str:
    lost = f"{about}{count(event['a'], 'man', 'men')}"
    broken = _does(views, event, "is shattered", "are shattered")
    return f"{broken} {views.where(int(event['hex']))}; losses: {lost}."


@tells(codes.EVENT_SURRENDER, at_once=True, rank=0)
def _surrender(views: Views, event: Any) -> str:
    men = count(event["a"], "man", "men")
    yielded = _does(views, event, "surrenders", "surrender")
    return f"{yielded} {views.where(int(event['hex']))}: {men}."


@tells(codes.EVENT_DISPERSED, at_once=True, rank=1)
def _dispersed(views: Views, event: Any, about: str) -> str:
    men = count(event["a"], "man", "men")
    gone = _does(views, event, "disperses", "disperse")
    return f"{gone} {views.where(int(event['hex']))}: {about}{men} go home."


@tells(codes.EVENT_SUPPLY)
def _supply(views: Views, event: Any) -> str:
    state, reason = codes.SUPPLY_STATES[int(event["a"])], SUPPLY_REASON_WORDS[int(event["b"])]
    because = f": {reason}" if reason else ""
    return f"{_does(views, event, 'is', 'are')} {state} {views.where(int(event['hex']))}{because}."


@tells(codes.EVENT_OUT_OF_FUEL, at_once=True)
def _out_of_fuel(views: Views, event: Any) -> str:
    return f"{_does(views, event, 'runs', 'run')} out of fuel {views.where(int(event['hex']))}."


@tells(codes.EVENT_OBJECTIVE)
def _objective(views: Views, event: Any) -> str:
    return f"{views.place(int(event['object']))} reached, {days(int(event['a']))} by the plan."


@tells(codes.EVENT_BRIDGE)
def _bridge(views: Views, event: Any) -> str:
    return f"{_does(views, event, 'crosses', 'cross')} a river {views.where(int(event['hex']))}."


@tells(codes.EVENT_REGAUGED)
def _regauged(views: Views, event: Any) -> str:
    return f"Railway back in service {views.where(int(event['hex']))}."


@tells(codes.EVENT_ENCIRCLED)
def _encircled(views: Views, event: Any) -> str:
    return f"{_does(views, event, 'is', 'are')} surrounded {views.where(int(event['hex']))}."


@tells(codes.EVENT_RELIEVED)
def _relieved(views: Views, event: Any) -> str:
    return f"{_does(views, event, 'is', 'are')} relieved {views.where(int(event['hex']))}."


@tells(codes.EVENT_DECIDED, at_once=True)
def _decided(views: Views, event: Any) -> str:
    side = int(event["subject"])
    winner = SIDE_WORDS[side] if side < codes.NEITHER else "neither"
    return f"The campaign is decided for the {winner} side, {int(event['a'])} points to {int(event['b'])}."


@tells(codes.EVENT_SURPRISE, at_once=True)
def _surprise(views: Views, event: Any) -> str:
    side, left = SIDE_WORDS[int(event["subject"])], int(event["a"])
    if left <= 0:
        return f"The {side} side has recovered from surprise."
    return f"The {side} side is surprised: orders are delayed for {count(left, 'more day')}."


@tells(codes.EVENT_CONTACT, at_once=True, rank=1)
def _contact(views: Views, event: Any) -> str:
    met = brief(views.unit(int(event["object"]))) if int(event["object"]) >= 0 else "the enemy"
    runs = _does(views, event, "runs into", "run into")
    return f"{runs} {met} {views.where(int(event['hex']))}and halts."


# The reason of a unit: {goal} is its objective, {a} and {b} the numbers that the commander kept with it.
REASON_SENTENCES = {
    codes.REASON_NONE: "has no orders",
    codes.REASON_ADVANCE: "advances{goal}",
    codes.REASON_LEAD: "leads the column{goal} as forward detachment",
    codes.REASON_ATTACK: "attacks: the expected losses favour it",
    codes.REASON_BYPASS: "bypasses the strongpoint and leaves it to following units",
    codes.REASON_BESIEGE: "besieges the strongpoint",
    codes.REASON_HOLD: "holds its position",
    codes.REASON_WITHDRAW: "withdraws to avoid being cut off",
    codes.REASON_FALL_BACK: "falls back{goal} as planned",
    codes.REASON_WAIT_FUEL: "is waiting for fuel",
    codes.REASON_WAIT_ROAD: "is waiting for the road to clear",
    codes.REASON_WAIT_RELEASE: "is in reserve, awaiting release",
    codes.REASON_PARALYSED: "is out of contact with headquarters and has no orders yet",
    codes.REASON_ENVELOP: "manoeuvres to outflank the enemy in its way",
    codes.REASON_COUNTER_ATTACK: "counter-attacks",
    codes.REASON_REST: "rests and recovers its stragglers",
    codes.REASON_ON_OBJECTIVE: "holds its objective",
}


def reason(views: Views, world: World, unit: int) -> str:
    """Return why the computer commander gave a unit the order that it gave."""
    record = world.units[unit]
    objective, target = int(record["objective"]), int(record["target"])
    goal = ""
    if objective >= 0 and int(world.objectives[objective]["place"]) >= 0:
        goal = f" to {views.place(int(world.objectives[objective]['place']))}"
    elif target >= 0:
        goal = f" to a position {views.where(target)}"
    return f"{views.unit(unit)} {REASON_SENTENCES[int(record['reason'])].format(goal=goal)}."
