"""Title above the map; legend and scale bar below it, so that they hide nothing."""

from collections.abc import Callable

from PIL import Image, ImageDraw

from sim.game.picture import counters, lines
from sim.game.picture.frame import ROOT3, Frame
from sim.game.picture.ground import TINTS, WASH
from sim.game.picture.labels import INK, font
from sim.kernels import codes

PAPER = (250, 247, 238)
MARGIN_PX, HEADER_PX, FOOTER_PX = 36, 84, 192
ROW_PX, SAMPLE_PX = 32, 46
ROWS = 5
SCALE_KM = (0, 100, 200, 300)

UNIT_KEY = (
    (codes.INFANTRY, 10, "infantry division"),
    (codes.INFANTRY, 5, "infantry brigade"),
    (codes.TANK, 5, "armour"),
    (codes.MECHANISED, 5, "mechanised"),
    (codes.CAVALRY, 10, "cavalry"),
    (codes.ARTILLERY, 5, "artillery"),
    (codes.ASSAULT_GUNS, 1, "assault guns"),
    (codes.FORTIFIED, 5, "fortified region"),
    (codes.GARRISON, 1, "garrison"),
    (codes.MARINES, 5, "marines"),
)
NATION_KEY = (
    (codes.NATION_SOVIET, "Soviet"),
    (codes.NATION_MONGOLIA, "Mongolian"),
    (codes.NATION_JAPAN, "Japanese"),
    (codes.NATION_MANCHUKUO, "Manchukuo"),
    (codes.NATION_MENGJIANG, "Mengjiang"),
)
TERRAIN_KEY = (
    (codes.PLAIN, "plain"),
    (codes.STEPPE, "steppe"),
    (codes.DESERT, "desert"),
    (codes.HILLS, "hills"),
    (codes.MOUNTAIN, "mountain"),
    (codes.FOREST_HILLS, "forest"),
    (codes.MARSH, "marsh"),
)
LINE_KEY = (
    ("front line", "front"),
    ("unmanned front", "edge"),
    ("taken by the Soviet side", "taken"),
    ("border of 1945", "border"),
    ("Great Wall", "wall"),
    ("railway", "rail"),
    ("narrow railway", "narrow"),
    ("main road", "road"),
    ("great river", "great river"),
    ("river", "river"),
)
# Left edges of the columns on a page 2,400 wide: units, units, nations, lines, lines, ground, ground, scale.
COLUMNS = (30, 262, 494, 684, 1020, 1260, 1430, 1700)


def on_page(picture: Image.Image, frame: Frame, hex_km: float, title: str, subtitle: str) -> Image.Image:
    """Return the map on its page: title above, legend and scale below, a neat line and a margin of paper around."""
    zoom = frame.zoom
    margin, header, footer = (round(length * zoom) for length in (MARGIN_PX, HEADER_PX, FOOTER_PX))
    size = (picture.width + 2 * margin, picture.height + 2 * margin + header + footer)
    page = Image.new("RGB", size, PAPER)
    page.paste(picture, (margin, margin + header))
    draw = ImageDraw.Draw(page, "RGBA")
    inner = (margin - 3, margin + header - 3, size[0] - margin + 2, size[1] - margin - footer + 2)
    draw.rectangle(inner, outline=INK, width=3)
    draw.rectangle((margin - 14, margin - 14, size[0] - margin + 13, size[1] - margin + 13), outline=INK, width=2)

    middle = margin + header * 0.46
    draw.text((margin + 20 * zoom, middle), title, font=font("Bold", round(46 * zoom)), fill=INK, anchor="lm")
    face = font("Regular", round(32 * zoom))
    draw.text((size[0] - margin - 20 * zoom, middle), subtitle, font=face, fill=INK, anchor="rm")
    LegendPen(draw, margin, size[1] - margin - footer + 34 * zoom, zoom).draw()
    _scale_bar(draw, (margin + COLUMNS[-1] * zoom, size[1] - margin - footer * 0.45), frame, hex_km)
    return page


