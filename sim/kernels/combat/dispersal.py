"""Puppet troops that melt away when they meet the enemy."""

from sim.kernels.codes import ACTIVE, DISPERSED, EVENT_DISPERSED, STREAM_DISPERSAL
from sim.kernels.combat.retreat import enemies_beside, strike_off
from sim.kernels.compiler.kernel import kernel
from sim.kernels.events import log_event
from sim.kernels.rng import uniform


@kernel
def disperse(world, unit):
    """End a puppet unit: its men go home, a part of them into captivity."""
    row = world.units[unit]
    hex = int(row.hex)
    men = strike_off(world, unit, DISPERSED, world.rules[0].disperse_captured_permille, 0)
    log_event(world, EVENT_DISPERSED, unit, -1, hex, men, 0)


@kernel
def meet_enemy(world, unit):
    """Count a meeting with the enemy, once a day; puppets may disperse. Returns 1 if the unit did."""
    row = world.units[unit]
    rule = world.rules[0]
    clock = world.clock[0]
    if rule.disperse_permille[row.nation] <= 0 or row.status != ACTIVE or row.hex < 0 or row.contact_turn == clock.turn:
        return 0
    row.contact_turn = clock.turn
    row.contacts = min(row.contacts + 1, 100)
    chance = (rule.disperse_permille[row.nation] if row.contacts == 1 else rule.disperse_again_permille) / 1000.0
    if uniform(clock.key, clock.turn, unit, STREAM_DISPERSAL, 0) >= chance:
        return 0
    disperse(world, unit)
    return 1


@kernel
def is_in_contact(world, unit):
    """Say whether the enemy stands beside a unit."""
    row = world.units[unit]
    return row.hex >= 0 and enemies_beside(world, int(row.hex), int(row.side)) > 0
