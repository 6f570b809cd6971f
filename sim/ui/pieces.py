"""What stands where, as the map shows it: stacks near, armies far."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from sim.game.terms import World, codes
from sim.game.views import Views
from sim.ui.camera import Camera, Point, plane_of
from sim.ui.counters import SIZE_ARMY, Look

MERGED_BELOW_PX = 9.0  # hex side below which armies are shown instead of stacks
ARMY_SPAN = 16.0  # plane units: troops of an army further from each other get markers of their own


@dataclass(frozen=True)
class Piece:
    """One counter on the map, with all the units that it stands for, the one on top first."""

    units: tuple[int, ...]
    at: Point
    look: Look
    hex: int
    label: str = ""


def pieces(world: World, views: Views, camera: Camera, on_top: int = -1) -> list[Piece]:
    """Return everything on the map, in the order of drawing."""
    units = world.units
    rows = np.flatnonzero((units["status"] == codes.ACTIVE) & (units["hex"] >= 0))
    if camera.side_px < MERGED_BELOW_PX:
        found = _armies(world, views, rows.tolist(), camera)
    else:
        found = _stacks(world, rows.tolist(), camera, on_top)
    return sorted(found, key=lambda piece: (on_top in piece.units, piece.at[1], piece.at[0]))


def stack_in(world: World, hex: int) -> list[int]:
    """Return the units of a hex, the strongest fighting unit first."""
    units = world.units
    return _ordered(world, np.flatnonzero((units["status"] == codes.ACTIVE) & (units["hex"] == hex)).tolist())


def _ordered(world: World, rows: list[int]) -> list[int]:
    units = world.units

    def rank(row: int) -> tuple[bool, int]:
        weight = int(units["men"][row]) + 60 * int(units["tanks"][row].sum())
        return int(units["branch"][row]) in (codes.HEADQUARTERS, codes.SUPPORT), -weight

    return sorted(rows, key=rank)


def strength_text(world: World, rows: list[int]) -> str:
    """Return men in thousands, and tanks where there are any: ``11`` or ``1.4·65``."""
    men = int(world.units["men"][rows].sum()) / 1000
    tanks = int(world.units["tanks"][rows].sum())
    head = f"{men:.0f}" if men >= 9.95 else f"{men:.1f}"
    return f"{head}·{tanks}" if tanks >= 10 else head


def _stacks(world: World, rows: list[int], camera: Camera, on_top: int) -> list[Piece]:
    by_hex: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_hex[int(world.units["hex"][row])].append(row)
    width = round(min(camera.side_px * 1.28, 78))
    found = []
    for hex, members in by_hex.items():
        ordered = _ordered(world, members)
        if on_top in ordered:
            ordered.remove(on_top)
            ordered.insert(0, on_top)
        top = world.units[ordered[0]]
        look = Look(
            nation=int(top["nation"]),
            branch=int(top["branch"]),
            room10=min(int(top["stack10"]), SIZE_ARMY - 1),
            strength=strength_text(world, ordered[:1]),
            under=min(len(ordered) - 1, 3),
            supply=int(top["supply_state"]),
            dug_in=int(top["entrench_permille"]) >= 300,
            spent=bool(top["mp10"] <= 0) and int(top["side"]) == int(world.clock["phase_side"][0]),
            width_px=width,
        )
        found.append(Piece(tuple(ordered), plane_of(hex, camera.n_cols), look, hex))
    return found


def _armies(world: World, views: Views, rows: list[int], camera: Camera) -> list[Piece]:
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in rows:
        army = views.army_row(row)
        groups[(army, int(world.units["side"][row]))].append(row)
    found: list[Piece] = []
    for (army, _), members in groups.items():
        for part in _near_each_other(world, members, camera.n_cols):
            if army < 0 and len(part) == 1 and camera.side_px < 5:
                continue
            found.append(_marker(world, views, army, part, camera))
    return _spread_out(found, camera)


def _near_each_other(world: World, rows: list[int], n_cols: int) -> list[list[int]]:
    """Return groups of units none of which is further than the span from the first of its group."""
    left, parts = _ordered(world, rows), []
    while left:
        x, y = plane_of(int(world.units["hex"][left[0]]), n_cols)
        near = [row for row in left if _away(world, row, x, y, n_cols) <= ARMY_SPAN]
        parts.append(near)
        left = [row for row in left if row not in set(near)]
    return parts


def _away(world: World, row: int, x: float, y: float, n_cols: int) -> float:
    other = plane_of(int(world.units["hex"][row]), n_cols)
    return float(np.hypot(other[0] - x, other[1] - y))


def _marker(world: World, views: Views, army: int, rows: list[int], camera: Camera) -> Piece:
    places = np.array([plane_of(int(world.units["hex"][row]), camera.n_cols) for row in rows])
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
    look = Look(
        nation=int(top["nation"]),
        branch=codes.TANK if armoured else common,
        room10=SIZE_ARMY if len(rows) > 3 else min(int(top["stack10"]), SIZE_ARMY - 1),
        strength=strength_text(world, rows),
        under=0,
        supply=worst,
        dug_in=False,
        spent=False,
        width_px=30 if len(rows) > 3 else 20,
    )
    name = views.formation(army) if army >= 0 else ""
    at = (float(places[nearest][0]), float(places[nearest][1]))
    return Piece(tuple(_ordered(world, rows)), at, look, int(world.units["hex"][rows[nearest]]), name)


def _spread_out(found: list[Piece], camera: Camera) -> list[Piece]:
    """Move markers that lie over each other apart, a little at a time."""
    if len(found) < 2:
        return found
    at = np.array([piece.at for piece in found]) * camera.side_px
    half = np.array([(piece.look.width_px / 2 + 2, piece.look.width_px * 0.31 + 6) for piece in found])
    for _ in range(40):
        gap = at[:, None] - at[None]
        room = half[:, None] + half[None]
        over = np.clip(room - abs(gap), 0, None)
        clash = (over > 0).all(axis=-1)
        np.fill_diagonal(clash, False)
        if not clash.any():
            break
        later = np.arange(len(found))[:, None] > np.arange(len(found))
        way = np.where(gap == 0, np.where(later, 1, -1)[..., None], gap)
        shorter = over[..., 0] < over[..., 1]
        push = np.where(np.stack((shorter, ~shorter), -1), np.sign(way) * over, 0) * clash[..., None]
        at += push.sum(axis=1) * 0.35
    moved = at / camera.side_px
    return [
        Piece(piece.units, (float(x), float(y)), piece.look, piece.hex, piece.label)
        for piece, (x, y) in zip(found, moved, strict=True)
    ]
