"""Lines of layers: halo, core, dashes and arrow heads."""

from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from sim.ui.layers.styles import StrokeLook

LEAST_ZOOM, MOST_ZOOM, FULL_SIDE_PX = 0.42, 1.5, 32.0
HALO_PX = 3.2


def draw_stroke(
    target: pygame.Surface,
    points: NDArray[Any],
    look: StrokeLook,
    side_px: float,
    fine: int,
    origin: tuple[int, int],
    part: str,
) -> None:
    """Draw one part of a line.

    Parameters
    ----------
    points : (n, 2) float
        In hex sides.
    side_px : float
        Length of a hex side on the screen.
    fine : int
        How many times as large as on the screen the target is.
    origin : tuple of int
        Corner of the target, in its own pixels.
    part : str
        ``halo`` or ``core``.
    """
    if part == "halo" and look.halo is None:
        return
    zoom = min(max(side_px / FULL_SIDE_PX, LEAST_ZOOM), MOST_ZOOM)
    width = max(round(look.width_px * zoom * fine), 2)
    scale = side_px * fine
    head = min(look.arrow, 0.45 * _length(points)) * max(1.0, 11 / side_px)
    body = _shortened(points, head * 0.8) if head else points
    colour: Any = look.colour
    if part == "halo":
        width, colour = width + round(HALO_PX * max(zoom, 0.6) * fine), look.halo
    for piece in dashed(body, _pattern(look, side_px)) if look.dashes else [body]:
        _draw_line(target, colour, piece * scale - np.array(origin), width)
    if head:
        rim = HALO_PX * fine * 0.6 if part == "halo" else 0.0
        pygame.draw.polygon(target, colour, _head(points, head, width, rim, scale, origin))


def _pattern(look: StrokeLook, side_px: float) -> tuple[float, ...]:
    """Return the dashes in hex sides, never so small that they run together on the screen."""
    grown = max(1.0, 14 / side_px)
    return tuple(length * grown for length in look.dashes)


def dashed(points: NDArray[Any], pattern: tuple[float, ...]) -> list[NDArray[Any]]:
    """Return the drawn pieces of a dashed line.

    Parameters
    ----------
    points : (n, 2) float
    pattern : tuple of float
        On, off, on, off and so on, in the line's own unit of measure.

    Example
    -------
    >>> [piece.tolist() for piece in dashed(np.array([[0.0, 0.0], [4.0, 0.0]]), (1.0, 2.0))]
    [[[0.0, 0.0], [1.0, 0.0]], [[3.0, 0.0], [4.0, 0.0]]]
    """
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    rounds = int(along[-1] / sum(pattern)) + 1
    cuts = np.concatenate(([0.0], np.cumsum(np.tile(pattern, rounds))))
    cuts = np.minimum(cuts, along[-1])
    stops = np.unique(np.concatenate((along, cuts)))
    fine = np.stack((np.interp(stops, along, points[:, 0]), np.interp(stops, along, points[:, 1])), axis=1)
    at = np.searchsorted(stops, cuts)
    pairs = zip(at[0:-1:2].tolist(), at[1::2].tolist(), strict=False)
    return [fine[first : last + 1] for first, last in pairs if last > first]


def _draw_line(target: pygame.Surface, colour: Any, points: NDArray[Any], width: int) -> None:
    if len(points) < 2:
        return
    pygame.draw.lines(target, colour, False, points.tolist(), width)
    if width > 4:
        for x, y in points.tolist():  # broad lines are drawn as boards: rounds close the gaps between them
            pygame.draw.circle(target, colour, (x, y), width / 2)


def _length(points: NDArray[Any]) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def _shortened(points: NDArray[Any], by: float) -> NDArray[Any]:
    """Return a line without its last bit."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    until = max(float(along[-1]) - by, 0.0)
    end = [np.interp(until, along, points[:, axis]) for axis in (0, 1)]
    return np.vstack((points[along < until], end))


def _head(
    points: NDArray[Any], length: float, width: int, rim: float, scale: float, origin: tuple[int, int]
) -> list[tuple[float, float]]:
    base = _shortened(points, length)[-1]
    tip = points[-1] * scale - np.array(origin)
    foot = base * scale - np.array(origin)
    way = tip - foot
    size = max(float(np.hypot(*way)), 1.0)
    way = way / size
    across = np.array((-way[1], way[0])) * (max(size * 0.5, width * 1.1) + rim)
    tip, foot = tip + way * rim * 1.6, foot - way * rim
    return [tuple(tip), tuple(foot + across), tuple(foot - across)]
