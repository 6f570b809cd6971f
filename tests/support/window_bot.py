"""A player that knows nothing: seeded random clicks, keys, wheel, drags and resizes over every screen of the window.

``python -m tests.support.window_bot SECONDS SEED [SEED ...]`` plays for so long with each seed and prints what it did,
the slowest frames, and what went wrong.
"""

import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame

from sim import paths
from sim.errors import SimError
from sim.game.saves.player_saves import list_saves
from sim.game.saves.resume import open_game
from sim.kernels.invariants import first_breach
from sim.ui.campaign.campaign_screen import CampaignScreen
from sim.ui.campaign.map_screen import MapScreen
from sim.ui.screens.title import TitleScreen
from sim.ui.startup import main_loop
from sim.ui.startup.navigation import new_stage
from sim.ui.window.commands import COMMANDS, MODIFIERS
from sim.ui.window.navigator import GameOptions
from sim.ui.window.settings import Settings

SIZES = ((640, 400), (1024, 640), (1280, 720), (1280, 800), (1366, 768), (1920, 1080), (2560, 1440))
MOST_FRAME_MS = 250.0
LETTERS = "abz09 -+/é漢\n"
LEFT_OUT = {"full_screen"}  # the dummy driver has none


class WindowBot:
    """Plays in a window that nobody sees.

    Parameters
    ----------
    seed : int
    home : Path
        For its saves and settings.

    Attributes
    ----------
    done : Counter
        How often each kind of event was given, and each screen was the uppermost.
    slow : list of (float, str)
        Frames of more than ``MOST_FRAME_MS`` of work of the window's own thread, with the screen and what came before.
    checked : int
        Turns of which the accounts were found right.
    """

    def __init__(self, seed: int, home: Path) -> None:
        os.environ[paths.HOME_VARIABLE] = str(home)
        self.random = random.Random(seed)
        settings = Settings(size_px=(1280, 800), volume=0.0)
        self.window = main_loop.open_window(settings)
        self.stage = new_stage(settings, self.window.get_size())
        self.done: Counter[str] = Counter()
        self.slow: list[tuple[float, str]] = []
        self.checked = 0
        self._turn: object = None
        self._keys = [
            (pygame.key.key_code(key.split("+")[-1]), "shift" in key, "ctrl" in key)
            for command in COMMANDS
            for key in command.keys
            if command.name not in LEFT_OUT and _is_known(key.split("+")[-1])
        ]

    def play(self, seconds: float) -> None:
        """Play for so long; an exception is the finding."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.stage.top is None:
                self.stage.push(TitleScreen(GameOptions()))
            act = self.random.choice(self._acts())
            act()
            for _ in range(self.random.choice((1, 1, 2, 5))):
                self._frame(act.__name__)
            self._check_accounts()

    def _acts(self) -> list[Any]:
        often = [self.click, self.click, self.key, self.key, self.move, self.wheel, self.drag]
        rare = [self.resize, self.type, self.wait] if self.random.random() < 0.15 else []
        return often + rare

    # --- events

    def click(self) -> None:
        """Press and release a button of the mouse somewhere, at times twice, at times with Ctrl or Shift."""
        at, button = self._somewhere(), self.random.choice((1, 1, 1, 3, 2))
        pygame.key.set_mods(self.random.choice((0, 0, 0, pygame.KMOD_LCTRL, pygame.KMOD_LSHIFT)))
        pygame.mouse.set_pos(at)
        for _ in range(self.random.choice((1, 1, 2))):
            self._give(pygame.MOUSEBUTTONDOWN, pos=at, button=button)
            self._give(pygame.MOUSEBUTTONUP, pos=at, button=button)
        pygame.key.set_mods(0)

    def move(self) -> None:
        """Move the pointer somewhere."""
        at = self._somewhere()
        pygame.mouse.set_pos(at)
        self._give(pygame.MOUSEMOTION, pos=at, rel=(1, 1), buttons=(0, 0, 0))

    def drag(self) -> None:
        """Drag from one place to another."""
        button = self.random.choice((1, 1, 2))
        start, end = self._somewhere(), self._somewhere()
        pygame.key.set_mods(self.random.choice((0, 0, pygame.KMOD_LSHIFT)))
        self._give(pygame.MOUSEBUTTONDOWN, pos=start, button=button)
        for share in (0.3, 0.7, 1.0):
            at = tuple(round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
            self._give(pygame.MOUSEMOTION, pos=at, rel=(5, 5), buttons=(1, 0, 0))
        self._give(pygame.MOUSEBUTTONUP, pos=end, button=button)
        pygame.key.set_mods(0)

    def wheel(self) -> None:
        """Turn the wheel."""
        self._give(pygame.MOUSEWHEEL, x=0, y=self.random.choice((-3, -1, 1, 3)), at=self._somewhere())

    def key(self) -> None:
        """Press a key of a command; rarely Esc, Return, Tab or the arrows, which screens use."""
        plain = (pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_TAB, pygame.K_UP, pygame.K_DOWN, pygame.K_PAGEDOWN)
        code, shift, ctrl = self.random.choice([*self._keys, *((one, False, False) for one in plain * 3)])
        self._press(code, (pygame.KMOD_LSHIFT if shift else 0) | (pygame.KMOD_LCTRL if ctrl else 0))

    def type(self) -> None:
        """Type some letters."""
        for letter in self.random.choices(LETTERS, k=self.random.randint(1, 8)):
            self._press(ord(letter) if ord(letter) < 128 else 0, 0, letter)
            self._give(pygame.TEXTINPUT, text=letter)

    def resize(self) -> None:
        """Give the window another size."""
        self.window = pygame.display.set_mode(self.random.choice(SIZES), pygame.RESIZABLE)
        self.stage.resize(self.window.get_size())
        self.done["resize"] += 1

    def wait(self) -> None:
        """Wait until the computer has moved, or the game is loaded, for a little while at most."""
        until = time.monotonic() + 3
        while time.monotonic() < until and self.stage.top is not None and self._is_busy():
            self._frame("wait")
            time.sleep(0.01)

    def _is_busy(self) -> bool:
        top = self.stage.top
        return top.session.is_thinking if isinstance(top, CampaignScreen) else type(top).__name__ == "LoadingScreen"

    def _press(self, code: int, modifiers: int, letter: str = "") -> None:
        if code in MODIFIERS:
            return
        pygame.key.set_mods(modifiers)
        self._give(pygame.KEYDOWN, key=code, mod=modifiers, unicode=letter, scancode=0)
        self._give(pygame.KEYUP, key=code, mod=modifiers, unicode=letter, scancode=0)
        pygame.key.set_mods(0)

    def _give(self, kind: int, **about: Any) -> None:
        self.done[pygame.event.event_name(kind)] += 1
        if self.stage.top is not None:
            main_loop.take(self.stage, pygame.event.Event(kind, **about))

    def _somewhere(self) -> tuple[int, int]:
        """Return a pixel: mostly anywhere, at times on a counter of the map."""
        top = self.stage.top
        wide, high = self.stage.size
        if isinstance(top, MapScreen) and self.random.random() < 0.4:
            hexes = [int(hex) for hex in top.session.world.units["hex"] if hex >= 0]
            x, y = top.camera.centre_of(self.random.choice(hexes)) if hexes else (0, 0)
            return min(max(round(x), 0), wide - 1), min(max(round(y) + top.map_top, 0), high - 1)
        return self.random.randrange(wide), self.random.randrange(high)

    # --- frames

    def _frame(self, after: str) -> None:
        if self.stage.top is None:
            return
        name = type(self.stage.top).__name__
        self.done[name] += 1
        began = time.thread_time()
        main_loop.frame(self.stage, 1 / 60)
        spent_ms = (time.thread_time() - began) * 1000
        if spent_ms > MOST_FRAME_MS:
            self.slow.append((spent_ms, f"{name} after {after}"))

    def _check_accounts(self) -> None:
        for screen in self.stage.screens:
            if isinstance(screen, CampaignScreen) and not screen.session.is_thinking:
                campaign = screen.session.campaign
                moment = (id(screen.session), campaign.turns_played, campaign.phase_side)
                if moment != self._turn:
                    self._turn = moment
                    breach = first_breach(campaign.world)
                    assert int(breach) < 0, f"accounts are wrong: {breach}"
                    self.checked += 1

    def finish(self) -> int:
        """Leave the game; return how many saves there are, each of which can be played on from."""
        self.stage.quit()
        saves, problems = list_saves()
        assert problems == [], problems
        for save in saves:
            open_game(save.path)
        pygame.quit()
        return len(saves)


def _is_known(key: str) -> bool:
    try:
        pygame.key.key_code(key)
    except ValueError:
        return False
    return True


def main() -> int:
    """Play with each seed; return 1 where something was found."""
    seconds, seeds = float(sys.argv[1]), [int(one) for one in sys.argv[2:]] or [1]
    findings = 0
    for seed in seeds:
        with tempfile.TemporaryDirectory() as home:
            bot = WindowBot(seed, Path(home))
            try:
                bot.play(seconds)
                saves = bot.finish()
            except (Exception, SimError):
                findings += 1
                print(f"seed {seed}: found, on {[type(one).__name__ for one in bot.stage.screens]}")
                traceback.print_exc()
                pygame.quit()
                continue
            print(f"seed {seed}: {sum(bot.done.values())} events and frames, {bot.checked} turns right, {saves} saves")
            print("   ", dict(bot.done.most_common()))
            for spent_ms, what in sorted(bot.slow, reverse=True)[:5]:
                print(f"    {spent_ms:.0f} ms: {what}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
