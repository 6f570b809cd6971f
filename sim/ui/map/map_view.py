"""The map: tiles, names, counters and what the selection adds, drawn for one view."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pygame

from sim.game.maps.map_facts import map_facts
from sim.game.orders.marches import MarchRange
from sim.game.play.session_view import SessionView
from sim.game.terms import codes
from sim.ui.look import theme
from sim.ui.look.counter_face import IDENTIFIED
from sim.ui.map import stack_fan
from sim.ui.map.camera import LADDER, Camera, corners
from sim.ui.map.counter_art import counter
from sim.ui.map.counter_layer import CounterLayer, map_pixel
from sim.ui.map.map_labels import Labels
from sim.ui.map.map_tiles import Tiles
from sim.ui.map.stacks import HIDDEN, KNOWN, MERGED_BELOW_PX, Knowledge, Piece, look_of, pieces

TILES_MS = 4.0  # most time a frame for new tiles
NEW_MS = 7.0  # most time a frame for what was not drawn before: the rest follows in the next frames
WHOLE_MS = 5.0  # rest of a frame below which the counters of a zoom are not summed up: that takes longer still


class MapView:
    """Draws a session's map.

    Parameters
    ----------
    session : SessionView
    ground : Path
        The painted ground.
    """

    def __init__(self, session: SessionView, ground: Path) -> None:
        self.session = session
        world = session.world
        self.facts = map_facts(session.campaign)
        self.tiles = Tiles(ground, world, self.facts.lines)
        self.labels = Labels(world, self.facts)
        self.counters = CounterLayer()
        self.knowledge = KNOWN
        self.finished = False
        self.under: list[Callable[[pygame.Surface, Camera], None]] = []  # drawn on the ground, below names and counters
        self._version = (session.version, 0)
        self._pieces: dict[tuple[int, int], list[Piece]] = {}
        self._drawn_for: object = None
        self._old: tuple[object, list[Piece]] | None = None  # what was drawn last: zoom and style, counters
        self._viewer: str | None = None
        self._warm: set[int] = set()
        self._masks: dict[object, pygame.Surface] = {}
        self._minimap: pygame.Surface | None = None

    def theatre(self, width_px: int, height_px: int) -> Camera:
        """Return the nearest view that shows the whole map, or the furthest if none does."""
        clock = self.session.world.clock[0]
        camera = Camera(0, 0, 0, width_px, height_px, int(clock["n_cols"]), int(clock["n_rows"]))
        room = min(width_px / camera.plane_width, height_px / camera.plane_height)
        level = max((level for level, side in enumerate(LADDER) if side <= room), default=0)
        return replace(camera, level=level).at_plane(camera.plane_width / 2, camera.plane_height / 2)

    def know(self, knowledge: Knowledge) -> None:
        """Show from now on what is known and ordered; all is known in full until this is called."""
        self.knowledge = knowledge
        if self._viewer != self.session.viewer:  # nothing of what another player saw is drawn again
            self._viewer, self._old = self.session.viewer, None
            self.counters.forget()
            self.labels.forget_last()
        self._version = (self._version[0], self._version[1] + 1)
        self._forget()

    @property
    def modern_names(self) -> bool:
        """Return whether today's names are written instead of those of 1945."""
        return self.labels.modern

    @modern_names.setter
    def modern_names(self, modern: bool) -> None:
        self.labels.modern = modern

    def draw(
        self, target: pygame.Surface, camera: Camera, chosen: int, march: MarchRange | None, targets: frozenset[int]
    ) -> None:
        """Draw the map with the range of the chosen unit and the hexes that it can attack.

        What a change of the situation asks for is done a step a frame: counters, then taken ground and front, then
        names; until its turn comes each is drawn as it was.
        """
        until = time.perf_counter() + NEW_MS / 1000
        shown, is_busy = self._shown_in_time(camera, chosen)
        is_busy = is_busy or self.tiles.see(self.session.world)
        self.finished = self.tiles.draw(target, camera, 0.0 if is_busy else TILES_MS) and not is_busy
        self._draw_neat_line(target, camera)
        if march is not None:
            self._draw_range(target, camera, march)
        for draw_under in self.under:
            draw_under(target, camera)
        if self.labels.write(camera, until):
            may_lay_out = not is_busy
            self.finished &= self.labels.draw(target, camera, shown, hash(self._version), may_lay_out=may_lay_out)
        else:
            self.finished = False
        self.finished &= self.counters.draw(target, camera, shown, until)
        if chosen >= 0:
            self._mark_chosen(target, camera, chosen, shown)
        for hex in targets:
            self._mark_target(target, camera, hex)

    def _shown_in_time(self, camera: Camera, chosen: int) -> tuple[list[Piece], bool]:
        """Return the counters to be drawn now, and whether this frame is busy with them.

        In the first frame of a new situation, which has much else to do, they are those of the old one.
        """
        kind = (self._piece_key(camera, chosen), theme.style())
        is_known, old = self._has_pieces(camera, chosen), self._old
        if not is_known and old is not None and old[0] == kind:
            self._old = None
            return old[1], True
        shown = self.shown(camera, chosen)
        self._old = (kind, shown)
        return shown, not is_known

    def _has_pieces(self, camera: Camera, chosen: int) -> bool:
        """Return whether the counters of a view are known for the present situation."""
        is_known = (self.session.version, theme.style()) == self._drawn_for
        return is_known and self._piece_key(camera, chosen) in self._pieces

    def _piece_key(self, camera: Camera, chosen: int) -> tuple[int, int]:
        return camera.level, chosen if camera.side_px >= MERGED_BELOW_PX else -1

    def shown(self, camera: Camera, chosen: int) -> list[Piece]:
        """Return the counters of the present zoom."""
        if (self.session.version, theme.style()) != self._drawn_for:
            self._drawn_for = (self.session.version, theme.style())
            self._version = (self.session.version, self._version[1])
            self._forget()
        key = self._piece_key(camera, chosen)
        if key not in self._pieces:
            if len(self._pieces) > 60:
                self._pieces.clear()
            session = self.session
            self._pieces[key] = pieces(
                session.world, session.campaign.views, self.facts, camera, chosen, self.knowledge
            )
        return self._pieces[key]

    def _forget(self) -> None:
        self._pieces.clear()
        self._warm.clear()

    def made_ready(self, camera: Camera) -> Iterator[None]:
        """Find out what a view shows, a step at a time."""
        shown = self.shown(camera, -1)
        yield
        yield from self.tiles.made_ready()
        self.tiles.see(self.session.world)
        yield
        while not self.labels.write(camera, time.perf_counter() + NEW_MS / 1000):
            yield
        self.labels.laid_out(camera, shown, hash(self._version))
        yield

    def rest(self, camera: Camera, chosen: int, budget_ms: float) -> None:
        """Use the end of a frame to draw what the next one may need: tiles around, counters and names one zoom away."""
        until = time.perf_counter() + budget_ms / 1000
        self.tiles.prefetch(camera, budget_ms)
        for level in (camera.level + 1, camera.level - 1):
            if not 0 <= level < len(LADDER) or level in self._warm:
                continue
            there = replace(camera, level=level)
            is_whole = budget_ms >= WHOLE_MS or self._has_pieces(there, chosen)
            if time.perf_counter() >= until or not is_whole:
                return
            shown = self.shown(there, chosen)
            for piece in shown:
                if time.perf_counter() >= until:
                    return
                counter(piece.look)
            if not self.labels.write(there, until):
                return
            self.labels.laid_out(there, shown, hash(self._version))
            self._warm.add(level)

    def piece_at(self, camera: Camera, chosen: int, pixel: tuple[float, float]) -> Piece | None:
        """Return the counter under a pixel, the one drawn last first."""
        for piece in reversed(self.shown(camera, chosen)):
            x, y = map_pixel(camera, piece.at)
            if abs(pixel[0] - x) <= piece.look.width_px / 2 and abs(pixel[1] - y) <= piece.look.height_px / 2:
                return piece
        return None

    def fan_of(self, camera: Camera, chosen: int, hex: int) -> stack_fan.Fan | None:
        """Return the stack of a hex spread out, None where fewer than two units are shown there."""
        found = next((one for one in self.shown(camera, chosen) if one.hex == hex), None)
        if found is None or len(found.units) < 2:
            return None
        world, views = self.session.world, self.session.campaign.views

        def name(unit: int) -> str:
            return views.unit(unit) if self.knowledge.level(unit) == IDENTIFIED else "Not identified"

        return stack_fan.fan(
            found.units, hex, camera,
            lambda unit, width: look_of(world, self.facts, unit, width, self.knowledge), name,
        )  # fmt: skip

    def draw_path(self, target: pygame.Surface, camera: Camera, march: MarchRange, hex: int) -> None:
        """Draw the way to a hex with its cost."""
        way = [camera.centre_of(step) for step in march.path(hex)]
        if len(way) < 2:
            return
        width = max(round(camera.side_px / 7), 2)
        pygame.draw.lines(target, theme.HALO, False, way, width + 4)
        pygame.draw.lines(target, theme.palette.path, False, way, width)
        for point in way[1:]:
            pygame.draw.aacircle(target, theme.palette.path, point, width + 1)
        cost, left = march.cost_mp10.get(hex, 0) / 10, march.left_mp10[hex] / 10
        words = theme.haloed(f"cost {cost:.1f}, {left:.1f} left", theme.px(14), theme.palette.path, "Bold")
        target.blit(words, words.get_rect(midbottom=(way[-1][0], way[-1][1] - camera.side_px * 0.5 - 4)))

    def draw_hex(self, target: pygame.Surface, camera: Camera, hex: int) -> None:
        """Draw the rim of the hex under the pointer."""
        if hex < 0 or camera.side_px < 7:
            return
        x, y = camera.centre_of(hex)
        pygame.draw.aalines(target, theme.INK, True, [(x + dx, y + dy) for dx, dy in corners(camera.side_px)])

    def draw_minimap(self, target: pygame.Surface, camera: Camera, box: pygame.Rect) -> None:
        """Draw the whole map small, with dots for troops and the frame of the view."""
        if self._minimap is None or self._minimap.get_size() != box.size:
            self._minimap = pygame.transform.smoothscale(self.tiles.overview, box.size).convert()
        target.blit(self._minimap, box)
        scale = box.width / camera.plane_width
        world = self.session.world
        rows = (world.units["status"] == codes.ACTIVE) & (world.units["hex"] >= 0)
        rows[[unit for unit, level in self.knowledge.levels.items() if level == HIDDEN]] = False
        hexes, sides = world.units["hex"][rows], world.units["side"][rows]
        x = (1 + 1.5 * (hexes % camera.n_cols)) * scale + box.left
        y = 3**0.5 * (hexes // camera.n_cols + 0.5) * scale + box.top
        dots = theme.palette.nations[codes.NATION_SOVIET], theme.palette.nations[codes.NATION_JAPAN]
        wide = theme.px(3)
        for px, py, side in zip(x.tolist(), y.tolist(), sides.tolist(), strict=True):
            target.fill(dots[side], (px - wide // 2, py - wide // 2, wide, wide))
        half_w, half_h = camera.width_px / camera.side_px / 2, camera.height_px / camera.side_px / 2
        view = pygame.Rect(
            box.left + (camera.x - half_w) * scale,
            box.top + (camera.y - half_h) * scale,
            2 * half_w * scale,
            2 * half_h * scale,
        ).clip(box)
        pygame.draw.rect(target, (40, 34, 30), view, 1)
        pygame.draw.rect(target, theme.PAPER_EDGE, box.inflate(4, 4), 2, border_radius=3)

    def minimap_size(self, width_px: int) -> tuple[int, int]:
        """Return the size of the small map at a width."""
        overview = self.tiles.overview
        return width_px, round(width_px * overview.get_height() / overview.get_width())

    # --- parts

    def _draw_neat_line(self, target: pygame.Surface, camera: Camera) -> None:
        size = round(camera.plane_width * camera.side_px), round(camera.plane_height * camera.side_px)
        edge = pygame.Rect(-camera.left_px, -camera.top_px, *size)
        pygame.draw.rect(target, theme.PAPER, edge.inflate(6, 6), 3)
        pygame.draw.rect(target, theme.INK, edge.inflate(8, 8), 1)

    def _draw_range(self, target: pygame.Surface, camera: Camera, march: MarchRange) -> None:
        mask = self._hex_mask(camera.side_px)
        places = []
        for hex in march.left_mp10:
            at = camera.centre_of(hex)
            if camera.shows(at, camera.side_px):
                places.append((mask, mask.get_rect(center=at)))
        target.fblits(places)

    def _hex_mask(self, side_px: float) -> pygame.Surface:
        key = (side_px, theme.palette.name)
        if key not in self._masks:
            size = (round(2 * side_px) + 2, round(3**0.5 * side_px) + 2)
            large = pygame.Surface((size[0] * 2, size[1] * 2), pygame.SRCALPHA)
            shape = [(size[0] + x * 2, size[1] + y * 2) for x, y in corners(side_px * 0.97)]
            pygame.draw.polygon(large, theme.palette.range_fill, shape)
            pygame.draw.polygon(large, (*theme.palette.path, 120), shape, 2)
            self._masks[key] = pygame.transform.smoothscale(large, size).convert_alpha()
        return self._masks[key]

    def mark_unit(self, target: pygame.Surface, camera: Camera, unit: int, chosen: int) -> None:
        """Draw the frame of a unit that is chosen beside another."""
        self._mark_chosen(target, camera, unit, self.shown(camera, chosen))

    def _mark_chosen(self, target: pygame.Surface, camera: Camera, chosen: int, shown: list[Piece]) -> None:
        piece = next((one for one in shown if chosen in one.units), None)
        if piece is None:
            return
        box = pygame.Rect(0, 0, piece.look.width_px + 8, piece.look.height_px + 8)
        box.center = map_pixel(camera, piece.at)
        pygame.draw.rect(target, theme.palette.chosen, box, 3, border_radius=5)
        pygame.draw.rect(target, theme.INK, box.inflate(2, 2), 1, border_radius=6)

    def _mark_target(self, target: pygame.Surface, camera: Camera, hex: int) -> None:
        x, y = camera.centre_of(hex)
        shape = [(x + dx, y + dy) for dx, dy in corners(camera.side_px * 0.96)]
        pygame.draw.polygon(target, theme.palette.target, shape, max(round(camera.side_px / 14), 2))
