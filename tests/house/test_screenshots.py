"""The tool that draws every screen knows every screen."""

import importlib
import inspect
import pkgutil

from sim.ui import campaign, screens
from sim.ui.campaign.map_screen import MapScreen
from sim.ui.window.stage import Screen
from tools import screenshots


def test_every_screen_has_its_picture():
    found = set()
    for wing in (screens, campaign):
        for module in pkgutil.iter_modules(wing.__path__, f"{wing.__name__}."):
            for _, made in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                if issubclass(made, Screen) and made.__module__ == module.name:
                    found.add(made)
    assert len(found) > 15
    assert found == {MapScreen, *screenshots.PICTURES.values()}  # MapScreen is what both map screens share


def test_every_picture_is_there():
    assert {file.stem for file in screenshots.FOLDER.glob("*.webp")} == set(screenshots.PICTURES)
