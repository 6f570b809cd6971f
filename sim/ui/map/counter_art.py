"""Counters: APP-6 symbol, army band, size, strength and movement, and small marks for what troubles a unit.

A counter seen by its own side says everything; one that is only estimated is hatched and rounds its strength; one that
is unknown shows a question mark. Small counters leave out what could not be read.
"""

import pygame

from sim.ui.look import theme
from sim.ui.look.app6_symbols import draw_echelon, symbol, unframed
from sim.ui.look.counter_face import IDENTIFIED, UNKNOWN, Look
from sim.ui.look.palettes import DARK, Palette
from sim.ui.map import counter_marks

FINE = 3  # plates and marks are drawn so many times as large and reduced
FULL_FROM_PX, SIZED_FROM_PX = 42, 22
MOST_LETTERS = 0.3  # the greatest share of a plate's width for the size of figures, where the interface is large
USUAL_FIGURES = 0.37  # height of a line of figures to the height of its plate, where they are of usual size
MOST_KEPT = 3000

_kept: dict[tuple[Look, tuple[str, float]], pygame.Surface] = {}


def counter(look: Look) -> pygame.Surface:
    """Return a counter in the palette and scale in use; its anchor is the middle of the surface."""
    key = (look, theme.style())
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = _draw(look, theme.palette)
    return _kept[key]


def is_ready(look: Look) -> bool:
    """Return whether a counter has been drawn before, so that it costs nothing now."""
    return (look, theme.style()) in _kept


def _draw(look: Look, palette: Palette) -> pygame.Surface:
    wide, high = look.width_px, look.height_px
    lift = (2 if wide >= SIZED_FROM_PX else 1) * look.under
    margin = max(round(wide * 0.2), 4) + lift + 2
    size = (wide + 2 * margin, high + 2 * margin)
    plate = pygame.Rect(margin, margin, wide, high)
    out = _plates(look, palette, size, plate, lift)
    if wide >= FULL_FROM_PX:
        _face(out, look, palette, plate)
    else:
        _small_face(out, look, palette, plate, lift)
    counter_marks.draw(out, look, palette, plate)
    return out.convert_alpha()


