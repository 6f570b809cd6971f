"""Sets of colours for the map: as printed maps have it, for eyes that do not tell red from green or blue from yellow,
and with strong contrast. Shapes say everything that the colours say.
"""

from dataclasses import dataclass

Colour = tuple[int, int, int]
Wash = tuple[int, int, int, int]

LIGHT: Colour = (255, 250, 240)
DARK: Colour = (34, 30, 28)
# Army bands: hues after Okabe and Ito (2008), whom all common kinds of colour vision tell apart, with two greys.
BANDS: tuple[Colour, ...] = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (0, 114, 178),
    (204, 121, 167),
    (90, 86, 84),
    (214, 210, 202),
)


@dataclass(frozen=True)
class Palette:
    """Colours of one set.

    Attributes
    ----------
    nations, inks : tuple of Colour
        Plate and ink of counters, in the order of ``codes.NATIONS``.
    supply : tuple of Colour
        Strained, out of supply, isolated.
    bands : tuple of Colour
        Army bands on counters.
    soviet_wash, japanese_wash, range_fill : Wash
        Laid over ground that was taken, and over the range of the chosen unit.
    sides : tuple of Colour
        Names of the two sides on the dark bar.
    front, path, target, chosen : Colour
    paleness : int
        How much the painted ground is whitened, 0 to 255.
    """

    name: str
    nations: tuple[Colour, ...]
    inks: tuple[Colour, ...]
    supply: tuple[Colour, Colour, Colour]
    bands: tuple[Colour, ...] = BANDS
    soviet_wash: Wash = (196, 54, 40, 62)
    japanese_wash: Wash = (236, 214, 150, 96)
    range_fill: Wash = (255, 252, 214, 78)
    sides: tuple[Colour, Colour] = ((190, 58, 46), (226, 200, 130))
    front: Colour = (178, 30, 26)
    path: Colour = (40, 70, 120)
    target: Colour = (186, 24, 24)
    chosen: Colour = (252, 226, 96)
    paleness: int = 0


STANDARD = Palette(
    "standard",
    nations=((186, 66, 54), (206, 136, 66), (243, 232, 202), (196, 205, 156), (180, 198, 202)),
    inks=(LIGHT, DARK, DARK, DARK, DARK),
    supply=((236, 186, 60), (224, 112, 32), (120, 14, 14)),
)
DEUTERANOPIA = Palette(
    "deuteranopia",
    nations=((166, 60, 14), (226, 150, 30), (245, 236, 214), (158, 204, 236), (92, 132, 176)),
    inks=(LIGHT, DARK, DARK, DARK, LIGHT),
    supply=((240, 228, 66), (0, 114, 178), (20, 20, 30)),
    soviet_wash=(190, 84, 10, 74),
    japanese_wash=(90, 160, 220, 80),
    sides=((236, 128, 60), (150, 200, 240)),
    front=(150, 54, 0),
    target=(166, 60, 0),
)
TRITANOPIA = Palette(
    "tritanopia",
    nations=((188, 38, 52), (232, 140, 150), (246, 240, 236), (138, 208, 200), (84, 128, 134)),
    inks=(LIGHT, DARK, DARK, DARK, LIGHT),
    supply=((250, 214, 220), (0, 140, 130), (110, 0, 20)),
    bands=((214, 39, 60), (0, 158, 150), (250, 190, 200), (120, 220, 214), (90, 20, 30), (0, 86, 84), *BANDS[6:]),
    soviet_wash=(200, 40, 60, 66),
    japanese_wash=(60, 180, 170, 66),
    sides=((232, 90, 104), (120, 214, 206)),
    front=(176, 20, 44),
    path=(0, 96, 92),
    chosen=(255, 176, 190),
)
HIGH_CONTRAST = Palette(
    "high contrast",
    nations=((142, 0, 0), (214, 96, 0), (255, 255, 255), (206, 255, 170), (176, 226, 255)),
    inks=((255, 255, 255), (0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)),
    supply=((255, 220, 0), (255, 110, 0), (0, 0, 0)),
    soviet_wash=(230, 0, 0, 84),
    japanese_wash=(0, 60, 200, 60),
    range_fill=(255, 255, 120, 130),
    sides=((255, 130, 110), (255, 255, 255)),
    front=(200, 0, 0),
    path=(0, 0, 150),
    target=(210, 0, 0),
    chosen=(255, 230, 0),
    paleness=96,
)
PALETTES = {palette.name: palette for palette in (STANDARD, DEUTERANOPIA, TRITANOPIA, HIGH_CONTRAST)}
