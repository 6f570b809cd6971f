"""Everything drawn as a line: rivers, borders, the Great Wall, roads, railways and the front."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ImageDraw

from sim.game.picture.frame import Frame, Points
from sim.game.wording.hex_distance import spread
from sim.kernels import codes
from sim.kernels.control.ownership import front_line
from sim.kernels.state.layout import World

RIVER_COLOUR = (78, 122, 156)
RIVER_WIDTHS = {codes.RIVER_GREAT: 5.2, codes.RIVER_MAJOR: 3.6, codes.RIVER_MINOR: 2.0, codes.RIVER_STREAM: 1.2}
ROAD_COLOUR = (158, 98, 60)
ROAD_WIDTHS = {codes.ROAD_SURFACED: 2.6, codes.ROAD_DIRT: 1.8, codes.ROAD_TRACK: 1.0}
RAIL_COLOUR = (52, 48, 46)
BORDER_COLOUR = (110, 60, 110)
WALL_COLOUR = (96, 78, 60)
FRONT_COLOUR = (178, 24, 24)
PAPER = (250, 248, 240)
FRONT_REACH = 4  # hexes: a defender no further than this mans the line

Node = tuple[int, int]


def chains(segments: NDArray[Any]) -> list[Points]:
    """Join segments that share ends into as few polylines as there are ends and forks.

    Parameters
    ----------
    segments : (n, 2, 2) float
        Both ends of every segment, each segment once.

    Returns
    -------
    list of (m, 2) float
    """
    links: dict[Node, list[Node]] = defaultdict(list)
    points: dict[Node, Any] = {}
    for start, end in segments:
        a, b = _node(start), _node(end)
        points[a], points[b] = start, end
        if a != b:
            links[a].append(b)
            links[b].append(a)
    used: set[frozenset[Node]] = set()
    found: list[Points] = []
    ends = [node for node in links if len(links[node]) != 2]
    for begin in (*ends, *links):
        for step in links[begin]:
            if frozenset((begin, step)) in used:
                continue
            walk = [begin, step]
            used.add(frozenset((begin, step)))
            while len(links[walk[-1]]) == 2:
                onward = next((n for n in links[walk[-1]] if frozenset((walk[-1], n)) not in used), None)
                if onward is None:
                    break
                used.add(frozenset((walk[-1], onward)))
                walk.append(onward)
            found.append(np.array([points[node] for node in walk]))
    return found


def _node(point: Any) -> Node:
    return round(float(point[0]) * 2), round(float(point[1]) * 2)


def smooth(line: Points, rounds: int = 2) -> Points:
    """Cut the corners of a polyline (Chaikin 1974); its ends stay, a closed line stays closed."""
    closed = len(line) > 3 and bool(np.allclose(line[0], line[-1]))
    for _ in range(rounds):
        if len(line) < 3:
            return line
        first, second = line[:-1], line[1:]
        cut = np.empty((2 * len(first), 2))
        cut[0::2] = 0.75 * first + 0.25 * second
        cut[1::2] = 0.25 * first + 0.75 * second
        line = np.vstack((cut, cut[:1])) if closed else np.vstack((line[:1], cut[1:-1], line[-1:]))
    return line


def straighten(line: Points) -> Points:
    """Take the teeth out of a line along hex sides: it runs through their middles, from end to end as before."""
    closed = len(line) > 3 and bool(np.allclose(line[0], line[-1]))
    middles = (line[:-1] + line[1:]) / 2
    return np.vstack((middles, middles[:1])) if closed else np.vstack((line[:1], middles, line[-1:]))


def draw_rivers(draw: ImageDraw.ImageDraw, world: World, frame: Frame, scale: float) -> None:
    """Draw rivers along hex sides, wider by rank, each side once."""
    for rank in (codes.RIVER_STREAM, codes.RIVER_MINOR, codes.RIVER_MAJOR, codes.RIVER_GREAT):
        sides = _sides(world, frame, world.edges["river"] == rank)
        _draw(draw, (smooth(straighten(line)) for line in chains(sides)), RIVER_COLOUR, RIVER_WIDTHS[rank] * scale)


def draw_borders(draw: ImageDraw.ImageDraw, world: World, frame: Frame, scale: float) -> None:
    """Draw the borders of 1945 between countries on land, and the Great Wall."""
    country = world.hexes["country"]
    beyond = np.maximum(world.neighbours, 0)
    divided = (country[:, None] != country[beyond]) & (country[:, None] != 0) & (country[beyond] != 0)
    divided &= world.neighbours >= 0
    lines = [smooth(straighten(line)) for line in chains(_sides(world, frame, divided))]
    _draw(draw, lines, (*BORDER_COLOUR, 60), 7 * scale)
    for line in lines:
        for piece in dashes(line, (9 * scale, 3 * scale, 2 * scale, 3 * scale)):
            _draw(draw, [piece], BORDER_COLOUR, 2.2 * scale)
    for line in chains(_sides(world, frame, world.edges["wall"] > 0)):
        for piece in dashes(smooth(straighten(line)), (4 * scale, 3 * scale)):
            _draw(draw, [piece], WALL_COLOUR, 4 * scale)


def draw_roads(draw: ImageDraw.ImageDraw, world: World, frame: Frame, scale: float) -> None:
    """Draw roads from centre to centre, better ones broader."""
    for quality, width in sorted(ROAD_WIDTHS.items()):
        lines = [smooth(line) for line in chains(_links(world, frame, world.edges["road"] == quality))]
        if quality == codes.ROAD_TRACK:
            lines = [piece for line in lines for piece in dashes(line, (7 * scale, 4 * scale))]
        _draw(draw, lines, ROAD_COLOUR, width * scale)


def draw_railways(draw: ImageDraw.ImageDraw, world: World, frame: Frame, scale: float) -> None:
    """Draw railways as a dark line with light dashes; narrow gauge without them."""
    rail = world.edges["rail"]
    light = (rail == codes.RAIL_NARROW) | (rail == codes.RAIL_CAPE)
    heavy = [smooth(line) for line in chains(_links(world, frame, (rail > 0) & ~light))]
    _draw(draw, heavy, RAIL_COLOUR, 3.6 * scale)
    for line in heavy:
        _draw(draw, dashes(line, (6 * scale, 6 * scale)), PAPER, 1.8 * scale)
    _draw(draw, (smooth(line) for line in chains(_links(world, frame, light))), RAIL_COLOUR, 1.4 * scale)


def draw_front(draw: ImageDraw.ImageDraw, world: World, frame: Frame, scale: float) -> None:
    """Draw the line between what the two sides hold: bold where defenders stand near it, thin where nobody does."""
    found = np.empty(6 * len(world.hexes), np.int32)
    contact = np.zeros(world.neighbours.shape, np.bool_)
    contact.flat[found[: front_line(world.holder, world.hexes, world.neighbours, found)]] = True
    contact = contact | _mirrored(world, contact)
    manned = contact & (spread(_defended(world), world.neighbours) <= FRONT_REACH)[:, None]
    manned = manned | _mirrored(world, manned)
    for wanted, width, edge in ((contact & ~manned, 1.6, 2.0), (manned, 5.0, 4.0)):
        lines = [smooth(straighten(straighten(line)), 3) for line in chains(_sides(world, frame, wanted))]
        _draw(draw, lines, (*PAPER, 220), (width + edge) * scale)
        _draw(draw, lines, FRONT_COLOUR, width * scale)


def _defended(world: World) -> NDArray[np.bool_]:
    """Return the hexes with a Japanese unit that fights."""
    units = world.units
    there = (units["side"] == codes.JAPANESE) & (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)
    there &= ~np.isin(units["branch"], (codes.HEADQUARTERS, codes.SUPPORT, codes.AIR))
    found = np.zeros(len(world.hexes), np.bool_)
    found[units["hex"][there]] = True
    return found


def dashes(line: Points, pattern_px: tuple[float, ...]) -> list[Points]:
    """Return the drawn pieces of a dashed polyline; ``pattern_px`` is on, off, on, off and so on."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    pieces, at, index = [], 0.0, 0
    while at < along[-1]:
        until = min(at + pattern_px[index % len(pattern_px)], float(along[-1]))
        if index % 2 == 0:
            inside = along[(along > at) & (along < until)]
            where = np.concatenate(([at], inside, [until]))
            pieces.append(np.stack([np.interp(where, along, line[:, axis]) for axis in (0, 1)], axis=-1))
        at, index = until, index + 1
    return pieces


