"""The ground of the map as one painted picture: terrain tints, real relief, sea; made once and kept in the cache."""

import hashlib
import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sim import paths
from sim.cache import cached_file
from sim.game.picture.frame import ROOT3, Frame
from sim.game.picture.ground import DEEP_SEA, TINTS, blur, enlarge, enlarge_colour, wandering_hexes
from sim.kernels import codes
from sim.kernels.state.layout import World

SIDE_PX = 14.0  # length of a hex side in the prepared picture
STYLE = 4  # raised when the painting changes, so that prepared pictures are made anew
PAINT_SCALE = 0.5  # tints are smooth and are painted at half size; the relief is laid over them at full size
SHADE_STRENGTH = 0.38
GLARE = 0.7  # lit slopes are lightened less than shaded ones are darkened
SHORE = np.array((92, 128, 150), np.float32)


def whole_frame(n_cols: int, n_rows: int, side_px: float = SIDE_PX) -> Frame:
    """Return a frame of the whole map whose corner is the corner of the first hex's bounding box."""
    width, height = (1.5 * (n_cols - 1) + 2) * side_px, ROOT3 * side_px * (n_rows + 0.5)
    return Frame(n_cols, n_rows, side_px, -side_px, -ROOT3 / 2 * side_px, round(width), round(height))


def prepare(world: World, scenario_id: str) -> Path:
    """Return the file of the painted ground, painting it first if it is not in the cache."""
    relief = paths.assets_root() / "relief" / f"{scenario_id}.png"
    mark = hashlib.sha256(world.hexes["terrain"].tobytes() + world.hexes["elev_m"].tobytes())
    mark.update(f"{STYLE} {SIDE_PX} {relief.stat().st_size if relief.is_file() else 0}".encode())
    name = f"maps/{scenario_id}-{mark.hexdigest()[:16]}.png"

    def painted() -> bytes:
        picture = paint(world, Image.open(relief) if relief.is_file() else None)
        file = io.BytesIO()
        picture.save(file, format="PNG", compress_level=3)
        return file.getvalue()

    return cached_file(name, painted)


def paint(world: World, shading: Image.Image | None) -> Image.Image:
    """Return the ground of the whole map; ``shading`` is grey with 128 for level ground, or None for hex heights."""
    frame = whole_frame(int(world.clock["n_cols"][0]), int(world.clock["n_rows"][0]))
    size = (frame.width_px, frame.height_px)
    small = frame.scaled(PAINT_SCALE)
    _, _, hexes, drifted = wandering_hexes(small, np.random.default_rng(1945), grain=0.7, by=0.5)

    terrain = world.hexes["terrain"]
    dry = ((terrain != codes.SEA) & (terrain != codes.LAKE)).astype(np.float32)
    weight = blur(dry[drifted], small.side_px * 0.45) + 1e-3
    table = np.array([TINTS[code] for code in range(len(codes.TERRAINS))], np.float32)
    bands = [blur(table[terrain[drifted], band] * dry[drifted], small.side_px * 0.45) / weight for band in range(3)]
    land = enlarge_colour(np.stack(bands, axis=-1), size)
    light = _light(world, shading, hexes, small, size)
    land *= (1 + SHADE_STRENGTH * np.where(light > 0, GLARE * light, light))[..., None]

    shallow = np.array(TINTS[codes.SEA], np.float32)
    near = np.clip(blur(dry[hexes], small.side_px * 2.2) * 2.2, 0, 1)[..., None]
    sea = enlarge_colour(DEEP_SEA + (shallow - DEEP_SEA) * near, size)
    edge = (np.asarray(enlarge(blur(dry[hexes], small.side_px * 0.4), size)) - 0.5) * frame.side_px
    share = np.clip(edge + 0.5, 0, 1)[..., None]
    picture = land * share + sea * (1 - share)
    picture += (SHORE - picture) * (np.clip(1 - abs(edge), 0, 1) * 0.75)[..., None]
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8), "RGB")


def _light(
    world: World, shading: Image.Image | None, hexes: NDArray[Any], small: Frame, size: tuple[int, int]
) -> NDArray[np.float32]:
    """Return light (+) and shadow (-) for every pixel, about -1 to 1."""
    if shading is not None:
        grey = np.asarray(shading.convert("L").resize(size, Image.Resampling.BICUBIC), np.float32)
        return np.asarray((grey - 128) / 127, np.float32)
    surface = blur(world.hexes["elev_m"].astype(np.float32)[hexes], small.side_px * 0.6)
    down, right = np.gradient(surface)
    light = np.tanh((right + down) / small.side_px * -0.08)
    return np.asarray(enlarge(-light, size), np.float32)
