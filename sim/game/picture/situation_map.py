"""The situation map as a picture for print: ground, lines, units, names, legend and scale."""

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sim.game.picture import counters, ground, labels, legend, lines
from sim.game.picture.frame import Frame
from sim.game.wording.views import Views
from sim.kernels import codes
from sim.kernels.state.layout import World
from sim.output import write_output

WIDTH_PX = 3000
PALETTE_COLOURS = 256  # a painted map in as many colours looks the same and is a third of the size
SMALL_COUNTRY_HEXES = 400
PRIZE_POINTS = 40  # cities worth as much are shown whoever holds them
SUPERSAMPLING = 2  # lines and symbols are drawn larger and reduced, which smooths their edges


def draw_situation(
    world: World,
    views: Views,
    title: str,
    subtitle: str,
    width_px: int = WIDTH_PX,
    bounds: NDArray[np.int64] | None = None,
) -> Image.Image:
    """Return the situation of a world as a picture ``width_px`` wide, framed by the hexes ``bounds`` or the theatre."""
    shown = theatre(world) if bounds is None else bounds
    frame = Frame.around(shown, int(world.clock["n_cols"][0]), int(world.clock["n_rows"][0]), width_px)
    picture = ground.paint(world, frame)
    found = counters.stacks(world, frame)
    _overlay(picture, world, frame)

    draw = ImageDraw.Draw(picture, "RGBA")
    taken = labels.Taken()
    labels.set_aside_counters(found, frame, taken)
    labels.draw_countries(draw, world, frame, taken)
    labels.draw_marks(draw, world, frame, taken)
    _overlay_units(picture, world, frame, found)
    labels.draw_places(draw, world, views, frame, taken)
    labels.draw_armies(draw, world, views, frame, found, taken)
    return legend.on_page(picture, frame, views.hex_km, title, subtitle)


def save_situation(path: Path, world: World, views: Views, title: str, subtitle: str) -> None:
    """Write the situation of a world as a PNG file."""
    picture = draw_situation(world, views, title, subtitle)
    plain = picture.quantize(PALETTE_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    plain.save(file, format="PNG", optimize=True, dpi=(300, 300))
    write_output(path, file.getvalue())


def theatre(world: World) -> NDArray[np.int64]:
    """Return hexes that bound the picture: the troops, the ground that changed hands, and the great prizes.

    A hundredth of the men on each edge may stand outside, so that a far garrison does not shrink everything else. A
    small country with troops in it (an island, say) is shown whole.
    """
    units, n_cols = world.units, int(world.clock["n_cols"][0])
    there = (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)
    changed = np.flatnonzero(world.holder != world.hexes["holder_start"])
    prizes = world.places["hex"][(world.places["points"][:, codes.SOVIET] >= PRIZE_POINTS) & (world.places["hex"] >= 0)]
    if not there.any():
        return np.arange(len(world.hexes))
    hexes = np.concatenate((units["hex"][there], changed)).astype(np.int64)
    men = np.concatenate((units["men"][there], np.full(changed.size, 400))).astype(np.float64)
    first_col, last_col = _middle_part(hexes % n_cols, men)
    first_row, last_row = _middle_part(hexes // n_cols, men)
    corners = (first_row * n_cols + first_col, last_row * n_cols + last_col)
    return np.concatenate((corners, prizes, _small_countries(world, units["hex"][there]))).astype(np.int64)


def _small_countries(world: World, occupied: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return all hexes of the countries that are small and have troops in them."""
    country = world.hexes["country"]
    sizes = np.bincount(country)
    found = [code for code in np.unique(country[occupied]) if code > 0 and sizes[code] <= SMALL_COUNTRY_HEXES]
    return np.flatnonzero(np.isin(country, found)).astype(np.int64)


def _middle_part(values: NDArray[np.int64], weights: NDArray[np.float64], outside: float = 0.01) -> tuple[int, int]:
    """Return the values below and above which no more than a share ``outside`` of the weight lies."""
    order = np.argsort(values, kind="stable")
    share = np.cumsum(weights[order]) / weights.sum()
    low, high = np.searchsorted(share, (outside, 1 - outside))
    return int(values[order[low]]), int(values[order[min(int(high), len(order) - 1)]])


def _overlay(picture: Image.Image, world: World, frame: Frame) -> None:
    """Draw all lines over the ground."""
    large = frame.scaled(SUPERSAMPLING)
    layer = Image.new("RGBA", (large.width_px, large.height_px), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    scale = SUPERSAMPLING * frame.zoom
    lines.draw_rivers(draw, world, large, scale)
    lines.draw_borders(draw, world, large, scale)
    lines.draw_roads(draw, world, large, scale)
    lines.draw_railways(draw, world, large, scale)
    lines.draw_front(draw, world, large, scale)
    _lay_over(picture, layer)


def _overlay_units(picture: Image.Image, world: World, frame: Frame, found: list[counters.Stack]) -> None:
    layer = Image.new("RGBA", (frame.width_px * SUPERSAMPLING, frame.height_px * SUPERSAMPLING), (0, 0, 0, 0))
    counters.draw_counters(ImageDraw.Draw(layer), world, found, frame.side_px, SUPERSAMPLING, frame.zoom)
    _lay_over(picture, layer)


def _lay_over(picture: Image.Image, layer: Image.Image) -> None:
    reduced = layer.reduce(SUPERSAMPLING)
    picture.paste(reduced, (0, 0), reduced)
