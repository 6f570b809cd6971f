"""The scenario that a batch was fought in, as far as the report needs it: names, the record, the map."""

import shlex
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sim import scenario as scenarios
from sim.errors import SimError
from sim.kernels import codes
from sim.scenario import Scenario
from sim.scenario.building import build

FIRST_DAY = date(1945, 8, 9)


@dataclass(frozen=True, eq=False)
class Setting:
    """A scenario with its mods, or what can be said without it.

    Attributes
    ----------
    scenario : Scenario or None
        None where its files are not at hand or have changed since; ``missing`` then says why.
    own_mod : Path or None
        Mod that stands in the folder of the batch, as at the points of a study.
    """

    manifest: dict[str, Any]
    scenario: Scenario | None
    missing: str = ""
    own_mod: Path | None = None

    @cached_property
    def static(self) -> build.Static | None:
        """Return the first morning."""
        return build.static(self.scenario, self.manifest["plans"]) if self.scenario else None

    @cached_property
    def formation_names(self) -> dict[str, str]:
        """Return the names of formations and units by id."""
        if self.scenario is None:
            return {}
        forces = self.scenario.forces
        return {unit.id: unit.name for unit in forces.units} | {one.id: one.name for one in forces.formations}

    @cached_property
    def levels(self) -> dict[str, int]:
        """Return the level of each formation: theatre 0, front, army and so on."""
        if self.scenario is None:
            return {}
        return {one.id: codes.LEVELS.index(one.level) for one in self.scenario.forces.formations}

    @cached_property
    def place_names(self) -> dict[str, str]:
        """Return the names of places by id."""
        return {name: place.name for name, place in self.scenario.map.places.items()} if self.scenario else {}

    @property
    def first_day(self) -> date:
        """Return the date of the first turn."""
        return self.scenario.header.start_date if self.scenario else FIRST_DAY

    @property
    def title(self) -> str:
        """Return the title of the scenario, or its id."""
        return self.scenario.header.title if self.scenario else str(self.manifest["scenario"])

    def day(self, turn: int) -> date:
        """Return the date of a turn."""
        return self.first_day + timedelta(days=turn - 1)

    def turn(self, day: date) -> int:
        """Return the turn of a date."""
        return (day - self.first_day).days + 1

    def formation(self, formation_id: str) -> str:
        """Return the name of a formation or unit."""
        return self.formation_names.get(formation_id, formation_id)

    def place(self, place_id: str) -> str:
        """Return the name of a place."""
        return self.place_names.get(place_id, place_id)

    @property
    def mods(self) -> list[str]:
        """Return the mods of the batch by name or folder, in order."""
        return mods_of(self.manifest, self.own_mod)

    def replay(self, key: str = "") -> str:
        """Return the command that replays a run, up to its key."""
        return f"{shlex.join(self._command('run'))} --key {key}"

    def batch_command(self) -> str:
        """Return the command that runs the whole batch again."""
        known = self.manifest
        return shlex.join([*self._command("batch"), "--runs", str(known["runs"]), "--seed", str(known["seed"])])

    def _command(self, name: str) -> list[str]:
        words = ["august-storm", name, str(self.manifest["scenario"])]
        for option, values in (("--mod", self.mods), ("--plan", self.manifest["plans"])):
            for value in values:
                words += [option, str(value)]
        return words


def setting_of(manifest: dict[str, Any], known: Scenario | None = None, own_mod: Path | None = None) -> Setting:
    """Return the setting of a batch; ``known`` is its scenario if somebody has it at hand."""
    try:
        found = known or scenarios.load(manifest["scenario"], mods_of(manifest, own_mod))
    except SimError:
        found = None
    if found is None:
        words = f"The scenario {manifest['scenario']} or one of its mods was not found by its name"
        return Setting(manifest, None, words, own_mod)
    if scenarios.digest(found) != manifest["scenario_digest"]:
        words = "The files of the scenario or its mods have changed since these campaigns were run"
        return Setting(manifest, None, words, own_mod)
    return Setting(manifest, found, "", own_mod)


def mods_of(manifest: dict[str, Any], own_mod: Path | None) -> list[str]:
    """Return the mods of a batch by name, and its own one by its folder."""
    return [*(str(mod["id"]) for mod in manifest["mods"]), *([] if own_mod is None else [str(own_mod)])]
