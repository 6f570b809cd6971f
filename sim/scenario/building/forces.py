"""Formations and units of a scenario as record arrays."""

from collections import defaultdict
from datetime import date

import numpy as np

from sim.kernels import codes
from sim.kernels.state import layout
from sim.scenario.building.map import hex_of
from sim.scenario.loading.load import Scenario
from sim.scenario.models.scenario import Formation, Unit
from sim.scenario.models.values import BoxStart, Distribution


def turn_of(scenario: Scenario, day: date | None, otherwise: int) -> int:
    """Return the turn of a day, or ``otherwise`` where there is none; turn 1 is the first day."""
    return otherwise if day is None else (day - scenario.header.start_date).days + 1


def build_formations(scenario: Scenario, rows: dict[str, int], axes_of: dict[str, int]) -> np.recarray:
    """Return the FORMATION records.

    Parameters
    ----------
    rows
        Formation id to row.
    axes_of
        Formation or unit id to row of the axis that names it.
    """
    formations = layout.records(len(rows), layout.FORMATION)
    for spec in scenario.forces.formations:
        formation = formations[rows[spec.id]]
        formation.parent = rows[spec.parent] if spec.parent else -1
        formation.level = codes.LEVELS.index(spec.level)
        formation.side = codes.SIDES.index(spec.side)
        formation.axis = axes_of.get(spec.id, -1)
        formation.trucks_range = spec.trucks_range10
    for unit in scenario.forces.units:
        if unit.rear_services:
            formations[rows[unit.parent]].support_men += unit.men
    return formations


def build_units(scenario: Scenario, rows: dict[str, int], axes_of: dict[str, int], rules: np.recarray) -> np.recarray:
    """Return the UNIT records on the first morning."""
    specs = scenario.forces.units
    units = layout.records(len(specs), layout.UNIT)
    chain = {spec.id: spec for spec in scenario.forces.formations}
    boxes = {box.id: row for row, box in enumerate(scenario.map.boxes)}
    for name in (
        "next_in_hex",
        "supply_hex",
        "supply_source",
        "target",
        "detour",
        "objective",
        "arrival_hex",
        "hex",
        "box",
    ):
        units[name] = -1
    for row, spec in enumerate(specs):
        unit = units[row]
        unit.formation = rows[spec.parent]
        unit.army = rows[army_of(chain, spec)]
        unit.side = codes.SIDES.index(chain[spec.parent].side)
        unit.nation = codes.NATIONS.index(spec.nation)
        unit.branch = codes.BRANCHES.index(spec.branch)
        unit.mobility = codes.MOBILITIES.index(spec.mobility)
        unit.axis = axis_of(chain, axes_of, spec)
        unit.stack10 = spec.stacking
        unit.readiness_permille = round(1000 * likely(spec.readiness))
        unit.assault_permille = round(1000 * spec.assault)
        unit.at_guns = min(spec.at_guns, np.iinfo(np.int16).max)
        _place(scenario, unit, spec, boxes)
        _strength(unit, spec)
    _stocks(units, rules)
    return units


def likely(share: float | Distribution) -> float:
    """Return a share, or the mode of its distribution."""
    return share.mode if isinstance(share, Distribution) else share


def army_of(chain: dict[str, Formation], unit: Unit) -> str:
    """Return the formation that reports and supports as one with the unit.

    That is the nearest of army level above it, else the highest below its front, else the front itself.
    """
    above = ancestors(chain, unit.parent)
    for formation in above:
        if formation.level == "army":
            return formation.id
    below_front = [formation for formation in above if formation.level == "corps"]
    return below_front[-1].id if below_front else above[0].id


def axis_of(chain: dict[str, Formation], axes_of: dict[str, int], unit: Unit) -> int:
    """Return the axis that names the unit or its nearest named superior, -1 if none does."""
    for name in (unit.id, *(formation.id for formation in ancestors(chain, unit.parent))):
        if name in axes_of:
            return axes_of[name]
    return -1


def ancestors(chain: dict[str, Formation], parent: str | None) -> list[Formation]:
    """Return the formations above, from the direct parent upwards."""
    found: list[Formation] = []
    while parent is not None:
        found.append(chain[parent])
        parent = chain[parent].parent
    return found


def _place(scenario: Scenario, unit: np.record, spec: Unit, boxes: dict[str, int]) -> None:
    unit.arrival_turn = max(turn_of(scenario, spec.arrives, 1), 1)
    if isinstance(spec.start, BoxStart):
        unit.box = boxes[spec.start.box]
        unit.status = codes.OFF_MAP
        return
    hex = hex_of(scenario, spec.start) if spec.start else -1
    if not spec.on_map or hex < 0:
        unit.status = codes.OFF_MAP
        if spec.start in scenario.map.places and scenario.map.places[spec.start].box:
            unit.box = boxes[scenario.map.places[spec.start].box or ""]
        return
    unit.arrival_hex = hex
    if unit.arrival_turn > 1:
        unit.status = codes.PENDING
        return
    unit.status = codes.ACTIVE
    unit.hex = hex


def _strength(unit: np.record, spec: Unit) -> None:
    for name in ("men", "guns", "launchers", "aircraft"):
        setattr(unit, name, getattr(spec, name))
        setattr(unit, f"{name}_start", getattr(spec, name))
    unit.tanks[:] = [getattr(spec.tanks, name) for name in codes.TANK_CLASSES]
    unit.tanks_start[:] = unit.tanks
    unit.cohesion_permille = 1000
    unit.posture = codes.DEFEND


def _stocks(units: np.recarray, rules: np.recarray) -> None:
    """Fill every unit's stocks; its need follows its men against the mean of its branch and side."""
    rule = rules[0]
    units.fuel_max10 = rule.fuel_max10[units.mobility]
    units.ammo_max10 = rule.ammo_max10[units.branch]
    units.fuel10 = units.fuel_max10
    units.ammo10 = units.ammo_max10
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in np.flatnonzero(units.status != codes.OFF_MAP):
        groups[int(units.side[row]), int(units.branch[row])].append(int(row))
    for (_, branch), rows in groups.items():
        usual_men = max(1, int(units.men[rows].sum()) // len(rows))
        units.supply_need_tons10[rows] = rule.need_tons10[branch] * units.men[rows].astype(np.int64) // usual_men
