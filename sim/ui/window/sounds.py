"""Short sounds; a machine without a sound device plays in silence.

The mixer is opened in the background by the first sound, since some devices take their time.
"""

import threading

import pygame

from sim import paths

CLICK, ORDER, BATTLE, TURN = "click", "order", "battle", "turn"
NAMES = (CLICK, ORDER, BATTLE, TURN)

_volume = 0.0
_loaded: dict[str, "pygame.mixer.Sound"] = {}
_opening: threading.Thread | None = None


def use_volume(volume: float) -> None:
    """Play sounds so loud from now on, 0 to 1; nothing is played before the first call, nor at 0."""
    global _volume, _opening
    _volume = volume
    if volume > 0 and _opening is None:
        _opening = threading.Thread(target=_open, daemon=True)
        _opening.start()


def play(name: str) -> None:
    """Play a sound, if there is a device for it."""
    sound = _loaded.get(name)
    if sound is not None and _volume > 0 and pygame.mixer.get_init():
        sound.set_volume(_volume)
        sound.play()


def _open() -> None:
    """Open the mixer and load the sounds; without a device, or without the mixer, there are none."""
    try:
        pygame.mixer.init(frequency=22050, size=-16, channels=1, buffer=512)
        for name in NAMES:
            file = paths.assets_root() / "sounds" / f"{name}.wav"
            if file.is_file():
                _loaded[name] = pygame.mixer.Sound(str(file))
    except (pygame.error, NotImplementedError, AttributeError):
        _loaded.clear()
