"""The tool that draws every screen knows every screen."""

import importlib
import inspect
import pkgutil

from sim.ui import screens
from sim.ui.stage import Screen
from tools import screenshots


def test_every_screen_has_its_picture():
    found = set()
    for module in pkgutil.iter_modules(screens.__path__):
        for _, made in inspect.getmembers(
            importlib.import_module(f"{screens.__name__}.{module.name}"), inspect.isclass
        ):
            if issubclass(made, Screen) and made.__module__.endswith(f".{module.name}"):
                found.add(made)
    assert found == set(screenshots.PICTURES.values())


def test_every_picture_is_there():
    assert {file.stem for file in screenshots.FOLDER.glob("*.webp")} == set(screenshots.PICTURES)
