"""The bar above the map: date, whose move, weather, points, buttons."""

from typing import TYPE_CHECKING

import pygame

from sim.game.terms import REGION_WORDS, SIDE_WORDS, codes
from sim.ui import theme
from sim.ui.panels import Button, draw_button, draw_hint

if TYPE_CHECKING:
    from sim.ui.screens.campaign import CampaignScreen

HEIGHT = 44
SKY_SIGNS = ("clear", "rain", "heavy rain")
GROUND_SIGNS = ("", ", mud", ", floods")


def buttons(screen: "CampaignScreen") -> list[Button]:
    """Return the buttons of the present moment, from the right."""
    session = screen.session
    over, busy = session.campaign.is_over, session.is_thinking
    if session.sides:
        wanted = [("End turn", "end_turn", "End the turn (Enter)", not over and not busy, True)]
    else:
        words = "Pause" if screen.watching else "Go on"
        wanted = [(words, "pause", "Stop or go on watching, day by day", not over, True)]
    if session.sides:
        wanted += [
            ("Undo", "undo", "Take the last order back (U)", session.can_undo, False),
            ("Next unit", "next_unit", "Next unit that has not marched (N)", not over and not busy, False),
        ]
    wanted += [
        ("Log", "log", "Show or hide the log of the day (L)", True, False),
        ("Help", "help", "Keys and signs (F1)", True, False),
    ]
    x, found = screen.size[0] - 10, []
    for words, command, hint, enabled, strong in wanted:
        wide = theme.font(14, "Bold").size(words)[0] + 24
        x -= wide
        found.append(Button(pygame.Rect(x, 7, wide, HEIGHT - 14), words, command, hint, enabled, strong))
        x -= 6
    return found


def draw(target: pygame.Surface, screen: "CampaignScreen") -> None:
    """Draw the bar, and the tooltip of the button under the pointer."""
    session, width = screen.session, screen.size[0]
    pygame.draw.rect(target, theme.BAR, (0, 0, width, HEIGHT))
    pygame.draw.line(target, theme.ACCENT, (0, HEIGHT - 1), (width, HEIGHT - 1))
    mouse = pygame.mouse.get_pos()
    shown = buttons(screen)
    room = min(button.box.left for button in shown) - 16
    x = 16
    clock = session.world.clock[0]
    day = session.campaign.scenario.header.start_date.toordinal() + int(clock["turn"]) - 1
    today = type(session.campaign.today).fromordinal(day)
    pieces = [(f"{today.day} {today:%B %Y}", theme.BAR_TEXT, "Bold", 18)]
    pieces.append((f"day {int(clock['turn'])} of {int(clock['last_turn'])}", (176, 168, 154), "Regular", 14))
    pieces.append((_move_words(screen), *_move_look(screen), 14))
    points = session.world.sides["points"]
    pieces.append((f"points {int(points[0])} : {int(points[1])}", theme.BAR_TEXT, "Regular", 14))
    pieces.append((weather(screen), (176, 168, 154), "Regular", 13))
    for words, colour, style, size in pieces:
        face = theme.text(words, size, colour, style)
        if x + face.get_width() > room:
            break
        target.blit(face, face.get_rect(midleft=(x, HEIGHT // 2)))
        x += face.get_width() + 22
    if session.is_thinking:
        _draw_progress(target, width)
    for button in shown:
        draw_button(target, button, button.box.collidepoint(mouse))
    for button in shown:
        if button.box.collidepoint(mouse):
            draw_hint(target, button.hint, mouse)


def weather(screen: "CampaignScreen") -> str:
    """Return sky and ground by region, like ones together.

    The regions stand from west to north as the map has them.
    """
    clock = screen.session.world.clock[0]
    signs: dict[str, list[str]] = {}
    for region, name in enumerate(REGION_WORDS):
        sign = SKY_SIGNS[int(clock["sky"][region])] + GROUND_SIGNS[int(clock["ground"][region])]
        signs.setdefault(sign, []).append(name)
    if len(signs) == 1:
        return f"{next(iter(signs))} everywhere"
    return "; ".join(f"{', '.join(names)}: {sign}" for sign, names in signs.items())


def _move_words(screen: "CampaignScreen") -> str:
    session = screen.session
    if session.campaign.is_over and not session.is_thinking:
        return f"The campaign is over: {session.campaign.result()['outcome']['level'].lower()}"
    if session.is_thinking:
        return "the computer moves"
    if session.side_to_move is None:
        return "evening"
    return f"{SIDE_WORDS[codes.SIDES.index(session.side_to_move)]} side to move"


def _move_look(screen: "CampaignScreen") -> tuple[theme.Colour, str]:
    side = screen.session.side_to_move
    return (theme.SIDE_COLOURS[side], "Bold") if side else ((214, 190, 120), "Bold")


def _draw_progress(target: pygame.Surface, width: int) -> None:
    """Draw a light that runs along the lower edge while the computer moves."""
    at = pygame.time.get_ticks() // 3 % (width + 200) - 200
    pygame.draw.line(target, (240, 206, 120), (at, HEIGHT - 2), (at + 200, HEIGHT - 2), 3)
