"""Who comes to know of each kind of event: what its row in the table says, and nothing else."""

import pytest

from sim.kernels import codes
from sim.kernels.events import BOTH_SIDES, who_knows
from sim.kernels.state.layout import World
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine
SOVIET_ONLY, HEX = 1 << codes.SOVIET, 2
ABOUT_UNITS = [kind for kind, event in enumerate(codes.EVENTS) if event.known != codes.KNOWN_TO_PLANNER]


@pytest.fixture
def world() -> World:
    """Return a Soviet unit that no enemy sees, with fog."""
    world = small_world("......", units=[{"side": codes.SOVIET, "hex": HEX}])
    world.rules["fog"] = 1
    world.sight[:] = codes.UNSEEN
    return world


@pytest.mark.parametrize("kind", ABOUT_UNITS, ids=[codes.EVENT_KINDS[kind] for kind in ABOUT_UNITS])
def test_unseen_events_are_known_to_their_side_alone_unless_the_table_says_both(world: World, kind: int) -> None:
    expected = BOTH_SIDES if codes.EVENTS[kind].known == codes.KNOWN_TO_BOTH else SOVIET_ONLY
    assert who_knows(world, kind, 0, HEX) == expected


@pytest.mark.parametrize("kind", ABOUT_UNITS, ids=[codes.EVENT_KINDS[kind] for kind in ABOUT_UNITS])
def test_what_the_enemy_sees_he_is_told_unless_it_is_an_inward_matter(world: World, kind: int) -> None:
    world.sight[codes.JAPANESE, HEX] = codes.ESTIMATED
    inward = codes.EVENTS[kind].known == codes.KNOWN_TO_ITS_SIDE
    assert who_knows(world, kind, 0, HEX) == (SOVIET_ONLY if inward else BOTH_SIDES)


def test_the_rows_say_what_was_judged() -> None:
    known = {event.name: event.known for event in codes.EVENTS}
    assert [name for name, who in known.items() if who == codes.KNOWN_TO_ITS_SIDE] == ["supply", "out_of_fuel"]
    assert [name for name, who in known.items() if who == codes.KNOWN_TO_PLANNER] == ["objective"]
    assert known["battle"] == known["capture"] == known["contact"] == codes.KNOWN_TO_BOTH


def test_without_fog_both_sides_know_everything(world: World) -> None:
    world.rules["fog"] = 0
    assert {who_knows(world, kind, 0, HEX) for kind in range(len(codes.EVENTS))} == {BOTH_SIDES}
