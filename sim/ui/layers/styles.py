"""How each thing on a layer looks: colour together with pattern, dashes or shape, so that colour never tells alone."""

from dataclasses import dataclass

from sim.ui.look import theme

Colour = theme.Colour


@dataclass(frozen=True)
class FillLook:
    """Colour and pattern of hexes.

    Attributes
    ----------
    colour : Colour
    alpha : int
        Of the pattern's figures, 0 to 255.
    pattern : str
        One of ``patterns.PATTERNS``.
    ground : float
        How much of the colour lies between the figures, 0 to 1.
    """

    colour: Colour
    alpha: int
    pattern: str = "solid"
    ground: float = 0.35


@dataclass(frozen=True)
class StrokeLook:
    """Colour, width and dashes of a line.

    Attributes
    ----------
    colour : Colour
    width_px : float
        At a hex side of 32 px.
    dashes : tuple of float
        On, off, on, off in hex sides; empty for an unbroken line.
    halo : Colour or None
        Of the rim.
    arrow : float
        Length of the head in hex sides, 0 without.
    """

    colour: Colour
    width_px: float
    dashes: tuple[float, ...] = ()
    halo: Colour | None = theme.HALO
    arrow: float = 0.0


@dataclass(frozen=True)
class SignLook:
    """Shape and colour of a sign.

    Attributes
    ----------
    shape : str
        One of ``symbols.SHAPES``; empty for words alone.
    colour : Colour
    size : float
        Against the usual size of a sign.
    ink : Colour
        Of the words.
    is_bold : bool
    """

    shape: str
    colour: Colour
    size: float = 1.0
    ink: Colour = theme.INK
    is_bold: bool = False


SOVIET: Colour = (176, 40, 32)
JAPAN: Colour = (28, 66, 128)
GREEN: Colour = (44, 112, 74)
OLIVE: Colour = (120, 124, 40)
AMBER: Colour = (204, 132, 20)
RUST: Colour = (178, 76, 24)
VIOLET: Colour = (98, 48, 120)
WATER: Colour = (38, 96, 168)
MUD: Colour = (112, 74, 38)

