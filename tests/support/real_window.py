"""The real window on a virtual display, pressed and clicked from outside as a person would."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from sim import paths
from sim.ui.window.display import FRAME_PX
from tests.support.places import ROOT

MOST_S = 90.0
BYTES_A_COLOUR = 12  # of the table between the header of an X window dump and its pixels


def wait_until(holds: Callable[[], object], what: str, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Wait until something holds, doing something from time to time; fail after ``MOST_S`` seconds."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < MOST_S, f"it never happened: {what}"
        meanwhile()
        time.sleep(0.25)


class RealWindow:
    """``august-storm play`` on a display of its own.

    Parameters
    ----------
    home : Path
        The user's folder of the program.
    folder : Path
        For what the display and the program write.
    size : tuple of int
        Of the window, which stands in the upper left corner of the display.
    """

    def __init__(self, home: Path, folder: Path, size: tuple[int, int]) -> None:
        self.home, self.folder = home, folder
        wide, high = (one + frame for one, frame in zip(size, FRAME_PX, strict=True))  # a window leaves so much free
        screen = f"{wide}x{high}x24"
        self.display = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", screen, "-fbdir", str(folder), "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.display.stdout is not None
        number = self.display.stdout.readline().strip()
        kept = {name: value for name, value in os.environ.items() if name not in ("SDL_VIDEODRIVER", "WAYLAND_DISPLAY")}
        self.environment = {
            **kept,
            "DISPLAY": f":{number}",
            "SDL_AUDIODRIVER": "dummy",
            "SDL_VIDEO_WINDOW_POS": "0,0",
            "AUGUST_STORM_HOME": str(home),
            "AUGUST_STORM_CACHE": str(paths.cache_root()),
            "PYTHONPATH": str(ROOT),
        }
        self.complaints = folder / "stderr.txt"
        with self.complaints.open("w") as stderr:
            command = [sys.executable, "-m", "sim", "play", "august_storm"]
            self.program = subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=stderr)

    def close(self) -> str:
        """End the program and its display; return what the program complained of."""
        for process in (self.program, self.display):
            process.kill()
            process.wait()
        return self.complaints.read_text()

    def press(self, key: str) -> None:
        """Press a key, as xdotool names it; without a window manager it goes to the window under the pointer."""
        self._tool("key", "--delay", "0", key)

    def click(self, at: tuple[int, int], button: int = 1, times: int = 1) -> None:
        """Go to a pixel and click there."""
        self._tool("mousemove", *map(str, at), "click", "--repeat", str(times), "--delay", "30", str(button))

    def shows(self, picture: np.ndarray, box: tuple[slice, slice]) -> bool:
        """Return whether a part of the window looks like that part of a picture.

        Parameters
        ----------
        picture : (width, height, 3) uint8
        box : tuple of slice
            Columns and rows.
        """
        return float((np.abs(self.seen()[box].astype(int) - picture[box]).max(axis=2) <= 8).mean()) > 0.99

    def seen(self) -> np.ndarray:
        """Return what the display shows, (width, height, 3) uint8, read from its X window dump."""
        raw = (self.folder / "Xvfb_screen0").read_bytes()
        header = np.frombuffer(raw, ">u4", 25)
        width, height, line, colours = (int(header[at]) for at in (4, 5, 12, 19))
        pixels = np.frombuffer(raw, np.uint8, line * height, int(header[0]) + colours * BYTES_A_COLOUR)
        return pixels.reshape(height, line // 4, 4)[:, :width, 2::-1].swapaxes(0, 1)

    def _tool(self, *words: str) -> subprocess.CompletedProcess[str]:
        assert self.program.poll() is None, self.complaints.read_text()
        return subprocess.run(
            ["xdotool", *words], env=self.environment, check=True, capture_output=True, text=True, timeout=30
        )
