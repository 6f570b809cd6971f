"""Names of towns, armies and countries: the more of them, the nearer; none over another, none under a counter."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pygame

from sim.game.maps.map_facts import MapFacts
from sim.game.picture.labels import COUNTRY_NAMES, LEAST_COUNTRY_HEXES, short
from sim.game.terms import World
from sim.game.wording.views import plain
from sim.ui.look import theme
from sim.ui.map import place_signs
from sim.ui.map.camera import Camera, Point, plane_of
from sim.ui.map.line_art import PARALLEL
from sim.ui.map.stacks import MERGED_BELOW_PX, Piece

# The least town size that is named at each level of zoom; below, what is worth points is named all the same.
LEAST_SIZE = (5, 4, 4, 3, 2, 2, 1, 0, 0, 0, 0, 0)
LEAST_POINTS = (30, 20, 12, 6, 2, 1, 1, 0, 0, 0, 0, 0)
TOWN_PT = (11, 11, 12, 12, 13, 14)  # size of letters by size of town
CITY = 4
COUNTRY_INK = (126, 98, 118)
OWN_HEX_FROM = 30.0  # hex side from which a name has room below the counter of its own hex
MARK_PX = 13
FEATURES_FROM, LONE_FEATURES_FROM = 13.0, 6.0

Size = tuple[int, int]


@dataclass(frozen=True)
class Label:
    """A picture at a point of the plane, moved by some pixels."""

    at: Point
    face: pygame.Surface
    offset: tuple[int, int]
    is_name: bool = False


class Labels:
    """The names of one world, laid out once for each zoom and each position of the counters.

    Attributes
    ----------
    modern : bool
        Write today's names instead of those of 1945.
    covered : list of pygame.Rect
        What lies over the map, in pixels of the view.
    """

    def __init__(self, world: World, facts: MapFacts) -> None:
        self.world, self.facts = world, facts
        self.modern = False
        self.covered: list[pygame.Rect] = []
        self.n_cols = int(world.clock["n_cols"][0])
        self._laid: dict[object, list[Label]] = {}
        self._last: dict[int, list[Label]] = {}  # by zoom
        self._written: set[object] = set()
        self._lands = self._country_middles()
        places = world.places
        self.sizes = places["town_size"].astype(int)
        self.worth = places["points"].max(axis=1).astype(int)
        self.features = places["features"].astype(int)
        self.spots = [plane_of(int(hex), self.n_cols) for hex in places["hex"]]
        rows = np.flatnonzero(places["hex"] >= 0)
        weight = 10 * places["town_size"][rows].astype(int) + places["points"][rows].sum(axis=1)
        self.order = rows[np.argsort(-weight, kind="stable")].tolist()

    def write(self, camera: Camera, until: float) -> bool:
        """Render the names of a zoom until a moment of ``time.perf_counter``; return whether all are rendered."""
        key = (camera.level, self.modern, theme.style())
        if key in self._written:
            return True
        for row in self.order:
            if time.perf_counter() >= until:
                return False
            if self._is_named(row, camera.level):
                self._words(row, camera.side_px)
        self._written.add(key)
        return True

    def draw(
        self,
        target: pygame.Surface,
        camera: Camera,
        shown: Sequence[Piece],
        version: int,
        *,
        may_lay_out: bool = True,
    ) -> bool:
        """Write the names in view, off the counters shown; ``version`` says whether these may have moved.

        Names that would be cut by what lies over the map at ``covered`` are left out. Where room has still to be found
        and ``may_lay_out`` forbids it, they stand where they stood last at this zoom; return whether they are right.
        """
        side, left, top = camera.side_px, camera.left_px, camera.top_px
        pieces = []
        is_right = may_lay_out or self._key(camera, version) in self._laid
        labels = self.laid_out(camera, shown, version) if is_right else self._last.get(camera.level, [])
        for label in labels:
            x, y = round(label.at[0] * side) - left + label.offset[0], round(label.at[1] * side) - top + label.offset[1]
            if -220 <= x <= camera.width_px and -60 <= y <= camera.height_px:
                if label.is_name and label.face.get_rect(topleft=(x, y)).collidelist(self.covered) >= 0:
                    continue
                pieces.append((label.face, (x, y)))
        target.fblits(pieces)
        return is_right

    def forget_last(self) -> None:
        """Forget where names stood: another player looks at the map."""
        self._last.clear()

    def _key(self, camera: Camera, version: int) -> object:
        return camera.level, version, self.modern, theme.style()

    def laid_out(self, camera: Camera, shown: Sequence[Piece], version: int) -> list[Label]:
        """Return the names of a zoom, finding room for them if they have none yet."""
        key = self._key(camera, version)
        if key not in self._laid:
            if len(self._laid) > 60:
                self._laid.clear()
            self._laid[key] = self._last[camera.level] = self._lay_out(camera, shown)
        return self._laid[key]

    def _lay_out(self, camera: Camera, shown: Sequence[Piece]) -> list[Label]:
        side = camera.side_px
        taken = [box_of(piece, side) for piece in shown]
        rows = [row for row in self.order if self._is_named(row, camera.level)]
        cities = [row for row in rows if self.sizes[row] >= CITY]
        whole = pygame.Rect(0, 0, round(camera.plane_width * side), round(camera.plane_height * side))
        found = self._marks(camera)
        found += self._towns(cities, side, taken, whole)
        heads = self._countries(side, [*taken, *self._mark_boxes(rows, side)], taken, whole)
        if side < MERGED_BELOW_PX:
            found += self._armies(shown, camera, taken, whole)
        found += self._towns([row for row in rows if row not in set(cities)], side, taken, whole)
        return [*heads, *self._parallels(side), *found]

    def _is_named(self, row: int, level: int) -> bool:
        return bool(self.sizes[row] >= LEAST_SIZE[level] or self.worth[row] >= max(LEAST_POINTS[level], 1))

    def _name(self, row: int) -> str:
        return plain(self.facts.modern_names[row] if self.modern else self.facts.names[row])

    def _words(self, row: int, side: float) -> pygame.Surface:
        size = int(self.sizes[row])
        letters = theme.px(TOWN_PT[size] + (2 if side >= OWN_HEX_FROM else 0))
        return theme.haloed(self._name(row), letters, theme.INK, "Bold" if size >= CITY else "Regular")

    def _marks(self, camera: Camera) -> list[Label]:
        """Return the signs of the places themselves."""
        side, found = camera.side_px, []
        px = min(theme.px(min(max(side * 0.36, 11 if side < 13 else 13), 20)), max(round(side * 0.4), 14))
        for row in reversed(self.order):
            at, size, flags = self.spots[row], int(self.sizes[row]), int(self.features[row])
            here = [flag for flag in place_signs.FEATURES if flags & flag]
            if size == 0 and here and side >= LONE_FEATURES_FROM:
                found.append(_centred(at, place_signs.feature(here[0], px), 0, 0))
                continue
            if self._is_named(row, camera.level):
                found.append(_centred(at, place_signs.town(size, theme.scale * (1 if side > 6 else 0.8)), 0, 0))
            if side >= FEATURES_FROM:
                for index, flag in enumerate(here):
                    across = (index - (len(here) - 1) / 2) * (px + 2)
                    found.append(_centred(at, place_signs.feature(flag, px), round(across), -round(side * 0.67)))
        return found

    def _mark_boxes(self, rows: list[int], side: float) -> list[pygame.Rect]:
        """Return where the marks of places stand on the whole map."""
        half = theme.px(MARK_PX) // 2
        middles = [(round(self.spots[row][0] * side), round(self.spots[row][1] * side)) for row in rows]
        return [pygame.Rect(x - half, y - half, 2 * half, 2 * half) for x, y in middles]

    def _towns(self, rows: list[int], side: float, taken: list[pygame.Rect], whole: pygame.Rect) -> list[Label]:
        found = []
        for row in rows:
            words = self._words(row, side)
            if side >= OWN_HEX_FROM:
                ways = _below_counter(words.get_size(), side)
            else:
                ways = _around(words.get_size(), (10, 10))
            found += _placed(self.spots[row], words, side, ways, taken, whole)
        return found

    def _armies(
        self, shown: Sequence[Piece], camera: Camera, taken: list[pygame.Rect], whole: pygame.Rect
    ) -> list[Label]:
        found, least = [], 6 if camera.level < 3 else 2
        for piece in sorted(shown, key=lambda one: -len(one.units)):
            if piece.label and len(piece.units) >= least:
                words = theme.haloed(short(piece.label), theme.px(12), theme.INK, "Italic")
                plate = (piece.look.width_px, piece.look.height_px)
                found += _placed(piece.at, words, camera.side_px, _around(words.get_size(), plate), taken, whole)
        return found

    def _countries(
        self, side: float, full: list[pygame.Rect], taken: list[pygame.Rect], whole: pygame.Rect
    ) -> list[Label]:
        """Return the names of countries where nothing of what is there already lies under them; add to what is taken.

        A name that finds no such place on the map is left out.
        """
        if side > 14:
            return []
        found = []
        size = theme.px(13 if side < 4 else 16 if side < 6 else 22)
        for name, points in self._lands.items():
            face = theme.font(size, "Bold").render("\u2009\u2009".join(name), True, COUNTRY_INK).convert_alpha()
            face.set_alpha(150)
            box = face.get_rect().inflate(-4, -10)
            for point in points:
                box.center = round(point[0] * side), round(point[1] * side)
                if whole.contains(box) and box.collidelist(full) < 0:
                    taken.append(box)
                    full.append(box)
                    found.append(_centred(point, face, 0, 0))
                    break
        return found

    def _country_middles(self) -> dict[str, list[Point]]:
        """Return for each country points at which its name may stand, the one nearest to its middle first."""
        found: dict[str, list[Point]] = {}
        for country, name in COUNTRY_NAMES.items():
            inside = np.flatnonzero(self.world.hexes["country"] == country)
            if inside.size >= LEAST_COUNTRY_HEXES:
                points = np.array([plane_of(int(hex), self.n_cols) for hex in inside])
                points = points[np.argsort(np.hypot(*(points - points.mean(axis=0)).T))][::7]
                found[name] = [(float(x), float(y)) for x, y in points]
        return found

    def _parallels(self, side: float) -> list[Label]:
        if side < LONE_FEATURES_FROM:
            return []
        found = []
        for name, at in self.facts.line_names:
            words = theme.haloed(name, theme.px(12), PARALLEL, "Italic")
            found.append(Label(at, words, (2, -words.get_height() - 1)))
        return found


def box_of(piece: Piece, side: float) -> pygame.Rect:
    """Return where a counter lies on the whole map at a zoom, with a little room around it."""
    wide, high = piece.look.width_px + 4, piece.look.height_px + 4
    box = pygame.Rect(0, 0, wide, high)
    box.center = round(piece.at[0] * side), round(piece.at[1] * side)
    return box


def _centred(at: Point, face: pygame.Surface, dx: int, dy: int) -> Label:
    return Label(at, face, (dx - face.get_width() // 2, dy - face.get_height() // 2))


def _around(words: Size, thing: Size) -> list[tuple[int, int]]:
    """Return the offsets at which words lie beside a thing, the best first."""
    (wide, high), x, y = words, thing[0] // 2 + 1, thing[1] // 2 - 1
    level, middle = -high // 2, -wide // 2
    return [
        (middle, y), (x, level), (-wide - x, level), (middle, -high - y),
        (x, y - 4), (-wide - x, y - 4), (x, -high - y + 4), (-wide - x, -high - y + 4),
        (middle, y + high - 6), (middle, -2 * high - y + 6),
    ]  # fmt: skip


def _below_counter(words: Size, side: float) -> list[tuple[int, int]]:
    wide, high = words
    below = round(side * 0.5)
    beside = round(side * 0.7)
    return [
        (-wide // 2, below), (-wide // 2, -below - high), (beside, -high // 2), (-beside - wide, -high // 2),
        (-wide // 4, below), (-3 * wide // 4, below), (-wide // 4, -below - high), (-3 * wide // 4, -below - high),
    ]  # fmt: skip


def _placed(
    at: Point,
    words: pygame.Surface,
    side: float,
    ways: list[tuple[int, int]],
    taken: list[pygame.Rect],
    whole: pygame.Rect,
) -> list[Label]:
    """Return words where they hide nothing and lie on the map, and set their place aside, or nothing."""
    wide, high = words.get_size()
    x, y = at[0] * side, at[1] * side
    for offset in ways:
        box = pygame.Rect(round(x) + offset[0], round(y) + offset[1], wide, high).inflate(0, -5)
        if whole.contains(box) and box.collidelist(taken) < 0:
            taken.append(box)
            return [Label(at, words, offset, is_name=True)]
    return []
