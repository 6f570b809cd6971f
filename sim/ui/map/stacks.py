"""What stands where, as the map shows it: stacks near, armies far."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import dist
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.maps.map_facts import ARMY, BATTALION, CORPS, ECHELONS, MapFacts
from sim.game.picture.frame import Points
from sim.game.terms import World, codes
from sim.game.wording.rounded_strengths import SIZES_MEN, size_of
from sim.game.wording.views import Views
from sim.ui.look import theme
from sim.ui.look.counter_face import ESTIMATED, IDENTIFIED, UNKNOWN, Look
from sim.ui.map.camera import ROOT3, Camera, Point, plane_of

MERGED_BELOW_PX = 12.0  # hex side below which armies are shown instead of stacks
ARMY_SPAN = 16.0  # plane units: troops of an army further from each other get markers of their own
MARKER_PX = (24, 28, 32, 36, 40)  # width of army markers at each step of the ladder at which armies are shown
CITY, CITY_PX = 4, 6  # size of town from which markers keep off it, and how far
ROUNDS = 60  # of pushing apart markers that lie over each other
HIDDEN = -1  # level of knowledge of units that are not shown at all
TIRED, WORN = 300, 600  # permille of fatigue from which one chevron and two are shown
DUG_IN, FORTIFIED = 300, 700  # permille of entrenchment


@dataclass(frozen=True)
class Knowledge:
    """What the looker knows and has ordered, by unit row; what is not listed is known in full and has no orders.

    Attributes
    ----------
    levels : mapping of int to int
        ``HIDDEN``, ``UNKNOWN``, ``ESTIMATED`` or ``IDENTIFIED``.
    ages : mapping of int to int
        Days since a unit was last seen.
    orders : mapping of int to str
        ``plotted``, ``hold`` or ``computer``.
    """

    levels: Mapping[int, int] = field(default_factory=dict)
    ages: Mapping[int, int] = field(default_factory=dict)
    orders: Mapping[int, str] = field(default_factory=dict)

    def level(self, unit: int) -> int:
        """Return how well a unit is known."""
        return self.levels.get(unit, IDENTIFIED)


KNOWN = Knowledge()
BEHIND = (codes.HEADQUARTERS, codes.SUPPORT)  # shown on top of a stack only where nobody else is there
FOOT = (codes.INFANTRY, codes.MECHANISED, codes.CAVALRY)
MOST_LOOKS = 8000
_looks: dict[object, Look] = {}


@dataclass(frozen=True)
class Piece:
    """One counter on the map, with all the units that it stands for, the one on top first."""

    units: tuple[int, ...]
    at: Point
    look: Look
    hex: int
    label: str = ""
    home: Point | None = None  # where it would stand if there were room


def pieces(
    world: World, views: Views, facts: MapFacts, camera: Camera, on_top: int = -1, knowledge: Knowledge = KNOWN
) -> list[Piece]:
    """Return everything on the map that is shown, in the order of drawing."""
    units = world.units
    rows = np.flatnonzero((units["status"] == codes.ACTIVE) & (units["hex"] >= 0)).tolist()
    rows = [row for row in rows if knowledge.level(row) != HIDDEN]
    if camera.side_px < MERGED_BELOW_PX:
        found = _armies(world, views, facts, rows, camera, knowledge)
    else:
        found = _stacks(world, facts, rows, camera, on_top, knowledge)
    return sorted(found, key=lambda piece: (on_top in piece.units, piece.at[1], piece.at[0]))


class Columns:
    """The fields of all units that markers sum up, as lists: a list is read many times as fast as a record.

    Parameters
    ----------
    units : (n_unit,) UNIT
    n_cols : int
        Of the map.
    """

    def __init__(self, units: NDArray[Any], n_cols: int) -> None:
        self.hex: list[int] = units["hex"].tolist()
        self.branch: list[int] = units["branch"].tolist()
        self.supply: list[int] = units["supply_state"].tolist()
        self.men: list[int] = units["men"].tolist()
        self.tanks: list[int] = units["tanks"].sum(axis=1).tolist()
        self.began: list[int] = (units["men_start"] + 40 * units["tanks_start"].sum(axis=1)).tolist()
        self.plane = _planes(units["hex"], n_cols)

    def ordered(self, rows: list[int]) -> list[int]:
        """Return units, the strongest fighting unit first."""
        return sorted(rows, key=lambda row: (self.branch[row] in BEHIND, -self.men[row] - 60 * self.tanks[row]))

    def strength_text(self, rows: list[int]) -> str:
        """Return men in thousands, and tanks where there are any: ``11`` or ``1.4·65``."""
        men, tanks = sum(self.men[row] for row in rows) / 1000, sum(self.tanks[row] for row in rows)
        head = f"{men:.0f}" if men >= 9.95 else f"{men:.1f}"
        return f"{head}·{tanks}" if tanks >= 10 else head

    def tenths(self, rows: list[int]) -> int:
        """Return what is left of the strength that units began with, in tenths."""
        began = sum(self.began[row] for row in rows)
        left = sum(self.men[row] + 40 * self.tanks[row] for row in rows)
        return min(max(round(10 * left / began), 1), 10) if began else 10


def stack_in(world: World, hex: int) -> list[int]:
    """Return the units of a hex, the strongest fighting unit first."""
    units = world.units
    rows = np.flatnonzero((units["status"] == codes.ACTIVE) & (units["hex"] == hex))
    if rows.size < 2:
        return [int(row) for row in rows]
    here = Columns(units[rows], int(world.clock["n_cols"][0]))
    return [int(rows[place]) for place in here.ordered(list(range(rows.size)))]


def look_of(world: World, facts: MapFacts, row: int, width_px: int, knowledge: Knowledge = KNOWN) -> Look:
    """Return how the counter of one unit looks, as far as it is known.

    Most units look after an order as they did before it: what was found for the same record is kept.
    """
    key = (
        world.units[row].tobytes(), facts.echelons[row], width_px, int(world.clock["phase_side"][0]),
        knowledge.level(row), knowledge.ages.get(row, 0), knowledge.orders.get(row, ""),
    )  # fmt: skip
    if key not in _looks:
        if len(_looks) >= MOST_LOOKS:
            _looks.clear()
        _looks[key] = _look_of(world, facts, row, width_px, knowledge)
    return _looks[key]


def _look_of(world: World, facts: MapFacts, row: int, width_px: int, knowledge: Knowledge) -> Look:
    unit, known = world.units[row], knowledge.level(row)
    nation, branch = int(unit["nation"]), int(unit["branch"])
    if known == UNKNOWN:
        return Look(nation, codes.INFANTRY, width_px, known=known, age=knowledge.ages.get(row, 0))
    columns = Columns(world.units[row : row + 1], 1)
    look = Look(
        nation=nation,
        branch=branch,
        width_px=width_px,
        echelon=ECHELONS[facts.echelons[row]],
        strength=columns.strength_text([0]),
        band=int(unit["army"]),
        known=known,
        age=knowledge.ages.get(row, 0),
    )
    if known == ESTIMATED:
        size = ECHELONS[BATTALION + SIZES_MEN.index(int(size_of(unit["men"])))]
        return replace(look, strength=f"~{_rounded(int(unit['men']))}", echelon=size)
    moves = int(unit["mp10"])
    to_move = int(unit["side"]) == int(world.clock["phase_side"][0])
    return replace(
        look,
        movement=f"{moves / 10:.0f}" if to_move and moves > 0 else "",
        supply=int(unit["supply_state"]),
        works=_level(int(unit["entrench_permille"]), DUG_IN, FORTIFIED),
        fatigue=_level(int(unit["fatigue_permille"]), TIRED, WORN),
        spent=moves <= 0 and to_move,
        tenths=columns.tenths([0]),
        order=knowledge.orders.get(row, ""),
    )


def _level(value: int, some: int, much: int) -> int:
    return 2 if value >= much else 1 if value >= some else 0


def _rounded(men: int) -> str:
    """Return a strength to the nearest half of its power of ten: an estimate pretends to no more."""
    step = 5000 if men >= 10_000 else 1000 if men >= 2000 else 500
    return f"{max(round(men / step), 1) * step / 1000:g}"


def _stacks(
    world: World, facts: MapFacts, rows: list[int], camera: Camera, on_top: int, knowledge: Knowledge
) -> list[Piece]:
    by_hex: dict[int, list[int]] = defaultdict(list)
    columns = Columns(world.units, camera.n_cols)
    for row in rows:
        by_hex[columns.hex[row]].append(row)
    width = counter_width(camera.side_px)
    found = []
    for hex, members in by_hex.items():
        ordered = columns.ordered(members)
        if on_top in ordered:
            ordered.remove(on_top)
            ordered.insert(0, on_top)
        look = look_of(world, facts, ordered[0], width, knowledge)
        look = replace(look, under=min(len(ordered) - 1, 3))
        found.append(Piece(tuple(ordered), plane_of(hex, camera.n_cols), look, hex))
    return found


def counter_width(side_px: float) -> int:
    """Return the width of a counter: most of its hex, larger with the scale in use, but never over its neighbours."""
    room = 1.36 if side_px < 40 else 1.26
    return round(min(side_px * room, max(78 * theme.scale, side_px)))


def _armies(
    world: World, views: Views, facts: MapFacts, rows: list[int], camera: Camera, knowledge: Knowledge
) -> list[Piece]:
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    columns, sides = Columns(world.units, camera.n_cols), world.units["side"].tolist()
    for row in rows:
        groups[(views.army_row(row), sides[row])].append(row)
    found: list[Piece] = []
    for (army, _), members in groups.items():
        for part in _near_each_other(columns, members):
            if army < 0 and len(part) == 1 and camera.side_px < 5:
                continue
            found.append(_marker(world, columns, views, facts, army, part, camera, knowledge))
    places = world.places
    cities = places["hex"][(places["hex"] >= 0) & (places["town_size"] >= CITY)]
    return _spread_out(found, _planes(cities, camera.n_cols), camera)


def _near_each_other(columns: Columns, members: list[int]) -> list[list[int]]:
    """Return groups of units none of which is further than the span from the first of its group."""
    left, parts = np.array(columns.ordered(members)), []
    while left.size:
        at = columns.plane[left]
        near = np.hypot(*(at - at[0]).T) <= ARMY_SPAN
        parts.append(left[near].tolist())
        left = left[~near]
    return parts


def _planes(hexes: NDArray[Any], n_cols: int) -> Points:
    """Return the centres of hexes in the plane."""
    col, row = hexes % n_cols, hexes // n_cols
    return np.stack((1 + 1.5 * col, ROOT3 * (row + 0.5 + 0.5 * (col & 1))), axis=-1)


def _marker(
    world: World,
    columns: Columns,
    views: Views,
    facts: MapFacts,
    army: int,
    rows: list[int],
    camera: Camera,
    knowledge: Knowledge,
) -> Piece:
    """Return the marker of troops of an army that stand near each other, the strongest first."""
    places: list[Point] = [(x, y) for x, y in columns.plane[rows].tolist()]
    middle = median(x for x, _ in places), median(y for _, y in places)
    nearest = min(range(len(places)), key=lambda place: dist(places[place], middle))
    lead, large = rows[0], len(rows) > 3
    top = world.units[lead]
    tanks, men = sum(columns.tanks[row] for row in rows), sum(columns.men[row] for row in rows)
    armoured = tanks >= 400 or tanks * 100 > men
    wide = MARKER_PX[min(camera.level, len(MARKER_PX) - 1)]
    look = Look(
        nation=int(top["nation"]),
        branch=codes.TANK if armoured else _commonest_branch(columns, rows),
        width_px=theme.px(wide if large else wide * 0.72),
        echelon=ECHELONS[(ARMY if len(rows) > 6 else CORPS) if large else facts.echelons[lead]],
        strength=columns.strength_text(rows),
        supply=_commonest([(columns.supply[row], 1) for row in rows]),
        band=int(top["army"]),
        tenths=columns.tenths(rows),
    )
    look = _as_known(look, world, rows, knowledge)
    name = views.formation(army) if army >= 0 else ""
    return Piece(tuple(rows), places[nearest], look, columns.hex[rows[nearest]], name)


def _commonest_branch(columns: Columns, rows: list[int]) -> int:
    """Return the branch of most men; those who hold ground count before all others."""
    weights = [columns.men[row] * (100 if columns.branch[row] in FOOT else 1) for row in rows]
    return _commonest([(columns.branch[row], weight) for row, weight in zip(rows, weights, strict=True)])


def _commonest(weighted: list[tuple[int, int]]) -> int:
    """Return the code with the greatest weight in all, the lowest of them where several have it."""
    sums: dict[int, int] = defaultdict(int)
    for code, weight in weighted:
        sums[code] += weight
    return min(sums, key=lambda code: (-sums[code], code))


def _as_known(look: Look, world: World, rows: list[int], knowledge: Knowledge) -> Look:
    """Return a marker that tells no more than is known of the units under it."""
    levels = [knowledge.level(row) for row in rows]
    if min(levels) == IDENTIFIED:
        return look
    seen = [row for row, level in zip(rows, levels, strict=True) if level != UNKNOWN]
    if not seen:
        return Look(look.nation, codes.INFANTRY, look.width_px, known=UNKNOWN)
    strength = f"~{_rounded(int(world.units['men'][seen].sum()))}"
    return replace(look, strength=strength, supply=codes.IN_SUPPLY, tenths=10, known=ESTIMATED)


def _spread_out(found: list[Piece], cities: Points, camera: Camera) -> list[Piece]:
    """Move markers that lie over each other or over a city apart, a little at a time; cities stay."""
    if len(found) < 2:
        return found
    at = np.concatenate(([piece.at for piece in found], cities)) * camera.side_px
    half = np.array([(piece.look.width_px / 2 + 2, piece.look.height_px / 2 + 5) for piece in found])
    half = np.concatenate((half, np.full((len(cities), 2), CITY_PX)))
    later = np.sign(np.arange(len(at))[:, None] - np.arange(len(at)))
    free = np.arange(len(at)) < len(found)
    apart = (free[:, None] | free[None]) & (later != 0)
    room_x, room_y = half[:, None, 0] + half[None, :, 0], half[:, None, 1] + half[None, :, 1]
    for _ in range(ROUNDS):
        gap_x, gap_y = at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1]
        over_x, over_y = room_x - abs(gap_x), room_y - abs(gap_y)
        clash = (over_x > 0) & (over_y > 0) & apart
        if not clash.any():
            break
        sideways = over_x < over_y
        push_x = np.where(clash & sideways, np.where(gap_x == 0, later, np.sign(gap_x)) * over_x, 0)
        push_y = np.where(clash & ~sideways, np.where(gap_y == 0, later, np.sign(gap_y)) * over_y, 0)
        at[free] += 0.35 * np.stack((push_x.sum(axis=1), push_y.sum(axis=1)), axis=1)[free]
    moved = at[: len(found)] / camera.side_px
    far = np.hypot(*((moved - np.array([piece.at for piece in found])) * camera.side_px).T)
    return [
        replace(piece, at=(float(x), float(y)), home=piece.at if away > piece.look.width_px * 0.6 else None)
        for piece, (x, y), away in zip(found, moved, far, strict=True)
    ]
