"""The situation report: the day in words, and charts of losses, supply and advance beside the record."""

from datetime import date
from typing import Any, Protocol

import pygame

from sim.game.play.session_view import SessionView
from sim.game.records.daily_figures import Diary
from sim.game.records.outcome import day_of
from sim.game.telling.situation_report import armies, captures, pace_points
from sim.game.terms import codes
from sim.game.wording.report_lines import ALARM, LABEL, QUIET, Line
from sim.game.wording.views import count, plain
from sim.ui.look import theme
from sim.ui.look.theme import px
from sim.ui.widgets import charts
from sim.ui.widgets.blocks import Block, Paragraph, Picture, TextSpan
from sim.ui.widgets.document import Document
from sim.ui.widgets.gui_screen import STRONG, GuiScreen
from sim.ui.widgets.tables import Row, stacked, table

MOST_PLACES = 14
LONGEST_LABEL = 40  # letters
SOVIET, JAPANESE = (176, 52, 40), (122, 98, 34)
CHARTS = (("Killed and wounded, so far", ""), ("Prisoners, so far", "captured"), ("Tanks lost, so far", "tanks_lost"))
SUPPLY_COLOURS = ((58, 108, 62), (196, 150, 30), (204, 110, 30), (170, 38, 28))


class Told(Protocol):
    """Who tells a day: its date, and what happened."""

    @property
    def heading(self) -> str:
        """Return the date."""

    @property
    def lines(self) -> list[Line]:
        """Return what happened, empty before the first day."""


