"""The still part of the map in tiles: ground, rivers, borders, roads, railways, taken ground and front line.

A tile is drawn at twice its size and reduced, which smooths every edge; it is kept until what it shows has changed.
"""

import math
import time
from collections import ChainMap, OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from sim.game.maps.basemap import SIDE_PX
from sim.game.maps.map_lines import MapLine, fixed_lines, front_lines
from sim.game.terms import World, codes
from sim.ui.look import theme
from sim.ui.map import ground_signs, line_art, stand_ins
from sim.ui.map.camera import LADDER, ROOT3, Camera, corners, plane_of
from sim.ui.map.stand_ins import TILE, Key
from sim.ui.map.taken_ground import taken_shapes

FINE = 2  # tiles are drawn so many times as large
MOST_TILES = 480
ALWAYS = (0, 4)  # levels of which every tile is kept once it is drawn: they stand in for all others
GRID_FROM = 17.0
OFF_MAP = (132, 158, 174)
# From this hex side on the relief is drawn paler the nearer it is, so that it does not outshout signs and counters.
CALM_FROM, CALM = 12.0, (228, 226, 200)

Box = tuple[float, float, float, float]


class Tiles:
    """The tiles of one world.

    Parameters
    ----------
    ground : Path
        The painted ground (``sim.game.maps.basemap``).
    world : World
    reference_lines : tuple of MapLine
        Lines that only the map knows.
    """

    def __init__(self, ground: Path, world: World, reference_lines: tuple[MapLine, ...] = ()) -> None:
        self.world = world
        self.ground = pygame.image.load(str(ground)).convert()
        self.n_cols = int(world.clock["n_cols"][0])
        self.lines = [*reference_lines, *fixed_lines(world)]
        self.boxes = _boxes(self.lines)
        self.front: list[MapLine] = []
        self.front_boxes = _boxes([])
        self.holder: NDArray[Any] = np.full(len(world.hexes), -1, np.int8)
        self._recent: OrderedDict[Key, pygame.Surface] = OrderedDict()  # the one drawn longest ago first
        self._always: dict[Key, pygame.Surface] = {}
        self._kept = ChainMap(self._recent, self._always)
        self._stale: set[Key] = set()
        self._style = theme.style()
        self._draft = pygame.Surface((TILE * FINE, TILE * FINE)).convert()
        self._wash = pygame.Surface((TILE * FINE, TILE * FINE), pygame.SRCALPHA)
        n_hex = np.arange(len(world.hexes))
        self._plane = np.array([plane_of(int(hex), self.n_cols) for hex in n_hex])
        self.n_rows = len(self._plane) // self.n_cols
        self.half = pygame.transform.smoothscale(
            self.ground, (self.ground.get_width() // 2, self.ground.get_height() // 2)
        ).convert()
        self.overview = pygame.transform.smoothscale(
            self.ground, (self.ground.get_width() // 4, self.ground.get_height() // 4)
        ).convert()
        self.see(world)

    def see(self, world: World) -> bool:
        """Take note of who holds what; tiles that show a change are drawn anew. Return whether there was a change."""
        self.world = world
        if self._style != theme.style():
            self._style = theme.style()
            self._recent.clear()
            self._always.clear()
            self._stale.clear()
        holder = world.holder
        changed = np.flatnonzero(holder != self.holder)
        if not changed.size:
            return False
        self.holder = holder.copy()
        self.taken = (holder != world.hexes["holder_start"]) & (holder != codes.NEITHER)
        self.front = front_lines(world, holder)
        self.front_boxes = _boxes(self.front)
        for key in self._kept:
            left, top, right, bottom = _tile_box(key, 2.5)
            x, y = self._plane[changed].T
            if ((x > left) & (x < right) & (y > top) & (y < bottom)).any():
                self._stale.add(key)
        return True

    def draw(self, target: pygame.Surface, camera: Camera, budget_ms: float = 4.0) -> bool:
        """Draw the view; spend at most about ``budget_ms`` on new tiles; return whether all of it is drawn for good."""
        finished = True
        until = time.perf_counter() + budget_ms / 1000
        for key, place in self._visible(camera):
            tile = self._kept.get(key)
            if (tile is None or key in self._stale) and time.perf_counter() < until:
                tile = self._keep(key)
            if tile is None:
                self._stand_in(target, key, place)
            else:
                target.blit(tile, place)
                if key in self._recent:
                    self._recent.move_to_end(key)
            finished = finished and tile is not None and key not in self._stale
        return finished

    def prefetch(self, camera: Camera, budget_ms: float) -> None:
        """Draw what the next frames may need while there is nothing else to do.

        That is the whole map at the furthest level, the tiles around the view, and the views one zoom away.
        """
        until = time.perf_counter() + budget_ms / 1000
        for key in self._soon(camera):
            if key not in self._kept or key in self._stale:
                if time.perf_counter() >= until:
                    return
                self._keep(key)

    def _soon(self, camera: Camera) -> Iterator[Key]:
        yield from self._whole(ALWAYS[0])
        for level, beyond in ((camera.level, TILE), (camera.level + 1, 0), (camera.level - 1, 0)):
            if 0 <= level < len(LADDER):
                size = camera.width_px + 2 * beyond, camera.height_px + 2 * beyond
                yield from (key for key, _ in self._visible(replace(camera, level=level).resized(*size)))
        for level in ALWAYS[1:]:
            yield from self._whole(level)

    def _whole(self, level: int) -> list[Key]:
        """Return the tiles of the whole map at a level."""
        side = LADDER[level] / TILE
        columns, rows = (math.ceil((edge + 1) * side) for edge in self._plane.max(axis=0).tolist())
        return [(level, column, row) for row in range(rows) for column in range(columns)]

    def made_ready(self) -> Iterator[None]:
        """Draw the whole map at the furthest level, a tile at a time: it stands in for whatever is not drawn yet."""
        for key in self._whole(ALWAYS[0]):
            if key not in self._kept:
                self._keep(key)
                yield

    def _visible(self, camera: Camera) -> list[tuple[Key, tuple[int, int]]]:
        left, top = camera.left_px, camera.top_px
        return [
            ((camera.level, i, j), (i * TILE - left, j * TILE - top))
            for j in range(top // TILE, (top + camera.height_px) // TILE + 1)
            for i in range(left // TILE, (left + camera.width_px) // TILE + 1)
        ]

    def _keep(self, key: Key) -> pygame.Surface:
        tile = self._draw_tile(key)
        (self._always if key[0] in ALWAYS else self._recent)[key] = tile
        self._stale.discard(key)
        while len(self._recent) > MOST_TILES:
            gone, _ = self._recent.popitem(last=False)
            self._stale.discard(gone)
        return tile

    def _stand_in(self, target: pygame.Surface, key: Key, place: tuple[int, int]) -> None:
        """Draw a tile from what is kept at another level, until there is time for it; at least the bare ground."""
        cover = stand_ins.whole_cover(key, self._kept)
        if cover:
            stand_ins.draw_cover(target, place, key, cover, self._kept)
            return
        target.fill(OFF_MAP, (*place, TILE, TILE))
        corner = place[0] - key[1] * TILE, place[1] - key[2] * TILE
        box = pygame.Rect(*place, TILE, TILE)
        stand_ins.draw_scaled(target, box, self.overview, corner, SIDE_PX / 4 / LADDER[key[0]])

    # --- one tile

    def _draw_tile(self, key: Key) -> pygame.Surface:
        side = LADDER[key[0]] * FINE
        origin = (key[1] * TILE * FINE, key[2] * TILE * FINE)
        draft = self._draft
        draft.fill(OFF_MAP)
        self._draw_ground(draft, side, origin)
        here = self._hexes_in(_tile_box(key, 1.2))
        middles = self._plane[here] * side - np.array(origin)
        if LADDER[key[0]] >= ground_signs.SIGNS_FROM:
            ground_signs.scatter(draft, self.world, here, middles, side)
        self._draw_taken(draft, side, here, origin)
        if LADDER[key[0]] >= GRID_FROM:
            self._draw_grid(draft, side, middles[self.world.hexes["terrain"][here] != codes.SEA])
        box = _tile_box(key, 0.5)
        for line in (*_inside(self.lines, self.boxes, box), *_inside(self.front, self.front_boxes, box)):
            line_art.draw(draft, line, LADDER[key[0]], origin, FINE)
        return pygame.transform.smoothscale(draft, (TILE, TILE)).convert()

    def _draw_ground(self, draft: pygame.Surface, side: float, origin: tuple[int, int]) -> None:
        small = side < SIDE_PX / 2
        ground, factor = (self.half, side / SIDE_PX * 2) if small else (self.ground, side / SIDE_PX)
        left, top = int(origin[0] / factor) - 1, int(origin[1] / factor) - 1
        span = int(TILE * FINE / factor) + 4
        source = pygame.Rect(left, top, span, span).clip(ground.get_rect())
        if not source.width or not source.height:
            return
        # Enlarging spreads the middles of the outer pixels over the whole size; tiles meet only if that is allowed for.
        size = (round((source.width - 1) * factor), round((source.height - 1) * factor))
        place = (round((source.left + 0.5) * factor) - origin[0], round((source.top + 0.5) * factor) - origin[1])
        draft.blit(pygame.transform.smoothscale(ground.subsurface(source), size), place)
        near = min(max((side / FINE - CALM_FROM) * 1.7, 0), 70)
        for colour, strength in ((CALM, near), ((255, 255, 255), theme.palette.paleness)):
            if strength >= 1:
                self._wash.fill((*colour, round(strength)))
                draft.blit(self._wash, (0, 0))

    def _hexes_in(self, box: Box) -> NDArray[Any]:
        """Return the hexes whose centres lie in a part of the plane, and few others."""
        left, top, right, bottom = box
        first, last = max(int((left - 1) / 1.5), 0), min(int((right - 1) / 1.5) + 1, self.n_cols - 1)
        n_rows = len(self._plane) // self.n_cols
        upper, lower = max(int(top / ROOT3) - 1, 0), min(int(bottom / ROOT3), n_rows - 1)
        columns, rows = np.arange(first, last + 1), np.arange(upper, lower + 1)
        return (rows[:, None] * self.n_cols + columns).ravel()

    def _draw_taken(self, draft: pygame.Surface, side: float, here: NDArray[Any], origin: tuple[int, int]) -> None:
        palette = theme.palette
        colours = {codes.SOVIET: palette.soviet_wash, codes.JAPANESE: palette.japanese_wash}
        self._wash.fill((0, 0, 0, 0))
        drawn = False
        for holder, colour in colours.items():
            for shape in taken_shapes(self.world, self.taken & (self.holder == holder), here, self._plane):
                pygame.draw.polygon(self._wash, colour, shape * side - np.array(origin))
                drawn = True
        if drawn:
            draft.blit(self._wash, (0, 0))

    def _draw_grid(self, draft: pygame.Surface, side: float, middles: NDArray[Any]) -> None:
        self._wash.fill((0, 0, 0, 0))
        for points in (middles[:, None] + np.array(corners(side))[:4]).tolist():
            pygame.draw.lines(self._wash, (60, 50, 40, 34), False, points, FINE)
        draft.blit(self._wash, (0, 0))


def _boxes(lines: list[MapLine]) -> NDArray[Any]:
    if not lines:
        return np.zeros((0, 4))
    return np.array([(*line.points.min(axis=0), *line.points.max(axis=0)) for line in lines])


def _inside(lines: list[MapLine], boxes: NDArray[Any], box: Box) -> list[MapLine]:
    left, top, right, bottom = box
    keep = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
    return [lines[row] for row in np.flatnonzero(keep)]


def _tile_box(key: Key, margin: float) -> Box:
    side = LADDER[key[0]]
    left, top, span = key[1] * TILE / side, key[2] * TILE / side, TILE / side
    return left - margin, top - margin, left + span + margin, top + span + margin
