"""Title, legend, scale bar and frame."""

from PIL import Image, ImageDraw

from sim.game.picture import counters, lines
from sim.game.picture.counters import Box
from sim.game.picture.frame import ROOT3, Frame
from sim.game.picture.ground import TINTS, WASH
from sim.game.picture.labels import INK, font
from sim.kernels import codes

PAPER = (250, 247, 238)
MARGIN_PX = 36
KEY_WIDTH, KEY_HEIGHT = 560, 372
SCALE_KM = (0, 100, 200, 300)

UNIT_KEY = (
    (codes.INFANTRY, "infantry"),
    (codes.TANK, "armour"),
    (codes.MECHANISED, "mechanised"),
    (codes.CAVALRY, "cavalry"),
    (codes.FORTIFIED, "fortified region"),
    (codes.GARRISON, "garrison"),
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
    (codes.FOREST_MOUNTAIN, "forest"),
    (codes.MARSH, "marsh"),
)


def boxes(frame: Frame) -> tuple[Box, Box]:
    """Return the boxes of the title and of the legend, which nothing else may use."""
    title = (24.0, 24.0, 24.0 + 760, 24.0 + 132)
    right, bottom = frame.width_px - 24.0, frame.height_px - 24.0
    return title, (right - KEY_WIDTH, bottom - KEY_HEIGHT, right, bottom)


def draw_legend(picture: Image.Image, frame: Frame, hex_km: float, title: str, subtitle: str) -> None:
    """Draw the title box, the legend and the scale bar."""
    draw = ImageDraw.Draw(picture, "RGBA")
    title_box, key_box = boxes(frame)
    _panel(draw, title_box)
    draw.text((title_box[0] + 24, title_box[1] + 44), title, font=font("Bold", 44), fill=INK, anchor="lm")
    draw.text((title_box[0] + 24, title_box[1] + 98), subtitle, font=font("Regular", 30), fill=INK, anchor="lm")
    _panel(draw, key_box)
    left, top = key_box[0] + 20, key_box[1] + 30
    _units(draw, left, top)
    _lines(draw, left + 188, top)
    _grounds(draw, left + 390, top)
    _scale_bar(draw, key_box, frame, hex_km)


def bordered(picture: Image.Image) -> Image.Image:
    """Return the picture with a neat line and a margin of paper."""
    whole = Image.new("RGB", (picture.width + 2 * MARGIN_PX, picture.height + 2 * MARGIN_PX), PAPER)
    whole.paste(picture, (MARGIN_PX, MARGIN_PX))
    draw = ImageDraw.Draw(whole)
    for inset, width in ((MARGIN_PX - 3, 3), (MARGIN_PX - 14, 2)):
        draw.rectangle((inset, inset, whole.width - inset - 1, whole.height - inset - 1), outline=INK, width=width)
    return whole


def _panel(draw: ImageDraw.ImageDraw, box: Box) -> None:
    draw.rectangle(box, fill=(*PAPER, 236), outline=INK, width=2)


def _word(draw: ImageDraw.ImageDraw, x: float, y: float, text: str) -> None:
    draw.text((x, y), text, font=font("Regular", 19), fill=INK, anchor="lm")


def _units(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    for row, (branch, word) in enumerate(UNIT_KEY):
        middle = y + 28 * row
        sample = {"nation": codes.NATION_JAPAN, "branch": branch, "stack10": 10}
        counters.draw_counter(draw, (x, middle - 8, x + 30, middle + 10), sample, 1.4)
        _word(draw, x + 40, middle, word)
    for row, (nation, word) in enumerate(NATION_KEY):
        middle = y + 28 * (row + len(UNIT_KEY)) + 6
        draw.rectangle((x, middle - 8, x + 30, middle + 8), fill=counters.COLOURS[nation], outline=INK, width=1)
        _word(draw, x + 40, middle, word)


def _lines(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    def stroke(row: int, colour: tuple[int, ...], width: int) -> float:
        middle = y + 28 * row
        draw.line([(x, middle), (x + 46, middle)], fill=colour, width=width)
        return middle

    words = ("front line", "railway", "main road", "great river", "river", "border of 1945", "Great Wall")
    stroke(0, lines.FRONT_COLOUR, 5)
    middle = stroke(1, lines.RAIL_COLOUR, 5)
    for dash in range(4):
        draw.line([(x + 4 + 12 * dash, middle), (x + 9 + 12 * dash, middle)], fill=PAPER, width=2)
    stroke(2, lines.ROAD_COLOUR, 2)
    stroke(3, lines.RIVER_COLOUR, 5)
    stroke(4, lines.RIVER_COLOUR, 2)
    middle = y + 28 * 5
    for start, end in ((0, 14), (18, 21), (25, 39), (43, 46)):
        draw.line([(x + start, middle), (x + end, middle)], fill=lines.BORDER_COLOUR, width=3)
    middle = y + 28 * 6
    for dash in range(6):
        draw.line([(x + 8 * dash, middle), (x + 8 * dash + 4, middle)], fill=lines.WALL_COLOUR, width=5)
    for row, word in enumerate(words):
        _word(draw, x + 56, y + 28 * row, word)
    _swatch(draw, x, y + 28 * 7 + 6, TINTS[codes.PLAIN], "taken by the")
    _hatch(draw, x, y + 28 * 7 + 6)
    _word(draw, x + 56, y + 28 * 8, "Soviet side")


def _grounds(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    for row, (terrain, word) in enumerate(TERRAIN_KEY):
        _swatch(draw, x, y + 28 * row, TINTS[terrain], word)


def _swatch(draw: ImageDraw.ImageDraw, x: float, y: float, colour: tuple[int, int, int], word: str) -> None:
    draw.rectangle((x, y - 9, x + 46, y + 9), fill=colour, outline=INK, width=1)
    _word(draw, x + 56, y, word)


def _hatch(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    red = tuple(round(float(band)) for band in WASH[codes.SOVIET])
    draw.rectangle((x + 1, y - 8, x + 45, y + 8), fill=(*red, 60))
    for start in range(-16, 46, 8):
        first, last = max(start, 0), min(start + 17, 45)
        draw.line([(x + first, y + 8 - (first - start)), (x + last, y + 8 - (last - start))], fill=(*red, 150), width=2)


def _scale_bar(draw: ImageDraw.ImageDraw, box: Box, frame: Frame, hex_km: float) -> None:
    px_per_km = frame.side_px * ROOT3 / hex_km
    x, y = box[0] + 208, box[3] - 30
    steps = [km for km in SCALE_KM if km * px_per_km <= KEY_WIDTH - 270]
    for index, km in enumerate(steps):
        at = x + km * px_per_km
        if index + 1 < len(steps):
            until = x + steps[index + 1] * px_per_km
            draw.rectangle((at, y, until, y + 8), fill=INK if index % 2 == 0 else PAPER, outline=INK, width=1)
        word = f"{km} km" if km == steps[-1] else str(km)
        draw.text((at, y - 12), word, font=font("Regular", 17), fill=INK, anchor="mm")