def _mirrored(world: World, sides: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the same sides as seen from the hexes on their other bank."""
    hexes, directions = np.nonzero(sides)
    out = np.zeros_like(sides)
    out[world.neighbours[hexes, directions], (directions + 3) % 6] = True
    return out


def _sides(world: World, frame: Frame, wanted: NDArray[np.bool_]) -> Points:
    """Return the ends of the wanted hex sides inside the window, each side once."""
    hexes, directions = _each_once(world, frame, wanted)
    return frame.corners(hexes, directions)


def _links(world: World, frame: Frame, wanted: NDArray[np.bool_]) -> Points:
    """Return the centres on both banks of the wanted hex sides inside the window, each side once."""
    hexes, directions = _each_once(world, frame, wanted)
    return np.stack((frame.centres(hexes), frame.centres(world.neighbours[hexes, directions])), axis=1)


def _each_once(world: World, frame: Frame, wanted: NDArray[np.bool_]) -> tuple[NDArray[Any], NDArray[Any]]:
    hexes, directions = np.nonzero(wanted & (world.neighbours >= 0))
    keep = (directions < 3) & frame.shows(hexes, 3 * frame.side_px)
    return hexes[keep], directions[keep]


def _draw(draw: ImageDraw.ImageDraw, lines: Iterable[Points], colour: tuple[int, ...], width_px: float) -> None:
    for line in lines:
        draw.line([(float(x), float(y)) for x, y in line], fill=colour, width=max(round(width_px), 1), joint="curve")
