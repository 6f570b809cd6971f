"""``play``: the window, or one line that says why there is none."""

import os
import sys
from pathlib import Path

from sim.commands.streams import say
from sim.game.saves.container import read_file
from sim.scenario import load

SIDES = {"soviet": ("soviet",), "japan": ("japan",), "both": ("soviet", "japan"), "none": ()}


def play_campaign(scenario: str, mods: tuple[str, ...], side: str | None, seed: int, save: Path | None = None) -> bool:
    """Play a campaign in the window, or go on with a saved one; return whether there was a display to open it on."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    if not _has_display():
        _say_no_display(scenario)
        return False
    # Problems are told before a window flashes up.
    if save is None:
        load(scenario, mods)
    else:
        read_file(save)

    from sim.ui.startup.main_loop import NoDisplayError, play
    from sim.ui.window.navigator import GameOptions

    try:
        play(GameOptions(scenario, mods, SIDES[side or "soviet"], seed), at_once=side is not None, save=save)
    except NoDisplayError:
        _say_no_display(scenario)
        return False
    return True


def _has_display() -> bool:
    """Return whether it is worth asking for a window: on Linux one of these variables names the display."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"))


def _say_no_display(scenario: str) -> None:
    words = f"No display for the window; follow the campaign as text instead: august-storm run {scenario}"
    say(words, err=True)
