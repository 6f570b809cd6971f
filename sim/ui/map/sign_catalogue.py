"""Every sign of the map with its meaning, as the help screen lists them: a picture and words."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pygame

from sim.game.maps.map_lines import MapLine
from sim.game.terms import codes
from sim.ui.look import theme
from sim.ui.look.counter_face import ESTIMATED, UNKNOWN, Look
from sim.ui.map import ground_signs, line_art, place_signs
from sim.ui.map.counter_art import counter

COUNTER_PX, MARK_PX, LINE_PX = 56, 20, 64
Draw = Callable[[], pygame.Surface]


@dataclass(frozen=True)
class Sign:
    """One sign: under which heading it stands, how it is drawn at present, and what it says."""

    heading: str
    draw: Draw
    words: str


BRANCH_WORDS = {
    codes.INFANTRY: "infantry",
    codes.TANK: "tanks",
    codes.MECHANISED: "mechanised or motorised troops",
    codes.CAVALRY: "cavalry",
    codes.ARTILLERY: "artillery",
    codes.ROCKETS: "rocket launchers",
    codes.ASSAULT_GUNS: "assault guns",
    codes.ENGINEERS: "engineers",
    codes.FORTIFIED: "fortified region: machine guns and artillery",
    codes.GARRISON: "garrison of permanent works",
    codes.HEADQUARTERS: "headquarters with its own troops",
    codes.SUPPORT: "rear services",
    codes.AIR: "air force",
    codes.RIVER_UNIT: "river flotilla",
    codes.MARINES: "marines",
    codes.AIRLANDED: "air-landed troops",
}
SIZE_WORDS = (
    ("II", "battalion"),
    ("III", "regiment"),
    ("X", "brigade"),
    ("XX", "division"),
    ("XXX", "corps"),
    ("XXXX", "army"),
)
NATION_WORDS = ("Soviet", "Mongolian", "Japanese", "Manchukuo", "Mengjiang")
PLAIN = Look(codes.NATION_JAPAN, codes.INFANTRY, COUNTER_PX, "XX", "12", "6")
STATES = (
    (PLAIN, "below the symbol: men in thousands, after a dot the tanks; to the right: movement left"),
    (replace(PLAIN, band=0), "band on the left: its army has this colour"),
    (replace(PLAIN, under=2), "a stack: more units lie under this one"),
    (replace(PLAIN, spent=True), "shaded: no movement left"),
    (replace(PLAIN, works=1), "bracket below: dug in; a double bracket: strong works"),
    (replace(PLAIN, tenths=7), "bar on the right: what is left of its strength; notched and coloured: half or less"),
    (replace(PLAIN, fatigue=1), "falling chevron: tired; two: worn out"),
    (replace(PLAIN, supply=codes.STRAINED), "triangle: supply is strained"),
    (replace(PLAIN, supply=codes.OUT_OF_SUPPLY), "disc with a bar: out of supply"),
    (replace(PLAIN, supply=codes.ISOLATED), "square with a cross: isolated"),
    (replace(PLAIN, order="plotted"), "arrow: a march is plotted beyond today"),
    (replace(PLAIN, order="hold"), "H: told to hold"),
    (replace(PLAIN, order="computer"), "cog: the computer leads it"),
    (replace(PLAIN, strength="~10", movement="", known=ESTIMATED, age=2), "hatched: estimated, seen two days ago"),
    (replace(PLAIN, known=UNKNOWN), "question mark: somebody is there, nothing more is known"),
)
TOWN_WORDS = ("place without a town", "village", "small town", "town", "city", "metropolis")
FEATURE_WORDS = {
    codes.FLAG_FORTRESS: "permanent works",
    codes.FLAG_PASS: "pass",
    codes.FLAG_PORT: "port",
    codes.FLAG_AIRFIELD: "airfield",
}
LINE_WORDS = (
    ("river", codes.RIVER_GREAT, "great river"),
    ("river", codes.RIVER_MAJOR, "large river"),
    ("river", codes.RIVER_MINOR, "river"),
    ("river", codes.RIVER_STREAM, "stream"),
    ("road", codes.ROAD_SURFACED, "surfaced road"),
    ("road", codes.ROAD_DIRT, "dirt road"),
    ("road", codes.ROAD_TRACK, "track"),
    ("rail", codes.RAIL_BROAD, "railway, broad gauge (1,524 mm)"),
    ("rail", codes.RAIL_STANDARD, "railway, standard gauge (1,435 mm)"),
    ("rail", codes.RAIL_CAPE, "railway, cape gauge (1,067 mm)"),
    ("rail", codes.RAIL_NARROW, "railway, narrow gauge"),
    ("border", 0, "border of 1945"),
    ("wall", 0, "the Great Wall"),
    ("parallel", 0, "38th parallel"),
    ("front", 0, "front line"),
)
GROUND_WORDS = (
    (ground_signs.FURROWS, "plain: fields"),
    (ground_signs.PADDIES, "plain of Korea and Japan: paddies"),
    (ground_signs.TUFTS, "steppe"),
    (ground_signs.DUNES, "desert"),
    (ground_signs.KNOLLS, "hills"),
    (ground_signs.TREES, "forest"),
    (ground_signs.PEAKS, "mountains"),
    (ground_signs.CONIFERS, "forest in the mountains"),
    (ground_signs.REEDS, "marsh"),
)


def line_picture(kind: str, rank: int) -> pygame.Surface:
    """Return a piece of a line of the map on paper."""
    fine, side = 2, 32.0
    x = np.linspace(0, LINE_PX / side, 27)
    points = np.stack((x, 0.31 + 0.06 * np.sin(4 * x)), axis=1)
    large = pygame.Surface((LINE_PX * fine, MARK_PX * fine), pygame.SRCALPHA)
    line_art.draw(large, MapLine(kind, rank, points), side, (0, 0), fine)
    return pygame.transform.smoothscale(large, (theme.px(LINE_PX), theme.px(MARK_PX)))


def _counter(look: Look) -> Draw:
    return lambda: counter(replace(look, width_px=theme.px(look.width_px)))


def _town(size: int) -> Draw:
    return lambda: place_signs.town(size, theme.scale)


def _feature(flag: int) -> Draw:
    return lambda: place_signs.feature(flag, theme.px(MARK_PX))


def _line(kind: str, rank: int) -> Draw:
    return lambda: line_picture(kind, rank)


def _ground(kind: int) -> Draw:
    return lambda: ground_signs.sign(kind, theme.px(MARK_PX))


SIGNS: tuple[Sign, ...] = (
    *(
        Sign("Branch", _counter(replace(PLAIN, branch=branch, echelon="", movement="")), words)
        for branch, words in BRANCH_WORDS.items()
    ),
    *(Sign("Size", _counter(replace(PLAIN, echelon=mark)), words) for mark, words in SIZE_WORDS),
    *(
        Sign("Nation", _counter(replace(PLAIN, nation=nation)), f"{words} troops")
        for nation, words in enumerate(NATION_WORDS)
    ),
    *(Sign("Counter", _counter(look), words) for look, words in STATES),
    *(Sign("Places", _town(size), words) for size, words in enumerate(TOWN_WORDS)),
    *(Sign("Places", _feature(flag), words) for flag, words in FEATURE_WORDS.items()),
    *(Sign("Lines", _line(kind, rank), words) for kind, rank, words in LINE_WORDS),
    *(Sign("Ground", _ground(kind), words) for kind, words in GROUND_WORDS),
)
