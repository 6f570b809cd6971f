"""Names on the map, placed so that they do not lie over each other or over counters."""

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import ImageDraw, ImageFont

from sim import paths
from sim.game.picture.counters import Box, Stack, counter_box
from sim.game.picture.frame import Frame
from sim.game.wording.hex_distance import spread
from sim.game.wording.views import Views, plain
from sim.kernels import codes
from sim.kernels.state.layout import World

INK = (32, 28, 26)
HALO = (252, 250, 242)
COUNTRY_INK = (112, 84, 108)
ARMY_INK = {codes.SOVIET: (158, 22, 22), codes.JAPANESE: (66, 60, 20)}
COUNTRY_NAMES = {
    codes.USSR: "U.S.S.R.",
    codes.MONGOLIA: "MONGOLIA",
    codes.MANCHUKUO: "MANCHUKUO",
    codes.MENGJIANG: "MENGJIANG",
    codes.CHINA: "CHINA",
    codes.KOREA: "KOREA",
    codes.JAPAN_PROPER: "JAPAN",
    codes.KARAFUTO: "KARAFUTO",
}
CITY, TOWN = 4, 3
LEAST_COUNTRY_HEXES = 60


@cache
def font(style: str, size_px: int) -> ImageFont.FreeTypeFont:
    """Return the shipped font in a style (``Regular``, ``Bold``, ``Italic``) and size."""
    return ImageFont.truetype(str(paths.assets_root() / "fonts" / f"NotoSans-{style}.ttf"), size_px)


@dataclass
class Taken:
    """Boxes on the paper that no name may cover, with the dearness of covering each."""

    boxes: list[Box] = field(default_factory=list)
    prices: list[float] = field(default_factory=list)

    def add(self, box: Box, price: float) -> None:
        """Set a box aside."""
        self.boxes.append(box)
        self.prices.append(price)

    def cost(self, box: Box) -> float:
        """Return what it costs to write in ``box``: area covered times the price of what lies there."""
        if not self.boxes:
            return 0.0
        left, top, right, bottom = np.array(self.boxes).T
        wide = np.minimum(right, box[2]) - np.maximum(left, box[0])
        high = np.minimum(bottom, box[3]) - np.maximum(top, box[1])
        return float(np.sum(np.maximum(wide, 0) * np.maximum(high, 0) * np.array(self.prices)))


def draw_countries(draw: ImageDraw.ImageDraw, world: World, frame: Frame, taken: Taken) -> None:
    """Write the names of countries, spaced out, where they fit best into the part that the window shows."""
    face = font("Bold", round(40 * frame.zoom))
    shown = frame.shows(np.arange(len(world.hexes)), -4 * frame.side_px)
    for country, name in COUNTRY_NAMES.items():
        inside = (world.hexes["country"] == country) & shown
        if np.count_nonzero(inside) < LEAST_COUNTRY_HEXES:
            continue
        room = spread(~inside, world.neighbours)
        middle = frame.centres(np.flatnonzero(inside)).mean(axis=0)
        text = "\u2009\u2009".join(name)
        width, height = float(draw.textlength(text, font=face)), face.size * 1.0
        along = np.linspace(-width / 2, width / 2, 9)
        best: tuple[float, float, float] | None = None
        for x, y in frame.centres(np.flatnonzero(inside & (room >= 0.4 * room[inside].max()))).tolist():
            x = min(max(x, width / 2 + 12), frame.width_px - width / 2 - 12)
            own = (world.hexes["country"][frame.hex_raster(x + along, np.full(9, y))] == country).mean()
            box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            away = float(np.hypot(x - middle[0], y - middle[1]))
            cost = away + 4000 * (1 - float(own)) + taken.cost(box) * 0.5
            if best is None or cost < best[0]:
                best = cost, x, y
        if best:
            _, x, y = best
            draw.text((x, y), text, font=face, fill=(*COUNTRY_INK, 140), anchor="mm")
            taken.add((x - width / 2, y - height / 2, x + width / 2, y + height / 2), 1.0)


def draw_marks(draw: ImageDraw.ImageDraw, world: World, frame: Frame, taken: Taken) -> None:
    """Mark all places by their size."""
    rows = _places_shown(world, frame)
    for row, (x, y) in zip(rows.tolist(), frame.centres(world.places["hex"][rows]).tolist(), strict=True):
        _mark(draw, int(world.places["town_size"][row]), x, y, frame.zoom)
        taken.add((x - 5 * frame.zoom, y - 5 * frame.zoom, x + 5 * frame.zoom, y + 5 * frame.zoom), 0.6)


def _places_shown(world: World, frame: Frame) -> NDArray[np.int64]:
    rows = np.flatnonzero(world.places["hex"] >= 0)
    return rows[frame.shows(world.places["hex"][rows], -12)]


