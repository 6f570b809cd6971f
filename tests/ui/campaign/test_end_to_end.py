"""Three turns of the real campaign in the real window, beside a twin that nobody sees and that gets the same inputs."""

from collections.abc import Callable
from math import dist
from pathlib import Path

import pygame
import pytest
from pygame_gui.elements import UIButton

from sim.game.records.digests import state_digest
from sim.game.saves.player_saves import load_session
from sim.ui.campaign.campaign_screen import CampaignScreen
from sim.ui.map.stacks import stack_in
from sim.ui.panels.layer_bar import LayerBar
from sim.ui.panels.saving import Saving
from sim.ui.panels.turn_end import TurnEnd
from sim.ui.player.player_selection import PlayerSelection
from sim.ui.screens.new_game import NewGameScreen
from sim.ui.screens.saves import LoadScreen
from sim.ui.screens.situation import SituationScreen
from sim.ui.screens.title import TitleScreen
from sim.ui.startup import main_loop
from sim.ui.startup.navigation import new_stage
from sim.ui.widgets.gui_screen import GuiScreen
from sim.ui.window.commands import key_of
from sim.ui.window.navigator import GameOptions
from sim.ui.window.settings import Settings, save_settings
from tests.support.real_window import RealWindow, wait_until
from tests.support.windows import SIZE, frames, opened_window

SETTINGS = Settings(size_px=SIZE, animation="at once", volume=0.0)
FREE = pygame.Rect(260, 120, 640, 480)  # of the map: no bar or panel stands here
NEAR_PX = 24.0
FRAMES = 60  # in which the window saves a turn and opens its report


class Twin:
    """The same window under SDL's dummy driver, in this process."""

    def __init__(self) -> None:
        self.window = opened_window(SETTINGS)
        self.stage = new_stage(SETTINGS, SIZE)
        self.stage.push(TitleScreen(GameOptions()))
        self.now_ms = 0
        self.settle()

    @property
    def screen(self) -> CampaignScreen:
        """Return the campaign screen."""
        return next(one for one in self.stage.screens if isinstance(one, CampaignScreen))

    @property
    def has_campaign(self) -> bool:
        """Return whether the campaign screen is uppermost."""
        return isinstance(self.stage.top, CampaignScreen)

    def settle(self) -> None:
        """Go on until the computer has finished, and until what a new morning brings has come."""
        for _ in range(2):
            found = [one for one in self.stage.screens if isinstance(one, CampaignScreen)]
            for one in found:
                one.session.wait()
            for _ in range(FRAMES):
                self.stage.update(1 / 60)
            self.stage.draw(self.window)

    def take(self, *events: pygame.event.Event) -> None:
        """Give events of the window, and those that widgets make of them, to the stage."""
        self.now_ms += 1000
        for event in events:
            self.stage.handle(event, self.now_ms)
            for more in pygame.event.get():
                main_loop.take(self.stage, more)
        self.settle()

    def press(self, key: str) -> None:
        """Press a key."""
        code, modifiers = key_of(key.lower())
        held = pygame.KMOD_LCTRL if modifiers & pygame.KMOD_CTRL else 0
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            self.take(pygame.event.Event(kind, key=code, mod=held, unicode=""))

    def click(self, at: tuple[int, int], button: int = 1) -> None:
        """Click on a pixel."""
        if isinstance(self.stage.top, GuiScreen):
            pygame.mouse.set_pos(at)
            self.stage.top.gui.mouse_position = at
            self.stage.top.update(0.01)
        self.take(
            pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)),
            pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=button),
            pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=button),
        )

    def wheel(self, at: tuple[int, int]) -> None:
        """Turn the wheel by one step over a pixel."""
        self.take(
            pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)),
            pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=1, at=at),
        )

    def box_of(self, words: str) -> pygame.Rect:
        """Return where the button with these words stands."""
        sprites = self.stage.top.gui.get_sprite_group().sprites()
        return next(one for one in sprites if isinstance(one, UIButton) and one.text == words).get_abs_rect()

    def pixel(self, hex: int) -> tuple[int, int]:
        """Return where a hex lies in the window."""
        x, y = self.screen.camera.centre_of(hex)
        return x, y + self.screen.map_top

    def hex_of(self, unit: int) -> int:
        """Return where a unit stands."""
        return int(self.screen.session.world.units["hex"][unit])

    def enemies_px(self, hex: int) -> float:
        """Return how far the nearest Japanese troops are from a hex, in pixels of the present zoom."""
        units = self.screen.session.campaign.world.units
        theirs = units["hex"][(units["side"] == 1) & (units["hex"] >= 0)].tolist()
        return min(dist(self.pixel(hex), self.pixel(other)) for other in set(theirs))

    def free(self, hexes) -> list[int]:
        """Return the hexes over which no panel stands, the nearest to the middle first."""
        x, y = FREE.center
        inside = [int(hex) for hex in hexes if hex >= 0 and FREE.collidepoint(self.pixel(int(hex)))]
        return sorted(inside, key=lambda hex: ((self.pixel(hex)[0] - x) ** 2 + (self.pixel(hex)[1] - y) ** 2, hex))


