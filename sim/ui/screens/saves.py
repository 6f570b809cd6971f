"""Saved games: a list with picture, date and turn to load from, and a name to save under."""

import html
import io
from collections.abc import Callable
from pathlib import Path

import pygame

from sim.errors import SaveError
from sim.game.play.session import Session
from sim.game.saves import player_saves
from sim.game.saves.player_saves import SaveInfo
from sim.game.terms import SIDE_WORDS, codes
from sim.game.wording.views import count
from sim.ui.look import theme
from sim.ui.look.theme import px
from sim.ui.screens.notice import NoticeScreen
from sim.ui.widgets.gui_screen import STRONG, GuiScreen


class LoadScreen(GuiScreen):
    """A list of saves; the chosen one is shown beside it.

    Attributes
    ----------
    heading, none, verb, hint : str
        What stands above the list, in it where it is empty, on the button for the chosen one, and in its tooltip.
    """

    heading, none = "Saved games", "No saved games yet."
    verb, hint = "Load", "Load this game (Return)"

    def __init__(self) -> None:
        super().__init__()
        self.at = 0
        self.read()

    def read(self) -> None:
        """Read what is on the disk now."""
        self.saves, self.problems = player_saves.list_saves()

    def build(self) -> None:
        """Lay out the list at the left, the picture and the facts at the right."""
        width, height = self.stage.size
        edge, left_wide = px(28), min(px(420), width * 2 // 5)
        self.label(pygame.Rect(edge, px(20), width - 2 * edge, px(40)), self.heading, "#heading")
        body = pygame.Rect(edge, px(70), left_wide, height - px(70) - px(84))
        if self.problems:
            body.height -= px(110)
            below = pygame.Rect(edge, body.bottom + px(10), left_wide, px(100))
            self.text(below, "<br>".join(html.escape(problem, quote=False) for problem in self.problems))
        if self.saves:
            lines = self._lines(left_wide - px(24))
            self.list_(body, lines, lambda line: self._choose(lines.index(line)), "Show this save", lines[self.at])
            self._show(pygame.Rect(body.right + edge, body.top, width - body.right - 2 * edge, body.height))
        else:
            self.text(body, self.none)
        self._buttons(pygame.Rect(edge, height - px(62), width - 2 * edge, px(42)))

    def _show(self, box: pygame.Rect) -> None:
        info = self.saves[self.at]
        wide = min(box.width, (box.height - px(150)) * 8 // 5)
        if info.picture and wide > 0:
            face = pygame.image.load(io.BytesIO(info.picture), "save.png")
            place = pygame.Rect(box.left, box.top, wide, wide * 5 // 8)
            self.image(place, pygame.transform.smoothscale(face, place.size))
        elif wide > px(200):
            self.label(pygame.Rect(box.left, box.top, box.width, px(30)), "Saved without a picture.", "#quiet")
        facts = pygame.Rect(box.left, box.bottom - px(140), box.width, px(140))
        self.text(facts, self.facts(info))

    def _lines(self, width_px: int) -> list[str]:
        """Return the lines of the list, with as many of their parts as there is room for, no two alike."""
        lines: list[str] = []
        for info in self.saves:
            first, *more = self.parts(info)
            for part in more:
                longer = f"{first} · {part}"
                first = longer if theme.shortened(longer, px(16), width_px) == longer else first
            line, number = theme.shortened(first, px(16), width_px), 2
            while line in lines:
                mark = f" ({number})"
                line = theme.shortened(first, px(16), width_px - theme.font(px(16)).size(mark)[0]) + mark
                number += 1
            lines.append(line)
        return lines

    def parts(self, info: SaveInfo) -> list[str]:
        """Return what stands in the list for a save, the most important first."""
        return [info.name, f"{info.date.day} {info.date:%b}", f"turn {info.turn}", f"{info.saved_at:%d %b %H:%M:%S}"]

    def facts(self, info: SaveInfo) -> str:
        """Return what stands below the picture, as lines of HTML."""
        return facts_of(info)

    def _buttons(self, row: pygame.Rect) -> None:
        wide = min((row.width - 2 * px(12)) // 3, px(200))
        boxes = [pygame.Rect(row.left + i * (wide + px(12)), row.top, wide, row.height) for i in range(3)]
        if self.saves:
            self.main = self.button(boxes[0], self.verb, self.take, self.hint, STRONG)
            self.button(boxes[1], "Delete", self._ask_delete, "Delete this save for good")
        self.button(boxes[2], "Back", self.stage.pop, "Back (Esc)")

    def _choose(self, row: int) -> None:
        self.at = row
        self.rebuild()

    def take(self) -> None:
        """Go on with the chosen one."""
        self.stage.navigator.resume(self.saves[self.at].path)

    def _ask_delete(self) -> None:
        info = self.saves[self.at]
        words = f"{info.name}, {_day(info)}: it cannot be brought back."
        self.stage.push(NoticeScreen("Delete this save?", words, {"Delete": self._delete, "Keep": lambda: None}))

    def _delete(self) -> None:
        self.saves[self.at].path.unlink(missing_ok=True)
        self.read()
        self.at = max(min(self.at, len(self.saves) - 1), 0)
        self.rebuild()


class ReplaysScreen(LoadScreen):
    """A list of the saves that have days to be watched again."""

    heading, none = "Replays", "No replays yet. Every saved game can be replayed."
    verb, hint = "Watch", "Watch this replay (Return)"

    def read(self) -> None:
        """Read which replays are on the disk now."""
        super().read()
        self.saves = [info for info in self.saves if info.has_replay]

    def parts(self, info: SaveInfo) -> list[str]:
        """Return what stands in the list for a replay, the most important first."""
        return [info.name, f"{info.date.day} {info.date:%b}", _length(info), f"{info.saved_at:%d %b %H:%M:%S}"]

    def facts(self, info: SaveInfo) -> str:
        """Return what stands below the picture, as lines of HTML."""
        return (
            f"<b>{info.name}</b><br>{info.title}<br>{_day(info)} · {_state(info)}<br>{_length(info)} · {_saved(info)}"
        )

    def take(self) -> None:
        """Watch the chosen one."""
        self.stage.navigator.watch_file(self.saves[self.at].path)


class SaveScreen(GuiScreen):
    """A name to save the game under.

    Parameters
    ----------
    session : Session
    save : callable
        Takes the file.
    """

    is_overlay = True

    def __init__(self, session: Session, save: Callable[[Path], None]) -> None:
        super().__init__()
        self.save = save
        today = session.campaign.today
        self.name = f"{today.day} {today:%B}"

    def build(self) -> None:
        """Lay out the line to write in and two buttons."""
        width, height = self.stage.size
        self.box = pygame.Rect(0, 0, min(px(520), width - px(20)), px(190))
        self.box.center = (width // 2, height // 2)
        inner = self.box.inflate(-px(40), -px(36))
        self.label(pygame.Rect(inner.x, inner.y, inner.w, px(30)), "Save the game as", "#heading")
        line = self.entry(
            pygame.Rect(inner.x, inner.y + px(44), inner.w, px(40)), self.name, self._write, "The name of the save"
        )
        line.focus()
        wide = (inner.w - px(10)) // 2
        at = pygame.Rect(inner.x, inner.bottom - px(42), wide, px(42))
        self.button(at, "Save", self._save, "Save under this name (Return)", STRONG)
        self.button(at.move(wide + px(10), 0), "Back", self.stage.pop, "Do not save (Esc)")

    def _write(self, name: str) -> None:
        self.name = name

    def handle(self, event: pygame.event.Event, now_ms: int) -> None:
        """Save by Return, also from the line."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_RETURN and self._at <= 0:
            self._save()
        else:
            super().handle(event, now_ms)

    def _save(self) -> None:
        try:
            path = player_saves.path_for(self.name)
        except SaveError as error:
            self.stage.push(NoticeScreen("The game could not be saved", str(error)))
            return
        if path.exists():
            words = f"There is a save called {player_saves.name_of(path)}."
            answers = {"Overwrite": lambda: self._go(path), "Choose another name": lambda: None}
            self.stage.push(NoticeScreen("Overwrite the save?", words, answers))
        else:
            self._go(path)

    def _go(self, path: Path) -> None:
        self.stage.pop()
        self.save(path)

    def draw_ground(self, target: pygame.Surface) -> None:
        """Dim the screen below and draw the sheet."""
        self.draw_sheet(target, self.box)


def facts_of(info: SaveInfo) -> str:
    """Return what there is to say of a save, as lines of HTML."""
    return f"<b>{info.name}</b><br>{info.title}<br>{_day(info)} · {_state(info)}<br>{_saved(info)}"


def _state(info: SaveInfo) -> str:
    sides = " and ".join(SIDE_WORDS[codes.SIDES.index(side)] for side in info.sides)
    led = f"{sides} side led by you" if len(info.sides) == 1 else "hot seat" if sides else "watched"
    return "the campaign is over" if info.is_over else led


def _saved(info: SaveInfo) -> str:
    return f"saved {info.saved_at:%d %B %Y, %H:%M}"


def _day(info: SaveInfo) -> str:
    return f"{info.date.day} {info.date:%B %Y}, turn {info.turn}"


def _length(info: SaveInfo) -> str:
    return count(info.days, "day")
