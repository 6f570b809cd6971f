"""The map: tiles, names, counters and what the selection adds, drawn for one view."""

import time
from dataclasses import replace
from pathlib import Path

import pygame

from sim.game.marches import MarchRange
from sim.game.session import Session
from sim.ui import theme
from sim.ui.camera import LADDER, Camera, corners
from sim.ui.counters import counter
from sim.ui.labels import Labels
from sim.ui.pieces import MERGED_BELOW_PX, Piece, pieces
from sim.ui.tiles import Tiles

RANGE_FILL = (255, 252, 214, 78)
PATH_COLOUR = (40, 70, 120)
TARGET_COLOUR = (186, 24, 24)
MINIMAP_WIDTH_PX = 220


class MapView:
    """Draws a session's map.

    Parameters
    ----------
    session : Session
    ground : Path
        The painted ground.
    """

    def __init__(self, session: Session, ground: Path) -> None:
        self.session = session
        world = session.world
        self.tiles = Tiles(ground, world)
        self.labels = Labels(world, session.campaign.views)
        self.finished = False
        self._pieces: dict[tuple[int, int, int], list[Piece]] = {}
        self._warm: dict[int, int] = {}
        self._masks: dict[float, pygame.Surface] = {}
        overview = self.tiles.overview
        height = round(MINIMAP_WIDTH_PX * overview.get_height() / overview.get_width())
        for level in range(len(LADDER)):
            self.labels.lay_out(replace(self.theatre(100, 100), level=level))
        self._minimap = pygame.transform.smoothscale(overview, (MINIMAP_WIDTH_PX, height)).convert()

    def theatre(self, width_px: int, height_px: int) -> Camera:
        """Return a view of the whole map."""
        clock = self.session.world.clock[0]
        camera = Camera(0, 0, 0, width_px, height_px, int(clock["n_cols"]), int(clock["n_rows"]))
        return camera.at_plane(camera.plane_width / 2, camera.plane_height / 2)

    def draw(
        self, target: pygame.Surface, camera: Camera, chosen: int, march: MarchRange | None, targets: frozenset[int]
    ) -> None:
        """Draw the map with the range of the chosen unit and the hexes that it can attack."""
        self.tiles.see(self.session.world)
        self.finished = self.tiles.draw(target, camera)
        if march is not None:
            self._draw_range(target, camera, march)
        self.labels.draw(target, camera)
        shown = self.shown(camera, chosen)
        faces = []
        for piece in shown:
            at = self._pixel(camera, piece)
            if camera.shows(at, 80):
                face = counter(piece.look)
                faces.append((face, face.get_rect(center=at)))
        target.fblits(faces)
        if camera.side_px < MERGED_BELOW_PX:
            self._draw_army_names(target, camera, shown)
        if chosen >= 0:
            self._mark_chosen(target, camera, chosen, shown)
        for hex in targets:
            self._mark_target(target, camera, hex)

    def shown(self, camera: Camera, chosen: int) -> list[Piece]:
        """Return the counters of the present zoom."""
        key = (self.session.version, camera.level, chosen)
        if key not in self._pieces:
            if any(version != self.session.version for version, _, _ in self._pieces) or len(self._pieces) > 60:
                self._pieces.clear()
            self._pieces[key] = pieces(self.session.world, self.session.campaign.views, camera, chosen)
        return self._pieces[key]

    def rest(self, camera: Camera, chosen: int, budget_ms: float) -> None:
        """Use the end of a frame to draw what the next one may need: tiles around, counters one zoom away."""
        until = time.perf_counter() + budget_ms / 1000
        self.tiles.prefetch(camera, budget_ms)
        for level in (camera.level + 1, camera.level - 1):
            if not 0 <= level < len(LADDER) or self._warm.get(level) == self.session.version:
                continue
            for piece in self.shown(replace(camera, level=level), chosen):
                if time.perf_counter() >= until:
                    return
                counter(piece.look)
            self._warm[level] = self.session.version

    def piece_at(self, camera: Camera, chosen: int, pixel: tuple[float, float]) -> Piece | None:
        """Return the counter under a pixel, the one drawn last first."""
        for piece in reversed(self.shown(camera, chosen)):
            x, y = self._pixel(camera, piece)
            if abs(pixel[0] - x) <= piece.look.width_px / 2 and abs(pixel[1] - y) <= piece.look.width_px * 0.31:
                return piece
        return None

    def draw_path(self, target: pygame.Surface, camera: Camera, march: MarchRange, hex: int) -> None:
        """Draw the way to a hex with its cost."""
        way = [camera.centre_of(step) for step in march.path(hex)]
        if len(way) < 2:
            return
        width = max(round(camera.side_px / 7), 2)
        pygame.draw.lines(target, theme.HALO, False, way, width + 4)
        pygame.draw.lines(target, PATH_COLOUR, False, way, width)
        for point in way[1:]:
            pygame.draw.aacircle(target, PATH_COLOUR, point, width + 1)
        cost, left = march.cost_mp10.get(hex, 0) / 10, march.left_mp10[hex] / 10
        words = theme.haloed(f"cost {cost:.1f}, {left:.1f} left", 14, PATH_COLOUR, "Bold")
        target.blit(words, words.get_rect(midbottom=(way[-1][0], way[-1][1] - camera.side_px * 0.5 - 4)))

    def draw_hex(self, target: pygame.Surface, camera: Camera, hex: int) -> None:
        """Draw the rim of the hex under the pointer."""
        if hex < 0 or camera.side_px < 7:
            return
        x, y = camera.centre_of(hex)
        pygame.draw.aalines(target, theme.INK, True, [(x + dx, y + dy) for dx, dy in corners(camera.side_px)])

    def draw_minimap(self, target: pygame.Surface, camera: Camera, box: pygame.Rect) -> None:
        """Draw the whole map small, with dots for troops and the frame of the view."""
        target.blit(self._minimap, box)
        scale = box.width / camera.plane_width
        world = self.session.world
        rows = (world.units["status"] == 1) & (world.units["hex"] >= 0)
        hexes, sides = world.units["hex"][rows], world.units["side"][rows]
        x = (1 + 1.5 * (hexes % camera.n_cols)) * scale + box.left
        y = 3**0.5 * (hexes // camera.n_cols + 0.5) * scale + box.top
        for px, py, side in zip(x.tolist(), y.tolist(), sides.tolist(), strict=True):
            target.fill((176, 40, 32) if side == 0 else (250, 244, 220), (px - 1, py - 1, 3, 3))
        half_w, half_h = camera.width_px / camera.side_px / 2, camera.height_px / camera.side_px / 2
        view = pygame.Rect(
            box.left + (camera.x - half_w) * scale,
            box.top + (camera.y - half_h) * scale,
            2 * half_w * scale,
            2 * half_h * scale,
        ).clip(box)
        pygame.draw.rect(target, (40, 34, 30), view, 1)
        pygame.draw.rect(target, theme.PAPER_EDGE, box.inflate(4, 4), 2, border_radius=3)

    @property
    def minimap_size(self) -> tuple[int, int]:
        """Return the size of the minimap."""
        return self._minimap.get_size()

    # --- parts

    def _pixel(self, camera: Camera, piece: Piece) -> tuple[int, int]:
        side = camera.side_px
        return round(piece.at[0] * side) - camera.left_px, round(piece.at[1] * side) - camera.top_px

    def _draw_range(self, target: pygame.Surface, camera: Camera, march: MarchRange) -> None:
        mask = self._hex_mask(camera.side_px)
        places = []
        for hex in march.left_mp10:
            at = camera.centre_of(hex)
            if camera.shows(at, camera.side_px):
                places.append((mask, mask.get_rect(center=at)))
        target.fblits(places)

    def _hex_mask(self, side_px: float) -> pygame.Surface:
        if side_px not in self._masks:
            size = (round(2 * side_px) + 2, round(3**0.5 * side_px) + 2)
            large = pygame.Surface((size[0] * 2, size[1] * 2), pygame.SRCALPHA)
            shape = [(size[0] + x * 2, size[1] + y * 2) for x, y in corners(side_px * 0.97)]
            pygame.draw.polygon(large, RANGE_FILL, shape)
            pygame.draw.polygon(large, (*PATH_COLOUR, 120), shape, 2)
            self._masks[side_px] = pygame.transform.smoothscale(large, size).convert_alpha()
        return self._masks[side_px]

    def _draw_army_names(self, target: pygame.Surface, camera: Camera, shown: list[Piece]) -> None:
        taken: list[pygame.Rect] = []
        least = 6 if camera.level < LADDER.index(5.5) else 2
        for piece in sorted(shown, key=lambda one: -len(one.units)):
            if not piece.label or len(piece.units) < least:
                continue
            x, y = self._pixel(camera, piece)
            words = theme.haloed(_short(piece.label), 12, theme.INK, "Italic")
            box = words.get_rect(midtop=(x, y + round(piece.look.width_px * 0.31) + 1))
            if box.collidelist(taken) < 0:
                taken.append(box)
                target.blit(words, box)

    def _mark_chosen(self, target: pygame.Surface, camera: Camera, chosen: int, shown: list[Piece]) -> None:
        piece = next((one for one in shown if chosen in one.units), None)
        if piece is None:
            return
        box = pygame.Rect(0, 0, piece.look.width_px + 8, round(piece.look.width_px * 0.62) + 8)
        box.center = self._pixel(camera, piece)
        pygame.draw.rect(target, (252, 226, 96), box, 3, border_radius=5)
        pygame.draw.rect(target, theme.INK, box.inflate(2, 2), 1, border_radius=6)

    def _mark_target(self, target: pygame.Surface, camera: Camera, hex: int) -> None:
        x, y = camera.centre_of(hex)
        shape = [(x + dx, y + dy) for dx, dy in corners(camera.side_px * 0.96)]
        pygame.draw.polygon(target, TARGET_COLOUR, shape, max(round(camera.side_px / 14), 2))


def _short(name: str) -> str:
    for long, brief in (("Guards", "Gds"), ("Cavalry", "Cav"), ("Mechanised", "Mech"), ("Mechanized", "Mech")):
        name = name.replace(long, brief)
    return name