FILLS: dict[str, FillLook] = {
    "march_near": FillLook((255, 250, 200), 120),
    "march_middle": FillLook((244, 190, 60), 165, "dots", 0.6),
    "march_far": FillLook((222, 116, 30), 180, "hatch", 0.5),
    "march_shut": FillLook(SOVIET, 190, "cross", 0.25),
    "supply_full": FillLook(GREEN, 112, "solid"),
    "supply_half": FillLook(OLIVE, 138, "dots", 0.58),
    "supply_low": FillLook(AMBER, 150, "hatch", 0.38),
    "supply_far": FillLook(RUST, 150, "hatch_wide", 0.25),
    "supply_none": FillLook((60, 20, 20), 150, "cross", 0.2),
    "zone_soviet": FillLook(SOVIET, 150, "hatch", 0.16),
    "zone_soviet_strong": FillLook(SOVIET, 205, "hatch_dense", 0.25),
    "zone_japan": FillLook(JAPAN, 150, "back", 0.16),
    "zone_japan_strong": FillLook(JAPAN, 205, "back_dense", 0.25),
    "held_soviet": FillLook((196, 62, 48), 58),
    "taken_soviet": FillLook((196, 52, 40), 150, "hatch", 0.45),
    "held_japan": FillLook((222, 186, 84), 84),
    "taken_japan": FillLook((206, 160, 40), 190, "back", 0.45),
    "sky_clear": FillLook((255, 255, 255), 0),
    "sky_rain": FillLook(WATER, 120, "rain", 0.0),
    "sky_heavy_rain": FillLook((20, 58, 128), 150, "rain_dense", 0.0),
    "ground_dry": FillLook((232, 206, 130), 46),
    "ground_wet": FillLook(MUD, 120, "dots", 0.3),
    "ground_flooded": FillLook((40, 96, 150), 135, "waves", 0.24),
    "heat_1": FillLook((214, 172, 96), 130, "dots", 0.5),
    "heat_2": FillLook((206, 120, 60), 150, "dots_dense", 0.6),
    "heat_3": FillLook((172, 62, 62), 165, "cross", 0.68),
    "heat_4": FillLook((104, 20, 60), 185, "solid"),
    "threat_open": FillLook((120, 90, 130), 120, "dots", 0.2),
    "threat_low": FillLook((222, 196, 80), 165, "dots", 0.55),
    "threat_even": FillLook((226, 146, 48), 180, "hatch", 0.6),
    "threat_high": FillLook((200, 70, 40), 195, "hatch_dense", 0.65),
    "threat_crushing": FillLook((128, 14, 36), 205, "cross", 0.75),
}
STROKES: dict[str, StrokeLook] = {
    "front_now": StrokeLook((172, 24, 20), 5.0),
    "front_start": StrokeLook((70, 56, 52), 3.2, (0.55, 0.4)),
    "region": StrokeLook((70, 70, 84), 2.4, (0.5, 0.35), None),
    "line_thin": StrokeLook((40, 76, 56), 1.8, (), None),
    "line_middle": StrokeLook((30, 74, 52), 4.0),
    "line_thick": StrokeLook((18, 64, 44), 7.0),
    "line_chosen": StrokeLook((20, 40, 120), 5.0, (), (255, 244, 150)),
    "line_broken": StrokeLook((150, 20, 20), 4.0, (0.35, 0.3)),
    "axis_main": StrokeLook((190, 36, 28), 10.0, (), theme.HALO, 1.5),
    "axis_support": StrokeLook((196, 84, 40), 6.4, (), theme.HALO, 1.15),
    "axis_siege": StrokeLook((120, 48, 30), 5.0, (0.45, 0.25), theme.HALO, 1.0),
    "axis_screen": StrokeLook((132, 96, 60), 3.4, (), theme.HALO, 0.85),
    "axis_reserve": StrokeLook((60, 84, 60), 4.6, (0.2, 0.25), theme.HALO, 1.0),
    "axis_back": StrokeLook(JAPAN, 5.4, (0.9, 0.3), theme.HALO, 1.1),
    "axis_later": StrokeLook((120, 106, 96), 2.6, (0.4, 0.3), theme.HALO, 0.8),
    "threat_way": StrokeLook((110, 16, 36), 3.0),
    "record_front": StrokeLook(VIOLET, 5.2, (0.9, 0.25, 0.16, 0.25)),
}
SIGNS: dict[str, SignLook] = {
    "cost": SignLook("", theme.INK, 1.0, theme.INK, True),
    "chevron_1": SignLook("chevron_1", (150, 120, 20), 1.2, (110, 84, 10), True),
    "chevron_2": SignLook("chevron_2", (196, 104, 20), 1.3, (150, 74, 10), True),
    "chevron_3": SignLook("chevron_3", (190, 50, 26), 1.45, (150, 30, 20), True),
    "chevron_4": SignLook("chevron_4", (124, 10, 32), 1.6, (120, 10, 30), True),
    "power_known": SignLook("", theme.INK, 1.0, theme.INK, True),
    "power_estimated": SignLook("", theme.INK, 1.0, theme.QUIET),
    "cut": SignLook("cross", (176, 16, 16), 1.5, theme.ALARM, True),
    "source_railhead": SignLook("railhead", GREEN, 1.5),
    "source_depot": SignLook("square", GREEN, 1.4),
    "source_port": SignLook("anchor", GREEN, 1.6),
    "source_closed": SignLook("square_empty", theme.QUIET, 1.3),
    "supply_good": SignLook("disc", (54, 128, 76), 0.72),
    "supply_strained": SignLook("triangle", (214, 160, 24), 1.05),
    "supply_out": SignLook("diamond", (216, 96, 20), 1.15),
    "supply_isolated": SignLook("octagon", (132, 12, 12), 1.3),
    "sky_clear_sign": SignLook("sun", (226, 166, 30), 1.8, theme.INK, True),
    "sky_rain_sign": SignLook("cloud", (86, 120, 160), 1.9, theme.INK, True),
    "sky_heavy_rain_sign": SignLook("storm", (34, 66, 120), 2.0, theme.INK, True),
    "goal_open": SignLook("flag_empty", (172, 34, 28), 1.5, (120, 20, 16)),
    "goal_held": SignLook("flag", (46, 110, 66), 1.4, (30, 76, 46)),
    "fort_open": SignLook("fort_empty", (172, 34, 28), 1.4, (120, 20, 16)),
    "fort_held": SignLook("fort", (46, 110, 66), 1.4, (30, 76, 46)),
    "fell": SignLook("flag", VIOLET, 1.3, VIOLET),
    "fell_today": SignLook("flag_star", VIOLET, 1.9, VIOLET, True),
    "stood": SignLook("flag_empty", (96, 86, 104), 1.25, (84, 76, 92)),
}
