"""Names of towns and countries: the more of them, the nearer; none over another."""

from dataclasses import dataclass

import numpy as np
import pygame

from sim.game.picture.labels import CITY, COUNTRY_NAMES
from sim.game.terms import World
from sim.game.views import Views, plain
from sim.ui import theme
from sim.ui.camera import LADDER, Camera, Point, plane_of

# The least town size that is named at each level of zoom; below, what is worth points is named all the same.
LEAST_SIZE = (5, 5, 4, 4, 3, 3, 2, 1, 0, 0, 0, 0)
LEAST_POINTS = (30, 25, 15, 10, 5, 1, 1, 0, 0, 0, 0, 0)
COUNTRY_INK = (126, 98, 118)


@dataclass(frozen=True)
class Label:
    """A name with its mark: at which point of the plane, where the text begins from there."""

    at: Point
    mark: pygame.Surface | None
    words: pygame.Surface
    offset: tuple[int, int]


class Labels:
    """The names of one world, laid out once for each zoom."""

    def __init__(self, world: World, views: Views) -> None:
        self.world, self.views = world, views
        self.n_cols = int(world.clock["n_cols"][0])
        self._laid: dict[int, list[Label]] = {}
        places = world.places
        rows = np.flatnonzero(places["hex"] >= 0)
        weight = 10 * places["town_size"][rows].astype(int) + places["points"][rows].sum(axis=1)
        self.order = rows[np.argsort(-weight, kind="stable")].tolist()

    def draw(self, target: pygame.Surface, camera: Camera) -> None:
        """Write the names in view."""
        self.lay_out(camera)
        side, left, top = camera.side_px, camera.left_px, camera.top_px
        pieces = []
        for label in self._laid[camera.level]:
            x, y = round(label.at[0] * side) - left, round(label.at[1] * side) - top
            if -200 <= x <= camera.width_px + 200 and -60 <= y <= camera.height_px + 60:
                if label.mark is not None:
                    pieces.append((label.mark, label.mark.get_rect(center=(x, y))))
                pieces.append((label.words, label.words.get_rect(topleft=(x + label.offset[0], y + label.offset[1]))))
        target.fblits(pieces)

    def lay_out(self, camera: Camera) -> None:
        """Find room for the names at the zoom of a view, once."""
        if camera.level not in self._laid:
            self._laid[camera.level] = self._countries(camera) + self._towns(camera)

    def _towns(self, camera: Camera) -> list[Label]:
        side = camera.side_px
        taken: list[pygame.Rect] = []
        found: list[Label] = []
        near = camera.level >= LADDER.index(18.0)
        for row in self.order:
            size, points = int(self.world.places["town_size"][row]), int(self.world.places["points"][row].max())
            if size < LEAST_SIZE[camera.level] and points < max(LEAST_POINTS[camera.level], 1):
                continue
            at = plane_of(int(self.world.places["hex"][row]), self.n_cols)
            height = (14 if size >= CITY else 12) + (2 if near else 0)
            words = theme.haloed(plain(self.views.place(row)), height, theme.INK, "Bold" if size >= CITY else "Regular")
            mark = _mark(size)
            wide, high = words.get_size()
            below = round(side * 0.42) if near else 5
            x, y = at[0] * side, at[1] * side
            for offset in ((-wide // 2, below), (7, -high // 2), (-wide - 7, -high // 2), (-wide // 2, -high - 5)):
                box = pygame.Rect(x + offset[0], y + offset[1], wide, high)
                if box.inflate(2, -4).collidelist(taken) < 0:
                    taken.append(box)
                    found.append(Label(at, mark, words, offset))
                    break
        return found

    def _countries(self, camera: Camera) -> list[Label]:
        if camera.side_px > 14:
            return []
        found = []
        size = 15 if camera.side_px < 5 else 22
        for country, name in COUNTRY_NAMES.items():
            inside = np.flatnonzero(self.world.hexes["country"] == country)
            if inside.size < 60:
                continue
            points = np.array([plane_of(int(hex), self.n_cols) for hex in inside])
            middle = points[np.argmin(np.hypot(*(points - points.mean(axis=0)).T))]
            face = theme.font(size, "Bold").render("\u2009\u2009".join(name), True, COUNTRY_INK).convert_alpha()
            face.set_alpha(165)
            offset = (-face.get_width() // 2, -face.get_height() // 2)
            found.append(Label((float(middle[0]), float(middle[1])), None, face, offset))
        return found


def _mark(size: int) -> pygame.Surface:
    radius = 5 if size > CITY else 4 if size >= 3 else 3
    large = pygame.Surface((60, 60), pygame.SRCALPHA)
    if size >= CITY:
        box = pygame.Rect(0, 0, radius * 8, radius * 8)
        box.center = (30, 30)
        pygame.draw.rect(large, theme.INK, box)
        pygame.draw.rect(large, theme.HALO, box.inflate(-10, -10))
        pygame.draw.rect(large, theme.INK, box.inflate(-24, -24))
    else:
        pygame.draw.circle(large, theme.INK, (30, 30), radius * 4 + 2)
        pygame.draw.circle(large, theme.HALO, (30, 30), radius * 4 - 4)
    return pygame.transform.smoothscale(large, (15, 15)).convert_alpha()
