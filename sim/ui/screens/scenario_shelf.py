"""Scenarios and mods to choose from, read in the background, and their pictures, drawn once the engine is ready."""

from pathlib import Path

from sim.errors import SimError
from sim.game import library
from sim.game.library import ModEntry, ScenarioEntry
from sim.ui.window.background import Background
from sim.ui.window.engine import ENGINE, Engine


class Shelf(Background):
    """What there is to choose from.

    Attributes
    ----------
    scenarios : tuple of ScenarioEntry
        Empty until they are read.
    mods : tuple of ModEntry
    pictures : dict
        Scenario id -> file, as far as they are drawn.
    version : int
        Grows whenever something has been added.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.scenarios: tuple[ScenarioEntry, ...] = ()
        self.mods: tuple[ModEntry, ...] = ()
        self.pictures: dict[str, Path] = {}
        self.version = 0
        self._engine = engine

    def read(self) -> None:
        """Read what is on the disk now."""
        self.mods = library.mods()
        self.scenarios = library.scenarios()
        self.pictures = {entry.id: entry.picture for entry in self.scenarios if entry.picture is not None}
        self.version += 1

    def scenario(self, name: str) -> ScenarioEntry | None:
        """Return the scenario of an id or a folder."""
        return next((entry for entry in self.scenarios if name in (entry.id, str(entry.folder))), None)

    def work(self) -> None:
        """Read the list, then draw the pictures that are missing."""
        self.read()
        if not self._engine.finished():
            return  # pictures need the engine
        from sim.game.maps.thumbnail import portrait  # slow to import: the title must not wait for it

        for entry in self.scenarios:
            if entry.id in self.pictures or entry.problem:
                continue
            try:
                self.pictures[entry.id] = portrait(entry)
            except (SimError, OSError):
                continue  # the list does without a picture
            self.version += 1


SHELF = Shelf(ENGINE)
