"""Draw every screen of the window anew, without a display: ``make screenshots``.

The campaign is played by the computer until its sixth morning; then the Soviet side is led by hand.
"""

import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

os.environ["SDL_VIDEODRIVER"] = "dummy"

import pygame
from PIL import Image

from sim.game.campaign import Campaign
from sim.game.maps import basemap
from sim.game.play.session import Session
from sim.game.saves import player_saves
from sim.game.saves.replay_session import watch
from sim.ui.campaign.campaign_screen import CampaignScreen
from sim.ui.campaign.map_screen import MapScreen
from sim.ui.campaign.replay_screen import ReplayScreen
from sim.ui.map.stacks import stack_in
from sim.ui.panels.replay_playback import ReplayPlayback
from sim.ui.panels.saving import Saving
from sim.ui.panels.turn_end import TurnEnd
from sim.ui.player import intents
from sim.ui.player.player_selection import PlayerSelection
from sim.ui.screens.credits import credits_screen
from sim.ui.screens.ending import EndingScreen
from sim.ui.screens.hand_over import HandOverScreen
from sim.ui.screens.help import help_screen
from sim.ui.screens.keys import KeysScreen
from sim.ui.screens.loading import LoadingScreen
from sim.ui.screens.menu import MenuScreen
from sim.ui.screens.new_game import NewGameScreen
from sim.ui.screens.notes import notes_screen
from sim.ui.screens.notice import NoticeScreen
from sim.ui.screens.pick import PickScreen
from sim.ui.screens.play_on import PlayOnScreen
from sim.ui.screens.reader import ReaderScreen
from sim.ui.screens.saves import LoadScreen, ReplaysScreen, SaveScreen
from sim.ui.screens.scenario_shelf import Shelf
from sim.ui.screens.settings import SettingsScreen
from sim.ui.screens.situation import SituationScreen
from sim.ui.screens.title import TitleScreen
from sim.ui.startup import main_loop, start_game, start_replay
from sim.ui.startup.navigation import new_stage
from sim.ui.window.engine import Engine
from sim.ui.window.navigator import GameOptions
from sim.ui.window.settings import Settings
from sim.ui.window.stage import Screen

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "screens"
SIZE = (1280, 800)
LOOK = Settings(size_px=SIZE, autosave="never", morning_report=False, volume=0.0)
SCENARIO = "august_storm"
EVE = date(1945, 8, 13)
REPLAYED = 6  # day of the campaign of the computer that is watched again
QUALITY = 84
PICTURES: dict[str, type[Screen]] = {
    "title": TitleScreen,
    "new_game": NewGameScreen,
    "settings": SettingsScreen,
    "keys": KeysScreen,
    "help": ReaderScreen,
    "signs": ReaderScreen,
    "notes": ReaderScreen,
    "credits": ReaderScreen,
    "loading": LoadingScreen,
    "theatre": CampaignScreen,
    "march": CampaignScreen,
    "supply": CampaignScreen,
    "attack": CampaignScreen,
    "order_of_battle": CampaignScreen,
    "end_turn": CampaignScreen,
    "menu": MenuScreen,
    "save": SaveScreen,
    "pick": PickScreen,
    "question": NoticeScreen,
    "hand_over": HandOverScreen,
    "load": LoadScreen,
    "report": SituationScreen,
    "ending": EndingScreen,
    "replays": ReplaysScreen,
    "replay": ReplayScreen,
    "play_on": PlayOnScreen,
}
FRAMES, MOST_FRAMES = 40, 800  # until tiles, counters and layers are drawn: a busy machine needs more
NEAR_PX, WIDE_PX = 32.0, 9.5


