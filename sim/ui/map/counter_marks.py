"""The small marks on counters: supply, works, fatigue, orders, losses, age; each has a shape of its own."""

import pygame

from sim.game.terms import codes
from sim.ui.look import theme
from sim.ui.look.counter_face import Look
from sim.ui.look.palettes import DARK, LIGHT, Palette

FINE = 4
VEIL = (70, 64, 60, 84)
HALVED_TENTHS = 5


def draw(out: pygame.Surface, look: Look, palette: Palette, plate: pygame.Rect) -> None:
    """Draw the marks of a counter over and around its plate."""
    size = max(plate.width * 0.17, 6)
    if look.known and look.tenths < 10:
        losses(out, plate, look.tenths, palette)
    if look.works and plate.width >= 16:
        works(out, plate, look.works)
    if look.spent:
        veil = pygame.Surface(plate.size, pygame.SRCALPHA)
        pygame.draw.rect(veil, VEIL, veil.get_rect(), border_radius=max(plate.width // 16, 1))
        out.blit(veil, plate)
    if look.known and look.supply != codes.IN_SUPPLY:
        _stamp(out, supply_mark(look.supply, palette, round(size * 1.25)), (plate.left, plate.bottom))
    if look.known and look.fatigue and plate.width >= 30:
        _stamp(out, fatigue_mark(look.fatigue, palette.inks[look.nation], round(size)), _right(plate, 0.52))
    if look.order and plate.width >= 22:
        _stamp(out, order_mark(look.order, round(size * 1.2)), (plate.right, plate.top))
    if look.age and plate.width >= 30:
        words = theme.text(f"{look.age}d", max(round(plate.width * 0.17), 8), palette.inks[look.nation], "Italic")
        out.blit(words, words.get_rect(topright=(plate.right - 2, plate.top)))


def supply_mark(state: int, palette: Palette, size_px: int) -> pygame.Surface:
    """Return a drop half full (strained), a disc with a bar (out of supply) or a square with a cross (isolated)."""
    large, half = _sheet(size_px), size_px * FINE / 2
    colour = palette.supply[state - codes.STRAINED]
    reach, width = half - FINE, max(round(half * 0.26), 2)
    if state == codes.STRAINED:
        shape = [(half, FINE / 2), (half + reach, half + reach), (half - reach, half + reach)]
        pygame.draw.polygon(large, colour, shape)
        pygame.draw.polygon(large, DARK, shape, width)
    elif state == codes.OUT_OF_SUPPLY:
        pygame.draw.circle(large, DARK, (half, half), half)
        pygame.draw.circle(large, colour, (half, half), half - width * 0.8)
        pygame.draw.line(large, LIGHT, (half - reach * 0.5, half), (half + reach * 0.5, half), width)
    else:
        large.fill(LIGHT)
        large.fill(colour, large.get_rect().inflate(-2 * FINE, -2 * FINE))
        for sign in (-1, 1):
            pygame.draw.line(
                large, LIGHT, (half - reach * 0.5, half - sign * reach * 0.5),
                (half + reach * 0.5, half + sign * reach * 0.5), width,
            )  # fmt: skip
    return pygame.transform.smoothscale(large, (size_px, size_px))


def fatigue_mark(level: int, ink: theme.Colour, size_px: int) -> pygame.Surface:
    """Return one or two falling chevrons."""
    large, whole = _sheet(size_px), size_px * FINE
    for step in range(level):
        top = whole * (0.15 + 0.38 * step)
        points = [(whole * 0.12, top), (whole / 2, top + whole * 0.32), (whole * 0.88, top)]
        pygame.draw.lines(large, ink, False, points, max(whole // 8, 2))
    return pygame.transform.smoothscale(large, (size_px, size_px))


def order_mark(order: str, size_px: int) -> pygame.Surface:
    """Return a disc with an arrow (a march is plotted), an H (hold) or a cog (the computer leads)."""
    large, half = _sheet(size_px), size_px * FINE / 2
    pygame.draw.circle(large, DARK, (half, half), half)
    pygame.draw.circle(large, LIGHT, (half, half), half * 0.84)
    width = max(round(half * 0.2), 2)
    if order == "plotted":
        pygame.draw.line(large, DARK, (half * 0.5, half), (half * 1.3, half), width)
        pygame.draw.polygon(large, DARK, [(half * 1.1, half * 0.55), (half * 1.65, half), (half * 1.1, half * 1.45)])
    elif order == "hold":
        for x in (half * 0.68, half * 1.32):
            pygame.draw.line(large, DARK, (x, half * 0.5), (x, half * 1.5), width)
        pygame.draw.line(large, DARK, (half * 0.68, half), (half * 1.32, half), width)
    else:
        for turn in range(8):
            arm = pygame.math.Vector2(half * 0.66, 0).rotate(45 * turn)
            pygame.draw.line(large, DARK, (half, half), (half + arm.x, half + arm.y), width)
        pygame.draw.circle(large, DARK, (half, half), half * 0.46)
        pygame.draw.circle(large, LIGHT, (half, half), half * 0.2)
    return pygame.transform.smoothscale(large, (size_px, size_px))


def works(out: pygame.Surface, plate: pygame.Rect, level: int) -> None:
    """Draw a bracket around the foot of a plate, a double one for strong works."""
    width = max(plate.width // 28, 1)
    for step in range(level):
        grow = 2 + step * (width + 2)
        box = plate.inflate(2 * grow, 2 * grow)
        height = box.bottom - max(plate.height // 4, 3)
        corners = [(box.left, height), (box.left, box.bottom), (box.right, box.bottom), (box.right, height)]
        pygame.draw.lines(out, DARK, False, corners, width)


def losses(out: pygame.Surface, plate: pygame.Rect, tenths: int, palette: Palette) -> None:
    """Draw how much of a unit is left as a bar up its right edge; below half it is notched and alarming."""
    width = max(round(plate.width * 0.085), 3)
    bar = pygame.Rect(plate.right - width, plate.top + 1, width, plate.height - 2)
    out.fill(DARK, bar)
    full = round(bar.height * tenths / 10)
    colour = LIGHT if tenths > HALVED_TENTHS else palette.supply[0]
    out.fill(colour, (bar.left + 1, bar.bottom - full, bar.width - 2, full))
    if tenths <= HALVED_TENTHS:
        pygame.draw.line(out, DARK, (bar.left - 2, bar.centery), (bar.right, bar.centery))


def hatch(target: pygame.Surface, box: pygame.Rect, ink: theme.Colour, step_px: int) -> None:
    """Hatch a plate: what it shows is not sure."""
    lines = pygame.Surface(box.size, pygame.SRCALPHA)
    for x in range(-box.height, box.width, step_px):
        pygame.draw.line(lines, (*ink, 70), (x, box.height), (x + box.height, 0), max(step_px // 6, 1))
    target.blit(lines, box)


def _sheet(size_px: int) -> pygame.Surface:
    return pygame.Surface((size_px * FINE, size_px * FINE), pygame.SRCALPHA)


def _stamp(out: pygame.Surface, mark: pygame.Surface, middle: tuple[int, int]) -> None:
    out.blit(mark, mark.get_rect(center=middle))


def _right(plate: pygame.Rect, down: float) -> tuple[int, int]:
    return plate.right - round(plate.width * 0.13), plate.top + round(plate.height * down)
