"""Fills and lines of one layer in tiles of the map, kept until what they show has changed.

Hexes are filled at half size and enlarged, which softens their edges; patterns are laid over them at full size. Colours
are premultiplied with their alpha throughout, so that a tile can be drawn over the map at little cost.
"""

import time
from collections import OrderedDict
from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from sim.game.overlays.shapes import Fill, Overlay, Stroke
from sim.ui.layers.lines import draw_stroke
from sim.ui.layers.patterns import mask
from sim.ui.layers.styles import FILLS, STROKES
from sim.ui.map.camera import LADDER, ROOT3, Camera
from sim.ui.map.stand_ins import TILE

COARSE = 2  # pixels of a tile to one of the raster of hexes
FINE = 2  # lines are drawn so many times as large and reduced
MOST_TILES = 240
MOST_RASTERS = 240
MARGIN = 2.5  # hex sides by which a line may reach beyond its points: width, halo, head

Key = tuple[int, int, int]
Group = tuple[str, float]


class Rasters:
    """Which hex lies under each point of a tile, for every layer alike."""

    def __init__(self, n_cols: int, n_rows: int) -> None:
        self.n_cols, self.n_rows = n_cols, n_rows
        self._kept: OrderedDict[Key, NDArray[np.int32]] = OrderedDict()

    def of(self, key: Key) -> NDArray[np.int32]:
        """Return (TILE / COARSE, TILE / COARSE) hex numbers; one beyond the last where there is no map."""
        if key not in self._kept:
            self._kept[key] = self._work_out(key)
            if len(self._kept) > MOST_RASTERS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def _work_out(self, key: Key) -> NDArray[np.int32]:
        side = LADDER[key[0]]
        steps = (np.arange(TILE // COARSE, dtype=np.float32) + 0.5) * COARSE
        q = ((key[1] * TILE + steps) / side - 1) / 1.5
        down = ((key[2] * TILE + steps) / side) / ROOT3 - 0.5
        r = down[:, None] - q[None, :] / 2
        s = -q[None, :] - r
        near_q, near_r, near_s = np.rint(q)[None, :], np.rint(r), np.rint(s)
        off_q, off_r, off_s = abs(near_q - q[None, :]), abs(near_r - r), abs(near_s - s)
        q_worst = (off_q > off_r) & (off_q > off_s)
        col = np.where(q_worst, -near_r - near_s, near_q).astype(np.int32)
        row_q = np.where(~q_worst & (off_r > off_s), -near_q - near_s, near_r).astype(np.int32)
        row = row_q + (col - (col & 1)) // 2
        outside = (col < 0) | (col >= self.n_cols) | (row < 0) | (row >= self.n_rows)
        return np.where(outside, self.n_cols * self.n_rows, row * self.n_cols + col).astype(np.int32)


class LayerTiles:
    """The tiles of one layer.

    Parameters
    ----------
    rasters : Rasters
    """

    def __init__(self, rasters: Rasters) -> None:
        self.rasters = rasters
        self.n_hex = rasters.n_cols * rasters.n_rows
        self._tables: dict[Group, NDArray[np.uint32]] = {}
        self._strokes: list[Stroke] = []
        self._boxes: NDArray[np.float64] = np.zeros((0, 4))
        self._kept: OrderedDict[Key, pygame.Surface | None] = OrderedDict()
        self._stale: set[Key] = set()
        self._draft: pygame.Surface | None = None

    def see(self, overlay: Overlay) -> None:
        """Take note of what the layer shows now; tiles in which that differs are drawn anew."""
        tables = _tables(overlay.fills, self.n_hex)
        changed = self._changed_hexes(tables)
        boxes = _boxes(overlay.strokes)
        moved = _changed_boxes(self._strokes, self._boxes, list(overlay.strokes), boxes)
        self._tables, self._strokes, self._boxes = tables, list(overlay.strokes), boxes
        for key in self._kept:
            if key not in self._stale and (self._holds(key, changed) or _meets(moved, _box(key)).any()):
                self._stale.add(key)

    def _changed_hexes(self, tables: dict[Group, NDArray[np.uint32]]) -> NDArray[np.bool_]:
        changed = np.zeros(self.n_hex + 1, np.bool_)
        empty = np.zeros(self.n_hex + 1, np.uint32)
        for group in {*tables, *self._tables}:
            changed |= tables.get(group, empty) != self._tables.get(group, empty)
        return changed

    def _holds(self, key: Key, changed: NDArray[np.bool_]) -> bool:
        return bool(changed.any()) and bool(changed[self.rasters.of(key)].any())

    def draw(self, target: pygame.Surface, camera: Camera, budget_ms: float) -> bool:
        """Draw the layer; spend at most about ``budget_ms`` on new tiles; return whether all of it is drawn."""
        if not self._tables and not self._strokes:
            return True
        in_view = visible(camera)
        finished = self._renew([key for key, _ in in_view], budget_ms)
        for key, place in in_view:
            tile = self._kept.get(key)
            if tile is not None:
                target.blit(tile, place, special_flags=pygame.BLEND_PREMULTIPLIED)
            if key in self._kept:
                self._kept.move_to_end(key)
        return finished

    def _renew(self, keys: list[Key], budget_ms: float) -> bool:
        """Draw tiles that are missing or stale, one at least; return whether none is left."""
        wanted = [key for key in keys if key not in self._kept or key in self._stale]
        until = time.perf_counter() + budget_ms / 1000
        for done, key in enumerate(wanted):
            if done and time.perf_counter() >= until:
                return False
            self._keep(key)
        return True

    def _keep(self, key: Key) -> None:
        self._kept[key] = self._draw_tile(key)
        self._stale.discard(key)
        while len(self._kept) > MOST_TILES:
            gone, _ = self._kept.popitem(last=False)
            self._stale.discard(gone)

    def _draw_tile(self, key: Key) -> pygame.Surface | None:
        """Return a tile, None where nothing lies on it."""
        tile: pygame.Surface | None = None
        raster = self.rasters.of(key) if self._tables else None
        for (pattern, ground), table in self._tables.items():
            values = table[raster]
            if not values.any():
                continue
            small = pygame.image.frombuffer(values.tobytes(), (TILE // COARSE, TILE // COARSE), "RGBA")
            piece = pygame.transform.smoothscale(small, (TILE, TILE))
            if pattern != "solid":
                piece.blit(mask(pattern, ground), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
            tile = piece if tile is None else _laid(tile, piece)
        here = np.flatnonzero(_meets(self._boxes, _box(key)))
        if here.size:
            piece = self._draw_strokes(key, [self._strokes[row] for row in here.tolist()])
            tile = piece if tile is None else _laid(tile, piece)
        return tile.convert_alpha() if tile is not None else None  # the display's own order of bands is drawn faster

    def _draw_strokes(self, key: Key, strokes: list[Stroke]) -> pygame.Surface:
        if self._draft is None:
            self._draft = pygame.Surface((TILE * FINE, TILE * FINE), pygame.SRCALPHA)
        draft = self._draft
        draft.fill((0, 0, 0, 0))
        origin = (key[1] * TILE * FINE, key[2] * TILE * FINE)
        for part in ("halo", "core"):
            for stroke in strokes:
                draw_stroke(draft, stroke.points, STROKES[stroke.look], LADDER[key[0]], FINE, origin, part)
        return pygame.transform.smoothscale(draft, (TILE, TILE))


def visible(camera: Camera) -> list[tuple[Key, tuple[int, int]]]:
    """Return the tiles in view, each with the place of its corner."""
    left, top = camera.left_px, camera.top_px
    return [
        ((camera.level, i, j), (i * TILE - left, j * TILE - top))
        for j in range(top // TILE, (top + camera.height_px) // TILE + 1)
        for i in range(left // TILE, (left + camera.width_px) // TILE + 1)
    ]


def _laid(tile: pygame.Surface, piece: pygame.Surface) -> pygame.Surface:
    tile.blit(piece, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
    return tile


def _tables(fills: tuple[Fill, ...], n_hex: int) -> dict[Group, NDArray[np.uint32]]:
    """Return for each pattern the colour of every hex, premultiplied, as the four bytes of a pixel."""
    tables: dict[Group, NDArray[np.uint32]] = {}
    for fill in fills:
        look = FILLS[fill.look]
        if not look.alpha or not len(fill.hexes):
            continue
        group = (look.pattern, look.ground if look.pattern != "solid" else 1.0)
        table = tables.setdefault(group, np.zeros(n_hex + 1, np.uint32))
        pixel = [*(band * look.alpha // 255 for band in look.colour), look.alpha]
        table[fill.hexes] = np.array(pixel, np.uint8).view(np.uint32)[0]
    return tables


def _boxes(strokes: Any) -> NDArray[np.float64]:
    if not strokes:
        return np.zeros((0, 4))
    return np.array([(*stroke.points.min(axis=0), *stroke.points.max(axis=0)) for stroke in strokes])


def _changed_boxes(
    old: list[Stroke], old_boxes: NDArray[Any], new: list[Stroke], new_boxes: NDArray[Any]
) -> NDArray[np.float64]:
    """Return the boxes of lines that came, went or changed."""
    before = {(stroke.look, stroke.points.tobytes()): row for row, stroke in enumerate(old)}
    after = {(stroke.look, stroke.points.tobytes()): row for row, stroke in enumerate(new)}
    gone = [row for name, row in before.items() if name not in after]
    come = [row for name, row in after.items() if name not in before]
    return np.vstack((old_boxes[gone], new_boxes[come]))


def _box(key: Key) -> tuple[float, float, float, float]:
    side = LADDER[key[0]]
    left, top, span = key[1] * TILE / side, key[2] * TILE / side, TILE / side
    return left - MARGIN, top - MARGIN, left + span + MARGIN, top + span + MARGIN


def _meets(boxes: NDArray[Any], box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    left, top, right, bottom = box
    inside = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
    return np.asarray(inside, np.bool_)
