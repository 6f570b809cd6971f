"""The end of a campaign: the result and why, losses and captures beside the record, the course of control."""

import html
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pygame

from sim.errors import SaveError
from sim.game.play.session import Session
from sim.game.records.outcome import day_of
from sim.game.saves import player_saves
from sim.game.telling.situation_report import losses, result_lines
from sim.game.telling.verdict import NATION_WORDS, outcome_name, range_words
from sim.ui.look import theme
from sim.ui.look.theme import px
from sim.ui.screens.notice import NoticeScreen
from sim.ui.screens.situation import JAPANESE, SOVIET, captures_table
from sim.ui.widgets import charts
from sim.ui.widgets.gui_screen import STRONG, GuiScreen
from sim.ui.widgets.tables import Row, stacked, table

MOST_PLACES = 80
CHARTS = (
    ("Hexes of land held", "hexes"),
    ("Points", "points"),
    ("Men present", "men"),
    ("Killed", "killed"),
    ("Prisoners", "captured"),
    ("Tanks lost", "tanks_lost"),
)


class EndingScreen(GuiScreen):
    """How it ended.

    Parameters
    ----------
    session : Session
        Of a campaign that is over.
    save : callable, optional
        Writes the game to a file with a picture of its map; without it the picture is left out.
    """

    def __init__(self, session: Session, save: Callable[[Path], None] | None = None) -> None:
        super().__init__()
        self.session = session
        self.save = save or partial(player_saves.save_session, session)

    def build(self) -> None:
        """Lay out the result, the pages at the left, the charts at the right."""
        width, height = self.stage.size
        edge = px(28)
        name = outcome_name(self.session.campaign.scenario, self.session.world)
        title = theme.shortened(f"{name[:1].upper()}{name[1:]}", px(30), width - 2 * edge, "Bold")
        self.label(pygame.Rect(edge, px(16), width - 2 * edge, px(48)), title, "#large")
        body = pygame.Rect(edge, px(72), width - 2 * edge, height - px(72) - px(74))
        left = pygame.Rect(body.left, body.top, body.width * 3 // 5, body.height)
        why = pygame.Rect(left.left, left.top, left.width, min(px(150), left.height // 3))
        self.text(why, "<br>".join(html.escape(line.text, quote=False) for line in result_lines(self.session)))
        below = pygame.Rect(left.left, why.bottom + px(12), left.width, left.bottom - why.bottom - px(12))
        self._scrolled(below, stacked(self._tables(below.width - px(24)), below.width - px(24), px(18)))
        right = pygame.Rect(left.right + edge, body.top, body.right - left.right - edge, body.height)
        self._scrolled(right, stacked(self._charts(right.width - px(24)), right.width - px(24), px(16)))
        self._buttons(pygame.Rect(edge, height - px(60), width - 2 * edge, px(42)))

    def _buttons(self, row: pygame.Rect) -> None:
        wanted = (
            ("To the map", self.stage.pop, "See the final map (Esc)", STRONG),
            ("Save the replay", self._save, "Save the campaign so that you can watch it again", ""),
            ("Watch the replay", self._watch, "Watch the campaign again, day by day", ""),
            ("To the title", self._to_title, "Leave this campaign", ""),
        )
        wide = min((row.width - 3 * px(12)) // 4, px(220))
        for place, (words, action, hint, look) in enumerate(wanted):
            box = pygame.Rect(row.left + place * (wide + px(12)), row.top, wide, row.height)
            self.button(box, theme.shortened(words, px(16), wide - px(16), "Bold"), action, hint, look)

    def _save(self) -> None:
        end = self.session.campaign.last_day
        path: Path = player_saves.unused(player_saves.path_for(f"The end, {end.day} {end:%B}"))
        try:
            self.save(path)
        except SaveError as error:
            self.stage.push(NoticeScreen("The game could not be saved", str(error)))
            return
        words = f"The replay is kept as {player_saves.name_of(path)}: “Replay” on the title screen lists it."
        self.stage.push(NoticeScreen("Saved", words))

    def _watch(self) -> None:
        self.stage.navigator.watch(self.session)

    def _to_title(self) -> None:
        self.stage.navigator.title()

    def _scrolled(self, box: pygame.Rect, face: pygame.Surface) -> None:
        self.image(pygame.Rect(0, 0, *face.get_size()), face, self.scroll(box, face.get_height()))

    def _tables(self, width_px: int) -> list[pygame.Surface]:
        rows = []
        compared = losses(self.session)
        for nation, words in NATION_WORDS.items():
            mine = [row for row in compared if row.nation == nation]
            rows.append(Row((words, *(f"{row.campaign:,}" for row in mine)), "Bold"))
            if any(row.record_low is not None for row in mine):
                rows.append(Row(("  in the record", *map(range_words, mine)), "Italic"))
        head = ("", "killed", "wounded", "prisoners", "tanks", "guns", "planes")
        shares = (-0.24, 0.15, 0.13, 0.18, 0.1, 0.1, 0.1)
        return [
            table(width_px, "Military losses", head, rows, shares),
            captures_table(self.session, width_px, MOST_PLACES),
        ]

    def _charts(self, width_px: int) -> list[pygame.Surface]:
        diary, start = self.session.diary, self.session.campaign.scenario.header.start_date
        days = [f"{day_of(start, day.turn).day} {day_of(start, day.turn):%b}" for day in diary.days]
        faces = []
        for title, name in CHARTS if days else ():
            lines = [
                charts.Series("Soviet", SOVIET, diary.series(name, 0)),
                charts.Series("Japanese", JAPANESE, diary.series(name, 1), dashed=True),
            ]
            faces.append(charts.line_chart((width_px, px(150)), title, lines, days))
        return faces
