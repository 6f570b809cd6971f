"""Ways on the map: the march under the pointer, one of several days with its evenings, and those plotted before."""

from collections.abc import Sequence
from itertools import pairwise

import pygame

from sim.game.play.march_routes import Route
from sim.game.play.standing_orders import MARCH, RAIL
from sim.ui.look import theme
from sim.ui.map.camera import Camera, Point
from sim.ui.panels.part import EDGE, Part
from sim.ui.player.table import PlayerTable

DASH_PX = 9


class Routes(Part):
    """Draws where the chosen units are going, and where they would go."""

    table: PlayerTable
    _version = -1
    _settled = -1  # the hex under the pointer when an order was given: no way there is offered again at once

    def update(self) -> None:
        """Notice that something was ordered, and that the pointer has moved on since."""
        version, hovered = self.table.session.version, self.table.selection.hovered
        if version != self._version:
            self._version, self._settled = version, hovered
        elif hovered != self._settled:
            self._settled = -1

    def draw_map(self, area: pygame.Surface) -> None:
        """Draw the way to the hex under the pointer, and the plotted ways of the chosen units."""
        table, selection = self.table, self.table.selection
        if table.session.is_thinking:
            return
        for unit in selection.group:
            self._draw_plotted(area, unit)
        if selection.march is None or selection.hovered in (-1, self._settled):
            return
        if table.is_panning or not table.is_pointing:
            return
        if selection.hovered in selection.march.left_mp10 and selection.mode != "rail":
            table.view.draw_path(area, table.camera, selection.march, selection.hovered)
            return
        route = selection.route(selection.hovered)
        if route is not None and len(route.steps) > 1:
            draw_route(area, table.camera, route, self._free(area))

    def _free(self, area: pygame.Surface) -> pygame.Rect:
        """Return the part of the map beside the panels at its right."""
        free = area.get_rect()
        return pygame.Rect(free.topleft, (free.width - self.panel_width - 2 * EDGE, free.height))

    def _draw_plotted(self, area: pygame.Surface, unit: int) -> None:
        session, camera = self.table.session, self.table.camera
        names = session.campaign.names
        order = session.standing_orders().get(names.units[unit])
        if order is None or order.kind not in (MARCH, RAIL):
            return
        start, end = int(session.world.units["hex"][unit]), names.hex_of(order.to)
        route = self.table.selection.route(end) if unit == self.table.selection.chosen and order.kind == MARCH else None
        way = [camera.centre_of(hex) for hex in (route.steps if route and len(route.steps) > 1 else (start, end))]
        _dashed(area, way, max(round(camera.side_px / 9), 2))
        pygame.draw.aacircle(area, theme.palette.path, camera.centre_of(end), max(round(camera.side_px / 4), 4), 2)


def draw_route(area: pygame.Surface, camera: Camera, route: Route, free: pygame.Rect) -> None:
    """Draw a way of several days: a mark where each evening finds the unit, and when it arrives or why it does not.

    The words stand in ``free``, where no panel hides them.
    """
    way = [camera.centre_of(hex) for hex in route.steps]
    width = max(round(camera.side_px / 9), 2)
    pygame.draw.lines(area, theme.HALO, False, way, width + 4)
    pygame.draw.lines(area, theme.palette.path, False, way, width)
    for day, hex in enumerate(route.day_ends, start=1):
        at = camera.centre_of(hex)
        pygame.draw.aacircle(area, theme.HALO, at, theme.px(9))
        pygame.draw.aacircle(area, theme.palette.path, at, theme.px(9), 2)
        face = theme.text(str(day), theme.px(12), theme.palette.path, "Bold")
        area.blit(face, face.get_rect(center=at))
    face = theme.haloed(route_words(route), theme.px(14), theme.palette.path, "Bold")
    place = face.get_rect(midbottom=(way[-1][0], way[-1][1] - theme.px(14)))
    area.blit(face, place.clamp(free))


def route_words(route: Route) -> str:
    """Return when a march arrives, what it costs in movement and fuel, and what stops it."""
    cost = f"{route.cost_mp10 / 10:.0f} points"
    fuel = f", fuel of {route.fuel10 / 10:.1f} days" if route.fuel10 else ""
    if route.arrival_date is None:
        return f"{cost}{fuel}; {route.halt}"
    arrives = f"{route.arrival_date.day} {route.arrival_date:%B}"
    return f"arrives {arrives}, day {route.days} of the march: {cost}{fuel}"


def _dashed(area: pygame.Surface, way: Sequence[Point], width: int) -> None:
    for (x, y), (u, v) in pairwise(way):
        pieces = max(round(((u - x) ** 2 + (v - y) ** 2) ** 0.5 / DASH_PX), 1)
        for piece in range(0, pieces, 2):
            a, b = piece / pieces, min((piece + 1) / pieces, 1)
            start, end = (x + (u - x) * a, y + (v - y) * a), (x + (u - x) * b, y + (v - y) * b)
            pygame.draw.line(area, theme.palette.path, start, end, width)
