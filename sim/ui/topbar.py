"""The bar above the map: date, whose move, weather, points, buttons."""

import pygame

from sim.game.session import Session
from sim.game.terms import REGION_WORDS, SIDE_WORDS, codes
from sim.ui import input as inputs
from sim.ui import theme
from sim.ui.commands import BY_NAME, keys_in_words
from sim.ui.panels import Button, draw_button, draw_hint
from sim.ui.parts import Part

SOFT = (176, 168, 154)
SKY_SIGNS = ("clear", "rain", "heavy rain")
GROUND_SIGNS = ("", ", mud", ", floods")


class TopBar(Part):
    """Shows the moment of the campaign and its most used commands.

    Attributes
    ----------
    height : int
        Of the bar, in pixels.
    """

    @property
    def height(self) -> int:
        """Return the height of the bar in pixels."""
        return theme.px(44)

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Press a button; keep clicks on the bar from the map."""
        if event.type != pygame.MOUSEBUTTONDOWN or event.pos[1] >= self.height:
            return False
        for button in self.buttons():
            if event.button == 1 and button.enabled and button.box.collidepoint(event.pos):
                self.screen.carry_out(inputs.Command(button.command))
                break
        return True

    def buttons(self) -> list[Button]:
        """Return the buttons of the present moment, from the right."""
        session = self.screen.session
        over, busy = session.campaign.is_over, session.is_thinking
        if session.sides:
            wanted = [("", "end_turn", not over and not busy, True)]
            wanted += [("", "undo", session.can_undo, False), ("", "next_unit", not over and not busy, False)]
        else:
            wanted = [("Pause" if self.screen.watching else "Go on", "pause", not over, True)]
        wanted += [("", name, True, False) for name in ("log", "order_of_battle", "report", "help")]
        x, found = self.screen.size[0] - theme.px(10), []
        for words, command, enabled, strong in wanted:
            words = words or BY_NAME[command].words
            wide = theme.font(theme.px(14), "Bold").size(words)[0] + theme.px(24)
            x -= wide
            box = pygame.Rect(x, theme.px(7), wide, self.height - 2 * theme.px(7))
            found.append(Button(box, words, command, self._hint(command), enabled, strong))
            x -= theme.px(6)
        return found

    def _hint(self, command: str) -> str:
        return f"{BY_NAME[command].hint} ({keys_in_words(command, self.screen.stage.settings.keys)})"

    def draw(self, target: pygame.Surface) -> None:
        """Draw the bar, and the tooltip of the button under the pointer."""
        width, shown, mouse = self.screen.size[0], self.buttons(), pygame.mouse.get_pos()
        pygame.draw.rect(target, theme.BAR, (0, 0, width, self.height))
        pygame.draw.line(target, theme.ACCENT, (0, self.height - 1), (width, self.height - 1))
        x, room = theme.px(16), min(button.box.left for button in shown) - theme.px(16)
        for words, colour, style, size in self._pieces():
            face = theme.text(words, theme.px(size), colour, style)
            if x + face.get_width() > room:
                break
            target.blit(face, face.get_rect(midleft=(x, self.height // 2)))
            x += face.get_width() + theme.px(22)
        if self.screen.session.is_thinking:
            self._draw_progress(target)
        for button in shown:
            draw_button(target, button, button.box.collidepoint(mouse))
        for button in shown:
            if button.box.collidepoint(mouse):
                draw_hint(target, button.hint, mouse)

    def _pieces(self) -> list[tuple[str, theme.Colour, str, int]]:
        session = self.screen.session
        clock = session.world.clock[0]
        start = session.campaign.scenario.header.start_date
        turn = session.turn_shown
        today = type(start).fromordinal(start.toordinal() + turn - 1)
        points = session.world.sides["points"]
        return [
            (f"{today.day} {today:%B %Y}", theme.BAR_TEXT, "Bold", 18),
            (f"day {turn} of {int(clock['last_turn'])}", SOFT, "Regular", 14),
            (_move_words(session), *_move_look(session), 14),
            (f"points {int(points[0])} : {int(points[1])}", theme.BAR_TEXT, "Regular", 14),
            (weather(session), SOFT, "Regular", 13),
        ]

    def _draw_progress(self, target: pygame.Surface) -> None:
        """Draw a light that runs along the lower edge while the computer moves."""
        at = pygame.time.get_ticks() // 3 % (self.screen.size[0] + 200) - 200
        pygame.draw.line(target, (240, 206, 120), (at, self.height - 2), (at + 200, self.height - 2), 3)


def weather(session: Session) -> str:
    """Return sky and ground by region, like ones together.

    The regions stand from west to north as the map has them.
    """
    clock = session.world.clock[0]
    signs: dict[str, list[str]] = {}
    for region, name in enumerate(REGION_WORDS):
        sign = SKY_SIGNS[int(clock["sky"][region])] + GROUND_SIGNS[int(clock["ground"][region])]
        signs.setdefault(sign, []).append(name)
    if len(signs) == 1:
        return f"{next(iter(signs))} everywhere"
    return "; ".join(f"{', '.join(names)}: {sign}" for sign, names in signs.items())


def _move_words(session: Session) -> str:
    if session.campaign.is_over and not session.is_thinking:
        return f"The campaign is over: {session.campaign.result()['outcome']['level'].lower()}"
    if session.is_thinking:
        return "the computer moves"
    if session.side_to_move is None:
        return session.evening_words
    return f"{SIDE_WORDS[codes.SIDES.index(session.side_to_move)]} side to move"


def _move_look(session: Session) -> tuple[theme.Colour, str]:
    side = session.side_to_move
    return (theme.SIDE_COLOURS[side], "Bold") if side else ((214, 190, 120), "Bold")