def _plates(look: Look, palette: Palette, size: tuple[int, int], plate: pygame.Rect, lift: int) -> pygame.Surface:
    """Return the plate with its shadow, those under it, its army band and, if it is not known, hatching."""
    large = pygame.Surface((size[0] * FINE, size[1] * FINE), pygame.SRCALPHA)
    box = pygame.Rect(plate.left * FINE, plate.top * FINE, plate.width * FINE, plate.height * FINE)
    rim, radius = max(FINE * 2 // 3, round(look.width_px * FINE / 46)), max(round(look.width_px * FINE / 16), FINE)
    colour = palette.nations[look.nation]
    pygame.draw.rect(large, (20, 16, 12, 46), box.move(FINE, 2 * FINE).inflate(FINE, FINE), border_radius=radius)
    for step in range(look.under, 0, -1):
        shift = step * lift * FINE // look.under
        pygame.draw.rect(large, _darker(colour, 0.9), box.move(shift, -shift), border_radius=radius)
        pygame.draw.rect(large, DARK, box.move(shift, -shift), rim, border_radius=radius)
    pygame.draw.rect(large, colour, box, border_radius=radius)
    if look.band >= 0 and look.known != UNKNOWN and look.width_px >= SIZED_FROM_PX:
        band = pygame.Rect(box.left, box.top, max(round(box.width * 0.11), 2 * FINE), box.height)
        hue = palette.bands[look.band % len(palette.bands)]
        pygame.draw.rect(large, hue, band, border_top_left_radius=radius, border_bottom_left_radius=radius)
        pygame.draw.line(large, DARK, band.topright, band.bottomright, max(rim // 2, 2))
    if look.known != IDENTIFIED:
        counter_marks.hatch(large, box, palette.inks[look.nation], 5 * FINE if look.known == UNKNOWN else 9 * FINE)
    pygame.draw.rect(large, DARK, box, rim, border_radius=radius)
    return pygame.transform.smoothscale(large, size)


def _face(out: pygame.Surface, look: Look, palette: Palette, plate: pygame.Rect) -> None:
    """Draw size, symbol, strength and movement inside a plate that is large enough for them."""
    ink, wide = palette.inks[look.nation], look.width_px
    if look.known == UNKNOWN:
        _question(out, plate, ink, round(plate.height * 0.62))
        return
    shift = round(wide * 0.05) if look.band >= 0 else 0
    words, moves = _figures(look, wide, ink)
    grown = words.get_height() / plate.height - USUAL_FIGURES  # what larger figures take from the symbol
    face = symbol(look.branch, round(wide * (0.52 - 0.9 * max(grown, 0))), ink)
    middle = (plate.centerx + shift, plate.top + round(plate.height * (0.45 - 0.35 * max(grown, 0))))
    inside = face.get_rect(center=middle)
    out.fill((*_lighter(palette.nations[look.nation]), 255), inside.inflate(-2, -2))
    out.blit(face, inside)
    mark = max(wide * 0.075, 3.5)
    draw_echelon(out, look.echelon, (middle[0], inside.top - mark * 0.85), mark, ink, max(wide // 40, 1))
    foot = plate.bottom - round(wide * 0.01)
    if moves is not None:
        out.blit(words, words.get_rect(bottomleft=(plate.left + round(wide * 0.15), foot)))
        out.blit(moves, moves.get_rect(bottomright=(plate.right - round(wide * 0.08), foot)))
    else:
        out.blit(words, words.get_rect(midbottom=(plate.centerx + shift, foot)))


def _figures(look: Look, wide: int, ink: theme.Colour) -> tuple[pygame.Surface, pygame.Surface | None]:
    """Return strength and movement, as large as the scale of the interface asks for and the plate has room for.

    The tanks are left out beside the men where figures would have to be small for them.
    """
    usual = round(wide * (0.2 if wide >= 56 else 0.235))
    most = max(min(theme.px(usual), round(wide * MOST_LETTERS)), usual)
    room = wide * (0.72 if look.movement else 0.84)
    men = look.strength.partition("·")[0]
    middle = (most + usual + 1) // 2
    tries = [(size, look.strength) for size in range(most, middle - 1, -1)]
    for size, text in [*tries, *((size, men) for size in range(most, usual - 1, -1))]:
        words = theme.text(text, size, ink, "Bold")
        moves = theme.text(look.movement, size - 1, ink) if look.movement else None
        if words.get_width() + (moves.get_width() if moves is not None else 0) <= room:
            break
    return words, moves


def _small_face(out: pygame.Surface, look: Look, palette: Palette, plate: pygame.Rect, lift: int) -> None:
    """Let the plate be the frame of the symbol, with the size above it where that can be read."""
    ink = palette.inks[look.nation]
    if look.known == UNKNOWN:
        _question(out, plate, ink, round(plate.height * 0.8))
        return
    shift = round(look.width_px * 0.05) if look.band >= 0 and look.width_px >= SIZED_FROM_PX else 0
    face = unframed(look.branch, round(look.width_px * (0.86 if shift else 0.96)), ink)
    out.blit(face, face.get_rect(center=(plate.centerx + shift, plate.centery)))
    if look.width_px >= SIZED_FROM_PX:
        mark = max(look.width_px * 0.11, 3)
        draw_echelon(out, look.echelon, (plate.centerx, plate.top - lift - mark * 0.9), mark, DARK)


def _question(out: pygame.Surface, plate: pygame.Rect, ink: theme.Colour, height: int) -> None:
    words = theme.text("?", max(height, 8), ink, "Bold")
    out.blit(words, words.get_rect(center=plate.center))


def _lighter(colour: theme.Colour) -> theme.Colour:
    red, green, blue = (round(part + (255 - part) * 0.12) for part in colour)
    return red, green, blue


def _darker(colour: theme.Colour, share: float) -> theme.Colour:
    red, green, blue = (round(part * share) for part in colour)
    return red, green, blue
