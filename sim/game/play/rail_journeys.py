"""Journeys by train of several days: how many hexes of line lie between, and where today's train should go."""

from collections import deque

from sim.game.campaign import Campaign
from sim.kernels import codes
from sim.kernels.movement.rail import trains_left, trains_needed
from sim.kernels.orders import rail_stops
from sim.kernels.state.layout import World


def line_hexes(world: World, unit: int, target: int) -> dict[int, int]:
    """Return how many hexes of railway lie between each hex and ``target``, over lines that bear a unit's trains.

    Trains that ran today do not count: the journey takes days. A change of gauge costs nothing: a train ends there,
    and the next one starts on the next day.
    """
    side, needed = int(world.units["side"][unit]), trains_needed(world, unit)
    rails, neighbours, used = world.edges["rail"], world.neighbours, world.trains_used
    away = {target: 0}
    queue = deque([target])
    while queue:
        hex = queue.popleft()
        for direction in range(6):
            other = int(neighbours[hex, direction])
            if other < 0 or other in away or rails[hex, direction] == codes.RAIL_NONE:
                continue
            if trains_left(world, side, other) + int(used[other]) >= needed:
                away[other] = away[hex] + 1
                queue.append(other)
    return away


def next_stop(campaign: Campaign, unit: int, target: int) -> int:
    """Return where a train should bring a unit today on its way to ``target``, -1 if none brings it nearer."""
    world, scratch = campaign.world, campaign.scratch
    here = int(world.units["hex"][unit])
    away = line_hexes(world, unit, target)
    stops = scratch.found[: rail_stops(world, scratch, unit)].tolist()
    nearer = [hex for hex in stops if away.get(hex, codes.BLOCKED) < away.get(here, codes.BLOCKED)]
    return min(nearer, key=lambda hex: (away[hex], hex), default=-1)
