"""Points, result levels and the decision of the campaign."""

from sim.kernels.codes import EVENT_DECIDED, JAPANESE, NEITHER, SOVIET
from sim.kernels.compiler.kernel import kernel
from sim.kernels.events import log_event


@kernel
def place_points(world, place, side):
    """Return the points that ``side`` has for a place it holds.

    What the Soviet side takes is worth more ahead of the historical pace and less behind it, within half and one and
    a half of the place's points. The defender's points count while it holds.
    """
    entry = world.places[place]
    points = int(entry.points[side])
    if side != SOVIET or entry.pace_turn <= 0 or entry.captured_turn <= 0:
        return points
    clock = world.clock[0]
    days = int(entry.pace_turn) - int(entry.captured_turn)
    share = 1000 + (days * int(clock.early_permille) if days > 0 else days * int(clock.late_permille))
    return points * max(500, min(1500, share)) // 1000


@kernel
def lost_for_good(world, side):
    """Return the men that ``side`` has lost as killed, captured and deserted."""
    lost = 0
    for unit in range(len(world.units)):
        row = world.units[unit]
        if row.side == side:
            lost += int(row.killed) + int(row.captured) + int(row.deserted)
    return lost


@kernel
def count_points(world):
    """Bring the points of both sides and the score (Soviet less Japanese) up to date."""
    clock = world.clock[0]
    for side in range(2):
        world.sides[side].objective_points = 0
    for place in range(len(world.places)):
        holder = world.places[place].holder
        if holder != NEITHER:
            world.sides[holder].objective_points += place_points(world, place, holder)
    for side in range(2):
        world.sides[1 - side].loss_points = lost_for_good(world, side) * int(clock.loss_points[side]) // 1000
    for side in range(2):
        world.sides[side].points = world.sides[side].objective_points + world.sides[side].loss_points
    clock.score = world.sides[SOVIET].points - world.sides[JAPANESE].points


@kernel
def level_of(world, score):
    """Return the result level that ``score`` reaches: the first whose threshold it meets, else the last."""
    clock = world.clock[0]
    for level in range(clock.n_levels):
        if score >= clock.level_score[level]:
            return level
    return max(0, clock.n_levels - 1)


@kernel
def decide(world):
    """Settle winner and level; the campaign is over at its last turn or at a score that decides it early."""
    clock = world.clock[0]
    count_points(world)
    clock.level = level_of(world, clock.score)
    clock.winner = clock.level_winner[clock.level]
    early = clock.decided_score > 0 and clock.score >= clock.decided_score
    if early or clock.turn >= clock.last_turn:
        clock.decided = 1
        points = world.sides
        log_event(world, EVENT_DECIDED, clock.winner, clock.level, -1, points[SOVIET].points, points[JAPANESE].points)
