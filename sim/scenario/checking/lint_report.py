"""What the lint rules look at, and where they put what they find."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from sim.errors import ERROR, Problem, suggestion
from sim.kernels import codes
from sim.scenario.checking.salvage import Kept, original
from sim.scenario.models.history import History
from sim.scenario.models.limits import MOST_HINTS
from sim.scenario.models.map import Map
from sim.scenario.models.scenario import Events, Forces, Header, Plan
from sim.scenario.reading.hex_map_file import HexMap, parse_label
from sim.scenario.reading.node import Node, Path_


@dataclass(frozen=True)
class Parts:
    """What could be read; None stands for a part that is broken."""

    header: Header | None
    map: Map | None
    hexes: HexMap | None
    forces: Forces | None
    plans: tuple[Plan | None, ...]
    events: Events | None
    history: History | None

    @cached_property
    def places(self) -> dict[str, bool]:
        """Return the places of the map; the value says whether troops can reach them: on the map, and no lake."""
        places = self.map.places if self.map else {}
        return {name: place.hex is not None and place.kind != "lake" for name, place in places.items()}


class ProblemReport:
    """Collects what the rules find."""

    def __init__(self, tree: Node, problems: list[Problem], kept: Kept) -> None:
        self.tree = tree
        self.problems = problems
        self.kept = kept

    def node(self, *path: str) -> Node | None:
        """Return what stands at a path of keys in the files."""
        node: Node | None = self.tree
        for step in path:
            node = node.get(step) if node is not None else None
        return node

    def was_read(self, *path: str) -> bool:
        """Return whether there is a part at all: of one whose files cannot be read nothing is missed."""
        node = self.node(*path)
        return node is not None and node.value is not None

    def ids(self, *path: str) -> list[str]:
        """Return the ids that stand in a list of the files, in broken items too."""
        node = self.node(*path)
        return [name for item in (node.rows() if node is not None else []) if (name := item.text("id")) is not None]

    def keys(self, *path: str) -> Collection[str]:
        """Return the keys that stand in a mapping of the files."""
        node = self.node(*path)
        return node.value.keys() if node is not None and isinstance(node.value, dict) else ()

    def error(
        self,
        path: Path_,
        message: str,
        near: Iterable[str] = (),
        name: object = None,
        hint: str = "",
        *,
        key: bool = False,
    ) -> None:
        """Add a problem at ``path``; ``near`` are the names that ``name`` should have been one of."""
        path = original(path, self.kept)
        place = self.tree.find(path, key=key)
        if not hint and name is not None and len(self.problems) < MOST_HINTS:
            hint = suggestion(name, near)
        self.problems.append(Problem(*place, self.tree.label(path), message, hint, ERROR))


def is_label(text: str) -> bool:
    """Return whether ``text`` looks like a hex label."""
    return len(text) == 7 and text[0] == "h" and text[1:].isascii() and text[1:].isdigit()


def known_place(parts: Parts, report: ProblemReport, path: Path_, place: str, *, on_map: bool = False) -> None:
    """Report a place that the map does not have, or has off the map where it must be on it."""
    if not report.was_read("map", "places"):
        return
    known = report.keys("map", "places")
    if place not in known:
        report.error(path, f"no place {place!r}", known, place)
    elif on_map and not parts.places.get(place, True):
        report.error(path, f"place {place!r} is not on a land hex of the map")


def known_hex(parts: Parts, report: ProblemReport, path: Path_, text: str) -> int | None:
    """Return the hex of a label; report one that is wrong and return None."""
    if parts.hexes is None:
        return None
    try:
        return parse_label(text, parts.hexes.n_cols, parts.hexes.n_rows)
    except ValueError as error:
        report.error(path, str(error))
        return None


def is_water(parts: Parts, hex: int | None) -> bool:
    """Return whether a hex is sea or lake."""
    return hex is not None and parts.hexes is not None and parts.hexes.terrain[hex] in (codes.SEA, codes.LAKE)
