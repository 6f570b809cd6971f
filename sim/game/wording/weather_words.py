"""The weather of a day in a line: sky and ground by region, like ones together."""

from collections import defaultdict

from sim.game.wording.sentences import REGION_WORDS, SKY_WORDS
from sim.game.wording.unit_names import sentence_case
from sim.game.wording.views import listing
from sim.kernels import codes
from sim.kernels.state.layout import World

GROUND_WORDS = {codes.WET: "mud", codes.FLOODED: "floods"}


def told(world: World) -> str:
    """Return sky and ground of the regions, like ones together."""
    clock = world.clock[0]
    overhead, underfoot = defaultdict(list), defaultdict(list)
    for region, name in enumerate(REGION_WORDS):
        overhead[int(clock["sky"][region])].append(name)
        underfoot[int(clock["ground"][region])].append(name)
    sky = _regions({SKY_WORDS[code]: overhead[code] for code in sorted(overhead, reverse=True)})
    dry = underfoot.pop(codes.DRY, [])
    ground = _regions({GROUND_WORDS[code]: underfoot[code] for code in sorted(underfoot)}, bool(dry))
    return " ".join(f"{sentence_case(text)}." for text in (sky, ground) if text)


def _regions(names: dict[str, list[str]], others: bool = False) -> str:
    """Return ``rain in the east, clear elsewhere``; ``others``: there are regions of which nothing is said."""
    if len(names) == 1 and not others:
        return f"{next(iter(names))} everywhere"
    widest = max(names, key=lambda word: len(names[word]), default="")
    told = [f"{word} in the {listing(where)}" for word, where in names.items() if word != widest or others]
    if widest and not others:
        told.append(f"{widest} elsewhere")
    return ", ".join(told)