class Game:
    """Both windows, played with one hand."""

    def __init__(self, real: RealWindow, twin: Twin) -> None:
        self.real, self.twin = real, twin
        self.kept = real.home / "saves" / "autosaves"

    def press(self, *keys: str) -> None:
        """Press keys in both."""
        for key in keys:
            self.twin.press(key)
            self.real.press(key)

    def click(self, at: tuple[int, int], button: int = 1) -> None:
        """Click in both."""
        self.twin.click(at, button)
        self.real.click(at, button)

    def wait_for_button(self, words: str) -> tuple[int, int]:
        """Wait until the real window shows a button of the twin's screen; return its middle."""
        self.twin.settle()
        box = self.twin.box_of(words)
        picture = pygame.surfarray.array3d(self.twin.window)
        patch = (slice(box.left, box.right), slice(box.top, box.bottom))
        wait_until(lambda: self.real.shows(picture, patch), f"“{words}” is shown")
        return box.center

    def wait_for_campaign(self) -> None:
        """Let the twin load; that the real window has loaded shows in the next save."""
        twin = self.twin
        before = list(twin.stage.screens)
        frames(twin.stage, twin.window, lambda: twin.stage.top not in before and twin.has_campaign)
        twin.settle()

    def quick_save(self) -> Path:
        """Save; this also waits until the real window shows the campaign and the player has the move."""
        before = self._quick_saves()
        wait_until(
            lambda: self._quick_saves() != before,
            "the game is saved",
            lambda: self.real.press("ctrl+s"),
        )
        self.twin.press("ctrl+s")
        self.twin.screen.part(Saving).finish()
        (file,) = self._quick_saves()
        return file

    def _quick_saves(self) -> dict[Path, int]:
        """Return the quick saves of the real window, each with the time at which it was written."""
        return {file: file.stat().st_mtime_ns for file in self.kept.glob("quick-*.save")}

    def choose(self, unit: int) -> None:
        """Go near a unit by the wheel and choose it."""
        twin = self.twin
        hex = twin.hex_of(unit)
        while twin.screen.camera.side_px < NEAR_PX:
            at = twin.pixel(hex)
            twin.wheel(at)
            self.real.click(at, button=4)
        self.click(twin.pixel(hex))
        assert twin.screen.selection.chosen == unit

    def some_unit(self, fits: Callable[[PlayerSelection], bool]) -> int:
        """Return the uppermost unit of a stack that can be clicked on in the whole theatre and fits."""
        screen = self.twin.screen
        self.press("Escape", "Home")
        for hex in self.twin.free(set(screen.session.world.units["hex"].tolist())):
            unit = stack_in(screen.session.world, hex)[0]
            screen.selection.choose(unit)
            found = screen.selection.is_mine(unit) and fits(screen.selection)
            screen.selection.choose(-1)
            if found:
                return unit
        raise AssertionError("no unit fits")

    def end_turn(self) -> None:
        """End the turn in spite of the warnings, and close the report of the next morning."""
        twin = self.twin
        turn = twin.screen.session.campaign.turn + 1
        self.press("Return")
        assert twin.screen.part(TurnEnd).waiting
        self.press("Return")
        wait_until(lambda: [*self.kept.glob(f"autosave-*-turn-{turn:02}.save")], f"turn {turn} begins")
        assert isinstance(twin.stage.top, SituationScreen)
        self.press("Return" if turn % 2 else "Escape")
        assert twin.stage.top is twin.screen


