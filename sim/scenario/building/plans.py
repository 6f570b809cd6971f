"""Plans of both sides as axes, objectives and cost-to-go fields."""

import hashlib
from collections.abc import Sequence

import numpy as np

from sim.kernels import codes
from sim.kernels.state import layout
from sim.scenario.building.forces import turn_of
from sim.scenario.loading.load import Scenario
from sim.scenario.models.scenario import Plan


def chosen_plans(scenario: Scenario, names: Sequence[str]) -> list[Plan]:
    """Return the plan of each side: the named one, else the scenario's default."""
    chosen = {plan.side: plan for plan in map(scenario.plan, names)}
    defaults = scenario.header.default_plans
    return [chosen.get(side) or scenario.plan(getattr(defaults, side)) for side in ("soviet", "japan")]


def axes_by_formation(plans: Sequence[Plan]) -> dict[str, int]:
    """Return formation or unit id to the row of the axis that names it."""
    axes = [axis for plan in plans for axis in plan.axes]
    return {name: row for row, axis in enumerate(axes) for name in axis.formations}


def build_axes(
    scenario: Scenario, plans: Sequence[Plan], formation_rows: dict[str, int], place_rows: dict[str, int]
) -> tuple[np.recarray, np.recarray]:
    """Return the AXIS and OBJECTIVE records; ``field`` is left to ``number_fields``."""
    sides = [codes.SIDES.index(plan.side) for plan in plans for _ in plan.axes]
    specs = [axis for plan in plans for axis in plan.axes]
    axes = layout.records(len(specs), layout.AXIS)
    objectives = layout.records(sum(len(axis.objectives) for axis in specs), layout.OBJECTIVE)
    at = 0
    for row, spec in enumerate(specs):
        axis = axes[row]
        axis.side = sides[row]
        axis.role = codes.ROLES.index(spec.role)
        axis.first, axis.count, axis.current = at, len(spec.objectives), at
        axis.release_turn = turn_of(scenario, spec.release, 1)
        axis.formation = next((formation_rows[name] for name in spec.formations if name in formation_rows), -1)
        axis.boldness_permille = round(1000 * spec.boldness)
        for goal in spec.objectives:
            objective = objectives[at]
            objective.axis = row
            objective.place = place_rows[goal.place]
            objective.due_turn = turn_of(scenario, goal.by, -1)
            objective.weight = goal.weight
            objective.strongpoint = goal.strongpoint
            objective.done_turn = -1
            at += 1
    return axes, objectives


def number_fields(objectives: np.recarray, places: np.recarray) -> list[int]:
    """Set hex and ``field`` of every objective; return the hexes, one for each field: equal hexes share one."""
    objectives["hex"][:] = places["hex"][objectives["place"]]
    at = objectives["hex"].tolist()
    hexes = sorted(set(at))
    numbers = {hex: row for row, hex in enumerate(hexes)}
    objectives["field"][:] = [numbers[hex] for hex in at]
    return hexes


def fill_fields(world: layout.World, hexes: Sequence[int]) -> None:
    """Fill ``world.cost_to_go``: dry step costs to each of ``hexes``, on foot and by motor.

    Where the ground costs what it cost in the world before, as at most points of a study, its fields are taken over:
    hundreds of floods less.
    """
    global _filled
    from sim.kernels.movement.movement import fill_cost_to_go

    what = _digest_of(world, hexes)
    before, fields = _filled
    if what == before:
        world.cost_to_go[:] = fields
    else:
        scratch = layout.new_scratch(len(world.hexes), len(world.units))
        for row, hex in enumerate(hexes):
            fill_cost_to_go(world, scratch, hex, codes.FOOT, world.cost_to_go[2 * row])
            fill_cost_to_go(world, scratch, hex, codes.MOTORISED, world.cost_to_go[2 * row + 1])
    _filled = (what, world.cost_to_go)


# What the fields that were filled last depend on, and the fields: nothing writes to them afterwards.
_filled: tuple[bytes, np.ndarray] = (b"", np.zeros((0, 0), np.int32))


def _digest_of(world: layout.World, hexes: Sequence[int]) -> bytes:
    """Return a hash of all that costs to go depend on."""
    whole = hashlib.sha256(repr(tuple(hexes)).encode())
    for array in (world.neighbours, world.step_cost[0, codes.FOOT], world.step_cost[0, codes.MOTORISED]):
        whole.update(np.ascontiguousarray(array).tobytes())
    return whole.digest()
