"""A checked scenario -> the arrays of a campaign: the only place that knows both.

``static`` does once what all runs share (floods, step costs, layers); ``start`` makes one run's world from it in well
under a millisecond; ``world`` does both. Ids become row numbers, names become codes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.kernels import codes
from sim.kernels.ground.grid import neighbour_table
from sim.kernels.state import layout
from sim.scenario.building.forces import army_of, build_formations, build_units
from sim.scenario.building.map import build_edges, build_hexes, build_places, build_sources, place_ids
from sim.scenario.building.names import Names
from sim.scenario.building.plans import axes_by_formation, build_axes, chosen_plans, fill_fields, number_fields
from sim.scenario.building.rules import build_rules, drawn, drawn_names, redraw, triangular
from sim.scenario.checking.rules import Draw
from sim.scenario.loading.load import Scenario
from sim.scenario.models.scenario import Plan
from sim.scenario.models.values import Distribution

EVENT_CAPACITY = 60_000
LOWEST_SCORE = -(2**31)
# What step costs are made of: a run that draws one of these needs its own step costs and cost-to-go (about a second).
STEP_COST_RULES = frozenset(
    (
        "terrain_cost_mp10",
        "road_cost_mp10",
        "road_grade_permille",
        "rail_cost_mp10",
        "craft_cost_mp10",
        "mud_permille",
        "mud_terrain_permille",
        "mud_road_permille",
        "mud_rail_permille",
        "river_cost_mp10",
        "river_ground_permille",
        "wall_cost_mp10",
    )
)


@dataclass(frozen=True, eq=False)
class Static:
    """What all runs of a scenario with the same plans share: the world of the first morning, and names for its rows."""

    scenario: Scenario
    plans: tuple[Plan, ...]
    names: Names
    template: layout.World
    field_hexes: tuple[int, ...]
    drawn_rules: frozenset[str]
    drawn_units: tuple[int, ...]  # whose readiness is a distribution


def run_key(seed: int, run_id: int = 0) -> int:
    """Return the key of a run: every draw of the campaign follows from it."""
    return int(np.random.SeedSequence(seed, spawn_key=(run_id,)).generate_state(1, np.uint64)[0])


def world(
    scenario: Scenario, seed: int, run_id: int = 0, plans: Sequence[str] = (), *, draw: bool = True
) -> layout.World:
    """Return the world of one run on its first morning; ``draw=False`` keeps distributions at their mode."""
    return start(static(scenario, plans), run_key(seed, run_id), draw=draw)


def static(scenario: Scenario, plans: Sequence[str] = ()) -> Static:
    """Return what all runs of a scenario share; ``plans`` names plans that replace the defaults."""
    from sim.kernels.supply.packed_cost import fill_links

    chosen = chosen_plans(scenario, plans)
    names = _names(scenario, chosen)
    template, field_hexes = _template(scenario, chosen, names)
    fill_links(template)
    _settle_world(template, field_hexes)
    template = with_peace(template)
    return Static(
        scenario=scenario,
        plans=tuple(chosen),
        names=names,
        template=template,
        field_hexes=tuple(field_hexes),
        drawn_rules=frozenset(drawn_names(scenario.rules)),
        drawn_units=tuple(
            row for row, spec in enumerate(scenario.forces.units) if isinstance(spec.readiness, Distribution)
        ),
    )


def start(
    shared: Static, key: int, *, draw: bool = True, fog: bool | None = None, room: layout.World | None = None
) -> layout.World:
    """Return the world of the run of ``key``; it shares the static arrays with all others.

    ``fog`` overrules the rule of that name; ``room`` is an earlier world whose changing arrays may be overwritten.
    """
    fresh = layout.copy_world(shared.template, room)
    fresh.clock[0].key = np.uint64(key)
    if fog is not None and fog != bool(fresh.rules[0].fog):
        fresh = fresh._replace(rules=fresh.rules.copy())
        fresh.rules[0].fog = fog
        _refresh_layers(fresh)
    if draw:
        _draw_sources(fresh, shared.scenario, key)
        _draw_readiness(fresh, shared, key)
        if shared.drawn_rules:
            fresh = _with_drawn_rules(fresh, shared, key)
        elif shared.drawn_units:
            _refresh_layers(fresh)
    return fresh


def _with_drawn_rules(fresh: layout.World, shared: Static, key: int) -> layout.World:
    """Return the world with rules of its own, and with all that follows from them."""
    changed = fresh._replace(rules=redraw(fresh.rules, shared.scenario.rules, shared.drawn_rules, key))
    if any(name.startswith("line_") for name in shared.drawn_rules):
        changed = changed._replace(
            peace=fresh.peace[:, :0]
        )  # it belongs to other rules: each day's flood starts afresh
    if shared.drawn_rules & STEP_COST_RULES:
        changed = changed._replace(
            step_cost=fresh.step_cost.copy(),
            descent_permille=fresh.descent_permille.copy(),
            cost_to_go=fresh.cost_to_go.copy(),
        )
        _settle_world(changed, shared.field_hexes)
    else:
        _refresh_layers(changed)
    return changed


def _refresh_layers(world: layout.World) -> None:
    from sim.kernels.control.stacks import refresh_layers
    from sim.kernels.recon.reconnaissance import open_reconnaissance

    refresh_layers(world)
    open_reconnaissance(world)


def _draw_sources(fresh: layout.World, scenario: Scenario, key: int) -> None:
    for row, spec in enumerate(scenario.header.sources):
        tons = spec.tons_per_day
        if isinstance(tons, Distribution):
            choose = drawn(key)
            value = choose(Draw(tons.low, tons.mode, tons.high), f"sources.{spec.id}.tons_per_day")
            fresh.sources[row].tons = round(value)


def _draw_readiness(fresh: layout.World, shared: Static, key: int) -> None:
    choose = drawn(key) if shared.drawn_units else None
    for row in shared.drawn_units:
        spec = shared.scenario.forces.units[row]
        if choose is not None and isinstance(spec.readiness, Distribution):
            span = spec.readiness
            share = choose(Draw(span.low, span.mode, span.high), f"units.{spec.id}.readiness")
            fresh.units[row].readiness_permille = round(1000 * share)


def _settle_world(world: layout.World, field_hexes: Sequence[int]) -> None:
    """Fill what follows from rules and forces: step costs, layers, cost-to-go."""
    from sim.kernels.movement.movement import fill_step_cost

    fill_step_cost(world)
    _refresh_layers(world)
    fill_fields(world, field_hexes)


def with_peace(world: layout.World) -> layout.World:
    """Return the world with what supplies cost at home in every weather; without where it is more than fits."""
    from sim.kernels.supply.flood_from_peace import NO_PEACE, fill_peace
    from sim.kernels.supply.packed_cost import trace_reach10

    n_hex = len(world.hexes)
    if max(trace_reach10(world, side) for side in range(2)) >= NO_PEACE:
        return world
    shape = (2, layout.N_WEATHER, n_hex)
    world = world._replace(peace=np.empty(shape, np.uint16), peace_from=np.empty(shape, np.int8))
    fill_peace(world, layout.new_scratch(n_hex, len(world.units)))
    return world


def _names(scenario: Scenario, plans: Sequence[Plan]) -> Names:
    formations, units = scenario.forces.formations, scenario.forces.units
    chain = {spec.id: spec for spec in formations}
    rows = {spec.id: row for row, spec in enumerate(formations)}
    places = place_ids(scenario)
    axes = [axis for plan in plans for axis in plan.axes]
    return Names(
        units=tuple(spec.id for spec in units),
        unit_names=tuple(spec.name for spec in units),
        formations=tuple(spec.id for spec in formations),
        formation_names=tuple(spec.name for spec in formations),
        places=tuple(places),
        place_names=tuple(scenario.map.places[name].name for name in places),
        axes=tuple(axis.id for axis in axes),
        axis_names=tuple(axis.title for axis in axes),
        boxes=tuple(box.id for box in scenario.map.boxes),
        box_names=tuple(box.name for box in scenario.map.boxes),
        sources=tuple(source.id for source in scenario.header.sources),
        levels=tuple(level.name for level in scenario.header.victory.levels),
        army_of_unit=tuple(rows[army_of(chain, spec)] for spec in units),
        n_cols=scenario.hexes.n_cols,
        n_rows=scenario.hexes.n_rows,
        start_date=scenario.header.start_date,
    )


def _template(scenario: Scenario, plans: Sequence[Plan], names: Names) -> tuple[layout.World, list[int]]:
    axes_of = axes_by_formation(plans)
    rules = build_rules(scenario.rules)
    places = build_places(scenario)
    axes, objectives = build_axes(scenario, plans, names.formation_rows, names.place_rows)
    field_hexes = number_fields(objectives, places)
    n_hex = scenario.hexes.n_hex
    hexes = build_hexes(scenario, places)
    states = layout.hex_states(n_hex)
    states["holder"][:] = hexes.holder_start
    sides = layout.records(2, layout.SIDE)
    sides.commander = codes.COMMANDER_ADAPTIVE
    template = layout.World(
        edges=build_edges(scenario.hexes),
        neighbours=neighbour_table(scenario.hexes.n_cols, scenario.hexes.n_rows),
        step_cost=np.zeros((layout.N_GROUND, layout.N_MOBILITY, n_hex, 6), np.int16),
        descent_permille=np.zeros(layout.N_MOBILITY, np.int32),
        cost_to_go=np.zeros((2 * len(field_hexes), n_hex), np.int32),
        links=np.zeros((n_hex, 6), np.int32),
        borders=np.zeros(n_hex, np.int32),
        tags=np.zeros(n_hex, np.uint8),
        peace=np.zeros((2, 0, n_hex), np.uint16),
        peace_from=np.zeros((2, 0, n_hex), np.int8),
        formations=build_formations(scenario, names.formation_rows, axes_of),
        rules=rules,
        units=build_units(scenario, names.formation_rows, axes_of, rules),
        hexes=hexes,
        **states,
        layers=layout.records(n_hex, layout.LAYER),
        known=layout.records((2, n_hex), layout.LAYER),
        sight=np.zeros((2, n_hex), np.uint8),
        supply_cost=np.full((2, n_hex), codes.BLOCKED, np.int32),
        line_from=np.full((2, n_hex), -1, np.int8),
        sides=sides,
        axes=axes,
        objectives=objectives,
        places=places,
        sources=build_sources(scenario, names.formation_rows),
        clock=_clock(scenario),
        events=layout.records(EVENT_CAPACITY, layout.EVENT),
    )
    return template, field_hexes


def _clock(scenario: Scenario) -> np.recarray:
    header = scenario.header
    victory = header.victory
    clocks = layout.records(1, layout.CLOCK)
    clock = clocks[0]
    clock.turn = 1
    clock.last_turn = (header.end_date - header.start_date).days + 1
    clock.first_side = clock.phase_side = codes.SIDES.index(header.first_side)
    clock.winner = codes.NEITHER
    clock.level = -1
    clock.n_cols, clock.n_rows = scenario.hexes.n_cols, scenario.hexes.n_rows
    clock.n_levels = len(victory.levels)
    for row, level in enumerate(victory.levels):
        clock.level_score[row] = LOWEST_SCORE if level.at_least is None else level.at_least
        clock.level_winner[row] = codes.NEITHER if level.winner == "none" else codes.SIDES.index(level.winner)
    clock.loss_points[:] = (victory.losses.soviet_per_1000_men, victory.losses.japan_per_1000_men)
    clock.early_permille, clock.late_permille = victory.early_permille, victory.late_permille
    clock.decided_score = victory.decided_score
    return clocks


__all__ = ["EVENT_CAPACITY", "Names", "Static", "run_key", "start", "static", "triangular", "world"]