def draw_places(
    draw: ImageDraw.ImageDraw, world: World, views: Views, frame: Frame, taken: Taken, most: int = 110
) -> None:
    """Name the places, important ones first, as long as there is room."""
    places = world.places
    rows = _places_shown(world, frame)
    changed = places["captured_turn"][rows] > 0
    weight = 10 * places["town_size"][rows].astype(int) + places["points"][rows].sum(axis=1) + 8 * changed
    order = rows[np.argsort(-weight, kind="stable")]
    centres = frame.centres(places["hex"][order])
    for row, (x, y) in list(zip(order.tolist(), centres.tolist(), strict=True))[:most]:
        size = int(places["town_size"][row])
        style, points = ("Bold", 25) if size > CITY else ("Bold", 21) if size == CITY else ("Regular", 18)
        text = _name(
            draw, plain(views.place(row)), font(style, round(points * frame.zoom)), x, y, 7 * frame.zoom, taken, frame
        )
        if text:
            text.write(draw, INK)


def draw_armies(
    draw: ImageDraw.ImageDraw, world: World, views: Views, frame: Frame, found: list[Stack], taken: Taken
) -> None:
    """Write the name of each army beside the middle of its troops."""
    groups: dict[int, list[Stack]] = {}
    for stack in found:
        row = views.army_row(stack.unit)
        if row >= 0:
            groups.setdefault(row, []).append(stack)
    for row, members in sorted(groups.items(), key=lambda item: -len(item[1])):
        x, y = float(np.median([one.x for one in members])), float(np.median([one.y for one in members]))
        text = _name(
            draw,
            short(views.formation(row)),
            font("Italic", round(20 * frame.zoom)),
            x,
            y,
            14 * frame.zoom,
            taken,
            frame,
            reach=4,
        )
        if text:
            text.write(draw, ARMY_INK[int(world.formations[row]["side"])])


def set_aside_counters(found: list[Stack], frame: Frame, taken: Taken) -> None:
    """Keep names off the counters."""
    for stack in found:
        taken.add(counter_box(stack, frame.side_px), 1.0)


def short(name: str) -> str:
    """Return the name of a formation as it is written on maps.

    Example
    -------
    >>> short("6th Guards Tank Army"), short("Cavalry-Mechanised Group")
    ('6th Gds Tank Army', 'Cav-Mech Group')
    """
    for long, brief in (("Guards", "Gds"), ("Cavalry", "Cav"), ("Mechanised", "Mech"), ("Mechanized", "Mech")):
        name = name.replace(long, brief)
    return name.partition(" on the ")[0]


@dataclass(frozen=True)
class Text:
    """A name with its place on the paper."""

    text: str
    font: ImageFont.FreeTypeFont
    x: float
    y: float

    def write(self, draw: ImageDraw.ImageDraw, ink: tuple[int, ...]) -> None:
        """Write it with a halo."""
        draw.text((self.x, self.y), self.text, font=self.font, fill=ink, anchor="lm", stroke_width=3, stroke_fill=HALO)


def _mark(draw: ImageDraw.ImageDraw, size: int, x: float, y: float, zoom: float) -> None:
    radius = (6 if size > CITY else 5 if size == CITY else 4 if size == TOWN else 3) * zoom
    if size >= CITY:
        draw.rectangle((x - radius, y - radius, x + radius, y + radius), fill=HALO, outline=INK, width=2)
        draw.rectangle((x - radius / 2.5, y - radius / 2.5, x + radius / 2.5, y + radius / 2.5), fill=INK)
    else:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=HALO, outline=INK, width=2)


def _name(
    draw: ImageDraw.ImageDraw,
    text: str,
    face: ImageFont.FreeTypeFont,
    x: float,
    y: float,
    gap: float,
    taken: Taken,
    frame: Frame,
    reach: int = 2,
) -> Text | None:
    """Return where a name fits best around a point, or None where it would hide too much."""
    width, height = float(draw.textlength(text, font=face)), face.size * 1.05
    best: tuple[float, Text, Box] | None = None
    for ring in range(1, reach + 1):
        out = gap + (ring - 1) * height * 0.8
        for rank, (dx, dy) in enumerate(((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))):
            left = x + dx * out if dx > 0 else x - width - out if dx < 0 else x - width / 2
            middle = y + dy * (height / 2 + out * 0.6)
            box = (left - 2, middle - height / 2, left + width + 2, middle + height / 2)
            inside = box[0] >= 4 and box[1] >= 4 and box[2] <= frame.width_px - 4 and box[3] <= frame.height_px - 4
            cost = taken.cost(box) + rank * 3 + ring * 20 + (0.0 if inside else 1e9)
            if best is None or cost < best[0]:
                best = cost, Text(text, face, left, middle), box
    if best is None or best[0] > 0.12 * width * height + 45:
        return None
    taken.add(best[2], 4.0)
    return best[1]
