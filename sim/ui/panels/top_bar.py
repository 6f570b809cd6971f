"""The bar above the map: date, whose move, points against the record, weather, buttons.

Where the window is narrow for the scale of the interface, words grow shorter and the buttons that are pressed least
move into a list (``sim.ui.panels.overflow``); nothing is cut off.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pygame

from sim.game.play.session_view import SessionView
from sim.game.telling.victory_pace import pace, pace_sentences
from sim.game.terms import GROUND_WORDS, REGION_WORDS, SIDE_WORDS, SKY_WORDS, codes
from sim.ui.look import theme
from sim.ui.panels.part import Part
from sim.ui.panels.top_signs import (
    LONG,
    SHORT,
    SHORTER,
    SHORTEST,
    SIGNS,
    Chip,
    Sky,
    in_words,
    points_chip,
    weather_chip,
)
from sim.ui.player import intents
from sim.ui.player.table import Table
from sim.ui.widgets.paper import Button, draw_button, draw_hint
from sim.ui.window.commands import BY_NAME, keys_in_words

MORE = "more"
PAD, GAP = 24, 6  # of buttons
# How short the words are, and how many buttons stay in the bar, from the roomiest bar to the tightest.
FITS = (
    (LONG, 9), (SIGNS, 9), (SIGNS, 8), (SIGNS, 7), (SIGNS, 6), (SIGNS, 5), (SIGNS, 4), (SHORT, 6), (SHORT, 5),
    (SHORT, 4), (SHORT, 3), (SHORTER, 3), (SHORTER, 2), (SHORTER, 1), (SHORTEST, 1),
)  # fmt: skip
# The first is pressed most; the last goes into the list first.
LED = ("end_turn", "undo", "next_unit", "log", "order_of_battle", "report", "menu", "help", "look_ahead")
WATCHED = ("pause", "log", "order_of_battle", "report", "menu", "help")


@dataclass(frozen=True)
class _Bar:
    """What stands in the bar: buttons from the right, words and signs from the left with their places."""

    buttons: tuple[Button, ...]
    chips: tuple[tuple[pygame.Rect, Chip], ...]
    rest: tuple[Button, ...]  # those that have gone into the list


class TopBar(Part):
    """Shows the moment of the campaign and its most used commands.

    Attributes
    ----------
    height : int
        Of the bar, in pixels.
    """

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._regions = np.unique(table.session.world.hexes["region"]).tolist()
        self._laid: tuple[Hashable, _Bar] | None = None

    @property
    def height(self) -> int:
        """Return the height of the bar in pixels."""
        return theme.px(44)

    @property
    def rest(self) -> list[Button]:
        """Return the buttons for which the bar has no room."""
        return list(self._bar().rest)

    def covers(self, at: tuple[int, int]) -> bool:
        """Return whether the bar is there."""
        return at[1] < self.height

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Press a button; keep clicks on the bar from the map."""
        if event.type != pygame.MOUSEBUTTONDOWN or event.pos[1] >= self.height:
            return False
        for button in self.buttons():
            if event.button == 1 and button.enabled and button.box.collidepoint(event.pos):
                self.table.carry_out(intents.GiveCommand(button.command))
                break
        return True

    def buttons(self) -> tuple[Button, ...]:
        """Return the buttons of the present moment, from the right."""
        return self._bar().buttons

    def chips(self) -> tuple[tuple[pygame.Rect, Chip], ...]:
        """Return what the bar says, from the left, each with its place."""
        return self._bar().chips

    def draw(self, target: pygame.Surface) -> None:
        """Draw the bar, and the tooltip of what is under the pointer."""
        width, bar, mouse = self.table.size[0], self._bar(), pygame.mouse.get_pos()
        pygame.draw.rect(target, theme.BAR, (0, 0, width, self.height))
        pygame.draw.line(target, theme.ACCENT, (0, self.height - 1), (width, self.height - 1))
        for box, chip in bar.chips:
            target.blit(chip.face, box)
        if self.table.session.is_thinking:
            self._draw_progress(target)
        for button in bar.buttons:
            draw_button(target, button, button.box.collidepoint(mouse))
        hints = [(button.box, button.hint) for button in bar.buttons] + [(box, chip.hint) for box, chip in bar.chips]
        for box, hint in hints:
            if box.inflate(0, self.height - box.height).collidepoint(mouse):
                draw_hint(target, hint, mouse)

    def _draw_progress(self, target: pygame.Surface) -> None:
        """Draw a light that runs along the lower edge while the computer moves."""
        at = pygame.time.get_ticks() // 3 % (self.table.size[0] + 200) - 200
        pygame.draw.line(target, (240, 206, 120), (at, self.height - 2), (at + 200, self.height - 2), 3)

    # --- the layout

    def _bar(self) -> _Bar:
        session, table = self.table.session, self.table
        keys = tuple(sorted(table.stage.settings.keys.items()))
        key = (
            session.version, session.is_thinking, session.campaign.is_over, session.can_undo, table.watching,
            table.size, theme.style(), keys,
        )  # fmt: skip
        if self._laid is None or self._laid[0] != key:
            self._laid = (key, self._lay_out())
        return self._laid[1]

    def _lay_out(self) -> _Bar:
        wanted = LED if self.table.session.sides else WATCHED
        bar = _Bar((), (), ())
        for length, most in FITS:
            shown, rest = wanted[:most], wanted[most:]
            buttons = self._placed([*shown, MORE] if rest else shown)
            chips = self._chips(length)
            room = min(button.box.left for button in buttons) - theme.px(16)
            places, x = [], theme.px(16 if length < SHORTER else 8)
            for chip in chips:
                places.append((chip.face.get_rect(midleft=(x, self.height // 2)), chip))
                x += chip.face.get_width() + theme.px(22 if length < SHORT else 12)
            bar = _Bar(tuple(buttons), tuple(places), tuple(self._button(name) for name in rest))
            if places[-1][0].right <= room:
                break
        return bar

    def _placed(self, names: Sequence[str]) -> list[Button]:
        """Return buttons with their places, from the right."""
        found, x = [], self.table.size[0] - theme.px(10)
        for name in names:
            button = self._button(name)
            x -= button.box.width
            found.append(replace(button, box=button.box.move(x, 0)))
            x -= theme.px(GAP)
        return found

    def _button(self, name: str) -> Button:
        """Return a button as it is now, at the left edge."""
        session = self.table.session
        over, busy = session.campaign.is_over, session.is_thinking
        can = {"end_turn": not over and not busy, "next_unit": not over and not busy}
        can |= {"undo": session.can_undo, "pause": not over, "look_ahead": not over and not busy}
        words = "Resume" if name == "pause" and not self.table.watching else BY_NAME[name].words
        strong, edge = name in ("end_turn", "pause"), theme.px(7)
        wide = theme.font(theme.px(14), "Bold" if strong else "Regular").size(words)[0] + theme.px(PAD)
        box = pygame.Rect(0, edge, wide, self.height - 2 * edge)
        return Button(box, words, name, self._hint(name), can.get(name, True), strong)

    def _hint(self, command: str) -> str:
        return f"{BY_NAME[command].hint} ({keys_in_words(command, self.table.stage.settings.keys)})"

    # --- what it says

    def _chips(self, length: int) -> list[Chip]:
        session = self.table.session
        clock = session.world.clock[0]
        start = session.campaign.scenario.header.start_date
        turn, last = session.turn_shown, int(clock["last_turn"])
        today = type(start).fromordinal(start.toordinal() + turn - 1)
        full = f"{today.day} {today:%B %Y}"
        date = (
            full if length < SHORT else f"{today.day} {today:%b %Y}" if length < SHORTER else f"{today.day} {today:%b}"
        )
        left = f"{full}: turn {turn} of {last}, a turn a day"
        found = [in_words(date, left, 18, theme.BAR_TEXT, "Bold")]
        if length < SHORTER:
            found.append(in_words(f"day {turn} of {last}" if length < SHORT else f"{turn}/{last}", left))
        move, colour = _move_words(session), _move_colour(session)
        found.append(in_words(move[length >= SHORT], move[0], 14, colour, "Bold"))
        standing, viewer = pace(session), session.viewer
        is_good = (standing.lead > 0) == (viewer != "japan")
        explained = "\n".join(pace_sentences(session))
        found.append(points_chip(standing, explained, length, is_good))
        skies = [Sky(REGION_WORDS[row], int(clock["sky"][row]), int(clock["ground"][row])) for row in self._regions]
        found.append(weather_chip(skies, _weather_words(skies), length))
        return found


def _weather_words(skies: Sequence[Sky]) -> str:
    told = [f"{one.name}: {SKY_WORDS[one.sky]}, {GROUND_WORDS[one.ground]}" for one in skies]
    return "\n".join(("Sky and ground by region:", *told, "One wave: mud. Two waves: floods."))


def _move_words(session: SessionView) -> tuple[str, str]:
    """Return who has the move, in full and in short."""
    if session.campaign.is_over and not session.is_thinking:
        return f"The campaign is over: {session.campaign.result()['outcome']['level'].lower()}", "over"
    if session.is_thinking:
        return "the computer moves", "it moves"
    if session.side_to_move is None:
        return session.evening_words, "evening"
    side = SIDE_WORDS[codes.SIDES.index(session.side_to_move)]
    return f"{side} side to move", side


def _move_colour(session: SessionView) -> theme.Colour:
    side = session.side_to_move
    return theme.SIDE_COLOURS[side] if side else (214, 190, 120)
