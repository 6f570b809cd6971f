"""What stands where, as the map shows it: stacks near, armies far."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game.mapfacts import ARMY, CORPS, ECHELONS, MapFacts
from sim.game.picture.frame import Points
from sim.game.terms import World, codes
from sim.game.views import Views
from sim.ui import theme
from sim.ui.camera import ROOT3, Camera, Point, plane_of
from sim.ui.looks import ESTIMATED, IDENTIFIED, UNKNOWN, Look

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


def stack_in(world: World, hex: int) -> list[int]:
    """Return the units of a hex, the strongest fighting unit first."""
    units = world.units
    return _ordered(world, np.flatnonzero((units["status"] == codes.ACTIVE) & (units["hex"] == hex)).tolist())


def _ordered(world: World, rows: list[int]) -> list[int]:
    units = world.units
    weights = units["men"][rows] + 60 * units["tanks"][rows].sum(axis=1)
    behind = np.isin(units["branch"][rows], (codes.HEADQUARTERS, codes.SUPPORT))
    return [rows[index] for index in np.lexsort((-weights, behind)).tolist()]


def strength_text(world: World, rows: list[int]) -> str:
    """Return men in thousands, and tanks where there are any: ``11`` or ``1.4·65``."""
    men = int(world.units["men"][rows].sum()) / 1000
    tanks = int(world.units["tanks"][rows].sum())
    head = f"{men:.0f}" if men >= 9.95 else f"{men:.1f}"
    return f"{head}·{tanks}" if tanks >= 10 else head


def look_of(world: World, facts: MapFacts, row: int, width_px: int, knowledge: Knowledge = KNOWN) -> Look:
    """Return how the counter of one unit looks, as far as it is known."""
    unit, known = world.units[row], knowledge.level(row)
    nation, branch = int(unit["nation"]), int(unit["branch"])
    if known == UNKNOWN:
        return Look(nation, codes.INFANTRY, width_px, known=known, age=knowledge.ages.get(row, 0))
    look = Look(
        nation=nation,
        branch=branch,
        width_px=width_px,
        echelon=ECHELONS[facts.echelons[row]],
        strength=strength_text(world, [row]),
        band=int(unit["army"]),
        known=known,
        age=knowledge.ages.get(row, 0),
    )
    if known == ESTIMATED:
        return replace(look, strength=f"~{_rounded(int(unit['men']))}")
    moves = int(unit["mp10"])
    to_move = int(unit["side"]) == int(world.clock["phase_side"][0])
    return replace(
        look,
        movement=f"{moves / 10:.0f}" if to_move and moves > 0 else "",
        supply=int(unit["supply_state"]),
        works=_level(int(unit["entrench_permille"]), DUG_IN, FORTIFIED),
        fatigue=_level(int(unit["fatigue_permille"]), TIRED, WORN),
        spent=moves <= 0 and to_move,
        tenths=_tenths(world, [row]),
        order=knowledge.orders.get(row, ""),
    )


def _level(value: int, some: int, much: int) -> int:
    return 2 if value >= much else 1 if value >= some else 0


def _rounded(men: int) -> str:
    """Return a strength to the nearest half of its power of ten: an estimate pretends to no more."""
    step = 5000 if men >= 10_000 else 1000 if men >= 2000 else 500
    return f"{max(round(men / step), 1) * step / 1000:g}"


def _tenths(world: World, rows: list[int]) -> int:
    """Return what is left of the strength that units began with, in tenths."""
    units = world.units
    began = float(units["men_start"][rows].sum() + 40 * units["tanks_start"][rows].sum())
    left = float(units["men"][rows].sum() + 40 * units["tanks"][rows].sum())
    return min(max(round(10 * left / began), 1), 10) if began else 10


def _stacks(
    world: World, facts: MapFacts, rows: list[int], camera: Camera, on_top: int, knowledge: Knowledge
) -> list[Piece]:
    by_hex: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_hex[int(world.units["hex"][row])].append(row)
    width = counter_width(camera.side_px)
    found = []
    for hex, members in by_hex.items():
        ordered = _ordered(world, members)
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
    for row in rows:
        army = views.army_row(row)
        groups[(army, int(world.units["side"][row]))].append(row)
    found: list[Piece] = []
    for (army, _), members in groups.items():
        for part in _near_each_other(world, members, camera.n_cols):
            if army < 0 and len(part) == 1 and camera.side_px < 5:
                continue
            found.append(_marker(world, views, facts, army, part, camera, knowledge))
    places = world.places
    cities = places["hex"][(places["hex"] >= 0) & (places["town_size"] >= CITY)]
    return _spread_out(found, _planes(cities, camera.n_cols), camera)


def _near_each_other(world: World, rows: list[int], n_cols: int) -> list[list[int]]:
    """Return groups of units none of which is further than the span from the first of its group."""
    left, parts = np.array(_ordered(world, rows)), []
    while left.size:
        at = _planes(world.units["hex"][left], n_cols)
        near = np.hypot(*(at - at[0]).T) <= ARMY_SPAN
        parts.append(left[near].tolist())
        left = left[~near]
    return parts


def _planes(hexes: NDArray[Any], n_cols: int) -> Points:
    """Return the centres of hexes in the plane."""
    col, row = hexes % n_cols, hexes // n_cols
    return np.stack((1 + 1.5 * col, ROOT3 * (row + 0.5 + 0.5 * (col & 1))), axis=-1)


def _marker(
    world: World, views: Views, facts: MapFacts, army: int, rows: list[int], camera: Camera, knowledge: Knowledge
) -> Piece:
    places = _planes(world.units["hex"][rows], camera.n_cols)
    middle = np.median(places, axis=0)
    nearest = int(np.argmin(np.hypot(*(places - middle).T)))
    lead = _ordered(world, rows)[0]
    top = world.units[lead]
    worst = int(np.bincount(world.units["supply_state"][rows].astype(int), minlength=4).argmax())
    tanks, men = int(world.units["tanks"][rows].sum()), int(world.units["men"][rows].sum())
    armoured = tanks >= 400 or tanks * 100 > men
    branches = world.units["branch"][rows].astype(int)
    foot = np.isin(branches, (codes.INFANTRY, codes.MECHANISED, codes.CAVALRY))
    weight = world.units["men"][rows] * np.where(foot, 100, 1)
    common = int(np.bincount(branches, weight).argmax())
    large = len(rows) > 3
    wide = MARKER_PX[min(camera.level, len(MARKER_PX) - 1)]
    look = Look(
        nation=int(top["nation"]),
        branch=codes.TANK if armoured else common,
        width_px=theme.px(wide if large else wide * 0.72),
        echelon=ECHELONS[(ARMY if len(rows) > 6 else CORPS) if large else facts.echelons[lead]],
        strength=strength_text(world, rows),
        supply=worst,
        band=int(top["army"]),
        tenths=_tenths(world, rows),
    )
    look = _as_known(look, world, rows, knowledge)
    name = views.formation(army) if army >= 0 else ""
    at = (float(places[nearest][0]), float(places[nearest][1]))
    return Piece(tuple(_ordered(world, rows)), at, look, int(world.units["hex"][rows[nearest]]), name)


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
