"""The scenarios and mods on this disk, as one chooses them: the shipped ones and those in the user's folder.

A broken one is listed with what is wrong with it. Reading all of them takes a moment (the shipped campaign a quarter of
a second), and needs no kernel.

Example
-------
>>> [entry.days for entry in scenarios() if entry.id == "august_storm"]
[25]
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sim import paths, scenario
from sim.errors import ScenarioError
from sim.printable import harmless
from sim.scenario import Scenario
from sim.scenario.loading import folders
from sim.scenario.models.scenario import Unit

MOST_PIXELS = 4096 * 4096  # of a picture that a scenario brings


@dataclass(frozen=True)
class SideStrength:
    """What one side has: on the map or arriving later, without the rear services.

    Attributes
    ----------
    units, men, guns, tanks : int
    later : int
        How many of the units arrive after the first day.
    """

    units: int = 0
    men: int = 0
    guns: int = 0
    tanks: int = 0
    later: int = 0


@dataclass(frozen=True)
class ScenarioEntry:
    """A scenario on the list.

    Attributes
    ----------
    id, title, description : str
    folder : Path
    start_date, end_date : date or None
        None where the scenario is broken.
    sides : dict
        Side id -> its name.
    forces : dict
        Side id -> ``SideStrength``.
    difficulty : dict
        Side id -> how hard it is to lead, in words.
    plans : dict
        Side id -> {plan id: title}, the scenario's own plan first.
    lineage : tuple of str
        The scenario and all that it extends, by id: mods of any of these can be laid over it.
    picture : Path or None
        That the scenario brings with it, if it can be shown.
    credits : tuple of str
    problem : str
        Why it cannot be played; empty where it can.
    """

    id: str
    folder: Path
    title: str
    description: str = ""
    start_date: date | None = None
    end_date: date | None = None
    sides: dict[str, str] = field(default_factory=dict)
    forces: dict[str, SideStrength] = field(default_factory=dict)
    difficulty: dict[str, str] = field(default_factory=dict)
    plans: dict[str, dict[str, str]] = field(default_factory=dict)
    lineage: tuple[str, ...] = ()
    picture: Path | None = None
    credits: tuple[str, ...] = ()
    problem: str = ""

    @property
    def days(self) -> int:
        """Return how many days it lasts."""
        if self.start_date is None or self.end_date is None:
            return 0
        return (self.end_date - self.start_date).days + 1


@dataclass(frozen=True)
class ModEntry:
    """A mod on the list.

    Attributes
    ----------
    id, title, description : str
    folder : Path
    extends : str
        Id of the scenario or mod that it changes.
    root : str
        Id of the scenario at the bottom of what it changes.
    problem : str
        Why it cannot be used; empty where it can.
    """

    id: str
    folder: Path
    title: str
    description: str = ""
    extends: str = ""
    root: str = ""
    problem: str = ""


def scenarios() -> tuple[ScenarioEntry, ...]:
    """Return every scenario found, those that can be played first, the longest before the others."""
    found = [_scenario_entry(name, folder) for name, folder in folders.shipped().items()]
    return tuple(sorted(found, key=lambda entry: (bool(entry.problem), -entry.days, entry.title)))


def mods() -> tuple[ModEntry, ...]:
    """Return every mod found, those that can be used first."""
    found = [_mod_entry(name, folder) for name, folder in folders.mods().items()]
    return tuple(sorted(found, key=lambda entry: (bool(entry.problem), entry.title)))


def mods_for(entry: ScenarioEntry, all_mods: tuple[ModEntry, ...]) -> tuple[ModEntry, ...]:
    """Return the mods that can be laid over a scenario, with the broken ones that name it."""
    return tuple(mod for mod in all_mods if mod.extends in entry.lineage or mod.root in entry.lineage)


def user_folders() -> tuple[Path, Path]:
    """Return where the user's own scenarios and mods are looked for."""
    return paths.user_root() / "scenarios", paths.user_root() / "mods"


def _scenario_entry(name: str, folder: Path) -> ScenarioEntry:
    try:
        return _playable(scenario.load(folder), folder)
    except Exception as error:  # whatever is wrong in one folder, the others can be played
        shown = harmless(name)
        return ScenarioEntry(shown, folder, shown, lineage=(name,), problem=_in_words(error))


def _playable(loaded: Scenario, folder: Path) -> ScenarioEntry:
    header = loaded.header
    sides = {"soviet": header.sides.soviet, "japan": header.sides.japan}
    side_of = {nation: side for side, named in sides.items() for nation in named.nations}
    return ScenarioEntry(
        id=header.id,
        folder=folder,
        title=header.title,
        description=header.description,
        start_date=header.start_date,
        end_date=header.end_date,
        sides={side: named.name for side, named in sides.items()},
        forces={side: _strength(loaded, side, side_of) for side in sides},
        difficulty={side: words for side in sides if (words := getattr(header.difficulty, side))},
        plans={side: _plans(loaded, side) for side in sides},
        lineage=_lineage(folder),
        picture=_picture(folder / header.picture) if header.picture else None,
        credits=header.credits,
    )


def _picture(file: Path) -> Path | None:
    """Return a picture that can be shown, None for one that is missing, broken or huge: then one is drawn."""
    from PIL import Image

    try:
        with Image.open(file, formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.load()
    except Exception:  # there are many ways for a picture to be broken
        return None
    return file


def _mod_entry(name: str, folder: Path) -> ModEntry:
    lineage = _lineage(folder)
    extends, root = (lineage[1], lineage[-1]) if len(lineage) > 1 else ("", "".join(lineage))
    try:
        header = scenario.load(folder).header
    except Exception as error:  # whatever is wrong in one folder, the others can be used
        shown = harmless(name)
        return ModEntry(shown, folder, shown, "", extends, root, _in_words(error))
    return ModEntry(name, folder, header.title, header.description, extends, root)


def _lineage(folder: Path) -> tuple[str, ...]:
    """Return the ids of a folder and of all that it extends, itself first; none where it cannot be read."""
    try:
        return tuple(each.id for each in reversed(folders.chain(folder, [])))
    except Exception:  # loading it says what is wrong
        return ()


def _strength(loaded: Scenario, side: str, side_of: dict[str, str]) -> SideStrength:
    there = [
        unit
        for unit in loaded.forces.units
        if side_of.get(unit.nation) == side and unit.on_map and not unit.rear_services
    ]
    first = loaded.header.start_date
    return SideStrength(
        units=len(there),
        men=sum(unit.men for unit in there),
        guns=sum(unit.guns for unit in there),
        tanks=sum(_tanks(unit) for unit in there),
        later=sum(unit.arrives is not None and unit.arrives > first for unit in there),
    )


def _tanks(unit: Unit) -> int:
    tanks = unit.tanks
    return tanks.light + tanks.medium + tanks.heavy + tanks.japanese_light + tanks.japanese_medium


def _plans(loaded: Scenario, side: str) -> dict[str, str]:
    own = getattr(loaded.header.default_plans, side)
    plans = [plan for plan in loaded.plans if plan.side == side]
    return {plan.id: plan.title for plan in sorted(plans, key=lambda plan: plan.id != own)}


def _in_words(error: Exception) -> str:
    """Return what is wrong with an entry in one line: the first problem, and how many more there are."""
    if isinstance(error, ScenarioError):
        first, *more = [str(problem) for problem in error.problems]
        return first if not more else f"{first} (and {len(more)} more)"
    if isinstance(error, OSError) and error.filename is not None:
        return harmless(f"{error.filename}: {error.strerror}")
    return harmless(f"unexpected error: {type(error).__name__}: {error}")
