"""States from files: every number is held against what it may be, and no sound state is refused."""

from typing import Any

import numpy as np
import pytest

from sim.game.campaign import Campaign
from sim.game.play.session import Session
from sim.game.saves.soundness import check_world
from sim.kernels import codes
from sim.kernels.state import bounds, dtypes, layout
from sim.kernels.state.bounds import EVENT_KIND_BOUNDS, WORLD_BOUNDS, Bound
from sim.kernels.state.layout import World
from tests.support import campaigns, sessions
from tests.support.random_player import RandomPlayer

pytestmark = pytest.mark.slow


# --- declarations


def test_every_field_of_every_dtype_is_declared() -> None:
    kinds = {name: kind for name, kind in vars(dtypes).items() if isinstance(kind, np.dtype) and name != "ORDER"}
    assert len(kinds) == 12  # all but orders, which no save holds as records
    for name, kind in kinds.items():
        assert tuple(getattr(bounds, f"{name}_BOUNDS")) == kind.names, name


def test_every_array_of_a_world_is_declared() -> None:
    assert tuple(WORLD_BOUNDS) == World._fields
    empty = layout.empty_world()
    for name, declared in WORLD_BOUNDS.items():
        fields = getattr(empty, name).dtype.names
        assert isinstance(declared, Bound) == (fields is None), name
        if name != "rules" and not isinstance(declared, Bound):
            assert tuple(declared) == fields, name


def test_the_tables_of_rows_are_there() -> None:
    for declared in WORLD_BOUNDS.values():
        for bound in (declared,) if isinstance(declared, Bound) else declared.values():
            assert not bound.table or bound.table in World._fields


def test_the_numbers_of_every_kind_of_event_are_declared() -> None:
    assert set(EVENT_KIND_BOUNDS) == set(range(len(codes.EVENTS)))


def test_what_the_scenario_builds_is_within_its_bounds() -> None:
    world = campaigns.static().template
    for name, declared in WORLD_BOUNDS.items():
        array = np.asarray(getattr(world, name))
        parts = [(declared, array)] if isinstance(declared, Bound) else [(b, array[f]) for f, b in declared.items()]
        for bound, values in parts:
            low, high = bound.limits(len(getattr(world, bound.table)) if bound.table else 0)
            assert not values.size or (low <= int(values.min()) and int(values.max()) <= high), name


# --- sound states


def test_every_day_of_a_whole_campaign_is_sound() -> None:
    campaign = Campaign.start("august_storm", seed=5)
    template = campaign.afresh().world
    check_world(campaign.world, template)
    for _ in campaign.days():
        check_world(campaign.world, template)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_players_order_leaves_a_sound_state(seed: int) -> None:
    session = Session(Campaign.start(sessions.scenario(), seed=seed, fog=bool(seed % 2)), ("soviet", "japan"))
    template = session.campaign.afresh().world
    player = RandomPlayer(session, seed)
    sessions.next_phase(session)
    for _ in range(12):
        for _ in range(15):
            player.command()
            check_world(session.campaign.world, template)
        sessions.next_phase(session)
        check_world(session.campaign.world, template)


# --- unsound ones


@pytest.fixture(scope="module")
def played() -> tuple[World, World]:
    """Return a game in its fifth day, and its first morning."""
    session = sessions.opened()
    RandomPlayer(session, 3).play(days=4, commands=6)
    return session.campaign.situation().world, session.campaign.afresh().world


def edited(world: World, name: str, field: str, row: Any, value: Any) -> World:
    copy = layout.copy_world(world)
    array = np.asarray(getattr(copy, name))
    (array[field] if field else array)[row] = value
    return copy


CASES = [
    ("units", "hex", 0, 999_999, "units.hex is 999999, no row of hexes"),
    ("units", "hex", 0, -2, "units.hex is -2"),
    ("units", "next_in_hex", 0, 0, "the list of units of a hex"),
    ("units", "next_in_hex", 0, 9999, "no row of units"),
    ("units", "side", 0, 7, "units.side"),
    ("units", "branch", 0, 99, "units.branch"),
    ("units", "mobility", 0, 1, "units.mobility is not that of the scenario"),
    ("units", "formation", 0, -1, "units.formation"),
    ("units", "objective", 0, 30_000, "units.objective"),
    ("units", "supply_source", 0, 30_000, "units.supply_source"),
    ("units", "posture", 0, 7, "units.posture"),
    ("units", "status", 0, 3, "a unit is on the map and gone"),
    ("units", "men", 0, 1, "men do not add up"),
    ("units", "tanks", 0, 40, "tanks do not add up"),
    ("units", "fatigue_permille", 0, 1001, "units.fatigue_permille"),
    ("units", "mp10", 0, -1, "units.mp10"),
    ("hexes", "terrain", 3, 50, "hexes.terrain"),
    ("hexes", "place", 3, 500, "hexes.place"),
    ("holder", "", 3, 3, "holder is 3"),
    ("captured_by", "", 3, 500, "captured_by is 500, no row of units"),
    ("layers", "first_unit", 3, 0, "does not begin with the first unit"),
    ("layers", "first_unit", 3, 20_000, "layers.first_unit"),
    ("layers", "power", 3, 77, "layers.power does not follow from the units"),
    ("known", "first_unit", (1, 3), -7, "known.first_unit"),
    ("known", "zone", (1, 3, 0), 77, "known.zone does not follow"),
    ("known", "zoc_strength", (1, 3, 0), 77, "known.zone does not follow"),
    ("sight", "", (1, 3), 9, "sight is 9"),
    ("line_from", "", (0, 3), 6, "line_from is 6"),
    ("supply_cost", "", (0, 3), -5, "supply_cost"),
    ("axes", "current", 0, 10_000, "axes.current"),
    ("axes", "first", 0, 1, "axes.first"),
    ("objectives", "field", 0, 99, "objectives.field is not that of the scenario"),
    ("places", "hex", 0, 70_000, "places.hex"),
    ("sources", "hex", 0, 70_000, "sources.hex"),
    ("clock", "turn", 0, 10_000, "turn 10000 is after the last"),
    ("clock", "n_cols", 0, 1, "clock.n_cols"),
    ("clock", "key", 0, 1, "clock.key"),
    ("clock", "sky", (0, 0), 3, "clock.sky"),
    ("events", "kind", 0, 100, "events.kind"),
    ("events", "subject", 0, 5000, "subject of the .* events"),
    ("events", "turn", 0, 9, "order of their turns"),
]


@pytest.mark.parametrize(("name", "field", "row", "value", "reason"), CASES)
def test_what_cannot_be_is_refused(
    played: tuple[World, World], name: str, field: str, row: Any, value: Any, reason: str
) -> None:
    world, template = played
    check_world(world, template)
    with pytest.raises(ValueError, match=reason):
        check_world(edited(world, name, field, row, value), template)


def test_lists_and_lines_without_an_end_are_refused(played: tuple[World, World]) -> None:
    world, template = played
    hexes = np.flatnonzero(world.neighbours[:, 4] >= 0)
    circle = edited(world, "line_from", "", (0, int(hexes[0])), 4)  # south, and from there north again
    circle.line_from[0, world.neighbours[hexes[0], 4]] = 1
    with pytest.raises(ValueError, match="leads back into itself"):
        check_world(circle, template)
    stacked = np.flatnonzero(world.units["next_in_hex"] >= 0)
    assert stacked.size
    unit = int(stacked[0])
    loop = edited(world, "units", "next_in_hex", int(world.units["next_in_hex"][unit]), unit)
    with pytest.raises(ValueError, match="list of units of a hex"):
        check_world(loop, template)
