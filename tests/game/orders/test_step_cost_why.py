"""Why a step costs what it does: the parts are those of the kernel, and they add up."""

import numpy as np
import pytest

from sim.game.orders.step_cost_why import why_step
from sim.kernels import codes
from sim.kernels.movement.movement import entry_cost, fill_step_cost
from tests.support import campaigns
from tests.support.worlds import small_world

pytestmark = pytest.mark.engine

FIELD = "\n".join(["...", ".h.", "..~"])
CENTRE = 4


def causes(world, unit=0, hex=CENTRE, direction=codes.N):
    return [part.cause for part in why_step(world, unit, hex, direction).parts]


def side(world, name, rank, hex=CENTRE, direction=codes.N):
    other = int(world.neighbours[hex, direction])
    world.edges[name][hex, direction] = rank
    world.edges[name][other, (direction + 3) % 6] = rank
    fill_step_cost(world)


def foot(**fields):
    return small_world(FIELD, [{"side": codes.SOVIET, "hex": CENTRE, "mobility": codes.FOOT, **fields}])


def test_bare_ground_is_the_only_cause_on_dry_days():
    answer = why_step(foot(), 0, CENTRE, codes.N)
    assert [part.cause for part in answer.parts] == ["plain, off the roads"]
    assert answer.points == answer.parts[0].points > 0


def test_a_river_without_a_bridge_is_named():
    world = foot()
    side(world, "river", codes.RIVER_MAJOR)
    assert causes(world) == ["plain, off the roads", "major river without a bridge"]


def test_a_bridge_takes_the_river_away():
    world = foot()
    side(world, "river", codes.RIVER_MAJOR)
    side(world, "bridge", codes.BRIDGE_ROAD)
    assert causes(world) == ["plain, off the roads"]


def test_mud_is_named():
    world = foot()
    world.clock.ground[:] = codes.WET
    assert causes(world)[-1] == "mud"


def test_an_enemy_zone_of_control_is_named():
    units = [
        {"side": codes.SOVIET, "hex": CENTRE, "mobility": codes.FOOT},
        {"side": codes.JAPANESE, "hex": 0, "branch": codes.INFANTRY},
    ]
    assert "enemy zone of control" in causes(small_world(FIELD, units))


@pytest.mark.parametrize(("direction", "words"), [(codes.N, "enemy-held"), (codes.SE, "open water"), (codes.NE, "")])
def test_what_bars_the_way_is_named(direction, words):
    units = [{"side": codes.SOVIET, "hex": CENTRE}, {"side": codes.JAPANESE, "hex": 1}]
    world = small_world(FIELD, units)
    target = int(world.neighbours[CENTRE, codes.SE])
    world.hexes.terrain[target] = codes.SEA
    answer = why_step(world, 0, CENTRE, direction)
    assert words in answer.bar
    assert (answer.points is None) == bool(words)


def test_the_parts_add_up_to_the_kernels_cost_everywhere_on_the_campaigns_map():
    world = campaigns.fresh(1945)
    world.clock.ground[:] = (codes.DRY, codes.WET, codes.FLOODED, codes.WET)
    units = world.units
    for unit in np.flatnonzero((units["hex"] >= 0) & (units["status"] == codes.ACTIVE)).tolist():
        hex = int(units["hex"][unit])
        for direction in range(6):
            answer = why_step(world, unit, hex, direction)
            cost10 = int(entry_cost(world, unit, hex, direction))
            if answer.points is None:
                assert cost10 == codes.BLOCKED
            else:
                assert round(10 * sum(part.points for part in answer.parts)) == cost10
