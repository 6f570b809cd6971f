"""How long the window stands still for what a player does: ``SDL_VIDEODRIVER=dummy python -m benchmarks.pauses``.

The real loop runs, with its pace of 60 frames a second and the engine's own threads beside it. A pause is what one
frame takes from its first event to its last preparation for later frames, the wait for the next frame left out; the
clock is read by whoever calls the loop, so that it runs before anything of the window does. ``work`` is the processor
time of the longest frame: what a pause would be on a machine that does nothing else.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sim.ui.window.navigator import GameOptions

SIZE = (1920, 1080)
FRAME_S = 1 / 60
AFTER = 20  # frames that are watched after an action
QUIET = 90  # frames in which the window is left alone before the first action


class Watch:
    """Runs the frames of a stage and keeps what each took.

    Parameters
    ----------
    stage : Stage
    """

    def __init__(self, stage: Any) -> None:
        self.stage = stage
        self.taken: list[float] = []
        self.worked: list[float] = []

    def frame(self, act: Callable[[], object] = lambda: None) -> None:
        """Run one frame that begins with something that the player does."""
        from sim.ui.startup import main_loop

        began, worked = time.perf_counter(), time.thread_time()
        act()
        main_loop.frame(self.stage, FRAME_S)
        spent = time.perf_counter() - began
        self.taken.append(spent * 1000)
        self.worked.append((time.thread_time() - worked) * 1000)
        time.sleep(max(FRAME_S - spent, 0.0))

    def frames(self, number: int) -> None:
        """Run some frames in which nothing is done."""
        for _ in range(number):
            self.frame()

    @contextmanager
    def row(self, name: str) -> Iterator[None]:
        """Print the first and the longest frame of what is done meanwhile."""
        self.taken, self.worked = [], []
        yield
        print(f"{name:44}{self.taken[0]:8.1f}{max(self.taken):8.1f}{max(self.worked):8.1f}", flush=True)


def main() -> None:
    """Print the pauses of a first turn, action by action."""
    import tempfile

    with tempfile.TemporaryDirectory() as home:
        os.environ["AUGUST_STORM_HOME"] = home
        _play()


def _play() -> None:
    from benchmarks.opened import opened
    from sim.game.play.session import Session
    from sim.ui.screens.scenario_shelf import SHELF
    from sim.ui.screens.title import TitleScreen
    from sim.ui.startup import start_game
    from sim.ui.startup.navigation import new_stage
    from sim.ui.window.settings import Settings

    settings = Settings(size_px=SIZE, morning_report=True, turn_warning=False)
    _, campaign, ground = opened(settings)
    print(f"{SIZE[0]} x {SIZE[1]}, dummy driver; ms of standing still")
    print(f"{'':44}{'first':>8}{'longest':>8}{'work':>8}")
    SHELF.read()
    watch = Watch(new_stage(settings, SIZE))
    watch.stage.push(TitleScreen(GameOptions()))
    watch.frames(QUIET)
    for words in ("New game", "Load", "Settings", "Help", "Historical notes", "Credits"):
        _screen(watch, f"title: {words.lower()}", lambda words=words: _press(watch.stage.top, words))  # type: ignore[misc]
    with watch.row("the campaign is shown"):
        watch.frame(lambda: start_game.show(watch.stage, start_game.Game(Session(campaign, ("soviet",)), ground)))
        watch.frames(AFTER)
    watch.stage.top.session.wait()
    watch.frames(QUIET)
    _orders(watch)
    _views(watch)
    for turn in range(1, 4):
        _end_turn(watch, turn)


def _orders(watch: Watch) -> None:
    screen = watch.stage.top
    units = screen.session.world.units
    mine = [row for row in range(len(units)) if screen.selection.is_mine(row) and int(units["mp10"][row]) > 0]
    taken = []
    for row in mine[:60:3]:
        watch.taken = []
        watch.frame(lambda row=row: screen.selection.choose(row))  # type: ignore[misc]
        taken.append(watch.taken[0])
        watch.frames(2)
    print(f"{'click on a unit to its range: median, longest':44}{sorted(taken)[len(taken) // 2]:8.1f}{max(taken):8.1f}")
    with watch.row("march"):
        watch.frame(lambda: screen.selection.go_to(max(screen.selection.march.left_mp10)))
        watch.frames(AFTER)
    with watch.row("undo"):
        watch.frame(lambda: _command(screen, "undo"))
        watch.frames(AFTER)
    for row in mine:
        screen.selection.choose(row)
        if screen.selection.targets:
            break
    watch.frames(10)
    with watch.row("forecast of an attack"):
        watch.frame(lambda: screen.selection.aim(min(screen.selection.targets)))
        watch.frames(AFTER)
    with watch.row("attack"):
        watch.frame(screen.selection.strike)
        watch.frames(AFTER)
    screen.selection.choose(-1)


def _views(watch: Watch) -> None:
    screen = watch.stage.top
    for name in ("zoom_in", "zoom_in", "zoom_in", "zoom_in", "theatre", "order_of_battle", "order_of_battle", "log"):
        with watch.row(name.replace("_", " ")):
            watch.frame(lambda name=name: _command(screen, name))  # type: ignore[misc]
            watch.frames(AFTER)
    for name in ("movement", "supply", "zones", "control", "weather", "plans", "strength", "threats", "record"):
        with watch.row(f"layer: {name}"):
            watch.frame(lambda name=name: _command(screen, f"layer_{name}"))  # type: ignore[misc]
            watch.frames(AFTER)
        _command(screen, "layers_off")
        watch.frames(5)
    for name in ("report", "help", "menu", "load", "save_as"):
        _screen(watch, name.replace("_", " "), lambda name=name: _command(screen, name))  # type: ignore[misc]
    with watch.row("quick save"):
        watch.frame(lambda: _command(screen, "quick_save"))
        watch.frames(4 * AFTER)
    with watch.row("look ahead, two seconds of it"):
        watch.frame(lambda: _command(screen, "look_ahead"))
        watch.frames(120)
    _command(screen, "look_ahead")
    watch.frames(10)


def _end_turn(watch: Watch, turn: int) -> None:
    """Print the pauses of a turn's end with its autosave and report, and how long the computer took."""
    screen = watch.stage.top
    began = time.perf_counter()
    with watch.row(f"end of turn {turn}, the computer's turn"):
        watch.frame(screen.end_turn)
        while screen.session.is_thinking:
            watch.frame()
        thought = time.perf_counter() - began
    with watch.row(f"morning {turn + 1}: report and autosave"):
        watch.frames(3 * AFTER)
    print(f"{'  the computer took':44}{thought * 1000:8.0f}")
    while watch.stage.top is not screen:
        watch.stage.pop()
    watch.frames(AFTER)


def _screen(watch: Watch, name: str, act: Callable[[], object]) -> None:
    """Print the pauses of a screen that opens, is left alone, and closes."""
    below = watch.stage.top
    with watch.row(f"{name}: open"):
        watch.frame(act)
        watch.frames(AFTER)
    with watch.row(f"{name}: close"):
        while watch.stage.top is not below:
            watch.frame(watch.stage.pop)
        watch.frames(AFTER)


def _command(screen: Any, name: str) -> None:
    from sim.ui.player import intents

    screen.carry_out(intents.GiveCommand(name))


def _press(screen: Any, words: str) -> None:
    button = next(one for one in screen._actions if getattr(one, "text", "").startswith(words))
    screen._actions[button]()


if __name__ == "__main__":
    main()
