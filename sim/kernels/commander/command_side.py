"""The computer commanders: one day of orders for one side."""

from sim.kernels.codes import COMMANDER_ADAPTIVE, COMMANDER_BASELINE
from sim.kernels.commander.advance import advance_side
from sim.kernels.commander.assault import assault_side
from sim.kernels.commander.baseline import command_baseline
from sim.kernels.commander.defence import defend_side, stand_and_dig
from sim.kernels.commander.fuel_sharing import pool_fuel
from sim.kernels.commander.objectives import assign_objectives, update_objectives
from sim.kernels.compiler.kernel import kernel
from sim.kernels.recon.sight import as_known_to


@kernel
def command_side(world, scratch, side):
    """Give and carry out the day's orders of the commander who leads ``side``.

    The adaptive one attacks what stands ready, marches, attacks what was found, and lets armour exploit what was
    opened. Both plan on what their side knows; only marches and attacks are made in the world as it is.
    """
    commander = world.sides[side].commander
    known = as_known_to(world, side)
    if commander == COMMANDER_BASELINE:
        command_baseline(world, known, scratch, side)
    if commander != COMMANDER_ADAPTIVE:
        return
    update_objectives(world, side)
    assign_objectives(known, side)
    pool_fuel(world, side)
    assault_side(world, known, scratch, side)
    advance_side(world, known, scratch, side)
    defend_side(world, known, scratch, side)
    assault_side(world, known, scratch, side)
    update_objectives(world, side)
    assign_objectives(known, side)
    advance_side(world, known, scratch, side)
    stand_and_dig(world, side)