@pytest.fixture
def game(tmp_path, monkeypatch):
    """Open both windows, each with a folder of its own; the real one may complain of nothing."""
    homes = [tmp_path / name for name in ("window", "twin")]
    for home in homes:
        save_settings(SETTINGS, home / "settings.json")
    monkeypatch.setenv("AUGUST_STORM_HOME", str(homes[1]))
    real = RealWindow(homes[0], tmp_path, SIZE)
    try:
        yield Game(real, Twin())
    finally:
        complaints = real.close()
        pygame.quit()
    assert "Traceback" not in complaints


def begin(game: Game) -> None:
    """Go from the title to the first orders."""
    game.click(game.wait_for_button("New game"))
    assert isinstance(game.twin.stage.top, NewGameScreen)
    game.wait_for_button("Begin")
    game.press("Return")
    game.wait_for_campaign()


def march(game: Game) -> None:
    """March, take it back, march elsewhere; then plot a march beyond the day."""
    twin = game.twin
    alone_px = 40.0  # on the way nothing is met: what was learned could not be taken back
    game.choose(
        game.some_unit(
            lambda selection: len(selection.march.left_mp10) > 6 and twin.enemies_px(selection.march.start) > alone_px
        )
    )
    selection, session = twin.screen.selection, twin.screen.session
    unit, start = selection.chosen, selection.march.start
    first, second = twin.free(selection.march.left_mp10.keys() - {start})[:2]
    game.click(twin.pixel(first))
    assert twin.hex_of(unit) == first
    game.press("u")
    assert twin.hex_of(unit) == start
    game.click(twin.pixel(second))
    assert twin.hex_of(unit) == second
    beyond = next(
        hex for hex in reversed(twin.free(range(len(session.world.hexes)))) if selection.route(hex) is not None
    )
    game.click(twin.pixel(beyond), button=3)
    assert session.campaign.names.units[unit] in session.standing_orders()


def attack(game: Game) -> None:
    """Aim, look at the forecast, strike."""
    twin = game.twin
    game.choose(game.some_unit(lambda selection: bool(selection.targets)))
    selection, session = twin.screen.selection, twin.screen.session
    target = twin.free(selection.targets)[0]
    game.click(twin.pixel(target))
    assert selection.forecast() is not None
    events = int(session.campaign.world.clock["n_events"][0])
    game.click(twin.pixel(target))
    assert int(session.campaign.world.clock["n_events"][0]) > events


def layers(game: Game) -> None:
    """Put layers on and away."""
    stack = game.twin.screen.part(LayerBar).stack
    game.press("2", "4", "7")
    assert len(stack.on) == 3
    game.press("4", "0")
    assert not stack.on


def load(game: Game) -> None:
    """Load the quick save from the list."""
    twin, before = game.twin, game.twin.screen
    digest = before.session.campaign.digest()
    game.quick_save()
    game.press("ctrl+l")
    assert isinstance(twin.stage.top, LoadScreen)
    game.click(game.wait_for_button("Load"))
    game.wait_for_campaign()
    assert twin.screen is not before
    assert twin.screen.session.campaign.digest() == digest


def test_three_turns_in_the_real_window_come_out_as_in_its_twin(game):
    begin(game)
    game.quick_save()
    march(game)
    layers(game)
    load(game)
    game.quick_save()
    attack(game)
    for more in (march, attack):
        game.end_turn()
        more(game)
    game.end_turn()
    played = load_session(game.quick_save()).campaign
    twin = game.twin.screen.session.campaign
    assert played.turn == twin.turn == 4
    assert played.digest() == twin.digest()
    assert state_digest(played.world) == state_digest(twin.world)
