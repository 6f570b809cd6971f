"""The days of a campaign: weather and reinforcements, each side's phase, the end of the day."""

from sim.kernels.codes import EVENT_SURPRISE, STREAM_COMMAND
from sim.kernels.commander.command_side import command_side
from sim.kernels.compiler.kernel import kernel
from sim.kernels.control.evening import spread_control
from sim.kernels.events import log_event
from sim.kernels.ground.weather import update_weather
from sim.kernels.movement.movement import begin_day_movement
from sim.kernels.recon.reconnaissance import reconnoitre
from sim.kernels.rng import uniform
from sim.kernels.state.layout import Scratch, World
from sim.kernels.supply.phase import update_supply
from sim.kernels.turn.end_of_day import end_of_day
from sim.kernels.turn.evening_record import NO_RECORD, record_day
from sim.kernels.turn.reinforcements import bring_reinforcements
from sim.kernels.turn.victory import decide


@kernel
def run_recorded(world, scratch, last_turn, record):
    """Play days, with the commanders of both sides, until the campaign is decided or ``last_turn`` is over.

    The day is written out here: a kernel of its own would have everything below it compiled once more.

    Parameters
    ----------
    record : Record
        What is kept of each evening; ``NO_RECORD`` keeps nothing.

    Returns
    -------
    int
        Days played.
    """
    days = 0
    clock = world.clock[0]
    while not clock.decided and clock.turn <= last_turn:
        begin_day(world, scratch)
        first = clock.first_side
        for phase in range(2):
            side = first if phase == 0 else 1 - first
            begin_phase(world, scratch, side)
            command_side(world, scratch, side)
        turn = int(clock.turn)
        finish_day(world, scratch)
        record_day(world, record, turn)
        days += 1
    return days


def run_campaign(world: World, scratch: Scratch, last_turn: int) -> int:
    """Play days as ``run_recorded`` does, and keep no record of the evenings. For callers in Python only."""
    return int(run_recorded(world, scratch, last_turn, NO_RECORD))


def play_day(world: World, scratch: Scratch) -> None:
    """Play one whole day; nothing happens once the campaign is decided. For callers in Python only."""
    run_campaign(world, scratch, int(world.clock.turn[0]))


@kernel
def begin_day(world, scratch):
    """Weather and reinforcements."""
    clock = world.clock[0]
    clock.phase_side = clock.first_side
    update_weather(world)
    if clock.turn == 1:
        spring_surprise(world)
    bring_reinforcements(world)


@kernel
def spring_surprise(world):
    """Surprise the sides that the rules name, and draw which of their formations already had withdrawal orders."""
    rule = world.rules[0]
    key = world.clock[0].key
    for side in range(2):
        until = rule.surprise_turns[side]
        world.sides[side].surprised_until_turn = until
        if until > 0:
            log_event(world, EVENT_SURPRISE, side, -1, -1, until, 0)
    for unit in range(len(world.units)):
        luck = uniform(key, 0, unit, STREAM_COMMAND, 0) * 1000
        world.units[unit].withdrawal_ordered = luck < rule.standing_withdrawal_permille


@kernel
def begin_phase(world, scratch, side):
    """Supply, movement allowance and reconnaissance for the side to move."""
    world.clock[0].phase_side = side
    update_supply(world, scratch, side)
    begin_day_movement(world, side)
    reconnoitre(world, side)


@kernel
def finish_day(world, scratch):
    """Attrition, repair, dispersal, surrender, control, points; then the date moves on."""
    end_of_day(world, scratch)
    spread_control(world, scratch)
    decide(world)
    clock = world.clock[0]
    if not clock.decided:
        clock.turn += 1