class Photographer:
    """Keeps what the window shows.

    Parameters
    ----------
    folder : Path
        Where the pictures go.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.window = main_loop.open_window(LOOK)
        self.stage = new_stage(LOOK, SIZE)

    def keep(self, name: str) -> None:
        """Run some frames and write the window to a file."""
        top = self.stage.top
        if type(top) is not PICTURES[name]:
            raise TypeError(f"{name} shows {type(top).__name__}, not {PICTURES[name].__name__}")
        for frame in range(MOST_FRAMES):
            self.stage.update(1 / 60)
            self.stage.draw(self.window)
            top.rest(50.0)
            if frame >= FRAMES and (not isinstance(top, CampaignScreen) or top.view.finished):
                break
        picture = Image.frombytes("RGB", SIZE, pygame.image.tobytes(self.window, "RGB"))
        picture.save(self.folder / f"{name}.webp", quality=QUALITY, method=6)

    def keep_above(self, name: str, screen: Screen) -> None:
        """Show a screen above the others, keep it and take it away again."""
        self.stage.push(screen)
        self.keep(name)
        self.stage.pop()


def books(camera: Photographer) -> None:
    """Keep the title and what is reached from it."""
    stage, shelf = camera.stage, Shelf(cast(Engine, _Ready()))
    stage.push(TitleScreen(GameOptions()))
    camera.keep("title")
    shelf.start()
    while shelf.is_busy:
        stage.update(0.02)
    camera.keep_above("new_game", NewGameScreen(GameOptions(), shelf))
    camera.keep_above("settings", SettingsScreen())
    camera.keep_above("keys", KeysScreen())
    helped = help_screen(stage)
    camera.keep_above("help", helped)
    helped.open("Signs of the map")
    camera.keep_above("signs", helped)
    camera.keep_above("notes", notes_screen())
    camera.keep_above("credits", credits_screen())
    camera.keep_above("loading", LoadingScreen(lambda report: None, bool, _raise))
    stage.quit()


def play(camera: Photographer) -> None:
    """Keep the campaign and what opens over it."""
    watched = Session(Campaign.start(SCENARIO), ())
    while watched.campaign.today <= EVE:
        watched.advance()
        watched.wait()
    session = Session(watched.campaign, ("soviet",))
    session.diary = watched.diary
    screen = _shown(camera, session)
    camera.keep("theatre")
    chosen = _choose(
        screen,
        lambda selection: not selection.targets and selection.march is not None and len(selection.march.left_mp10) > 12,
    )
    screen.selection.hovered = _beyond(screen)
    camera.keep("march")
    screen.selection.hovered = -1
    _at(screen, int(screen.session.world.units["hex"][chosen]), WIDE_PX)
    _command(screen, "layer_supply")
    camera.keep("supply")
    _command(screen, "layers_off")
    _choose(screen, lambda selection: any(len(screen.session.attackers(hex, "hasty")) > 3 for hex in selection.targets))
    screen.carry_out(intents.Aim(min(screen.selection.targets)))
    camera.keep("attack")
    screen.selection.let_go()
    _command(screen, "order_of_battle")
    camera.keep("order_of_battle")
    _command(screen, "order_of_battle")
    _command(screen, "end_turn")
    camera.keep("end_turn")
    screen.part(TurnEnd).waiting = None
    overlays(camera, screen)
    _command(screen, "end_turn")
    _command(screen, "end_turn")
    screen.session.wait()
    screen.update()
    _command(screen, "report")
    camera.keep("report")


def overlays(camera: Photographer, screen: CampaignScreen) -> None:
    """Keep the menu, saves and questions."""
    camera.keep_above("menu", MenuScreen(screen))
    camera.keep_above("save", SaveScreen(screen.session, lambda path: None))
    names = screen.session.campaign.names
    choices = screen.session.headquarters(screen.selection.chosen)
    headquarters = [names.formation_names[names.formation_rows[one]] for one in choices]
    camera.keep_above("pick", PickScreen("Put it under", headquarters, lambda _: None))
    words = "There is a save called 14 August."
    camera.keep_above(
        "question", NoticeScreen("Overwrite the save?", words, {"Overwrite": lambda: None, "Keep it": lambda: None})
    )
    camera.keep_above("hand_over", HandOverScreen("Japanese", "14 August 1945"))
    for path in (player_saves.path_for("Across the Khingan"), player_saves.quick_save_path(screen.session)):
        screen.part(Saving).save(path)
    screen.part(Saving).finish()
    camera.keep_above("load", LoadScreen())


def end(camera: Photographer) -> None:
    """Keep the closing pages of a campaign that the computer plays."""
    session = Session(Campaign.start(SCENARIO), ())
    while not session.campaign.is_over:
        session.advance()
        session.wait()
    camera.stage.only(EndingScreen(session))
    camera.keep("ending")
    camera.keep_above("replays", ReplaysScreen())
    replay_of(camera, session)


def replay_of(camera: Photographer, session: Session) -> None:
    """Keep a day of the replay of a campaign, as it is played back, and how a game is played on from it."""
    replay = watch(session)
    screen = start_replay.show(camera.stage, replay, basemap.prepare(replay.campaign.world, SCENARIO))
    for day in (REPLAYED - 1, REPLAYED):
        replay.go_to(day)
        replay.wait()
        screen.update()
    playback = screen.part(ReplayPlayback)
    screen.update()
    playback.is_held = True
    _at(screen, playback.queue[0].hex, NEAR_PX)
    camera.keep("replay")
    camera.keep_above("play_on", PlayOnScreen(replay))


class _Ready:
    """An engine that is loaded: pictures of scenarios may be drawn."""

    is_ready, is_busy = True, False

    def finished(self) -> bool:
        return True


def _raise(error: BaseException) -> None:
    raise error


def _shown(camera: Photographer, session: Session) -> CampaignScreen:
    ground = basemap.prepare(session.campaign.world, SCENARIO)
    screen = start_game.show(camera.stage, start_game.Game(session, ground))
    session.wait()
    screen.update()
    return screen


def _command(screen: MapScreen, name: str) -> None:
    screen.carry_out(intents.GiveCommand(name))


def _choose(screen: CampaignScreen, fits: Callable[[PlayerSelection], bool]) -> int:
    """Choose the unit that fits and is nearest to the middle of the map, and go near it."""
    camera, units = screen.view.theatre(*SIZE), screen.session.world.units
    middle = (SIZE[0] // 2, SIZE[1] // 2)

    def far(hex: int) -> int:
        x, y = camera.centre_of(hex)
        return (x - middle[0]) ** 2 + (y - middle[1]) ** 2

    for hex in sorted({int(hex) for hex in units["hex"] if hex >= 0}, key=far):
        for unit in stack_in(screen.session.world, hex):
            screen.selection.choose(unit)
            if screen.selection.is_mine(unit) and fits(screen.selection):
                _at(screen, hex, NEAR_PX)
                screen.selection.hovered = -1
                return unit
    raise LookupError("no unit fits")


def _at(screen: MapScreen, hex: int, side_px: float) -> None:
    """Look at a hex at a zoom."""
    _command(screen, "theatre")
    screen.show_hex(hex, side_px)
    screen.selection.hovered = -1


def _beyond(screen: CampaignScreen) -> int:
    """Return the hex that is farthest from the chosen unit, in view, and can be plotted to."""
    camera, selection = screen.camera, screen.selection
    assert selection.march is not None
    seen = pygame.Rect(300, 120, SIZE[0] - 720, SIZE[1] - 320)
    hexes = [hex for hex in range(camera.n_cols * camera.n_rows) if seen.collidepoint(camera.centre_of(hex))]
    routes = {hex: route for hex in hexes if (route := selection.route(hex)) is not None}
    return max(routes, key=lambda hex: (routes[hex].days, hex))


def main() -> None:
    """Write docs/pictures/screens."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["AUGUST_STORM_HOME"] = home  # no setting and no save of whoever draws
        camera = Photographer(FOLDER)
        for part in (books, play, end):
            part(camera)
        pygame.quit()
    kilobytes = sum((FOLDER / f"{name}.webp").stat().st_size for name in PICTURES) // 1000
    print(f"wrote {len(PICTURES)} pictures to {FOLDER.relative_to(FOLDER.parents[2])}, {kilobytes} kB")


if __name__ == "__main__":
    main()