class SituationScreen(GuiScreen):
    """The report of the day that was played last.

    Parameters
    ----------
    session : SessionView
    reporter : Told
    """

    def __init__(self, session: SessionView, reporter: Told) -> None:
        super().__init__()
        self.session, self.reporter = session, reporter
        self._drawn: tuple[Any, pygame.Surface] | None = None  # the charts, and for which width and looks

    def draw_ahead(self, size: tuple[int, int]) -> None:
        """Draw the charts for a window of a size before the report is opened: they take half a frame."""
        self._lay_out(size)
        Document(self.right, self._pictures())

    def _lay_out(self, size: tuple[int, int]) -> None:
        width, height = size
        edge = px(28)
        body = pygame.Rect(edge, px(66), width - 2 * edge, height - px(66) - px(74))
        self.words = pygame.Rect(body.left, body.top, body.width * 11 // 25, body.height)
        self.right = pygame.Rect(self.words.right + edge, body.top, body.right - self.words.right - edge, body.height)

    def build(self) -> None:
        """Lay out the words at the left, the charts at the right."""
        width, height = self.stage.size
        edge = px(28)
        self._lay_out(self.stage.size)
        title = f"Situation, {self.reporter.heading}"
        self.label(pygame.Rect(edge, px(18), width - 2 * edge, px(40)), title, "#heading")
        self.document(self.words, self._blocks())
        self.document(self.right, self._pictures())
        box = pygame.Rect(edge, height - px(60), px(200), px(42))
        self.button(box, "To the map", self.stage.pop, "Close the report (Esc)", STRONG)
        self._at = len(self._order) - 1

    def _blocks(self) -> list[Block]:
        lines = self.reporter.lines or [Line("No day has been played yet: give your first orders.")]
        return [_paragraph(line) for line in [*lines, *_pace(self.session)]]

    def _pictures(self) -> list[Block]:
        return [Picture(lambda width, _: self._charts(width))]

    def _charts(self, width_px: int) -> pygame.Surface:
        """Return all charts under one another, drawn anew only for another width or other looks."""
        key = (width_px, theme.style())
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = (key, self._draw_charts(width_px))
        return self._drawn[1]

    def _draw_charts(self, width_px: int) -> pygame.Surface:
        """Return all charts under one another."""
        session = self.session
        diary, start = session.diary.told_to(session.viewer), session.campaign.scenario.header.start_date
        days = [f"{day_of(start, day.turn).day} {day_of(start, day.turn):%b}" for day in diary.days]
        size = (width_px, px(140))
        faces = []
        if days:
            for title, name in CHARTS:
                faces.append(charts.line_chart(size, title, _both(session, diary, name), days))
        faces.append(charts.bar_chart(width_px, "Armies beyond the frontier, foremost unit", self._advance_bars()))
        faces.append(charts.bar_chart(width_px, "Units on the map by supply", self._supply_bars()))
        faces.append(captures_table(self.session, width_px, MOST_PLACES))
        return stacked(faces, width_px, px(18), theme.HALO)

    def _advance_bars(self) -> list[charts.Bar]:
        rows = armies(self.session, self.session.diary.told_to(self.session.viewer))
        return [
            charts.Bar(
                row.name,
                ((row.depth_km - max(row.gained_km, 0), (206, 138, 122)), (max(row.gained_km, 0), SOVIET)),
                f"{row.depth_km:.0f} km" + (f" (+{row.gained_km:.0f})" if row.gained_km > 0 else ""),
            )
            for row in rows
        ]

    def _supply_bars(self) -> list[charts.Bar]:
        bars = []
        for side in self.session.eyes:
            code = codes.SIDES.index(side)
            units = self.session.world.units
            there = (units["side"] == code) & (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)
            counts = [int((units["supply_state"][there] == state).sum()) for state in range(4)]
            words = ", ".join(f"{n} {name}" for n, name in zip(counts, codes.SUPPLY_STATES, strict=True) if n)
            parts = tuple((float(n), colour) for n, colour in zip(counts, SUPPLY_COLOURS, strict=True))
            bars.append(charts.Bar(f"{'Soviet' if code == 0 else 'Japanese'}", parts, ""))
            bars.append(charts.Bar(words, (), ""))
        return bars


def _both(session: SessionView, diary: Diary, name: str) -> list[charts.Series]:
    """Return one figure of both sides as two lines: killed and wounded together where no name is given."""
    claims = [f"{word}{claimed(session, side)}" for word, side in zip(("Soviet", "Japanese"), codes.SIDES, strict=True)]

    def values(side: int) -> list[int]:
        if name:
            return diary.series(name, side)
        return [a + b for a, b in zip(diary.series("killed", side), diary.series("wounded", side), strict=True)]

    return [charts.Series(claims[0], SOVIET, values(0)), charts.Series(claims[1], JAPANESE, values(1), dashed=True)]


def claimed(session: SessionView, side: str) -> str:
    """Return what to add to a figure of a side that the viewer only claims to know; empty where he knows it."""
    return " (claimed)" if session.campaign.fog and session.viewer not in (None, side) else ""


def captures_table(session: SessionView, width_px: int, most: int) -> pygame.Surface:
    """Return the places that fell, or should have fallen by the record, with both dates: the last ``most`` of them."""
    today = session.campaign.last_day
    rows = [row for row in captures(session) if row.campaign is not None or row.record <= today]
    shown = [
        Row(
            (plain(row.name), _day(row.campaign), _day(row.record), _pace_words(row.days_early)),
            "Bold" if row.days_early is None else "Regular",
        )
        for row in rows[-most:]
    ]
    head = ("place", "campaign", "record", "")
    return table(width_px, "Places beside the record", head, shown, (-0.4, 0.2, 0.16, 0.24))


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b}" if day else "-"


def _pace_words(days_early: int | None) -> str:
    if days_early is None:
        return "not taken"
    return (
        "on the day" if days_early == 0 else f"{count(abs(days_early), 'day')} {'early' if days_early > 0 else 'late'}"
    )


def _pace(session: SessionView) -> list[Line]:
    points = session.world.sides["points"]
    guessed = session.campaign.fog and session.viewer is not None
    text = (
        f"Points: Soviet {int(points[0]):,}, Japanese {int(points[1]):,}. The Japanese side counts what it holds. "
        f"The places that the record says were taken by now are worth {pace_points(session):,} to the Soviet side."
        f"{' Enemy losses count here as your side claims them; the end will tell the truth.' if guessed else ''}"
    )
    return [Line(text, QUIET)]


def _paragraph(line: Line) -> Paragraph:
    """Return a line as a paragraph: its label, if it begins with one, stands out."""
    if line.style in (LABEL, ALARM):
        return Paragraph((TextSpan(line.text, "Bold"),))
    label, colon, rest = line.text.partition(": ")
    if colon and len(label) < LONGEST_LABEL:
        return Paragraph((TextSpan(f"{label}: ", "Bold"), TextSpan(rest)))
    return Paragraph((TextSpan(line.text),))
