"""The ground as a painted raster: terrain tints, hill shading, sea and lakes, and who holds what."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sim.game.picture.frame import Frame
from sim.kernels import codes
from sim.kernels.state.layout import World

Field = NDArray[np.float32]

TINTS = {
    codes.SEA: (196, 215, 224),
    codes.LAKE: (196, 215, 224),
    codes.PLAIN: (226, 226, 192),
    codes.STEPPE: (232, 223, 186),
    codes.DESERT: (238, 224, 184),
    codes.HILLS: (214, 205, 166),
    codes.FOREST: (190, 208, 164),
    codes.FOREST_HILLS: (180, 197, 152),
    codes.MOUNTAIN: (200, 186, 152),
    codes.FOREST_MOUNTAIN: (164, 182, 140),
    codes.MARSH: (200, 216, 196),
}
DEEP_SEA = np.array((160, 190, 206), np.float32)
WASH = {codes.SOVIET: np.array((196, 62, 44), np.float32), codes.JAPANESE: np.array((250, 246, 232), np.float32)}
WASH_STRENGTH = {codes.SOVIET: 0.18, codes.JAPANESE: 0.16}
WORK_SCALE = 0.5  # the fields are smooth, so they are painted at half size


def paint(world: World, frame: Frame) -> Image.Image:
    """Return the ground of the window, without lines and names."""
    small = frame.scaled(WORK_SCALE)
    rng = np.random.default_rng(1945)
    x, y, hexes, drifted = wandering_hexes(small, rng, grain=0.9, by=0.55)

    terrain = world.hexes["terrain"]
    land = ((terrain != codes.SEA) & (terrain != codes.LAKE)).astype(np.float32)
    land_field = blur(land[hexes], small.side_px * 0.42)
    table = np.array([TINTS[code] for code in range(len(codes.TERRAINS))], np.float32)
    dry = land[drifted]
    weight = blur(dry, small.side_px * 0.5) + 1e-3
    colour = np.stack(
        [blur(table[terrain[drifted], band] * dry, small.side_px * 0.5) / weight for band in range(3)], axis=-1
    )
    colour *= _shade(world, hexes, small, rng)[..., None]
    colour = _wash(world, hexes, colour, small, (x, y))
    sea = _sea(blur(land[hexes], small.side_px * 2.2))

    size = (frame.width_px, frame.height_px)
    share = np.asarray(enlarge(land_field, size))
    share = np.clip((share - 0.5) * 0.9 * frame.side_px + 0.5, 0, 1)[..., None]
    picture = enlarge_colour(colour, size) * share + enlarge_colour(sea, size) * (1 - share)
    shore = np.clip(1 - abs(np.asarray(enlarge(land_field, size)) - 0.5) * 1.1 * frame.side_px, 0, 1)[..., None]
    picture += (np.array((86, 124, 148), np.float32) - picture) * shore * 0.8
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8), "RGB")


def wandering_hexes(
    frame: Frame, rng: np.random.Generator, grain: float, by: float
) -> tuple[Field, Field, NDArray[Any], NDArray[Any]]:
    """Return x, y and hex of every pixel, and the hex of a pixel nearby: by those the edges of terrain wander.

    Parameters
    ----------
    grain, by : float
        How long the bends are, and how far they go, in sides of a hex.
    """
    y, x = np.mgrid[0 : frame.height_px, 0 : frame.width_px].astype(np.float32)
    drift = [_noise(rng, y.shape, frame.side_px * grain) * (by * frame.side_px) for _ in range(2)]
    return x, y, frame.hex_raster(x, y), frame.hex_raster(x + drift[0], y + drift[1])


def blur(field: NDArray[Any], sigma_px: float) -> Field:
    """Return a field smoothed by three box means, close to a Gaussian of ``sigma_px``."""
    radius = max(round(sigma_px), 1)
    out = np.asarray(field, np.float32)
    for _ in range(3):
        for axis in (0, 1):
            out = _box_mean(out, radius, axis)
    return out


def _box_mean(field: Field, radius: int, axis: int) -> Field:
    widths = [(0, 0), (0, 0)]
    widths[axis] = (radius + 1, radius)
    total = np.cumsum(np.pad(field, widths, mode="edge"), axis=axis, dtype=np.float64)
    span = 2 * radius + 1
    length = field.shape[axis]
    high = np.take(total, range(span, span + length), axis=axis)
    low = np.take(total, range(length), axis=axis)
    return ((high - low) / span).astype(np.float32)


def _noise(rng: np.random.Generator, shape: tuple[int, ...], grain_px: float) -> Field:
    """Return smooth noise of unit spread with bumps of about ``grain_px``."""
    field = blur(rng.standard_normal(shape).astype(np.float32), grain_px / 2)
    return np.asarray(field / (field.std() + 1e-9), np.float32)


def _shade(world: World, hexes: NDArray[Any], frame: Frame, rng: np.random.Generator) -> Field:
    """Return light and shadow from the north-west.

    The map knows one height and one relief for each hex; ridges finer than that are drawn by chance, as high as the
    relief says, so that broken country looks broken.
    """
    height = blur(world.hexes["elev_m"].astype(np.float32)[hexes], frame.side_px * 0.6)
    relief = blur(world.hexes["relief_m"].astype(np.float32)[hexes], frame.side_px * 0.6)
    ridges = (
        1 - abs(_noise(rng, hexes.shape, frame.side_px * 0.8)) + 0.5 * _noise(rng, hexes.shape, frame.side_px * 0.4)
    )
    surface = height + 0.22 * relief * ridges
    slope_y, slope_x = np.gradient(surface)
    metres_per_px = 15_000 / (frame.side_px * 3**0.5)
    light = -(slope_x + slope_y) / metres_per_px * 14
    shade = 1 + np.clip(-light, -0.30, 0.22)
    return np.asarray(shade * (1 + np.clip(height - 300, 0, 1500) / 1500 * 0.02), np.float32)


def _wash(
    world: World, hexes: NDArray[Any], colour: Field, frame: Frame, grid: tuple[NDArray[Any], NDArray[Any]]
) -> Field:
    """Tint and hatch the ground that changed hands; leave the ground that each side began with nearly plain."""
    holder, began = world.holder, world.hexes["holder_start"]
    x, y = grid
    for side in (codes.SOVIET, codes.JAPANESE):
        taken = ((holder == side) & (began != side) & (began != codes.NEITHER)).astype(np.float32)
        if not taken.any():
            continue
        field = np.clip((blur(taken[hexes], frame.side_px * 0.45) - 0.5) * frame.side_px + 0.5, 0, 1)
        hatch = ((x + y) % (6 * frame.zoom) < 1.5).astype(np.float32)
        strength = field * (WASH_STRENGTH[side] + 0.16 * hatch)
        colour = colour + (WASH[side] - colour) * strength[..., None]
    return colour


def _sea(nearness: Field) -> Field:
    """Return the colour of the sea: paler towards the shore."""
    shallow = np.array(TINTS[codes.SEA], np.float32)
    return np.asarray(DEEP_SEA + (shallow - DEEP_SEA) * np.clip(nearness * 2.2, 0, 1)[..., None], np.float32)


def enlarge(field: Field, size: tuple[int, int]) -> Image.Image:
    """Return a smooth field as a picture of another size."""
    return Image.fromarray(np.ascontiguousarray(field, np.float32), "F").resize(size, Image.Resampling.BICUBIC)


def enlarge_colour(colour: Field, size: tuple[int, int]) -> Field:
    """Return smooth colours at another size."""
    picture = Image.fromarray(np.clip(colour, 0, 255).astype(np.uint8), "RGB")
    return np.asarray(picture.resize(size, Image.Resampling.BICUBIC), np.float32)
