"""The title screen: what there is to do.

``ENTRIES`` lists it; a screen that brings something new to do adds its entry there.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from sim import __version__
from sim.game.saves import kept_games
from sim.game.saves.kept_games import KeptGame
from sim.game.terms import SIDE_WORDS, codes
from sim.ui.look import backdrop, theme
from sim.ui.look.theme import px
from sim.ui.screens.credits import credits_screen
from sim.ui.screens.help import help_screen
from sim.ui.screens.new_game import NewGameScreen
from sim.ui.screens.notes import notes_screen
from sim.ui.screens.settings import SettingsScreen
from sim.ui.widgets.gui_screen import PLAIN, STRONG, GuiScreen
from sim.ui.window.engine import ENGINE
from sim.ui.window.navigator import GameOptions

CONTINUE = "Continue"
SOFT = (186, 178, 162)
WIDE, HIGH, GAP = 250, 40, 10
LOW, LOW_HIGH, LOW_GAP = 420, 34, 6  # a window that is lower than this has less room between things


@dataclass(frozen=True)
class TitleEntry:
    """Something to do from the title.

    Attributes
    ----------
    words, hint : str
        On its button and in its tooltip.
    action : callable
        Called with the title screen.
    """

    words: str
    hint: str
    action: Callable[["TitleScreen"], None]


def _continue(title: "TitleScreen") -> None:
    if title.last_game is not None:
        title.stage.navigator.continue_game(title.last_game)


def _in_words(game: KeptGame) -> str:
    """Return which game it is, how far it has come, and who plays it."""
    sides = " and ".join(SIDE_WORDS[codes.SIDES.index(side)] for side in game.sides) or "watching"
    return f"{game.title}: turn {game.turn}, {game.date.day} {game.date:%B %Y}, {sides}"


def _load(title: "TitleScreen") -> None:
    from sim.ui.screens.saves import LoadScreen  # it needs the engine, which may still be loading

    title.stage.push(LoadScreen())


def _replay(title: "TitleScreen") -> None:
    from sim.ui.screens.saves import ReplaysScreen  # it needs the engine, which may still be loading

    title.stage.push(ReplaysScreen())


def _new_game(title: "TitleScreen") -> None:
    title.stage.push(NewGameScreen(title.options))


ENTRIES: tuple[TitleEntry, ...] = (
    TitleEntry("New game", "Pick a scenario and a side", _new_game),
    TitleEntry(
        "Tutorial",
        "Learn the game by playing: five days on the road to Muleng",
        lambda title: title.stage.navigator.tutorial(),
    ),
    TitleEntry(CONTINUE, "Go on where you left off", _continue),
    TitleEntry("Load", "Load a saved game", _load),
    TitleEntry("Replay", "Watch a saved campaign again, day by day", _replay),
    TitleEntry(
        "Settings",
        "Window, scale, colours, sound, keys",
        lambda title: title.stage.push(SettingsScreen()),
    ),
    TitleEntry("Help", "Keys, signs and rules", lambda title: title.stage.push(help_screen(title.stage))),
    TitleEntry(
        "Historical notes",
        "What happened in August 1945, to whom, and how sure we are",
        lambda title: title.stage.push(notes_screen()),
    ),
    TitleEntry("Credits", "Sources, licences, libraries", lambda title: title.stage.push(credits_screen())),
    TitleEntry("Leave", "Close the window", lambda title: title.stage.quit()),
)


class TitleScreen(GuiScreen):
    """New game, load, settings, help, leave.

    Parameters
    ----------
    options : GameOptions
        What the command line asked for.
    """

    def __init__(self, options: GameOptions) -> None:
        super().__init__()
        self.options: GameOptions = options
        self.last_game: KeptGame | None = None

    def build(self) -> None:
        """Lay the entries out, in as many columns as the height of the window asks for."""
        width, height = self.stage.size
        self.left = max(width // 16, px(14))
        self.top = max(height // 8, px(10))
        self.last_game = next(iter(kept_games.games()), None)
        shown = self._shown()
        low = height < px(LOW)
        first = self.top + px(52 if low else 130)
        high, gap = (px(LOW_HIGH), px(LOW_GAP)) if low else (px(HIGH), px(GAP))
        rows = max(min((height - first - px(36)) // (high + gap), len(shown)), 1)
        columns = -(-len(shown) // rows)
        rows = -(-len(shown) // columns)
        wide = min(px(WIDE), (width - 2 * self.left - (columns - 1) * px(GAP)) // columns)
        for number, entry in enumerate(shown):
            column, row = divmod(number, rows)
            at = pygame.Rect(self.left + column * (wide + px(GAP)), first + row * (high + gap), wide, high)
            look = PLAIN if number else STRONG
            words = theme.shortened(entry.words, px(16), wide - px(24), "Bold")
            made = self.button(at, words, self._doing(entry), entry.hint, look)
            self.main = self.main or made

    def _shown(self) -> list[TitleEntry]:
        """Return what there is to do; which game would be continued stands on its button."""
        last = self.last_game
        if last is None:
            return [entry for entry in ENTRIES if entry.words != CONTINUE]
        named = {CONTINUE: (f"{CONTINUE}: turn {last.turn}", _in_words(last))}
        return [TitleEntry(*named.get(one.words, (one.words, one.hint)), one.action) for one in ENTRIES]

    def back(self) -> None:
        """Lay out anew: there may be a saved game now, or other settings."""
        self.rebuild()

    def _doing(self, entry: TitleEntry) -> Callable[[], None]:
        return lambda: entry.action(self)

    def escape(self) -> None:
        """Stay: there is nothing below."""

    def draw_ground(self, target: pygame.Surface) -> None:
        """Draw the relief, the name of the game, and how far the engine is."""
        width, height = self.stage.size
        target.blit(backdrop.dark(self.stage.size), (0, 0))
        low = height < px(LOW)
        room = width - 2 * self.left
        name = "August Storm"
        size = px(36 if low else 64)
        target.blit(
            theme.text(name, size, theme.BAR_TEXT, "Bold"), (self.left - px(2), self.top - px(16 if low else 30))
        )
        if not low:
            words = theme.shortened("Manchuria, 9 August to 2 September 1945", px(20), room, "Italic")
            target.blit(theme.text(words, px(20), SOFT, "Italic"), (self.left, self.top + px(56)))
            pygame.draw.line(
                target, theme.ACCENT, (self.left, self.top + px(98)), (self.left + px(WIDE), self.top + px(98)), px(3)
            )
        version = theme.text(f"version {__version__}", px(13), SOFT)
        target.blit(version, version.get_rect(bottomright=(width - px(12), height - px(8))))
        told = f"{ENGINE.words} …" if ENGINE.words and not ENGINE.words.endswith(".") else ENGINE.words
        words = theme.shortened(told, px(14), width - self.left - version.get_width() - px(40))
        line = theme.text(words, px(14), SOFT) if words else None
        if line is not None:
            target.blit(line, line.get_rect(bottomleft=(self.left, height - px(8))))
