"""What the player set: kept as JSON in the user's folder, read leniently, written whole."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from sim import paths
from sim.output import write_text

SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
PALETTES = ("standard", "deuteranopia", "tritanopia", "high contrast")
SPEEDS = ("slow", "normal", "fast", "at once")
AUTOSAVES = ("every turn", "on leaving", "never")
NAMES_OF = ("1945", "today")


@dataclass(frozen=True)
class Settings:
    """The player's settings.

    Attributes
    ----------
    size_px : tuple of int
        Size of the window.
    full_screen : bool
    scale : float
        Of the interface, 0.8 to 2.0.
    palette : str
        One of ``PALETTES``.
    animation : str
        How fast the other side's turn is played back: one of ``SPEEDS``.
    volume : float
        Of sounds, 0 to 1.
    autosave : str
        One of ``AUTOSAVES``.
    names : str
        Names on the map: one of ``NAMES_OF``.
    edge_pan : bool
        The map moves when the pointer touches the window's edge.
    morning_report : bool
        The situation report opens as a turn begins.
    turn_warning : bool
        Units that wait for orders are listed before a turn ends.
    keys : dict
        Command name -> names of keys, where they differ from the usual ones.
    """

    size_px: tuple[int, int] = (1280, 800)
    full_screen: bool = False
    scale: float = 1.0
    palette: str = "standard"
    animation: str = "normal"
    volume: float = 0.5
    autosave: str = "every turn"
    names: str = "1945"
    edge_pan: bool = False
    morning_report: bool = True
    turn_warning: bool = True
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def with_(self, **changes: Any) -> "Settings":
        """Return the settings with some of them changed."""
        return replace(self, **changes)


def settings_file() -> Path:
    """Return where the settings are kept."""
    return paths.user_root() / "settings.json"


def load_settings(file: Path | None = None) -> Settings:
    """Return the kept settings; what cannot be read, or is out of its bounds, takes its usual value."""
    try:
        kept = json.loads((file or settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _sound(kept) if isinstance(kept, dict) else Settings()


def save_settings(settings: Settings, file: Path | None = None) -> None:
    """Write the settings, whole."""
    target = file or settings_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    write_text(target, json.dumps(asdict(settings), indent=2) + "\n")


def _sound(kept: Mapping[str, Any]) -> Settings:
    """Return settings of which every value is one that the window can work with."""
    usual = Settings()
    found: dict[str, Any] = {}
    for each in fields(Settings):
        value = kept.get(each.name)
        if value is not None and _is_sound(each.name, value, getattr(usual, each.name)):
            found[each.name] = value
    if "size_px" in found:
        found["size_px"] = (int(found["size_px"][0]), int(found["size_px"][1]))
    if "keys" in found:
        found["keys"] = {name: tuple(keys) for name, keys in found["keys"].items()}
    return replace(usual, **found)


def _is_sound(name: str, value: Any, usual: Any) -> bool:
    choices = {"palette": PALETTES, "animation": SPEEDS, "autosave": AUTOSAVES, "names": NAMES_OF}
    if name in choices:
        return value in choices[name]
    if name == "size_px":
        return isinstance(value, list) and len(value) == 2 and all(isinstance(px, int) and px >= 640 for px in value)
    if name == "scale":
        return isinstance(value, int | float) and SCALES[0] <= value <= SCALES[-1]
    if name == "volume":
        return isinstance(value, int | float) and 0 <= value <= 1
    if name == "keys":
        return isinstance(value, dict) and all(
            isinstance(keys, list) and all(isinstance(key, str) for key in keys) for keys in value.values()
        )
    return isinstance(value, type(usual))
