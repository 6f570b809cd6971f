"""The still part of the map in tiles: ground, rivers, borders, roads, railways, taken ground and front line.

A tile is drawn at twice its size and reduced, which smooths every edge; it is kept until what it shows has changed.
"""

import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from sim.game.basemap import SIDE_PX
from sim.game.maplines import Line, fixed_lines, front_lines
from sim.game.terms import World, codes
from sim.ui.camera import LADDER, Camera, corners, plane_of

TILE = 256
FINE = 2  # tiles are drawn so many times as large
MOST_TILES = 480
RIVER = (86, 132, 166)
WIDTHS = {  # at a hex side of 32 px
    "river": {codes.RIVER_GREAT: 5.0, codes.RIVER_MAJOR: 3.4, codes.RIVER_MINOR: 2.0, codes.RIVER_STREAM: 1.2},
    "road": {codes.ROAD_SURFACED: 2.4, codes.ROAD_DIRT: 1.7, codes.ROAD_TRACK: 1.1},
    "rail": {codes.RAIL_BROAD: 3.0, codes.RAIL_STANDARD: 3.0, codes.RAIL_CAPE: 1.8, codes.RAIL_NARROW: 1.4},
    "border": {0: 2.2},
    "wall": {0: 2.6},
    "front": {0: 4.2},
}
COLOURS = {
    "river": RIVER,
    "road": (150, 98, 62),
    "rail": (58, 53, 50),
    "border": (124, 76, 122),
    "wall": (112, 92, 70),
    "front": (178, 30, 26),
}
# The least hex side at which a line is drawn, by kind and rank.
SHOWN_FROM = {
    ("river", codes.RIVER_STREAM): 13.0,
    ("river", codes.RIVER_MINOR): 7.0,
    ("road", codes.ROAD_TRACK): 17.0,
    ("road", codes.ROAD_DIRT): 9.0,
    ("road", codes.ROAD_SURFACED): 7.0,
    ("rail", codes.RAIL_NARROW): 9.0,
    ("rail", codes.RAIL_CAPE): 5.0,
    ("wall", 0): 5.0,
}
DASHED = {"border": (5, 2), "wall": (2, 1)}
SOVIET_WASH = (196, 54, 40, 62)
JAPANESE_WASH = (236, 214, 150, 96)
OFF_MAP = (160, 190, 206)

Key = tuple[int, int, int]