class LegendPen:
    """The legend, drawn in columns of ``ROWS`` rows.

    Parameters
    ----------
    draw : ImageDraw
    left, top : float
        Corner of the legend on the page, in pixels.
    zoom : float
        Pixels for each pixel of a page 2,400 wide.
    """

    def __init__(self, draw: ImageDraw.ImageDraw, left: float, top: float, zoom: float) -> None:
        self.pen, self.left, self.top, self.zoom = draw, left, top, zoom
        self.long = SAMPLE_PX * zoom

    def draw(self) -> None:
        """Draw every entry with its word."""
        for row, (branch, room10, word) in enumerate(UNIT_KEY):
            x, y = self._entry(0, row, word, 34)
            self._counter(x, y, codes.NATION_JAPAN, branch, room10)
        for row, (nation, word) in enumerate(NATION_KEY):
            x, y = self._entry(2, row, word, 34)
            self._counter(x, y, nation, codes.INFANTRY, 0)
        for row, (word, name) in enumerate(LINE_KEY):
            LINE_SAMPLES[name](self, *self._entry(3, row, word, SAMPLE_PX))
        for row, (terrain, word) in enumerate(TERRAIN_KEY):
            self.swatch(*self._entry(5, row, word, SAMPLE_PX), TINTS[terrain])

    def _entry(self, column: int, row: int, word: str, sample_px: int) -> tuple[float, float]:
        """Write a word and return where its sample begins; what does not fit runs on into the next column."""
        x = self.left + COLUMNS[column + row // ROWS] * self.zoom
        y = self.top + ROW_PX * (row % ROWS) * self.zoom
        place = (x + (sample_px + 10) * self.zoom, y)
        self.pen.text(place, word, font=font("Regular", round(21 * self.zoom)), fill=INK, anchor="lm")
        return x, y

    def _counter(self, x: float, y: float, nation: int, branch: int, room10: int) -> None:
        sample = {"nation": nation, "branch": branch, "stack10": room10}
        box = (x, y - 8 * self.zoom, x + 32 * self.zoom, y + 12 * self.zoom)
        counters.draw_counter(self.pen, box, sample, 1.4 * self.zoom, with_size=room10 > 0)

    def stroke(self, x: float, y: float, colour: tuple[int, ...], width: float) -> None:
        """Draw a line sample."""
        self.pen.line([(x, y), (x + self.long, y)], fill=colour, width=max(round(width * self.zoom), 1))

    def dashed(
        self, x: float, y: float, colour: tuple[int, ...], width: float, pieces: tuple[tuple[int, int], ...]
    ) -> None:
        """Draw the pieces of a dashed line sample."""
        for start, end in pieces:
            ends = [(x + start * self.zoom, y), (x + end * self.zoom, y)]
            self.pen.line(ends, fill=colour, width=max(round(width * self.zoom), 1))

    def rail(self, x: float, y: float) -> None:
        """Draw a railway sample."""
        self.stroke(x, y, lines.RAIL_COLOUR, 5)
        self.dashed(x, y, PAPER, 2, ((4, 9), (16, 21), (28, 33), (40, 45)))

    def swatch(self, x: float, y: float, colour: tuple[int, ...]) -> None:
        """Draw a patch of ground."""
        self.pen.rectangle(
            (x, y - 10 * self.zoom, x + self.long, y + 10 * self.zoom), fill=colour, outline=INK, width=1
        )

    def taken(self, x: float, y: float) -> None:
        """Draw a patch of taken ground, hatched."""
        self.swatch(x, y, TINTS[codes.PLAIN])
        red = tuple(round(float(band)) for band in WASH[codes.SOVIET])
        high = round(18 * self.zoom)
        self.pen.rectangle((x + 1, y - high / 2, x + self.long - 1, y + high / 2), fill=(*red, 60))
        for start in range(-high, round(self.long), round(8 * self.zoom)):
            first, last = max(start, 0), min(start + high, round(self.long) - 1)
            ends = [(x + first, y + high / 2 - (first - start)), (x + last, y + high / 2 - (last - start))]
            self.pen.line(ends, fill=(*red, 150), width=2)


LINE_SAMPLES: dict[str, Callable[[LegendPen, float, float], None]] = {
    "front": lambda key, x, y: key.stroke(x, y, lines.FRONT_COLOUR, 6),
    "edge": lambda key, x, y: key.stroke(x, y, lines.FRONT_COLOUR, 2),
    "taken": LegendPen.taken,
    "border": lambda key, x, y: key.dashed(x, y, lines.BORDER_COLOUR, 3, ((0, 14), (18, 21), (25, 39), (43, 46))),
    "wall": lambda key, x, y: key.dashed(x, y, lines.WALL_COLOUR, 5, tuple((8 * d, 8 * d + 4) for d in range(6))),
    "rail": LegendPen.rail,
    "narrow": lambda key, x, y: key.stroke(x, y, lines.RAIL_COLOUR, 2),
    "road": lambda key, x, y: key.stroke(x, y, lines.ROAD_COLOUR, 3),
    "great river": lambda key, x, y: key.stroke(x, y, lines.RIVER_COLOUR, 6),
    "river": lambda key, x, y: key.stroke(x, y, lines.RIVER_COLOUR, 2),
}


def _scale_bar(draw: ImageDraw.ImageDraw, corner: tuple[float, float], frame: Frame, hex_km: float) -> None:
    px_per_km = frame.side_px * ROOT3 / hex_km
    (x, y), zoom = corner, frame.zoom
    room = frame.width_px - (x - MARGIN_PX * zoom) - 80 * zoom
    steps = [km for km in SCALE_KM if km * px_per_km <= room] or [0]
    face = font("Regular", round(21 * zoom))
    for index, km in enumerate(steps):
        at = x + km * px_per_km
        if index + 1 < len(steps):
            until = x + steps[index + 1] * px_per_km
            box = (at, y, until, y + 10 * zoom)
            draw.rectangle(box, fill=INK if index % 2 == 0 else PAPER, outline=INK, width=1)
        draw.text((at, y - 16 * zoom), f"{km} km" if km == steps[-1] else str(km), font=face, fill=INK, anchor="mm")
    draw.text((x, y + 34 * zoom), f"Hexes of {hex_km:g} km", font=face, fill=INK, anchor="lm")
