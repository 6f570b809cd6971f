"""The fighting of a day as a reader wants it: the place first, a siege told once and then only named."""

from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from sim.game.wording import unit_names
from sim.game.wording.views import Views, listing, plain
from sim.kernels import codes
from sim.kernels.state.layout import World

MOST_BATTLES, MOST_SIEGES = 2, 4
WEIGHTS = {
    codes.RESULT_SURRENDER: 5,
    codes.RESULT_SHATTERED: 4,
    codes.RESULT_ROUT: 3,
    codes.RESULT_REPULSED: 3,
    codes.RESULT_RETREAT: 2,
    codes.RESULT_HELD: 1,
}
ATTACKER_WORDS = {
    codes.RESULT_RETREAT: unit_names.DRIVES_BACK,
    codes.RESULT_ROUT: unit_names.ROUTS,
    codes.RESULT_SHATTERED: unit_names.DESTROYS,
    codes.RESULT_SURRENDER: unit_names.TAKES,
}
DEFENDER_WORDS = {codes.RESULT_REPULSED: unit_names.THROWS_BACK, codes.RESULT_HELD: unit_names.HOLDS}


@dataclass
class Sieges:
    """What has been told of the fighting.

    Attributes
    ----------
    since : dict of int to int
        Day of the first fight of each defender.
    named : set of str
        Where the fighting went on yesterday.
    destroyed : set of int
        Units whose end has been told.
    """

    since: dict[int, int] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    destroyed: set[int] = field(default_factory=set)

    def begin(self, unit: int, turn: int) -> None:
        """Note a fight of a defender."""
        self.since.setdefault(unit, turn)

    def days(self, unit: int, turn: int) -> int:
        """Return for how many days a unit has been attacked; 0 if never before today."""
        return turn - self.since.get(unit, turn)


def told(views: Views, sieges: Sieges, world: World, events: NDArray[Any], turn: int) -> str:
    """Return the battles worth telling, and where the fighting only goes on."""
    battles = events[events["kind"] == codes.EVENT_BATTLE]
    news: list[str] = []
    going_on: list[str] = []
    seen: set[int] = set()
    for battle in sorted(battles, key=lambda battle: -_weight(views, world, battle)):
        defender, result = int(battle["object"]), int(battle["b"])
        stood = result in DEFENDER_WORDS
        if defender in seen or result == codes.RESULT_SURRENDER:  # a surrender is told among the surrenders
            continue
        seen.add(defender)
        if stood and defender in sieges.since:
            going_on.append(plain(views.near(int(battle["hex"]))))
        elif len(news) < MOST_BATTLES:
            news.append(_sentence(views, battle))
            sieges.begin(defender, turn)
            if result == codes.RESULT_SHATTERED:
                sieges.destroyed.add(defender)
    if set(going_on) != sieges.named:  # the same list as yesterday is no news
        sieges.named = set(going_on)
        if going_on and len(news) < MOST_BATTLES:
            news.append(f"The fighting goes on at {listing(dict.fromkeys(going_on), MOST_SIEGES)}.")
    return " ".join(news)


def _weight(views: Views, world: World, battle: Any) -> float:
    attacker, defender = world.units[int(battle["subject"])], world.units[int(battle["object"])]
    strength = int(attacker["men_start"]) + int(defender["men_start"])
    place, away = views.nearest_place(int(battle["hex"]))
    town = int(world.places[place]["town_size"]) if place >= 0 and away <= 1 else 0
    return float(WEIGHTS[int(battle["b"])] * strength * (2 + town))


def _sentence(views: Views, battle: Any) -> str:
    attacker = unit_names.brief(views.unit(int(battle["subject"])))
    defender = unit_names.brief(views.unit(int(battle["object"])))
    result = int(battle["b"])
    if result in DEFENDER_WORDS:
        text = f"the {defender} {unit_names.verb(DEFENDER_WORDS[result], defender)} the {attacker}."
    else:
        text = f"the {attacker} {unit_names.verb(ATTACKER_WORDS[result], attacker)} the {defender}."
    where = views.where(int(battle["hex"]))
    named = where.rpartition(" ")[2] in text  # the name of a garrison already says where
    return unit_names.sentence_case(text if named else f"{where} {text}")