class Tiles:
    """The tiles of one world.

    Parameters
    ----------
    ground : Path
        The painted ground (``sim.game.basemap``).
    world : World
    """

    def __init__(self, ground: Path, world: World) -> None:
        self.ground = pygame.image.load(str(ground)).convert()
        self.n_cols = int(world.clock["n_cols"][0])
        self.lines = fixed_lines(world)
        self.boxes = _boxes(self.lines)
        self.front: list[Line] = []
        self.front_boxes = _boxes([])
        self.holder: NDArray[Any] = np.full(len(world.hexes), -1, np.int8)
        self._kept: OrderedDict[Key, pygame.Surface] = OrderedDict()
        self._stale: set[Key] = set()
        self._draft = pygame.Surface((TILE * FINE, TILE * FINE)).convert()
        self._wash = pygame.Surface((TILE * FINE, TILE * FINE), pygame.SRCALPHA)
        n_hex = np.arange(len(world.hexes))
        self._plane = np.array([plane_of(int(hex), self.n_cols) for hex in n_hex])
        self.overview = pygame.transform.smoothscale(
            self.ground, (self.ground.get_width() // 4, self.ground.get_height() // 4)
        ).convert()
        self.see(world)

    def see(self, world: World) -> None:
        """Take note of who holds what; tiles that show a change are drawn anew."""
        holder = world.hexes["holder"]
        changed = np.flatnonzero(holder != self.holder)
        if not changed.size:
            return
        self.holder = holder.copy()
        self.taken = (holder != world.hexes["holder_start"]) & (holder != codes.NEITHER)
        self.front = front_lines(world, holder)
        self.front_boxes = _boxes(self.front)
        for key in self._kept:
            left, top, right, bottom = _tile_box(key, 2.5)
            x, y = self._plane[changed].T
            if ((x > left) & (x < right) & (y > top) & (y < bottom)).any():
                self._stale.add(key)

    def draw(self, target: pygame.Surface, camera: Camera, budget_ms: float = 5.0) -> bool:
        """Draw the view; spend at most about ``budget_ms`` on new tiles; return whether all of it is drawn for good."""
        finished = True
        until = time.perf_counter() + budget_ms / 1000
        for key, place in self._visible(camera):
            tile = self._kept.get(key)
            if (tile is None or key in self._stale) and time.perf_counter() < until:
                tile = self._keep(key)
            if tile is None:
                self._coarse(target, key, place)
            else:
                target.blit(tile, place)
                self._kept.move_to_end(key)
            finished = finished and tile is not None and key not in self._stale
        return finished

    def prefetch(self, camera: Camera, budget_ms: float) -> None:
        """Draw tiles just outside the view while there is nothing else to do."""
        until = time.perf_counter() + budget_ms / 1000
        wider = camera.resized(camera.width_px + 2 * TILE, camera.height_px + 2 * TILE)
        for key, _ in self._visible(wider):
            if time.perf_counter() >= until:
                return
            if key not in self._kept:
                self._keep(key)

    def _visible(self, camera: Camera) -> list[tuple[Key, tuple[int, int]]]:
        left, top = camera.left_px, camera.top_px
        return [
            ((camera.level, i, j), (i * TILE - left, j * TILE - top))
            for j in range(top // TILE, (top + camera.height_px) // TILE + 1)
            for i in range(left // TILE, (left + camera.width_px) // TILE + 1)
        ]

    def _keep(self, key: Key) -> pygame.Surface:
        tile = self._draw_tile(key)
        self._kept[key] = tile
        self._stale.discard(key)
        while len(self._kept) > MOST_TILES:
            gone, _ = self._kept.popitem(last=False)
            self._stale.discard(gone)
        return tile

    def _coarse(self, target: pygame.Surface, key: Key, place: tuple[int, int]) -> None:
        """Draw a tile from the small picture of the whole map, until there is time for it."""
        factor = SIDE_PX / 4 / LADDER[key[0]]
        source = pygame.Rect(
            key[1] * TILE * factor, key[2] * TILE * factor, max(TILE * factor, 1), max(TILE * factor, 1)
        ).clip(self.overview.get_rect())
        if source.width and source.height:
            size = (round(source.width / factor), round(source.height / factor))
            target.blit(pygame.transform.scale(self.overview.subsurface(source), size), place)

    # --- one tile

    def _draw_tile(self, key: Key) -> pygame.Surface:
        side = LADDER[key[0]] * FINE
        origin = (key[1] * TILE * FINE, key[2] * TILE * FINE)
        draft = self._draft
        draft.fill(OFF_MAP)
        self._draw_ground(draft, side, origin)
        box = _tile_box(key, 0.5)
        self._draw_taken(draft, side, origin, _tile_box(key, 1.2))
        if LADDER[key[0]] >= 17:
            self._draw_grid(draft, side, origin, _tile_box(key, 1.2))
        for line in _inside(self.lines, self.boxes, box):
            self._draw_line(draft, line, side, origin)
        for line in _inside(self.front, self.front_boxes, box):
            self._draw_line(draft, line, side, origin)
        return pygame.transform.smoothscale(draft, (TILE, TILE)).convert()

    def _draw_ground(self, draft: pygame.Surface, side: float, origin: tuple[int, int]) -> None:
        factor = side / SIDE_PX
        left, top = int(origin[0] / factor) - 1, int(origin[1] / factor) - 1
        span = int(TILE * FINE / factor) + 4
        source = pygame.Rect(left, top, span, span).clip(self.ground.get_rect())
        if not source.width or not source.height:
            return
        size = (round(source.width * factor), round(source.height * factor))
        scale = pygame.transform.smoothscale if factor > 0.5 else pygame.transform.scale
        place = (round(source.left * factor) - origin[0], round(source.top * factor) - origin[1])
        draft.blit(scale(self.ground.subsurface(source), size), place)

    def _draw_taken(self, draft: pygame.Surface, side: float, origin: tuple[int, int], box: Any) -> None:
        left, top, right, bottom = box
        x, y = self._plane.T
        here = np.flatnonzero(self.taken & (x > left) & (x < right) & (y > top) & (y < bottom))
        if not here.size:
            return
        self._wash.fill((0, 0, 0, 0))
        shape = np.array(corners(side * 1.02))
        for hex in here.tolist():
            colour = SOVIET_WASH if self.holder[hex] == codes.SOVIET else JAPANESE_WASH
            pygame.draw.polygon(self._wash, colour, shape + self._plane[hex] * side - np.array(origin))
        draft.blit(self._wash, (0, 0))

    def _draw_grid(self, draft: pygame.Surface, side: float, origin: tuple[int, int], box: Any) -> None:
        left, top, right, bottom = box
        x, y = self._plane.T
        here = np.flatnonzero((x > left) & (x < right) & (y > top) & (y < bottom))
        self._wash.fill((0, 0, 0, 0))
        shape = np.array(corners(side))[:4]
        for hex in here.tolist():
            points = shape + self._plane[hex] * side - np.array(origin)
            pygame.draw.lines(self._wash, (60, 50, 40, 34), False, points.tolist(), FINE)
        draft.blit(self._wash, (0, 0))

    def _draw_line(self, draft: pygame.Surface, line: Line, side: float, origin: tuple[int, int]) -> None:
        real_side = side / FINE
        if real_side < SHOWN_FROM.get((line.kind, line.rank), 0):
            return
        zoom = min(max(real_side / 32, 0.4), 1.5)
        width = max(round(WIDTHS[line.kind][line.rank] * zoom * FINE), 2)
        points = (line.points * side - np.array(origin)).tolist()
        if line.kind in DASHED:
            _dashes(draft, points, DASHED[line.kind], COLOURS[line.kind], width)
        elif line.kind == "front":
            pygame.draw.lines(draft, (250, 244, 232), False, points, width + 3)
            pygame.draw.lines(draft, COLOURS["front"], False, points, width)
        else:
            pygame.draw.lines(draft, COLOURS[line.kind], False, points, width)
            if line.kind == "rail" and real_side >= 13 and line.rank in (codes.RAIL_BROAD, codes.RAIL_STANDARD):
                _dashes(draft, points, (1, 1), (240, 236, 226), max(width - 2, 1))


def _dashes(
    draft: pygame.Surface, points: list[list[float]], pattern: tuple[int, int], colour: Any, width: int
) -> None:
    """Draw every so many pieces of a smooth line, whose points lie evenly."""
    period = sum(pattern)
    for first in range(0, len(points) - 1, period):
        piece = points[first : first + pattern[0] + 1]
        if len(piece) > 1:
            pygame.draw.lines(draft, colour, False, piece, width)


def _boxes(lines: list[Line]) -> NDArray[Any]:
    if not lines:
        return np.zeros((0, 4))
    return np.array([(*line.points.min(axis=0), *line.points.max(axis=0)) for line in lines])


def _inside(lines: list[Line], boxes: NDArray[Any], box: tuple[float, float, float, float]) -> list[Line]:
    left, top, right, bottom = box
    keep = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
    return [lines[row] for row in np.flatnonzero(keep)]


def _tile_box(key: Key, margin: float) -> tuple[float, float, float, float]:
    side = LADDER[key[0]]
    left, top, span = key[1] * TILE / side, key[2] * TILE / side, TILE / side
    return left - margin, top - margin, left + span + margin, top + span + margin
